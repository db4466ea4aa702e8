//! Every row against the rules, the other rows, the database and what the
//! person who imports may do. Nothing is written here; the commit runs the
//! same checks again over the same rows.

mod master;
mod people;
mod preassigned;
mod projects;

use super::layout::{Columns, RowValues};
use super::plan::{Checked, Plan};
use super::row::{RowCheck, said};
use super::world::{Access, DegreeFact, Lookup};
use crate::domain::actor::Actor;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DegreeId;
use gestfg_types::imports::{ImportField, ImportKind, RowOutcome};
use std::collections::HashMap;
use std::hash::Hash;

/// The most characters of a code, of the name of a thing, and of each part of
/// a person's name.
const CODE_MAX: usize = 20;
const NAME_MAX: usize = 200;
const FIRST_NAME_MAX: usize = 100;
const LAST_NAME_MAX: usize = 150;

/// Who imports, and where.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who imports.
    pub actor: Actor,
    /// The academic year projects go into.
    pub year: i16,
    /// The moment by which phases are open or not.
    pub now: DateTime<Utc>,
    /// Domains of students' addresses.
    pub student_domains: Vec<String>,
    /// Domains of professors' addresses.
    pub professor_domains: Vec<String>,
    /// The degree of rows that name none.
    pub degree: Option<DegreeId>,
}

/// Checks all rows, in the order of the sheet. With [`Access::Lock`], what they
/// would change stays locked until the transaction ends.
///
/// # Errors
/// When the database cannot answer.
pub fn check(
    conn: &mut PgConnection,
    context: &Context,
    kind: ImportKind,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    match kind {
        ImportKind::Departments => master::departments(conn, rows, columns, access),
        ImportKind::Degrees => master::degrees(conn, rows, columns, access),
        ImportKind::Professors => people::professors(conn, context, rows, columns, access),
        ImportKind::Students => people::students(conn, context, rows, columns, access),
        ImportKind::Projects => projects::projects(conn, context, rows, columns, access),
        ImportKind::PreassignedProjects => preassigned::projects(conn, context, rows, columns, access),
    }
}

/// The result for a row: what was decided, unless something keeps it out.
fn decided(row: RowCheck<'_>, decision: Option<(RowOutcome, Plan)>) -> Checked {
    let number = row.number();
    let (outcome, plan) = match decision {
        Some(decision) if !row.has_errors() => decision,
        _ => (RowOutcome::Error, Plan::Nothing),
    };
    Checked { number, outcome, problems: row.into_problems(), plan }
}

/// Values met so far, with the row each was met in first.
#[derive(Debug)]
struct Seen<K>(HashMap<K, u32>);

impl<K: Eq + Hash> Seen<K> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    /// Notes a value; says so when an earlier row has it already.
    fn note(&mut self, row: &mut RowCheck<'_>, field: ImportField, key: K) {
        let first = *self.0.entry(key).or_insert(row.number());
        if first != row.number() {
            row.error(
                field,
                FieldCode::Duplicate,
                said(format!("Ya está en la fila {first}."), format!("Row {first} has it already.")),
            );
        }
    }
}

fn degree_lookup(degrees: Vec<DegreeFact>) -> Lookup<DegreeFact> {
    Lookup::new(degrees, |degree| (&degree.code, &degree.name))
}

/// The degree of a row: the one it names; else the one given for the whole
/// file; else the only one its importer coordinates; else the only one there is.
fn degree_of<'l>(
    row: &mut RowCheck<'_>,
    context: &Context,
    degrees: &'l Lookup<DegreeFact>,
) -> Option<&'l DegreeFact> {
    let field = ImportField::Degree;
    let found = match row.get(field) {
        Some(text) => {
            let found = degrees.find(text);
            if found.is_none() {
                let near = closest(text, degrees.all().iter().map(|degree| (&*degree.code, &*degree.name)));
                let es = format!("No hay ninguna titulación «{text}».");
                row.error_with(
                    field,
                    FieldCode::Unknown,
                    said(es, format!("There is no degree «{text}».")),
                    near,
                );
            }
            found
        }
        None => {
            let by_id = |id: DegreeId| degrees.all().iter().find(|degree| degree.id == id.0);
            let mut active = degrees.all().iter().filter(|degree| degree.is_active);
            let found = match (context.degree, context.actor.coordinates.as_slice()) {
                (Some(id), _) => by_id(id),
                (None, [only]) => by_id(*only),
                (None, _) => active.next().filter(|_| active.next().is_none()),
            };
            if found.is_none() {
                let es = "Falta la titulación: añada una columna o elija una para todo el fichero.";
                let en = "The degree is missing: add a column or choose one for the whole file.";
                row.error(field, FieldCode::Required, said(es, en));
            }
            found
        }
    }?;
    if !found.is_active {
        let es = format!("La titulación {} está desactivada.", found.code);
        row.error(field, FieldCode::Inactive, said(es, format!("The degree {} is deactivated.", found.code)));
    }
    Some(found)
}

/// The codes of the things most like a text, by code or name.
fn closest<'a>(text: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let text = super::fold::fold(text);
    let like = |other: &str| strsim::jaro_winkler(&super::fold::fold(other), &text);
    let mut best: Vec<(f64, &str)> = known.map(|(code, name)| (like(code).max(like(name)), code)).collect();
    best.retain(|(likeness, _)| *likeness >= 0.8);
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    best.into_iter().take(3).map(|(_, code)| code.to_owned()).collect()
}
