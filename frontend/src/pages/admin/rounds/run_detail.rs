//! What is in an allocation: measures, charts, pairs, and the answer to everybody.

use super::runs::mean;
use crate::components::{
    Alert, BarChart, Card, Choice, Column, DataTable, RouteLink, SelectField, Series, TableContent, Tone,
};
use crate::hooks::filter_field;
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_planner::allocation::{Because, BlockingPair, Instance, OneMore, Solution, check_solution};
use gestfg_types::allocation_runs::{
    AllocationReason, AllocationRun, NamedApplication, NamedProject, TutorLoad,
};
use gestfg_types::ids::{ApplicationId, ProjectId};
use serde::Deserialize;
use std::rc::Rc;
use yew::prelude::*;

/// The most rows of a table drawn at once.
const SHOWN: usize = 300;

/// Properties of [`Detail`].
#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    /// Which allocation.
    pub(super) run: Rc<AllocationRun>,
}

/// The question and the answer, read, with the names of everybody in them.
struct Read {
    question: Instance,
    answer: Solution,
    run: Rc<AllocationRun>,
}

impl Read {
    fn of(run: &Rc<AllocationRun>) -> Option<Self> {
        let question = Instance::deserialize(&run.instance).ok()?;
        let answer = Solution::deserialize(run.solution.as_ref()?).ok()?;
        Some(Self { question, answer, run: Rc::clone(run) })
    }

    fn application(&self, id: &str) -> Option<&NamedApplication> {
        let id = ApplicationId(id.strip_prefix("application-")?.parse().ok()?);
        self.run.applications.iter().find(|one| one.id == id)
    }

    fn project(&self, id: &str) -> Option<&NamedProject> {
        let id = ProjectId(id.strip_prefix("project-")?.parse().ok()?);
        self.run.projects.iter().find(|one| one.id == id)
    }

    fn who(&self, id: &str) -> String {
        self.application(id).map_or_else(|| id.to_owned(), names)
    }

    fn title(&self, id: &str) -> String {
        self.project(id).map_or_else(|| id.to_owned(), |one| one.title.clone())
    }
}

fn names(one: &NamedApplication) -> String {
    one.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// An allocation in full.
#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let t = use_texts();
    let read = use_memo(props.run.clone(), |run| {
        let read = Read::of(run)?;
        let valid = check_solution(&read.question, &read.answer).valid;
        Some((read, valid))
    });
    let Some((read, valid)) = &*read else {
        return html! { <Alert tone={Tone::Warning} title={t.answer_not_understood()} /> };
    };
    html! {
        <div class="gestfg-stack">
            { measures(read, *valid, t) }
            { profile(read, t) }
            { loads(&props.run.tutors, t) }
            { stability(read, t) }
            <WhyNot run={props.run.clone()} />
            { pairs(read, t) }
            { one_more(read, t) }
        </div>
    }
}

fn measures(read: &Read, valid: bool, t: Texts) -> Html {
    let found = &read.answer.measures;
    let fact = |term: &'static str, value: String| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    html! {
        <Card title={t.run_measures()}>
            <div class="gestfg-stack">
                <Alert
                    tone={if valid { Tone::Success } else { Tone::Danger }}
                    title={if valid { t.run_checked() } else { t.run_not_sound() }}
                />
                <dl class="gestfg-facts">
                    { fact(t.measure_matched(), format!("{} / {}", found.matched, found.applicants)) }
                    { fact(t.measure_students(), found.students_matched.to_string()) }
                    { fact(t.measure_mean(), found.mean_rank_thousandths.map_or_else(|| "—".to_owned(), |value| mean(t, value))) }
                    { fact(t.measure_worst(), found.worst_rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string())) }
                    { fact(t.measure_blocking(), found.blocking.to_string()) }
                    { fact(t.measure_empty(), found.empty_projects.len().to_string()) }
                    { fact(t.plan_seed(), read.answer.seed.to_string()) }
                </dl>
                <p class="gestfg-subtle gestfg-small">
                    { t.answer_proof() }{ ": " }<code class="gestfg-hash">{ &read.answer.input_hash }</code>
                </p>
            </div>
        </Card>
    }
}

fn profile(read: &Read, t: Texts) -> Html {
    let found = &read.answer.measures;
    let mut labels: Vec<String> = (1..=found.profile.len()).map(|rank| t.round_choice(rank)).collect();
    let mut values = found.profile.clone();
    labels.push(t.measure_nothing().to_owned());
    values.push(found.applicants.saturating_sub(found.matched));
    let series = vec![Series {
        name: t.round_applications().to_owned(),
        values: values.into_iter().map(Some).collect(),
    }];
    html! { <Card><BarChart title={t.chart_profile()} axis={t.measure_choice()} {labels} {series} /></Card> }
}

/// How many tutors got how many projects, and who.
fn loads(tutors: &[TutorLoad], t: Texts) -> Html {
    let most = tutors.iter().map(|load| load.projects).max().unwrap_or(0);
    let values = (0..=most).map(|count| tutors.iter().filter(|load| load.projects == count).count());
    let series = vec![Series { name: t.measure_tutors().to_owned(), values: values.map(Some).collect() }];
    let labels: Vec<String> = (0..=most).map(|count| count.to_string()).collect();
    let columns = [
        Column::new(t.tutor(), |load: &TutorLoad| html! { &load.tutor.name }),
        Column::new(t.measure_projects(), |load: &TutorLoad| html! { load.projects }),
        Column::new(t.students(), |load: &TutorLoad| html! { load.students }),
    ];
    let shown: Vec<TutorLoad> = tutors.iter().take(SHOWN).cloned().collect();
    html! {
        <Card>
            <BarChart title={t.chart_tutors()} axis={t.measure_projects()} {labels} {series} />
            <details>
                <summary>{ t.run_tutors() }</summary>
                <DataTable caption={t.run_tutors()} compact=true content={TableContent::new(&columns, &shown)} />
            </details>
        </Card>
    }
}

fn stability(read: &Read, t: Texts) -> Html {
    let found = &read.answer.measures;
    if found.blocking == 0 {
        return html! {
            <Alert tone={Tone::Success} title={t.run_stable()}>{ t.run_stable_body(found.examined) }</Alert>
        };
    }
    let rows: Vec<(String, String, Because)> = found
        .blocking_pairs
        .iter()
        .map(|BlockingPair { applicant, project, because }| {
            (read.who(&applicant.0), read.title(&project.0), *because)
        })
        .collect();
    let columns = [
        Column::new(t.run_would_rather(), |row: &(String, String, Because)| html! { &row.0 }),
        Column::new(t.project(), |row: &(String, String, Because)| html! { &row.1 }),
        Column::new(t.reason(), move |row: &(String, String, Because)| {
            let words = match row.2 {
                Because::Room => t.because_room(),
                Because::OwnApplicant => t.because_own(),
                Because::PreferredInProject => t.because_project(),
                Because::PreferredByTutor => t.because_tutor(),
            };
            html! { words }
        }),
    ];
    html! {
        <Card title={t.run_blocking(found.blocking)}>
            <p class="gestfg-subtle">{ t.run_blocking_body() }</p>
            <div class="gestfg-scroll" tabindex="0" role="region" aria-label={t.run_blocking(found.blocking)}>
                <DataTable caption={t.run_blocking(found.blocking)} compact=true content={TableContent::new(&columns, &rows)} />
            </div>
        </Card>
    }
}

fn pairs(read: &Read, t: Texts) -> Html {
    struct Row {
        who: String,
        project: Option<NamedProject>,
        rank: Option<usize>,
    }
    let given = read.answer.pairs.iter().map(|pair| Row {
        who: read.who(&pair.applicant.0),
        project: read.project(&pair.project.0).cloned(),
        rank: pair.rank,
    });
    let without =
        read.answer.unmatched.iter().map(|id| Row { who: read.who(&id.0), project: None, rank: None });
    let mut rows: Vec<Row> = without.chain(given).collect();
    let more = rows.len().saturating_sub(SHOWN);
    rows.truncate(SHOWN);
    let columns = [
        Column::new(t.students(), |row: &Row| html! { &row.who }),
        Column::new(t.project(), move |row: &Row| match &row.project {
            None => html! { <strong>{ t.measure_nothing() }</strong> },
            Some(project) => html! {
                <>
                    <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink>
                    <p class="gestfg-subtle gestfg-small">{ &project.tutor.name }</p>
                </>
            },
        }),
        Column::new(t.measure_choice(), move |row: &Row| match (row.rank, &row.project) {
            (Some(rank), _) => html! { t.round_choice(rank) },
            (None, Some(_)) => html! { t.run_agreed() },
            (None, None) => html! { "—" },
        }),
    ];
    html! {
        <Card title={t.run_pairs()}>
            <DataTable caption={t.run_pairs()} compact=true content={TableContent::new(&columns, &rows)} />
            if more > 0 {
                <p class="gestfg-subtle">{ t.choices_more(more) }</p>
            }
        </Card>
    }
}

fn one_more(read: &Read, t: Texts) -> Html {
    let rows: Vec<(String, OneMore)> =
        read.answer.one_more.iter().map(|one| (read.title(&one.project.0), one.clone())).collect();
    if rows.is_empty() {
        return html! {};
    }
    let columns = [
        Column::new(t.project(), |row: &(String, OneMore)| html! { &row.0 }),
        Column::new(t.one_more_wanted(), |row: &(String, OneMore)| html! { row.1.wanted_by }),
        Column::new(t.one_more_matched(), |row: &(String, OneMore)| html! { row.1.matched }),
        Column::new(t.one_more_better(), |row: &(String, OneMore)| html! { row.1.better_off }),
        Column::new(t.one_more_worse(), |row: &(String, OneMore)| html! { row.1.worse_off }),
    ];
    html! {
        <Card title={t.one_more_title()}>
            <p class="gestfg-subtle">{ t.one_more_body() }</p>
            <DataTable caption={t.one_more_title()} compact=true content={TableContent::new(&columns, &rows)} />
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct WhyNotProps {
    run: Rc<AllocationRun>,
}

/// What one student would be told, wish by wish.
#[component]
fn WhyNot(props: &WhyNotProps) -> Html {
    let t = use_texts();
    let chosen = use_state_eq(String::new);
    let read = use_memo(props.run.clone(), Read::of);
    let mut choices: Vec<(String, String)> =
        props.run.applications.iter().map(|one| (format!("application-{}", one.id), names(one))).collect();
    choices.sort_by(|one, other| one.1.cmp(&other.1));
    let field = filter_field("why-not", (*chosen).clone(), {
        let chosen = chosen.setter();
        Callback::from(move |id: String| chosen.set(id))
    });
    let asked = (*read).as_ref().and_then(|read| {
        let applicant = read.question.applicants.iter().find(|one| one.id.0 == *chosen)?;
        let got = read.answer.pairs.iter().find(|pair| pair.applicant == applicant.id);
        let wish = |(rank, project): (usize, &gestfg_planner::id::ProjectId)| {
            let granted = got.is_some_and(|pair| pair.project == *project);
            let answer = read.answer.answers.iter();
            let answer =
                answer.filter(|one| one.applicant == applicant.id).find(|one| one.project == *project);
            // The planner and the contract name and shape reasons alike.
            let reason = answer.and_then(|one| serde_json::to_value(one.reason).ok());
            let reason = reason.and_then(|value| AllocationReason::deserialize(value).ok());
            html! {
                <li key={project.0.clone()}>
                    <strong>{ format!("{rank}. {}", read.title(&project.0)) }</strong>
                    { ": " }
                    if granted {
                        { t.answer_granted() }
                    } else if let Some(reason) = reason {
                        { t.allocation_reason(&reason) }
                    }
                </li>
            }
        };
        Some(html! { <ul class="pf-v6-c-list" role="list">{ for applicant.wishes().map(wish) }</ul> })
    });
    html! {
        <Card title={t.why_not_title()}>
            <div class="gestfg-stack">
                <SelectField
                    {field}
                    label={t.why_not_who()}
                    none={t.why_not_choose()}
                    choices={choices.into_iter().map(|(id, name)| Choice::new(id, name)).collect::<Vec<_>>()}
                />
                <div aria-live="polite">{ asked.unwrap_or_default() }</div>
            </div>
        </Card>
    }
}
