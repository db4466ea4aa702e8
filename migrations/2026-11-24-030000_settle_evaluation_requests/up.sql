-- What minutes have settled does not stand in the way of the next call.
ALTER TABLE evaluation_requests ADD COLUMN settled_at timestamptz
    CONSTRAINT evaluation_requests_settled_if_kept CHECK (settled_at IS NULL OR state = 'requested');
COMMENT ON COLUMN evaluation_requests.settled_at IS
    'When the minutes of its call were closed; empty again while they are open once more. One that is not settled is live.';
DROP INDEX evaluation_requests_one_live_key;

CREATE VIEW passed_students AS
    SELECT r.assignment_id, e.student_id, r.id AS evaluation_request_id
    FROM minutes_entries e JOIN minutes m ON m.id = e.minutes_id AND m.state = 'closed'
    JOIN defences d ON d.id = e.defence_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
    WHERE e.band NOT IN ('not_presented', 'fail');
COMMENT ON VIEW passed_students IS 'Who has passed with which assignment, by minutes that are closed.';

UPDATE evaluation_requests r SET settled_at = m.closed_at FROM minutes m
    WHERE m.call_id = r.call_id AND m.state = 'closed' AND r.state = 'requested';
UPDATE assignments a SET state = 'finished', is_active = false, version = version + 1
    WHERE a.is_active AND NOT EXISTS (
        SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND NOT EXISTS (
            SELECT 1 FROM passed_students p WHERE p.assignment_id = a.id AND p.student_id = s.student_id));
CREATE UNIQUE INDEX evaluation_requests_one_live_key ON evaluation_requests (assignment_id)
    WHERE state = 'requested' AND settled_at IS NULL;
