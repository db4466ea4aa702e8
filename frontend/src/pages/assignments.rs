//! Projects with their students.

use super::assignment::{CancelDialog, student};
use super::requests::EnterDialog;
use crate::api::assignments::list_assignments;
use crate::components::{
    AssignmentBadge, Button, ButtonKind, Choice, Column, DataTable, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, Pager, RouteLink, SelectField, TableContent,
    draw_remote, export_query,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct AssignmentsQuery {
    state: String,
    mine: String,
    requested: String,
    cursor: String,
}

impl ListQuery for AssignmentsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// What stands before the list.
#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Cancelling(Assignment),
    Entering(Assignment),
}

/// Assignments one takes part in or looks after.
#[component]
pub fn AssignmentsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<AssignmentsQuery>();
    let query = url.query.clone();
    let over = use_state_eq(|| Over::Nothing);
    let remote =
        use_remote(query.clone(), |client, query| async move { list_assignments(&client, &query).await });
    use_updates(&[UpdateTopic::Assignments, UpdateTopic::EvaluationRequests], &remote.refresh);
    let filtered = url.is_filtered();
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
        html! {
            <>
                <DataTable
                    caption={t.route_assignments()}
                    content={TableContent::new(&columns(t, &dates, &over.setter()), &page.items)}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, reload) = (over.setter(), remote.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            reload.emit(());
        })
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Cancelling(assignment) => html! {
            <CancelDialog assignment={assignment.clone()} onclose={close} oncancelled={done.reform(|_| ())} />
        },
        Over::Entering(assignment) => html! {
            <EnterDialog
                assignment={assignment.id}
                title={assignment.project_title.clone()}
                degree={assignment.degree.id}
                onclose={close}
                onentered={done.reform(|_| ())}
            />
        },
    };
    html! {
        <>
            <PageHeader
                title={t.route_assignments()}
                lead={t.assignments_lead()}
                actions={html! { <ListExport path="/assignments" query={export_query(&query)} name={t.route_assignments()} /> }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <FilterBar active={filtered} onclear={url.onclear()}>
                        <SelectField
                            label={t.state()}
                            none={t.any_feminine()}
                            choices={states.map(|state| Choice::new(state.as_str(), t.assignment_state(state))).to_vec()}
                            field={url.filter("filter-state", &query.state, |query, state| query.state = state)}
                        />
                        <SelectField
                            label={t.whose()}
                            none={t.any_feminine()}
                            choices={vec![Choice::new("true", t.mine_only())]}
                            field={url.filter("filter-mine", &query.mine, |query, mine| query.mine = mine)}
                        />
                        <SelectField
                            label={t.requested_filter()}
                            none={t.any_feminine()}
                            choices={vec![Choice::new("true", t.requested_yes()), Choice::new("false", t.requested_no())]}
                            field={url.filter("filter-requested", &query.requested, |query, value| query.requested = value)}
                        />
                    </FilterBar>
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, over: &UseStateSetter<Over>) -> Vec<Column<Assignment>> {
    let (dates, over) = (dates.clone(), over.clone());
    vec![
        Column::new(t.project(), |assignment: &Assignment| {
            html! {
                <RouteLink to={Route::Assignment { id: assignment.id }}>{ &assignment.project_title }</RouteLink>
            }
        }),
        Column::new(t.students(), |assignment: &Assignment| {
            html! { <ul role="list">{ for assignment.students.iter().map(student) }</ul> }
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
            let may = |action: AssignmentAction| assignment.allowed_actions.contains(&action);
            let open = |next: Over| {
                let over = over.clone();
                Callback::from(move |_: MouseEvent| over.set(next.clone()))
            };
            html! {
                <div class="gestfg-row-actions">
                    if may(AssignmentAction::RequestEvaluation) {
                        <Button
                            label={t.request_enter()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Send}
                            small=true
                            onclick={open(Over::Entering(assignment.clone()))}
                        />
                    }
                    if may(AssignmentAction::Cancel) {
                        <Button
                            label={t.cancel_assignment()}
                            kind={ButtonKind::Link}
                            icon={IconName::TimesCircle}
                            small=true
                            onclick={open(Over::Cancelling(assignment.clone()))}
                        />
                    }
                </div>
            }
        }),
    ]
}
