//! What is typed into the editor, and what becomes of it on the wire.

use crate::api::projects::create_project;
use crate::api::{ApiError, Client};
use crate::hooks::FieldProblem;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::projects::{
    CreateProject, KEYWORD_MAX, KEYWORDS_MAX, KIND_MAX, Project, TEXT_MAX, TITLE_MAX, UpdateProject,
};
use gestfg_types::users::PersonRef;

/// What is typed into the editor.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) degree_id: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) student_count: String,
    pub(super) description: String,
    pub(super) prior_knowledge: String,
    pub(super) resources: String,
    pub(super) keywords: String,
    pub(super) tutor: Option<PersonRef>,
    pub(super) cotutor: Option<PersonRef>,
}

impl From<&Project> for Draft {
    fn from(project: &Project) -> Self {
        let summary = &project.summary;
        Self {
            degree_id: summary.degree.id.to_string(),
            title: summary.title.clone(),
            kind: summary.kind.clone(),
            student_count: summary.student_count.to_string(),
            description: project.description.clone(),
            prior_knowledge: project.prior_knowledge.clone(),
            resources: project.resources.clone(),
            keywords: summary.keywords.join(", "),
            tutor: summary.tutor.clone(),
            cotutor: summary.cotutor.clone(),
        }
    }
}

pub(super) fn keywords(text: &str) -> Vec<String> {
    text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let words = keywords(&draft.keywords);
    let same =
        draft.tutor.as_ref().zip(draft.cotutor.as_ref()).is_some_and(|(one, other)| one.id == other.id);
    Check::new()
        .when(draft.degree_id.is_empty(), "/degree_id", FieldCode::Required)
        .text("/title", &draft.title, TITLE_MAX)
        .optional_text("/kind", &draft.kind, KIND_MAX)
        .optional_text("/description", &draft.description, TEXT_MAX)
        .optional_text("/prior_knowledge", &draft.prior_knowledge, TEXT_MAX)
        .optional_text("/resources", &draft.resources, TEXT_MAX)
        .when(words.len() > KEYWORDS_MAX, "/keywords", FieldCode::OutOfRange)
        .when(words.iter().any(|word| word.chars().count() > KEYWORD_MAX), "/keywords", FieldCode::TooLong)
        .when(same, "/cotutor_id", FieldCode::SamePerson)
        .done()
}

pub(super) async fn create(client: &Client, draft: Draft) -> Result<Project, ApiError> {
    let project = CreateProject {
        degree_id: draft.degree_id.parse().map_err(|_error| ApiError::Unexpected(0))?,
        title: draft.title.trim().to_owned(),
        kind: draft.kind.trim().to_owned(),
        student_count: draft.student_count.parse().unwrap_or(1),
        description: draft.description,
        prior_knowledge: draft.prior_knowledge,
        resources: draft.resources,
        keywords: keywords(&draft.keywords),
        tutor_id: draft.tutor.map(|person| person.id),
        cotutor_id: draft.cotutor.map(|person| person.id),
    };
    create_project(client, &project).await
}

/// Only what differs from what was loaded travels, so that a co-tutor's edit
/// of a text touches nothing else.
pub(super) fn changes(before: &Draft, after: &Draft) -> UpdateProject {
    let text = |before: &String, after: &String| (before != after).then(|| after.trim().to_owned());
    UpdateProject {
        degree_id: text(&before.degree_id, &after.degree_id).and_then(|id| id.parse().ok()),
        title: text(&before.title, &after.title),
        kind: text(&before.kind, &after.kind),
        student_count: text(&before.student_count, &after.student_count).and_then(|count| count.parse().ok()),
        description: text(&before.description, &after.description),
        prior_knowledge: text(&before.prior_knowledge, &after.prior_knowledge),
        resources: text(&before.resources, &after.resources),
        keywords: (before.keywords != after.keywords).then(|| keywords(&after.keywords)),
        tutor_id: if before.tutor == after.tutor {
            None
        } else {
            after.tutor.as_ref().map(|person| person.id)
        },
        cotutor_id: (before.cotutor != after.cotutor).then(|| after.cotutor.as_ref().map(|person| person.id)),
    }
}

/// What was typed, on top of what somebody else saved meanwhile: fields not
/// touched here take the other's value.
pub(super) fn merge(before: &Draft, mine: &Draft, theirs: &Draft) -> Draft {
    fn pick<V: PartialEq + Clone>(before: &V, mine: &V, theirs: &V) -> V {
        if mine == before { theirs.clone() } else { mine.clone() }
    }
    Draft {
        degree_id: pick(&before.degree_id, &mine.degree_id, &theirs.degree_id),
        title: pick(&before.title, &mine.title, &theirs.title),
        kind: pick(&before.kind, &mine.kind, &theirs.kind),
        student_count: pick(&before.student_count, &mine.student_count, &theirs.student_count),
        description: pick(&before.description, &mine.description, &theirs.description),
        prior_knowledge: pick(&before.prior_knowledge, &mine.prior_knowledge, &theirs.prior_knowledge),
        resources: pick(&before.resources, &mine.resources, &theirs.resources),
        keywords: pick(&before.keywords, &mine.keywords, &theirs.keywords),
        tutor: pick(&before.tutor, &mine.tutor, &theirs.tutor),
        cotutor: pick(&before.cotutor, &mine.cotutor, &theirs.cotutor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_travels() {
        let before = Draft { title: "Uno".into(), keywords: "a, b".into(), ..Draft::default() };
        let after = Draft { keywords: "a, c, ".into(), ..before.clone() };
        let changes = changes(&before, &after);
        assert_eq!(changes.title, None);
        assert_eq!(changes.keywords, Some(vec!["a".to_owned(), "c".to_owned()]));
        assert_eq!(changes.cotutor_id, None);
    }

    #[test]
    fn what_others_saved_is_kept_where_nothing_was_typed() {
        let before = Draft { title: "Uno".into(), kind: "T1".into(), ..Draft::default() };
        let mine = Draft { title: "Dos".into(), ..before.clone() };
        let theirs = Draft { title: "Tres".into(), kind: "T2".into(), ..Draft::default() };
        let merged = merge(&before, &mine, &theirs);
        assert_eq!((merged.title.as_str(), merged.kind.as_str()), ("Dos", "T2"));
    }

    #[test]
    fn the_tutor_is_not_the_cotutor() {
        let person = PersonRef { id: gestfg_types::ids::UserId(1), name: "Ada".into() };
        let draft = Draft {
            degree_id: "1".into(),
            title: "Uno".into(),
            tutor: Some(person.clone()),
            cotutor: Some(person),
            ..Draft::default()
        };
        assert_eq!(check(&draft), [FieldProblem::new("/cotutor_id", FieldCode::SamePerson)]);
    }
}
