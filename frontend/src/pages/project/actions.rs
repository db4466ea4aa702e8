//! What the signed-in person may do with a project, as buttons and dialogs.

use super::assign::AssignDialog;
use crate::api::projects::{delete_project, duplicate_project, step_project};
use crate::components::{Button, ButtonKind, ConfirmDialog, IconName, ReasonDialog, RouteLink, use_toasts};
use crate::hooks::use_action;
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::{Project, ProjectAction, ProjectSummary};
use yew::prelude::*;
use yew_router::prelude::*;

/// What must be known of a project to act on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProjectHandle {
    /// Its id.
    pub id: ProjectId,
    /// Its title.
    pub title: String,
    /// The version that was seen.
    pub version: i32,
    /// How many students it takes.
    pub student_count: i16,
    /// What may be done with it.
    pub allowed: Vec<ProjectAction>,
}

impl From<&ProjectSummary> for ProjectHandle {
    fn from(project: &ProjectSummary) -> Self {
        Self {
            id: project.id,
            title: project.title.clone(),
            version: project.version,
            student_count: project.student_count,
            allowed: project.allowed_actions.clone(),
        }
    }
}

/// Properties of [`ProjectActions`].
#[derive(Properties, PartialEq)]
pub(crate) struct ProjectActionsProps {
    /// The project.
    pub project: ProjectHandle,
    /// Offer only these, in this order; all of them otherwise.
    #[prop_or_default]
    pub only: Option<Vec<ProjectAction>>,
    /// Smaller buttons, for rows.
    #[prop_or_default]
    pub small: bool,
    /// The project is otherwise now.
    pub onchange: Callback<Option<Project>>,
}

/// The order in which all actions are offered: the likeliest first.
const ORDER: [ProjectAction; 12] = [
    ProjectAction::Validate,
    ProjectAction::Reject,
    ProjectAction::Submit,
    ProjectAction::Publish,
    ProjectAction::Assign,
    ProjectAction::Edit,
    ProjectAction::EditText,
    ProjectAction::Reopen,
    ProjectAction::Duplicate,
    ProjectAction::Unpublish,
    ProjectAction::Withdraw,
    ProjectAction::Delete,
];

/// The question, what will happen, and whether it takes something away.
const fn question(action: ProjectAction, t: Texts) -> (&'static str, &'static str, bool) {
    match action {
        ProjectAction::Submit => (t.submit_title(), t.submit_body(), false),
        ProjectAction::Validate => (t.validate_title(), t.validate_body(), false),
        ProjectAction::Reject => (t.reject_title(), t.reject_body(), true),
        ProjectAction::Reopen => (t.reopen_title(), t.reopen_body(), false),
        ProjectAction::Publish => (t.publish_title(), t.publish_body(), false),
        ProjectAction::Unpublish => (t.unpublish_title(), t.unpublish_body(), false),
        ProjectAction::Withdraw => (t.withdraw_title(), t.withdraw_body(), true),
        ProjectAction::Delete => (t.delete_project_title(), t.delete_project_body(), true),
        ProjectAction::Duplicate => (t.duplicate_title(), t.duplicate_body(), false),
        ProjectAction::Assign => (t.assign_title(), t.assign_body(), false),
        ProjectAction::Edit | ProjectAction::EditText => ("", "", false),
    }
}

const fn look(action: ProjectAction) -> (IconName, ButtonKind) {
    match action {
        ProjectAction::Validate => (IconName::CheckCircle, ButtonKind::Primary),
        ProjectAction::Reject => (IconName::TimesCircle, ButtonKind::Secondary),
        ProjectAction::Submit => (IconName::Send, ButtonKind::Primary),
        ProjectAction::Publish => (IconName::Globe, ButtonKind::Primary),
        ProjectAction::Assign => (IconName::UserPlus, ButtonKind::Primary),
        ProjectAction::Edit | ProjectAction::EditText => (IconName::Edit, ButtonKind::Secondary),
        ProjectAction::Reopen => (IconName::Undo, ButtonKind::Secondary),
        ProjectAction::Duplicate => (IconName::Copy, ButtonKind::Tertiary),
        ProjectAction::Unpublish => (IconName::EyeOff, ButtonKind::Tertiary),
        ProjectAction::Withdraw => (IconName::Archive, ButtonKind::Tertiary),
        ProjectAction::Delete => (IconName::Trash, ButtonKind::Tertiary),
    }
}

/// Buttons for what the server says is allowed; each asks before it acts.
#[component]
pub(crate) fn ProjectActions(props: &ProjectActionsProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let navigator = use_navigator();
    let asked = use_state_eq(|| None::<ProjectAction>);
    let project = props.project.clone();

    let act = {
        let (asked, onchange, project) = (asked.setter(), props.onchange.clone(), project.clone());
        use_action(move |client, (action, reason): (ProjectAction, Option<String>)| {
            let (asked, onchange, project) = (asked.clone(), onchange.clone(), project.clone());
            let (toasts, navigator) = (toasts.clone(), navigator.clone());
            let go = move |route: Route| {
                if let Some(navigator) = &navigator {
                    navigator.push(&route);
                }
            };
            async move {
                match action {
                    ProjectAction::Delete => {
                        delete_project(&client, project.id, project.version).await?;
                        asked.set(None);
                        toasts.done(t.project_deleted());
                        onchange.emit(None);
                    }
                    ProjectAction::Duplicate => {
                        let copy = duplicate_project(&client, project.id).await?;
                        asked.set(None);
                        toasts.done(t.project_duplicated());
                        go(Route::EditProject { id: copy.summary.id });
                    }
                    _ => {
                        let changed =
                            step_project(&client, project.id, project.version, action, reason).await?;
                        asked.set(None);
                        toasts.done(t.step_done(t.project_state(changed.summary.state)));
                        onchange.emit(Some(changed));
                    }
                }
                Ok(())
            }
        })
    };
    let leave = {
        let (asked, clear) = (asked.setter(), act.clear.clone());
        Callback::from(move |()| {
            asked.set(None);
            clear.emit(());
        })
    };

    let order = props.only.clone().unwrap_or_else(|| ORDER.to_vec());
    let offered: Vec<ProjectAction> =
        order.into_iter().filter(|action| project.allowed.contains(action)).collect();
    let button = |action: ProjectAction| {
        let (icon, kind) = look(action);
        let kind = if props.small && kind == ButtonKind::Tertiary { ButtonKind::Link } else { kind };
        if matches!(action, ProjectAction::Edit | ProjectAction::EditText) {
            return html! {
                <RouteLink
                    to={Route::EditProject { id: project.id }}
                    class={classes!(kind.class(), props.small.then_some("pf-m-small"))}
                >
                    <span class="pf-v6-c-button__icon pf-m-start"><crate::components::Icon name={icon} /></span>
                    <span class="pf-v6-c-button__text">{ t.project_action(action) }</span>
                </RouteLink>
            };
        }
        let onclick = {
            let asked = asked.setter();
            Callback::from(move |_: MouseEvent| asked.set(Some(action)))
        };
        html! { <Button label={t.project_action(action)} {icon} {kind} small={props.small} {onclick} /> }
    };
    let dialog = (*asked).map(|action| {
        let (title, body, danger) = question(action, t);
        match action {
            ProjectAction::Assign => html! {
                <AssignDialog
                    project={project.clone()}
                    onclose={leave.clone()}
                    onassigned={
                        let (leave, onchange) = (leave.clone(), props.onchange.clone());
                        Callback::from(move |()| { leave.emit(()); onchange.emit(None); })
                    }
                />
            },
            ProjectAction::Reject | ProjectAction::Withdraw => html! {
                <ReasonDialog
                    {title}
                    label={t.reason()}
                    confirm={t.project_action(action)}
                    {danger}
                    busy={act.running}
                    error={act.error.clone()}
                    onconfirm={act.run.reform(move |reason| (action, Some(reason)))}
                    oncancel={leave.clone()}
                >
                    <p><strong>{ &project.title }</strong></p>
                    <p>{ body }</p>
                </ReasonDialog>
            },
            _ => html! {
                <ConfirmDialog
                    {title}
                    confirm={t.project_action(action)}
                    {danger}
                    busy={act.running}
                    error={act.error.clone()}
                    onconfirm={act.run.reform(move |()| (action, None))}
                    oncancel={leave.clone()}
                >
                    <p><strong>{ &project.title }</strong></p>
                    <p>{ body }</p>
                </ConfirmDialog>
            },
        }
    });
    html! {
        <>
            <div class="gestfg-row-actions">{ for offered.into_iter().map(button) }</div>
            { dialog }
        </>
    }
}
