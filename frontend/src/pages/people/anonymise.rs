//! Forgetting a person: what goes, what stays, and what stands against it.

use crate::api::ApiError;
use crate::api::personal::{anonymise, preview_anonymisation};
use crate::components::{
    Alert, Button, ButtonKind, Dialog, LoadingShape, ReasonDialog, Tone, draw_remote, use_toasts,
};
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use gestfg_types::errors::ErrorCode;
use gestfg_types::personal::{AnonymisationPreview, Trace};
use gestfg_types::users::{User, UserAction};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct AnonymiseDialogProps {
    pub(super) user: User,
    /// It was done.
    pub(super) ondone: Callback<User>,
    /// The account was changed by somebody else.
    pub(super) onstale: Callback<()>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
}

/// Shows what would happen before it asks for the reason.
#[component]
pub(super) fn AnonymiseDialog(props: &AnonymiseDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let found =
        use_remote(props.user.id, |client, id| async move { preview_anonymisation(&client, id).await });
    let act = use_action({
        let user = props.user.clone();
        let (ondone, onstale) = (props.ondone.clone(), props.onstale.clone());
        move |client, reason: String| {
            let (user, toasts) = (user.clone(), toasts.clone());
            let (ondone, onstale) = (ondone.clone(), onstale.clone());
            async move {
                let outcome = anonymise(&client, &user, reason).await;
                if outcome.as_ref().err().and_then(ApiError::code) == Some(ErrorCode::StaleVersion) {
                    onstale.emit(());
                }
                let changed = outcome?;
                toasts.done(t.anonymised_person());
                ondone.emit(changed);
                Ok(())
            }
        }
    });
    let is_free = found.ready().is_some_and(|preview| preview.blocked_by.is_empty());
    let body = draw_remote(&found, LoadingShape::Text, |preview| draw(t, preview));
    if is_free {
        return html! {
            <ReasonDialog
                title={t.anonymise_person_title()}
                label={t.forget_reason()}
                confirm={t.user_action(UserAction::Anonymise)}
                danger=true
                busy={act.running}
                error={act.error.clone()}
                onconfirm={act.run.clone()}
                oncancel={props.onclose.clone()}
            >
                <p><strong>{ format!("{} {}", props.user.first_name, props.user.last_name) }</strong></p>
                <p>{ t.anonymise_person_body() }</p>
                { body }
            </ReasonDialog>
        };
    }
    let footer = html! {
        <Button label={t.close()} kind={ButtonKind::Secondary} onclick={props.onclose.reform(|_| ())} />
    };
    html! {
        <Dialog title={t.anonymise_person_title()} {footer} onclose={props.onclose.clone()}>
            <p class="gestfg-gap-after"><strong>{ format!("{} {}", props.user.first_name, props.user.last_name) }</strong></p>
            { body }
        </Dialog>
    }
}

fn draw(t: Texts, preview: &AnonymisationPreview) -> Html {
    if !preview.blocked_by.is_empty() {
        return html! {
            <Alert tone={Tone::Warning} title={t.forget_blocked_title()}>
                <p>{ t.forget_blocked_body() }</p>
                <ul class="pf-v6-c-list">
                    { for preview.blocked_by.iter().map(|usage| html! {
                        <li>{ t.forget_blocker(&usage.kind, usage.count, &usage.examples.join(", ")) }</li>
                    }) }
                </ul>
            </Alert>
        };
    }
    let list = |title: &'static str, traces: &[Trace]| {
        html! {
            if !traces.is_empty() {
                <div>
                    <h3 class="pf-v6-c-title pf-m-md">{ title }</h3>
                    <ul class="pf-v6-c-list">
                        { for traces.iter().map(|trace| html! { <li>{ t.trace_count(t.trace_kind(trace.kind), trace.count) }</li> }) }
                    </ul>
                </div>
            }
        }
    };
    html! {
        // Whoever has no mouse scrolls from here.
        <div class="gestfg-stack" tabindex="0" role="group" aria-label={t.anonymise_person_title()}>
            { list(t.forget_removes(), &preview.removes) }
            { list(t.forget_keeps(), &preview.keeps) }
            <p class="gestfg-subtle">{ t.forget_minutes_note() }</p>
        </div>
    }
}
