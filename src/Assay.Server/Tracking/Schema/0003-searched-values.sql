-- What is searched carries its run's experiment and start, so that an index finds the newest hundred of a million without looking at the others.
-- Both never change after a run is made. A text may be longer than an index entry can be: its beginning is indexed.
ALTER TABLE tracking_param ADD COLUMN experiment_id {int} NOT NULL DEFAULT 0;

ALTER TABLE tracking_param ADD COLUMN start_ms {int} NOT NULL DEFAULT 0;

UPDATE tracking_param SET experiment_id = t.experiment_id, start_ms = t.start_ms FROM tracking_run t WHERE t.run_id = tracking_param.run_id;

CREATE INDEX tracking_param_by_value ON tracking_param (experiment_id, key, substr(value, 1, 100), start_ms DESC, run_id);

ALTER TABLE tracking_run_tag ADD COLUMN experiment_id {int} NOT NULL DEFAULT 0;

ALTER TABLE tracking_run_tag ADD COLUMN start_ms {int} NOT NULL DEFAULT 0;

UPDATE tracking_run_tag SET experiment_id = t.experiment_id, start_ms = t.start_ms FROM tracking_run t WHERE t.run_id = tracking_run_tag.run_id;

CREATE INDEX tracking_run_tag_by_value ON tracking_run_tag (experiment_id, key, substr(value, 1, 100), start_ms DESC, run_id);

ALTER TABLE tracking_newest ADD COLUMN experiment_id {int} NOT NULL DEFAULT 0;

ALTER TABLE tracking_newest ADD COLUMN start_ms {int} NOT NULL DEFAULT 0;

UPDATE tracking_newest SET experiment_id = t.experiment_id, start_ms = t.start_ms FROM tracking_run t WHERE t.run_id = tracking_newest.run_id;

CREATE INDEX tracking_newest_by_value ON tracking_newest (experiment_id, key, is_nan, value, start_ms, run_id);
