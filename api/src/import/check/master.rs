//! Departments and degrees.
//!
//! Matched by code. A department without an area gets one of its own name,
//! since a department alone is its own area; an area nobody knows yet is made,
//! and said to be.

use super::{CODE_MAX, NAME_MAX, Seen, closest, decided, degree_lookup};
use crate::import::fold::fold;
use crate::import::layout::{Columns, RowValues};
use crate::import::plan::{AreaPlan, Checked, DegreePlan, DepartmentPlan, Plan};
use crate::import::row::{RowCheck, said};
use crate::import::world::{self, Access, DepartmentFact, Lookup};
use diesel::{PgConnection, QueryResult};
use gestfg_types::errors::FieldCode;
use gestfg_types::imports::{ImportField as F, RowOutcome};

pub(super) fn departments(
    conn: &mut PgConnection,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let areas = world::areas(conn)?;
    let known = Lookup::new(world::departments(conn, access)?, |d: &DepartmentFact| (&d.code, &d.name));
    let mut seen = Seen::new();
    let check = |row: &RowValues| {
        let mut row = RowCheck::new(row, columns);
        let code = row.required_line(F::Code, CODE_MAX);
        let name = row.required_line(F::Name, NAME_MAX);
        let area = row.line(F::Area, NAME_MAX);
        let (Some(code), Some(name)) = (code, name) else { return decided(row, None) };
        seen.note(&mut row, F::Code, fold(&code));
        let existing = known.by_code(&code);
        let area = match (&area, existing) {
            (Some(text), _) => match areas.get(&fold(text)) {
                Some(found) => AreaPlan::Known(found.id),
                None => {
                    let es = format!("No hay ningún área «{text}»; se creará.");
                    row.warn(
                        F::Area,
                        FieldCode::Unknown,
                        said(es, format!("There is no area «{text}»; it will be made.")),
                    );
                    AreaPlan::New(text.clone())
                }
            },
            (None, Some(existing)) => AreaPlan::Known(existing.area_id),
            (None, None) => {
                areas.get(&fold(&name)).map_or(AreaPlan::New(name.clone()), |found| AreaPlan::Known(found.id))
            }
        };
        let outcome = match existing {
            None => RowOutcome::Create,
            Some(old) if old.name == name && area == AreaPlan::Known(old.area_id) => RowOutcome::Unchanged,
            Some(_) => RowOutcome::Update,
        };
        let existing = existing.map(|old| old.id);
        decided(row, Some((outcome, Plan::Department(DepartmentPlan { existing, code, name, area }))))
    };
    Ok(rows.iter().map(check).collect())
}

pub(super) fn degrees(
    conn: &mut PgConnection,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let known = degree_lookup(world::degrees(conn, access)?);
    let mut seen = Seen::new();
    let check = |row: &RowValues| {
        let mut row = RowCheck::new(row, columns);
        let code = row.required_line(F::Code, CODE_MAX);
        let name = row.required_line(F::Name, NAME_MAX);
        let level = row.required(F::Level).and_then(|text| {
            let level = level(text);
            if level.is_none() {
                let near = closest(text, [("grado", "bachelor"), ("máster", "master")].into_iter());
                let es = format!("El nivel es «grado» o «máster», no «{text}».");
                let en = format!("The level is «bachelor» or «master», not «{text}».");
                row.error_with(F::Level, FieldCode::UnknownValue, said(es, en), near);
            }
            level
        });
        let (Some(code), Some(name), Some(level)) = (code, name, level) else { return decided(row, None) };
        seen.note(&mut row, F::Code, fold(&code));
        let existing = known.by_code(&code);
        let outcome = match existing {
            None => RowOutcome::Create,
            Some(old) if old.name == name && old.level == level => RowOutcome::Unchanged,
            Some(old) => {
                if old.level != level && old.has_projects {
                    let es = "Ya tiene proyectos: su nivel no puede cambiar.";
                    let en = "It has projects already: its level cannot change.";
                    row.error(F::Level, FieldCode::InvalidState, said(es, en));
                }
                RowOutcome::Update
            }
        };
        let existing = existing.map(|old| old.id);
        decided(row, Some((outcome, Plan::Degree(DegreePlan { existing, code, name, level }))))
    };
    Ok(rows.iter().map(check).collect())
}

fn level(text: &str) -> Option<&'static str> {
    match fold(text).as_str() {
        "grado" | "bachelor" | "bachelors" | "degree" | "g" | "tfg" => Some("bachelor"),
        "master" | "masters" | "postgrado" | "posgrado" | "m" | "tfm" => Some("master"),
        _ => None,
    }
}
