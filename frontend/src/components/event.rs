//! An announcement or an entry of the calendar.

use super::badge::{Badge, Colour};
use super::icon::IconName;
use super::link::RouteLink;
use crate::format::use_dates;
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::events::{Event, EventAudience};
use patternfly_yew::prelude::Content;
use yew::prelude::*;

/// For whom an event is, in words.
#[must_use]
pub fn event_audience(t: Texts, event: &Event) -> String {
    match (event.audience, &event.degree, &event.department) {
        (EventAudience::Degree, Some(degree), _) => degree.name.clone(),
        (EventAudience::Department, _, Some(department)) => department.name.clone(),
        (audience, _, _) => t.event_audience(audience).to_owned(),
    }
}

/// Properties of [`AnnouncementItem`].
#[derive(Properties, PartialEq)]
pub struct AnnouncementItemProps {
    /// The announcement.
    pub event: Event,
}

/// An announcement on the board: its title and the beginning of its text.
#[component]
pub fn AnnouncementItem(props: &AnnouncementItemProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let event = &props.event;
    html! {
        <article class={classes!("gestfg-announcement", event.is_pinned.then_some("gestfg-announcement--pinned"))}>
            <h3 class="gestfg-announcement__title">
                <RouteLink to={Route::Event { id: event.id }}>{ &event.title }</RouteLink>
                if event.is_pinned {
                    { " " }<Badge label={t.pinned()} icon={IconName::Pin} colour={Colour::Blue} />
                }
            </h3>
            <p class="gestfg-subtle gestfg-small">
                <time datetime={event.publish_at.to_rfc3339()}>{ dates.date(event.publish_at) }</time>
                if event.audience != EventAudience::Public {
                    { " · " }{ event_audience(t, event) }
                }
            </p>
            if !event.body_html.is_empty() {
                <div class="gestfg-announcement__body">
                    <Content>{ Html::from_html_unchecked(event.body_html.clone().into()) }</Content>
                </div>
            }
        </article>
    }
}
