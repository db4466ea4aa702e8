//! What somebody asks for as they are writing it, and saving it.

use crate::api::applications::{create_application, find_application, update_application};
use crate::api::{ApiError, Client};
use crate::components::Ranking;
use crate::hooks::Seen;
use gestfg_types::allocation_rounds::OfferedProject;
use gestfg_types::applications::{
    Application, ApplicationPreference, CreateApplication, PreferenceStanding, UpdateApplication, Wish,
};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};
use gloo_storage::{SessionStorage, Storage};
use serde::{Deserialize, Serialize};

/// An application as it is being written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// Why these projects.
    pub(crate) statement: String,
    /// In which order.
    pub(crate) ranking: Ranking,
}

impl Draft {
    /// What the server has.
    pub(crate) fn of(application: &Application) -> Self {
        let ranked = application.preferences.iter().map(|wish| (wish.project_id.0, wish.rank));
        Self { statement: application.statement.clone(), ranking: Ranking::of(ranked) }
    }

    fn wishes(&self) -> Vec<Wish> {
        self.ranking.ranked().map(|(id, rank)| Wish { project_id: ProjectId(id), rank }).collect()
    }
}

/// What is known of a project of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownProject {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) tutor: String,
    pub(crate) places: i16,
    pub(crate) standing: PreferenceStanding,
}

impl From<&ApplicationPreference> for KnownProject {
    fn from(wish: &ApplicationPreference) -> Self {
        Self {
            id: wish.project_id.0,
            title: wish.title.clone(),
            tutor: wish.tutor.name.clone(),
            places: wish.places,
            standing: wish.standing,
        }
    }
}

impl From<&OfferedProject> for KnownProject {
    fn from(offered: &OfferedProject) -> Self {
        Self {
            id: offered.project_id.0,
            title: offered.title.clone(),
            tutor: offered.tutor.name.clone(),
            places: offered.places,
            standing: PreferenceStanding::Available,
        }
    }
}

/// What the server has of it.
pub(super) fn seen(application: &Application) -> Seen {
    Seen { id: Some(application.id.0), version: application.version }
}

/// Saves what is written: the first time it makes the application.
pub(super) async fn save(
    client: Client,
    round: AllocationRoundId,
    (draft, saved): (Draft, Draft),
    known: Seen,
) -> Result<Seen, ApiError> {
    let Some(id) = known.id.map(ApplicationId) else {
        let body = CreateApplication {
            round_id: round,
            student: None,
            invite: Vec::new(),
            statement: draft.statement.clone(),
            preferences: draft.wishes(),
            override_reason: None,
        };
        return create_application(&client, &body).await.map(|made| seen(&made));
    };
    let changes = UpdateApplication {
        statement: Some(draft.statement.clone()),
        preferences: Some(draft.wishes()),
        ..UpdateApplication::default()
    };
    let outcome = update_application(&client, id, known.version, &changes).await;
    match outcome {
        Err(error) if error.code() == Some(ErrorCode::StaleVersion) => {
            // Somebody joining the team is no reason to ask whose list to keep.
            let theirs = find_application(&client, id).await?;
            if Draft::of(&theirs) != saved {
                return Err(error);
            }
            update_application(&client, id, theirs.version, &changes).await.map(|made| seen(&made))
        }
        other => other.map(|made| seen(&made)),
    }
}

/// What is not saved yet outlives a reload of this tab, but not the tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(crate) draft: Draft,
    pub(crate) known: Vec<KnownProject>,
    version: i32,
}

fn key(person: UserId, round: AllocationRoundId) -> String {
    format!("gestfg.application.{person}.{round}")
}

impl Kept {
    /// What was kept over the application at this version.
    pub(crate) fn find(person: UserId, round: AllocationRoundId, known: Seen) -> Option<Self> {
        let kept: Self = SessionStorage::get(key(person, round)).ok()?;
        (kept.version == known.version).then_some(kept)
    }

    /// Keeps what is not saved.
    pub(crate) fn keep(
        person: UserId,
        round: AllocationRoundId,
        known: Seen,
        draft: &Draft,
        projects: &[KnownProject],
    ) {
        let kept = Self { draft: draft.clone(), known: projects.to_vec(), version: known.version };
        let _ = SessionStorage::set(key(person, round), kept);
    }

    /// Forgets it: it is saved.
    pub(crate) fn forget(person: UserId, round: AllocationRoundId) {
        SessionStorage::delete(key(person, round));
    }
}
