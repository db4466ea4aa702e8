//! The allocations of a round side by side.

use super::compare::CompareDialog;
use super::rename::RenameDialog;
use super::start::StartDialog;
use super::verify::Verify;
use crate::api::allocation_runs::{delete_allocation_run, list_allocation_runs};
use crate::api::planning::cancel_planning_job;
use crate::components::{
    Badge, BarChart, Button, ButtonKind, Colour, Column, ConfirmDialog, DataTable, EmptyState, IconName,
    LoadingShape, RouteLink, Series, TableContent, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundAction};
use gestfg_types::allocation_runs::{
    AllocationMeasures, AllocationRunAction as Action, AllocationRunState as State, AllocationRunSummary,
    AllocationRuns,
};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`Runs`].
#[derive(Properties, PartialEq)]
pub(super) struct RunsProps {
    /// Of which round.
    pub(super) round: AllocationRound,
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Starting,
    Renaming(AllocationRunSummary),
    Deleting(AllocationRunSummary),
    Comparing(AllocationRunSummary),
}

/// The colour of a state.
pub(super) const fn run_colour(state: State) -> Colour {
    match state {
        State::UnderWay => Colour::Blue,
        State::Draft => Colour::Grey,
        State::Failed => Colour::Red,
        State::Cancelled => Colour::Orange,
        State::Published => Colour::Green,
    }
}

/// What a run is called.
pub(super) fn run_name(t: Texts, run: &AllocationRunSummary) -> String {
    let named = run.name.as_ref().map_or_else(String::new, |name| format!(" · {name}"));
    format!("{} · {}{named}", t.run_number(run.number), t.allocation_method(run.method))
}

/// A mean in thousandths, with two decimals.
pub(super) fn mean(t: Texts, thousandths: u64) -> String {
    let text = format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10);
    match t.language() {
        gestfg_types::session::Language::Es => text.replace('.', ","),
        gestfg_types::session::Language::En => text,
    }
}

/// Runs with their measures, charts, and starting others.
#[component]
pub(super) fn Runs(props: &RunsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let over = use_state_eq(|| Over::Nothing);
    let round = &props.round;
    let found = use_remote(round.id, |client, id| async move { list_allocation_runs(&client, id).await });
    use_updates(&[UpdateTopic::AllocationRounds, UpdateTopic::PlanningJobs], &found.refresh);
    let delete = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        use_action(move |client, run: AllocationRunSummary| {
            let (over, refresh, toasts) = (over.clone(), refresh.clone(), toasts.clone());
            async move {
                delete_allocation_run(&client, &run).await?;
                toasts.done(t.run_deleted());
                over.set(Over::Nothing);
                refresh.emit(());
                Ok(())
            }
        })
    };
    let stop = {
        let refresh = found.refresh.clone();
        use_action(move |client, run: AllocationRunSummary| {
            let refresh = refresh.clone();
            async move {
                cancel_planning_job(&client, run.job_id).await?;
                refresh.emit(());
                Ok(())
            }
        })
    };
    let runs = found.latest.as_ref().map_or_else(Vec::new, |found| found.items.clone());
    let may = round.allowed_actions.contains(&AllocationRoundAction::Allocate) && round.settled_at.is_none();
    let start = {
        let over = over.setter();
        html! {
            if may {
                <Button label={t.run_start()} icon={IconName::Plus} onclick={Callback::from(move |_: MouseEvent| over.set(Over::Starting))} />
            }
        }
    };
    let close = {
        let (over, clear) = (over.setter(), delete.clear.clone());
        Callback::from(move |()| {
            clear.emit(());
            over.set(Over::Nothing);
        })
    };
    let columns = {
        let (dates, over, stop) = (dates.clone(), over.setter(), stop.run.clone());
        let several = runs.iter().filter(|run| run.measures.is_some()).count() > 1;
        let measure = |label: &'static str, value: fn(Texts, &AllocationRunSummary) -> Option<String>| {
            Column::new(label, move |run: &AllocationRunSummary| {
                html! { value(t, run).unwrap_or_else(|| "—".to_owned()) }
            })
        };
        vec![
            Column::new(t.run_run(), move |run: &AllocationRunSummary| {
                html! {
                    <>
                        <RouteLink to={Route::AllocationRun { id: run.id }}>{ run_name(t, run) }</RouteLink>
                        <p class="gestfg-subtle gestfg-small">
                            { format!("{} · {}", dates.date_time(run.created_at), t.run_hash(run.input_hash.get(..8).unwrap_or_default())) }
                        </p>
                    </>
                }
            }),
            Column::new(t.state(), move |run: &AllocationRunSummary| {
                html! {
                    <>
                        <Badge label={t.allocation_run_state(run.state)} colour={run_colour(run.state)} />
                        if let Some(problem) = &run.problem {
                            <p class="gestfg-small">{ t.planning_problem(&problem.code) }</p>
                        }
                    </>
                }
            }),
            measure(t.measure_matched(), |_, run| {
                run.measures.as_ref().map(|m| format!("{} / {}", m.matched, m.applicants))
            }),
            measure(t.measure_first(), |_, run| {
                run.measures.as_ref().map(|m| m.profile.first().copied().unwrap_or_default().to_string())
            }),
            measure(t.measure_mean(), |t, run| {
                run.measures.as_ref().and_then(|m| m.mean_rank_thousandths).map(|value| mean(t, value))
            }),
            measure(t.measure_worst(), |_, run| {
                run.measures.as_ref().and_then(|m| m.worst_rank).map(|rank| rank.to_string())
            }),
            measure(t.measure_blocking(), |_, run| run.measures.as_ref().map(|m| m.blocking.to_string())),
            measure(t.measure_empty(), |_, run| run.measures.as_ref().map(|m| m.empty_projects.to_string())),
            Column::new(t.actions(), move |run: &AllocationRunSummary| {
                let name = run_name(t, run);
                let open = |next: Over| {
                    let over = over.clone();
                    Callback::from(move |_: MouseEvent| over.set(next.clone()))
                };
                let button = |label: String, icon: IconName, onclick: Callback<MouseEvent>| {
                    html! { <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true {onclick} /> }
                };
                let halt = {
                    let run = run.clone();
                    stop.reform(move |_: MouseEvent| run.clone())
                };
                html! {
                    <div class="gestfg-row-actions">
                        if several && run.measures.is_some() {
                            { button(t.plan_compare_named(&name), IconName::Layers, open(Over::Comparing(run.clone()))) }
                        }
                        if run.state == State::UnderWay {
                            { button(t.run_stop(&name), IconName::TimesCircle, halt) }
                        }
                        if run.allowed_actions.contains(&Action::Rename) {
                            { button(t.plan_rename_named(&name), IconName::Edit, open(Over::Renaming(run.clone()))) }
                        }
                        if run.allowed_actions.contains(&Action::Delete) {
                            { button(t.delete_named(&name), IconName::Trash, open(Over::Deleting(run.clone()))) }
                        }
                    </div>
                }
            })
            .of_actions(),
        ]
    };
    let list = |found: &AllocationRuns| {
        if found.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Layers} title={t.runs_empty()} actions={start.clone()}>
                    { t.runs_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <div class="gestfg-stack">
                <div>{ start.clone() }</div>
                <DataTable
                    caption={t.round_tab_runs()}
                    content={TableContent::new(&columns, &found.items).keyed(&found.items, |run| run.id.0)}
                />
                { profiles(t, &found.items) }
                { loads(t, &found.items) }
            </div>
        }
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Starting => {
            let (over, refresh) = (over.setter(), found.refresh.clone());
            let onstarted = Callback::from(move |()| {
                over.set(Over::Nothing);
                refresh.emit(());
            });
            html! { <StartDialog round={round.id} runs={runs.clone()} team_max={round.team_max} onclose={close} {onstarted} /> }
        }
        Over::Renaming(run) => {
            let ondone = {
                let (close, refresh) = (close.clone(), found.refresh.clone());
                Callback::from(move |()| {
                    close.emit(());
                    refresh.emit(());
                })
            };
            html! { <RenameDialog run={run.clone()} onclose={close} {ondone} /> }
        }
        Over::Deleting(run) => {
            let wanted = run.clone();
            html! {
                <ConfirmDialog
                    title={t.run_delete_title()}
                    confirm={t.delete()}
                    danger=true
                    busy={delete.running}
                    error={delete.error.clone()}
                    onconfirm={delete.run.reform(move |()| wanted.clone())}
                    oncancel={close}
                >
                    <p><strong>{ run_name(t, run) }</strong></p>
                    <p>{ t.run_delete_body() }</p>
                </ConfirmDialog>
            }
        }
        Over::Comparing(run) => {
            let others = runs.iter().filter(|other| other.id != run.id && other.measures.is_some()).cloned();
            html! { <CompareDialog run={run.clone()} others={others.collect::<Vec<_>>()} onclose={close} /> }
        }
    };
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-subtle">{ t.runs_lead() }</p>
            { draw_remote(&found, LoadingShape::Rows, list) }
            <Verify />
            { dialog }
        </div>
    }
}

/// The newest runs that were worked out, the oldest first: as many as a chart tells apart.
fn ready(runs: &[AllocationRunSummary]) -> Vec<(&AllocationRunSummary, &AllocationMeasures)> {
    let mut ready: Vec<_> =
        runs.iter().filter_map(|run| Some((run, run.measures.as_ref()?))).take(7).collect();
    ready.reverse();
    ready
}

/// How many tutors get no project, one, two … by each of them.
fn loads(t: Texts, runs: &[AllocationRunSummary]) -> Html {
    let series = ready(runs)
        .into_iter()
        .map(|(run, measures)| Series { name: run_name(t, run), values: counted(&measures.tutor_loads) });
    load_chart(t, series.collect())
}

/// Numbers that nobody has to be kept from.
pub(super) fn counted(values: &[usize]) -> Vec<Option<usize>> {
    values.iter().copied().map(Some).collect()
}

/// How many tutors have how many projects, allocation by allocation.
pub(super) fn load_chart(t: Texts, series: Vec<Series>) -> Html {
    let most = series.iter().map(|series| series.values.len()).max().unwrap_or(0);
    if most == 0 {
        return html! {};
    }
    let labels: Vec<String> = (0..most).map(|count| count.to_string()).collect();
    html! { <BarChart title={t.chart_tutors()} axis={t.measure_projects()} {labels} {series} /> }
}

/// How many got their first choice, their second … by each of them.
fn profiles(t: Texts, runs: &[AllocationRunSummary]) -> Html {
    let ready = ready(runs);
    let ranks = ready.iter().map(|(_, measures)| measures.profile.len()).max().unwrap_or(0);
    if ready.is_empty() || ranks == 0 {
        return html! {};
    }
    let mut labels: Vec<String> = (1..=ranks).map(|rank| t.round_choice(rank)).collect();
    labels.push(t.measure_nothing().to_owned());
    let series = ready.into_iter().map(|(run, measures)| {
        let mut values: Vec<usize> =
            (0..ranks).map(|at| measures.profile.get(at).copied().unwrap_or_default()).collect();
        values.push(measures.applicants.saturating_sub(measures.matched));
        Series { name: run_name(t, run), values: values.into_iter().map(Some).collect() }
    });
    html! {
        <BarChart title={t.chart_profile()} axis={t.measure_choice()} {labels} series={series.collect::<Vec<_>>()} />
    }
}
