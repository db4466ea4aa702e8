//! How two allocations differ.

use super::runs::{counted, load_chart, run_name};
use crate::api::allocation_runs::compare_allocation_runs;
use crate::components::{
    Alert, Choice, Column, DataTable, Dialog, LoadingShape, SelectField, Series, TableContent, Tone,
    draw_remote,
};
use crate::hooks::{filter_field, use_remote};
use crate::i18n::{Texts, use_texts};
use gestfg_types::allocation_runs::{
    AllocationComparison, AllocationDifference, AllocationRunSummary, Granted, TutorLoadDifference,
};
use yew::prelude::*;

/// Properties of [`CompareDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CompareDialogProps {
    /// This one.
    pub(super) run: AllocationRunSummary,
    /// Others of the round.
    pub(super) others: Vec<AllocationRunSummary>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
}

/// Who is treated differently by another run.
#[component]
pub(super) fn CompareDialog(props: &CompareDialogProps) -> Html {
    let t = use_texts();
    let chosen = use_state_eq(|| props.others.first().map(|other| other.id));
    let found = use_remote((props.run.id, *chosen), |client, (run, with)| async move {
        match with {
            Some(with) => compare_allocation_runs(&client, run, with).await.map(Some),
            None => Ok(None),
        }
    });
    let field = filter_field("compare-with", chosen.map(|id| id.to_string()).unwrap_or_default(), {
        let chosen = chosen.setter();
        Callback::from(move |id: String| chosen.set(id.parse().ok()))
    });
    let draw =
        |found: &Option<AllocationComparison>| found.as_ref().map(|found| draw(found, t)).unwrap_or_default();
    html! {
        <Dialog title={t.run_compare_title(&run_name(t, &props.run))} wide=true onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <SelectField
                    {field}
                    label={t.run_compare_with()}
                    choices={props.others.iter().map(|other| Choice::new(other.id, run_name(t, other))).collect::<Vec<_>>()}
                />
                { draw_remote(&found, LoadingShape::Rows, draw) }
            </div>
        </Dialog>
    }
}

fn draw(found: &AllocationComparison, t: Texts) -> Html {
    let got = move |granted: &Option<Granted>| match granted {
        None => html! { <span class="gestfg-subtle">{ t.measure_nothing() }</span> },
        Some(granted) => html! {
            <>
                { &granted.title }
                if let Some(rank) = granted.rank {
                    <span class="gestfg-subtle">{ format!(" ({})", t.round_choice(rank)) }</span>
                }
            </>
        },
    };
    let columns = [
        Column::new(t.students(), |one: &AllocationDifference| {
            html! { one.application.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ") }
        }),
        Column::new(run_name(t, &found.before), move |one: &AllocationDifference| got(&one.before)),
        Column::new(run_name(t, &found.after), move |one: &AllocationDifference| got(&one.after)),
    ];
    html! {
        <div class="gestfg-stack">
            if !found.same_inputs {
                <Alert tone={Tone::Warning} title={t.run_other_inputs()} />
            }
            <p>{ t.run_compare_summary(found.differences.len(), found.better, found.worse) }</p>
            if !found.differences.is_empty() {
                <div class="gestfg-scroll" tabindex="0" role="region" aria-label={t.run_differences()}>
                    <DataTable caption={t.run_differences()} compact=true content={TableContent::new(&columns, &found.differences)} />
                </div>
            }
            { loads(found, t) }
        </div>
    }
}

/// What tutors get by the one and by the other.
fn loads(found: &AllocationComparison, t: Texts) -> Html {
    let of = |run: &AllocationRunSummary| Series {
        name: run_name(t, run),
        values: run.measures.as_ref().map(|measures| counted(&measures.tutor_loads)).unwrap_or_default(),
    };
    let columns = [
        Column::new(t.tutor(), |one: &TutorLoadDifference| html! { &one.tutor.name }),
        Column::new(run_name(t, &found.before), |one: &TutorLoadDifference| html! { one.before }),
        Column::new(run_name(t, &found.after), |one: &TutorLoadDifference| html! { one.after }),
    ];
    html! {
        <>
            { load_chart(t, vec![of(&found.before), of(&found.after)]) }
            <details>
                <summary>{ t.run_tutors() }</summary>
                <div class="gestfg-scroll" tabindex="0" role="region" aria-label={t.run_tutors()}>
                    <DataTable caption={t.run_tutors()} compact=true content={TableContent::new(&columns, &found.tutors)} />
                </div>
            </details>
        </>
    }
}
