-- Keys that this registry signed with before: what they signed stays believable.
CREATE TABLE identity_retired_key (
  keyid {text} NOT NULL PRIMARY KEY,
  public_key {text} NOT NULL,
  retired_ms {int} NOT NULL) {strict};
