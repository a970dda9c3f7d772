-- A run is open or sealed: sealing looks twice instead of closing the run in between (docs/decisions/0006).
ALTER TABLE tracking_run DROP COLUMN closed;
