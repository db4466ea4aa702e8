//! Looking for projects to ask for.

use super::draft::KnownProject;
use crate::api::applications::list_offered_projects;
use crate::components::{
    Button, ButtonKind, IconName, ListExport, LoadingShape, RouteLink, SearchBox, draw_remote, export_query,
};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::allocation_rounds::OfferedProject;
use gestfg_types::applications::PreferenceStanding;
use gestfg_types::ids::AllocationRoundId;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// How many are shown at once.
const SHOWN: &str = "10";

/// Properties of [`AddProjects`].
#[derive(Properties, PartialEq)]
pub(crate) struct AddProjectsProps {
    /// In which round.
    pub(crate) round: AllocationRoundId,
    /// What is in the list already.
    pub(crate) chosen: Vec<i64>,
    /// How many students apply together.
    pub(crate) team: i16,
    /// Whether the list takes no more.
    pub(crate) full: bool,
    /// Put it at the end of the list.
    pub(crate) onadd: Callback<KnownProject>,
}

/// The projects of a round, to be searched and added.
#[component]
pub(crate) fn AddProjects(props: &AddProjectsProps) -> Html {
    let t = use_texts();
    let words = use_state_eq(String::new);
    let found = use_remote((props.round, (*words).clone()), |client, (round, words)| async move {
        list_offered_projects(&client, round, &[("q", words.as_str()), ("limit", SHOWN)]).await
    });
    use_updates(&[UpdateTopic::Projects, UpdateTopic::Applications], &found.refresh);
    let onsearch = {
        let words = words.setter();
        Callback::from(move |typed: String| words.set(typed))
    };
    let offer = |offered: &OfferedProject| {
        let id = offered.project_id;
        let chosen = props.chosen.contains(&id.0);
        let too_small = offered.places < props.team;
        let counts = offered.applications.zip(offered.first_choices);
        let onclick = {
            let known = KnownProject::from(offered);
            props.onadd.reform(move |_: MouseEvent| known.clone())
        };
        html! {
            <li key={id.0} class="gestfg-offer">
                <div class="gestfg-offer__main">
                    <RouteLink to={Route::Project { id }}>{ &offered.title }</RouteLink>
                    <p class="gestfg-subtle gestfg-small">
                        { format!("{} · {}", offered.tutor.name, t.application_places(offered.places)) }
                        if let Some((all, first)) = counts {
                            { format!(" · {}", t.application_counts(all, first)) }
                        }
                    </p>
                    if too_small {
                        <p class="gestfg-small">
                            { t.preference_standing(PreferenceStanding::TooSmall) }
                        </p>
                    }
                </div>
                if chosen {
                    <span class="gestfg-subtle">{ t.application_added() }</span>
                } else {
                    <Button
                        id={AttrValue::from(format!("add-{id}"))}
                        label={t.application_add_named(&offered.title)}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Plus}
                        icon_only=true
                        disabled={props.full || too_small}
                        {onclick}
                    />
                }
            </li>
        }
    };
    let list = |page: &Page<OfferedProject>| {
        if page.items.is_empty() {
            let words =
                if words.is_empty() { t.application_none_offered() } else { t.application_none_found() };
            return html! { <p class="gestfg-subtle">{ words }</p> };
        }
        html! {
            <>
                <ul class="gestfg-offers" role="list" aria-label={t.application_find()}>
                    { for page.items.iter().map(offer) }
                </ul>
                if page.next_cursor.is_some() {
                    <p class="gestfg-subtle">{ t.application_more() }</p>
                }
            </>
        }
    };
    html! {
        <section class="gestfg-stack" aria-labelledby={format!("find-{}", props.round)}>
            <h3 id={format!("find-{}", props.round)} class="gestfg-subheading">{ t.application_find() }</h3>
            if props.full {
                <p>{ t.application_full() }</p>
            }
            <SearchBox
                id={AttrValue::from(format!("find-projects-{}", props.round))}
                label={t.application_search()}
                value={(*words).clone()}
                {onsearch}
            />
            { draw_remote(&found, LoadingShape::Rows, list) }
            <div class="gestfg-row-actions gestfg-row-actions--start">
                <ListExport
                    path={format!("/allocation-rounds/{}/projects", props.round)}
                    query={export_query(&[("q", &*words)])}
                    name={t.application_find()}
                />
            </div>
        </section>
    }
}
