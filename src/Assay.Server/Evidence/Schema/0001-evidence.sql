-- Signed measurements of versions, as they were taken in. The envelope is the truth; the other columns repeat it so that rows can be found.
CREATE TABLE evidence_statement (
  digest {text} NOT NULL PRIMARY KEY,
  model {text} NOT NULL,
  number {int} NOT NULL,
  subject {text} NOT NULL,
  kind {text} NOT NULL,
  envelope {text} NOT NULL,
  receipt {text} NOT NULL,
  keyid {text} NOT NULL,
  own_key {bool} NOT NULL,
  actor {text} NOT NULL,
  verified {bool} NOT NULL,
  roles {text} NOT NULL,
  recorded_ms {int} NOT NULL,
  measured_ms {int} NOT NULL,
  withdrawn_ms {int},
  withdrawn_by {text},
  withdrawn_why {text}) {strict};
CREATE INDEX evidence_statement_subject ON evidence_statement (subject, recorded_ms);

-- Keys of producers who sign their own evidence, each of one principal.
CREATE TABLE evidence_key (
  keyid {text} NOT NULL PRIMARY KEY,
  principal {text} NOT NULL,
  algorithm {text} NOT NULL,
  public_key {text} NOT NULL,
  added_ms {int} NOT NULL,
  revoked_ms {int}) {strict};
