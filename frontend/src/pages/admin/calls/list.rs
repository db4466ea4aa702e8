//! The calls, for those who keep them.

use super::copy::CopyDialog;
use super::create::{CreateDialog, sitting_choices};
use super::open::{DeleteDialog, OpenDialog};
use crate::api::calls::list_calls;
use crate::api::master::{active_degrees, list_items};
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, DataTable, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, Pager, RouteLink, SelectField, TableContent,
    draw_remote, export_query,
};
use crate::format::{Dates, academic_year, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::pages::calls::CallBadge;
use crate::pages::requests::keeps_degree;
use crate::route::Route;
use crate::session::use_session;
use crate::zone::use_configuration;
use gestfg_types::calls::{Call, CallAction};
use gestfg_types::master::Sitting;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::prelude::*;

/// How many years back and ahead the filter offers.
const YEARS: std::ops::RangeInclusive<i16> = -5..=2;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct CallsQuery {
    degree_id: String,
    academic_year: String,
    sitting_id: String,
    state: String,
    cursor: String,
}

impl ListQuery for CallsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// What stands before the list.
#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Creating,
    Opening(Call),
    Copying(Call),
    Deleting(Call),
}

/// The list of calls with all that is done to one.
#[component]
pub fn AdminCallsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let navigator = use_navigator();
    let url = use_query::<CallsQuery>();
    let query = url.query.clone();
    // Whoever keeps one degree has no use for the calls of the others.
    let only =
        session.me().filter(|me| !me.roles.admin).and_then(|me| match me.roles.coordinates.as_slice() {
            [degree] => Some(degree.id.to_string()),
            _ => None,
        });
    let mut filters = query.clone();
    if let Some(only) = &only {
        filters.degree_id.clone_from(only);
    }
    let over = use_state_eq(|| Over::Nothing);
    let this_year = use_configuration().map(|configuration| configuration.academic_year);
    let whole = export_query(&filters);
    let found = use_remote(filters, |client, filters| async move { list_calls(&client, &filters).await });
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let sittings =
        use_remote((), |client, ()| async move { list_items::<Sitting>(&client, &[("limit", "200")]).await });
    use_updates(&[UpdateTopic::Calls, UpdateTopic::EvaluationRequests], &found.refresh);

    let kept: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        let kept = page.items.iter().filter(|degree| keeps_degree(&session, degree.id));
        kept.map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name))).collect()
    });
    let years: Vec<Choice> = this_year.map_or_else(Vec::new, |this_year| {
        YEARS.rev().map(|away| this_year + away).map(|year| Choice::new(year, academic_year(year))).collect()
    });
    let ask = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let changed = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let edit = Callback::from(move |call: Call| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::CallEditor { id: call.call.id });
        }
    });
    let create =
        html! { <Button label={t.call_new()} icon={IconName::Plus} onclick={ask(Over::Creating)} /> };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Creating => html! { <CreateDialog onclose={close} oncreated={edit} /> },
        Over::Opening(call) => html! {
            <OpenDialog call={call.clone()} onclose={close} onopened={changed.reform(|_| ())} />
        },
        Over::Copying(call) => html! { <CopyDialog call={call.clone()} onclose={close} oncopied={edit} /> },
        Over::Deleting(call) => {
            html! { <DeleteDialog call={call.clone()} onclose={close} ondeleted={changed} /> }
        }
    };
    let list = |page: &Page<Call>| {
        if page.items.is_empty() && url.is_filtered() {
            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Calendar} title={t.admin_calls_empty()} actions={create.clone()}>
                    { t.admin_calls_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <>
                <DataTable
                    caption={t.route_admin_calls()}
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
    html! {
        <>
            <PageHeader
                title={t.route_admin_calls()}
                lead={t.admin_calls_lead()}
                actions={html! {
                    <>
                        { create.clone() }
                        <ListExport path="/calls" query={whole} name={t.route_admin_calls()} />
                    </>
                }}
            />
            <PageSection>
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    if only.is_none() {
                        <SelectField
                            label={t.degree()}
                            none={t.any_feminine()}
                            choices={kept}
                            field={url.filter("filter-degree", &query.degree_id, |query, value| query.degree_id = value)}
                        />
                    }
                    <SelectField
                        label={t.academic_year()}
                        none={t.any()}
                        choices={years}
                        field={url.filter("filter-year", &query.academic_year, |query, value| query.academic_year = value)}
                    />
                    <SelectField
                        label={t.sitting()}
                        none={t.any()}
                        choices={sittings.ready().map_or_else(Vec::new, |page| sitting_choices(&page.items))}
                        field={url.filter("filter-sitting", &query.sitting_id, |query, value| query.sitting_id = value)}
                    />
                    <SelectField
                        label={t.state()}
                        none={t.any()}
                        choices={vec![Choice::new("draft", t.call_draft()), Choice::new("open", t.call_open_now())]}
                        field={url.filter("filter-state", &query.state, |query, value| query.state = value)}
                    />
                </FilterBar>
                <div class="gestfg-list">{ draw_remote(&found, LoadingShape::Rows, list) }</div>
            </PageSection>
            { dialog }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, over: &UseStateSetter<Over>) -> Vec<Column<Call>> {
    let (dates, over) = (dates.clone(), over.clone());
    vec![
        Column::new(t.route_call(), move |call: &Call| {
            let may_edit = call.allowed_actions.contains(&CallAction::Edit);
            let id = call.call.id;
            let to = if may_edit { Route::CallEditor { id } } else { Route::Call { id } };
            html! { <RouteLink {to}>{ t.call_title(&call.call) }</RouteLink> }
        }),
        Column::new(t.degree(), |call: &Call| html! { &call.call.degree.code }),
        Column::new(t.state(), |call: &Call| html! { <CallBadge call={call.clone()} /> }),
        Column::new(t.dates(), move |call: &Call| {
            let start = call.phases.iter().map(|phase| phase.starts_at).min();
            let end = call.phases.iter().map(|phase| phase.ends_at).max();
            match start.zip(end) {
                Some((start, end)) => html! { dates.window(start, end) },
                None => html! { <span class="gestfg-subtle">{ t.no_dates_yet() }</span> },
            }
        }),
        Column::new(t.call_warnings_column(), move |call: &Call| {
            html! {
                if !call.warnings.is_empty() {
                    <Badge
                        label={t.count_warnings(call.warnings.len())}
                        icon={IconName::Warning}
                        colour={Colour::Orange}
                    />
                } else {
                    { "—" }
                }
            }
        }),
        Column::new(t.call_requests_column(), move |call: &Call| {
            let may = call.allowed_actions.contains(&CallAction::ManageRequests) && call.opened_at.is_some();
            match call.request_count {
                Some(count) if may => html! {
                    <RouteLink to={Route::CallRequests { id: call.call.id }}>
                        { count }
                        <span class="pf-v6-screen-reader">{ format!(" {}", t.requests_of(&t.call_full_title(&call.call))) }</span>
                    </RouteLink>
                },
                Some(count) => html! { count },
                None => html! { "—" },
            }
        }),
        Column::new(t.actions(), move |call: &Call| row_actions(call, t, &over)).of_actions(),
    ]
}

fn row_actions(call: &Call, t: Texts, over: &UseStateSetter<Over>) -> Html {
    let name = t.call_full_title(&call.call);
    let button = |action: CallAction, label: String, icon: IconName, next: Over| {
        if !call.allowed_actions.contains(&action) {
            return html! {};
        }
        let over = over.clone();
        let onclick = Callback::from(move |_: MouseEvent| over.set(next.clone()));
        html! { <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true {onclick} /> }
    };
    html! {
        <div class="gestfg-row-actions">
            if !call.phases.is_empty() {
                { button(CallAction::Open, t.open_named(&name), IconName::Globe, Over::Opening(call.clone())) }
            }
            { button(CallAction::Copy, t.copy_named(&name), IconName::Copy, Over::Copying(call.clone())) }
            { button(CallAction::Delete, t.delete_named(&name), IconName::Trash, Over::Deleting(call.clone())) }
        </div>
    }
}
