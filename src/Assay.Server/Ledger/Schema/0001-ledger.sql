-- An entry's bytes are inserted by the unit of work that it tells about, without a number; the sequencer numbers it later.
-- The other columns repeat what stands in the bytes, so that entries can be found; verification compares them.
CREATE TABLE ledger_entry (
  id {text} NOT NULL PRIMARY KEY,
  body {bytes} NOT NULL,
  at_ms {int} NOT NULL,
  action {text} NOT NULL,
  outcome {text} NOT NULL,
  actor {text} NOT NULL,
  model {text},
  digest {text},
  run_id {text},
  environment {text},
  seq {int},
  leaf {bytes}) {strict};
CREATE UNIQUE INDEX ledger_entry_seq ON ledger_entry (seq);
CREATE INDEX ledger_entry_pending ON ledger_entry (id) WHERE seq IS NULL;
CREATE INDEX ledger_entry_model ON ledger_entry (model, seq);
CREATE INDEX ledger_entry_run ON ledger_entry (run_id, seq);

-- Whole subtrees of 2^level leaves, so that a proof reads a few rows: derived from the leaves, and verified against them.
CREATE TABLE ledger_node (
  level {int} NOT NULL,
  position {int} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (level, position)) {strict};

-- Signed heads; the newest also stands in DIR/checkpoints/.
CREATE TABLE ledger_head (
  size {int} NOT NULL PRIMARY KEY,
  root {bytes} NOT NULL,
  at_ms {int} NOT NULL,
  note {text} NOT NULL) {strict};

-- The log's name, made once.
CREATE TABLE ledger_origin (
  one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
  origin {text} NOT NULL) {strict};
