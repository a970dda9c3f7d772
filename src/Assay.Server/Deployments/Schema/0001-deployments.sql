-- Places that run models. A row without a document came into being by being named, with the defaults.
CREATE TABLE deployments_environment (
  name {text} NOT NULL PRIMARY KEY,
  document {text},
  digest {text},
  at_ms {int} NOT NULL,
  actor {text} NOT NULL) {strict};

-- What CD says it did: claims, append-only. The number orders the reports of one slot.
CREATE TABLE deployments_report (
  id {text} NOT NULL PRIMARY KEY,
  environment {text} NOT NULL,
  model {text} NOT NULL,
  slot {text} NOT NULL,
  number {int} NOT NULL,
  digest {text} NOT NULL,
  share {real} NOT NULL,
  status {text} NOT NULL,
  at_ms {int} NOT NULL,
  received_ms {int} NOT NULL,
  url {text},
  revision {text},
  named_actor {text},
  routing {text},
  serving {text},
  actor {text} NOT NULL,
  verified {bool} NOT NULL) {strict};
CREATE UNIQUE INDEX deployments_report_slot ON deployments_report (environment, model, slot, number);

-- Who observes, and the last it said: an older (epoch, seq) is ignored.
CREATE TABLE deployments_source (
  environment {text} NOT NULL,
  name {text} NOT NULL,
  epoch {text} NOT NULL,
  seq {int} NOT NULL,
  complete {bool} NOT NULL,
  at_ms {int} NOT NULL,
  heard_ms {int} NOT NULL,
  actor {text} NOT NULL,
  PRIMARY KEY (environment, name)) {strict};

-- Which slots a source watches, and when it last knew what is there. NULL: it never knew.
CREATE TABLE deployments_watch (
  environment {text} NOT NULL,
  source {text} NOT NULL,
  model {text} NOT NULL,
  slot {text} NOT NULL,
  knew_ms {int},
  first_ms {int} NOT NULL,
  PRIMARY KEY (environment, source, model, slot)) {strict};

-- What was seen running: one row per unbroken interval; the open one (no end) is what runs now.
CREATE TABLE deployments_sighting (
  id {text} NOT NULL PRIMARY KEY,
  environment {text} NOT NULL,
  source {text} NOT NULL,
  model {text} NOT NULL,
  slot {text} NOT NULL,
  digest {text} NOT NULL,
  level {int} NOT NULL,
  share {real} NOT NULL,
  ready {int},
  wanted {int},
  image {text},
  claims {text},
  since_ms {int} NOT NULL,
  first_ms {int} NOT NULL,
  last_ms {int} NOT NULL,
  ended_ms {int}) {strict};
CREATE INDEX deployments_sighting_slot ON deployments_sighting (environment, model, slot, first_ms);
CREATE INDEX deployments_sighting_open ON deployments_sighting (environment, source) WHERE ended_ms IS NULL;
