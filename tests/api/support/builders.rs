//! Worlds with only the details that matter.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use gestfg_types::ids::{
    AllocationRoundId, ApplicationId, AreaId, AssignmentId, CallId, DegreeId, DepartmentId,
    EvaluationRequestId, EventId, ProjectId, RoomId, SittingId, UserId,
};

/// Makes rows behind the server's back.
pub struct World<'a> {
    conn: &'a mut PgConnection,
    count: u32,
}

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

impl<'a> World<'a> {
    pub fn new(conn: &'a mut PgConnection) -> Self {
        Self { conn, count: 0 }
    }

    fn insert(&mut self, sql: &str) -> i64 {
        diesel::sql_query(sql)
            .get_result::<Made>(self.conn)
            .unwrap_or_else(|error| panic!("{error} in {sql}"))
            .id
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    pub fn area(&mut self, name: &str) -> AreaId {
        AreaId(self.insert(&format!("INSERT INTO areas (name) VALUES ('{name}') RETURNING id")))
    }

    pub fn department(&mut self, code: &str, area: AreaId) -> DepartmentId {
        DepartmentId(self.insert(&format!(
            "INSERT INTO departments (code, name, area_id) VALUES ('{code}', 'Departamento {code}', {area}) RETURNING id"
        )))
    }

    /// A degree in the middle of its year: one call in which projects are
    /// given to students and entered.
    pub fn degree(&mut self, code: &str, level: &str) -> DegreeId {
        let degree = self.degree_without_calls(code, level);
        let sitting = self.insert(
            "INSERT INTO sittings (code, name, position) VALUES ('ORD', 'Ordinaria', 9)
             ON CONFLICT (fold_text(code)) DO UPDATE SET position = 9 RETURNING id",
        );
        let call = self.call(degree, SittingId(sitting), true);
        for phase in ["project_assignment", "evaluation_request"] {
            self.phase(call, phase, "2026-09-01T00:00:00Z", "2027-07-31T00:00:00Z");
        }
        degree
    }

    pub fn degree_without_calls(&mut self, code: &str, level: &str) -> DegreeId {
        DegreeId(self.insert(&format!(
            "INSERT INTO degrees (code, name, level) VALUES ('{code}', 'Titulación {code}', '{level}') RETURNING id"
        )))
    }

    /// A call of 2026/27 without dates.
    pub fn call(&mut self, degree: DegreeId, sitting: SittingId, open: bool) -> CallId {
        let opened_at = if open { "'2026-09-01T00:00:00Z'" } else { "NULL" };
        CallId(self.insert(&format!(
            "INSERT INTO calls (degree_id, academic_year, sitting_id, opened_at)
             VALUES ({degree}, 2026, {sitting}, {opened_at}) RETURNING id"
        )))
    }

    /// A poll that has asked since the beginning of September.
    pub fn poll(&mut self, call: CallId, deadline: &str) -> i64 {
        self.insert(&format!(
            "INSERT INTO availability_polls (call_id, deadline, asked_at)
             VALUES ({call}, '{deadline}', '2026-09-01T00:00:00Z') RETURNING id"
        ))
    }

    /// Dates for a phase of a call.
    pub fn phase(&mut self, call: CallId, phase: &str, starts_at: &str, ends_at: &str) {
        self.run(&format!(
            "INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
             VALUES ({call}, '{phase}', '{starts_at}', '{ends_at}')"
        ));
    }

    pub fn sitting(&mut self, code: &str) -> SittingId {
        SittingId(self.insert(&format!(
            "INSERT INTO sittings (code, name) VALUES ('{code}', 'Convocatoria {code}') RETURNING id"
        )))
    }

    /// Somebody with a verified address under the domain, and no role.
    pub fn user(&mut self, name: &str, domain: &str) -> UserId {
        let n = self.next();
        let (first, last) = name.split_once(' ').unwrap_or((name, "Muestra"));
        let email = format!("{}.{n}@{domain}", gestfg::domain::text::fold(first).replace(' ', "."));
        let made = diesel::sql_query(
            "INSERT INTO users (email, first_name, last_name, email_verified_at) VALUES ($1, $2, $3, now()) RETURNING id",
        )
        .bind::<Text, _>(email)
        .bind::<Text, _>(first)
        .bind::<Text, _>(last)
        .get_result::<Made>(self.conn)
        .expect("a user");
        UserId(made.id)
    }

    pub fn admin(&mut self, name: &str) -> UserId {
        let id = self.user(name, "ugr.es");
        self.run(&format!("UPDATE users SET is_admin = true WHERE id = {id}"));
        id
    }

    pub fn professor(&mut self, name: &str, department: DepartmentId) -> UserId {
        let id = self.user(name, "ugr.es");
        self.run(&format!("INSERT INTO professors (user_id, department_id) VALUES ({id}, {department})"));
        id
    }

    pub fn student(&mut self, name: &str, degrees: &[DegreeId]) -> UserId {
        let id = self.user(name, "correo.ugr.es");
        self.run(&format!("INSERT INTO students (user_id) VALUES ({id})"));
        for degree in degrees {
            self.run(&format!("INSERT INTO student_degrees (student_id, degree_id) VALUES ({id}, {degree})"));
        }
        id
    }

    pub fn head(&mut self, name: &str, department: DepartmentId) -> UserId {
        let id = self.professor(name, department);
        self.run(&format!("UPDATE departments SET head_id = {id} WHERE id = {department}"));
        id
    }

    pub fn coordinator(&mut self, name: &str, department: DepartmentId, degree: DegreeId) -> UserId {
        let id = self.professor(name, department);
        self.run(&format!(
            "INSERT INTO degree_coordinators (degree_id, professor_id) VALUES ({degree}, {id})"
        ));
        id
    }

    /// A project of the academic year 2026/27 for up to three students.
    pub fn project(&mut self, title: &str, degree: DegreeId, tutor: UserId, state: &str) -> ProjectId {
        let made = diesel::sql_query(format!(
            "INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, tutor_id, state, rejection_reason,
                submitted_at, validated_at, published_at)
             SELECT id, level, 2026, $1, 3, 'Descripción de ' || $1, {tutor}, '{state}', CASE WHEN '{state}' = 'rejected' THEN 'Falta detalle' END,
                now(), now(), CASE WHEN '{state}' = 'published' THEN now() END
             FROM degrees WHERE id = {degree} RETURNING id"
        ))
        .bind::<Text, _>(title)
        .get_result::<Made>(self.conn)
        .expect("a project");
        ProjectId(made.id)
    }

    /// The project given to these students.
    pub fn assignment(&mut self, project: ProjectId, students: &[UserId], by: UserId) -> AssignmentId {
        let values: Vec<_> = students
            .iter()
            .enumerate()
            .map(|(n, id)| format!("({id}::bigint, {}::smallint)", n + 1))
            .collect();
        AssignmentId(self.insert(&format!(
            "WITH made AS (INSERT INTO assignments (project_id, level, capacity, assigned_by)
                 SELECT id, level, student_count, {by} FROM projects WHERE id = {project} RETURNING id, level, capacity),
             given AS (INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
                 SELECT made.id, s.id, s.position, made.level, made.capacity FROM made, (VALUES {}) s (id, position) RETURNING 1)
             SELECT id FROM made",
            values.join(", ")
        )))
    }

    /// The assignment entered in the open call of its degree.
    pub fn request(&mut self, assignment: AssignmentId) -> (CallId, EvaluationRequestId) {
        let request = self.insert(&format!(
            "INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
             SELECT c.id, p.degree_id, p.id, a.id FROM assignments a JOIN projects p ON p.id = a.project_id
             JOIN calls c ON c.degree_id = p.degree_id AND c.opened_at IS NOT NULL
             WHERE a.id = {assignment} RETURNING id"
        ));
        let call =
            self.insert(&format!("SELECT call_id AS id FROM evaluation_requests WHERE id = {request}"));
        (CallId(call), EvaluationRequestId(request))
    }

    /// The open call that a degree was made with.
    pub fn call_of(&mut self, degree: DegreeId) -> CallId {
        CallId(self.insert(&format!(
            "SELECT min(id) AS id FROM calls WHERE degree_id = {degree} AND opened_at IS NOT NULL"
        )))
    }

    /// A round of a call in which up to three students ask together for up to five projects, with
    /// ties; tutors rank as long as students apply.
    pub fn round(&mut self, call: CallId, opens_at: &str, closes_at: &str) -> AllocationRoundId {
        AllocationRoundId(self.insert(&format!(
            "INSERT INTO allocation_rounds (call_id, degree_id, number, opens_at, closes_at, tutors_close_at, team_max, ties_allowed)
             SELECT id, degree_id, 1 + (SELECT count(*) FROM allocation_rounds r WHERE r.call_id = c.id),
                    '{opens_at}', '{closes_at}', '{closes_at}', 3, true
             FROM calls c WHERE id = {call} RETURNING id"
        )))
    }

    /// An application of these students, who have all said yes, for these projects in this order.
    pub fn application(&mut self, round: i64, students: &[UserId], projects: &[ProjectId]) -> ApplicationId {
        let id = self.insert(&format!(
            "INSERT INTO applications (round_id, degree_id) SELECT id, degree_id FROM allocation_rounds WHERE id = {round} RETURNING id"
        ));
        for (n, student) in students.iter().enumerate() {
            self.run(&format!(
                "INSERT INTO application_members (application_id, round_id, student_id, position, is_author, confirmed_at)
                 VALUES ({id}, {round}, {student}, {}, {}, '2026-11-21T00:00:00Z')",
                n + 1,
                n == 0,
            ));
        }
        for (n, project) in projects.iter().enumerate() {
            self.run(&format!(
                "INSERT INTO application_preferences (application_id, degree_id, project_id, rank)
                 SELECT id, degree_id, {project}, {} FROM applications WHERE id = {id}",
                n + 1,
            ));
        }
        ApplicationId(id)
    }

    /// An allocation of a round over nothing, whose run of the planner was stopped.
    pub fn stopped_run(&mut self, round: i64) -> i64 {
        let run = self.insert(&format!(
            "INSERT INTO allocation_runs (round_id, number, method, seed, instance, input_hash, applicant_count)
             VALUES ({round}, 1, 'serial_dictatorship', 1,
                     '{{\"students\": [], \"applicants\": [], \"projects\": [], \"tutors\": [], \"method\": \"serial_dictatorship\"}}',
                     '', 0) RETURNING id"
        ));
        self.run(&format!(
            "INSERT INTO planning_jobs (call_id, kind, allocation_run_id, seed, time_limit_seconds, state, ended_at)
             SELECT call_id, 'allocation', {run}, 1, 10, 'cancelled', '2026-11-20' FROM allocation_rounds WHERE id = {round}"
        ));
        run
    }

    /// A plan of a call without committees, and a run of the planner that was stopped.
    pub fn plan_and_job(&mut self, call: CallId) -> (i64, i64) {
        let plan = self.insert(&format!(
            "INSERT INTO committee_plans (call_id, number, committees_instance, committees_solution)
             VALUES ({call}, 1, '{{\"professors\": [], \"projects\": []}}', '{{\"status\": \"optimal\", \"committees\": []}}')
             RETURNING id"
        ));
        let job = self.insert(&format!(
            "INSERT INTO planning_jobs (call_id, kind, seed, time_limit_seconds, state, ended_at)
             VALUES ({call}, 'committees', 1, 10, 'cancelled', '2026-11-20') RETURNING id"
        ));
        (plan, job)
    }

    /// A committee without people, and the defence of the request's student before it.
    pub fn defence(&mut self, request: EvaluationRequestId) -> (i64, i64) {
        let committee = self.insert(&format!(
            "INSERT INTO committees (call_id, number) SELECT call_id, 1 FROM evaluation_requests WHERE id = {request} RETURNING id"
        ));
        let defence = self.insert(&format!(
            "INSERT INTO defences (evaluation_request_id, student_id, committee_id)
             SELECT r.id, s.student_id, {committee} FROM evaluation_requests r
             JOIN assignment_students s ON s.assignment_id = r.assignment_id WHERE r.id = {request} RETURNING id"
        ));
        (committee, defence)
    }

    /// Another defence before that committee.
    pub fn defence_before(&mut self, committee: i64, request: EvaluationRequestId) -> i64 {
        self.insert(&format!(
            "INSERT INTO defences (evaluation_request_id, student_id, committee_id)
             SELECT r.id, s.student_id, {committee} FROM evaluation_requests r
             JOIN assignment_students s ON s.assignment_id = r.assignment_id WHERE r.id = {request} RETURNING id"
        ))
    }

    /// Give somebody a seat of a committee.
    pub fn seat(&mut self, committee: i64, seat: &str, professor: UserId) {
        self.run(&format!(
            "INSERT INTO committee_seats (committee_id, seat, professor_id) VALUES ({committee}, '{seat}', {professor})"
        ));
    }

    /// The latest rubric of a degree for a role.
    pub fn rubric(&mut self, degree: DegreeId, role: &str) -> i64 {
        self.insert(&format!(
            "SELECT id FROM rubrics WHERE degree_id = {degree} AND role = '{role}' ORDER BY version DESC LIMIT 1"
        ))
    }

    /// A committee without people.
    pub fn committee(&mut self, call: CallId) -> i64 {
        self.insert(&format!("INSERT INTO committees (call_id, number) VALUES ({call}, 1) RETURNING id"))
    }

    /// The defence of one student before a committee.
    pub fn defence_of(&mut self, request: EvaluationRequestId, student: UserId, committee: i64) -> i64 {
        self.insert(&format!(
            "INSERT INTO defences (evaluation_request_id, student_id, committee_id)
             VALUES ({request}, {student}, {committee}) RETURNING id"
        ))
    }

    /// A report of the request that this student handed in, eight bytes long.
    pub fn document(&mut self, request: EvaluationRequestId, by: UserId) -> i64 {
        self.insert(&format!(
            "WITH content AS (INSERT INTO document_contents (id, store, state, size, sha256, seen_at)
                 VALUES (gen_random_uuid(), 'database', 'kept', 8, sha256('%PDF-1.7'::bytea), '2026-11-20') RETURNING id),
             piece AS (INSERT INTO document_pieces (content_id, position, bytes) SELECT id, 0, '%PDF-1.7'::bytea FROM content)
             INSERT INTO documents (evaluation_request_id, kind, version, file_name, media_type, content_id, uploaded_by,
                 handed_in_by, created_at)
             SELECT {request}, 'report', 1, 'memoria.pdf', 'application/pdf', id, {by}, 'students', '2026-11-20'::timestamptz FROM content
             RETURNING id"
        ))
    }

    /// More time that was asked for and is not decided.
    pub fn document_extension(&mut self, request: EvaluationRequestId, by: UserId, until: &str) -> i64 {
        self.insert(&format!(
            "INSERT INTO document_extensions (evaluation_request_id, asked_by, reason, wanted_until, created_at)
             VALUES ({request}, {by}, 'Baja médica', '{until}', '2026-11-20') RETURNING id"
        ))
    }

    /// A room.
    pub fn room(&mut self, name: &str) -> RoomId {
        RoomId(self.insert(&format!("INSERT INTO rooms (name) VALUES ('{name}') RETURNING id")))
    }

    /// An announcement that has been out since the beginning of the year, for the audience that
    /// these columns say: `audience, degree_id, department_id`.
    pub fn announcement(&mut self, title: &str, audience: &str) -> EventId {
        EventId(self.insert(&format!(
            "INSERT INTO events (kind, title, publish_at, audience, degree_id, department_id)
             VALUES ('announcement', '{title}', '2026-09-01', {audience}) RETURNING id"
        )))
    }

    /// Somebody made here, by their given name.
    pub fn id_of(&mut self, first_name: &str) -> i64 {
        self.insert(&format!("SELECT id FROM users WHERE first_name = '{first_name}'"))
    }

    /// The address of somebody made here.
    pub fn email(&mut self, user: UserId) -> String {
        use gestfg::schema::users;
        users::table
            .find(user.0)
            .select(users::email)
            .first::<Option<String>>(self.conn)
            .expect("the user")
            .expect("an address")
    }

    /// Give somebody a password.
    pub fn set_password(&mut self, user: UserId, password: &str) {
        let hash = gestfg::auth::password::hash_blocking(password).expect("a hash");
        gestfg::models::user::set_password(self.conn, user, &hash).expect("the user");
    }

    /// Any statement.
    pub fn run(&mut self, sql: &str) {
        self.conn.batch_execute(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
    }
}
