//! The page of the timetable.

use super::committee::CommitteeCard;
use super::edit::EditDialog;
use super::export::Exports;
use super::filters::{Choices, Filters};
use super::sections::{DefencesQuery, Section, View, is_wanted, sections};
use super::table::DefenceTable;
use crate::api::defences::{
    defences_of_call, from_today, list_committees, list_defences, list_published_calls,
};
use crate::api::{ApiError, Client};
use crate::components::{
    Button, ButtonKind, EmptyState, IconName, LoadingShape, PageHeader, PageSection, draw_remote,
    route_button,
};
use crate::format::use_dates;
use crate::hooks::{use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::program::Program;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::calls::Call;
use gestfg_types::defences::{Committee, Defence};
use gestfg_types::ids::{CallId, DefenceId};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// All that is shown of a call.
#[derive(PartialEq)]
pub(super) struct Timetable {
    /// The calls there are to choose from.
    pub(super) calls: Vec<Call>,
    /// Which of them this is of.
    pub(super) call: Option<CallId>,
    /// Its committees.
    pub(super) committees: Vec<Committee>,
    /// Its defences, in the order of time.
    pub(super) defences: Vec<Defence>,
    /// Those the reader takes part in.
    mine: Vec<DefenceId>,
}

/// The call the next defence is of; else the latest.
async fn usual_call(client: &Client, calls: &[Call]) -> Result<Option<CallId>, ApiError> {
    let from = from_today();
    let next = list_defences(client, &[("from", from.as_str()), ("limit", "1")]).await?.items;
    Ok(next.first().map(|defence| defence.call.id).or(calls.first().map(|call| call.call.id)))
}

async fn timetable(client: Client, asked: Option<CallId>, signed_in: bool) -> Result<Timetable, ApiError> {
    let calls = list_published_calls(&client, false).await?.items;
    let call = match asked {
        Some(call) => Some(call),
        None => usual_call(&client, &calls).await?,
    };
    let (mut committees, mut defences, mut mine) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(id) = call {
        committees = list_committees(&client, id).await?.items;
        defences = defences_of_call(&client, id).await?;
        if signed_in {
            let id = id.to_string();
            let filters = [("call_id", id.as_str()), ("mine", "true"), ("limit", "200")];
            let own = list_defences(&client, &filters).await?.items;
            mine = own.into_iter().map(|defence| defence.id).collect();
        }
    }
    Ok(Timetable { calls, call, committees, defences, mine })
}

/// The timetable of a call by day, room or committee.
#[component]
pub fn DefencesPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let url = use_query::<DefencesQuery>();
    let editing = use_state_eq(|| None::<Defence>);
    let signed_in = Program::HAS_SESSIONS && session.me().is_some();
    let asked = (url.query.call_id.parse::<CallId>().ok(), signed_in);
    let found = use_remote(asked, |client, (call, signed_in)| timetable(client, call, signed_in));
    use_updates(&[UpdateTopic::Defences], &found.refresh);
    let view = View::named(&url.query.view);
    let call = found.latest.as_ref().and_then(|found| found.call);
    let narrowed = {
        let mut text = format!("call_id={}", call.map_or(0, |id| id.0));
        // What stands in the address is a number, or is none of ours.
        let ids = [("room_id", &url.query.room_id), ("committee_id", &url.query.committee_id)];
        for (name, id) in ids.into_iter().filter(|(_, id)| id.parse::<u64>().is_ok()) {
            text.push_str(&format!("&{name}={id}"));
        }
        text
    };
    let print = Callback::from(|_: MouseEvent| {
        let _ = gloo_utils::window().print();
    });
    let actions = call.is_some().then(|| {
        html! {
            <>
                <Exports query={narrowed.clone()} />
                <Button label={t.print()} kind={ButtonKind::Secondary} icon={IconName::Printer} onclick={print} />
            </>
        }
    });
    let close = {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(None))
    };
    let done = {
        let (editing, refresh) = (editing.setter(), found.refresh.clone());
        Callback::from(move |()| {
            editing.set(None);
            refresh.emit(());
        })
    };
    let onedit = {
        let editing = editing.setter();
        Callback::from(move |defence: Defence| editing.set(Some(defence)))
    };
    // On paper the filters are left out: the heading says of which call it is.
    let named =
        found.latest.as_ref().and_then(|found| found.calls.iter().find(|it| Some(it.call.id) == call));
    let title = named.map_or_else(
        || t.route_defences().to_owned(),
        |named| format!("{} · {}", t.route_defences(), t.call_full_title(&named.call)),
    );
    let draw = |found: &Timetable| {
        if found.defences.is_empty() && found.committees.is_empty() {
            let calls = route_button(Route::Calls, ButtonKind::Secondary, None, t.calls_see_all());
            return html! {
                <EmptyState icon={IconName::Calendar} title={t.defences_none()} actions={calls}>
                    { t.defences_none_body() }
                </EmptyState>
            };
        }
        let wanted: Vec<&Defence> = found
            .defences
            .iter()
            .filter(|it| is_wanted(it, &url.query, &found.committees, &dates))
            .filter(|it| url.query.mine.is_empty() || found.mine.contains(&it.id))
            .collect();
        let section = |section: &Section| {
            let committee = section.committee.and_then(|id| found.committees.iter().find(|it| it.id == id));
            html! {
                <section key={section.title.clone()} class="gestfg-timetable__section">
                    <h2 class="gestfg-timetable__title">
                        { &section.title }
                        { " " }
                        <span class="gestfg-subtle gestfg-small">{ t.defences_count(section.defences.len()) }</span>
                    </h2>
                    if let Some(committee) = committee {
                        <CommitteeCard committee={committee.clone()} onchange={done.clone()} />
                    }
                    <DefenceTable
                        caption={section.title.clone()}
                        defences={section.defences.iter().map(|it| (*it).clone()).collect::<Vec<_>>()}
                        with_day={view != View::Day}
                        with_room={view != View::Room}
                        with_committee={view != View::Committee}
                        with_documents={!url.query.mine.is_empty()}
                        onedit={onedit.clone()}
                    />
                </section>
            }
        };
        let drawn = sections(&wanted, view, t, &dates);
        // Committees that judge nothing have no section of their own yet.
        let idle = found
            .committees
            .iter()
            .filter(|it| view == View::Committee && it.defence_count == 0 && !url.query.is_narrowed());
        html! {
            <>
                if drawn.is_empty() {
                    <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState>
                }
                { for drawn.iter().map(section) }
                { for idle.map(|it| html! {
                    <section key={it.id.0} class="gestfg-timetable__section">
                        <h2 class="gestfg-timetable__title">{ t.committee_numbered(it.number) }</h2>
                        <CommitteeCard committee={it.clone()} onchange={done.clone()} />
                        <p class="gestfg-subtle">{ t.committee_no_defences() }</p>
                    </section>
                }) }
            </>
        }
    };
    html! {
        <>
            <PageHeader {title} lead={t.defences_lead()} actions={actions.unwrap_or_default()} />
            <PageSection>
                if let Some(found) = &found.latest {
                    <Filters url={url.clone()} choices={Choices::of(found, t, &dates)} {call} {view} {signed_in} />
                }
                <div class="gestfg-timetable">{ draw_remote(&found, LoadingShape::Rows, draw) }</div>
            </PageSection>
            if let (true, Some(defence)) = (Program::HAS_SESSIONS, &*editing) {
                <EditDialog defence={defence.clone()} onclose={close} onsaved={done.clone()} />
            }
        </>
    }
}
