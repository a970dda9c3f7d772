-- Every revision of every policy that was ever applied; the highest of a name is in force.
CREATE TABLE policies_policy (
  name {text} NOT NULL,
  revision {int} NOT NULL,
  digest {text} NOT NULL,
  body {text} NOT NULL,
  applied_ms {int} NOT NULL,
  applied_by {text} NOT NULL,
  verified {bool} NOT NULL,
  in_force {bool} NOT NULL,
  PRIMARY KEY (name, revision)) {strict};

-- Every verdict that a gate gave. Its digest is over the signed payload; body repeats it as the API shows it, ground is what it rests on.
CREATE TABLE policies_verdict (
  digest {text} NOT NULL PRIMARY KEY,
  subject {text} NOT NULL,
  model {text} NOT NULL,
  environment {text} NOT NULL,
  slot {text} NOT NULL,
  outcome {text} NOT NULL,
  ground {text} NOT NULL,
  decided_ms {int} NOT NULL,
  not_after_ms {int} NOT NULL,
  body {text} NOT NULL,
  envelope {text} NOT NULL) {strict};
CREATE INDEX policies_verdict_subject ON policies_verdict (subject, environment, slot, decided_ms);
