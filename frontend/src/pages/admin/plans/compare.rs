//! How one version differs from another.

use super::names::student;
use crate::api::planning::compare_committee_plans;
use crate::components::{
    Choice, Column, DataTable, Dialog, LoadingShape, SelectField, TableContent, draw_remote,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{Field, use_remote};
use crate::i18n::{Texts, use_texts};
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{CommitteePlanSummary, DefencePlace, MeasureDifference, PlanComparison};
use gestfg_types::users::PersonRef;
use yew::prelude::*;

/// Properties of [`CompareDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CompareDialogProps {
    /// The version.
    pub(super) plan: CommitteePlanSummary,
    /// The other versions of the call.
    pub(super) others: Vec<CommitteePlanSummary>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
}

/// Asks with which version to compare, beginning with the one it was made from.
#[component]
pub(super) fn CompareDialog(props: &CompareDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let base = props.plan.based_on.filter(|base| props.others.iter().any(|other| other.id == *base));
    let with = use_state_eq(|| base.or_else(|| props.others.first().map(|other| other.id)));
    let found = use_remote((props.plan.id, *with), |client, (id, with)| async move {
        match with {
            Some(with) => compare_committee_plans(&client, id, with).await.map(Some),
            None => Ok(None),
        }
    });
    let choose = {
        let with = with.setter();
        Callback::from(move |value: String| with.set(value.parse::<i64>().ok().map(CommitteePlanId)))
    };
    let field = Field {
        id: "compare-with".into(),
        value: with.map_or_else(String::new, |id| id.to_string()),
        error: None,
        onchange: choose,
        onleave: Callback::noop(),
        disabled: false,
    };
    let choices = props.others.iter();
    let choices = choices.map(|plan| Choice::new(plan.id, t.plan_label(plan.number, plan.name.as_deref())));
    let draw = |found: &Option<PlanComparison>| match found {
        Some(found) => differences(t, &dates, found),
        None => html! { <p>{ t.plan_compare_choose() }</p> },
    };
    html! {
        <Dialog title={t.plan_compare_title()} wide=true onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <p><strong>{ t.plan_label(props.plan.number, props.plan.name.as_deref()) }</strong></p>
                <SelectField {field} label={t.plan_compare_with()} choices={choices.collect::<Vec<_>>()} />
                { draw_remote(&found, LoadingShape::Rows, draw) }
            </div>
        </Dialog>
    }
}

/// Everything that differs, by the names people know.
pub(super) fn differences(t: Texts, dates: &Dates, found: &PlanComparison) -> Html {
    let same = found.seats.is_empty() && found.projects.is_empty() && found.defences.is_empty();
    let arrow = |what: String, before: String, after: String| {
        html! { <li>{ what }{ ": " }<s>{ before }</s>{ " → " }<strong>{ after }</strong></li> }
    };
    let person = |who: &Option<PersonRef>| {
        who.as_ref().map_or_else(|| t.plan_nobody().to_owned(), |who| who.name.clone())
    };
    let committee =
        |at: Option<usize>| at.map_or_else(|| t.plan_nowhere().to_owned(), |at| t.committee_label(at + 1));
    let place = |place: &Option<DefencePlace>| {
        place.as_ref().map_or_else(
            || t.plan_nowhere().to_owned(),
            |place| {
                let day = found.names.days.iter().find(|day| day.day == place.day);
                let hour = day.and_then(|day| day.slots.get(place.slot));
                let hour = hour.map_or_else(
                    || format!("{}, {}", place.day, t.plan_slot(place.slot + 1)),
                    |at| dates.date_time(*at),
                );
                let room = found.names.rooms.iter().find(|room| room.id == place.room_id);
                room.map_or_else(|| hour.clone(), |room| format!("{hour}, {}", room.name))
            },
        )
    };
    let seats = found.seats.iter().map(|seat| {
        let name = t.seat_of_committee(seat.seat.committee + 1, seat.seat.seat);
        arrow(name, person(&seat.before), person(&seat.after))
    });
    let projects = found
        .projects
        .iter()
        .map(|project| arrow(project.title.clone(), committee(project.before), committee(project.after)));
    let defences = found.defences.iter().map(|defence| {
        let name = student(&found.names, &defence.defence).unwrap_or_else(|| defence.defence.clone());
        arrow(name, place(&defence.before), place(&defence.after))
    });
    let measures = found.measures.iter().filter(|measure| measure.before != measure.after);
    let measures: Vec<MeasureDifference> = measures.cloned().collect();
    let part = |title: &'static str, items: Vec<Html>| {
        if items.is_empty() {
            return html! {};
        }
        html! {
            <section>
                <h3 class="gestfg-subheading">{ format!("{title} ({})", items.len()) }</h3>
                <ul class="pf-v6-c-list">{ for items }</ul>
            </section>
        }
    };
    html! {
        <div class="gestfg-stack">
            if same {
                <p>{ t.plan_compare_same() }</p>
            }
            { part(t.plan_seats_changed(), seats.collect()) }
            { part(t.plan_projects_changed(), projects.collect()) }
            { part(t.plan_defences_changed(), defences.collect()) }
            if !measures.is_empty() {
                <section>
                    <h3 class="gestfg-subheading">{ t.plan_measures() }</h3>
                    <DataTable
                        caption={t.plan_measures()}
                        compact=true
                        content={TableContent::new(&measure_columns(t), &measures)}
                    />
                </section>
            }
        </div>
    }
}

fn measure_columns(t: Texts) -> Vec<Column<MeasureDifference>> {
    let value = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    vec![
        Column::new(t.plan_measure(), move |measure: &MeasureDifference| {
            html! { t.plan_objective(&measure.objective) }
        }),
        Column::new(t.plan_before(), move |measure: &MeasureDifference| html! { value(measure.before) }),
        Column::new(t.plan_after(), move |measure: &MeasureDifference| html! { value(measure.after) }),
    ]
}
