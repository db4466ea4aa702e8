//! Something a person was told.

use super::badge::{Badge, Colour};
use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};
use super::link::PathLink;
use crate::format::use_dates;
use crate::i18n::use_texts;
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::{Notification, NotificationKind};
use yew::prelude::*;

const fn icon(kind: NotificationKind) -> IconName {
    match kind {
        NotificationKind::ProjectSubmitted => IconName::Send,
        NotificationKind::ProjectValidated
        | NotificationKind::EvaluationRequested
        | NotificationKind::AllocationResult
        | NotificationKind::MarksPublished
        | NotificationKind::MinutesClosed => IconName::CheckCircle,
        NotificationKind::ProjectRejected | NotificationKind::AssignmentCancelled => IconName::TimesCircle,
        NotificationKind::ProjectPublished => IconName::Globe,
        NotificationKind::ProjectWithdrawn => IconName::Archive,
        NotificationKind::Assigned | NotificationKind::CalledIn | NotificationKind::Team => {
            IconName::UserPlus
        }
        NotificationKind::ClaimWaiting
        | NotificationKind::ClaimDecided
        | NotificationKind::MarkClaimed
        | NotificationKind::ClaimAnswered
        | NotificationKind::MinutesReopened => IconName::Shield,
        NotificationKind::AllocationRound
        | NotificationKind::CallOpened
        | NotificationKind::PhaseOpens
        | NotificationKind::PhaseMoved
        | NotificationKind::AvailabilityPoll
        | NotificationKind::CommitteeSeat
        | NotificationKind::DefenceScheduled => IconName::Calendar,
        NotificationKind::DocumentReceipt
        | NotificationKind::DocumentHandedIn
        | NotificationKind::SimilarityFlagged
        | NotificationKind::StorageNearlyFull => IconName::File,
        NotificationKind::ExtensionAsked
        | NotificationKind::ExtensionDecided
        | NotificationKind::PhaseCloses => IconName::Clock,
        NotificationKind::EvaluationWithdrawn => IconName::Undo,
        NotificationKind::Announcement => IconName::Megaphone,
        NotificationKind::Message => IconName::Message,
    }
}

/// Properties of [`NotificationItem`].
#[derive(Properties, PartialEq)]
pub struct NotificationItemProps {
    /// What was told.
    pub notification: Notification,
    /// It has been read: its link was followed, or the person says so.
    pub onread: Callback<NotificationId>,
}

/// An item of the inbox.
#[component]
pub fn NotificationItem(props: &NotificationItemProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let notification = &props.notification;
    let unread = notification.read_at.is_none();
    let read = {
        let (onread, id) = (props.onread.clone(), notification.id);
        Callback::from(move |()| onread.emit(id))
    };
    html! {
        <li class={classes!("gestfg-notice", unread.then_some("gestfg-notice--unread"))}>
            <span class="gestfg-due__icon"><Icon name={icon(notification.kind)} /></span>
            <div class="gestfg-notice__main">
                <p class="gestfg-notice__title">
                    <PathLink
                        path={notification.path.clone()}
                        onfollow={if unread { read.clone() } else { Callback::noop() }}
                    >
                        { &notification.title }
                    </PathLink>
                    if unread {
                        { " " }<Badge label={t.notification_new()} colour={Colour::Blue} />
                    }
                </p>
                if !notification.body.is_empty() {
                    <p class="gestfg-notice__body">{ &notification.body }</p>
                }
                <time class="gestfg-subtle gestfg-small" datetime={notification.created_at.to_rfc3339()}>
                    { dates.date_time(notification.created_at) }
                </time>
            </div>
            if unread {
                <Button
                    label={t.mark_read(&notification.title)}
                    kind={ButtonKind::Plain}
                    icon={IconName::Check}
                    icon_only=true
                    onclick={read.reform(|_| ())}
                />
            }
        </li>
    }
}
