DELETE FROM planning_jobs WHERE kind = 'allocation';
DROP INDEX planning_jobs_one_live_key;
CREATE UNIQUE INDEX planning_jobs_one_live_key ON planning_jobs (call_id) WHERE state IN ('queued', 'running');
ALTER TABLE planning_jobs DROP CONSTRAINT planning_jobs_kind_known;
ALTER TABLE planning_jobs DROP COLUMN allocation_run_id;
ALTER TABLE planning_jobs ADD CONSTRAINT planning_jobs_kind_known CHECK (kind IN ('committees', 'timetable', 'repair'));
DROP TABLE allocation_runs;
DROP TABLE allocation_pins;
