-- On which data the evidence of each verdict rests.
CREATE TABLE policies_verdict_data (
  data {text} NOT NULL,
  verdict {text} NOT NULL,
  model {text} NOT NULL,
  PRIMARY KEY (data, verdict)) {strict};
