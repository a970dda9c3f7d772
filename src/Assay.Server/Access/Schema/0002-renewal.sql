-- A minted credential may be exchanged for the next one while its identity token would still be valid: all that come of one identity token are a chain.
ALTER TABLE access_token ADD COLUMN chain {text};
ALTER TABLE access_token ADD COLUMN renewable_ms {int};
-- The hash of the one that it was renewed into: it is renewed once.
ALTER TABLE access_token ADD COLUMN successor {bytes};
CREATE INDEX access_token_chain ON access_token (chain) WHERE chain IS NOT NULL;
