//! Invented demonstration data: a faculty in the middle of its year.

mod allocation;
mod calls;
mod marks;
mod people;
mod planning;
mod projects;
mod rubrics;
mod words;

use crate::auth::password;
use crate::clock::{Clock, academic_year};
use crate::config::Config;
use crate::domain::dni::Dni;
use anyhow::{Context, bail};
use diesel::prelude::*;

/// The password of every demonstration account.
pub const PASSWORD: &str = "demo-gestfg-2026";

/// How much to invent.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Professors, the five with a log-in of their own included.
    pub professors: usize,
    /// Students.
    pub students: usize,
    /// Projects, in every state.
    pub projects: usize,
}

/// A log-in worth trying.
#[derive(Debug, Clone)]
pub struct DemoLogIn {
    /// What this person is.
    pub role: &'static str,
    /// What to log in with.
    pub email: String,
}

/// The log-ins of the demonstration data.
#[must_use]
pub fn log_ins(config: &Config) -> Vec<DemoLogIn> {
    let professors = first(&config.professor_domains, "ugr.es");
    let students = first(&config.student_domains, "correo.ugr.es");
    [
        ("admin", "admin.demo", professors),
        ("coordinator", "coordinacion.demo", professors),
        ("head of department", "jefatura.demo", professors),
        ("professor", "profesorado.demo", professors),
        ("student", "alumnado.demo", students),
        ("student who applies", "solicitante.demo", students),
    ]
    .map(|(role, name, domain)| DemoLogIn { role, email: format!("{name}@{domain}") })
    .into()
}

fn first<'a>(domains: &'a [String], default: &'a str) -> &'a str {
    domains.first().map_or(default, String::as_str)
}

/// Fill an empty database; one that has the demonstration data is left as it is.
///
/// Returns whether anything was written.
///
/// # Errors
/// When the database holds other people's data, or cannot be written.
pub fn demo(conn: &mut PgConnection, config: &Config, size: Size) -> anyhow::Result<bool> {
    use crate::schema::users;
    if size.professors < 16 || size.students < 10 || size.projects < 20 {
        bail!("at least 16 professors, 10 students and 20 projects are needed");
    }
    let admin = log_ins(config).first().map(|log_in| log_in.email.clone()).context("no log-ins")?;
    let people: i64 = users::table.count().get_result(conn)?;
    if people > 0 {
        let known: i64 = users::table.filter(users::email.eq(&admin)).count().get_result(conn)?;
        if known == 0 {
            bail!("the database holds data that are not the demonstration's; nothing was changed");
        }
        return Ok(false);
    }
    let now = Clock::system().now();
    let year = academic_year(now, config.time_zone);
    let hash = password::hash_blocking(PASSWORD)?;
    conn.transaction(|conn| {
        let faculty = people::fill(conn, config, size, &hash)?;
        projects::fill(conn, &faculty, size, year, now)?;
        calls::fill(conn, &faculty, year, now, config.time_zone)?;
        planning::fill(conn, &faculty, year, now, config.time_zone)?;
        allocation::fill(conn, &faculty, now)?;
        rubrics::fill(conn, &faculty)?;
        marks::fill(conn, &faculty, year, now, config.time_zone)?;
        diesel::sql_query(
            "INSERT INTO audit_log (actor_name, action, entity) VALUES ('system', 'demo.seed', 'demo')",
        )
        .execute(conn)?;
        Ok::<_, anyhow::Error>(())
    })?;
    // The planner should know what it is dealing with from the first query on.
    diesel::sql_query("ANALYZE").execute(conn)?;
    Ok(true)
}

/// A sequence that looks random and is always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64 (Steele, Lea & Flood 2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        usize::try_from(z % (sides.max(1) as u64)).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

fn sample_dni(n: usize) -> String {
    Dni::of_number(70_000_000 + u32::try_from(n).unwrap_or_default() * 37).into_string()
}
