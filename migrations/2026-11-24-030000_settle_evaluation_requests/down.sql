-- Fails where somebody was entered again after minutes were closed: then there is no way back.
DROP VIEW passed_students;
DROP INDEX evaluation_requests_one_live_key;
ALTER TABLE evaluation_requests DROP COLUMN settled_at;
CREATE UNIQUE INDEX evaluation_requests_one_live_key ON evaluation_requests (assignment_id) WHERE state = 'requested';
