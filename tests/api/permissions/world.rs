//! A faculty in which everybody has something to be allowed and refused.

use super::matrix::ACTORS;
use crate::support::builders::World;
use crate::support::{Client, TestApp};
use gestfg_types::ids::{
    AreaId, AssignmentId, CallId, DegreeId, DepartmentId, EvaluationRequestId, EventId, ImportId, ProjectId,
    SittingId, UserId,
};
use serde_json::{Value, json};

/// What a request carries.
pub enum Body {
    None,
    Json(Value),
    Choices(&'static str),
    File { kind: &'static str, name: &'static str, content: String },
    Calendar(&'static str),
}

pub struct MatrixWorld {
    app: TestApp,
    people: Vec<Option<UserId>>,
    area: AreaId,
    department: DepartmentId,
    degree: DegreeId,
    sitting: SittingId,
    projects: Projects,
    assignment: AssignmentId,
    draft_call: CallId,
    open_call: CallId,
    request: EvaluationRequestId,
    import: ImportId,
    event: EventId,
    plan: i64,
    job: i64,
    defence: (i64, i64),
    document: i64,
    extension: i64,
    room: i64,
    poll: i64,
    round: i64,
    application: i64,
    run: i64,
    rubric: i64,
}

struct Projects {
    draft: ProjectId,
    submitted: ProjectId,
    validated: ProjectId,
    rejected: ProjectId,
    published: ProjectId,
    /// A published one for each actor.
    own: Vec<ProjectId>,
    /// One of last year for each actor.
    old: Vec<ProjectId>,
}

impl MatrixWorld {
    pub async fn build() -> Self {
        let app = TestApp::start();
        let mut conn = app.conn();
        let mut world = World::new(&mut conn);
        let area = world.area("Sistemas");
        let department = world.department("LSI", area);
        let elsewhere = world.department("ATC", area);
        let degree = world.degree("GII", "bachelor");
        let other_degree = world.degree("MII", "master");
        let sitting = world.sitting("JUN");
        let student = world.student("Sara Muestra", &[degree]);
        let other_student = world.student("Otto Muestra", &[other_degree]);
        let professor = world.professor("Pedro Muestra", elsewhere);
        let tutor = world.professor("Tania Muestra", department);
        let cotutor = world.professor("Coral Muestra", elsewhere);
        let head = world.head("Hilda Muestra", department);
        let coordinator = world.coordinator("Clara Muestra", elsewhere, degree);
        let admin = world.admin("Ada Muestra");
        let mut project = |title: &str, state: &str| world.project(title, degree, tutor, state);
        let assigned = project("Un proyecto asignado", "published");
        let projects = Projects {
            draft: project("Un borrador", "draft"),
            submitted: project("Uno enviado", "submitted"),
            validated: project("Uno validado", "validated"),
            rejected: project("Uno rechazado", "rejected"),
            published: project("Uno publicado", "published"),
            own: (0..ACTORS.len()).map(|n| project(&format!("Propio {n}"), "published")).collect(),
            old: (0..ACTORS.len()).map(|n| project(&format!("Antiguo {n}"), "published")).collect(),
        };
        for old in &projects.old {
            world.run(&format!("UPDATE projects SET academic_year = 2025 WHERE id = {old}"));
        }
        let assignment = world.assignment(assigned, &[student], tutor);
        world.run(&format!("UPDATE projects SET cotutor_id = {cotutor}"));
        let draft_call = world.call(degree, sitting, false);
        world.phase(draft_call, "defence", "2027-06-20T00:00:00Z", "2027-07-01T00:00:00Z");
        let (open_call, request) = world.request(assignment);
        let (plan, job) = world.plan_and_job(open_call);
        let defence = world.defence(request);
        world.seat(defence.0, "president", professor);
        let rubric = world.rubric(degree, "tutor");
        let document = world.document(request, student);
        world.run(&format!(
            "INSERT INTO similarity_checks (document_id, state, threshold_percent, common_limit, share_permille, compared_with, checked_at)
             VALUES ({document}, 'done', 20, 5, 500, 1, '2026-11-20')"
        ));
        let extension = world.document_extension(request, student, "2027-01-10T00:00:00Z");
        let import = undone_import(&app.as_user(tutor), &world.email(tutor)).await;
        let event = world.announcement("Un aviso", &format!("'degree', {degree}, NULL"));
        world.phase(open_call, "defence", "2027-06-20T00:00:00Z", "2027-07-01T00:00:00Z");
        let room = world.room("Aula 0.1").0;
        let poll = world.poll(open_call, "2027-06-15T00:00:00Z");
        let round = world.round(open_call, "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z").0;
        let application = world.application(round, &[student], &[projects.published, projects.own[0]]).0;
        let run = world.stopped_run(round);
        let people = [student, other_student, professor, tutor, cotutor, head, coordinator, admin];
        let people: Vec<_> = std::iter::once(None).chain(people.map(Some)).collect();
        assert_eq!(people.len(), ACTORS.len());
        Self {
            app,
            people,
            area,
            department,
            degree,
            sitting,
            projects,
            assignment,
            draft_call,
            open_call,
            request,
            import,
            event,
            plan,
            job,
            defence,
            document,
            extension,
            room,
            poll,
            round,
            application,
            run,
            rubric,
        }
    }

    /// The server and its database.
    pub fn app(&self) -> &TestApp {
        &self.app
    }

    pub fn client(&self, actor: usize) -> Client {
        self.people[actor].map_or_else(|| self.app.visitor(), |user| self.app.as_user(user))
    }

    fn project(&self, operation: &str, actor: usize) -> ProjectId {
        match operation {
            "POST /projects/{id}/validate" | "POST /projects/{id}/reject" => self.projects.submitted,
            "POST /projects/{id}/reopen" => self.projects.rejected,
            "POST /projects/{id}/publish" => self.projects.validated,
            "POST /projects/{id}/unpublish"
            | "GET /projects/{id}/similar"
            | "GET /projects/{id}/applicants"
            | "PUT /projects/{id}/applicants" => self.projects.published,
            "POST /projects/{id}/duplicate" => self.projects.old[actor],
            _ => self.projects.draft,
        }
    }

    /// The path and the body that this actor sends.
    pub fn fill(&self, operation: &str, pattern: &str, actor: usize) -> (String, Body) {
        let n = actor;
        let body = match operation {
            "POST /session" => {
                Body::Json(json!({"login": format!("nadie.{n}@ugr.es"), "password": "not the password"}))
            }
            "POST /password-resets" => Body::Json(json!({"login": format!("nadie.{n}@ugr.es")})),
            "POST /password-resets/redeem" => {
                Body::Json(json!({"token": "unknown", "password": "una clave bien larga"}))
            }
            "PATCH /me" => Body::Json(json!({"language": "en"})),
            "PUT /me/password" => {
                Body::Json(json!({"current_password": "x", "new_password": "una clave bien larga"}))
            }
            "PUT /retention-settings" => Body::Json(json!({"rules": [{"kind": "mails", "months": 1}]})),
            "POST /me/export" => Body::Json(json!({"password": "x"})),
            "POST /users/{id}/anonymise" => Body::Json(json!({"reason": "Lo ha pedido"})),
            "POST /me/tokens" => Body::Json(json!({"name": "x", "scope": "read", "days": 1})),
            "PATCH /me/notification-preferences" => {
                Body::Json(json!({"items": [{"kind": "message", "in_app": true, "mail": "digest"}]}))
            }
            "POST /assignments/{id}/messages" => Body::Json(json!({"body": "¿Nos vemos el lunes?"})),
            "POST /assignments/{id}/messages/read" => Body::Json(json!({"up_to": 999_999})),
            "POST /notifications/read" => Body::Json(json!({"up_to": 999_999})),
            "POST /users" => Body::Json(json!({
                "email": format!("nueva.{n}@correo.ugr.es"), "first_name": "Nueva", "last_name": "Muestra",
                "degree_ids": [self.degree],
            })),
            "POST /registration" => Body::Json(json!({
                "email": format!("registrada.{n}@correo.ugr.es"), "first_name": "Eva", "last_name": "Muestra",
            })),
            "POST /identity-claims/{id}/reject" => Body::Json(json!({"reason": "No es la misma persona"})),
            "PATCH /users/{id}" => Body::Json(json!({"first_name": "Otra"})),
            "POST /markdown" => Body::Json(json!({"markdown": "**a**"})),
            "POST /projects" => Body::Json(
                json!({"degree_id": self.degree, "title": format!("Propuesta {n}"), "tutor_id": self.people[4]}),
            ),
            "PATCH /projects/{id}" => Body::Json(json!({"description": "Otra"})),
            "POST /projects/{id}/reject"
            | "POST /projects/{id}/withdraw"
            | "POST /assignments/{id}/cancel" => Body::Json(json!({"reason": "Porque sí"})),
            "POST /assignments" => Body::Json(json!({
                "project_id": self.projects.own[n],
                "students": [format!("nueva.{n}@correo.ugr.es")],
            })),
            "POST /rooms" => Body::Json(json!({"name": format!("Aula 1.{n}")})),
            "PATCH /rooms/{id}" => Body::Json(json!({"capacity": 30})),
            "POST /rooms/{id}/open" => {
                Body::Json(json!({"starts_at": "2027-06-23T08:00:00Z", "ends_at": "2027-06-23T10:00:00Z"}))
            }
            "POST /rooms/{id}/closures" => {
                Body::Json(json!({"starts_at": "2027-06-21T08:00:00Z", "ends_at": "2027-06-21T10:00:00Z"}))
            }
            "PUT /degrees/{id}/committee-settings/{academic_year}" => {
                Body::Json(json!(gestfg_types::committee_settings::CommitteeRules::default()))
            }
            "PUT /unavailability" => Body::Json(json!({
                "starts_at": "2027-06-21T08:00:00Z", "ends_at": "2027-06-21T10:00:00Z", "answer": "no",
            })),
            "POST /unavailability/calendar-file" => Body::Calendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            "POST /availability-polls" => {
                Body::Json(json!({"call_id": self.open_call, "deadline": "2027-06-15T00:00:00Z"}))
            }
            "PATCH /availability-polls/{id}" => Body::Json(json!({"message": "Gracias"})),
            "POST /conflicts-of-interest" => Body::Json(json!({"student_id": self.people[1]})),
            "PATCH /participation/{professor_id}" => Body::Json(json!({"may_preside": false})),
            "POST /calls" => Body::Json(json!({
                "degree_id": self.degree, "academic_year": 2030 + n, "sitting_id": self.sitting,
            })),
            "PATCH /calls/{id}" => Body::Json(json!({"phases": []})),
            "POST /calls/{id}/copy" => Body::Json(json!({"academic_year": 2050 + n})),
            "POST /calls/{id}/planning-jobs" => Body::Json(json!({"kind": "committees"})),
            "PATCH /committee-plans/{id}" => Body::Json(json!({"name": "La buena"})),
            "POST /committee-plans/{id}/swap-seats" => {
                Body::Json(json!({"from": {"committee": 0, "seat": 0}, "to": {"committee": 0, "seat": 1}}))
            }
            "POST /committee-plans/{id}/move-project" => {
                Body::Json(json!({"request_id": self.request, "committee": 0}))
            }
            "POST /committee-plans/{id}/move-defence" => {
                Body::Json(json!({"moves": [{"defence": "defence-1-1", "to": null}]}))
            }
            "POST /committee-plans/{id}/pin" => {
                Body::Json(json!({"seat": {"committee": 0, "seat": 0}, "pinned": true}))
            }
            "POST /committees/{id}/call-in" => {
                Body::Json(json!({"substitute": "substitute_1", "acting_for": "president", "reason": "Baja"}))
            }
            "PUT /degrees/{id}/rubrics/{role}" => {
                Body::Json(json!({"name": "Otra", "criteria": [{"name": "Todo", "weight": 100}]}))
            }
            "PUT /degrees/{id}/grading-settings/{academic_year}" => Body::Json(json!({"tutor_weight": 40})),
            "PATCH /defences/{id}/tutor-report" | "PATCH /defences/{id}/marks/{professor_id}" => {
                Body::Json(json!({"remarks": "Bien"}))
            }
            "POST /defences/{id}/tutor-report/hand-in"
            | "POST /defences/{id}/tutor-report/take-back"
            | "POST /defences/{id}/marks/{professor_id}/hand-in"
            | "POST /defences/{id}/marks/{professor_id}/take-back"
            | "POST /minutes/{id}/close" => Body::Json(json!({})),
            "PUT /defences/{id}/agreed-mark" => Body::Json(json!({"mark": "8.0"})),
            "POST /minutes" => Body::Json(json!({"call_id": self.open_call})),
            "POST /minutes/{id}/reopen" => Body::Json(json!({"reason": "Errata"})),
            "POST /defences/{id}/mark-claims" => Body::Json(json!({"text": "Falta una parte"})),
            "POST /mark-claims/{id}/answer" => Body::Json(json!({"is_upheld": false, "answer": "No"})),
            "POST /evaluation-requests/{id}/document-extensions" => {
                Body::Json(json!({"wanted_until": "2026-12-10T00:00:00Z", "reason": "Baja médica"}))
            }
            "POST /documents/{id}/similarity/justifications" => {
                Body::Json(json!({"text": "Es la continuación de un trabajo anterior"}))
            }
            "PUT /degrees/{id}/similarity-settings/{academic_year}" => Body::Json(json!({"is_on": false})),
            "POST /document-extensions/{id}/grant" => Body::Json(json!({})),
            "POST /document-extensions/{id}/refuse" => Body::Json(json!({"reason": "Sin justificar"})),
            "PATCH /defences/{id}" => Body::Json(json!({"remarks": "En inglés"})),
            "POST /committee-plans/{id}/publish" => Body::Json(json!({})),
            "POST /evaluation-requests" => {
                Body::Json(json!({"call_id": self.open_call, "assignment_id": self.assignment}))
            }
            "POST /evaluation-request-batches" => {
                Body::Json(json!({"call_id": self.open_call, "assignment_ids": [self.assignment]}))
            }
            "POST /calls/{id}/allocation-rounds" => {
                Body::Json(json!({"opens_at": "2026-11-24T00:00:00Z", "closes_at": "2026-11-30T00:00:00Z"}))
            }
            "PATCH /allocation-rounds/{id}" => Body::Json(json!({"show_counts": true})),
            "POST /allocation-rounds/{id}/cancel" => Body::Json(json!({"reason": "Porque sí"})),
            "POST /applications" => Body::Json(json!({"round_id": self.round})),
            "POST /allocation-rounds/{id}/application-files" => Body::Choices("Correo;1\n"),
            "PUT /projects/{id}/applicants" => Body::Json(json!({"round_id": self.round, "groups": []})),
            "PUT /allocation-rounds/{id}/pins/{application_id}" => {
                Body::Json(json!({"project_id": self.projects.published, "reason": "Lo acordaron"}))
            }
            "POST /allocation-rounds/{id}/runs" => Body::Json(json!({"method": "serial_dictatorship"})),
            "PATCH /allocation-runs/{id}" => Body::Json(json!({"name": "La buena"})),
            "POST /allocation-runs/{id}/publish" => Body::Json(json!({})),
            "PATCH /applications/{id}" => Body::Json(json!({"statement": "Me interesa"})),
            "POST /applications/{id}/withdraw" => Body::Json(json!({})),
            "PUT /students/{id}/record" => Body::Json(json!({"record": "8,75"})),
            "POST /evaluation-requests/{id}/withdraw" => Body::Json(json!({})),
            "POST /events" if n == 6 => Body::Json(json!({
                "kind": "announcement", "title": "Aviso", "audience": "department", "department_id": self.department,
            })),
            "POST /events" => Body::Json(json!({
                "kind": "announcement", "title": "Aviso", "audience": "degree", "degree_id": self.degree,
            })),
            "PATCH /events/{id}" => Body::Json(json!({"title": "Otro"})),
            "POST /areas" => Body::Json(json!({"name": format!("Área {n}")})),
            "PATCH /areas/{id}" => Body::Json(json!({"name": "Otra"})),
            "POST /departments" => {
                Body::Json(json!({"code": format!("D{n}"), "name": "Departamento", "area_id": self.area}))
            }
            "PATCH /departments/{id}" => Body::Json(json!({"name": "Otro"})),
            "POST /degrees" => {
                Body::Json(json!({"code": format!("G{n}"), "name": "Grado", "level": "bachelor"}))
            }
            "PATCH /degrees/{id}" => Body::Json(json!({"rules": {"max_students_per_project": 2}})),
            "POST /sittings" => Body::Json(json!({"code": format!("S{n}"), "name": "Convocatoria"})),
            "PATCH /sittings/{id}" => Body::Json(json!({"name": "Otra"})),
            "POST /imports" => Body::File {
                kind: "projects",
                name: "oferta.csv",
                content: "tutor;titulo;titulacion\n".to_owned(),
            },
            "POST /imports/{id}/preview" => Body::Json(json!({})),
            "POST /imports/{id}/commit" => Body::Json(json!({"mode": "all"})),
            _ => Body::None,
        };
        let id = match pattern.split('/').nth(1) {
            Some("projects") => self.project(operation, actor).0,
            Some("assignments") => self.assignment.0,
            Some("me" | "identity-claims" | "outbox" | "notifications") => 999_999,
            Some("allocation-rounds") => self.round,
            Some("allocation-runs") => self.run,
            Some("applications") => self.application,
            Some("users" | "students") => self.people[1].map_or(0, |user| user.0),
            Some("areas") => self.area.0,
            Some("departments") => self.department.0,
            Some("degrees") => self.degree.0,
            Some("sittings") => self.sitting.0,
            Some("imports") => self.import.0,
            Some("calls") => self.draft_call.0,
            Some("committee-plans") => self.plan,
            Some("planning-jobs") => self.job,
            Some("committees") => self.defence.0,
            Some("defences") => self.defence.1,
            Some("evaluation-requests") => self.request.0,
            Some("documents") => self.document,
            Some("document-extensions") => self.extension,
            Some("events") => self.event.0,
            Some("rooms") => self.room,
            Some("rubrics") => self.rubric,
            Some("minutes" | "mark-claims") => 999_999,
            Some("availability-polls") => self.poll,
            Some("unavailability" | "conflicts-of-interest") => 999_999,
            _ => 0,
        };
        // Marks are those of who presides.
        let professor = self.people[if pattern.contains("/marks/") { 3 } else { 4 }];
        let path = pattern
            .replace("{id}", &id.to_string())
            .replace("{closure_id}", "999999")
            .replace("{application_id}", &self.application.to_string())
            .replace("{academic_year}", "2026")
            .replace("{professor_id}", &professor.map_or(0, |professor| professor.0).to_string())
            .replace("{role}", "tutor")
            .replace("{code}", "0000")
            .replace("{kind}", "projects")
            .replace("{token}", "nobody.knows.it");
        match operation {
            "GET /evaluation-requests/export" => {
                (format!("{path}?call_id={}&format=csv", self.open_call), body)
            }
            "GET /allocation-runs/{id}/comparison" => (format!("{path}?with={}", self.run), body),
            "GET /allocation-runs/{id}/export" => (format!("{path}?format=csv"), body),
            "GET /committee-plans/{id}/export" => (format!("{path}?part=committees&format=csv"), body),
            "POST /evaluation-requests/{id}/documents" => {
                (format!("{path}?kind=report&file_name=memoria.pdf"), body)
            }
            "GET /committee-plans/{id}/comparison" => (format!("{path}?with={}", self.plan), body),
            "GET /committees" | "GET /defences.ics" => (format!("{path}?call_id={}", self.open_call), body),
            "GET /defences/export" | "GET /committees/export" | "GET /mark-claims/export" => {
                (format!("{path}?call_id={}&format=csv", self.open_call), body)
            }
            "GET /similarity-reports/{id}/content" => (format!("{path}?token=nobody"), body),
            "GET /retention-settings/due" => (format!("{path}?kind=mails&months=1"), body),
            "GET /rubrics" => (format!("{path}?degree_id={}", self.degree), body),
            "GET /mark-claims" => (format!("{path}?call_id={}", self.open_call), body),
            "GET /applications/export" => (format!("{path}?round_id={}&format=csv", self.round), body),
            _ if path.ends_with("/export") => (format!("{path}?format=csv"), body),
            "GET /calendar" => (format!("{path}?from=2027-01-01&to=2027-12-31"), body),
            _ => (path, body),
        }
    }
}

/// An import that went in and out again: nothing that is asked of it changes it.
async fn undone_import(tutor: &Client, email: &str) -> ImportId {
    use crate::support::actors::send;
    use reqwest::multipart::{Form, Part};
    let content = format!("tutor;titulo;titulacion\n{email};Importado;GII\n");
    let form = Form::new().text("kind", "projects").part("file", Part::text(content).file_name("oferta.csv"));
    let given = send(tutor.request(reqwest::Method::POST, "/imports").multipart(form)).await;
    let id = ImportId(given.json(201)["id"].as_i64().expect("an id"));
    tutor.post(&format!("/imports/{id}/commit"), &json!({"mode": "all"})).await.expect_status(200);
    tutor.post(&format!("/imports/{id}/undo"), &json!({})).await.expect_status(200);
    id
}
