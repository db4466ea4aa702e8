//! One announcement or entry.

use crate::api::events::find_event;
use crate::components::{
    Badge, Button, ButtonKind, Card, Colour, Crumb, IconName, LoadingShape, PageHeader, PageSection,
    draw_remote, event_audience, route_button,
};
use crate::download::save_file;
use crate::format::{Dates, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use crate::ics::{IcsEntry, IcsTime, write_ics};
use crate::live::use_updates_about;
use crate::route::Route;
use crate::zone;
use gestfg_types::events::{Event, EventAction};
use gestfg_types::ids::EventId;
use gestfg_types::updates::UpdateTopic;
use patternfly_yew::prelude::Content;
use yew::prelude::*;

/// Properties of [`EventPage`].
#[derive(Properties, PartialEq)]
pub struct EventPageProps {
    /// Which.
    pub id: EventId,
}

/// The page of an announcement or entry.
#[component]
pub fn EventPage(props: &EventPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let remote = use_remote(props.id, |client, id| async move { find_event(&client, id).await });
    use_updates_about(&[UpdateTopic::Events], props.id.0, &remote.refresh);
    let found = remote.latest.as_deref();
    let title = found.map_or_else(|| t.route_event().to_owned(), |event| event.title.clone());
    let edit = found.filter(|event| event.allowed_actions.contains(&EventAction::Edit)).map(|event| {
        route_button(Route::EditEvent { id: event.id }, ButtonKind::Secondary, Some(IconName::Edit), t.edit())
    });
    let take = found.and_then(|event| ics_entry(event, &dates)).map(|entry| {
        let onclick = Callback::from(move |_: MouseEvent| {
            let host = gloo_utils::window().location().hostname().unwrap_or_default();
            let file = write_ics(&entry, &host, zone::now());
            save_file(&format!("{}.ics", entry.key), "text/calendar", file.as_bytes());
        });
        html! { <Button label={t.add_to_calendar()} kind={ButtonKind::Secondary} icon={IconName::Calendar} {onclick} /> }
    });
    let aside = found.filter(|event| event.is_pinned).map(|_| {
        html! { <Badge label={t.pinned()} icon={IconName::Pin} colour={Colour::Blue} /> }
    });
    html! {
        <>
            <PageHeader
                {title}
                crumbs={vec![Crumb { to: Route::Calendar, label: t.route_calendar().into() }]}
                aside={aside.unwrap_or_default()}
                actions={html! { <>{ take }{ edit }</> }}
            />
            <PageSection>
                { draw_remote(&remote, LoadingShape::Text, |event| draw(t, &dates, event)) }
            </PageSection>
        </>
    }
}

fn draw(t: Texts, dates: &Dates, event: &Event) -> Html {
    let fact = |term: &'static str, value: String| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    html! {
        <div class="gestfg-columns">
            <Card>
                if event.body_html.is_empty() {
                    <p class="gestfg-subtle">{ t.event_without_text() }</p>
                } else {
                    <div class="gestfg-prose">
                        <Content>{ Html::from_html_unchecked(event.body_html.clone().into()) }</Content>
                    </div>
                }
            </Card>
            <Card>
                <dl class="gestfg-facts">
                    if let Some(when) = event_when(t, dates, event) {
                        { fact(t.when(), when) }
                    }
                    if !event.location.is_empty() {
                        { fact(t.location(), event.location.clone()) }
                    }
                    { fact(t.event_for(), event_audience(t, event)) }
                    { fact(t.published_on(), dates.date_time(event.publish_at)) }
                    if let Some(end) = event.expires_at {
                        { fact(t.event_expires(), dates.date_time(end)) }
                    }
                    if let Some(author) = &event.author {
                        { fact(t.event_author(), author.name.clone()) }
                    }
                </dl>
            </Card>
        </div>
    }
}

/// When an entry is, in words.
fn event_when(t: Texts, dates: &Dates, event: &Event) -> Option<String> {
    let (start, end) = event.starts_at.zip(event.ends_at)?;
    let one_day = dates.zone().day(start) == dates.zone().day(end);
    Some(if event.is_all_day {
        format!("{} ({})", dates.window(start, end), t.all_day().to_lowercase())
    } else if one_day {
        format!("{}–{}", dates.date_time(start), dates.time(end))
    } else {
        format!("{} – {}", dates.date_time(start), dates.date_time(end))
    })
}

fn ics_entry(event: &Event, dates: &Dates) -> Option<IcsEntry> {
    let (start, end) = event.starts_at.zip(event.ends_at)?;
    let zone = dates.zone();
    let when = if event.is_all_day {
        IcsTime::Days(zone.day(start), zone.day(end - chrono::Duration::seconds(1)))
    } else {
        IcsTime::Moments(start, end)
    };
    let origin = gloo_utils::window().location().origin().unwrap_or_default();
    Some(IcsEntry {
        key: format!("event-{}", event.id),
        title: event.title.clone(),
        location: event.location.clone(),
        url: format!("{origin}/events/{}", event.id),
        when,
    })
}
