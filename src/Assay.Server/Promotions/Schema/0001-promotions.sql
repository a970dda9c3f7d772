-- What is approved: append-only, the highest seq of a slot counts.
CREATE TABLE promotions_promotion (
  id {text} NOT NULL PRIMARY KEY,
  model {text} NOT NULL,
  environment {text} NOT NULL,
  slot {text} NOT NULL,
  seq {int} NOT NULL,
  kind {text} NOT NULL,
  digest {text} NOT NULL,
  number {int} NOT NULL,
  verdict {text} NOT NULL,
  made_ms {int} NOT NULL,
  not_after_ms {int} NOT NULL,
  actor {text} NOT NULL,
  verified {bool} NOT NULL,
  entry {text} NOT NULL,
  request {text},
  replaces {text},
  reason {text},
  approvals {text} NOT NULL,
  envelope {text} NOT NULL) {strict};
CREATE UNIQUE INDEX promotions_promotion_slot ON promotions_promotion (model, environment, slot, seq);
CREATE INDEX promotions_promotion_digest ON promotions_promotion (digest);

-- Wishes to promote; at most one is open for a digest and slot.
CREATE TABLE promotions_request (
  id {text} NOT NULL PRIMARY KEY,
  model {text} NOT NULL,
  environment {text} NOT NULL,
  slot {text} NOT NULL,
  digest {text} NOT NULL,
  number {int} NOT NULL,
  state {text} NOT NULL,
  open {bool} NOT NULL,
  comment {text},
  opened_by {text} NOT NULL,
  verified {bool} NOT NULL,
  opened_ms {int} NOT NULL,
  expires_ms {int} NOT NULL,
  verdict {text} NOT NULL,
  promotion {text}) {strict};
CREATE UNIQUE INDEX promotions_request_open ON promotions_request (model, environment, slot, digest) WHERE open;
CREATE INDEX promotions_request_model ON promotions_request (model, environment, id);

-- Decisions of people, each bound to one verdict.
CREATE TABLE promotions_decision (
  id {text} NOT NULL PRIMARY KEY,
  request {text} NOT NULL,
  approves {bool} NOT NULL,
  actor {text} NOT NULL,
  verified {bool} NOT NULL,
  roles {text} NOT NULL,
  comment {text},
  verdict {text} NOT NULL,
  at_ms {int} NOT NULL) {strict};
CREATE INDEX promotions_decision_request ON promotions_decision (request, id);

-- The timeline of a request.
CREATE TABLE promotions_step (
  request {text} NOT NULL,
  seq {int} NOT NULL,
  at_ms {int} NOT NULL,
  what {text} NOT NULL,
  actor {text} NOT NULL,
  words {text} NOT NULL,
  PRIMARY KEY (request, seq)) {strict};
