//! How the committees of a degree are made, year by year.

mod draft;
mod editor;

use crate::api::committees::find_committee_settings;
use crate::api::master::find_item;
use crate::components::{Choice, Crumb, LoadingShape, PageHeader, PageSection, SelectField, draw_remote};
use crate::format::academic_year;
use crate::hooks::{filter_field, use_query, use_remote};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::zone::use_configuration;
use editor::SettingsEditor;
use gestfg_types::committee_settings::CommitteeSettings;
use gestfg_types::ids::DegreeId;
use gestfg_types::master::Degree;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct SettingsQuery {
    year: String,
}

/// Properties of [`CommitteeSettingsPage`].
#[derive(Properties, PartialEq)]
pub struct CommitteeSettingsPageProps {
    /// Of which degree.
    pub id: DegreeId,
}

/// The rules of a degree in a year, to read and to write.
#[component]
pub fn CommitteeSettingsPage(props: &CommitteeSettingsPageProps) -> Html {
    let t = use_texts();
    let url = use_query::<SettingsQuery>();
    let present = use_configuration().map(|configuration| configuration.academic_year);
    let year: Option<i16> = url.query.year.parse().ok().or(present);
    let degree = use_remote(props.id, |client, id| async move { find_item::<Degree>(&client, id.0).await });
    let title = degree.latest.as_ref().map_or_else(
        || t.route_committee_settings().to_owned(),
        |degree| format!("{} · {}", t.route_committee_settings(), degree.code),
    );
    let years =
        present.map_or_else(Vec::new, |present| (present - 3..=present + 2).rev().collect::<Vec<i16>>());
    let onyear = url.go.reform(move |year: String| SettingsQuery {
        year: if year == present.map(|year| year.to_string()).unwrap_or_default() {
            String::new()
        } else {
            year
        },
    });
    let chosen = year.map(|year| year.to_string()).unwrap_or_default();
    html! {
        <>
            <PageHeader
                {title}
                lead={t.settings_lead()}
                crumbs={vec![Crumb { to: Route::Degrees, label: t.route_degrees().into() }]}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-filters">
                        <SelectField
                            label={t.academic_year()}
                            choices={years.into_iter().map(|year| Choice::new(year, academic_year(year))).collect::<Vec<_>>()}
                            field={filter_field("settings-year", chosen, onyear)}
                        />
                    </div>
                    if let Some(year) = year {
                        <OfYear key={year.to_string()} degree={props.id} {year} />
                    }
                </div>
            </PageSection>
        </>
    }
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
        Ok(Rc::new(find_committee_settings(&client, degree, year).await?))
    });
    // What is typed stays as it is while others write: saving finds out.
    let onsaved = {
        let replace = found.replace.clone();
        Callback::from(move |saved: CommitteeSettings| replace.emit(Rc::new(Rc::new(saved))))
    };
    draw_remote(&found, LoadingShape::Rows, |settings: &Rc<CommitteeSettings>| {
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
