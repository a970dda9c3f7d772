CREATE TABLE registry_model (
  id {text} NOT NULL PRIMARY KEY,
  name {text} NOT NULL,
  description {text} NOT NULL,
  is_prompt {bool} NOT NULL,
  created_ms {int} NOT NULL,
  updated_ms {int} NOT NULL,
  next_number {int} NOT NULL,
  deleted {bool} NOT NULL) {strict};
-- A deleted model keeps its record and gives its name free.
CREATE UNIQUE INDEX registry_model_name ON registry_model (name) WHERE NOT deleted;

CREATE TABLE registry_model_tag (
  model_id {text} NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (model_id, key)) {strict};

-- A version without a digest is one that waits for its run's end, or was rejected before it could be sealed.
CREATE TABLE registry_version (
  model_id {text} NOT NULL,
  number {int} NOT NULL,
  digest {text},
  status {text} NOT NULL,
  reason {text},
  gaps {text} NOT NULL,
  run_id {text},
  seal {text},
  source {text} NOT NULL,
  model_path {text},
  run_link {text},
  logged_model_id {text},
  stage {text} NOT NULL,
  description {text} NOT NULL,
  profile {text},
  profile_digest {text},
  submitted_by {text} NOT NULL,
  created_ms {int} NOT NULL,
  updated_ms {int} NOT NULL,
  recalled {bool} NOT NULL,
  deleted {bool} NOT NULL,
  PRIMARY KEY (model_id, number)) {strict};
CREATE UNIQUE INDEX registry_version_digest ON registry_version (model_id, digest) WHERE digest IS NOT NULL AND NOT deleted;
CREATE INDEX registry_version_by_digest ON registry_version (digest);
CREATE INDEX registry_version_run ON registry_version (run_id);
CREATE INDEX registry_version_updated ON registry_version (updated_ms);

CREATE TABLE registry_version_tag (
  model_id {text} NOT NULL, number {int} NOT NULL, key {text} NOT NULL, value {text} NOT NULL, PRIMARY KEY (model_id, number, key)) {strict};

CREATE TABLE registry_alias (
  model_id {text} NOT NULL, alias {text} NOT NULL, number {int} NOT NULL, PRIMARY KEY (model_id, alias)) {strict};

-- What a digest stands for: the manifest whose sha256 it is, its config, and the sealed facts of the run.
CREATE TABLE registry_package (
  digest {text} NOT NULL PRIMARY KEY,
  manifest {bytes} NOT NULL,
  config {bytes} NOT NULL,
  facts {text} NOT NULL) {strict};
CREATE TABLE registry_file (
  digest {text} NOT NULL,
  path {text} NOT NULL,
  content {text} NOT NULL,
  size {int} NOT NULL,
  PRIMARY KEY (digest, path)) {strict};
CREATE INDEX registry_file_content ON registry_file (content);
