//! What is done to an account besides editing it.

use super::anonymise::AnonymiseDialog;
use crate::api::ApiError;
use crate::api::people::act_on_user;
use crate::components::{Button, ButtonKind, ConfirmDialog, IconName, use_toasts};
use crate::hooks::use_action;
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::errors::ErrorCode;
use gestfg_types::users::{User, UserAction};
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct PersonActionsProps {
    pub(super) user: User,
    pub(super) onchanged: Callback<User>,
    pub(super) onstale: Callback<()>,
}

/// The question, what will happen, and what is said when it has.
fn words(t: Texts, action: UserAction) -> (&'static str, &'static str, &'static str) {
    match action {
        UserAction::Deactivate => {
            (t.deactivate_person_title(), t.deactivate_person_body(), t.deactivated_person())
        }
        UserAction::Reactivate => {
            (t.reactivate_person_title(), t.reactivate_person_body(), t.reactivated_person())
        }
        UserAction::Invite => (t.invite_person_title(), t.invite_person_body(), t.invited_person()),
        UserAction::Delete => (t.delete_person_title(), t.delete_person_body(), t.deleted_person()),
        // Each has a dialog of its own.
        UserAction::Anonymise | UserAction::Edit => (t.edit(), "", t.saved()),
    }
}

/// One button per action that is allowed, each with its question.
#[component]
pub(super) fn PersonActions(props: &PersonActionsProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let navigator = use_navigator();
    let asking = use_state_eq(|| None::<UserAction>);
    let act = use_action({
        let (user, asking) = (props.user.clone(), asking.setter());
        let (onchanged, onstale) = (props.onchanged.clone(), props.onstale.clone());
        move |client, action: UserAction| {
            let (user, asking, toasts) = (user.clone(), asking.clone(), toasts.clone());
            let (onchanged, onstale, navigator) = (onchanged.clone(), onstale.clone(), navigator.clone());
            async move {
                let outcome = act_on_user(&client, &user, action).await;
                if outcome.as_ref().err().and_then(ApiError::code) == Some(ErrorCode::StaleVersion) {
                    onstale.emit(());
                }
                let changed = outcome?;
                asking.set(None);
                toasts.done(words(t, action).2);
                match (action, changed, navigator) {
                    (UserAction::Delete, _, Some(navigator)) => navigator.push(&Route::People),
                    (_, Some(user), _) => onchanged.emit(user),
                    _ => {}
                }
                Ok(())
            }
        }
    });
    let close = {
        let (asking, clear) = (asking.setter(), act.clear.clone());
        Callback::from(move |()| {
            asking.set(None);
            clear.emit(());
        })
    };
    let button = |action: UserAction, kind: ButtonKind, icon: IconName| {
        let asking = asking.setter();
        let onclick = Callback::from(move |_: MouseEvent| asking.set(Some(action)));
        html! {
            if props.user.allowed_actions.contains(&action) {
                <Button label={t.user_action(action)} {kind} {icon} {onclick} />
            }
        }
    };
    let forget = {
        let (asking, onchanged) = (asking.setter(), props.onchanged.clone());
        Callback::from(move |user: User| {
            asking.set(None);
            onchanged.emit(user);
        })
    };
    let dialog = (*asking).map(|action| {
        if action == UserAction::Anonymise {
            return html! {
                <AnonymiseDialog
                    user={props.user.clone()}
                    ondone={forget}
                    onstale={props.onstale.clone()}
                    onclose={close.clone()}
                />
            };
        }
        let (title, body, _) = words(t, action);
        let danger = matches!(action, UserAction::Delete | UserAction::Deactivate);
        let in_use = act.error.as_ref().and_then(ApiError::code) == Some(ErrorCode::InUse);
        html! {
            <ConfirmDialog
                {title}
                confirm={t.user_action(action)}
                {danger}
                busy={act.running}
                error={act.error.clone()}
                onconfirm={act.run.reform(move |()| action)}
                oncancel={close.clone()}
            >
                <p><strong>{ format!("{} {}", props.user.first_name, props.user.last_name) }</strong></p>
                <p>{ if in_use { t.anonymise_instead() } else { body } }</p>
            </ConfirmDialog>
        }
    });
    html! {
        <div class="gestfg-action-stack">
            { button(UserAction::Invite, ButtonKind::Secondary, IconName::Mail) }
            { button(UserAction::Reactivate, ButtonKind::Secondary, IconName::Undo) }
            { button(UserAction::Deactivate, ButtonKind::Secondary, IconName::Archive) }
            { button(UserAction::Anonymise, ButtonKind::Secondary, IconName::EyeOff) }
            { button(UserAction::Delete, ButtonKind::Danger, IconName::Trash) }
            { dialog.unwrap_or_default() }
        </div>
    }
}
