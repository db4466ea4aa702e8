//! Bars that compare, with the table behind them.

use crate::i18n::use_texts;
use yew::prelude::*;

/// How tall the drawing is, in its own units.
const HEIGHT: f64 = 220.0;
/// Room for the labels below the bars.
const FOOT: f64 = 28.0;
/// Room for the figures above them.
const HEAD: f64 = 18.0;
/// The most series told apart by their look.
const LOOKS: usize = 7;

/// One of the things compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One value for each label; none where it is not told.
    pub values: Vec<Option<usize>>,
}

/// Properties of [`BarChart`].
#[derive(Properties, PartialEq)]
pub struct BarChartProps {
    /// What it shows.
    pub title: AttrValue,
    /// What the groups of bars stand for.
    pub axis: AttrValue,
    /// One for each group of bars.
    pub labels: Vec<String>,
    /// One bar of each group.
    pub series: Vec<Series>,
}

/// Groups of bars; the same figures are in a table that can be opened.
#[component]
pub fn BarChart(props: &BarChartProps) -> Html {
    let t = use_texts();
    let most =
        props.series.iter().flat_map(|series| &series.values).flatten().copied().max().unwrap_or(0).max(1);
    let (groups, bars) = (props.labels.len().max(1), props.series.len().max(1));
    let bar = (560.0 / (groups * (bars + 1)) as f64).clamp(4.0, 34.0);
    let group = bar * (bars as f64 + 0.8);
    let width = group * groups as f64 + bar;
    let floor = HEIGHT - FOOT;
    let tall = |value: usize| value as f64 / most as f64 * (floor - HEAD);
    let figures = bar >= 12.0;
    let told = |value: Option<usize>| match value {
        Some(value) => html! { value },
        None => {
            html! { <><span aria-hidden="true">{ "·" }</span><span class="pf-v6-screen-reader">{ t.figure_hidden() }</span></> }
        }
    };
    let drawn = props.labels.iter().enumerate().map(|(at, label)| {
        let left = bar / 2.0 + group * at as f64;
        html! {
            <g key={at}>
                { for props.series.iter().enumerate().map(|(n, series)| {
                    let value = series.values.get(at).copied().flatten().unwrap_or_default();
                    let (x, y) = (left + bar * n as f64, floor - tall(value));
                    html! {
                        <>
                            <rect
                                class={format!("gestfg-bar gestfg-bar--{}", n % LOOKS)}
                                x={format!("{x:.1}")}
                                y={format!("{y:.1}")}
                                width={format!("{:.1}", bar * 0.9)}
                                height={format!("{:.1}", tall(value))}
                            />
                            if figures && value > 0 {
                                <text class="gestfg-bar__figure" x={format!("{:.1}", x + bar * 0.45)} y={format!("{:.1}", y - 4.0)} text-anchor="middle">
                                    { value }
                                </text>
                            }
                        </>
                    }
                }) }
                <text
                    class="gestfg-bar__label"
                    x={format!("{:.1}", left + bar * bars as f64 / 2.0)}
                    y={format!("{:.1}", floor + 16.0)}
                    text-anchor="middle"
                >
                    { label }
                </text>
            </g>
        }
    });
    html! {
        <figure class="gestfg-chart">
            <figcaption class="gestfg-subheading">{ props.title.clone() }</figcaption>
            <svg
                viewBox={format!("0 0 {width:.1} {HEIGHT}")}
                preserveAspectRatio="xMinYMid meet"
                role="img"
                aria-label={t.chart_label(&props.title)}
                focusable="false"
            >
                <line class="gestfg-bar__floor" x1="0" x2={format!("{width:.1}")} y1={floor.to_string()} y2={floor.to_string()} />
                { for drawn }
            </svg>
            <p class="gestfg-subtle gestfg-small" aria-hidden="true">{ props.axis.clone() }</p>
            if props.series.len() > 1 {
                <ul class="gestfg-legend" role="list">
                    { for props.series.iter().enumerate().map(|(n, series)| html! {
                        <li key={n}>
                            <span class={format!("gestfg-legend__mark gestfg-bar--{}", n % LOOKS)} aria-hidden="true"></span>
                            { &series.name }
                        </li>
                    }) }
                </ul>
            }
            <details>
                <summary>{ t.chart_table() }</summary>
                <table class="pf-v6-c-table pf-m-compact">
                    <caption class="pf-v6-screen-reader">{ props.title.clone() }</caption>
                    <thead class="pf-v6-c-table__thead">
                        <tr class="pf-v6-c-table__tr">
                            <th class="pf-v6-c-table__th" scope="col">{ props.axis.clone() }</th>
                            { for props.series.iter().map(|series| html! {
                                <th class="pf-v6-c-table__th" scope="col">{ &series.name }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody class="pf-v6-c-table__tbody">
                        { for props.labels.iter().enumerate().map(|(at, label)| html! {
                            <tr class="pf-v6-c-table__tr" key={at}>
                                <th class="pf-v6-c-table__th" scope="row">{ label }</th>
                                { for props.series.iter().map(|series| html! {
                                    <td class="pf-v6-c-table__td">{ told(series.values.get(at).copied().flatten()) }</td>
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </details>
        </figure>
    }
}
