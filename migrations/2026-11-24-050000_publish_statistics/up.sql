CREATE TABLE statistics_seeds (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT statistics_seeds_one CHECK (is_only),
    seed uuid NOT NULL DEFAULT gen_random_uuid()
);
COMMENT ON TABLE statistics_seeds IS 'Decides which way public statistics are rounded; told to nobody.';
INSERT INTO statistics_seeds DEFAULT VALUES;

-- The smallest cells of what everybody reads: sums of these and of nothing else are published, so that whatever is
-- subtracted from whatever tells no more than they do. Each is rounded to a multiple of five. A cell of fewer than
-- five students is put together with its like of the degree and year, of the year, of all years.
CREATE MATERIALIZED VIEW public_facts AS
WITH by_department AS (
    SELECT f.*, sum(f.students) OVER (PARTITION BY f.academic_year, f.degree_id, f.department_id) AS of_department
    FROM project_facts f
), by_degree AS (
    SELECT f.*, sum(f.students) FILTER (WHERE of_department < 5) OVER (PARTITION BY f.academic_year, f.degree_id) AS of_degree
    FROM by_department f
), by_year AS (
    SELECT f.*, sum(f.students) FILTER (WHERE of_department < 5 AND of_degree < 5) OVER (PARTITION BY f.academic_year) AS of_year
    FROM by_degree f
), in_all AS (
    SELECT f.*, sum(f.students) FILTER (WHERE of_department < 5 AND of_degree < 5 AND of_year < 5) OVER () AS of_all
    FROM by_year f
), placed AS (
    SELECT f.*, CASE WHEN GREATEST(of_department, of_degree, of_year) >= 5 THEN f.academic_year END AS cell_year,
           CASE WHEN GREATEST(of_department, of_degree) >= 5 THEN f.degree_id END AS cell_degree,
           CASE WHEN of_department >= 5 THEN f.department_id END AS cell_department,
           CASE WHEN of_department >= 5 THEN f.area_id END AS cell_area
    FROM in_all f WHERE GREATEST(of_department, of_degree, of_year, of_all) >= 5
), projects AS (
    SELECT concat_ws('/', 'projects', f.academic_year, f.degree_id, f.department_id) AS key,
           f.academic_year, f.degree_id, f.department_id, f.area_id,
           count(*) FILTER (WHERE f.is_offered) AS offered, count(*) FILTER (WHERE f.is_validated) AS validated,
           count(*) FILTER (WHERE f.is_published) AS published, count(*) FILTER (WHERE f.is_assigned) AS assigned
    FROM project_facts f GROUP BY f.academic_year, f.degree_id, f.department_id, f.area_id
), cells AS (
    SELECT concat_ws('/', 'students', COALESCE(f.cell_year, 0), COALESCE(f.cell_degree, 0), COALESCE(f.cell_department, 0)) AS key, f.*
    FROM placed f
), students AS (
    -- Each of these counts is of some of those of the next: rounded by the same offset, none comes out above it.
    SELECT f.key, f.cell_year AS academic_year, f.cell_degree AS degree_id, f.cell_department AS department_id, f.cell_area AS area_id,
           sum(f.honours)::bigint AS honours, sum(f.marked_excellent)::bigint AS excellent,
           sum(f.marked_excellent + f.marked_good)::bigint AS good,
           sum(f.marked_excellent + f.marked_good + f.marked_pass)::bigint AS pass,
           sum(f.marked_excellent + f.marked_good + f.marked_pass + f.marked_fail)::bigint AS fail,
           sum(f.defences_held)::bigint AS held, sum(f.defences_held + f.defences_missed)::bigint AS called,
           count(*) FILTER (WHERE f.is_entered) AS entered, sum(f.students)::bigint AS students
    FROM cells f GROUP BY f.key, f.cell_year, f.cell_degree, f.cell_department, f.cell_area
), ranks AS (
    SELECT f.key, f.cell_year AS academic_year, f.cell_degree AS degree_id, f.cell_department AS department_id, f.cell_area AS area_id,
           f.granted_rank, count(*) AS granted, sum(count(*)) OVER (PARTITION BY f.key ORDER BY f.granted_rank)::bigint AS so_far
    FROM cells f WHERE f.granted_rank IS NOT NULL
    GROUP BY f.key, f.cell_year, f.cell_degree, f.cell_department, f.cell_area, f.granted_rank
)
SELECT p.key, p.academic_year, p.degree_id, p.department_id, p.area_id,
       (p.offered + o.n) / 5 * 5 AS offered, (p.validated + o.n) / 5 * 5 AS validated,
       (p.published + o.n) / 5 * 5 AS published, (p.assigned + o.n) / 5 * 5 AS assigned,
       NULL::bigint AS students, NULL::bigint AS entered, NULL::bigint AS defended, NULL::bigint AS not_presented,
       NULL::bigint AS marked_fail, NULL::bigint AS marked_pass, NULL::bigint AS marked_good, NULL::bigint AS marked_excellent,
       NULL::bigint AS honours, NULL::bigint AS granted_rank, NULL::bigint AS granted
FROM projects p, statistics_seeds s, LATERAL (SELECT abs(hashtextextended(p.key || s.seed, 0) % 5) AS n) o
UNION ALL
SELECT c.key, c.academic_year, c.degree_id, c.department_id, c.area_id, NULL, NULL, NULL, NULL,
       (c.students + o.n) / 5 * 5, (c.entered + o.n) / 5 * 5, (c.held + o.n) / 5 * 5,
       (c.called + o.n) / 5 * 5 - (c.held + o.n) / 5 * 5,
       (c.fail + o.n) / 5 * 5 - (c.pass + o.n) / 5 * 5, (c.pass + o.n) / 5 * 5 - (c.good + o.n) / 5 * 5,
       (c.good + o.n) / 5 * 5 - (c.excellent + o.n) / 5 * 5, (c.excellent + o.n) / 5 * 5, (c.honours + o.n) / 5 * 5, NULL, NULL
FROM students c, statistics_seeds s, LATERAL (SELECT abs(hashtextextended(c.key || s.seed, 0) % 5) AS n) o
UNION ALL
SELECT r.key || '/' || r.granted_rank, r.academic_year, r.degree_id, r.department_id, r.area_id, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, r.granted_rank,
       (r.so_far + o.n) / 5 * 5 - (r.so_far - r.granted + o.n) / 5 * 5
FROM ranks r, statistics_seeds s, LATERAL (SELECT abs(hashtextextended(r.key || s.seed, 0) % 5) AS n) o;
CREATE UNIQUE INDEX public_facts_key ON public_facts (key);
COMMENT ON MATERIALIZED VIEW public_facts IS 'What statistics tell those without duties: sums over cells of five students and more, each rounded to a multiple of five.';

ALTER TABLE statistics_refreshes ADD COLUMN audit_id bigint;
COMMENT ON COLUMN statistics_refreshes.audit_id IS 'The last entry of the audit log by then: as long as it is the last, nothing has changed. Null: make it anew at once.';
INSERT INTO statistics_refreshes (refreshed_at) VALUES (now()) ON CONFLICT (is_only) DO UPDATE SET audit_id = NULL;
