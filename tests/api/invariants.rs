//! The rules that `gestfg check` asks: they hold of the demonstration data, and
//! each notices what breaks it.

use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use gestfg::invariants::{self, INVARIANTS, Weight};
use gestfg::seed;

/// A small faculty with everything in it.
pub fn faculty() -> TestApp {
    let app = TestApp::start();
    let size = seed::Size { professors: 20, students: 120, projects: 40 };
    assert!(seed::demo(&mut app.conn(), &app.state.config, size).expect("seed"));
    app.conn().batch_execute(COMMITTEE).expect("a committee");
    app.conn().batch_execute(ALLOCATION).expect("an allocation");
    app.conn().batch_execute(DOCUMENTS).expect("documents");
    app
}

/// A published committee that judges two teams, behind the planner's back.
const COMMITTEE: &str = "
    INSERT INTO committee_plans (call_id, number, state, published_at, committees_instance, committees_solution)
    SELECT call_id, 1000, 'published', now(), '{}', '{}' FROM evaluation_requests r WHERE state = 'requested'
    AND NOT EXISTS (SELECT 1 FROM committees c WHERE c.call_id = r.call_id)
    GROUP BY call_id ORDER BY count(*) DESC, call_id LIMIT 1;
    INSERT INTO committees (call_id, number) SELECT call_id, n FROM committee_plans, generate_series(1, 2) n
    WHERE committee_plans.number = 1000;
    INSERT INTO committee_seats (committee_id, seat, professor_id)
    SELECT c.id, seat, professor FROM committees c JOIN committee_plans v ON v.call_id = c.call_id AND v.number = 1000
    CROSS JOIN LATERAL (
        SELECT user_id AS professor,
               (ARRAY['president', 'member_1', 'member_2'])[row_number() OVER (ORDER BY user_id)] AS seat
        FROM (SELECT user_id FROM (
                  SELECT user_id, row_number() OVER (PARTITION BY d.area_id ORDER BY user_id) AS place
                  FROM professors p JOIN departments d ON d.id = p.department_id WHERE NOT EXISTS (
                      SELECT 1 FROM evaluation_requests r JOIN projects j ON j.id = r.project_id
                      WHERE r.call_id = c.call_id AND p.user_id IN (j.tutor_id, j.cotutor_id))) AS of_area
              WHERE place = c.number ORDER BY user_id LIMIT 3) AS free
    ) AS sitters;
    INSERT INTO rooms (name) VALUES ('Sala de prueba 1'), ('Sala de prueba 2');
    INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at)
    SELECT r.id, s.student_id, (SELECT max(id) - 1 FROM committees), (SELECT id FROM rooms WHERE name = 'Sala de prueba 1'),
           f.starts_at + (row_number() OVER (ORDER BY r.id, s.student_id) - 1) * interval '1 minute',
           f.starts_at + row_number() OVER (ORDER BY r.id, s.student_id) * interval '1 minute'
    FROM evaluation_requests r JOIN assignment_students s ON s.assignment_id = r.assignment_id
    JOIN call_phases f ON f.call_id = r.call_id AND f.phase = 'defence'
    WHERE r.state = 'requested' AND r.call_id = (SELECT call_id FROM committee_plans WHERE number = 1000);";

/// A published round of which the oldest assignment came, as agreed before, behind the planner's back.
const ALLOCATION: &str = "
    CREATE TEMP TABLE oldest AS
        SELECT a.id, a.project_id, p.degree_id, p.tutor_id, p.student_count, c.id AS call_id FROM assignments a
        JOIN projects p ON p.id = a.project_id JOIN calls c ON c.degree_id = p.degree_id ORDER BY a.id, c.id LIMIT 1;
    INSERT INTO allocation_rounds (call_id, degree_id, number, opens_at, closes_at, tutors_close_at, state, settled_at, team_max)
    SELECT call_id, degree_id, 1000, '2026-01-01', '2026-01-08', '2026-01-08', 'published', '2026-01-09', 3 FROM oldest;
    INSERT INTO applications (round_id, degree_id) SELECT id, degree_id FROM allocation_rounds WHERE number = 1000;
    INSERT INTO application_members (application_id, round_id, student_id, position, is_author, confirmed_at)
    SELECT a.id, a.round_id, s.student_id, s.position, s.position = 1, '2026-01-02'
    FROM oldest JOIN assignment_students s ON s.assignment_id = oldest.id,
         applications a JOIN allocation_rounds r ON r.id = a.round_id AND r.number = 1000;
    INSERT INTO application_preferences (application_id, degree_id, project_id, rank)
    SELECT a.id, a.degree_id, oldest.project_id, 1 FROM oldest,
         applications a JOIN allocation_rounds r ON r.id = a.round_id AND r.number = 1000;
    INSERT INTO allocation_runs (round_id, number, method, seed, instance, input_hash, solution, applicant_count, state, published_at)
    SELECT a.round_id, 1, 'serial_dictatorship', 1,
           jsonb_build_object(
               'applicants', jsonb_build_array(jsonb_build_object('id', 'application-' || a.id, 'students',
                   (SELECT jsonb_agg('student-' || m.student_id) FROM application_members m WHERE m.application_id = a.id))),
               'projects', jsonb_build_array(jsonb_build_object('id', 'project-' || o.project_id,
                   'tutor', 'person-' || o.tutor_id, 'places', o.student_count)),
               'tutors', jsonb_build_array(jsonb_build_object('id', 'person-' || o.tutor_id, 'upper', 1)),
               'pins', jsonb_build_array(jsonb_build_object('applicant', 'application-' || a.id,
                   'project', 'project-' || o.project_id, 'reason', 'acordado'))),
           '', jsonb_build_object('pairs', jsonb_build_array(jsonb_build_object(
               'applicant', 'application-' || a.id, 'project', 'project-' || o.project_id, 'rank', 1))),
           1, 'published', '2026-01-09'
    FROM oldest o, applications a JOIN allocation_rounds r ON r.id = a.round_id AND r.number = 1000;
    INSERT INTO allocation_grants (assignment_id, run_id, application_id)
    SELECT o.id, n.id, a.id FROM oldest o, allocation_runs n, applications a WHERE a.round_id = n.round_id;";

/// Two versions of a report and a presentation, handed in while the phase lasted.
const DOCUMENTS: &str = "
    INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
    SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
    ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at;
    INSERT INTO document_contents (id, store, state, size, sha256, seen_at)
    SELECT gen_random_uuid(), 'database', 'kept', 4, sha256('%PDF'), now()
    FROM generate_series(1, 3) n;
    INSERT INTO document_pieces (content_id, position, bytes) SELECT id, 0, '%PDF' FROM document_contents;
    INSERT INTO documents (evaluation_request_id, student_id, kind, version, file_name, media_type, content_id,
                           uploaded_by, handed_in_by, created_at)
    SELECT r.id, CASE n WHEN 3 THEN s.student_id END, CASE n WHEN 3 THEN 'presentation' ELSE 'report' END,
           CASE n WHEN 2 THEN 2 ELSE 1 END, 'prueba.pdf', 'application/pdf', c.id, s.student_id, 'students', now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM document_contents) c,
         (SELECT min(r.id) AS id FROM evaluation_requests r WHERE r.state = 'requested') r,
         LATERAL (SELECT min(a.student_id) AS student_id FROM assignment_students a
                  JOIN evaluation_requests q ON q.assignment_id = a.assignment_id WHERE q.id = r.id) s;
    INSERT INTO similarity_checks (document_id, state, threshold_percent, common_limit, words, share_permille, compared_with, checked_at)
    SELECT id, 'done', 20, 5, 100, 0, 0, now() FROM documents WHERE kind = 'report';
    INSERT INTO deposit_texts (document_id, text) SELECT document_id, '' FROM similarity_checks;
    INSERT INTO document_extensions (evaluation_request_id, asked_by, reason, wanted_until, created_at)
    SELECT evaluation_request_id, uploaded_by, 'prueba', now() + interval '2 days', now() FROM documents WHERE version = 2;";

#[test]
fn the_demonstration_keeps_every_rule() {
    let app = faculty();
    assert_eq!(invariants::check(&mut app.conn()).expect("the rules are asked"), Vec::new());
}

/// A rule, and what makes it break: written behind the back of triggers and
/// constraints, as no program of ours could.
const BREAKING: &[(&str, &str)] = &[
    (
        "people_identifiable",
        "ALTER TABLE users DROP CONSTRAINT users_identifiable;
         UPDATE users SET email = NULL, dni = NULL WHERE id = (SELECT min(id) FROM users)",
    ),
    (
        "people_once",
        "DROP INDEX users_email_key;
         UPDATE users SET email = (SELECT max(email) FROM users) WHERE id = (SELECT min(id) FROM users)",
    ),
    (
        "people_as_they_are_written",
        "UPDATE users SET dni = translate(left(dni, 8), 'XYZ', '012') || CASE right(dni, 1) WHEN 'T' THEN 'R' ELSE 'T' END
         WHERE id = (SELECT min(id) FROM users WHERE dni IS NOT NULL)",
    ),
    (
        "deactivated_shut_out",
        "UPDATE users SET is_active = false WHERE id = (SELECT min(id) FROM users);
         INSERT INTO sessions (id, user_id, address, user_agent, expires_at)
         SELECT gen_random_uuid(), min(id), '', '', now() + interval '1 day' FROM users",
    ),
    (
        "forgotten_people",
        "UPDATE users SET anonymised_at = now(), is_active = false WHERE id = (SELECT min(id) FROM users)",
    ),
    (
        "head_of_own_department",
        "UPDATE departments d SET head_id = NULL;
         UPDATE departments SET head_id = (
             SELECT min(user_id) FROM professors p WHERE p.department_id <> departments.id)
         WHERE id = (SELECT min(id) FROM departments)",
    ),
    (
        "titles_unique",
        "DROP INDEX projects_title_key;
         UPDATE projects SET title = 'El mismo', state = 'published', published_at = now(),
                degree_id = (SELECT min(degree_id) FROM projects)",
    ),
    (
        "projects_within_bounds",
        "ALTER TABLE projects DROP CONSTRAINT projects_student_count_range;
         UPDATE projects SET student_count = 4 WHERE id = (SELECT min(id) FROM projects)",
    ),
    (
        "two_tutors",
        "ALTER TABLE projects DROP CONSTRAINT projects_two_tutors;
         UPDATE projects SET cotutor_id = tutor_id WHERE id = (SELECT max(id) FROM projects)",
    ),
    ("levels_follow_degrees", "UPDATE degrees SET level = CASE level WHEN 'master' THEN 'bachelor' ELSE 'master' END"),
    ("teams_fit", "DELETE FROM assignment_students WHERE assignment_id = (SELECT min(id) FROM assignments)"),
    (
        "one_project_each",
        "DROP INDEX assignment_students_one_active_per_level_key;
         UPDATE assignment_students SET student_id = (SELECT min(student_id) FROM assignment_students)
         WHERE position = 1",
    ),
    (
        "one_team_each",
        "DROP INDEX assignments_one_active_per_project_key;
         UPDATE assignments SET project_id = (SELECT min(project_id) FROM assignments) WHERE is_active",
    ),
    (
        "one_application_each",
        "DROP INDEX application_members_one_each_key;
         UPDATE application_members SET student_id = (SELECT min(student_id) FROM application_members WHERE is_author)
         WHERE is_author",
    ),
    (
        "wishes_of_own_degree",
        "UPDATE application_preferences SET project_id = (
             SELECT min(p.id) FROM projects p WHERE p.degree_id <> application_preferences.degree_id)
         WHERE application_id = (SELECT min(application_id) FROM application_preferences)
           AND rank = 1",
    ),
    (
        "ranked_who_asks",
        "INSERT INTO application_rankings (project_id, application_id, rank)
         SELECT (SELECT max(id) FROM projects p WHERE NOT EXISTS (
                     SELECT 1 FROM application_preferences w WHERE w.project_id = p.id)), min(id), 1 FROM applications",
    ),
    ("applications_within_terms", "UPDATE allocation_rounds SET max_preferences = 1"),
    ("published_rounds_have_a_run", "UPDATE allocation_rounds SET state = 'cancelled' WHERE state = 'published'"),
    ("allocations_carried_out", "DELETE FROM allocation_grants"),
    (
        "allocations_within_limits",
        "UPDATE allocation_runs SET instance = jsonb_set(instance, '{tutors,0,upper}', '0')",
    ),
    (
        "agreements_kept",
        "UPDATE allocation_runs SET solution = jsonb_set(solution, '{pairs,0,project}', '\"project-0\"')",
    ),
    (
        "assigned_not_withdrawn",
        "UPDATE projects SET state = 'withdrawn' WHERE id IN (SELECT project_id FROM assignments WHERE is_active)",
    ),
    (
        "calls_once",
        "DROP INDEX calls_degree_year_sitting_key;
         UPDATE calls SET sitting_id = (SELECT min(sitting_id) FROM calls), degree_id = (SELECT min(degree_id) FROM calls),
                academic_year = (SELECT min(academic_year) FROM calls)",
    ),
    (
        "phases_not_empty",
        "ALTER TABLE call_phases DROP CONSTRAINT call_phases_not_empty;
         UPDATE call_phases SET ends_at = starts_at WHERE phase = 'grading'",
    ),
    ("requests_of_own_degree", "UPDATE evaluation_requests SET degree_id = (SELECT max(id) FROM degrees)"),
    (
        "one_live_request",
        "DROP INDEX evaluation_requests_one_live_key;
         UPDATE evaluation_requests SET settled_at = NULL, assignment_id = (SELECT min(assignment_id) FROM evaluation_requests)",
    ),
    ("settled_with_minutes", "UPDATE evaluation_requests SET settled_at = NULL"),
    (
        "finished_when_passed",
        "UPDATE assignments SET state = 'active', is_active = true WHERE state = 'finished' AND id IN (SELECT assignment_id FROM passed_students)",
    ),
    (
        "no_request_of_cancelled",
        "UPDATE assignments SET state = 'cancelled', is_active = false, cancel_reason = 'prueba'",
    ),
    ("requests_in_open_calls", "UPDATE calls SET opened_at = NULL"),
    ("requests_in_their_phase", "UPDATE evaluation_requests SET created_at = created_at - interval '2 years'"),
    (
        "one_published_plan",
        "UPDATE committee_plans SET state = 'superseded' WHERE state = 'published'",
    ),
    (
        "five_different_people",
        "UPDATE committee_seats SET seat = 'member_3' WHERE seat = 'president'",
    ),
    ("seats_from_different_areas", "UPDATE departments SET area_id = (SELECT min(id) FROM areas)"),
    (
        "no_tutor_judges",
        "UPDATE committee_seats SET professor_id = (
             SELECT j.tutor_id FROM defences d JOIN evaluation_requests r ON r.id = d.evaluation_request_id
             JOIN projects j ON j.id = r.project_id ORDER BY d.id LIMIT 1)
         WHERE seat = 'president'",
    ),
    (
        "defences_of_entered_students",
        "UPDATE defences SET student_id = (
             SELECT max(user_id) FROM students s WHERE NOT EXISTS (
                 SELECT 1 FROM assignment_students a WHERE a.student_id = s.user_id))
         WHERE id = (SELECT min(id) FROM defences)",
    ),
    (
        "one_defence_each",
        "UPDATE defences SET student_id = (SELECT student_id FROM defences ORDER BY id DESC LIMIT 1)
         WHERE committee_id = (SELECT committee_id FROM defences ORDER BY id DESC LIMIT 1)",
    ),
    (
        "teams_together",
        "INSERT INTO defences (evaluation_request_id, student_id, committee_id)
         SELECT evaluation_request_id, (SELECT max(user_id) FROM students), (SELECT max(id) FROM committees)
         FROM defences ORDER BY id LIMIT 1",
    ),
    (
        "teams_in_a_row",
        "UPDATE defences SET evaluation_request_id = (SELECT min(evaluation_request_id) FROM defences f WHERE f.committee_id = defences.committee_id)
         WHERE starts_at = (SELECT max(starts_at) FROM defences l WHERE l.committee_id = defences.committee_id)",
    ),
    (
        "one_defence_at_a_time",
        "UPDATE defences SET starts_at = (SELECT min(starts_at) FROM defences), ends_at = (SELECT max(ends_at) FROM defences),
                room_id = (SELECT max(id) FROM rooms) WHERE id = (SELECT max(id) FROM defences)",
    ),
    ("defences_in_their_phase", "UPDATE defences SET starts_at = starts_at - interval '1 year', ends_at = ends_at - interval '1 year'"),
    ("defences_still_entered", "UPDATE evaluation_requests SET settled_at = NULL, state = 'withdrawn', withdrawn_at = now()"),
    ("documents_have_bytes", "DELETE FROM document_pieces WHERE content_id = (SELECT content_id FROM documents LIMIT 1)"),
    ("bytes_have_documents", "DELETE FROM documents WHERE version = 2"),
    ("documents_are_what_they_say", "UPDATE document_pieces SET bytes = 'GIF8' || substr(bytes, 5)"),
    ("versions_counted", "UPDATE documents SET version = 4 WHERE version = 2"),
    (
        "documents_of_own_students",
        "UPDATE documents SET student_id = (
             SELECT max(user_id) FROM students s WHERE NOT EXISTS (
                 SELECT 1 FROM assignment_students a WHERE a.student_id = s.user_id))
         WHERE student_id IS NOT NULL",
    ),
    ("documents_in_their_phase", "UPDATE documents SET created_at = created_at - interval '1 week' WHERE version = 2"),
    ("read_documents_have_texts", "DELETE FROM deposit_texts"),
    (
        "held_against_others",
        "INSERT INTO similarity_matches (document_id, earlier_id, words, passages)
         SELECT max(document_id), min(document_id), 10, '[]' FROM similarity_checks",
    ),
    (
        "flagged_answered_for",
        "UPDATE similarity_checks SET share_permille = 500;
         UPDATE documents SET evaluation_request_id = (SELECT min(evaluation_request_id) FROM defences);
         UPDATE defences SET state = 'held'",
    ),
    (
        "more_time_asked_once",
        "DROP INDEX document_extensions_one_open_key;
         INSERT INTO document_extensions (evaluation_request_id, asked_by, reason, wanted_until, created_at)
         SELECT evaluation_request_id, asked_by, reason, wanted_until, created_at FROM document_extensions",
    ),
    (
        "imports_whole",
        "INSERT INTO imports (kind, state, created_by, file_name, file_hash, file, options, layout, summary)
         SELECT 'students', 'committed', min(id), 'prueba.csv', '\\x00', '', '{}', '{}', '{}' FROM users;
         INSERT INTO import_rows (import_id, row_number, outcome, cells, problems)
         SELECT max(id), 2, 'create', '[]', '[]' FROM imports",
    ),
    (
        "one_seat_per_professor_and_call",
        "INSERT INTO committee_seats (committee_id, seat, professor_id)
         SELECT (SELECT max(id) FROM committees), 'substitute_1', professor_id FROM committee_seats
         WHERE committee_id = (SELECT max(id) - 1 FROM committees) AND seat = 'president'",
    ),
    ("rubrics_whole", "UPDATE rubric_criteria SET weight = weight - 1 WHERE rubric_id = (SELECT max(id) FROM rubrics)"),
    (
        "sheets_by_the_calls_rubric",
        "UPDATE call_rubrics c SET rubric_id = (
             SELECT min(r.id) FROM rubrics r JOIN calls k ON k.degree_id = r.degree_id
             WHERE k.id = c.call_id AND r.role = c.role)",
    ),
    (
        "sheets_handed_in_whole",
        "DELETE FROM sheet_marks WHERE sheet_id = (SELECT min(id) FROM mark_sheets WHERE state = 'handed_in') AND position = 1",
    ),
    (
        "marks_in_range",
        "ALTER TABLE sheet_marks DROP CONSTRAINT sheet_marks_mark_range; UPDATE sheet_marks SET mark = 10.1 WHERE position = 1",
    ),
    (
        "sheets_of_those_who_mark",
        "UPDATE mark_sheets SET author_id = (
             SELECT max(user_id) FROM professors p WHERE NOT EXISTS (
                 SELECT 1 FROM committee_seats s WHERE s.professor_id = p.user_id))
         WHERE id = (SELECT min(id) FROM mark_sheets WHERE role = 'committee')",
    ),
    ("minutes_of_everybody", "DELETE FROM minutes_entries WHERE position = 1"),
    ("minutes_numbered", "UPDATE minutes SET number = 2"),
    ("minutes_sealed", "UPDATE minutes SET content = content || ' '"),
    ("minutes_as_closed", "UPDATE minutes_entries SET has_honours = NOT has_honours WHERE position = 1"),
    ("closed_after_claims", "UPDATE minutes SET claims_until = closed_at + interval '1 hour' WHERE closed_at IS NOT NULL"),
    (
        "marks_as_handed_in",
        "UPDATE sheet_marks SET mark = CASE mark WHEN 10 THEN 9 ELSE 10 END WHERE position = 1",
    ),
    ("marks_called_right", "UPDATE minutes_entries SET band = 'excellent', mark = 5 WHERE position = 1"),
    ("honours_within_quota", "UPDATE minutes SET rules = jsonb_set(rules, '{honours}', '\"none\"')"),
    (
        "claims_answered",
        "INSERT INTO mark_claims (minutes_id, defence_id, text, mark_before)
         SELECT minutes_id, defence_id, 'Reviso', 5 FROM minutes_entries LIMIT 1",
    ),
];

#[test]
fn every_rule_notices_what_breaks_it() {
    let named: Vec<_> = BREAKING.iter().map(|(name, _)| *name).collect();
    let known: Vec<_> = INVARIANTS.iter().map(|invariant| invariant.name).collect();
    assert_eq!(named, known, "each rule has its case");
    let app = faculty();
    for (name, sql) in BREAKING {
        let mut conn = app.conn();
        conn.batch_execute("BEGIN; SET LOCAL session_replication_role = replica").expect("begin");
        conn.batch_execute(sql).unwrap_or_else(|error| panic!("{name}: {error}"));
        let breaches = invariants::ask(&mut conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        let breach = breaches.iter().find(|breach| breach.name == *name);
        let breach = breach.unwrap_or_else(|| panic!("{name} went unnoticed; noticed: {breaches:?}"));
        assert!(!breach.culprits.is_empty() && breach.culprits.len() <= invariants::SHOWN, "{breach:?}");
        conn.batch_execute("ROLLBACK").expect("undo");
    }
    assert_eq!(
        invariants::check(&mut app.conn()).expect("the rules are asked"),
        Vec::new(),
        "all was undone"
    );
}

#[test]
fn what_changed_since_is_told_apart_from_what_can_never_be() {
    let app = faculty();
    app.conn()
        .batch_execute(
            "UPDATE call_phases SET starts_at = ends_at - interval '1 second' WHERE phase = 'defence'",
        )
        .expect("the dates move");
    let breaches = invariants::check(&mut app.conn()).expect("the rules are asked");
    assert!(breaches.iter().all(|breach| breach.weight == Weight::Outdated), "{breaches:?}");
    assert!(breaches.iter().any(|breach| breach.name == "defences_in_their_phase"), "{breaches:?}");
}
