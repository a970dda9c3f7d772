-- Entries are numbered in the order in which they came to the database: the clocks of several servers differ.
--postgres ALTER TABLE ledger_entry ADD COLUMN arrival BIGSERIAL;
--sqlite ALTER TABLE ledger_entry ADD COLUMN arrival INTEGER;
--sqlite CREATE TRIGGER ledger_entry_came AFTER INSERT ON ledger_entry BEGIN UPDATE ledger_entry SET arrival = rowid WHERE rowid = new.rowid; END;
CREATE INDEX ledger_entry_arrived ON ledger_entry (arrival, id) WHERE seq IS NULL;
DROP INDEX ledger_entry_pending;
