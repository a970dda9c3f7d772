CREATE TABLE tracking_experiment (
  experiment_id {int} NOT NULL PRIMARY KEY,
  name {text} NOT NULL UNIQUE,
  artifact_location {text} NOT NULL,
  lifecycle {text} NOT NULL,
  created_ms {int} NOT NULL,
  updated_ms {int} NOT NULL) {strict};

CREATE TABLE tracking_experiment_tag (
  experiment_id {int} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (experiment_id, key)) {strict};

CREATE TABLE tracking_run (
  run_id {text} NOT NULL PRIMARY KEY,
  experiment_id {int} NOT NULL,
  name {text} NOT NULL,
  user_id {text} NOT NULL,
  status {text} NOT NULL,
  start_ms {int} NOT NULL,
  end_ms {int},
  lifecycle {text} NOT NULL,
  artifact_uri {text} NOT NULL,
  closed {bool} NOT NULL,
  seal_model {text},
  seal_number {int},
  seal_version {text},
  seal {text}) {strict};

CREATE INDEX tracking_run_by_start ON tracking_run (experiment_id, start_ms DESC, run_id);

CREATE TABLE tracking_run_tag (
  run_id {text} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (run_id, key)) {strict};

CREATE TABLE tracking_param (
  run_id {text} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (run_id, key)) {strict};

CREATE TABLE tracking_metric (
  run_id {text} NOT NULL,
  key {text} NOT NULL,
  at_ms {int} NOT NULL,
  step {int} NOT NULL,
  value {real} NOT NULL,
  is_nan {bool} NOT NULL,
--sqlite  PRIMARY KEY (run_id, key, at_ms, step, value, is_nan)) STRICT, WITHOUT ROWID;
--postgres  PRIMARY KEY (run_id, key, at_ms, step, value, is_nan));

CREATE TABLE tracking_newest (
  run_id {text} NOT NULL,
  key {text} NOT NULL,
  at_ms {int} NOT NULL,
  step {int} NOT NULL,
  value {real} NOT NULL,
  is_nan {bool} NOT NULL,
  PRIMARY KEY (run_id, key)) {strict};

CREATE TABLE tracking_input (
  run_id {text} NOT NULL,
  name {text} NOT NULL,
  digest {text} NOT NULL,
  position {int} NOT NULL,
  source_type {text} NOT NULL,
  source {text} NOT NULL,
  schema {text},
  profile {text},
  PRIMARY KEY (run_id, name, digest)) {strict};

CREATE TABLE tracking_input_tag (
  run_id {text} NOT NULL,
  name {text} NOT NULL,
  digest {text} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (run_id, name, digest, key)) {strict};

CREATE TABLE tracking_run_model (
  run_id {text} NOT NULL,
  direction {text} NOT NULL,
  model_id {text} NOT NULL,
  step {int} NOT NULL,
  PRIMARY KEY (run_id, direction, model_id)) {strict};

CREATE TABLE tracking_writer (
  run_id {text} NOT NULL,
  principal {text} NOT NULL,
  since_ms {int} NOT NULL,
  PRIMARY KEY (run_id, principal)) {strict};

CREATE TABLE tracking_model (
  model_id {text} NOT NULL PRIMARY KEY,
  experiment_id {int} NOT NULL,
  name {text} NOT NULL,
  artifact_uri {text} NOT NULL,
  status {text} NOT NULL,
  model_type {text},
  source_run_id {text},
  status_message {text},
  lifecycle {text} NOT NULL,
  created_ms {int} NOT NULL,
  updated_ms {int} NOT NULL) {strict};

CREATE INDEX tracking_model_by_creation ON tracking_model (experiment_id, created_ms DESC, model_id);
CREATE INDEX tracking_model_by_run ON tracking_model (source_run_id);

CREATE TABLE tracking_model_tag (
  model_id {text} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (model_id, key)) {strict};

CREATE TABLE tracking_model_param (
  model_id {text} NOT NULL,
  key {text} NOT NULL,
  value {text} NOT NULL,
  PRIMARY KEY (model_id, key)) {strict};

CREATE TABLE tracking_model_metric (
  model_id {text} NOT NULL,
  key {text} NOT NULL,
  at_ms {int} NOT NULL,
  step {int} NOT NULL,
  value {real} NOT NULL,
  is_nan {bool} NOT NULL,
  run_id {text} NOT NULL,
  dataset_name {text} NOT NULL,
  dataset_digest {text} NOT NULL,
  PRIMARY KEY (model_id, key, at_ms, step, value, is_nan, run_id, dataset_name, dataset_digest)) {strict};
