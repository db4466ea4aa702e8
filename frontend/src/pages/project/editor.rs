//! Writing a project.

use super::conflict::ConflictDialog;
use crate::api::master::active_degrees;
use crate::api::projects::{create_project, find_project, update_project};
use crate::api::{ApiError, Client};
use crate::components::{
    Alert, Card, Choice, Crumb, FormActions, FormFrame, LoadingShape, MarkdownField, PageHeader, PageSection,
    ProfessorSelect, SelectField, TextField, Tone, draw_remote, use_toasts,
};
use crate::hooks::{FieldProblem, FormHandle, use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::ProjectId;
use gestfg_types::master::Degree;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{
    CreateProject, KEYWORD_MAX, KEYWORDS_MAX, KIND_MAX, Project, ProjectAction, TEXT_MAX, TITLE_MAX,
    UpdateProject,
};
use gestfg_types::session::Permission;
use gestfg_types::users::PersonRef;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

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

fn keywords(text: &str) -> Vec<String> {
    text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

fn check(draft: &Draft) -> Vec<FieldProblem> {
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

async fn create(client: &Client, draft: Draft) -> Result<Project, ApiError> {
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
fn changes(before: &Draft, after: &Draft) -> UpdateProject {
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
fn merge(before: &Draft, mine: &Draft, theirs: &Draft) -> Draft {
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

#[derive(Properties, PartialEq)]
struct FieldsProps {
    form: FormBox,
    /// Only the texts may change.
    #[prop_or_default]
    text_only: bool,
    /// Who the tutor is may be chosen.
    #[prop_or_default]
    with_tutor: bool,
    /// The degree can no longer change.
    #[prop_or_default]
    degree_fixed: bool,
}

/// A form handle that is never equal to another: its fields are drawn anew
/// with every key.
#[derive(Clone)]
struct FormBox(FormHandle<Draft>);

impl PartialEq for FormBox {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

#[component]
fn Fields(props: &FieldsProps) -> Html {
    let t = use_texts();
    let form = &props.form.0;
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let fixed = props.text_only;
    let mut degree = form.field("/degree_id", |d| d.degree_id.clone(), |d, id| d.degree_id = id);
    degree.disabled |= fixed || props.degree_fixed;
    let mut kind = form.field("/kind", |d| d.kind.clone(), |d, kind| d.kind = kind);
    kind.disabled |= fixed;
    let mut title = form.field("/title", |d| d.title.clone(), |d, title| d.title = title);
    title.disabled |= fixed;
    let mut count =
        form.field("/student_count", |d| d.student_count.clone(), |d, count| d.student_count = count);
    count.disabled |= fixed;
    let mut tutor = form.field("/tutor_id", |d| d.tutor.clone(), |d, person| d.tutor = person);
    tutor.disabled |= fixed;
    let mut cotutor = form.field("/cotutor_id", |d| d.cotutor.clone(), |d, person| d.cotutor = person);
    cotutor.disabled |= fixed;

    draw_remote(&degrees, LoadingShape::Text, |page: &Page<Degree>| {
        let chosen = page.items.iter().find(|found| found.id.to_string() == form.values().degree_id);
        let most = chosen.map_or(3, |degree| degree.rules.max_students_per_project.clamp(1, 3));
        let kinds = chosen.map(|degree| degree.rules.project_kinds.clone()).unwrap_or_default();
        let choices: Vec<Choice> = page
            .items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect();
        let kind_field = if kinds.is_empty() {
            html! { <TextField field={kind.clone()} label={t.kind()} help={t.kind_help()} max={KIND_MAX} /> }
        } else {
            let mut choices: Vec<Choice> = kinds.iter().map(|kind| Choice::new(kind, kind.clone())).collect();
            if !kind.value.is_empty() && !kinds.contains(&kind.value) {
                choices.push(Choice::new(&kind.value, kind.value.clone()));
            }
            html! { <SelectField field={kind.clone()} label={t.kind()} none="—" {choices} /> }
        };
        html! {
            <div class="pf-v6-c-form">
                <TextField field={title} label={t.title_column()} help={t.title_help()} required=true max={TITLE_MAX} />
                <div class="gestfg-form-row">
                    <SelectField field={degree} label={t.degree()} required=true none={t.choose_degree()} {choices} />
                    { kind_field }
                    <SelectField
                        field={count}
                        label={t.students()}
                        help={t.students_help()}
                        required=true
                        choices={(1..=most).map(|n| Choice::new(n, n.to_string())).collect::<Vec<_>>()}
                    />
                </div>
                <div class="gestfg-form-row">
                    if props.with_tutor {
                        <ProfessorSelect field={tutor} label={t.tutor()} help={t.tutor_yourself()} />
                    }
                    <ProfessorSelect field={cotutor} label={t.cotutor()} help={t.cotutor_help()} />
                </div>
                <MarkdownField
                    field={form.field("/description", |d| d.description.clone(), |d, text| d.description = text)}
                    label={t.description()}
                    help={t.markdown_help()}
                    max={TEXT_MAX}
                    rows={12}
                />
                <MarkdownField
                    field={form.field("/prior_knowledge", |d| d.prior_knowledge.clone(), |d, text| d.prior_knowledge = text)}
                    label={t.prior_knowledge()}
                    max={TEXT_MAX}
                    rows={5}
                />
                <MarkdownField
                    field={form.field("/resources", |d| d.resources.clone(), |d, text| d.resources = text)}
                    label={t.resources()}
                    max={TEXT_MAX}
                    rows={5}
                />
                <TextField
                    field={form.field("/keywords", |d| d.keywords.clone(), |d, text| d.keywords = text)}
                    label={t.keywords()}
                    help={t.keywords_help()}
                />
            </div>
        }
    })
}

/// The pointers that have a field, so that anything else is said at the head.
const POINTERS: [&str; 10] = [
    "/degree_id",
    "/title",
    "/kind",
    "/student_count",
    "/description",
    "/prior_knowledge",
    "/resources",
    "/keywords",
    "/tutor_id",
    "/cotutor_id",
];

/// The page to write a new project on.
#[component]
pub fn NewProjectPage() -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let navigator = use_navigator();
    let form = use_form("project", || Draft { student_count: "1".to_owned(), ..Draft::default() }, check);
    let guard = use_unsaved_guard(form.is_dirty());
    let leave = {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::MyProjects);
            }
        })
    };
    let onsubmit = form.on_submit({
        let client = session.client.clone();
        move |draft: Draft| {
            let (client, toasts, guard, navigator) =
                (client.clone(), toasts.clone(), guard.clone(), navigator.clone());
            async move {
                let project = create(&client, draft).await?;
                guard.release();
                toasts.done(t.draft_created());
                if let Some(navigator) = navigator {
                    navigator.push(&Route::Project { id: project.summary.id });
                }
                Ok(())
            }
        }
    });
    let for_others = session.may(Permission::ValidateProjects) || session.may(Permission::ManagePeople);
    html! {
        <>
            <PageHeader
                title={t.route_new_project()}
                lead={t.required_note()}
                crumbs={vec![Crumb { to: Route::MyProjects, label: t.route_my_projects().into() }]}
            />
            <PageSection>
                <Card>
                    <FormFrame
                        id={form.id.clone()}
                        {onsubmit}
                        failure={form.failure().cloned()}
                        elsewhere={form.errors_elsewhere(&POINTERS)}
                    >
                        <Fields form={FormBox(form.clone())} with_tutor={for_others} />
                        <FormActions label={t.create_draft()} sending={form.is_sending()} oncancel={leave} />
                    </FormFrame>
                </Card>
            </PageSection>
        </>
    }
}

/// Properties of [`EditProjectPage`].
#[derive(Properties, PartialEq)]
pub struct EditProjectPageProps {
    /// Which project.
    pub id: ProjectId,
}

/// The page to rewrite a project on.
#[component]
pub fn EditProjectPage(props: &EditProjectPageProps) -> Html {
    let t = use_texts();
    let remote = use_remote(props.id, |client, id| async move { find_project(&client, id).await });
    let crumbs = vec![
        Crumb { to: Route::MyProjects, label: t.route_my_projects().into() },
        Crumb { to: Route::Project { id: props.id }, label: t.route_project().into() },
    ];
    html! {
        <>
            <PageHeader title={t.route_edit_project()} lead={t.required_note()} {crumbs} />
            <PageSection>
                { draw_remote(&remote, LoadingShape::Text, |project: &Project| html! {
                    <Editor project={Rc::new(project.clone())} />
                }) }
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    project: Rc<Project>,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let navigator = use_navigator();
    // What the typed text is based on: saving is refused if it is not the
    // server's latest.
    let base = use_state(|| (*props.project).clone());
    let theirs = use_state(|| None::<Rc<Project>>);
    let form = use_form("project", || Draft::from(&*props.project), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let id = base.summary.id;
    let allowed = &base.summary.allowed_actions;
    let may_edit = allowed.contains(&ProjectAction::Edit);
    let text_only = !may_edit && allowed.contains(&ProjectAction::EditText);

    let onsubmit = form.on_submit({
        let (client, base, theirs) = (session.client.clone(), base.clone(), theirs.setter());
        let navigator = navigator.clone();
        move |draft: Draft| {
            let (client, toasts, guard, navigator) =
                (client.clone(), toasts.clone(), guard.clone(), navigator.clone());
            let (base, theirs) = ((*base).clone(), theirs.clone());
            async move {
                let changes = changes(&Draft::from(&base), &draft);
                match update_project(&client, id, base.summary.version, &changes).await {
                    Err(error) if error.code() == Some(ErrorCode::StaleVersion) => {
                        theirs.set(Some(Rc::new(find_project(&client, id).await?)));
                        Err(error)
                    }
                    Err(error) => Err(error),
                    Ok(_) => {
                        guard.release();
                        toasts.done(t.saved());
                        if let Some(navigator) = navigator {
                            navigator.push(&Route::Project { id });
                        }
                        Ok(())
                    }
                }
            }
        }
    });
    let leave = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Project { id });
        }
    });
    if !may_edit && !text_only {
        return html! { <Alert tone={Tone::Warning} title={t.cannot_edit()} /> };
    }
    let conflict = (*theirs).clone().map(|found| {
        let keep = {
            let (base, theirs, found, form) =
                (base.clone(), theirs.setter(), Rc::clone(&found), form.clone());
            Callback::from(move |()| {
                let merged = merge(&Draft::from(&*base), form.values(), &Draft::from(&*found));
                form.reset(Draft::from(&*found));
                form.edit(move |values| *values = merged);
                base.set((*found).clone());
                theirs.set(None);
            })
        };
        let load = {
            let (base, theirs, found, form) =
                (base.clone(), theirs.setter(), Rc::clone(&found), form.clone());
            Callback::from(move |()| {
                base.set((*found).clone());
                form.reset(Draft::from(&*found));
                theirs.set(None);
            })
        };
        html! {
            <ConflictDialog
                mine={form.values().clone()}
                theirs={Draft::from(&*found)}
                onkeep={keep}
                onload={load}
            />
        }
    });
    let with_tutor =
        may_edit && (session.may(Permission::ValidateProjects) || session.may(Permission::ManagePeople));
    let degree_fixed = base.summary.state != gestfg_types::projects::ProjectState::Draft;
    html! {
        <Card>
            if text_only {
                <div class="gestfg-gap-after"><Alert title={t.edit_text_only()} /></div>
            }
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&POINTERS)}
            >
                <Fields form={FormBox(form.clone())} {text_only} {with_tutor} {degree_fixed} />
                <FormActions
                    label={t.save()}
                    sending={form.is_sending()}
                    disabled={!form.is_dirty()}
                    oncancel={leave}
                />
            </FormFrame>
            { conflict }
        </Card>
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
