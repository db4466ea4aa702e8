//! The way from a project to asking for it.

use super::list::rounds_of;
use crate::api::{ApiError, Client};
use crate::components::{ButtonKind, Icon, IconName, RouteLink};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundState};
use gestfg_types::ids::{DegreeId, ProjectId};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// The rounds of these degrees in which one may ask for projects now.
pub(crate) async fn open_rounds(
    client: &Client,
    degrees: &[DegreeId],
) -> Result<Vec<AllocationRound>, ApiError> {
    let rounds = rounds_of(client, degrees).await?;
    Ok(rounds.into_iter().filter(|round| round.state == AllocationRoundState::Open).collect())
}

/// Properties of [`ApplyLink`].
#[derive(Properties, PartialEq)]
pub(crate) struct ApplyLinkProps {
    /// For which project.
    pub project: ProjectId,
    /// Of which degree it is.
    pub degree: DegreeId,
}

/// Leads to one's list with the project in it, while a round is open.
#[component]
pub(crate) fn ApplyLink(props: &ApplyLinkProps) -> Html {
    let t = use_texts();
    let found =
        use_remote(props.degree, |client, degree| async move { open_rounds(&client, &[degree]).await });
    use_updates(&[UpdateTopic::AllocationRounds], &found.refresh);
    if found.latest.as_ref().is_none_or(|rounds| rounds.is_empty()) {
        return html! {};
    }
    html! {
        <div>
            <RouteLink
                to={Route::Applications}
                query={AttrValue::from(format!("add={}", props.project))}
                class={ButtonKind::Primary.class()}
            >
                <span class="pf-v6-c-button__icon pf-m-start"><Icon name={IconName::Plus} /></span>
                <span class="pf-v6-c-button__text">{ t.application_apply() }</span>
            </RouteLink>
        </div>
    }
}
