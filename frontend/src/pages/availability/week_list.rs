//! The same week in words.

use crate::api::availability::delete_unavailability;
use crate::components::{
    Badge, Button, ButtonKind, Colour, Column, DataTable, IconName, ProblemAlert, TableContent,
};
use crate::format::{Dates, use_dates};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::availability::{AvailabilityAnswer, Unavailability};
use gestfg_types::ids::UnavailabilityId;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`WeekList`].
#[derive(Properties, PartialEq)]
pub(super) struct WeekListProps {
    /// What was said.
    pub(super) said: Rc<Vec<Unavailability>>,
    /// Something was taken back.
    pub(super) onchange: Callback<()>,
}

fn when(one: &Unavailability, dates: &Dates) -> String {
    let (from, to) = (dates.zone().local(one.starts_at), dates.zone().local(one.ends_at));
    if from.date() == to.date() {
        format!("{}, {}–{}", dates.short_day(from.date()), dates.time(one.starts_at), dates.time(one.ends_at))
    } else {
        format!("{} – {}", dates.date_time(one.starts_at), dates.date_time(one.ends_at))
    }
}

/// What was said of the week, with who said it and why; each can be taken back.
#[component]
pub(super) fn WeekList(props: &WeekListProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let forget = {
        let onchange = props.onchange.clone();
        use_action(move |client, id: UnavailabilityId| {
            let onchange = onchange.clone();
            async move {
                delete_unavailability(&client, id).await?;
                onchange.emit(());
                Ok(())
            }
        })
    };
    let (run, busy) = (forget.run.clone(), forget.running);
    let at = dates.clone();
    let columns = vec![
        Column::new(t.when(), {
            let dates = dates.clone();
            move |one: &Unavailability| html! { when(one, &dates) }
        }),
        Column::new(t.availability_can(), move |one: &Unavailability| {
            let (colour, icon) = match one.answer {
                AvailabilityAnswer::No => (Colour::Red, IconName::Times),
                AvailabilityAnswer::IfNeeded => (Colour::Orange, IconName::Warning),
                AvailabilityAnswer::Yes => (Colour::Green, IconName::Check),
            };
            html! { <Badge label={t.availability_answer(one.answer)} {colour} {icon} /> }
        }),
        Column::new(
            t.availability_said_by(),
            move |one: &Unavailability| html! { t.availability_source(one.source) },
        ),
        Column::new(t.reason(), |one: &Unavailability| html! { &one.note }),
        Column::new(t.actions(), move |one: &Unavailability| {
            let id = one.id;
            // What was just marked has no id before the server has answered.
            html! {
                <Button
                    label={t.availability_forget(&when(one, &at))}
                    kind={ButtonKind::Plain}
                    icon={IconName::Undo}
                    icon_only=true
                    disabled={busy || id.0 == 0}
                    onclick={run.reform(move |_: MouseEvent| id)}
                />
            }
        })
        .of_actions(),
    ];
    html! {
        <section class="gestfg-stack" aria-labelledby="week-said">
            <h2 id="week-said" class="gestfg-subheading">{ t.availability_week_list() }</h2>
            if let Some(error) = &forget.error {
                <ProblemAlert error={error.clone()} />
            }
            if props.said.is_empty() {
                <p class="gestfg-subtle">{ t.availability_week_free() }</p>
            } else {
                <DataTable
                    caption={t.availability_week_list()}
                    content={TableContent::new(&columns, &props.said)}
                    compact=true
                />
            }
        </section>
    }
}
