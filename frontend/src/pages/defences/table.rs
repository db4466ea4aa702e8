//! Defences in rows.

use crate::components::{
    Badge, Button, ButtonKind, Colour, Column, DataTable, IconName, RouteLink, TableContent,
};
use crate::format::use_dates;
use crate::i18n::use_texts;
use crate::program::Program;
use crate::route::Route;
use gestfg_types::defences::{Defence, DefenceAction, DefenceState};
use yew::prelude::*;

/// Properties of [`DefenceTable`].
#[derive(Properties, PartialEq)]
pub(super) struct DefenceTableProps {
    /// What it is about, for those who do not see it.
    pub(super) caption: AttrValue,
    /// In the order of time.
    pub(super) defences: Vec<Defence>,
    /// Says the day of each.
    pub(super) with_day: bool,
    /// Says the room of each.
    pub(super) with_room: bool,
    /// Says the committee of each.
    pub(super) with_committee: bool,
    /// Leads to what was handed in for each: all are the reader's own.
    #[prop_or_default]
    pub(super) with_documents: bool,
    /// Change this one.
    #[prop_or_default]
    pub(super) onedit: Callback<Defence>,
}

/// When, where, who and what.
#[component]
pub(super) fn DefenceTable(props: &DefenceTableProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let with_day = props.with_day;
    let mut columns =
        vec![Column::new(t.defences_time(), move |it: &Defence| {
        let Some((from, to)) = it.starts_at.zip(it.ends_at) else {
            return html! { <span class="gestfg-subtle">{ t.defences_without_time() }</span> };
        };
        html! {
            <span>
                if with_day {
                    <span class="gestfg-subtle">{ dates.short_day(dates.zone().day(from)) }{ " " }</span>
                }
                <strong>{ dates.time(from) }</strong>
                <span class="gestfg-subtle">{ format!("–{}", dates.time(to)) }</span>
            </span>
        }
    })
    .with_class("gestfg-timetable__time")];
    if props.with_room {
        columns.push(
            Column::new(t.defences_room(), move |it: &Defence| match &it.room {
                Some(room) => html! { <span title={room.building.clone()}>{ &room.name }</span> },
                None => {
                    html! { <span class="gestfg-subtle" title={t.defences_without_room()}>{ "–" }</span> }
                }
            })
            .with_class("gestfg-timetable__room"),
        );
    }
    if props.with_committee {
        columns.push(
            Column::new(t.defences_committee(), move |it: &Defence| {
                let query = format!("call_id={}&view=committee&committee_id={}", it.call.id, it.committee_id);
                let label = t.committee_numbered(it.committee_number);
                html! {
                    <RouteLink to={Route::Defences} query={AttrValue::from(query)} {label}>
                        { it.committee_number }
                    </RouteLink>
                }
            })
            .with_class("gestfg-timetable__committee"),
        );
    }
    columns.push(Column::new(t.defences_student(), |it: &Defence| html! { &it.student.name }));
    columns.push(
        Column::new(t.defences_project(), move |it: &Defence| {
            let (colour, icon) = match it.state {
                DefenceState::Planned => (Colour::Grey, IconName::Clock),
                DefenceState::Held => (Colour::Green, IconName::CheckCircle),
                DefenceState::NotPresented => (Colour::Orange, IconName::Warning),
                DefenceState::Cancelled => (Colour::Red, IconName::TimesCircle),
            };
            html! {
                <div>
                    <RouteLink to={Route::Project { id: it.project_id }}>{ &it.project_title }</RouteLink>
                    if it.state != DefenceState::Planned {
                        { " " }<Badge label={t.defence_state(it.state)} {colour} {icon} />
                    }
                    if !it.remarks.is_empty() {
                        <p class="gestfg-small gestfg-timetable__remarks">{ &it.remarks }</p>
                    }
                </div>
            }
        })
        .with_class("gestfg-timetable__what"),
    );
    columns.push(Column::new(t.defences_tutors(), |it: &Defence| {
        let names: Vec<&str> = it.tutors.iter().map(|tutor| tutor.name.as_str()).collect();
        html! { names.join(", ") }
    }));
    if Program::HAS_SESSIONS && props.with_documents {
        columns.push(Column::new(t.documents(), move |it: &Defence| {
            let label = format!("{}: {}", t.documents(), it.project_title);
            html! { <RouteLink to={Route::DefenceDocuments { id: it.id }} {label}>{ t.documents() }</RouteLink> }
        }));
    }
    let may = |it: &Defence| it.allowed_actions.contains(&DefenceAction::Edit);
    if Program::HAS_SESSIONS && props.defences.iter().any(may) {
        let onedit = props.onedit.clone();
        columns.push(
            Column::new(t.actions(), move |it: &Defence| {
                if !may(it) {
                    return html! {};
                }
                let (label, it) = (t.defence_edit_named(&it.project_title), it.clone());
                html! {
                    <Button
                        {label}
                        kind={ButtonKind::Plain}
                        icon={IconName::Edit}
                        icon_only=true
                        onclick={onedit.reform(move |_: MouseEvent| it.clone())}
                    />
                }
            })
            .of_actions(),
        );
    }
    let content = TableContent::new(&columns, &props.defences).keyed(&props.defences, |it| it.id.0);
    html! { <DataTable caption={props.caption.clone()} {content} compact=true /> }
}
