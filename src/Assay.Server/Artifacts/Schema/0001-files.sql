-- Which content stands at which logical path. The bytes are in the content store, by digest.
CREATE TABLE artifacts_file (
  path {text} NOT NULL PRIMARY KEY,
  digest {text} NOT NULL,
  size {int} NOT NULL,
  at_ms {int} NOT NULL) {strict};
CREATE INDEX artifacts_file_digest ON artifacts_file (digest);
