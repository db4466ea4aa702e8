//! What is entered in a call.

use super::bulk::Pending;
use crate::api::calls::find_call;
use crate::api::evaluation_requests::{export_requests, list_requests};
use crate::components::{
    Button, ButtonKind, Choice, Column, Crumb, DataTable, EmptyState, FilterBar, IconName, LoadingShape,
    PageHeader, PageSection, Pager, ProblemAlert, RouteLink, SearchBox, SelectField, TableContent,
    draw_remote, export_button, route_button,
};
use crate::download::{media_type, save_file};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, QueryHandle, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::pages::assignment::student;
use crate::pages::requests::{RequestBadge, WithdrawDialog};
use crate::route::Route;
use gestfg_types::calls::{Call, Phase};
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestState};
use gestfg_types::ids::CallId;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RequestsQuery {
    /// `pending`: what is not entered yet; else what is.
    pub(super) tab: String,
    pub(super) q: String,
    pub(super) state: String,
    pub(super) cursor: String,
}

impl ListQuery for RequestsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// Properties of [`CallRequestsPage`].
#[derive(Properties, PartialEq)]
pub struct CallRequestsPageProps {
    /// Which call.
    pub id: CallId,
}

/// What is entered in a call, and what is not yet.
#[component]
pub fn CallRequestsPage(props: &CallRequestsPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<RequestsQuery>();
    let found = use_remote(props.id, |client, id| async move { find_call(&client, id).await });
    use_updates(&[UpdateTopic::Calls, UpdateTopic::EvaluationRequests], &found.refresh);
    let call = found.latest.clone();
    let title = call.as_ref().map_or_else(
        || t.route_call_requests().to_owned(),
        |call| format!("{} · {}", t.route_call_requests(), t.call_full_title(&call.call)),
    );
    let window = call.as_ref().and_then(|call| {
        let phase = call.phases.iter().find(|found| found.phase == Phase::EvaluationRequest)?;
        let when = t.from_until(&dates.date_time(phase.starts_at), &dates.deadline(phase.ends_at));
        Some(format!("{} · {}. {when}", t.phase_name(phase.phase), t.phase_standing(phase.standing)))
    });
    let export = {
        let call = call.clone();
        use_action(move |client, format: &'static str| {
            let call = call.clone();
            async move {
                let Some(call) = call else { return Ok(()) };
                let bytes = export_requests(&client, call.call.id, format).await?;
                let name = format!(
                    "{}-{}-{}.{format}",
                    call.call.degree.code, call.call.academic_year, call.call.sitting.code
                );
                save_file(&name, media_type(format), &bytes);
                Ok(())
            }
        })
    };
    let pending = url.query.tab == "pending";
    let tab = |name: &'static str, label: &'static str, current: bool| {
        let go = url
            .go
            .reform(move |_: MouseEvent| RequestsQuery { tab: name.to_owned(), ..RequestsQuery::default() });
        html! {
            <button type="button" class="gestfg-toggle" aria-pressed={if current { "true" } else { "false" }} onclick={go}>
                { label }
            </button>
        }
    };
    let page = |call: &Call| {
        html! {
            <div class="gestfg-stack">
                <div class="gestfg-toggles" role="group" aria-label={t.calls_which()}>
                    { tab("", t.requests_tab(), !pending) }
                    { tab("pending", t.requests_pending_tab(), pending) }
                </div>
                if pending {
                    <Pending call={call.clone()} url={url.clone()} onchange={found.refresh.clone()} />
                } else {
                    <Entered id={call.call.id} url={url.clone()} />
                }
            </div>
        }
    };
    let crumbs = vec![
        Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() },
        Crumb { to: Route::CallEditor { id: props.id }, label: t.route_call().into() },
    ];
    html! {
        <>
            <PageHeader
                {title}
                lead={window.map(AttrValue::from)}
                {crumbs}
                actions={html! {
                    <>
                        { route_button(Route::CallPlans { id: props.id }, ButtonKind::Primary, Some(IconName::Grid), t.route_plans()) }
                        { export_button(&export, "csv", t.requests_export_csv()) }
                        { export_button(&export, "xlsx", t.requests_export_xlsx()) }
                    </>
                }}
            />
            <PageSection>
                if let Some(error) = &export.error {
                    <div class="gestfg-gap-after"><ProblemAlert error={error.clone()} /></div>
                }
                { draw_remote(&found, LoadingShape::Rows, page) }
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EnteredProps {
    id: CallId,
    url: QueryHandle<RequestsQuery>,
}

/// What is or was entered.
#[component]
fn Entered(props: &EnteredProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let withdrawing = use_state_eq(|| None::<EvaluationRequest>);
    let url = &props.url;
    let query = &url.query;
    let filters = [
        ("call_id", props.id.to_string()),
        ("q", query.q.clone()),
        ("state", query.state.clone()),
        ("limit", "50".to_owned()),
        ("cursor", query.cursor.clone()),
    ];
    let found = use_remote(filters, |client, filters| async move { list_requests(&client, &filters).await });
    use_updates(&[UpdateTopic::EvaluationRequests], &found.refresh);
    let filtered = !query.q.is_empty() || !query.state.is_empty();
    let clear = url.go.reform(|()| RequestsQuery::default());
    let ask = {
        let withdrawing = withdrawing.setter();
        Callback::from(move |request: EvaluationRequest| withdrawing.set(Some(request)))
    };
    let close = {
        let withdrawing = withdrawing.setter();
        Callback::from(move |()| withdrawing.set(None))
    };
    let withdrawn = {
        let (withdrawing, refresh) = (withdrawing.setter(), found.refresh.clone());
        Callback::from(move |_: EvaluationRequest| {
            withdrawing.set(None);
            refresh.emit(());
        })
    };
    let list = |page: &Page<EvaluationRequest>| {
        if page.items.is_empty() && filtered {
            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Send} title={t.requests_empty()}>{ t.requests_empty_body() }</EmptyState>
            };
        }
        html! {
            <>
                <DataTable
                    caption={t.route_call_requests()}
                    content={TableContent::new(&columns(t, &dates, &ask), &page.items)}
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
    let states = [EvaluationRequestState::Requested, EvaluationRequestState::Withdrawn];
    html! {
        <>
            <FilterBar active={filtered} onclear={clear}>
                <div class="gestfg-filters__search">
                    <SearchBox
                        label={t.requests_search()}
                        value={query.q.clone()}
                        onsearch={url.typed(|query, words| query.q = words)}
                    />
                </div>
                <SelectField
                    label={t.state()}
                    none={t.any()}
                    choices={states.map(|state| Choice::new(state.as_str(), t.request_state(state))).to_vec()}
                    field={url.filter("filter-state", &query.state, |query, value| query.state = value)}
                />
            </FilterBar>
            { draw_remote(&found, LoadingShape::Rows, list) }
            if let Some(request) = &*withdrawing {
                <WithdrawDialog request={request.clone()} onclose={close} onwithdrawn={withdrawn} />
            }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, ask: &Callback<EvaluationRequest>) -> Vec<Column<EvaluationRequest>> {
    let (dates, ask) = (dates.clone(), ask.clone());
    vec![
        Column::new(t.project(), |request: &EvaluationRequest| {
            html! {
                <RouteLink to={Route::Assignment { id: request.assignment_id }}>{ &request.project_title }</RouteLink>
            }
        }),
        Column::new(t.students(), |request: &EvaluationRequest| {
            html! { <ul role="list">{ for request.students.iter().map(student) }</ul> }
        }),
        Column::new(t.tutor(), |request: &EvaluationRequest| html! { &request.tutor.name }),
        Column::new(t.requested_on(), move |request: &EvaluationRequest| {
            html! {
                <>
                    { dates.date_time(request.requested_at) }
                    if let Some(by) = &request.requested_by {
                        <p class="gestfg-subtle gestfg-small">{ &by.name }</p>
                    }
                </>
            }
        }),
        Column::new(
            t.state(),
            |request: &EvaluationRequest| html! { <RequestBadge state={request.state} /> },
        ),
        Column::new(t.actions(), move |request: &EvaluationRequest| {
            if request.allowed_actions.is_empty() {
                return html! {};
            }
            let onclick = {
                let (ask, request) = (ask.clone(), request.clone());
                Callback::from(move |_: MouseEvent| ask.emit(request.clone()))
            };
            html! {
                <Button
                    label={t.request_withdraw()}
                    kind={ButtonKind::Link}
                    icon={IconName::Undo}
                    small=true
                    {onclick}
                />
            }
        }),
    ]
}
