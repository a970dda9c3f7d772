-- SQLite: what belongs to a run stands together, in the order of its key, without a second tree beside it: a page of runs is read in half the steps,
-- and a metric is written in half of them.
--sqlite CREATE TABLE tracking_param_2 (run_id {text} NOT NULL, key {text} NOT NULL, value {text} NOT NULL, experiment_id {int} NOT NULL, start_ms {int} NOT NULL, PRIMARY KEY (run_id, key)) STRICT, WITHOUT ROWID;

--sqlite INSERT INTO tracking_param_2 SELECT run_id, key, value, experiment_id, start_ms FROM tracking_param ORDER BY run_id, key;

--sqlite DROP TABLE tracking_param;

--sqlite ALTER TABLE tracking_param_2 RENAME TO tracking_param;

--sqlite CREATE INDEX tracking_param_by_value ON tracking_param (experiment_id, key, substr(value, 1, 100), start_ms DESC, run_id);

--sqlite CREATE TABLE tracking_run_tag_2 (run_id {text} NOT NULL, key {text} NOT NULL, value {text} NOT NULL, experiment_id {int} NOT NULL, start_ms {int} NOT NULL, PRIMARY KEY (run_id, key)) STRICT, WITHOUT ROWID;

--sqlite INSERT INTO tracking_run_tag_2 SELECT run_id, key, value, experiment_id, start_ms FROM tracking_run_tag ORDER BY run_id, key;

--sqlite DROP TABLE tracking_run_tag;

--sqlite ALTER TABLE tracking_run_tag_2 RENAME TO tracking_run_tag;

--sqlite CREATE INDEX tracking_run_tag_by_value ON tracking_run_tag (experiment_id, key, substr(value, 1, 100), start_ms DESC, run_id);

--sqlite CREATE TABLE tracking_newest_2 (run_id {text} NOT NULL, key {text} NOT NULL, at_ms {int} NOT NULL, step {int} NOT NULL, value {real} NOT NULL, is_nan {bool} NOT NULL, experiment_id {int} NOT NULL, start_ms {int} NOT NULL, PRIMARY KEY (run_id, key)) STRICT, WITHOUT ROWID;

--sqlite INSERT INTO tracking_newest_2 SELECT run_id, key, at_ms, step, value, is_nan, experiment_id, start_ms FROM tracking_newest ORDER BY run_id, key;

--sqlite DROP TABLE tracking_newest;

--sqlite ALTER TABLE tracking_newest_2 RENAME TO tracking_newest;

--sqlite CREATE INDEX tracking_newest_by_value ON tracking_newest (experiment_id, key, is_nan, value, start_ms, run_id);
