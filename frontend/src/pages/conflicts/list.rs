//! Declared conflicts of interest.

use super::declare::DeclareDialog;
use crate::api::availability::{delete_conflict, list_conflicts};
use crate::components::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, IconName, LoadingShape, Pager,
    RouteLink, TableContent, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::conflicts_of_interest::{ConflictAction, ConflictOfInterest};
use gestfg_types::ids::{ConflictOfInterestId, UserId};
use gestfg_types::pagination::Page;
use yew::prelude::*;

/// Properties of [`ConflictList`].
#[derive(Properties, PartialEq)]
pub(crate) struct ConflictListProps {
    /// Only the reader's own.
    #[prop_or_default]
    pub(crate) own: bool,
    /// Only this professor's.
    #[prop_or_default]
    pub(crate) professor: Option<UserId>,
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Declaring,
    Deleting(Box<ConflictOfInterest>),
}

/// What the conflict is with.
fn target(conflict: &ConflictOfInterest) -> &str {
    let project = conflict.project.as_ref().map(|project| project.title.as_str());
    let person = conflict.student.as_ref().or(conflict.other_professor.as_ref());
    project.or(person.map(|person| person.name.as_str())).unwrap_or_default()
}

fn kind(conflict: &ConflictOfInterest, t: Texts) -> &'static str {
    match (&conflict.project, &conflict.student) {
        (Some(_), _) => t.conflict_project(),
        (None, Some(_)) => t.conflict_student(),
        (None, None) => t.conflict_other(),
    }
}

/// A list with what can be done to it: declare one, take one back.
#[component]
pub(crate) fn ConflictList(props: &ConflictListProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let over = use_state_eq(|| Over::Nothing);
    let cursor = use_state_eq(String::new);
    let professor = if props.own { session.me().map(|me| me.id) } else { props.professor };
    let asked = (professor, (*cursor).clone());
    let found = use_remote(asked, |client, (professor, cursor)| async move {
        list_conflicts(&client, professor, &cursor).await
    });
    let deletion = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        use_action(move |client, id: ConflictOfInterestId| {
            let (over, refresh, toasts) = (over.clone(), refresh.clone(), toasts.clone());
            async move {
                delete_conflict(&client, id).await?;
                over.set(Over::Nothing);
                toasts.done(t.conflict_withdrawn());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let close = {
        let (over, clear) = (over.setter(), deletion.clear.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            clear.emit(());
        })
    };
    let declared = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let declare = {
        let over = over.setter();
        let onclick = Callback::from(move |_: MouseEvent| over.set(Over::Declaring));
        html! { <Button label={t.conflict_declare()} kind={ButtonKind::Secondary} icon={IconName::Plus} {onclick} /> }
    };
    let mut columns = Vec::new();
    if !props.own {
        columns.push(Column::new(
            t.conflict_professor(),
            |it: &ConflictOfInterest| html! { <strong>{ &it.professor.name }</strong> },
        ));
    }
    columns.push(Column::new(t.conflict_with(), move |it: &ConflictOfInterest| {
        let shown = match &it.project {
            Some(project) => {
                html! { <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink> }
            }
            None => html! { target(it) },
        };
        html! { <>{ shown }<p class="gestfg-subtle gestfg-small">{ kind(it, t) }</p></> }
    }));
    columns.push(Column::new(t.reason(), |it: &ConflictOfInterest| html! { &it.reason }));
    columns.push(Column::new(t.conflict_declared_at(), move |it: &ConflictOfInterest| {
        html! {
            <>
                { dates.date(it.declared_at) }
                if let Some(by) = it.declared_by.as_ref().filter(|by| by.id != it.professor.id) {
                    <p class="gestfg-subtle gestfg-small">{ &by.name }</p>
                }
            </>
        }
    }));
    columns.push(
        Column::new(t.actions(), {
            let over = over.setter();
            move |it: &ConflictOfInterest| {
                if !it.allowed_actions.contains(&ConflictAction::Delete) {
                    return html! {};
                }
                let (over, it) = (over.clone(), it.clone());
                let label = t.conflict_delete_named(target(&it));
                let onclick = Callback::from(move |_: MouseEvent| over.set(Over::Deleting(Box::new(it.clone()))));
                html! { <Button {label} kind={ButtonKind::Plain} icon={IconName::Trash} icon_only=true {onclick} /> }
            }
        })
        .of_actions(),
    );
    let onpage = {
        let cursor = cursor.setter();
        Callback::from(move |next: String| cursor.set(next))
    };
    let list = |page: &Page<ConflictOfInterest>| {
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Shield} title={t.conflicts_empty()}>{ t.conflicts_empty_body() }</EmptyState>
            };
        }
        html! {
            <>
                <DataTable caption={t.route_conflicts()} content={TableContent::new(&columns, &page.items)} />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={(*cursor).clone()}
                    next={page.next_cursor.clone()}
                    onpage={onpage.clone()}
                />
            </>
        }
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Declaring => html! {
            <DeclareDialog on_behalf={!props.own} ondeclared={declared} onclose={close} />
        },
        Over::Deleting(conflict) => {
            let id = conflict.id;
            html! {
                <ConfirmDialog
                    title={t.conflict_delete_title()}
                    confirm={t.conflict_delete()}
                    danger=true
                    busy={deletion.running}
                    error={deletion.error.clone()}
                    onconfirm={deletion.run.reform(move |()| id)}
                    oncancel={close}
                >
                    <p><strong>{ target(conflict) }</strong></p>
                    <p>{ t.conflict_delete_body() }</p>
                </ConfirmDialog>
            }
        }
    };
    html! {
        <div class="gestfg-stack">
            <div class="gestfg-row-actions gestfg-row-actions--start">{ declare }</div>
            { draw_remote(&found, LoadingShape::Rows, list) }
            { dialog }
        </div>
    }
}
