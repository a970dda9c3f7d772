-- The tree as tiles of 256 hashes (c2sp.org/tlog-tiles): a level-L hash is the root of 256^L leaves. The rightmost of a level grows, the others never
-- change. Derived from the leaves, and verified against them. They replace a row per node; the sequencer makes them of the leaves where they are missing.
CREATE TABLE ledger_tile (
  level {int} NOT NULL,
  position {int} NOT NULL,
  hashes {bytes} NOT NULL,
  PRIMARY KEY (level, position)) {strict};
DROP TABLE ledger_node;

-- Personal text stands beside the ledger: entries hold the hash over salt and words, so that the words can be erased and cannot be guessed afterwards.
CREATE TABLE ledger_text (
  hash {text} NOT NULL PRIMARY KEY,
  salt {bytes},
  words {text},
  erased {text}) {strict};
