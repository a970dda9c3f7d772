-- The public half of the key that this registry signs with: every server on this database signs with the same one.
CREATE TABLE identity_key (
  one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
  keyid {text} NOT NULL,
  public_key {text} NOT NULL,
  at_ms {int} NOT NULL) {strict};
