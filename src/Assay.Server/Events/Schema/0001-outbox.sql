-- Events written in the unit of work that they tell about, delivered to the subscribers inside this program after it committed:
-- at least once, in order per subject.
CREATE TABLE events_outbox (
  id {text} NOT NULL PRIMARY KEY,
  type {text} NOT NULL,
  subject {text} NOT NULL,
  body {text} NOT NULL,
  at_ms {int} NOT NULL,
  tries {int} NOT NULL,
  next_ms {int} NOT NULL,
  failure {text}) {strict};
