//! Writing a project.

use super::conflict::ConflictDialog;
use super::draft::{Draft, changes, check, create, merge};
use super::fields::{Fields, FormBox, POINTERS};
use crate::api::projects::{find_project, update_project};
use crate::components::{
    Alert, Card, Crumb, FormActions, FormFrame, LoadingShape, PageHeader, PageSection, Tone, draw_remote,
    use_toasts,
};
use crate::hooks::{use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::{Project, ProjectAction};
use gestfg_types::session::Permission;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

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
