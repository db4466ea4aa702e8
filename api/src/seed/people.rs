//! Areas, departments, degrees, sittings, professors and students.

use super::words::{AREAS, DEGREES, DEPARTMENTS, FAMILY, GIVEN, SITTINGS};
use super::{Dice, Size, first, log_ins, sample_dni};
use crate::config::Config;
use crate::domain::text::fold;
use crate::schema::{
    areas, degree_coordinators, degree_rules, degrees, departments, professors, sittings, student_degrees,
    students, users,
};
use diesel::prelude::*;

/// Ids of what was invented, for the projects.
pub(super) struct Faculty {
    /// Degree id and level.
    pub(super) degrees: Vec<(i64, &'static str)>,
    /// Professor ids; the demonstration professor comes fourth.
    pub(super) professors: Vec<i64>,
    /// Student id and the index of their degree; the demonstration student comes first.
    pub(super) students: Vec<(i64, usize)>,
    /// Who validated what.
    pub(super) admin: i64,
}

type NewUser = (
    diesel::dsl::Eq<users::email, Option<String>>,
    diesel::dsl::Eq<users::dni, Option<String>>,
    diesel::dsl::Eq<users::first_name, String>,
    diesel::dsl::Eq<users::last_name, String>,
    diesel::dsl::Eq<users::password_hash, Option<String>>,
    diesel::dsl::Eq<users::is_admin, bool>,
);

struct Names {
    dice: Dice,
    count: usize,
    hash: String,
}

impl Names {
    fn person(&mut self, email: Option<String>, domain: &str) -> NewUser {
        self.count += 1;
        let n = self.count;
        let given = *self.dice.pick(GIVEN);
        let (one, two) = (*self.dice.pick(FAMILY), *self.dice.pick(FAMILY));
        let email = email.unwrap_or_else(|| format!("{}.{}.demo{n}@{domain}", fold(given), fold(one)));
        (
            users::email.eq(Some(email)),
            users::dni.eq(Some(sample_dni(n))),
            users::first_name.eq(given.to_owned()),
            users::last_name.eq(format!("{one} {two}")),
            users::password_hash.eq(Some(self.hash.clone())),
            users::is_admin.eq(false),
        )
    }

    /// On file by DNI only, as the secretary's office gives them.
    fn preloaded(&mut self) -> NewUser {
        let mut person = self.person(None, "");
        person.0 = users::email.eq(None);
        person.4 = users::password_hash.eq(None);
        person
    }
}

fn insert_people(conn: &mut PgConnection, people: &[NewUser]) -> QueryResult<Vec<i64>> {
    let mut ids = Vec::with_capacity(people.len());
    for chunk in people.chunks(1000) {
        ids.extend(
            diesel::insert_into(users::table).values(chunk).returning(users::id).get_results::<i64>(conn)?,
        );
    }
    ids.sort_unstable();
    diesel::update(users::table.filter(users::password_hash.is_not_null()))
        .set(users::email_verified_at.eq(diesel::dsl::now))
        .execute(conn)?;
    Ok(ids)
}

pub(super) fn fill(
    conn: &mut PgConnection,
    config: &Config,
    size: Size,
    hash: &str,
) -> anyhow::Result<Faculty> {
    let mut area_ids = Vec::new();
    for name in AREAS {
        let id: i64 = diesel::insert_into(areas::table)
            .values(areas::name.eq(name))
            .returning(areas::id)
            .get_result(conn)?;
        area_ids.push(id);
    }
    let mut department_ids: Vec<i64> = Vec::new();
    for (code, name, area) in DEPARTMENTS {
        department_ids.push(
            diesel::insert_into(departments::table)
                .values((
                    departments::code.eq(code),
                    departments::name.eq(name),
                    departments::area_id.eq(area_ids[*area]),
                ))
                .returning(departments::id)
                .get_result(conn)?,
        );
    }
    let mut degree_ids: Vec<(i64, &'static str)> = Vec::new();
    for (code, name, level) in DEGREES {
        let id = diesel::insert_into(degrees::table)
            .values((degrees::code.eq(code), degrees::name.eq(name), degrees::level.eq(level)))
            .returning(degrees::id)
            .get_result(conn)?;
        degree_ids.push((id, level));
    }
    for (code, name, position) in SITTINGS {
        diesel::insert_into(sittings::table)
            .values((sittings::code.eq(code), sittings::name.eq(name), sittings::position.eq(position)))
            .execute(conn)?;
    }
    let mut names = Names { dice: Dice(2026), count: 0, hash: hash.to_owned() };
    let domain = first(&config.professor_domains, "ugr.es").to_owned();
    let own: Vec<String> = log_ins(config).into_iter().map(|log_in| log_in.email).collect();
    let mut people: Vec<NewUser> =
        own[..4].iter().map(|email| names.person(Some(email.clone()), &domain)).collect();
    people[0].5 = users::is_admin.eq(true);
    people.extend((4..size.professors).map(|_| names.person(None, &domain)));
    let professor_ids = insert_people(conn, &people)?;
    let rows: Vec<_> = professor_ids
        .iter()
        .enumerate()
        .map(|(n, id)| (professors::user_id.eq(id), professors::department_id.eq(department_ids[home(n)])))
        .collect();
    diesel::insert_into(professors::table).values(rows).execute(conn)?;
    // The demonstration head leads the first department; another professor of
    // its own each of the rest.
    for (index, department) in department_ids.iter().enumerate() {
        let head = if index == 0 { professor_ids[2] } else { professor_ids[8 + index] };
        diesel::update(departments::table.find(department))
            .set(departments::head_id.eq(head))
            .execute(conn)?;
    }
    for (index, (degree, _)) in degree_ids.iter().enumerate() {
        let coordinator = if index == 0 { professor_ids[1] } else { professor_ids[4 + index] };
        diesel::insert_into(degree_coordinators::table)
            .values((
                degree_coordinators::degree_id.eq(degree),
                degree_coordinators::professor_id.eq(coordinator),
            ))
            .execute(conn)?;
        diesel::insert_into(degree_rules::table)
            .values((
                degree_rules::degree_id.eq(degree),
                degree_rules::academic_year.eq(2016),
                degree_rules::rules.eq(serde_json::json!({ "project_kinds": ["T1", "T2", "T3", "T4"] })),
            ))
            .execute(conn)?;
    }
    let students = fill_students(conn, &mut names, config, size, &degree_ids)?;
    Ok(Faculty { degrees: degree_ids, professors: professor_ids.clone(), students, admin: professor_ids[0] })
}

/// The department of the n-th professor: the first four (with log-ins) and
/// every eighth teach in the first one, so that its head has a queue.
fn home(n: usize) -> usize {
    if n < 4 { 0 } else { n % DEPARTMENTS.len() }
}

fn fill_students(
    conn: &mut PgConnection,
    names: &mut Names,
    config: &Config,
    size: Size,
    degrees: &[(i64, &'static str)],
) -> anyhow::Result<Vec<(i64, usize)>> {
    let domain = first(&config.student_domains, "correo.ugr.es").to_owned();
    let mut own = log_ins(config).into_iter().skip(4).map(|log_in| log_in.email);
    let mut people = vec![names.person(own.next(), &domain)];
    // The last of the largest degree, whom no project is left for.
    let applicant = (size.students - 1) / 2 * 2;
    for n in 1..size.students {
        // One in twenty is only known by DNI.
        people.push(match n {
            n if n == applicant => names.person(own.next(), &domain),
            n if n % 20 == 19 => names.preloaded(),
            _ => names.person(None, &domain),
        });
    }
    let ids = insert_people(conn, &people)?;
    let rows: Vec<_> = ids.iter().map(|id| students::user_id.eq(id)).collect();
    for chunk in rows.chunks(5000) {
        diesel::insert_into(students::table).values(chunk).execute(conn)?;
    }
    let enrolled: Vec<(i64, usize)> = ids
        .into_iter()
        .enumerate()
        // Half of them in the largest degree.
        .map(|(n, id)| (id, if n % 2 == 0 { 0 } else { (n / 2) % degrees.len() }))
        .collect();
    let rows: Vec<_> = enrolled
        .iter()
        .map(|(id, degree)| {
            (student_degrees::student_id.eq(id), student_degrees::degree_id.eq(degrees[*degree].0))
        })
        .collect();
    for chunk in rows.chunks(5000) {
        diesel::insert_into(student_degrees::table).values(chunk).execute(conn)?;
    }
    Ok(enrolled)
}
