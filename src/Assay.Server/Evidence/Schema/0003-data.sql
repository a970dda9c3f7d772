-- On which data each piece of evidence rests, so that it can be told how often a held-out set was used.
CREATE TABLE evidence_data (
  data {text} NOT NULL,
  evidence {text} NOT NULL,
  model {text} NOT NULL,
  subject {text} NOT NULL,
  recorded_ms {int} NOT NULL,
  PRIMARY KEY (data, evidence)) {strict};
