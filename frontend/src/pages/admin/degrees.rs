//! Degrees.

use super::degree_editor::DegreeEditor;
use super::master::{Editor, MasterList, Narrowing, Words};
use crate::components::{Badge, Choice, Colour, Column, IconName, RouteLink};
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::master::{Degree, Level};
use std::rc::Rc;
use yew::prelude::*;

/// The list of degrees.
#[component]
pub fn DegreesPage() -> Html {
    let t = use_texts();
    let words = Words {
        title: t.route_degrees(),
        lead: t.degrees_lead(),
        search: t.search_by_name(),
        new: t.degree_new(),
        empty: t.degrees_empty(),
        empty_body: t.degrees_empty_body(),
        icon: IconName::Graduation,
    };
    let columns = vec![
        Column::new(t.code(), |degree: &Degree| html! { <strong>{ &degree.code }</strong> }),
        Column::new(t.name(), |degree: &Degree| html! { &degree.name }),
        Column::new(t.level(), move |degree: &Degree| {
            let colour = match degree.level {
                Level::Bachelor => Colour::Blue,
                Level::Master => Colour::Purple,
            };
            html! { <Badge label={t.level_name(degree.level)} {colour} /> }
        }),
        Column::new(t.coordinators(), move |degree: &Degree| {
            if degree.coordinators.is_empty() {
                return html! { <span class="gestfg-subtle">{ t.no_head() }</span> };
            }
            let names: Vec<&str> = degree.coordinators.iter().map(|person| person.name.as_str()).collect();
            html! { names.join(", ") }
        }),
        Column::new(t.settings_committees(), move |degree: &Degree| {
            let label = format!("{}: {}", t.settings_link(), degree.name);
            html! {
                <div class="gestfg-links">
                    <RouteLink to={Route::CommitteeSettings { id: degree.id }} {label}>{ t.settings_link() }</RouteLink>
                    <RouteLink
                        to={Route::GradingSettings { id: degree.id }}
                        label={format!("{}: {}", t.route_grading_settings(), degree.name)}
                    >
                        { t.route_grading_settings() }
                    </RouteLink>
                </div>
            }
        }),
        Column::new(t.rules(), move |degree: &Degree| {
            let rules = &degree.rules;
            let validated =
                if rules.requires_validation { t.rule_validated() } else { t.rule_not_validated() };
            let kinds = if rules.project_kinds.is_empty() {
                t.rules_free_kinds().to_owned()
            } else {
                rules.project_kinds.join(", ")
            };
            html! {
                <span class="gestfg-subtle">
                    { format!("{} · {validated} · {kinds}", t.rule_up_to_students(rules.max_students_per_project)) }
                </span>
            }
        }),
    ];
    let narrowing = Narrowing {
        name: "level",
        label: t.level(),
        choices: vec![
            Choice::new("bachelor", t.level_name(Level::Bachelor)),
            Choice::new("master", t.level_name(Level::Master)),
        ],
    };
    let editor: Editor<Degree> = Rc::new(|item, onsaved, onclose| {
        html! { <DegreeEditor {item} {onsaved} {onclose} /> }
    });
    html! { <MasterList<Degree> {words} {columns} {narrowing} {editor} /> }
}
