//! The announcements and entries one keeps.

use crate::api::events::{delete_event, list_events};
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, ConfirmDialog, DataTable, EmptyState, FilterBar,
    IconName, ListExport, LoadingShape, PageHeader, PageSection, Pager, RouteLink, SearchBox, SelectField,
    TableContent, draw_remote, event_audience, export_query, route_button, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use crate::zone;
use gestfg_types::events::{Event, EventAction, EventKind};
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct EventsQuery {
    q: String,
    kind: String,
    cursor: String,
}

impl ListQuery for EventsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// The list of those one keeps, also what is not published yet or no longer.
#[component]
pub fn EventsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let url = use_query::<EventsQuery>();
    let query = url.query.clone();
    let asked = use_state_eq(|| None::<Event>);
    let remote = use_remote(query.clone(), |client, query| async move {
        let filters =
            [("managed", "true"), ("q", &query.q), ("kind", &query.kind), ("cursor", &query.cursor)];
        list_events(&client, &filters).await
    });
    use_updates(&[UpdateTopic::Events], &remote.refresh);
    let delete = {
        let (asked, refresh) = (asked.setter(), remote.refresh.clone());
        use_action(move |client, event: Event| {
            let (asked, refresh, toasts) = (asked.clone(), refresh.clone(), toasts.clone());
            async move {
                delete_event(&client, event.id, event.version).await?;
                asked.set(None);
                toasts.done(t.deleted());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let write = route_button(Route::NewEvent, ButtonKind::Primary, Some(IconName::Plus), t.event_new());
    let list = |page: &Page<Event>| {
        if page.items.is_empty() && url.is_filtered() {
            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Megaphone} title={t.events_empty()} actions={write.clone()}>
                    { t.events_empty_body() }
                </EmptyState>
            };
        }
        let ask = {
            let asked = asked.setter();
            Callback::from(move |event: Event| asked.set(Some(event)))
        };
        html! {
            <>
                <DataTable
                    caption={t.route_events()}
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
    let dialog = (*asked).clone().map(|event| {
        let leave = {
            let (asked, clear, reload) = (asked.setter(), delete.clear.clone(), remote.refresh.clone());
            Callback::from(move |()| {
                asked.set(None);
                clear.emit(());
                reload.emit(());
            })
        };
        let title = event.title.clone();
        html! {
            <ConfirmDialog
                title={t.event_delete_title()}
                confirm={t.delete()}
                danger=true
                busy={delete.running}
                error={delete.error.clone()}
                onconfirm={delete.run.reform(move |()| event.clone())}
                oncancel={leave}
            >
                <p><strong>{ title }</strong></p>
                <p>{ t.event_delete_body() }</p>
            </ConfirmDialog>
        }
    });
    let kinds = [EventKind::Announcement, EventKind::Entry]
        .map(|kind| Choice::new(kind.as_str(), t.event_kind(kind)))
        .to_vec();
    let whole = export_query(&[("managed", "true"), ("q", &query.q), ("kind", &query.kind)]);
    let actions = html! {
        <>
            <ListExport path="/events" query={whole} name={t.route_events()} />
            { write.clone() }
        </>
    };
    html! {
        <>
            <PageHeader title={t.route_events()} lead={t.events_lead()} actions={actions} />
            <PageSection>
                <div class="gestfg-stack">
                    <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                        <div class="gestfg-filters__search">
                            <SearchBox
                                label={t.search_events()}
                                value={query.q.clone()}
                                onsearch={url.typed(|query, words| query.q = words)}
                            />
                        </div>
                        <SelectField
                            label={t.entry_kind()}
                            none={t.any()}
                            choices={kinds}
                            field={url.filter("filter-kind", &query.kind, |query, kind| query.kind = kind)}
                        />
                    </FilterBar>
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

fn standing(t: Texts, event: &Event) -> Html {
    let now = zone::now();
    if event.publish_at > now {
        html! { <Badge label={t.event_scheduled()} icon={IconName::Clock} colour={Colour::Orange} /> }
    } else if event.expires_at.is_some_and(|end| end <= now) {
        html! { <Badge label={t.event_expired()} icon={IconName::Archive} /> }
    } else {
        html! { <Badge label={t.event_visible()} icon={IconName::Eye} colour={Colour::Green} /> }
    }
}

fn columns(t: Texts, dates: &Dates, ask: &Callback<Event>) -> Vec<Column<Event>> {
    let (starts, publishes, ask) = (dates.clone(), dates.clone(), ask.clone());
    vec![
        Column::new(t.title_column(), move |event: &Event| {
            html! {
                <>
                    <RouteLink to={Route::Event { id: event.id }}>{ &event.title }</RouteLink>
                    if event.is_pinned {
                        { " " }<Badge label={t.pinned()} icon={IconName::Pin} colour={Colour::Blue} />
                    }
                    if let Some(start) = event.starts_at {
                        <p class="gestfg-subtle gestfg-small">
                            { if event.is_all_day { starts.date(start) } else { starts.date_time(start) } }
                        </p>
                    }
                </>
            }
        }),
        Column::new(t.entry_kind(), move |event: &Event| html! { t.event_kind(event.kind) }),
        Column::new(t.event_for(), move |event: &Event| html! { event_audience(t, event) }),
        Column::new(
            t.published_on(),
            move |event: &Event| html! { publishes.date_time(event.publish_at) },
        ),
        Column::new(t.state(), move |event: &Event| standing(t, event)),
        Column::new(t.actions(), move |event: &Event| {
            let onclick = {
                let (ask, event) = (ask.clone(), event.clone());
                Callback::from(move |_: MouseEvent| ask.emit(event.clone()))
            };
            html! {
                <div class="gestfg-row-actions">
                    if event.allowed_actions.contains(&EventAction::Edit) {
                        <RouteLink
                            to={Route::EditEvent { id: event.id }}
                            class={ButtonKind::Plain.class()}
                            label={t.edit_named(&event.title)}
                        >
                            <span class="pf-v6-c-button__icon"><crate::components::Icon name={IconName::Edit} /></span>
                        </RouteLink>
                    }
                    if event.allowed_actions.contains(&EventAction::Delete) {
                        <Button
                            label={t.delete_named(&event.title)}
                            kind={ButtonKind::Plain}
                            icon={IconName::Trash}
                            icon_only=true
                            {onclick}
                        />
                    }
                </div>
            }
        })
        .of_actions(),
    ]
}
