-- Every access policy that was ever in force: the newest revision is.
CREATE TABLE access_policy (
  revision {int} NOT NULL PRIMARY KEY,
  digest {text} NOT NULL,
  body {text} NOT NULL,
  applied_ms {int} NOT NULL,
  applied_by {text} NOT NULL,
  verified {bool} NOT NULL,
  from_file {bool} NOT NULL) {strict};

-- Credentials that we gave out, by the SHA-256 of their secret: minted for workloads and agents, and personal ones.
CREATE TABLE access_token (
  hash {bytes} NOT NULL PRIMARY KEY,
  id {text} NOT NULL,
  kind {text} NOT NULL,
  principal {text} NOT NULL,
  name {text} NOT NULL,
  scope {text} NOT NULL,
  rule_digest {text},
  job {text},
  created_ms {int} NOT NULL,
  expires_ms {int} NOT NULL,
  revoked_ms {int},
  used_ms {int}) {strict};
CREATE UNIQUE INDEX access_token_id ON access_token (id);
CREATE INDEX access_token_principal ON access_token (principal, created_ms);
CREATE INDEX access_token_expires ON access_token (expires_ms);

-- The verified claims behind a workload's writes, by the origin that they are recorded under.
CREATE TABLE access_origin (
  origin {text} NOT NULL PRIMARY KEY,
  rule {text} NOT NULL,
  issuer {text} NOT NULL,
  claims {text} NOT NULL,
  first_ms {int} NOT NULL) {strict};

-- Tokens of others that were exchanged already: each is good for one exchange.
CREATE TABLE access_exchanged (
  issuer {text} NOT NULL,
  jti {text} NOT NULL,
  forget_ms {int} NOT NULL,
  PRIMARY KEY (issuer, jti)) {strict};
CREATE INDEX access_exchanged_forget ON access_exchanged (forget_ms);

-- People who signed in: what their provider said of them the last time.
CREATE TABLE access_person (
  id {text} NOT NULL PRIMARY KEY,
  name {text} NOT NULL,
  email {text},
  groups {text} NOT NULL,
  admin {bool} NOT NULL,
  seen_ms {int} NOT NULL) {strict};

-- Browser sessions, by the SHA-256 of their cookie.
CREATE TABLE access_session (
  hash {bytes} NOT NULL PRIMARY KEY,
  id {text} NOT NULL,
  person {text} NOT NULL,
  began_ms {int} NOT NULL,
  seen_ms {int} NOT NULL,
  ends_ms {int} NOT NULL) {strict};
CREATE INDEX access_session_person ON access_session (person);
CREATE INDEX access_session_ends ON access_session (ends_ms);

-- Sign-ins on their way to the provider and back (kind 'code'), and devices that wait for their person (kind 'device').
CREATE TABLE access_signin (
  hash {bytes} NOT NULL PRIMARY KEY,
  kind {text} NOT NULL,
  user_code {text},
  facts {text} NOT NULL,
  person {text},
  ends_ms {int} NOT NULL) {strict};
CREATE UNIQUE INDEX access_signin_user_code ON access_signin (user_code);
CREATE INDEX access_signin_ends ON access_signin (ends_ms);
