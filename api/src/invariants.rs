//! What must be true of the data whatever happened to the server: the rules of
//! the domain, each as a query for what breaks it. The schema keeps most of
//! them by constraints and triggers; this asks again, independently, so that a
//! restored backup, a crash or a migration can be held against them
//! (`gestfg check`).

use diesel::prelude::*;
use diesel::sql_types::Text;

/// How bad it is when a rule does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It can never be right.
    Broken,
    /// It was right once, and something that may be changed was changed since
    /// (dates, settings, departments): somebody should look.
    Outdated,
}

/// A rule, and how to find what breaks it.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// Its name, stable.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub says: &'static str,
    /// How bad it is when it does not hold.
    pub weight: Weight,
    /// A query for what breaks it: one column `what`, naming each culprit.
    broken_by: &'static str,
}

/// A rule that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule's name.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// How bad it is.
    pub weight: Weight,
    /// What breaks it, at most [`SHOWN`] of them, in order.
    pub culprits: Vec<String>,
}

/// How many culprits of a rule are named.
pub const SHOWN: usize = 20;

/// Every rule, in the order of the year.
pub const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "people_identifiable",
        says: "an account that was not anonymised has an e-mail address or a DNI",
        weight: Weight::Broken,
        broken_by: "SELECT 'user ' || id AS what FROM users
            WHERE email IS NULL AND dni IS NULL AND anonymised_at IS NULL",
    },
    Invariant {
        name: "people_once",
        says: "no two accounts share an e-mail address or a DNI",
        weight: Weight::Broken,
        broken_by: "SELECT 'users ' || string_agg(id::text, ', ' ORDER BY id) AS what FROM users
            WHERE email IS NOT NULL GROUP BY lower(email) HAVING count(*) > 1
            UNION ALL SELECT 'users ' || string_agg(id::text, ', ' ORDER BY id) FROM users
            WHERE dni IS NOT NULL GROUP BY upper(dni) HAVING count(*) > 1",
    },
    Invariant {
        name: "people_as_they_are_written",
        says: "addresses are in lower case, and a DNI or NIE has its shape and the letter that belongs to it",
        weight: Weight::Broken,
        broken_by: "SELECT 'user ' || id AS what FROM users
            WHERE email <> lower(email) OR email NOT LIKE '%_@_%'
               OR CASE WHEN dni ~ '^[0-9XYZ][0-9]{7}[A-Z]$'
                  THEN substr('TRWAGMYFPDXBNJZSQVHLCKE', translate(left(dni, 8), 'XYZ', '012')::int % 23 + 1, 1) <> right(dni, 1)
                  ELSE dni IS NOT NULL END",
    },
    Invariant {
        name: "deactivated_shut_out",
        says: "whoever was deactivated is logged in nowhere",
        weight: Weight::Broken,
        broken_by: "SELECT 'user ' || u.id AS what FROM users u WHERE NOT u.is_active AND EXISTS (
                SELECT 1 FROM sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL AND s.expires_at > now())",
    },
    Invariant {
        name: "forgotten_people",
        says: "of an account that was anonymised nothing is left that names the person or opens it",
        weight: Weight::Broken,
        broken_by: "SELECT 'user ' || u.id AS what FROM users u LEFT JOIN students s ON s.user_id = u.id
            WHERE u.anonymised_at IS NOT NULL AND (
                num_nonnulls(u.email, u.dni, u.password_hash, u.email_verified_at, s.record) > 0 OR u.is_active OR u.is_admin
                OR u.first_name <> 'Anónimo' OR u.last_name <> u.id::text
                OR EXISTS (SELECT 1 FROM sessions x WHERE x.user_id = u.id)
                OR EXISTS (SELECT 1 FROM api_tokens x WHERE x.user_id = u.id)
                OR EXISTS (SELECT 1 FROM one_time_links x WHERE x.user_id = u.id)
                OR EXISTS (SELECT 1 FROM calendar_feeds x WHERE x.user_id = u.id)
                OR EXISTS (SELECT 1 FROM notifications x WHERE x.user_id = u.id)
                OR EXISTS (SELECT 1 FROM unavailability x WHERE x.professor_id = u.id)
                OR EXISTS (SELECT 1 FROM audit_log x WHERE x.actor_id = u.id AND (x.actor_name <> 'Anónimo ' || u.id OR x.address IS NOT NULL))
                OR EXISTS (SELECT 1 FROM audit_log x WHERE x.entity = 'user' AND x.entity_id = u.id AND num_nonnulls(x.before, x.after) > 0))",
    },
    Invariant {
        name: "head_of_own_department",
        says: "a department is headed by one of its own professors",
        weight: Weight::Broken,
        broken_by: "SELECT 'department ' || d.id AS what FROM departments d
            JOIN professors p ON p.user_id = d.head_id WHERE p.department_id <> d.id",
    },
    Invariant {
        name: "titles_unique",
        says: "no two projects of a degree and year that were not withdrawn share a title",
        weight: Weight::Broken,
        broken_by: "SELECT 'projects ' || string_agg(id::text, ', ' ORDER BY id) AS what FROM projects
            WHERE state <> 'withdrawn' GROUP BY degree_id, academic_year, title_key HAVING count(*) > 1",
    },
    Invariant {
        name: "projects_within_bounds",
        says: "a project has a title of 250 characters at most and one to three places, and its state has what it needs",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || id AS what FROM projects
            WHERE char_length(title) NOT BETWEEN 1 AND 250 OR btrim(title) = '' OR char_length(kind) > 100
               OR student_count NOT BETWEEN 1 AND 3 OR (state = 'published' AND published_at IS NULL)
               OR (state = 'rejected' AND rejection_reason IS NULL)",
    },
    Invariant {
        name: "two_tutors",
        says: "the tutor of a project is not its co-tutor",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || id AS what FROM projects WHERE tutor_id = cotutor_id",
    },
    Invariant {
        name: "levels_follow_degrees",
        says: "projects and assignments have the level of their degree",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || p.id AS what FROM projects p JOIN degrees d ON d.id = p.degree_id
            WHERE p.level <> d.level
            UNION ALL SELECT 'assignment ' || a.id FROM assignments a JOIN projects p ON p.id = a.project_id
            WHERE a.level <> p.level OR a.capacity <> p.student_count",
    },
    Invariant {
        name: "teams_fit",
        says: "an assignment has one to three students, and while it is active no more than its project takes",
        weight: Weight::Broken,
        broken_by: "SELECT 'assignment ' || a.id AS what FROM assignments a
            JOIN projects p ON p.id = a.project_id
            LEFT JOIN assignment_students s ON s.assignment_id = a.id
            GROUP BY a.id, a.state, p.student_count
            HAVING count(s.student_id) NOT BETWEEN 1 AND 3
                OR (a.state = 'active' AND count(s.student_id) > p.student_count)",
    },
    Invariant {
        name: "one_project_each",
        says: "a student has at most one active assignment per level",
        weight: Weight::Broken,
        broken_by: "SELECT 'student ' || s.student_id AS what FROM assignment_students s
            JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id
            WHERE a.state = 'active' GROUP BY s.student_id, p.level HAVING count(*) > 1",
    },
    Invariant {
        name: "one_team_each",
        says: "a project has at most one active assignment",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || project_id AS what FROM assignments
            WHERE state = 'active' GROUP BY project_id HAVING count(*) > 1",
    },
    Invariant {
        name: "one_application_each",
        says: "a student takes part in one live application of a round at most, and an application with students has one author",
        weight: Weight::Broken,
        broken_by: "SELECT 'round ' || a.round_id || ', student ' || m.student_id AS what FROM application_members m
            JOIN applications a ON a.id = m.application_id
            WHERE a.state = 'live' AND m.confirmed_at IS NOT NULL
            GROUP BY a.round_id, m.student_id HAVING count(*) > 1
            UNION ALL SELECT 'application ' || a.id FROM applications a
            LEFT JOIN application_members m ON m.application_id = a.id AND m.is_author
            WHERE a.state = 'live' GROUP BY a.id HAVING count(m.student_id) <> 1",
    },
    Invariant {
        name: "wishes_of_own_degree",
        says: "applications ask for projects of the degree of their round, and agreements give such",
        weight: Weight::Broken,
        broken_by: "SELECT 'application ' || a.id || ', project ' || p.id AS what FROM applications a
            JOIN application_preferences w ON w.application_id = a.id JOIN projects p ON p.id = w.project_id
            JOIN allocation_rounds r ON r.id = a.round_id JOIN calls c ON c.id = r.call_id
            WHERE p.degree_id <> c.degree_id
            UNION ALL SELECT 'agreement of application ' || n.application_id FROM allocation_pins n
            JOIN applications a ON a.id = n.application_id JOIN projects p ON p.id = n.project_id
            JOIN allocation_rounds r ON r.id = a.round_id JOIN calls c ON c.id = r.call_id
            WHERE n.round_id <> a.round_id OR p.degree_id <> c.degree_id",
    },
    Invariant {
        name: "ranked_who_asks",
        says: "tutors put only those in order who ask for the project",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || k.project_id || ', application ' || k.application_id AS what
            FROM application_rankings k WHERE NOT EXISTS (
                SELECT 1 FROM application_preferences w
                WHERE w.application_id = k.application_id AND w.project_id = k.project_id)",
    },
    Invariant {
        name: "applications_within_terms",
        says: "no application asks for more projects, has a larger team or ties where its round does not take them",
        weight: Weight::Outdated,
        broken_by: "SELECT 'application ' || a.id AS what FROM applications a
            JOIN allocation_rounds r ON r.id = a.round_id
            CROSS JOIN LATERAL (SELECT count(*) AS wishes, count(DISTINCT rank) AS ranks
                                FROM application_preferences w WHERE w.application_id = a.id) AS asked
            CROSS JOIN LATERAL (SELECT count(*) AS students FROM application_members m
                                WHERE m.application_id = a.id AND m.confirmed_at IS NOT NULL) AS team
            WHERE a.state = 'live' AND r.state = 'live'
              AND (asked.wishes > r.max_preferences OR team.students > r.team_max
                   OR (NOT r.ties_allowed AND asked.ranks < asked.wishes))",
    },
    Invariant {
        name: "published_rounds_have_a_run",
        says: "a round is published when one of its allocations is, and only then",
        weight: Weight::Broken,
        broken_by: "SELECT 'round ' || r.id AS what FROM allocation_rounds r
            LEFT JOIN allocation_runs n ON n.round_id = r.id AND n.state = 'published'
            GROUP BY r.id, r.state HAVING count(n.id) <> CASE r.state WHEN 'published' THEN 1 ELSE 0 END",
    },
    Invariant {
        name: "allocations_carried_out",
        says: "a published allocation has become the assignments it gives, and no others came of it",
        weight: Weight::Broken,
        broken_by: "WITH given AS (
                SELECT n.id AS run, substr(pair ->> 'applicant', 13)::bigint AS application,
                       substr(pair ->> 'project', 9)::bigint AS project
                FROM allocation_runs n CROSS JOIN LATERAL jsonb_array_elements(n.solution -> 'pairs') AS pair
                WHERE n.state = 'published'),
            granted AS (
                SELECT g.run_id AS run, g.application_id AS application, a.project_id AS project
                FROM allocation_grants g JOIN assignments a ON a.id = g.assignment_id)
            SELECT 'allocation ' || run || ', application ' || application AS what FROM (
                (SELECT * FROM given EXCEPT SELECT * FROM granted)
                UNION (SELECT * FROM granted EXCEPT SELECT * FROM given)) AS either",
    },
    Invariant {
        name: "allocations_within_limits",
        says: "a published allocation gives each project once, to a team it takes, and no tutor more than their limit",
        weight: Weight::Broken,
        broken_by: "WITH given AS (
                SELECT n.id AS run, n.instance, pair ->> 'applicant' AS applicant, pair ->> 'project' AS project
                FROM allocation_runs n CROSS JOIN LATERAL jsonb_array_elements(n.solution -> 'pairs') AS pair
                WHERE n.state = 'published'),
            offered AS (
                SELECT n.id AS run, p ->> 'id' AS project, p ->> 'tutor' AS tutor, coalesce((p ->> 'places')::int, 1) AS places
                FROM allocation_runs n CROSS JOIN LATERAL jsonb_array_elements(n.instance -> 'projects') AS p
                WHERE n.state = 'published'),
            teams AS (
                SELECT n.id AS run, a ->> 'id' AS applicant, jsonb_array_length(a -> 'students') AS students
                FROM allocation_runs n CROSS JOIN LATERAL jsonb_array_elements(n.instance -> 'applicants') AS a
                WHERE n.state = 'published'),
            limits AS (
                SELECT n.id AS run, t ->> 'id' AS tutor, (t ->> 'upper')::int AS upper
                FROM allocation_runs n CROSS JOIN LATERAL jsonb_array_elements(n.instance -> 'tutors') AS t
                WHERE n.state = 'published' AND t ? 'upper')
            SELECT 'allocation ' || run || ', ' || project AS what FROM given
            GROUP BY run, project HAVING count(*) > 1
            UNION ALL SELECT 'allocation ' || run || ', ' || applicant FROM given
            GROUP BY run, applicant HAVING count(*) > 1
            UNION ALL SELECT 'allocation ' || g.run || ', ' || g.applicant FROM given g
            LEFT JOIN offered o ON o.run = g.run AND o.project = g.project
            LEFT JOIN teams t ON t.run = g.run AND t.applicant = g.applicant
            WHERE t.students IS NULL OR o.places IS NULL OR t.students > o.places
            UNION ALL SELECT 'allocation ' || g.run || ', ' || l.tutor FROM given g
            JOIN offered o ON o.run = g.run AND o.project = g.project
            JOIN limits l ON l.run = g.run AND l.tutor = o.tutor
            GROUP BY g.run, l.tutor, l.upper HAVING count(*) > l.upper",
    },
    Invariant {
        name: "agreements_kept",
        says: "a published allocation gives what was agreed before",
        weight: Weight::Broken,
        broken_by: "SELECT 'allocation ' || n.id || ', ' || (pin ->> 'applicant') AS what FROM allocation_runs n
            CROSS JOIN LATERAL jsonb_array_elements(coalesce(n.instance -> 'pins', '[]')) AS pin
            WHERE n.state = 'published' AND NOT n.solution -> 'pairs' @> jsonb_build_array(
                jsonb_build_object('applicant', pin -> 'applicant', 'project', pin -> 'project'))",
    },
    Invariant {
        name: "assigned_not_withdrawn",
        says: "a project with students is not withdrawn",
        weight: Weight::Broken,
        broken_by: "SELECT 'project ' || p.id AS what FROM projects p JOIN assignments a ON a.project_id = p.id
            WHERE a.state = 'active' AND p.state = 'withdrawn'",
    },
    Invariant {
        name: "calls_once",
        says: "a degree has one call for each sitting of a year",
        weight: Weight::Broken,
        broken_by: "SELECT 'calls ' || string_agg(id::text, ', ' ORDER BY id) AS what FROM calls
            GROUP BY degree_id, academic_year, sitting_id HAVING count(*) > 1",
    },
    Invariant {
        name: "phases_not_empty",
        says: "a phase of a call ends after it begins",
        weight: Weight::Broken,
        broken_by: "SELECT 'call ' || call_id || ', ' || phase AS what FROM call_phases WHERE starts_at >= ends_at",
    },
    Invariant {
        name: "requests_of_own_degree",
        says: "an assignment is entered in calls of its own degree only",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || r.id AS what FROM evaluation_requests r
            JOIN assignments a ON a.id = r.assignment_id JOIN projects p ON p.id = a.project_id
            JOIN calls c ON c.id = r.call_id
            WHERE p.degree_id <> c.degree_id OR r.degree_id <> c.degree_id OR r.project_id <> p.id",
    },
    Invariant {
        name: "one_live_request",
        says: "an assignment is entered in one call at a time",
        weight: Weight::Broken,
        broken_by: "SELECT 'assignment ' || assignment_id AS what FROM evaluation_requests
            WHERE state = 'requested' AND settled_at IS NULL GROUP BY assignment_id HAVING count(*) > 1",
    },
    Invariant {
        name: "settled_with_minutes",
        says: "what was entered in a call is settled as long as its minutes are closed, and no longer",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || r.id AS what FROM evaluation_requests r WHERE r.state = 'requested'
            AND (r.settled_at IS NOT NULL) <> EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state = 'closed')",
    },
    Invariant {
        name: "finished_when_passed",
        says: "an assignment of which every student has passed is finished",
        weight: Weight::Broken,
        broken_by: "SELECT 'assignment ' || a.id AS what FROM assignments a WHERE a.state = 'active' AND NOT EXISTS (
            SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND NOT EXISTS (
                SELECT 1 FROM passed_students p WHERE p.assignment_id = a.id AND p.student_id = s.student_id))",
    },
    Invariant {
        name: "no_request_of_cancelled",
        says: "a cancelled assignment is entered in no call",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || r.id AS what FROM evaluation_requests r
            JOIN assignments a ON a.id = r.assignment_id WHERE r.state = 'requested' AND r.settled_at IS NULL AND a.state = 'cancelled'",
    },
    Invariant {
        name: "requests_in_open_calls",
        says: "assignments are entered in calls that were opened",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || r.id AS what FROM evaluation_requests r
            JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NULL",
    },
    Invariant {
        name: "requests_in_their_phase",
        says: "assignments were entered while the phase for it lasted, or with a reason",
        weight: Weight::Outdated,
        broken_by: "SELECT 'evaluation request ' || r.id AS what FROM evaluation_requests r
            LEFT JOIN call_phases f ON f.call_id = r.call_id AND f.phase = 'evaluation_request'
            WHERE r.state = 'requested' AND NOT coalesce(r.created_at >= f.starts_at AND r.created_at < f.ends_at, false)
              AND NOT EXISTS (
                SELECT 1 FROM audit_log a WHERE a.entity = 'evaluation_request' AND a.entity_id = r.id
                  AND a.action = 'evaluation_request.create' AND a.reason IS NOT NULL)",
    },
    Invariant {
        name: "one_published_plan",
        says: "a call has one published plan at most, and committees only if it has one",
        weight: Weight::Broken,
        broken_by: "SELECT 'call ' || call_id AS what FROM committee_plans
            WHERE state = 'published' GROUP BY call_id HAVING count(*) > 1
            UNION ALL SELECT DISTINCT 'call ' || c.call_id FROM committees c WHERE NOT EXISTS (
                SELECT 1 FROM committee_plans p WHERE p.call_id = c.call_id AND p.state = 'published')",
    },
    Invariant {
        name: "five_different_people",
        says: "nobody holds two seats of a committee, and every committee has a president",
        weight: Weight::Broken,
        broken_by: "SELECT 'committee ' || committee_id AS what FROM committee_seats
            GROUP BY committee_id HAVING count(*) <> count(DISTINCT professor_id)
            UNION ALL SELECT 'committee ' || c.id FROM committees c WHERE NOT EXISTS (
                SELECT 1 FROM committee_seats s WHERE s.committee_id = c.id AND s.seat = 'president')",
    },
    Invariant {
        name: "seats_from_different_areas",
        says: "where the degree wants it, the full seats of a committee come from different areas",
        weight: Weight::Outdated,
        broken_by: "SELECT 'committee ' || c.id AS what FROM committees c JOIN calls k ON k.id = c.call_id
            LEFT JOIN LATERAL (
                SELECT distinct_areas FROM committee_settings
                WHERE degree_id = k.degree_id AND academic_year <= k.academic_year
                ORDER BY academic_year DESC LIMIT 1) AS rules ON true
            JOIN committee_seats s ON s.committee_id = c.id AND s.seat NOT LIKE 'substitute%'
            JOIN professors p ON p.user_id = s.professor_id JOIN departments d ON d.id = p.department_id
            WHERE coalesce(rules.distinct_areas, true)
            GROUP BY c.id HAVING count(DISTINCT d.area_id) < count(*)",
    },
    Invariant {
        name: "no_tutor_judges",
        says: "tutor and co-tutor hold no seat, substitutes' included, in the committee of their project",
        weight: Weight::Broken,
        broken_by: "SELECT 'defence ' || d.id AS what FROM defences d
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id JOIN projects p ON p.id = r.project_id
            JOIN committee_seats s ON s.committee_id = d.committee_id
            WHERE d.state IN ('planned', 'held') AND s.professor_id IN (p.tutor_id, p.cotutor_id)",
    },
    Invariant {
        name: "defences_of_entered_students",
        says: "who defends is a student of the assignment, in the call of the committee",
        weight: Weight::Broken,
        broken_by: "SELECT 'defence ' || d.id AS what FROM defences d
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id JOIN committees c ON c.id = d.committee_id
            WHERE c.call_id <> r.call_id OR NOT EXISTS (
                SELECT 1 FROM assignment_students s
                WHERE s.assignment_id = r.assignment_id AND s.student_id = d.student_id)",
    },
    Invariant {
        name: "one_defence_each",
        says: "a student has one defence in a call at most",
        weight: Weight::Broken,
        broken_by: "SELECT 'call ' || c.call_id || ', student ' || d.student_id AS what FROM defences d
            JOIN committees c ON c.id = d.committee_id WHERE d.state <> 'cancelled'
            GROUP BY c.call_id, d.student_id HAVING count(*) > 1",
    },
    Invariant {
        name: "teams_together",
        says: "the students of a team defend before the same committee",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || evaluation_request_id AS what FROM defences
            WHERE state IN ('planned', 'held')
            GROUP BY evaluation_request_id HAVING count(DISTINCT committee_id) > 1",
    },
    Invariant {
        name: "teams_in_a_row",
        says: "the students of a team defend one after the other",
        weight: Weight::Outdated,
        broken_by: "WITH teams AS (
                SELECT evaluation_request_id, committee_id, min(starts_at) AS starts_at, max(ends_at) AS ends_at FROM defences
                WHERE state IN ('planned', 'held') AND starts_at IS NOT NULL
                GROUP BY evaluation_request_id, committee_id HAVING count(*) > 1)
            SELECT DISTINCT 'evaluation request ' || t.evaluation_request_id AS what FROM teams t JOIN defences d
                ON d.committee_id = t.committee_id AND d.evaluation_request_id <> t.evaluation_request_id
               AND d.state IN ('planned', 'held') AND d.starts_at >= t.starts_at AND d.ends_at <= t.ends_at",
    },
    Invariant {
        name: "one_defence_at_a_time",
        says: "no room, no student and nobody who judges is in two defences at once",
        weight: Weight::Broken,
        broken_by: "WITH live AS (
                SELECT id, room_id, student_id, committee_id, starts_at, ends_at FROM defences
                WHERE state IN ('planned', 'held') AND starts_at IS NOT NULL),
            at_once AS (
                SELECT a.id AS one, b.id AS other, a.room_id = b.room_id AS room, a.student_id = b.student_id AS student,
                       a.committee_id AS committee, b.committee_id AS other_committee
                FROM live a JOIN live b ON a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at)
            SELECT 'defences ' || one || ', ' || other AS what FROM at_once
            WHERE room OR student OR EXISTS (
                SELECT 1 FROM committee_sitters x JOIN committee_sitters y ON y.professor_id = x.professor_id
                WHERE x.committee_id = committee AND y.committee_id = other_committee)",
    },
    Invariant {
        name: "defences_in_their_phase",
        says: "a planned defence lies inside the defence phase of its call",
        weight: Weight::Outdated,
        broken_by: "SELECT 'defence ' || d.id AS what FROM defences d
            JOIN committees c ON c.id = d.committee_id
            JOIN call_phases f ON f.call_id = c.call_id AND f.phase = 'defence'
            WHERE d.state = 'planned' AND d.starts_at IS NOT NULL
              AND (d.starts_at < f.starts_at OR d.ends_at > f.ends_at)",
    },
    Invariant {
        name: "defences_still_entered",
        says: "what is planned to be defended is still entered for evaluation",
        weight: Weight::Outdated,
        broken_by: "SELECT 'defence ' || d.id AS what FROM defences d
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id
            WHERE d.state = 'planned' AND r.state <> 'requested'",
    },
    Invariant {
        name: "documents_have_bytes",
        says: "the bytes of every document are kept until their time is over, and those in the database are as many as it says",
        weight: Weight::Broken,
        broken_by: "SELECT 'document ' || d.id AS what FROM documents d
            JOIN document_contents c ON c.id = d.content_id
            WHERE c.state NOT IN ('kept', 'expiring', 'expired') OR c.state = 'kept' AND c.store = 'database' AND c.size <> (
                SELECT coalesce(sum(octet_length(p.bytes)), 0) FROM document_pieces p WHERE p.content_id = c.id)",
    },
    Invariant {
        name: "bytes_have_documents",
        says: "what is kept belongs to one document",
        weight: Weight::Broken,
        broken_by: "SELECT 'content ' || c.id AS what FROM document_contents c
            LEFT JOIN documents d ON d.content_id = c.id
            WHERE c.state = 'kept' GROUP BY c.id HAVING count(d.id) <> 1",
    },
    Invariant {
        name: "documents_are_what_they_say",
        says: "a document has bytes and a SHA-256, and what the database holds of it begins as its type does",
        weight: Weight::Broken,
        broken_by: "SELECT 'document ' || d.id AS what FROM documents d JOIN document_contents c ON c.id = d.content_id
            LEFT JOIN document_pieces p ON p.content_id = c.id AND p.position = 0
            WHERE c.size <= 0 OR octet_length(c.sha256) <> 32 OR substr(p.bytes, 1, 4) <>
                CASE d.media_type WHEN 'application/pdf' THEN '%PDF'::bytea ELSE '\\x504b0304'::bytea END",
    },
    Invariant {
        name: "versions_counted",
        says: "the versions of a document are counted from one without gaps",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || evaluation_request_id || ', ' || kind AS what FROM documents
            GROUP BY evaluation_request_id, kind, student_id
            HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*)",
    },
    Invariant {
        name: "documents_of_own_students",
        says: "what a student handed in alone is by a student of the assignment",
        weight: Weight::Broken,
        broken_by: "SELECT 'document ' || d.id AS what FROM documents d
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id
            WHERE d.student_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM assignment_students s
                WHERE s.assignment_id = r.assignment_id AND s.student_id = d.student_id)",
    },
    Invariant {
        name: "documents_in_their_phase",
        says: "documents were handed in while their phase or its extension lasted, or with a reason",
        weight: Weight::Outdated,
        broken_by: "SELECT 'document ' || d.id AS what FROM documents d
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id
            LEFT JOIN call_phases f ON f.call_id = r.call_id AND f.phase =
                CASE d.handed_in_by WHEN 'tutor' THEN 'tutor_report' ELSE 'material_submission' END
            WHERE d.outside_reason IS NULL AND NOT coalesce(
                d.created_at >= f.starts_at AND (d.created_at < f.ends_at OR d.handed_in_by = 'students' AND EXISTS (
                    SELECT 1 FROM document_extensions e
                    WHERE e.evaluation_request_id = r.id AND d.created_at < e.granted_until)), false)",
    },
    Invariant {
        name: "read_documents_have_texts",
        says: "a document that was read to be compared has its text as long as it is kept",
        weight: Weight::Broken,
        broken_by: "SELECT 'document ' || c.document_id AS what FROM similarity_checks c
            JOIN documents d ON d.id = c.document_id JOIN document_contents k ON k.id = d.content_id
            LEFT JOIN deposit_texts t ON t.document_id = c.document_id
            WHERE c.state IN ('read', 'done') AND k.state <> 'expired' AND t.document_id IS NULL",
    },
    Invariant {
        name: "held_against_others",
        says: "documents are held against earlier ones of other assignments, and have no more in common than they have words",
        weight: Weight::Broken,
        broken_by: "SELECT 'document ' || m.document_id || ', earlier ' || m.earlier_id AS what FROM similarity_matches m
            JOIN similarity_checks c ON c.document_id = m.document_id
            JOIN documents d ON d.id = m.document_id JOIN documents e ON e.id = m.earlier_id
            JOIN evaluation_requests r ON r.id = d.evaluation_request_id
            JOIN evaluation_requests o ON o.id = e.evaluation_request_id
            WHERE r.assignment_id = o.assignment_id OR m.words > coalesce(c.words, 0)",
    },
    Invariant {
        name: "flagged_answered_for",
        says: "somebody answers for each flagged document of a defence that was held, unless it was overridden or found later",
        weight: Weight::Outdated,
        broken_by: "SELECT 'defence ' || f.id || ', document ' || d.id AS what FROM defences f
            JOIN documents d ON d.evaluation_request_id = f.evaluation_request_id
                 AND (d.student_id IS NULL OR d.student_id = f.student_id)
            JOIN similarity_standings t ON t.document_id = d.id
            WHERE f.state = 'held' AND t.is_flagged AND NOT t.is_justified AND NOT EXISTS (
                SELECT 1 FROM documents n WHERE n.evaluation_request_id = d.evaluation_request_id
                  AND n.kind = d.kind AND n.student_id IS NOT DISTINCT FROM d.student_id AND n.version > d.version)",
    },
    Invariant {
        name: "more_time_asked_once",
        says: "one request for more time at most waits for an answer",
        weight: Weight::Broken,
        broken_by: "SELECT 'evaluation request ' || evaluation_request_id AS what FROM document_extensions
            WHERE state = 'asked' GROUP BY evaluation_request_id HAVING count(*) > 1",
    },
    Invariant {
        name: "imports_whole",
        says: "a committed import has done what it said of every row",
        weight: Weight::Broken,
        broken_by: "SELECT 'import ' || i.id || ', row ' || r.row_number AS what FROM imports i
            JOIN import_rows r ON r.import_id = i.id
            WHERE i.state = 'committed' AND r.outcome IN ('create', 'update') AND r.target_id IS NULL
               OR i.state = 'previewed' AND r.outcome = 'create' AND r.target_id IS NOT NULL",
    },
    Invariant {
        name: "one_seat_per_professor_and_call",
        says: "nobody sits in two committees of a call whose degree does not want it",
        weight: Weight::Outdated,
        broken_by: "SELECT 'call ' || c.call_id || ', professor ' || s.professor_id AS what FROM committee_seats s
            JOIN committees c ON c.id = s.committee_id JOIN calls k ON k.id = c.call_id
            LEFT JOIN LATERAL (
                SELECT one_seat_per_call, mode FROM committee_settings
                WHERE degree_id = k.degree_id AND academic_year <= k.academic_year
                ORDER BY academic_year DESC LIMIT 1) AS rules ON true
            WHERE coalesce(rules.one_seat_per_call, true) AND coalesce(rules.mode, 'standing') = 'standing'
            GROUP BY c.call_id, s.professor_id HAVING count(*) > 1",
    },
    Invariant {
        name: "rubrics_whole",
        says: "the weights of a rubric add to 100",
        weight: Weight::Broken,
        broken_by: "SELECT 'rubric ' || r.id AS what FROM rubrics r LEFT JOIN rubric_criteria c ON c.rubric_id = r.id
            GROUP BY r.id HAVING coalesce(sum(c.weight), 0) <> 100",
    },
    Invariant {
        name: "sheets_by_the_calls_rubric",
        says: "everybody who marks in a call marks by its rubric of the degree and role",
        weight: Weight::Broken,
        broken_by: "SELECT 'mark sheet ' || s.id AS what FROM mark_sheets s
            JOIN defences d ON d.id = s.defence_id JOIN committees k ON k.id = d.committee_id
            JOIN calls c ON c.id = k.call_id JOIN rubrics r ON r.id = s.rubric_id
            LEFT JOIN call_rubrics u ON u.call_id = c.id AND u.role = s.role
            WHERE r.role <> s.role OR r.degree_id <> c.degree_id OR u.rubric_id IS DISTINCT FROM s.rubric_id",
    },
    Invariant {
        name: "sheets_handed_in_whole",
        says: "a sheet that counts has a mark for each criterion of its rubric",
        weight: Weight::Broken,
        broken_by: "SELECT 'mark sheet ' || s.id AS what FROM mark_sheets s
            JOIN rubric_criteria c ON c.rubric_id = s.rubric_id
            LEFT JOIN sheet_marks m ON m.sheet_id = s.id AND m.position = c.position
            WHERE s.state = 'handed_in' GROUP BY s.id HAVING count(m.mark) <> count(*)",
    },
    Invariant {
        name: "marks_in_range",
        says: "marks go from 0 to 10, with one decimal",
        weight: Weight::Broken,
        broken_by: "SELECT 'mark sheet ' || sheet_id || ', criterion ' || position AS what FROM sheet_marks
            WHERE mark NOT BETWEEN 0 AND 10 OR mark <> round(mark, 1)
            UNION ALL SELECT 'defence ' || defence_id FROM agreed_marks WHERE mark NOT BETWEEN 0 AND 10 OR mark <> round(mark, 1)
            UNION ALL SELECT 'minutes ' || minutes_id || ', defence ' || defence_id FROM minutes_entries
            WHERE mark NOT BETWEEN 0 AND 10 OR mark <> round(mark, 1)
               OR tutor_mark NOT BETWEEN 0 AND 10 OR committee_mark NOT BETWEEN 0 AND 10",
    },
    Invariant {
        name: "sheets_of_those_who_mark",
        says: "reports are written by the tutor, marks by whoever sits in the committee",
        weight: Weight::Outdated,
        broken_by: "SELECT 'mark sheet ' || s.id AS what FROM mark_sheets s
            JOIN defences d ON d.id = s.defence_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
            JOIN projects p ON p.id = r.project_id
            WHERE s.role = 'tutor' AND s.author_id <> p.tutor_id
               OR s.role = 'committee' AND NOT EXISTS (
                   SELECT 1 FROM committee_sitters c
                   WHERE c.committee_id = d.committee_id AND c.professor_id = s.author_id)",
    },
    Invariant {
        name: "minutes_of_everybody",
        says: "live minutes have each student of the call once, and nobody else",
        weight: Weight::Broken,
        broken_by: "WITH live AS (SELECT id, call_id FROM minutes WHERE state IN ('provisional', 'closed')),
            entered AS (
                SELECT live.id, d.id AS defence FROM live JOIN evaluation_requests r ON r.call_id = live.call_id
                JOIN defences d ON d.evaluation_request_id = r.id AND d.state <> 'cancelled'
                WHERE r.state = 'requested'),
            listed AS (
                SELECT live.id, e.defence_id AS defence FROM live JOIN minutes_entries e ON e.minutes_id = live.id)
            SELECT 'minutes ' || id || ', defence ' || defence AS what FROM entered
            FULL JOIN listed USING (id, defence) WHERE entered.defence IS NULL OR listed.defence IS NULL",
    },
    Invariant {
        name: "minutes_numbered",
        says: "the minutes of a degree and year are numbered from one on without gaps, and a call keeps its number",
        weight: Weight::Broken,
        broken_by: "SELECT 'degree ' || degree_id || ', year ' || academic_year AS what FROM minutes
            WHERE number IS NOT NULL GROUP BY degree_id, academic_year
            HAVING max(number) <> count(DISTINCT number) OR count(DISTINCT number) <> count(DISTINCT call_id)
                OR count(DISTINCT number) <> count(DISTINCT (call_id, number))",
    },
    Invariant {
        name: "minutes_sealed",
        says: "what was closed has the hash and the code it was given",
        weight: Weight::Broken,
        broken_by: "SELECT 'minutes ' || id AS what FROM minutes WHERE closed_at IS NOT NULL
            AND (digest <> encode(sha256(convert_to(content, 'UTF8')), 'hex') OR code <> upper(left(digest, 20)))",
    },
    Invariant {
        name: "minutes_as_closed",
        says: "the marks of closed minutes are those that were sealed",
        weight: Weight::Broken,
        broken_by: "WITH sealed AS (
                SELECT m.id, (s.entry ->> 'defence_id')::bigint AS defence_id, (s.entry ->> 'mark')::numeric AS mark,
                       s.entry ->> 'band' AS band, (s.entry ->> 'has_honours')::boolean AS has_honours
                FROM minutes m CROSS JOIN LATERAL jsonb_array_elements(m.content::jsonb -> 'entries') AS s(entry)
                WHERE m.closed_at IS NOT NULL),
            kept AS (
                SELECT m.id, e.defence_id, e.mark, e.band, e.has_honours FROM minutes m
                JOIN minutes_entries e ON e.minutes_id = m.id WHERE m.closed_at IS NOT NULL)
            SELECT DISTINCT 'minutes ' || id AS what FROM (
                (SELECT * FROM sealed EXCEPT SELECT * FROM kept)
                UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM sealed)) AS differing",
    },
    Invariant {
        name: "closed_after_claims",
        says: "minutes were closed once nobody could claim any more, or with a reason",
        weight: Weight::Outdated,
        broken_by: "SELECT 'minutes ' || i.id AS what FROM minutes i WHERE i.closed_at < i.claims_until AND NOT EXISTS (
                SELECT 1 FROM audit_log a WHERE a.action = 'minutes.close' AND a.entity_id = i.id AND a.reason IS NOT NULL)",
    },
    Invariant {
        name: "marks_as_handed_in",
        says: "tutors' and committees' marks in live minutes are what their sheets come to",
        weight: Weight::Broken,
        broken_by: "WITH sheets AS (
                SELECT s.defence_id, s.role, sum(m.mark * c.weight) / 100 AS mark FROM mark_sheets s
                JOIN rubric_criteria c ON c.rubric_id = s.rubric_id
                JOIN sheet_marks m ON m.sheet_id = s.id AND m.position = c.position
                WHERE s.state = 'handed_in' GROUP BY s.id),
            whole AS (
                SELECT defence_id, avg(mark) FILTER (WHERE role = 'tutor') AS tutor,
                       avg(mark) FILTER (WHERE role = 'committee') AS mean FROM sheets GROUP BY defence_id)
            SELECT 'minutes ' || i.id || ', defence ' || e.defence_id AS what FROM minutes i
            JOIN minutes_entries e ON e.minutes_id = i.id LEFT JOIN whole w ON w.defence_id = e.defence_id
            LEFT JOIN agreed_marks a ON a.defence_id = e.defence_id
            LEFT JOIN mark_claims q ON q.minutes_id = i.id AND q.defence_id = e.defence_id AND q.state = 'open'
            WHERE i.state IN ('provisional', 'closed') AND q.id IS NULL AND e.mark IS NOT NULL
              AND (round(w.tutor, 3) <> e.tutor_mark
                   OR i.rules ->> 'agreement' = 'mean' AND round(w.mean, 3) <> e.committee_mark
                   OR i.rules ->> 'agreement' = 'president' AND a.mark <> e.committee_mark)",
    },
    Invariant {
        name: "marks_called_right",
        says: "marks are called by their bands, and honours are for marks that deserve them",
        weight: Weight::Broken,
        broken_by: "SELECT 'minutes ' || i.id || ', defence ' || e.defence_id AS what FROM minutes_entries e
            JOIN minutes i ON i.id = e.minutes_id
            WHERE e.band <> CASE WHEN e.mark IS NULL THEN 'not_presented'
                    WHEN e.mark < (i.rules ->> 'pass_mark')::numeric THEN 'fail'
                    WHEN e.mark >= 9 THEN 'excellent' WHEN e.mark >= 7 THEN 'good' ELSE 'pass' END
               OR (e.has_honours AND e.mark < (i.rules ->> 'honours_mark')::numeric)",
    },
    Invariant {
        name: "honours_within_quota",
        says: "the closed minutes of a degree and year give no more honours than their rules allow",
        weight: Weight::Outdated,
        broken_by: "WITH given AS (
                SELECT i.degree_id, i.academic_year, count(*) AS honours, (array_agg(i.rules ORDER BY i.closed_at DESC))[1] AS rules
                FROM minutes i JOIN minutes_entries e ON e.minutes_id = i.id AND e.has_honours
                WHERE i.state = 'closed' GROUP BY i.degree_id, i.academic_year),
            allowed AS (
                SELECT g.*, coalesce((g.rules ->> 'enrolled')::bigint, (
                    SELECT count(DISTINCT s.student_id) FROM assignment_students s
                    JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id
                    WHERE p.degree_id = g.degree_id AND ((p.academic_year = g.academic_year AND a.state <> 'cancelled') OR EXISTS (
                        SELECT 1 FROM evaluation_requests r JOIN calls c ON c.id = r.call_id
                        WHERE r.assignment_id = a.id AND r.state = 'requested' AND c.academic_year = g.academic_year)))) AS enrolled
                FROM given g)
            SELECT 'degree ' || degree_id || ', year ' || academic_year AS what FROM allowed
            WHERE rules ->> 'honours' <> 'unlimited' AND honours > CASE
                WHEN rules ->> 'honours' = 'none' THEN 0
                WHEN enrolled < (rules ->> 'honours_small_group')::int THEN 1
                ELSE ceil(enrolled * (rules ->> 'honours_percent')::numeric / 100) END",
    },
    Invariant {
        name: "claims_answered",
        says: "no claim waits in minutes that are closed",
        weight: Weight::Broken,
        broken_by: "SELECT 'claim ' || q.id AS what FROM mark_claims q JOIN minutes i ON i.id = q.minutes_id
            WHERE q.state = 'open' AND i.state = 'closed'",
    },
];

#[derive(QueryableByName)]
struct Culprit {
    #[diesel(sql_type = Text)]
    what: String,
}

/// Ask every rule of one moment of the data.
///
/// # Errors
/// The database's complaint.
pub fn check(conn: &mut PgConnection) -> QueryResult<Vec<Breach>> {
    conn.build_transaction().read_only().repeatable_read().run(ask)
}

/// The same within the caller's transaction, whatever that sees.
///
/// # Errors
/// The database's complaint.
pub fn ask(conn: &mut PgConnection) -> QueryResult<Vec<Breach>> {
    let mut breaches = Vec::new();
    for invariant in INVARIANTS {
        let Invariant { name, says, weight, broken_by } = *invariant;
        let first = format!("SELECT what FROM ({broken_by}) AS broken ORDER BY what LIMIT {SHOWN}");
        let culprits: Vec<Culprit> = diesel::sql_query(first).load(conn)?;
        if !culprits.is_empty() {
            let culprits = culprits.into_iter().map(|culprit| culprit.what).collect();
            breaches.push(Breach { name, says, weight, culprits });
        }
    }
    Ok(breaches)
}
