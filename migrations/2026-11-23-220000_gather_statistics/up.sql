CREATE MATERIALIZED VIEW project_facts AS
SELECT p.id AS project_id, p.academic_year, p.degree_id, t.department_id, d.area_id, p.tutor_id,
       p.submitted_at IS NOT NULL AS is_offered, p.validated_at IS NOT NULL AS is_validated,
       p.published_at IS NOT NULL AS is_published, a.project_id IS NOT NULL AS is_assigned,
       e.project_id IS NOT NULL AS is_entered, COALESCE(a.students, 0) AS students,
       COALESCE(f.held, 0) AS defences_held, COALESCE(f.missed, 0) AS defences_missed,
       (extract(epoch FROM f.first_held_at - a.assigned_at) / 86400)::double precision AS days_to_defence,
       g.rank AS granted_rank, COALESCE(m.fail, 0) AS marked_fail, COALESCE(m.pass, 0) AS marked_pass,
       COALESCE(m.good, 0) AS marked_good, COALESCE(m.excellent, 0) AS marked_excellent, COALESCE(m.honours, 0) AS honours
FROM projects p JOIN professors t ON t.user_id = p.tutor_id JOIN departments d ON d.id = t.department_id
LEFT JOIN (
    SELECT a.project_id, min(a.created_at) AS assigned_at, count(s.student_id) AS students
    FROM assignments a JOIN assignment_students s ON s.assignment_id = a.id
    WHERE a.state <> 'cancelled' GROUP BY a.project_id) a ON a.project_id = p.id
LEFT JOIN (
    SELECT DISTINCT project_id FROM evaluation_requests WHERE state = 'requested') e ON e.project_id = p.id
LEFT JOIN (
    SELECT r.project_id, count(*) FILTER (WHERE f.state = 'held') AS held,
           count(*) FILTER (WHERE f.state = 'not_presented') AS missed,
           min(f.starts_at) FILTER (WHERE f.state = 'held') AS first_held_at
    FROM defences f JOIN evaluation_requests r ON r.id = f.evaluation_request_id
    WHERE f.state IN ('held', 'not_presented') GROUP BY r.project_id) f ON f.project_id = p.id
LEFT JOIN (
    SELECT r.project_id, count(*) FILTER (WHERE e.band = 'fail') AS fail, count(*) FILTER (WHERE e.band = 'pass') AS pass,
           count(*) FILTER (WHERE e.band = 'good') AS good, count(*) FILTER (WHERE e.band = 'excellent') AS excellent,
           count(*) FILTER (WHERE e.has_honours) AS honours
    FROM minutes_entries e JOIN minutes s ON s.id = e.minutes_id AND s.state = 'closed'
    JOIN defences f ON f.id = e.defence_id JOIN evaluation_requests r ON r.id = f.evaluation_request_id
    GROUP BY r.project_id) m ON m.project_id = p.id
LEFT JOIN (
    SELECT a.project_id, min(w.rank) AS rank
    FROM allocation_grants x JOIN assignments a ON a.id = x.assignment_id
    JOIN application_preferences w ON w.application_id = x.application_id AND w.project_id = a.project_id
    WHERE a.state <> 'cancelled' GROUP BY a.project_id) g ON g.project_id = p.id;
CREATE UNIQUE INDEX project_facts_project_key ON project_facts (project_id);
CREATE INDEX project_facts_year_idx ON project_facts (academic_year, degree_id);
COMMENT ON MATERIALIZED VIEW project_facts IS 'How far each project came, for statistics: joining all of it anew takes too long for a page.';

CREATE TABLE statistics_refreshes (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT statistics_refreshes_one CHECK (is_only),
    refreshed_at timestamptz NOT NULL
);
COMMENT ON TABLE statistics_refreshes IS 'When project_facts was last made anew; empty until it is asked for.';
