//! Projects with their students.

use crate::api::assignments::{cancel_assignment, list_assignments};
use crate::components::{
    AssignmentBadge, Button, ButtonKind, Choice, Column, DataTable, EmptyState, FilterBar, IconName,
    LoadingShape, PageHeader, PageSection, Pager, ReasonDialog, RouteLink, SelectField, TableContent,
    draw_remote, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{Field, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct AssignmentsQuery {
    state: String,
    mine: String,
    cursor: String,
}

/// Assignments one takes part in or looks after.
#[component]
pub fn AssignmentsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let url = use_query::<AssignmentsQuery>();
    let query = url.query.clone();
    let asked = use_state_eq(|| None::<Assignment>);
    let remote =
        use_remote(query.clone(), |client, query| async move { list_assignments(&client, &query).await });
    let cancel = {
        let (asked, reload) = (asked.setter(), remote.reload.clone());
        use_action(move |client, (assignment, reason): (Assignment, String)| {
            let (asked, reload, toasts) = (asked.clone(), reload.clone(), toasts.clone());
            async move {
                cancel_assignment(&client, assignment.id, assignment.version, reason).await?;
                asked.set(None);
                toasts.done(t.assignment_cancelled());
                reload.emit(());
                Ok(())
            }
        })
    };
    let field = |id: &'static str, value: &str, change: fn(&mut AssignmentsQuery, String)| {
        let (query, go) = (query.clone(), url.go.clone());
        Field {
            id: id.into(),
            value: value.to_owned(),
            error: None,
            onchange: Callback::from(move |value: String| {
                let mut next = AssignmentsQuery { cursor: String::new(), ..query.clone() };
                change(&mut next, value);
                go.emit(next);
            }),
            onleave: Callback::noop(),
            disabled: false,
        }
    };
    let onpage = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |cursor: String| go.emit(AssignmentsQuery { cursor, ..query.clone() }))
    };
    let filtered = !query.state.is_empty() || !query.mine.is_empty();
    let states = [AssignmentState::Active, AssignmentState::Finished, AssignmentState::Cancelled];
    let list = |page: &Page<Assignment>| {
        if page.items.is_empty() && filtered {
            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::UserPlus} title={t.assignments_empty()}>
                    { t.assignments_empty_body() }
                </EmptyState>
            };
        }
        let ask = {
            let asked = asked.setter();
            Callback::from(move |assignment: Assignment| asked.set(Some(assignment)))
        };
        html! {
            <>
                <DataTable
                    caption={t.route_assignments()}
                    content={TableContent::new(&columns(t, &dates, &ask), &page.items)}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    {onpage}
                />
            </>
        }
    };
    let dialog = (*asked).clone().map(|assignment| {
        let leave = {
            let (asked, clear) = (asked.setter(), cancel.clear.clone());
            Callback::from(move |()| {
                asked.set(None);
                clear.emit(());
            })
        };
        let title = assignment.project_title.clone();
        html! {
            <ReasonDialog
                title={t.cancel_assignment_title()}
                label={t.reason()}
                confirm={t.cancel_assignment()}
                danger=true
                busy={cancel.running}
                error={cancel.error.clone()}
                onconfirm={cancel.run.reform(move |reason| (assignment.clone(), reason))}
                oncancel={leave}
            >
                <p><strong>{ title }</strong></p>
                <p>{ t.cancel_assignment_body() }</p>
            </ReasonDialog>
        }
    });
    html! {
        <>
            <PageHeader title={t.route_assignments()} lead={t.assignments_lead()} />
            <PageSection>
                <div class="gestfg-stack">
                    <FilterBar active={filtered} onclear={url.go.reform(|()| AssignmentsQuery::default())}>
                        <SelectField
                            label={t.state()}
                            none={t.any_feminine()}
                            choices={states.map(|state| Choice::new(state.as_str(), t.assignment_state(state))).to_vec()}
                            field={field("filter-state", &query.state, |query, state| query.state = state)}
                        />
                        <SelectField
                            label={t.whose()}
                            none={t.any_feminine()}
                            choices={vec![Choice::new("true", t.mine_only())]}
                            field={field("filter-mine", &query.mine, |query, mine| query.mine = mine)}
                        />
                    </FilterBar>
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, ask: &Callback<Assignment>) -> Vec<Column<Assignment>> {
    let (dates, ask) = (dates.clone(), ask.clone());
    vec![
        Column::new(t.project(), |assignment: &Assignment| {
            html! {
                <RouteLink to={Route::Project { id: assignment.project_id }}>{ &assignment.project_title }</RouteLink>
            }
        }),
        Column::new(t.students(), |assignment: &Assignment| {
            html! {
                <ul role="list">
                    { for assignment.students.iter().map(|student| html! {
                        <li>
                            { &student.person.name }
                            if let Some(email) = &student.email {
                                { " " }<a href={format!("mailto:{email}")} class="gestfg-small">{ email }</a>
                            }
                        </li>
                    }) }
                </ul>
            }
        }),
        Column::new(t.tutor(), |assignment: &Assignment| html! { &assignment.tutor.name }),
        Column::new(t.degree(), |assignment: &Assignment| html! { &assignment.degree.code }),
        Column::new(
            t.assigned_on(),
            move |assignment: &Assignment| html! { dates.date(assignment.created_at) },
        ),
        Column::new(t.state(), move |assignment: &Assignment| {
            html! {
                <>
                    <AssignmentBadge state={assignment.state} />
                    if let Some(reason) = &assignment.cancel_reason {
                        <p class="gestfg-subtle gestfg-small" title={t.cancelled_because()}>{ reason }</p>
                    }
                </>
            }
        }),
        Column::new(t.actions(), move |assignment: &Assignment| {
            if !assignment.allowed_actions.contains(&AssignmentAction::Cancel) {
                return html! {};
            }
            let onclick = {
                let (ask, assignment) = (ask.clone(), assignment.clone());
                Callback::from(move |_: MouseEvent| ask.emit(assignment.clone()))
            };
            html! {
                <Button
                    label={t.cancel_assignment()}
                    kind={ButtonKind::Link}
                    icon={IconName::TimesCircle}
                    small=true
                    {onclick}
                />
            }
        }),
    ]
}
