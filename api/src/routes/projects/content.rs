//! What a body says of a project, parsed and checked against the people,
//! degrees and rules there are.

use crate::domain::text::{FieldErrors, fold};
use crate::error::AppResult;
use crate::models::degree;
use crate::models::project::{self, ProjectChanges, ProjectRow};
use diesel::PgConnection;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::master::DegreeRules;
use gestfg_types::projects::{
    CreateProject, KEYWORD_MAX, KEYWORDS_MAX, KIND_MAX, TEXT_MAX, TITLE_MAX, UpdateProject,
};

/// The texts of a new project, clean.
pub(super) struct Texts {
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) description: String,
    pub(super) prior_knowledge: String,
    pub(super) resources: String,
    pub(super) keywords: Vec<String>,
}

/// Parse the texts of a new project.
pub(super) fn texts(body: &CreateProject, errors: &mut FieldErrors) -> Texts {
    Texts {
        title: errors.line("/title", &body.title, 1, TITLE_MAX),
        kind: errors.line("/kind", &body.kind, 0, KIND_MAX),
        description: errors.paragraphs("/description", &body.description, TEXT_MAX),
        prior_knowledge: errors.paragraphs("/prior_knowledge", &body.prior_knowledge, TEXT_MAX),
        resources: errors.paragraphs("/resources", &body.resources, TEXT_MAX),
        keywords: keywords(&body.keywords, errors),
    }
}

/// Keywords, each once.
fn keywords(words: &[String], errors: &mut FieldErrors) -> Vec<String> {
    if words.len() > KEYWORDS_MAX {
        errors.push("/keywords", FieldCode::TooLong, format!("At most {KEYWORDS_MAX} keywords fit."));
    }
    let mut seen = std::collections::HashSet::new();
    words
        .iter()
        .enumerate()
        .map(|(n, word)| errors.line(&format!("/keywords/{n}"), word, 1, KEYWORD_MAX))
        .filter(|word| seen.insert(fold(word)))
        .collect()
}

/// The changes a body asks for, fields that say what is stored left out: a form
/// may send everything it shows.
pub(super) fn changes(body: UpdateProject, stored: &ProjectRow, errors: &mut FieldErrors) -> ProjectChanges {
    let UpdateProject {
        degree_id,
        title,
        kind,
        student_count,
        description,
        prior_knowledge,
        resources,
        keywords: words,
        tutor_id,
        cotutor_id,
    } = body;
    let mut long = |pointer, text: Option<String>, old: &String| {
        text.map(|text| errors.paragraphs(pointer, &text, TEXT_MAX)).filter(|text| text != old)
    };
    let description = long("/description", description, &stored.description);
    let prior_knowledge = long("/prior_knowledge", prior_knowledge, &stored.prior_knowledge);
    let resources = long("/resources", resources, &stored.resources);
    ProjectChanges {
        degree_id: degree_id.map(|id| id.0).filter(|id| *id != stored.degree_id),
        title: title
            .map(|text| errors.line("/title", &text, 1, TITLE_MAX))
            .filter(|text| *text != stored.title),
        kind: kind.map(|text| errors.line("/kind", &text, 0, KIND_MAX)).filter(|text| *text != stored.kind),
        student_count: student_count.filter(|count| *count != stored.student_count),
        description,
        prior_knowledge,
        resources,
        keywords: words.map(|words| keywords(&words, errors)).filter(|words| *words != stored.keywords),
        tutor_id: tutor_id.map(|id| id.0).filter(|id| *id != stored.tutor_id),
        cotutor_id: cotutor_id.map(|id| id.map(|id| id.0)).filter(|id| *id != stored.cotutor_id),
        ..ProjectChanges::default()
    }
}

/// Whether they touch more than the texts a co-tutor may change.
pub(super) fn touch_more_than_texts(changes: &ProjectChanges) -> bool {
    changes.degree_id.is_some()
        || changes.title.is_some()
        || changes.kind.is_some()
        || changes.student_count.is_some()
        || changes.tutor_id.is_some()
        || changes.cotutor_id.is_some()
}

/// The department of an active professor.
pub(super) fn department_of_tutor(
    conn: &mut PgConnection,
    pointer: &str,
    id: UserId,
    errors: &mut FieldErrors,
) -> AppResult<Option<DepartmentId>> {
    match project::find_candidate(conn, id)? {
        None => errors.push(pointer, FieldCode::Unknown, "There is no such person."),
        Some(candidate) => match candidate.department_id {
            None => errors.push(pointer, FieldCode::NotAProfessor, "This person is not a professor."),
            Some(_) if !candidate.is_active => {
                errors.push(pointer, FieldCode::Inactive, "This professor's account is deactivated.");
            }
            Some(department) => return Ok(Some(DepartmentId(department))),
        },
    }
    Ok(None)
}

/// The level of an active degree.
pub(super) fn level_of_degree(
    conn: &mut PgConnection,
    id: DegreeId,
    errors: &mut FieldErrors,
) -> AppResult<Option<String>> {
    match project::find_degree(conn, id)? {
        None => errors.push("/degree_id", FieldCode::Unknown, "There is no such degree."),
        Some((_, false)) => errors.push("/degree_id", FieldCode::Inactive, "This degree is not offered now."),
        Some((level, true)) => return Ok(Some(level)),
    }
    Ok(None)
}

/// The rules of a degree, for what is new in a project.
pub(super) fn check_rules(
    conn: &mut PgConnection,
    degree: DegreeId,
    year: i16,
    kind: Option<&mut String>,
    student_count: Option<i16>,
    errors: &mut FieldErrors,
) -> AppResult<DegreeRules> {
    let rules = degree::rules_of(conn, &[degree.0], year)?.remove(&degree.0).unwrap_or_default();
    let most = i16::from(rules.max_students_per_project);
    if student_count.is_some_and(|count| !(1..=most).contains(&count)) {
        errors.push(
            "/student_count",
            FieldCode::OutOfRange,
            format!("Projects of this degree take 1 to {most} students."),
        );
    }
    if let Some(kind) = kind.filter(|kind| !kind.is_empty() && !rules.project_kinds.is_empty()) {
        match rules.project_kinds.iter().find(|known| fold(known) == fold(kind)) {
            Some(known) => kind.clone_from(known),
            None => errors.push(
                "/kind",
                FieldCode::UnknownValue,
                format!("Kinds of this degree: {}.", rules.project_kinds.join(", ")),
            ),
        }
    }
    Ok(rules)
}
