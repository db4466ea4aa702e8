//! Professors and students.
//!
//! Matched by e-mail, then by DNI/NIE. What identifies an existing account is
//! never overwritten: a different e-mail or DNI is said and left as it is; one
//! that was missing is filled in. Names are changed only when more than
//! capitals and accents differ. A coordinator changes the data of students of
//! their degrees only; others they may just enrol.

use super::{Context, FIRST_NAME_MAX, LAST_NAME_MAX, Seen, closest, decided, degree_lookup, degree_of};
use crate::domain::dni::Dni;
use crate::domain::email::Email;
use crate::domain::policy::may_keep_student;
use crate::import::layout::{Columns, RowValues};
use crate::import::people::{Directory, full_name, same_text};
use crate::import::plan::{Checked, PersonPlan, Plan, Role};
use crate::import::row::{RowCheck, said};
use crate::import::world::{self, Access, DegreeFact, DepartmentFact, Lookup, PersonFact};
use diesel::{PgConnection, QueryResult};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DegreeId;
use gestfg_types::imports::{ImportField as F, RowOutcome};
use std::collections::HashMap;

pub(super) fn professors(
    conn: &mut PgConnection,
    context: &Context,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let departments =
        Lookup::new(world::departments(conn, Access::Read)?, |d: &DepartmentFact| (&d.code, &d.name));
    let mut people = People::load(conn, context, rows, access)?;
    let check = |row: &RowValues| {
        let mut row = RowCheck::new(row, columns);
        row.required(F::Email);
        let department = department_of(&mut row, &departments);
        let named = people.identify(&mut row, Role::Professor, None);
        let (Some(named), Some(department)) = (named, department) else { return decided(row, None) };
        people.keep_heads(&mut row, &named, &departments, department);
        people.decide(row, named, Role::Professor, Some(department), None)
    };
    Ok(rows.iter().map(check).collect())
}

pub(super) fn students(
    conn: &mut PgConnection,
    context: &Context,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let degrees = degree_lookup(world::degrees(conn, Access::Read)?);
    let mut people = People::load(conn, context, rows, access)?;
    let check = |row: &RowValues| {
        let mut row = RowCheck::new(row, columns);
        if row.get(F::Email).is_none() && row.get(F::Dni).is_none() {
            let (es, en) =
                ("Hace falta el correo o el DNI/NIE.", "The e-mail address or the DNI/NIE is needed.");
            row.error(F::Email, FieldCode::Required, said(es, en));
        }
        let degree = degree_of(&mut row, context, &degrees);
        if let Some(degree) =
            degree.filter(|degree| !may_keep_student(&context.actor, &[DegreeId(degree.id)]))
        {
            let es = format!("No coordina la titulación {}.", degree.code);
            row.error(
                F::Degree,
                FieldCode::NotAllowed,
                said(es, format!("You do not coordinate the degree {}.", degree.code)),
            );
        }
        let named = people.identify(&mut row, Role::Student, degree.map(|degree| degree.id));
        let (Some(named), Some(degree)) = (named, degree) else { return decided(row, None) };
        people.decide(row, named, Role::Student, None, Some(degree))
    };
    Ok(rows.iter().map(check).collect())
}

fn department_of(row: &mut RowCheck<'_>, departments: &Lookup<DepartmentFact>) -> Option<i64> {
    let text = row.required(F::Department)?;
    let found = departments.find(text);
    match found {
        None => {
            let near = closest(text, departments.all().iter().map(|d| (&*d.code, &*d.name)));
            let es = format!("No hay ningún departamento «{text}».");
            row.error_with(
                F::Department,
                FieldCode::Unknown,
                said(es, format!("There is no department «{text}».")),
                near,
            );
        }
        Some(department) if !department.is_active => {
            let es = format!("El departamento {} está desactivado.", department.code);
            let en = format!("The department {} is deactivated.", department.code);
            row.error(F::Department, FieldCode::Inactive, said(es, en));
        }
        Some(_) => {}
    }
    found.map(|department| department.id)
}

/// Who a row is about, as written.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Named {
    email: Option<String>,
    dni: Option<String>,
    first_name: String,
    last_name: String,
}

/// The accounts the rows may be about, and those met so far.
struct People<'c> {
    context: &'c Context,
    directory: Directory,
    emails: Seen<String>,
    dnis: Seen<String>,
    studies: HashMap<Named, Vec<i64>>,
}

impl<'c> People<'c> {
    fn load(
        conn: &mut PgConnection,
        context: &'c Context,
        rows: &[RowValues],
        access: Access,
    ) -> QueryResult<Self> {
        let value = |field| rows.iter().filter_map(move |row| row.values.get(&field));
        let emails: Vec<String> =
            value(F::Email).filter_map(|text| Email::parse(text).ok()).map(Email::into_string).collect();
        let dnis: Vec<String> =
            value(F::Dni).filter_map(|text| Dni::parse(text).ok()).map(Dni::into_string).collect();
        let directory = Directory::new(world::people(conn, &emails, &dnis, access)?);
        Ok(Self { context, directory, emails: Seen::new(), dnis: Seen::new(), studies: HashMap::new() })
    }

    /// Reads the columns about the person and says what is wrong with them. A student of several
    /// degrees has a row for each.
    fn identify(&mut self, row: &mut RowCheck<'_>, role: Role, degree: Option<i64>) -> Option<Named> {
        let email = row.get(F::Email).and_then(|text| match Email::parse(text) {
            Ok(email) => Some(email),
            Err(code) => {
                let es = format!("«{text}» no es una dirección de correo.");
                row.error(F::Email, code, said(es, format!("«{text}» is not an e-mail address.")));
                None
            }
        });
        let dni = row.get(F::Dni).and_then(|text| match Dni::parse(text) {
            Ok(dni) => Some(dni.into_string()),
            Err(code) => {
                let (es, en) = if code == FieldCode::WrongDniLetter {
                    ("la letra no corresponde al número", "the letter does not belong to the number")
                } else {
                    ("no es un DNI ni un NIE", "it is neither a DNI nor a NIE")
                };
                row.error(F::Dni, code, said(format!("«{text}»: {es}."), format!("«{text}»: {en}.")));
                None
            }
        });
        if let Some(email) = &email {
            self.check_domain(row, email, role);
        }
        let email = email.map(Email::into_string);
        let first_name = row.required_line(F::FirstName, FIRST_NAME_MAX);
        let last_name = row.required_line(F::LastName, LAST_NAME_MAX);
        let named = first_name.zip(last_name).map(|(first_name, last_name)| Named {
            email: email.clone(),
            dni: dni.clone(),
            first_name,
            last_name,
        });
        if !self.studies_this_too(named.as_ref(), degree) {
            if let Some(email) = email {
                self.emails.note(row, F::Email, email);
            }
            if let Some(dni) = dni {
                self.dnis.note(row, F::Dni, dni);
            }
        }
        named
    }

    /// Whether earlier rows say the same of a student, but of other degrees.
    fn studies_this_too(&mut self, named: Option<&Named>, degree: Option<i64>) -> bool {
        let Some((named, degree)) = named.zip(degree) else { return false };
        let studies = self.studies.entry(named.clone()).or_default();
        let too = !studies.is_empty() && !studies.contains(&degree);
        studies.push(degree);
        too
    }

    /// Addresses outside the institution: admin may, with a warning; a
    /// coordinator would be letting strangers in.
    fn check_domain(&self, row: &mut RowCheck<'_>, email: &Email, role: Role) {
        let domains = match role {
            Role::Professor => &self.context.professor_domains,
            Role::Student => &self.context.student_domains,
        };
        if email.is_of(domains) || self.directory.by_email(email.as_str()).is_some() {
            return;
        }
        let domains = domains.join(", ");
        let es = format!("La dirección no es institucional ({domains}).");
        let said = said(es, format!("The address is not institutional ({domains})."));
        if self.context.actor.is_admin {
            row.warn(F::Email, FieldCode::NotInstitutional, said);
        } else {
            row.error(F::Email, FieldCode::NotInstitutional, said);
        }
    }

    /// The head of a department stays in it.
    fn keep_heads(
        &self,
        row: &mut RowCheck<'_>,
        named: &Named,
        departments: &Lookup<DepartmentFact>,
        new: i64,
    ) {
        let old = named.email.as_deref().and_then(|email| self.directory.by_email(email));
        let old = old.or_else(|| named.dni.as_deref().and_then(|dni| self.directory.by_dni(dni)));
        let headed = old.and_then(|old| departments.all().iter().find(|d| d.head_id == Some(old.id)));
        if let Some(headed) = headed.filter(|headed| headed.id != new) {
            let es = format!("Dirige el departamento {}; no puede pasar a otro.", headed.code);
            let en = format!("Heads the department {} and cannot move to another.", headed.code);
            row.error(F::Department, FieldCode::InvalidState, said(es, en));
        }
    }

    fn decide(
        &self,
        mut row: RowCheck<'_>,
        named: Named,
        role: Role,
        department: Option<i64>,
        degree: Option<&DegreeFact>,
    ) -> Checked {
        let by_email = named.email.as_deref().and_then(|email| self.directory.by_email(email));
        let by_dni = named.dni.as_deref().and_then(|dni| self.directory.by_dni(dni));
        if let (Some(a), Some(b)) = (by_email, by_dni)
            && a.id != b.id
        {
            let es = format!("El correo es de {} y el DNI/NIE es de {}.", full_name(a), full_name(b));
            let en = format!("The address is {}'s and the DNI/NIE is {}'s.", full_name(a), full_name(b));
            row.error(F::Dni, FieldCode::Taken, said(es, en));
        }
        let Some(old) = by_email.or(by_dni) else {
            let Named { email, dni, first_name, last_name } = named;
            let enrol = degree.map(|degree| degree.id);
            let invite = email.is_some();
            let plan = PersonPlan {
                existing: None,
                role,
                email,
                dni,
                first_name,
                last_name,
                department,
                enrol,
                invite,
            };
            return decided(row, Some((RowOutcome::Create, Plan::Person(plan))));
        };
        let field = if by_email.is_some() { F::Email } else { F::Dni };
        check_role(&mut row, old, role, field);
        if !old.is_active {
            let es = format!("La cuenta de {} está desactivada; no se toca.", full_name(old));
            let en = format!("{}'s account is deactivated; it is left alone.", full_name(old));
            row.warn(field, FieldCode::Inactive, said(es, en));
            return decided(row, Some((RowOutcome::Unchanged, Plan::Nothing)));
        }
        let degrees: Vec<DegreeId> = old.degrees.iter().copied().map(DegreeId).collect();
        let keeps = match role {
            Role::Professor => self.context.actor.is_admin,
            Role::Student => may_keep_student(&self.context.actor, &degrees),
        };
        let plan = PersonPlan {
            existing: Some(old.id),
            role,
            email: identity(&mut row, F::Email, old.email.as_ref(), named.email, keeps),
            dni: identity(&mut row, F::Dni, old.dni.as_ref(), named.dni, keeps),
            first_name: name(&mut row, F::FirstName, &old.first_name, named.first_name, keeps),
            last_name: name(&mut row, F::LastName, &old.last_name, named.last_name, keeps),
            department,
            enrol: degree.map(|degree| degree.id).filter(|id| !old.degrees.contains(id)),
            invite: false,
        };
        // Whoever had no address could not log in so far.
        let plan = PersonPlan { invite: old.email.is_none() && plan.email.is_some(), ..plan };
        let same = (&plan.email, &plan.dni, &plan.first_name, &plan.last_name)
            == (&old.email, &old.dni, &old.first_name, &old.last_name)
            && plan.department == old.department_id
            && plan.enrol.is_none();
        let outcome = if same { RowOutcome::Unchanged } else { RowOutcome::Update };
        decided(row, Some((outcome, Plan::Person(plan))))
    }
}

/// A file of professors makes no student one, nor the other way round.
fn check_role(row: &mut RowCheck<'_>, old: &PersonFact, role: Role, field: F) {
    match role {
        Role::Professor if old.is_student => {
            let es = format!("{} es alumno/a; no puede ser profesor/a.", full_name(old));
            let en = format!("{} is a student and cannot be a professor.", full_name(old));
            row.error(field, FieldCode::NotAProfessor, said(es, en));
        }
        Role::Student if !old.is_student => {
            let es = format!("{} no es alumno/a.", full_name(old));
            row.error(
                field,
                FieldCode::NotAStudent,
                said(es, format!("{} is not a student.", full_name(old))),
            );
        }
        _ => {}
    }
}

/// What identifies an account: filled in when missing, never overwritten.
fn identity(
    row: &mut RowCheck<'_>,
    field: F,
    old: Option<&String>,
    new: Option<String>,
    keeps: bool,
) -> Option<String> {
    match (old, new) {
        (Some(old), Some(new)) if *old != new => {
            let es = "La cuenta tiene otro dato; se deja como está.";
            row.warn(
                field,
                FieldCode::KeptAsIs,
                said(es, "The account has another value; it is left as it is."),
            );
            Some(old.clone())
        }
        (None, Some(new)) if keeps => Some(new),
        (None, Some(_)) => {
            row.warn(field, FieldCode::KeptAsIs, not_yours());
            None
        }
        (old, _) => old.cloned(),
    }
}

fn name(row: &mut RowCheck<'_>, field: F, old: &str, new: String, keeps: bool) -> String {
    if same_text(old, &new) {
        return old.to_owned();
    }
    if keeps {
        return new;
    }
    row.warn(field, FieldCode::KeptAsIs, not_yours());
    old.to_owned()
}

fn not_yours() -> crate::import::row::Said {
    said(
        "No es de una titulación que usted coordine; se deja como está.",
        "Not of a degree you coordinate; it is left as it is.",
    )
}
