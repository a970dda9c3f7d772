-- Every form of every profile that was ever applied; the newest of a name is in force.
CREATE TABLE capture_profile (
  name {text} NOT NULL,
  digest {text} NOT NULL,
  body {text} NOT NULL,
  applied_ms {int} NOT NULL,
  applied_by {text} NOT NULL,
  in_force {bool} NOT NULL,
  PRIMARY KEY (name, digest)) {strict};
