-- Runs (32 hex digits) and logged models (m-…) that were taken over from another MLflow server under their own ids, and whether all of each is here.
CREATE TABLE tracking_import (
  id {text} NOT NULL PRIMARY KEY,
  origin {text} NOT NULL,
  complete {bool} NOT NULL,
  at_ms {int} NOT NULL) {strict};
