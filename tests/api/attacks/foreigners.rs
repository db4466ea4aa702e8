//! People with every role, elsewhere: a second degree and a second department
//! beside those of the permission matrix. Every operation is asked by them of
//! what is not theirs, and with numbers of what does not exist.

use crate::permissions::ask_as;
use crate::permissions::matrix::{MATRIX, Row};
use crate::permissions::world::MatrixWorld;
use crate::support::Client;
use crate::support::builders::World;
use serde_json::Value;
use std::collections::BTreeSet;

/// The column of the matrix whose paths and bodies are taken: the admin's, who
/// may do everything with them.
const ADMIN: usize = 8;

/// Who they are, with something of everything of their own.
const WHO: [&str; 5] = ["student", "professor", "head", "coordinator", "nobody in particular"];

fn foreigners(world: &MatrixWorld) -> Vec<Client> {
    let app = world.app();
    let mut conn = app.conn();
    let mut make = World::new(&mut conn);
    let area = make.area("Física");
    let department = make.department("FIS", area);
    let degree = make.degree("GFI", "bachelor");
    let student = make.student("Fermín Fuera", &[degree]);
    let professor = make.professor("Fátima Fuera", department);
    let head = make.head("Félix Fuera", department);
    let coordinator = make.coordinator("Flor Fuera", department, degree);
    let nobody = make.user("Fidel Fuera", "ugr.es");
    let project = make.project("Un proyecto de fuera", degree, professor, "published");
    let assignment = make.assignment(project, &[student], professor);
    let (_, request) = make.request(assignment);
    let (committee, _) = make.defence(request);
    make.seat(committee, "president", head);
    [student, professor, head, coordinator, nobody].map(|user| app.as_user(user)).into()
}

fn pattern(row: &Row) -> &'static str {
    row.operation.split_once(' ').expect("method and path").1
}

/// Whether everybody with an account may do it, whoever they are.
fn is_for_all(row: &Row) -> bool {
    row.statuses[1..].iter().all(|status| *status == row.statuses[1])
}

const COORDINATOR: &[&str] = &["coordinator"];
const PROFESSORS: &[&str] = &["professor", "head", "coordinator"];

/// What is theirs to do beside the rows for all, and why.
const THEIRS: &[(&str, &[&str], &str)] = &[
    ("GET /users", COORDINATOR, "of their own degree alone"),
    ("GET /users/export", COORDINATOR, "of their own degree alone"),
    ("GET /students", COORDINATOR, "of their own degree alone"),
    ("GET /identity-claims", COORDINATOR, "of their own degree alone"),
    ("GET /identity-claims/export", COORDINATOR, "of their own degree alone"),
    ("GET /audit-log", COORDINATOR, "of their own degree alone"),
    ("GET /audit-log/export", COORDINATOR, "of their own degree alone"),
    ("POST /statistics/gather", &["head", "coordinator"], "figures are gathered for everybody"),
    ("POST /rooms", COORDINATOR, "rooms are of the faculty"),
    ("PATCH /rooms/{id}", COORDINATOR, "rooms are of the faculty"),
    ("DELETE /rooms/{id}", COORDINATOR, "rooms are of the faculty"),
    ("GET /rooms/{id}/closures", COORDINATOR, "rooms are of the faculty"),
    ("GET /rooms/{id}/closures/export", COORDINATOR, "rooms are of the faculty"),
    ("POST /rooms/{id}/closures", COORDINATOR, "rooms are of the faculty"),
    ("POST /rooms/{id}/open", COORDINATOR, "rooms are of the faculty"),
    ("GET /participation/{professor_id}", COORDINATOR, "professors sit in committees of every degree"),
    ("PATCH /participation/{professor_id}", COORDINATOR, "professors sit in committees of every degree"),
    ("GET /unavailability", PROFESSORS, "their own"),
    ("GET /unavailability/export", PROFESSORS, "their own"),
    ("PUT /unavailability", PROFESSORS, "their own"),
    ("POST /unavailability/calendar-file", PROFESSORS, "their own"),
    ("DELETE /unavailability/calendar-file", PROFESSORS, "their own"),
    ("GET /conflicts-of-interest", PROFESSORS, "their own"),
    ("GET /conflicts-of-interest/export", PROFESSORS, "their own"),
    ("POST /conflicts-of-interest", PROFESSORS, "their own"),
    ("GET /participation", PROFESSORS, "their own"),
    ("GET /participation/export", PROFESSORS, "their own"),
    ("POST /imports", PROFESSORS, "of their own projects; each row is asked"),
];

#[actix_web::test]
async fn nobody_gets_at_what_belongs_to_others() {
    let world = MatrixWorld::build().await;
    let clients = foreigners(&world);
    let mut wrong = Vec::new();
    let mut unused: BTreeSet<String> = THEIRS
        .iter()
        .flat_map(|(operation, who, _)| who.iter().map(move |who| format!("{operation} as {who}")))
        .collect();
    let mut asked = 0;
    for row in MATRIX.iter().filter(|row| !is_for_all(row)) {
        for (client, who) in clients.iter().zip(WHO) {
            let (path, body) = world.fill(row.operation, pattern(row), ADMIN);
            let answer = ask_as(client, row.operation, &path, body).await;
            let status = answer.status.as_u16();
            let is_theirs =
                THEIRS.iter().any(|(operation, all, _)| *operation == row.operation && all.contains(&who));
            unused.remove(&format!("{} as {who}", row.operation));
            asked += 1;
            // 422: of something named in the body that is none of theirs.
            if is_theirs != !matches!(status, 401 | 403 | 404 | 422) || status >= 500 {
                let text: String = answer.text().chars().take(200).collect();
                wrong.push(format!("{} as {who}: {status} {text}", row.operation));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unused.is_empty(), "rows without an operation: {unused:#?}");
}

/// What may be known to exist: of these, 403 says "not yours" where another
/// number gets 404. Each line names an operation; a line before says why.
fn known_to_exist() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/api/attacks/known_to_exist.txt");
    let text = std::fs::read_to_string(path).expect("the list");
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[actix_web::test]
async fn a_refusal_does_not_tell_what_exists() {
    let world = MatrixWorld::build().await;
    let clients = foreigners(&world);
    let (mut told, mut words) = (BTreeSet::new(), Vec::new());
    for row in MATRIX.iter().filter(|row| !is_for_all(row) && pattern(row).contains("{id}")) {
        for (client, who) in clients.iter().zip(WHO) {
            let (path, body) = world.fill(row.operation, pattern(row), ADMIN);
            let (same, other) = (path.clone(), world.fill(row.operation, pattern(row), ADMIN).1);
            let there = ask_as(client, row.operation, &path, body).await;
            if there.status.is_success() {
                continue;
            }
            let mut parts: Vec<&str> = same.split('/').collect();
            parts[2] = "987654321";
            // The path may end in its query.
            let absent = match same.split_once('?') {
                Some((_, query)) if parts.len() == 3 => format!("/{}/987654321?{query}", parts[1]),
                _ => parts.join("/"),
            };
            let absent = ask_as(client, row.operation, &absent, other).await;
            let said = |answer: &crate::support::actors::Answer| {
                let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
                body["request_id"] = Value::Null;
                (answer.status.as_u16(), body)
            };
            let (there, absent) = (said(&there), said(&absent));
            // 403 of a thing and 404 of none are told apart; the same status must be the same words.
            if there != absent {
                told.insert(row.operation.to_owned());
                words.push(format!(
                    "{} as {who}: {} {} and {} {}",
                    row.operation, there.0, there.1["detail"], absent.0, absent.1["detail"]
                ));
            }
            assert!(
                there == absent || there.0 != absent.0,
                "{} as {who}: {there:?} and {absent:?}",
                row.operation
            );
        }
    }
    let known = known_to_exist();
    let leaks: Vec<_> = told.difference(&known).collect();
    assert!(leaks.is_empty(), "these tell what exists: {leaks:#?}\n{}", words.join("\n"));
    let stale: Vec<_> = known.difference(&told).collect();
    assert!(stale.is_empty(), "these do not any more: {stale:#?}");
}

/// Numbers and words in place of every part of a path that is filled in.
const ODD: &[&str] = &[
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "99999999999999999999999999999999999999999999",
    "1.5",
    "1e3",
    "%00",
    "1%00",
    "%20",
    "1%3B%20DROP%20TABLE%20users",
    "1%27%20OR%201%3D1--",
    "%F0%9F%92%A9",
    "%FF%FE",
    "%EF%BC%91",
    "..%2f1",
    "NaN",
];

#[actix_web::test]
async fn odd_numbers_in_paths_are_refused_and_break_nothing() {
    let world = MatrixWorld::build().await;
    let admin = world.client(ADMIN);
    let mut wrong = Vec::new();
    for row in MATRIX.iter().filter(|row| pattern(row).contains('{')) {
        let pattern = pattern(row);
        let (filled, _) = world.fill(row.operation, pattern, ADMIN);
        let query = filled.split_once('?').map_or("", |(_, query)| query);
        for odd in ODD {
            let mut parts = pattern.split('/').map(|part| if part.starts_with('{') { *odd } else { part });
            let path = parts.by_ref().collect::<Vec<_>>().join("/");
            let path = if query.is_empty() { path } else { format!("{path}?{query}") };
            let (_, body) = world.fill(row.operation, pattern, ADMIN);
            let answer = ask_as(&admin, row.operation, &path, body).await;
            let status = answer.status.as_u16();
            // The way out of mails leads to a page that says what is wrong.
            let is_page = row.operation == "GET /unsubscribe/{token}" && status == 303;
            if !(400..500).contains(&status) && !is_page {
                let text: String = answer.text().chars().take(200).collect();
                wrong.push(format!("{} {path}: {status} {text}", row.operation));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
