//! The offer of projects.
//!
//! Matched by title within degree and academic year. Cells left blank leave
//! what is stored alone. A draft, a submitted and a rejected project may be
//! changed by an import; from validation on, a file that differs is an error,
//! because somebody decided on what was there.
//!
//! A new project is a draft when its own tutor imports it, and is submitted
//! (or validated, where its degree asks for no validation) when the head, a
//! coordinator or an admin does.

use super::{Context, Seen, decided, degree_lookup, degree_of};
use crate::domain::policy::{ProjectFacts, may_change_tutor, may_create_project, may_edit_project};
use crate::import::fold::fold;
use crate::import::layout::{Columns, RowValues};
use crate::import::people::{Directory, Miss, Written, full_name, written};
use crate::import::plan::{Checked, Plan, ProjectPlan};
use crate::import::row::{RowCheck, said};
use crate::import::world::{self, Access, DegreeFact, Lookup, PersonFact, ProjectFact};
use diesel::{PgConnection, QueryResult};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::imports::{ImportField as F, RowOutcome};
use gestfg_types::master::DegreeRules;
use gestfg_types::projects::{KIND_MAX, ProjectState, TEXT_MAX, TITLE_MAX};
use std::collections::HashMap;

pub(super) fn projects(
    conn: &mut PgConnection,
    context: &Context,
    rows: &[RowValues],
    columns: &Columns,
    access: Access,
) -> QueryResult<Vec<Checked>> {
    let world = Offer::load(conn, context, rows, columns, access)?;
    let mut titles = Seen::new();
    let check = |(place, row): (usize, &RowValues)| {
        let mut row = RowCheck::new(row, columns);
        let Some(draft) = world.read(&mut row, context) else { return decided(row, None) };
        titles.note(&mut row, F::Title, (draft.degree.id, title_key(&draft.title)));
        match world.existing.get(&place) {
            None => {
                let plan = draft.into_plan(context, &world, None);
                decided(row, Some((RowOutcome::Create, Plan::Project(Box::new(plan)))))
            }
            Some(old) => {
                let plan = draft.into_plan(context, &world, Some(old));
                let outcome = compare(&mut row, context, old, &plan, &world);
                decided(row, Some((outcome, Plan::Project(Box::new(plan)))))
            }
        }
    };
    Ok(rows.iter().enumerate().map(check).collect())
}

/// Whether the plan changes the project, and may.
fn compare(
    row: &mut RowCheck<'_>,
    context: &Context,
    old: &ProjectFact,
    plan: &ProjectPlan,
    world: &Offer,
) -> RowOutcome {
    if is_same(old, plan) {
        return RowOutcome::Unchanged;
    }
    world.may_change(row, context, old, plan.tutor != old.tutor_id);
    if !matches!(state_of(&old.state), ProjectState::Draft | ProjectState::Submitted | ProjectState::Rejected)
    {
        let es = "Ya hay un proyecto con este título, validado o publicado, y no coincide con la fila.";
        let en = "A project with this title is validated or published already and differs from the row.";
        row.error(F::Title, FieldCode::InvalidState, said(es, en));
    }
    RowOutcome::Update
}

/// Whether the project is already as the plan wants it.
pub(super) fn is_same(old: &ProjectFact, plan: &ProjectPlan) -> bool {
    (&*old.title, &*old.kind, &*old.description, &*old.prior_knowledge, &*old.resources)
        == (&*plan.title, &*plan.kind, &*plan.description, &*plan.prior_knowledge, &*plan.resources)
        && (old.tutor_id, old.cotutor_id, old.student_count) == (plan.tutor, plan.cotutor, plan.student_count)
}

pub(super) fn state_of(text: &str) -> ProjectState {
    ProjectState::ALL.into_iter().find(|state| state.as_str() == text).unwrap_or(ProjectState::Withdrawn)
}

/// What two titles have in common, as the schema sees it.
pub(super) fn title_key(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What an offer is checked against.
pub(super) struct Offer {
    professors: Directory,
    degrees: Lookup<DegreeFact>,
    rules: HashMap<i64, DegreeRules>,
    /// By place of the row: the project that has its title.
    pub(super) existing: HashMap<usize, ProjectFact>,
}

/// A row read: everything found, nothing decided.
pub(super) struct Draft<'w> {
    pub(super) title: String,
    pub(super) degree: &'w DegreeFact,
    pub(super) tutor: &'w PersonFact,
    cotutor: Option<&'w PersonFact>,
    kind: Option<String>,
    pub(super) student_count: Option<i16>,
    description: Option<String>,
    prior_knowledge: Option<String>,
    resources: Option<String>,
}

impl Offer {
    pub(super) fn load(
        conn: &mut PgConnection,
        context: &Context,
        rows: &[RowValues],
        columns: &Columns,
        access: Access,
    ) -> QueryResult<Self> {
        let professors = Directory::new(world::everyone(conn, true)?);
        let degrees = degree_lookup(world::degrees(conn, Access::Read)?);
        let rules = world::rules(conn, context.year)?;
        let mut places = Vec::new();
        let (mut titles, mut of) = (Vec::new(), Vec::new());
        for (place, row) in rows.iter().enumerate() {
            let mut row = RowCheck::new(row, columns);
            let degree = degree_of(&mut row, context, &degrees).map(|degree| degree.id);
            if let (Some(title), Some(degree)) = (row.line(F::Title, TITLE_MAX), degree) {
                places.push(place);
                titles.push(title);
                of.push(degree);
            }
        }
        let found = world::projects(conn, context.year, &titles, &of, access)?;
        let existing =
            found.into_iter().filter_map(|(i, project)| Some((*places.get(i)?, project))).collect();
        Ok(Self { professors, degrees, rules, existing })
    }

    pub(super) fn rules(&self, degree: i64) -> DegreeRules {
        self.rules.get(&degree).cloned().unwrap_or_default()
    }

    /// Reads a row and says what is wrong with it.
    pub(super) fn read(&self, row: &mut RowCheck<'_>, context: &Context) -> Option<Draft<'_>> {
        let title = row.required_line(F::Title, TITLE_MAX);
        let kind = row.line(F::Kind, KIND_MAX);
        let description = row.text(F::Description, TEXT_MAX);
        let prior_knowledge = row.text(F::PriorKnowledge, TEXT_MAX);
        let resources = row.text(F::Resources, TEXT_MAX);
        let degree = degree_of(row, context, &self.degrees);
        let tutor = match row.required(F::Tutor) {
            Some(text) => self.professor(row, F::Tutor, text),
            None => None,
        };
        let cotutor = row.get(F::Cotutor).and_then(|text| self.professor(row, F::Cotutor, text));
        if let (Some(a), Some(b)) = (tutor, cotutor)
            && a.id == b.id
        {
            let (es, en) =
                ("El tutor no puede ser también el cotutor.", "The tutor cannot also be the co-tutor.");
            row.error(F::Cotutor, FieldCode::SamePerson, said(es, en));
        }
        let rules = degree.map(|degree| self.rules(degree.id)).unwrap_or_default();
        let student_count = student_count(row, &rules);
        let kind = kind.map(|kind| known_kind(row, kind, &rules));
        let (title, degree, tutor) = (title?, degree?, tutor?);
        let department = DepartmentId(tutor.department_id.unwrap_or_default());
        if may_create_project(&context.actor, UserId(tutor.id), department, DegreeId(degree.id)).is_err() {
            let es = format!("No puede importar proyectos de {} en {}.", full_name(tutor), degree.code);
            let en = format!("You may not import projects of {} in {}.", full_name(tutor), degree.code);
            row.error(F::Tutor, FieldCode::NotAllowed, said(es, en));
        }
        Some(Draft {
            title,
            degree,
            tutor,
            cotutor,
            kind,
            student_count,
            description,
            prior_knowledge,
            resources,
        })
    }

    fn professor(&self, row: &mut RowCheck<'_>, field: F, text: &str) -> Option<&PersonFact> {
        let who = written(text);
        match self.professors.find(&who) {
            Ok(person) if person.is_active => Some(person),
            Ok(person) => {
                let es = format!("La cuenta de {} está desactivada.", full_name(person));
                row.error(
                    field,
                    FieldCode::Inactive,
                    said(es, format!("{}'s account is deactivated.", full_name(person))),
                );
                None
            }
            Err(miss) => {
                say_missing(row, field, text, &who, miss, ("profesor/a", "professor"));
                None
            }
        }
    }

    /// Says why the importer may not change the project, if so.
    pub(super) fn may_change(
        &self,
        row: &mut RowCheck<'_>,
        context: &Context,
        old: &ProjectFact,
        new_tutor: bool,
    ) {
        let facts = ProjectFacts {
            tutor: UserId(old.tutor_id),
            cotutor: old.cotutor_id.map(UserId),
            department: DepartmentId(old.department_id),
            degree: DegreeId(old.degree_id),
            state: state_of(&old.state),
        };
        let allowed = may_edit_project(&context.actor, &facts);
        let allowed = if new_tutor { allowed.and(may_change_tutor(&context.actor, &facts)) } else { allowed };
        if allowed.is_err() {
            let es = "Otro proyecto de esta titulación y curso tiene este título.";
            row.error(
                F::Title,
                FieldCode::Taken,
                said(es, "Another project of this degree and year has this title."),
            );
        }
    }
}

impl Draft<'_> {
    /// Over an existing project, blank cells leave what is stored alone.
    pub(super) fn into_plan(
        self,
        context: &Context,
        world: &Offer,
        old: Option<&ProjectFact>,
    ) -> ProjectPlan {
        let kept =
            |new: Option<String>, old: Option<&String>| new.or_else(|| old.cloned()).unwrap_or_default();
        let state = match old {
            Some(old) => state_of(&old.state),
            None if self.tutor.id == context.actor.id.0 && !context.actor.is_admin => ProjectState::Draft,
            None if world.rules(self.degree.id).requires_validation => ProjectState::Submitted,
            None => ProjectState::Validated,
        };
        ProjectPlan {
            existing: old.map(|old| old.id),
            degree: self.degree.id,
            level: self.degree.level.clone(),
            title: self.title,
            kind: kept(self.kind, old.map(|old| &old.kind)),
            student_count: self.student_count.or(old.map(|old| old.student_count)).unwrap_or(1),
            description: kept(self.description, old.map(|old| &old.description)),
            prior_knowledge: kept(self.prior_knowledge, old.map(|old| &old.prior_knowledge)),
            resources: kept(self.resources, old.map(|old| &old.resources)),
            tutor: self.tutor.id,
            cotutor: self
                .cotutor
                .map(|person| person.id)
                .or_else(|| old.and_then(|old| old.cotutor_id).filter(|cotutor| *cotutor != self.tutor.id)),
            state,
            students: Vec::new(),
            assign: false,
        }
    }
}

fn student_count(row: &mut RowCheck<'_>, rules: &DegreeRules) -> Option<i16> {
    let text = row.get(F::StudentCount)?;
    let most = i16::from(rules.max_students_per_project);
    match text.parse::<i16>() {
        Ok(count) if (1..=most).contains(&count) => Some(count),
        Ok(count) => {
            let es = format!("Un proyecto es para entre 1 y {most} alumnos, no {count}.");
            let en = format!("A project takes 1 to {most} students, not {count}.");
            row.error(F::StudentCount, FieldCode::OutOfRange, said(es, en));
            None
        }
        Err(_not_a_number) => {
            let es = format!("«{text}» no es un número de alumnos.");
            row.error(
                F::StudentCount,
                FieldCode::NotANumber,
                said(es, format!("«{text}» is not a number of students.")),
            );
            None
        }
    }
}

/// The kind as the degree writes it, where it has a list of them.
fn known_kind(row: &mut RowCheck<'_>, kind: String, rules: &DegreeRules) -> String {
    if rules.project_kinds.is_empty() {
        return kind;
    }
    if let Some(known) = rules.project_kinds.iter().find(|known| fold(known) == fold(&kind)) {
        return known.clone();
    }
    let es = format!("«{kind}» no es un tipo de proyecto de la titulación.");
    let en = format!("«{kind}» is not a kind of project of the degree.");
    row.error_with(F::Kind, FieldCode::UnknownValue, said(es, en), rules.project_kinds.clone());
    kind
}

/// Says why nobody was found, with who may have been meant.
pub(super) fn say_missing(
    row: &mut RowCheck<'_>,
    field: F,
    text: &str,
    who: &Written,
    miss: Miss,
    role: (&str, &str),
) {
    let (es_role, en_role) = role;
    match (who, miss) {
        (Written::Nothing(code), _) => {
            let es = if *code == FieldCode::WrongDniLetter {
                format!("«{text}»: la letra del DNI/NIE no corresponde al número.")
            } else {
                format!("«{text}» no dice quién es: escriba su correo, su DNI/NIE o su nombre completo.")
            };
            let en = if *code == FieldCode::WrongDniLetter {
                format!("«{text}»: the letter of the DNI/NIE does not belong to the number.")
            } else {
                format!("«{text}» does not say who it is: write their e-mail address, DNI/NIE or full name.")
            };
            row.error(field, *code, said(es, en));
        }
        (_, Miss::Ambiguous(all)) => {
            let names = all.join("; ");
            let es = format!("«{text}» puede ser: {names}. Escriba el correo.");
            let en = format!("«{text}» may be: {names}. Write the e-mail address.");
            row.error_with(field, FieldCode::Ambiguous, said(es, en), all);
        }
        (_, Miss::Unknown(near)) => {
            let mut es = format!("No hay ningún/a {es_role} «{text}».");
            let mut en = format!("There is no {en_role} «{text}».");
            if let Some(first) = near.first() {
                es.push_str(&format!(" ¿Es {first}?"));
                en.push_str(&format!(" Is it {first}?"));
            }
            row.error_with(field, FieldCode::Unknown, said(es, en), near);
        }
    }
}
