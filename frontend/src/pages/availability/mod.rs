//! When a professor can sit in committees.

mod editor;
mod file;
mod polls;
mod range;
mod service;
mod week_list;

use crate::api::availability::list_polls;
use crate::api::calls::current_calls;
use crate::api::{ApiError, Client};
use crate::components::{Card, LoadingShape, PageHeader, PageSection, draw_remote};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::conflicts::ConflictCard;
use crate::session::use_session;
use crate::zone::now;
pub(super) use editor::{AvailabilityEditor, DefenceDates};
use file::CalendarFile;
use gestfg_types::availability::{AvailabilityPoll, PollAction};
use gestfg_types::calls::{Call, Phase};
use gestfg_types::updates::UpdateTopic;
use polls::PollCard;
use service::OwnService;
use std::rc::Rc;
use yew::prelude::*;

/// Polls that ask the reader, and the dates of defences ahead.
#[derive(PartialEq)]
struct Asked {
    polls: Vec<AvailabilityPoll>,
    dates: Rc<Vec<DefenceDates>>,
}

/// Those of a call, if it has any.
pub(super) fn dates_of(call: &Call) -> Option<DefenceDates> {
    let phase = call.phases.iter().find(|found| found.phase == Phase::Defence)?;
    Some(DefenceDates { call: call.call.clone(), starts_at: phase.starts_at, ends_at: phase.ends_at })
}

async fn asked(client: Client) -> Result<Asked, ApiError> {
    let at = now();
    let mut polls = list_polls(&client, None).await?.items;
    // Coordinators see the polls they keep as well: only those that ask oneself belong here.
    let asks_me = |poll: &AvailabilityPoll| {
        poll.my_answer_at.is_some() || poll.allowed_actions.contains(&PollAction::Answer)
    };
    polls.retain(|poll| asks_me(poll) && poll.defences_end_at.is_none_or(|end| end > at));
    polls.sort_by_key(|poll| (poll.my_answer_at.is_some(), poll.deadline));
    let asking = |poll: &AvailabilityPoll| {
        let (starts_at, ends_at) = poll.defences_start_at.zip(poll.defences_end_at)?;
        Some(DefenceDates { call: poll.call.clone(), starts_at, ends_at })
    };
    let mut dates: Vec<DefenceDates> = polls.iter().filter_map(asking).collect();
    for call in current_calls(&client, None).await?.items {
        let known = dates.iter().any(|found| found.call.id == call.call.id);
        dates.extend(dates_of(&call).filter(|found| !known && found.ends_at > at));
    }
    dates.sort_by_key(|found| (found.starts_at, found.call.id));
    Ok(Asked { polls, dates: Rc::new(dates) })
}

/// The polls that ask, the hours of a week, one's calendar and one's conflicts.
#[component]
pub fn AvailabilityPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let found = use_remote((), |client, ()| asked(client));
    use_updates(&[UpdateTopic::Availability, UpdateTopic::Calls], &found.refresh);
    // Bumped when a file changed what the week shows.
    let read = use_state_eq(|| 0_u32);
    let onread = {
        let read = read.clone();
        Callback::from(move |()| read.set(*read + 1))
    };
    let page = |asked: &Asked| {
        html! {
            <div class="gestfg-stack">
                <section class="gestfg-stack" aria-labelledby="polls-heading">
                    <h2 id="polls-heading" class="gestfg-subheading">{ t.polls_for_me() }</h2>
                    if asked.polls.is_empty() {
                        <p class="gestfg-subtle">{ t.polls_none() }</p>
                    }
                    { for asked.polls.iter().map(|poll| html! {
                        <PollCard key={poll.id.0} poll={poll.clone()} onanswered={found.refresh.clone()} />
                    }) }
                </section>
                <AvailabilityEditor key={*read} dates={Rc::clone(&asked.dates)} />
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={t.route_availability()} lead={t.availability_lead()} />
            <PageSection>
                <div class="gestfg-stack">
                    { draw_remote(&found, LoadingShape::Rows, page) }
                    <Card title={t.file_card()}><CalendarFile {onread} /></Card>
                    <ConflictCard />
                    if let Some(me) = session.me() {
                        <Card title={t.participation_own()}><OwnService professor={me.id} /></Card>
                    }
                </div>
            </PageSection>
        </>
    }
}
