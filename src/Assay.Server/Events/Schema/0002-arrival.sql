-- Events are delivered in the order in which they came to the database: the clocks of several servers differ.
--postgres ALTER TABLE events_outbox ADD COLUMN arrival BIGSERIAL;
--sqlite ALTER TABLE events_outbox ADD COLUMN arrival INTEGER;
--sqlite CREATE TRIGGER events_outbox_came AFTER INSERT ON events_outbox BEGIN UPDATE events_outbox SET arrival = rowid WHERE rowid = new.rowid; END;
CREATE INDEX events_outbox_arrived ON events_outbox (arrival, id);
