-- A content that only this registry's store has: a server whose store lacks it looks into the wrong folder or bucket.
CREATE TABLE artifacts_mark (
  one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
  digest {text} NOT NULL,
  at_ms {int} NOT NULL) {strict};
