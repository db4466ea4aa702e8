//! How one wants to be told.

use crate::api::notifications::{notification_preferences, update_notification_preference};
use crate::components::{Card, LoadingShape, PreferencesTable, ProblemAlert, draw_remote, use_toasts};
use crate::hooks::{use_action, use_remote};
use crate::i18n::use_texts;
use crate::session::use_session;
use gestfg_types::notifications::{NotificationKind, NotificationPreference, NotificationPreferences};
use gestfg_types::session::{Me, Permission};
use std::rc::Rc;
use yew::prelude::*;

/// Each kind of thing with its ways; a change is saved as it is made.
#[component]
pub(in crate::pages) fn PreferencesCard() -> Html {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let remote = use_remote((), |client, ()| async move { notification_preferences(&client).await });
    let save = {
        let replace = remote.replace.clone();
        use_action(move |client, preference: NotificationPreference| {
            let (replace, toasts) = (replace.clone(), toasts.clone());
            async move {
                let all = update_notification_preference(&client, preference).await?;
                replace.emit(Rc::new(all));
                toasts.done(t.preference_saved());
                Ok(())
            }
        })
    };
    // What is chosen shows at once; a refusal brings the former choice back.
    let onchange = {
        let (run, replace, latest) = (save.run.clone(), remote.replace.clone(), remote.latest.clone());
        Callback::from(move |changed: NotificationPreference| {
            if let Some(latest) = &latest {
                let items = latest.items.iter();
                let items =
                    items.map(|item| if item.kind == changed.kind { changed } else { *item }).collect();
                replace.emit(Rc::new(NotificationPreferences { items }));
            }
            run.emit(changed);
        })
    };
    {
        let reload = remote.reload.clone();
        use_effect_with(save.error.is_some(), move |failed| {
            if *failed {
                reload.emit(());
            }
        });
    }
    let me = session.me();
    let relevant = |all: &NotificationPreferences| {
        let items = all.items.iter().filter(|item| me.is_some_and(|me| concerns(item.kind, me)));
        items.copied().collect::<Vec<_>>()
    };
    html! {
        <Card title={t.preferences()}>
            <p class="gestfg-subtle gestfg-gap-after" id="preferences">{ t.preferences_help() }</p>
            if let Some(error) = &save.error {
                <div class="gestfg-gap-after"><ProblemAlert error={error.clone()} /></div>
            }
            { draw_remote(&remote, LoadingShape::Rows, |all: &NotificationPreferences| html! {
                <PreferencesTable items={relevant(all)} onchange={onchange.clone()} />
            }) }
        </Card>
    }
}

/// Whether somebody like this is ever told of such things; the rest would
/// only be in the way.
fn concerns(kind: NotificationKind, me: &Me) -> bool {
    match kind {
        NotificationKind::ProjectSubmitted => me.may(Permission::ValidateProjects),
        NotificationKind::ProjectValidated
        | NotificationKind::ProjectRejected
        | NotificationKind::ProjectPublished
        | NotificationKind::ProjectWithdrawn => me.may(Permission::CreateProjects),
        NotificationKind::ClaimWaiting => {
            me.may(Permission::ManageStudents) || me.may(Permission::ManagePeople)
        }
        NotificationKind::CommitteeSeat | NotificationKind::CalledIn | NotificationKind::MarkClaimed => {
            me.may(Permission::CreateProjects)
        }
        NotificationKind::ClaimDecided
        | NotificationKind::Team
        | NotificationKind::AllocationResult
        | NotificationKind::MarksPublished
        | NotificationKind::ClaimAnswered => me.roles.student.is_some(),
        NotificationKind::DocumentHandedIn | NotificationKind::SimilarityFlagged => {
            me.roles.professor.is_some()
        }
        NotificationKind::StorageNearlyFull => me.may(Permission::ReadOutbox),
        NotificationKind::ExtensionAsked => me.may(Permission::ManageCalls),
        NotificationKind::AvailabilityPoll => me.roles.professor.is_some(),
        NotificationKind::MinutesClosed
        | NotificationKind::MinutesReopened
        | NotificationKind::AllocationRound
        | NotificationKind::Assigned
        | NotificationKind::AssignmentCancelled
        | NotificationKind::CallOpened
        | NotificationKind::PhaseOpens
        | NotificationKind::PhaseCloses
        | NotificationKind::PhaseMoved
        | NotificationKind::EvaluationRequested
        | NotificationKind::EvaluationWithdrawn
        | NotificationKind::DefenceScheduled
        | NotificationKind::DocumentReceipt
        | NotificationKind::ExtensionDecided
        | NotificationKind::Announcement
        | NotificationKind::Message => true,
    }
}
