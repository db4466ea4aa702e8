//! How far projects come, in charts and figures.

use crate::api::master::{active_degrees, active_departments};
use crate::api::statistics::{find_statistics, gather_statistics};
use crate::components::{
    Alert, BarChart, Button, ButtonKind, Card, Choice, Column, DataTable, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, ProblemAlert, SelectField, Series, TableContent, Tone,
    draw_remote, export_query, use_toasts,
};
use crate::format::{academic_year, use_dates};
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::session::use_session;
use crate::zone::use_configuration;
use gestfg_types::statistics::{
    Statistics, StatisticsCount, StatisticsFigures, StatisticsGroup, StatisticsGrouping, StatisticsLoads,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Groups in a chart; more are told apart by nobody.
const SHOWN: usize = 12;
/// Years to choose from.
const YEARS: i16 = 15;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct StatisticsQuery {
    group_by: String,
    from: String,
    to: String,
    degree_id: String,
    department_id: String,
    #[serde(skip)]
    page: String,
}

impl ListQuery for StatisticsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.page
    }
}

/// The page.
#[component]
pub fn StatisticsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let toasts = use_toasts();
    let url = use_query::<StatisticsQuery>();
    let query = &url.query;
    let found =
        use_remote(query.clone(), |client, query| async move { find_statistics(&client, &query).await });
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let departments = use_remote((), |client, ()| async move { active_departments(&client).await });
    let gather = {
        let refresh = found.refresh.clone();
        use_action(move |client, ()| {
            let (refresh, toasts) = (refresh.clone(), toasts.clone());
            async move {
                gather_statistics(&client).await?;
                toasts.done(t.statistics_gathered());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let this_year = use_configuration().map(|configuration| configuration.academic_year);
    let years: Vec<Choice> = this_year
        .map(|year| (0..YEARS).map(|ago| Choice::new(year - ago, academic_year(year - ago))).collect())
        .unwrap_or_default();
    let reads_tutors = session.me().is_some_and(|me| me.roles.admin || me.roles.professor.is_some());
    let groupings = StatisticsGrouping::ALL
        .iter()
        .filter(|by| reads_tutors || **by != StatisticsGrouping::Tutor)
        .map(|by| Choice::new(by.as_str(), t.statistics_grouping(*by)));
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items.iter().map(|one| Choice::new(one.id, format!("{} · {}", one.code, one.name))).collect()
    });
    let department_choices: Vec<Choice> = departments.ready().map_or_else(Vec::new, |page| {
        page.items.iter().map(|one| Choice::new(one.id, format!("{} · {}", one.code, one.name))).collect()
    });
    let latest = found.latest.clone();
    let actions = html! {
        <>
            if latest.as_ref().is_some_and(|found| found.may_gather) {
                <Button
                    label={t.statistics_gather()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::Undo}
                    busy={gather.running}
                    onclick={gather.run.reform(|_: MouseEvent| ())}
                />
            }
            <ListExport path="/statistics" query={export_query(query)} name={t.route_statistics()} />
        </>
    };
    let lead = latest.as_ref().map_or_else(
        || t.statistics_lead().to_owned(),
        |found| {
            let at = dates.date_time(found.gathered_at);
            format!("{} {}", t.statistics_lead(), t.statistics_gathered_at(&at))
        },
    );
    html! {
        <>
            <PageHeader title={t.route_statistics()} lead={AttrValue::from(lead)} {actions} />
            <PageSection>
                if let Some(error) = &gather.error {
                    <div class="gestfg-gap-after"><ProblemAlert error={error.clone()} /></div>
                }
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    <SelectField
                        label={t.statistics_group_by()}
                        choices={groupings.collect::<Vec<_>>()}
                        field={url.filter("filter-group", if query.group_by.is_empty() { "year" } else { &query.group_by }, |query, value| query.group_by = value)}
                    />
                    <SelectField
                        label={t.statistics_from()}
                        none={t.any()}
                        choices={years.clone()}
                        field={url.filter("filter-from", &query.from, |query, value| query.from = value)}
                    />
                    <SelectField
                        label={t.statistics_to()}
                        none={t.any()}
                        choices={years}
                        field={url.filter("filter-to", &query.to, |query, value| query.to = value)}
                    />
                    <SelectField
                        label={t.degree()}
                        none={t.any_feminine()}
                        choices={degree_choices}
                        field={url.filter("filter-degree", &query.degree_id, |query, value| query.degree_id = value)}
                    />
                    <SelectField
                        label={t.department()}
                        none={t.any()}
                        choices={department_choices}
                        field={url.filter("filter-department", &query.department_id, |query, value| query.department_id = value)}
                    />
                </FilterBar>
                <div class="gestfg-list">
                    { draw_remote(&found, LoadingShape::Rows, |found: &Statistics| draw(t, found)) }
                </div>
            </PageSection>
        </>
    }
}

fn draw(t: Texts, found: &Statistics) -> Html {
    if found.groups.is_empty() {
        return html! { <EmptyState title={t.statistics_empty()}>{ t.statistics_empty_body() }</EmptyState> };
    }
    html! {
        <div class="gestfg-stack">
            if found.is_rounded || found.groups.iter().any(|group| group.is_rounded) {
                <Alert tone={Tone::Info} title={t.statistics_rounded()}><p>{ t.statistics_rounded_body() }</p></Alert>
            }
            if found.groups.len() <= SHOWN {
                <Card>{ stages(t, found) }</Card>
            }
            { figures(t, found) }
            { bands(t, found) }
            { distribution(t.statistics_ranks(), t.statistics_rank(), t.statistics_projects(), &found.granted_ranks) }
            if let Some(loads) = &found.loads {
                { work(t, loads) }
            }
        </div>
    }
}

fn label(group: &StatisticsGroup) -> String {
    group.code.clone().unwrap_or_else(|| group.name.clone())
}

/// A group of bars for each group, a bar for each stage.
fn stages(t: Texts, found: &Statistics) -> Html {
    let stage = |name: &str, of: fn(&StatisticsFigures) -> Option<i64>| Series {
        name: name.to_owned(),
        values: found
            .groups
            .iter()
            .map(|group| of(&group.figures).and_then(|n| usize::try_from(n).ok()))
            .collect(),
    };
    let series = vec![
        stage(t.statistics_offered(), |figures| figures.offered),
        stage(t.statistics_published(), |figures| figures.published),
        stage(t.statistics_assigned(), |figures| figures.assigned),
        stage(t.statistics_entered(), |figures| figures.entered),
        stage(t.statistics_defended(), |figures| figures.defended),
    ];
    let labels: Vec<String> = found.groups.iter().map(label).collect();
    html! { <BarChart title={t.statistics_stages()} axis={t.statistics_grouping(found.group_by)} {labels} {series} /> }
}

fn cell(t: Texts, count: Option<i64>, is_rounded: bool) -> Html {
    match count {
        Some(count) if is_rounded => html! { format!("≈\u{a0}{count}") },
        Some(count) => html! { count },
        None => html! {
            <>
                <span class="gestfg-subtle" aria-hidden="true">{ "·" }</span>
                <span class="pf-v6-screen-reader">{ t.figure_hidden() }</span>
            </>
        },
    }
}

fn figures(t: Texts, found: &Statistics) -> Html {
    let column = |label: &'static str, of: fn(&StatisticsFigures) -> Option<i64>| {
        Column::new(label, move |group: &StatisticsGroup| cell(t, of(&group.figures), group.is_rounded))
    };
    let columns = [
        Column::new(t.statistics_grouping(found.group_by), |group: &StatisticsGroup| {
            let name = match &group.code {
                Some(code) => format!("{code} · {}", group.name),
                None => group.name.clone(),
            };
            if group.id == 0 {
                html! { <strong>{ name }</strong> }
            } else {
                html! { name }
            }
        }),
        column(t.statistics_offered(), |figures| figures.offered),
        column(t.statistics_validated(), |figures| figures.validated),
        column(t.statistics_published(), |figures| figures.published),
        column(t.statistics_assigned(), |figures| figures.assigned),
        column(t.statistics_students(), |figures| figures.students),
        column(t.statistics_entered(), |figures| figures.entered),
        column(t.statistics_defended(), |figures| figures.defended),
        column(t.statistics_not_presented(), |figures| figures.not_presented),
        column(t.statistics_passed(), |figures| figures.passed),
        column(t.statistics_honours(), |figures| figures.honours),
        Column::new(t.statistics_days(), |group: &StatisticsGroup| {
            let days = group.figures.median_days_to_defence.map(|days| format!("{days:.0}"));
            html! { days.unwrap_or_else(|| "–".to_owned()) }
        }),
    ];
    let total = StatisticsGroup {
        id: 0,
        code: None,
        name: t.statistics_all().to_owned(),
        figures: found.total.clone(),
        is_rounded: found.is_rounded,
    };
    let rows: Vec<StatisticsGroup> = found.groups.iter().cloned().chain([total]).collect();
    html! { <DataTable caption={t.statistics_table()} compact=true content={TableContent::new(&columns, &rows)} /> }
}

fn distribution(
    title: &'static str,
    axis: &'static str,
    of: &'static str,
    counts: &[StatisticsCount],
) -> Html {
    if counts.is_empty() {
        return html! {};
    }
    let values = counts.iter().map(|count| count.count.and_then(|n| usize::try_from(n).ok())).collect();
    let labels: Vec<String> = counts.iter().map(|count| count.value.to_string()).collect();
    let series = vec![Series { name: of.to_owned(), values }];
    html! { <Card><BarChart {title} {axis} {labels} {series} /></Card> }
}

/// The marks of closed minutes.
fn bands(t: Texts, found: &Statistics) -> Html {
    if found.total.passed == Some(0) && found.marks.iter().all(|band| band.count == Some(0)) {
        return html! {};
    }
    let labels: Vec<String> = found.marks.iter().map(|of| t.statistics_band(of.band).to_owned()).collect();
    let values = found.marks.iter().map(|of| of.count.and_then(|n| usize::try_from(n).ok())).collect();
    let series = vec![Series { name: t.statistics_students().to_owned(), values }];
    html! { <Card><BarChart title={t.statistics_marks()} axis={t.statistics_mark()} {labels} {series} /></Card> }
}

/// Who has how much to do.
fn work(t: Texts, loads: &StatisticsLoads) -> Html {
    html! {
        <>
            { distribution(t.statistics_tutor_loads(), t.statistics_projects(), t.statistics_tutors(), &loads.tutors) }
            { distribution(t.statistics_seat_loads(), t.statistics_seats(), t.statistics_professors(), &loads.seats) }
            { distribution(t.statistics_committee_loads(), t.statistics_defences(), t.statistics_committees(), &loads.committees) }
        </>
    }
}
