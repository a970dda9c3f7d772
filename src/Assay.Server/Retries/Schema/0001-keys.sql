-- What was done under an Idempotency-Key. A unit's row is written by the unit itself, so that it is there exactly if the unit was done;
-- "request" is the digest of principal, method, path and key, "body" that of the query and the body sent.
CREATE TABLE retries_unit (
  request {text} NOT NULL,
  step {int} NOT NULL,
  body {text} NOT NULL,
  type {text} NOT NULL,
  result {text},
  at_ms {int} NOT NULL,
  PRIMARY KEY (request, step)) {strict};
CREATE INDEX retries_unit_at ON retries_unit (at_ms);

-- The first answer that was given.
CREATE TABLE retries_answer (
  request {text} NOT NULL PRIMARY KEY,
  body {text} NOT NULL,
  status {int} NOT NULL,
  media_type {text},
  location {text},
  content {bytes} NOT NULL,
  at_ms {int} NOT NULL) {strict};
CREATE INDEX retries_answer_at ON retries_answer (at_ms);
