//! Which call, arranged how, and which of its defences.

use super::page::Timetable;
use super::sections::{DefencesQuery, View, day_of};
use crate::components::{Choice, FilterBar, SearchBox, SelectField, Toggle, ToggleGroup};
use crate::format::Dates;
use crate::hooks::{QueryHandle, filter_field};
use crate::i18n::{Texts, use_texts};
use gestfg_types::ids::CallId;
use yew::prelude::*;

/// What there is to choose from.
#[derive(Clone, PartialEq)]
pub(super) struct Choices {
    calls: Vec<Choice>,
    days: Vec<Choice>,
    rooms: Vec<Choice>,
    committees: Vec<Choice>,
}

impl Choices {
    /// What this timetable offers.
    pub(super) fn of(found: &Timetable, t: Texts, dates: &Dates) -> Self {
        // They come in the order of time.
        let mut days: Vec<Choice> = Vec::new();
        let mut rooms: Vec<Choice> = Vec::new();
        for defence in &found.defences {
            if let Some(day) = day_of(defence, dates) {
                let value = day.to_string();
                if days.last().is_none_or(|last| last.value != value) {
                    days.push(Choice::new(value, t.long_day(day)));
                }
            }
            if let Some(room) = &defence.room {
                let at = rooms.iter().position(|other| *other.label >= *room.name).unwrap_or(rooms.len());
                if rooms.get(at).is_none_or(|other| *other.label != *room.name) {
                    rooms.insert(at, Choice::new(room.id, room.name.clone()));
                }
            }
        }
        Self {
            calls: found
                .calls
                .iter()
                .map(|it| Choice::new(it.call.id, t.call_full_title(&it.call)))
                .collect(),
            days,
            rooms,
            committees: found
                .committees
                .iter()
                .map(|it| Choice::new(it.id, t.committee_numbered(it.number)))
                .collect(),
        }
    }
}

/// Properties of [`Filters`].
#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    /// The address.
    pub(super) url: QueryHandle<DefencesQuery>,
    /// What there is to choose from.
    pub(super) choices: Choices,
    /// The call in sight.
    pub(super) call: Option<CallId>,
    /// The arrangement in sight.
    pub(super) view: View,
    /// Whether the reader may have defences of their own.
    pub(super) signed_in: bool,
}

/// The filters over the timetable.
#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let t = use_texts();
    let (query, go) = (&props.url.query, &props.url.go);
    let change = |write: &Callback<DefencesQuery>, set: fn(&mut DefencesQuery, String)| {
        let query = query.clone();
        write.reform(move |value: String| {
            let mut next = query.clone();
            set(&mut next, value);
            next
        })
    };
    let toggles = [
        (View::Day, t.defences_by_day()),
        (View::Room, t.defences_by_room()),
        (View::Committee, t.defences_by_committee()),
    ];
    let toggles = toggles.map(|(view, label)| Toggle::new(view.as_str(), label)).to_vec();
    let own = vec![Toggle::new("", t.defences_all()), Toggle::new("1", t.defences_mine())];
    let widened = query.widened();
    let select = |id: &'static str, label: &'static str, value: &str, choices: &[Choice], set| {
        if choices.len() < 2 && value.is_empty() {
            return html! {};
        }
        let field = filter_field(id, value.to_owned(), change(go, set));
        html! { <SelectField {label} none={t.any()} choices={choices.to_vec()} {field} /> }
    };
    let call = props.call.map(|id| id.to_string()).unwrap_or_default();
    // Another call has other days, rooms and committees.
    let oncall = {
        let view = query.view.clone();
        go.reform(move |call_id: String| DefencesQuery {
            call_id,
            view: view.clone(),
            ..DefencesQuery::default()
        })
    };
    html! {
        <FilterBar active={query.is_narrowed()} onclear={go.reform(move |()| widened.clone())}>
            if props.choices.calls.len() > 1 {
                <SelectField
                    label={t.route_call()}
                    choices={props.choices.calls.clone()}
                    field={filter_field("filter-call", call, oncall)}
                />
            }
            <div class="gestfg-filters__group">
                <ToggleGroup
                    label={t.defences_view()}
                    {toggles}
                    chosen={props.view.as_str()}
                    onchange={change(go, |query, view| query.view = view)}
                />
            </div>
            if props.signed_in {
                <div class="gestfg-filters__group">
                    <ToggleGroup
                        label={t.defences_which()}
                        toggles={own}
                        chosen={query.mine.clone()}
                        onchange={change(go, |query, mine| query.mine = mine)}
                    />
                </div>
            }
            { select("filter-day", t.defences_day(), &query.day, &props.choices.days, |query, day| query.day = day) }
            { select("filter-room", t.defences_room(), &query.room_id, &props.choices.rooms, |query, room| query.room_id = room) }
            { select(
                "filter-committee",
                t.defences_committee(),
                &query.committee_id,
                &props.choices.committees,
                |query, committee| query.committee_id = committee,
            ) }
            <div class="gestfg-filters__search">
                <SearchBox
                    label={t.defences_search()}
                    value={query.q.clone()}
                    onsearch={change(&props.url.adjust, |query, words| query.q = words)}
                />
            </div>
        </FilterBar>
    }
}
