use super::told;
use crate::support::TestApp;
use crate::support::builders::World;
use chrono::{DateTime, Duration, Utc};
use diesel::PgConnection;
use gestfg::jobs::tell_reminders;
use gestfg_types::ids::{CallId, EvaluationRequestId, UserId};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// A degree with a call and everybody who has to do with it.
struct Faculty {
    app: TestApp,
    conn: PgConnection,
    call: CallId,
}

impl Faculty {
    /// *Eva* has asked for evaluation, *Luis* has not, *Nora* has no project,
    /// *Fina* has finished; *Tina* and *Cosme* tutor Eva and Luis, *Pilar* has a
    /// project left, *Clara* coordinates; *Otto* belongs to another degree.
    fn set() -> Self {
        let app = TestApp::start();
        let mut conn = app.conn();
        let mut world = World::new(&mut conn);
        let area = world.area("Computación");
        let department = world.department("LSI", area);
        let degree = world.degree_without_calls("GII", "bachelor");
        let other = world.degree_without_calls("MII", "master");
        let sitting = world.sitting("JUN");
        let [tina, cosme, pilar] =
            ["Tina Muestra", "Cosme Muestra", "Pilar Muestra"].map(|name| world.professor(name, department));
        world.coordinator("Clara Muestra", department, degree);
        let [eva, luis, _, fina] = ["Eva Muestra", "Luis Muestra", "Nora Muestra", "Fina Muestra"]
            .map(|name| world.student(name, &[degree]));
        let otto = world.student("Otto Muestra", &[other]);
        let [first, second, third] =
            ["Uno", "Dos", "Tres"].map(|title| world.project(title, degree, tina, "published"));
        world.project("Cuatro", degree, pilar, "published");
        let elsewhere = world.project("Cinco", other, pilar, "published");
        world.run(&format!("UPDATE projects SET cotutor_id = {cosme} WHERE id = {first}"));
        let requested = world.assignment(first, &[eva], tina);
        world.assignment(second, &[luis], tina);
        let finished = world.assignment(third, &[fina], tina);
        world.run(&format!(
            "UPDATE assignments SET state = 'finished', is_active = false WHERE id = {finished}"
        ));
        world.run(&format!("UPDATE projects SET state = 'withdrawn' WHERE id = {third}"));
        world.assignment(elsewhere, &[otto], pilar);
        let call = world.call(degree, sitting, true);
        world.run(&format!(
            "INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id, requested_by)
             VALUES ({call}, {degree}, {first}, {requested}, {eva})"
        ));
        Self { app, conn, call }
    }

    fn run(&mut self, sql: &str) {
        World::new(&mut self.conn).run(sql);
    }

    fn phase(&mut self, phase: &str, starts_at: &str, ends_at: &str) {
        self.run("DELETE FROM call_phases");
        World::new(&mut self.conn).phase(self.call, phase, starts_at, ends_at);
    }

    fn tell(&mut self, now: DateTime<Utc>) {
        tell_reminders(&mut self.conn, &self.app.state.config, now).expect("told");
    }

    fn told_at(&mut self, now: &str, kind: &str) -> Vec<String> {
        self.tell(at(now));
        told(&mut self.conn, kind)
    }
}

#[actix_web::test]
async fn a_phase_is_told_to_those_who_have_something_to_do_in_it() {
    let mut faculty = Faculty::set();
    for (phase, opens, closes) in [
        // Nora looks for a project, Pilar for students.
        ("project_assignment", vec!["Nora", "Pilar"], vec!["Nora", "Pilar"]),
        ("evaluation_request", vec!["Eva", "Luis", "Tina"], vec!["Luis", "Tina"]),
        ("committee_formation", vec!["Clara"], vec!["Clara"]),
        ("material_submission", vec!["Eva"], vec!["Eva"]),
        ("tutor_report", vec!["Tina"], vec!["Tina"]),
        ("defence", vec!["Cosme", "Eva", "Tina"], vec!["Cosme", "Eva", "Tina"]),
        ("grading", vec!["Clara"], vec!["Clara"]),
    ] {
        faculty.phase(phase, "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
        assert_eq!(faculty.told_at("2027-05-31T22:00:00Z", "phase_opens"), opens, "{phase} opens");
        assert_eq!(faculty.told_at("2027-06-08T06:00:00Z", "phase_closes"), closes, "{phase} closes");
    }
    // Withdrawn again, Eva has to enter it anew.
    faculty.run("UPDATE evaluation_requests SET state = 'withdrawn', withdrawn_at = now()");
    faculty.phase("evaluation_request", "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
    assert_eq!(faculty.told_at("2027-06-10T06:00:00Z", "phase_closes"), ["Eva", "Luis", "Tina"]);
}

#[actix_web::test]
async fn each_reminder_comes_once_at_its_hour() {
    let mut faculty = Faculty::set();
    faculty.phase("grading", "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
    let second = Duration::seconds(1);
    for (due, kind) in [
        ("2027-05-31T22:00:00Z", "phase_opens"),
        ("2027-06-03T06:00:00Z", "phase_closes"),
        ("2027-06-08T06:00:00Z", "phase_closes"),
        ("2027-06-10T06:00:00Z", "phase_closes"),
    ] {
        faculty.tell(at(due) - second);
        assert_eq!(told(&mut faculty.conn, kind), Vec::<String>::new(), "before {due}");
        for expected in [1, 0, 0] {
            faculty.tell(at(due) + second);
            assert_eq!(told(&mut faculty.conn, kind).len(), expected, "at {due}");
        }
    }
    // The day moves: told again, for the new day.
    faculty.run("UPDATE call_phases SET ends_at = '2027-06-11T22:00:00Z'");
    assert_eq!(faculty.told_at("2027-06-10T07:00:00Z", "phase_closes"), Vec::<String>::new());
    assert_eq!(faculty.told_at("2027-06-11T06:00:00Z", "phase_closes"), ["Clara"]);
    // Only the hour moves: it is the same day.
    faculty.run("UPDATE call_phases SET ends_at = '2027-06-11T18:00:00Z'");
    assert_eq!(faculty.told_at("2027-06-11T06:01:00Z", "phase_closes"), Vec::<String>::new());
}

#[actix_web::test]
async fn a_draft_is_not_told_of_and_neither_is_what_is_long_due() {
    let mut faculty = Faculty::set();
    faculty.phase("grading", "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
    faculty.run("UPDATE calls SET opened_at = NULL");
    assert_eq!(faculty.told_at("2027-05-31T22:00:00Z", "phase_opens"), Vec::<String>::new());
    faculty.run("UPDATE calls SET opened_at = now()");
    // A day late; then within the day.
    assert_eq!(faculty.told_at("2027-06-01T22:00:00Z", "phase_opens"), Vec::<String>::new());
    assert_eq!(faculty.told_at("2027-06-01T21:59:59Z", "phase_opens"), ["Clara"]);
}

#[actix_web::test]
async fn several_workers_tell_it_once() {
    let mut faculty = Faculty::set();
    faculty.phase("defence", "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
    let app = &faculty.app;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                tell_reminders(&mut app.conn(), &app.state.config, at("2027-06-10T06:00:00Z")).expect("told");
            });
        }
    });
    assert_eq!(told(&mut faculty.conn, "phase_closes"), ["Cosme", "Eva", "Tina"]);
}

#[actix_web::test]
async fn an_end_is_told_to_those_who_have_not_done_it_yet() {
    let mut faculty = Faculty::set();
    let (call, opens, closes) = (faculty.call, "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z");
    let request = EvaluationRequestId(1);
    let mut world = World::new(&mut faculty.conn);
    let (committee, defence) = world.defence(request);
    let seats =
        [("president", "Petra"), ("member_1", "Marco"), ("substitute_1", "Sonia")].map(|(seat, name)| {
            let id = world.user(&format!("{name} Muestra"), "ugr.es");
            world.run(&format!(
                "INSERT INTO professors (user_id, department_id) SELECT {id}, min(id) FROM departments"
            ));
            world.seat(committee, seat, id);
            id
        });
    let ends = |faculty: &mut Faculty, phase: &str| {
        faculty.phase(phase, opens, closes);
        faculty.told_at("2027-06-08T06:00:00Z", "phase_closes")
    };
    assert_eq!(ends(&mut faculty, "committee_formation"), Vec::<String>::new());
    assert_eq!(ends(&mut faculty, "tutor_report"), ["Tina"]);
    assert_eq!(ends(&mut faculty, "defence"), ["Cosme", "Eva", "Marco", "Petra", "Tina"]);
    assert_eq!(ends(&mut faculty, "grading"), ["Clara", "Marco", "Petra"]);
    assert_eq!(ends(&mut faculty, "material_submission"), ["Eva"]);
    faculty.run("DELETE FROM phase_notices");
    // Granted more time, she hears of her own end and not of that of the others.
    faculty.run(&format!(
        "INSERT INTO document_extensions (evaluation_request_id, asked_by, reason, wanted_until, state, granted_until, decided_by,
             decided_at, created_at)
         SELECT id, requested_by, 'Baja', '2027-06-14T22:00Z', 'granted', '2027-06-14T22:00Z', requested_by, now(), now()
         FROM evaluation_requests WHERE call_id = {call}"
    ));
    assert_eq!(ends(&mut faculty, "material_submission"), Vec::<String>::new());
    assert_eq!(faculty.told_at("2027-06-12T06:00:00Z", "phase_closes"), ["Eva"]);
    assert_eq!(faculty.told_at("2027-06-12T06:01:00Z", "phase_closes"), Vec::<String>::new());
    // Everything done, nobody is reminded.
    let eva = UserId(World::new(&mut faculty.conn).id_of("Eva"));
    World::new(&mut faculty.conn).document(request, eva);
    assert_eq!(faculty.told_at("2027-06-14T06:00:00Z", "phase_closes"), Vec::<String>::new());
    faculty.run("DELETE FROM phase_notices");
    faculty.run(&format!("UPDATE defences SET state = 'held' WHERE id = {defence}"));
    for (role, author) in [("committee", seats[1].0), ("tutor", seats[1].0)] {
        faculty.run(&format!(
            "INSERT INTO mark_sheets (defence_id, role, author_id, rubric_id, state, handed_in_at)
             SELECT {defence}, '{role}', {author}, min(id), 'handed_in', now() FROM rubrics WHERE role = '{role}'"
        ));
    }
    assert_eq!(ends(&mut faculty, "tutor_report"), Vec::<String>::new());
    assert_eq!(ends(&mut faculty, "defence"), ["Petra"]);
    assert_eq!(ends(&mut faculty, "grading"), ["Clara", "Petra"]);
}
