-- Uploads in many parts: what was begun, and which parts of it have come. A part's bytes stand among the incoming of the content store.
CREATE TABLE artifacts_upload (
  id {text} NOT NULL PRIMARY KEY,
  path {text} NOT NULL,
  parts {int} NOT NULL,
  created_ms {int} NOT NULL,
  digest {text},
  size {int}) {strict};
CREATE INDEX artifacts_upload_created ON artifacts_upload (created_ms);
CREATE TABLE artifacts_part (
  upload {text} NOT NULL,
  number {int} NOT NULL,
  name {text} NOT NULL,
  digest {text} NOT NULL,
  size {int} NOT NULL,
  PRIMARY KEY (upload, number)) {strict};
