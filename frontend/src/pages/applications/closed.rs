//! An application that nobody changes any more.

use super::draft::Draft;
use super::editor::project_item;
use super::team::Team;
use crate::components::RankList;
use crate::i18n::use_texts;
use gestfg_types::allocation_rounds::AllocationRoundState;
use gestfg_types::applications::Application;
use yew::prelude::*;

/// What was saved, once nothing can be changed.
#[component]
pub(super) fn Final(props: &FinalProps) -> Html {
    let t = use_texts();
    let application = &props.application;
    let items = application.preferences.iter().map(|wish| project_item(&wish.into(), t));
    let draft = Draft::of(application);
    html! {
        <div class="gestfg-stack">
            if draft.ranking.is_empty() {
                <p>{ t.application_nothing_chosen() }</p>
            } else {
                <RankList
                    id={AttrValue::from(format!("ranks-{}", application.round_id))}
                    label={t.application_choices()}
                    items={items.collect::<Vec<_>>()}
                    ranking={draft.ranking.clone()}
                    readonly=true
                    onchange={Callback::noop()}
                />
            }
            if !application.statement.is_empty() {
                <section>
                    <h3 class="gestfg-subheading">{ t.application_statement() }</h3>
                    <p class="gestfg-said">{ &application.statement }</p>
                </section>
            }
            if application.members.len() > 1 {
                <Team
                    application={application.clone()}
                    version={application.version}
                    most=1
                    closed={props.state != AllocationRoundState::Open}
                    onchange={Callback::noop()}
                />
            }
        </div>
    }
}

/// Properties of [`Final`].
#[derive(Properties, PartialEq)]
pub(super) struct FinalProps {
    /// What was saved.
    pub(super) application: Application,
    /// Where the round is.
    pub(super) state: AllocationRoundState,
}
