//! Projects that come with their students.
//!
//! They go straight into the catalogue with an active assignment, so they skip
//! validation: whoever imports them must be one who might validate them
//! (never one's own, except as admin), unless the degree asks for none.

use super::projects::{Draft, Offer, is_same, say_missing, state_of, title_key};
use super::{Context, LAST_NAME_MAX, Seen, decided};
use crate::domain::email::Email;
use crate::domain::policy::{ProjectFacts, may_assign, may_decide_on_project};
use crate::import::layout::{Columns, RowValues};
use crate::import::people::{Directory, Written, full_name, split_name, written};
use crate::import::plan::{Checked, Plan, StudentPlan};
use crate::import::row::{RowCheck, said};
use crate::import::world::{self, Access};
use crate::models::call;
use diesel::{PgConnection, QueryResult};
use gestfg_types::calls::Phase;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::imports::{ImportField as F, RowOutcome};
use gestfg_types::projects::ProjectState;
use std::collections::HashMap;

const STUDENTS: [(F, F); 3] =
    [(F::Student1, F::Student1Name), (F::Student2, F::Student2Name), (F::Student3, F::Student3Name)];

pub(super) fn projects(
    conn: &mut PgConnection,
    context: &Context,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let world = Offer::load(conn, context, rows, columns, access)?;
    let students = Students::load(conn, rows, access)?;
    let open = call::open_phases(conn, context.now)?;
    let (mut titles, mut taken) = (Seen::new(), Seen::new());
    let check = |(place, row): (usize, &RowValues)| {
        let mut row = RowCheck::new(row, columns);
        let draft = world.read(&mut row, context);
        let found = students.read(&mut row, context);
        let Some(draft) = draft else { return decided(row, None) };
        titles.note(&mut row, F::Title, (draft.degree.id, title_key(&draft.title)));
        for (field, student) in &found {
            taken.note(&mut row, *field, (draft.degree.level.clone(), student.clone()));
        }
        if found
            .iter()
            .any(|(field, student)| found.iter().any(|(other, same)| other < field && same == student))
        {
            let (es, en) =
                ("El mismo alumno está dos veces en la fila.", "The same student is in the row twice.");
            row.error(F::Student1, FieldCode::Duplicate, said(es, en));
        }
        permit(&mut row, context, &draft, &world);
        let level = draft.degree.level.clone();
        let count = i16::try_from(found.len()).unwrap_or(i16::MAX);
        let given = draft.student_count;
        let old = world.existing.get(&place);
        let mut plan = draft.into_plan(context, &world, old);
        if given.is_none() {
            plan.student_count = plan.student_count.max(count);
        }
        if count > plan.student_count || count > i16::from(world.rules(plan.degree).max_students_per_project)
        {
            let es = format!("El proyecto es para {} y hay {count} alumnos.", plan.student_count);
            let en = format!("The project takes {} and there are {count} students.", plan.student_count);
            row.error(F::Student1, FieldCode::TooManyStudents, said(es, en));
        }
        for (field, student) in &found {
            if let StudentPlan::Known(id) = student
                && let Some((project, title)) = students.active.get(&(*id, level.clone()))
                && plan.existing != Some(*project)
            {
                let es = format!("Ya tiene asignado «{title}».");
                row.error(*field, FieldCode::AlreadyAssigned, said(es, format!("Already has «{title}».")));
            }
        }
        plan.students = found.into_iter().map(|(_, student)| student).collect();
        let outcome = match old {
            None => RowOutcome::Create,
            Some(old) => {
                let mut same: Vec<i64> = plan.students.iter().map(StudentPlan::id).collect();
                same.sort_unstable();
                let assigned = !old.students.is_empty();
                if assigned && old.students != same {
                    let es = "Ya hay un proyecto con este título, asignado a otros alumnos.";
                    let en = "A project with this title is assigned to other students already.";
                    row.error(F::Title, FieldCode::AlreadyAssigned, said(es, en));
                }
                if assigned && is_same(old, &plan) {
                    RowOutcome::Unchanged
                } else {
                    world.may_change(&mut row, context, old, plan.tutor != old.tutor_id);
                    let state = state_of(&old.state);
                    let decided_on = matches!(state, ProjectState::Validated | ProjectState::Published);
                    if matches!(state, ProjectState::Rejected) || (decided_on && !is_same(old, &plan)) {
                        let es = "Ya hay un proyecto con este título y no coincide con la fila.";
                        let en = "A project with this title is there already and differs from the row.";
                        row.error(F::Title, FieldCode::InvalidState, said(es, en));
                    }
                    RowOutcome::Update
                }
            }
        };
        plan.state = ProjectState::Published;
        plan.assign = old.is_none_or(|old| old.students.is_empty());
        let degree = DegreeId(plan.degree);
        if plan.assign && !open.contains(degree, Phase::ProjectAssignment) {
            say_closed(&mut row, context.actor.keeps_degree(degree));
        }
        decided(row, Some((outcome, Plan::Project(Box::new(plan)))))
    };
    Ok(rows.iter().enumerate().map(check).collect())
}

/// The degree gives no projects to students at present: for most people that
/// is the end of it; those who may override have to say why at the commit.
fn say_closed(row: &mut RowCheck<'_>, may_override: bool) {
    let (es, en) =
        ("La titulación está fuera del plazo de asignación", "The degree is outside its assignment phase");
    if may_override {
        let es = format!("{es}: al confirmar habrá que escribir el motivo.");
        row.warn(F::Student1, FieldCode::PhaseNotOpen, said(es, format!("{en}: the commit will ask why.")));
    } else {
        row.error(F::Student1, FieldCode::PhaseNotOpen, said(format!("{es}."), format!("{en}.")));
    }
}

impl StudentPlan {
    /// The account; 0 for one to be made.
    fn id(&self) -> i64 {
        match self {
            Self::Known(id) => *id,
            Self::New { .. } => 0,
        }
    }
}

/// Publishing and assigning at once needs both permissions.
fn permit(row: &mut RowCheck<'_>, context: &Context, draft: &Draft<'_>, world: &Offer) {
    let facts = ProjectFacts {
        tutor: UserId(draft.tutor.id),
        cotutor: None,
        department: DepartmentId(draft.tutor.department_id.unwrap_or_default()),
        degree: DegreeId(draft.degree.id),
        state: ProjectState::Submitted,
    };
    let validated = !world.rules(draft.degree.id).requires_validation
        || may_decide_on_project(&context.actor, &facts).is_ok();
    if !validated || may_assign(&context.actor, &facts).is_err() {
        let es =
            "Un proyecto propio lo valida otra persona: impórtelo como oferta y asígnelo cuando se publique.";
        let en =
            "Somebody else validates one's own project: import it as an offer and assign it once published.";
        row.error(F::Tutor, FieldCode::NotAllowed, said(es, en));
    }
}

struct Students {
    directory: Directory,
    active: HashMap<(i64, String), (i64, String)>,
}

impl Students {
    fn load(conn: &mut PgConnection, rows: &[RowValues], access: Access) -> QueryResult<Self> {
        let (mut emails, mut dnis, mut by_name) = (Vec::new(), Vec::new(), false);
        for text in rows.iter().flat_map(|row| STUDENTS.iter().filter_map(|(field, _)| row.values.get(field)))
        {
            match written(text) {
                Written::Email(email) => emails.push(email),
                Written::Dni(dni) => dnis.push(dni),
                Written::Name(_) => by_name = true,
                Written::Nothing(_) => {}
            }
        }
        let mut people = world::people(conn, &emails, &dnis, access)?;
        if by_name {
            let known: std::collections::HashSet<i64> = people.iter().map(|person| person.id).collect();
            people.extend(
                world::everyone(conn, false)?.into_iter().filter(|person| !known.contains(&person.id)),
            );
        }
        let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
        let active = world::active_projects(conn, &ids)?;
        Ok(Self { directory: Directory::new(people), active })
    }

    fn read(&self, row: &mut RowCheck<'_>, context: &Context) -> Vec<(F, StudentPlan)> {
        let mut found = Vec::new();
        row.required(F::Student1);
        for (field, name_field) in STUDENTS {
            let Some(text) = row.get(field) else { continue };
            let who = written(text);
            match (self.directory.find(&who), &who) {
                (Ok(person), _) => {
                    if !person.is_student {
                        let es = format!("{} no es alumno/a.", full_name(person));
                        let en = format!("{} is not a student.", full_name(person));
                        row.error(field, FieldCode::NotAStudent, said(es, en));
                    } else if !person.is_active {
                        let es = format!("La cuenta de {} está desactivada.", full_name(person));
                        let en = format!("{}'s account is deactivated.", full_name(person));
                        row.error(field, FieldCode::Inactive, said(es, en));
                    }
                    found.push((field, StudentPlan::Known(person.id)));
                }
                (Err(_), Written::Email(email)) if is_of(email, &context.student_domains) => {
                    let name = row.line(name_field, LAST_NAME_MAX).unwrap_or_default();
                    let (first_name, last_name) = match (split_name(&name), Email::parse(email)) {
                        ((first, last), _) if !last.is_empty() => (first, last),
                        ((first, _), _) if !first.is_empty() => (first, "—".to_owned()),
                        (_, Ok(email)) => email.name_to_go_by(),
                        (_, Err(_not_an_address)) => continue,
                    };
                    found.push((field, StudentPlan::New { email: email.clone(), first_name, last_name }));
                }
                (Err(_), Written::Email(email)) => {
                    let domains = context.student_domains.join(", ");
                    let es = format!(
                        "«{email}» no tiene cuenta ni es una dirección institucional de alumno ({domains})."
                    );
                    let en = format!(
                        "«{email}» has no account and is no institutional student address ({domains})."
                    );
                    row.error(field, FieldCode::NotInstitutional, said(es, en));
                }
                (Err(miss), _) => say_missing(row, field, text, &who, miss, ("alumno/a", "student")),
            }
        }
        found
    }
}

fn is_of(email: &str, domains: &[String]) -> bool {
    Email::parse(email).is_ok_and(|email| email.is_of(domains))
}
