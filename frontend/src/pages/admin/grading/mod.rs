//! How a degree is marked: its rubrics, and how final marks are made of them.

mod rubric;
mod rubric_draft;
mod settings;
mod settings_draft;
mod similarity;

use crate::api::marks::{find_grading_settings, list_rubrics};
use crate::api::master::find_item;
use crate::components::{Choice, Crumb, LoadingShape, PageHeader, PageSection, SelectField, draw_remote};
use crate::format::academic_year;
use crate::hooks::{filter_field, use_query, use_remote};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::zone::use_configuration;
use gestfg_types::grading::GradingSettings;
use gestfg_types::ids::DegreeId;
use gestfg_types::master::Degree;
use gestfg_types::rubrics::{Rubric, Rubrics};
use rubric::RubricEditor;
use serde::{Deserialize, Serialize};
use settings::SettingsEditor;
use similarity::SimilarityOfYear;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct GradingQuery {
    year: String,
}

/// Properties of [`GradingSettingsPage`].
#[derive(Properties, PartialEq)]
pub struct GradingSettingsPageProps {
    /// Of which degree.
    pub id: DegreeId,
}

/// The rubrics of a degree, and its rules of a year.
#[component]
pub fn GradingSettingsPage(props: &GradingSettingsPageProps) -> Html {
    let t = use_texts();
    let url = use_query::<GradingQuery>();
    let present = use_configuration().map(|configuration| configuration.academic_year);
    let year: Option<i16> = url.query.year.parse().ok().or(present);
    let degree = use_remote(props.id, |client, id| async move { find_item::<Degree>(&client, id.0).await });
    let title = degree.latest.as_ref().map_or_else(
        || t.route_grading_settings().to_owned(),
        |degree| format!("{} · {}", t.route_grading_settings(), degree.code),
    );
    let years =
        present.map_or_else(Vec::new, |present| (present - 3..=present + 2).rev().collect::<Vec<i16>>());
    let usual = present.map(|year| year.to_string()).unwrap_or_default();
    let onyear = url
        .go
        .reform(move |year: String| GradingQuery { year: if year == usual { String::new() } else { year } });
    let chosen = year.map(|year| year.to_string()).unwrap_or_default();
    html! {
        <>
            <PageHeader
                {title}
                lead={t.rubrics_lead()}
                crumbs={vec![Crumb { to: Route::Degrees, label: t.route_degrees().into() }]}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <CurrentRubrics degree={props.id} />
                    <div class="gestfg-filters">
                        <SelectField
                            label={t.academic_year()}
                            choices={years.into_iter().map(|year| Choice::new(year, academic_year(year))).collect::<Vec<_>>()}
                            field={filter_field("grading-year", chosen, onyear)}
                        />
                    </div>
                    if let Some(year) = year {
                        <OfYear key={year.to_string()} degree={props.id} {year} />
                        <SimilarityOfYear key={format!("similarity-{year}")} degree={props.id} {year} />
                    }
                </div>
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OfDegreeProps {
    degree: DegreeId,
}

/// The rubric in force for each role.
#[component]
fn CurrentRubrics(props: &OfDegreeProps) -> Html {
    let found = use_remote(props.degree, |client, id| async move { list_rubrics(&client, id).await });
    // What is typed stays as it is while others write: saving finds out.
    draw_remote(&found, LoadingShape::Cards, |rubrics: &Rubrics| {
        let current = rubrics.items.iter().filter(|rubric| rubric.is_current);
        let editor = |rubric: &Rubric| {
            let key = format!("{}-{}", rubric.role.as_str(), rubric.version);
            html! { <RubricEditor {key} rubric={rubric.clone()} onsaved={found.reload.clone()} /> }
        };
        html! { <div class="gestfg-stack">{ for current.map(editor) }</div> }
    })
}

#[derive(Properties, PartialEq)]
struct OfYearProps {
    degree: DegreeId,
    year: i16,
}

#[component]
fn OfYear(props: &OfYearProps) -> Html {
    let asked = (props.degree, props.year);
    let found = use_remote(asked, |client, (degree, year)| async move {
        Ok(Rc::new(find_grading_settings(&client, degree, year).await?))
    });
    let onsaved = {
        let replace = found.replace.clone();
        Callback::from(move |saved: GradingSettings| replace.emit(Rc::new(Rc::new(saved))))
    };
    draw_remote(&found, LoadingShape::Rows, |settings: &Rc<GradingSettings>| {
        let key = settings.version.to_string();
        html! {
            <SettingsEditor
                {key}
                settings={Rc::clone(settings)}
                onsaved={onsaved.clone()}
                onreload={found.reload.clone()}
            />
        }
    })
}
