//! Taking an application back, or leaving its team.

use crate::api::applications::{decline_application, withdraw_application};
use crate::components::{Button, ButtonKind, ConfirmDialog, IconName, use_toasts};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::applications::{Application, ApplicationAction};
use yew::prelude::*;

#[derive(Clone, Copy, PartialEq)]
enum Over {
    Nothing,
    Withdrawing,
    Leaving,
}

/// Properties of [`EndButtons`].
#[derive(Properties, PartialEq)]
pub(super) struct EndButtonsProps {
    /// Which.
    pub(super) application: Application,
    /// The version to write over.
    pub(super) version: i32,
    /// It counts no more for the caller.
    pub(super) onend: Callback<()>,
}

/// Taking it back, or leaving the team.
#[component]
pub(super) fn EndButtons(props: &EndButtonsProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let over = use_state_eq(|| Over::Nothing);
    let (id, version) = (props.application.id, props.version);
    let act = {
        let (onend, over) = (props.onend.clone(), over.setter());
        use_action(move |client, leaving: bool| {
            let (onend, over, toasts) = (onend.clone(), over.clone(), toasts.clone());
            async move {
                if leaving {
                    decline_application(&client, id).await?;
                    toasts.done(t.application_left());
                } else {
                    withdraw_application(&client, id, version, None).await?;
                    toasts.done(t.application_withdrawn());
                }
                over.set(Over::Nothing);
                onend.emit(());
                Ok(())
            }
        })
    };
    let may = |action: ApplicationAction| props.application.allowed_actions.contains(&action);
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let close = {
        let (over, clear) = (over.setter(), act.clear.clone());
        Callback::from(move |()| {
            clear.emit(());
            over.set(Over::Nothing);
        })
    };
    let dialog = |title: &'static str, body: &'static str, confirm: &'static str, leaving: bool| {
        html! {
            <ConfirmDialog
                {title}
                {confirm}
                danger=true
                busy={act.running}
                error={act.error.clone()}
                onconfirm={act.run.reform(move |()| leaving)}
                oncancel={close.clone()}
            >
                <p>{ body }</p>
            </ConfirmDialog>
        }
    };
    html! {
        <div class="gestfg-row-actions">
            if may(ApplicationAction::Withdraw) {
                <Button
                    label={t.application_withdraw()}
                    kind={ButtonKind::Link}
                    icon={IconName::Undo}
                    onclick={open(Over::Withdrawing)}
                />
            }
            if may(ApplicationAction::Decline) {
                <Button
                    label={t.application_leave()}
                    kind={ButtonKind::Link}
                    icon={IconName::LogOut}
                    onclick={open(Over::Leaving)}
                />
            }
            { match *over {
                Over::Nothing => html! {},
                Over::Withdrawing => dialog(
                    t.application_withdraw_title(),
                    t.application_withdraw_body(),
                    t.application_withdraw(),
                    false,
                ),
                Over::Leaving => dialog(
                    t.application_leave_title(),
                    t.application_leave_body(),
                    t.application_leave(),
                    true,
                ),
            } }
        </div>
    }
}
