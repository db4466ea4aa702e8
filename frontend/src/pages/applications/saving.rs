//! Whether what was changed is on the server.

use crate::api::ApiError;
use crate::components::{Alert, Button, ButtonKind, Icon, IconName, Tone};
use crate::format::use_dates;
use crate::hooks::Saving;
use crate::i18n::use_texts;
use gestfg_types::errors::ErrorCode;
use yew::prelude::*;

/// Properties of [`SavingNote`].
#[derive(Properties, PartialEq)]
pub(crate) struct SavingNoteProps {
    /// How it goes.
    pub(crate) saving: Saving,
    /// Try again.
    pub(crate) onretry: Callback<()>,
    /// Says that somebody else saved in between.
    pub(crate) stale_title: AttrValue,
    /// What it is about.
    pub(crate) stale_body: AttrValue,
    /// Drop what is written here.
    pub(crate) ontheirs: Callback<()>,
    /// Save it all the same.
    pub(crate) onmine: Callback<()>,
}

/// Says that everything is saved, or why not and what can be done about it.
#[component]
pub(crate) fn SavingNote(props: &SavingNoteProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let line = |icon: IconName, words: &'static str| {
        html! { <><Icon name={icon} /><span>{ words }</span></> }
    };
    let short = match &props.saving {
        Saving::Saved => line(IconName::CheckCircle, t.application_saved()),
        Saving::UnderWay => line(IconName::Clock, t.application_saving()),
        Saving::Failed(_) => line(IconName::Warning, t.application_not_saved()),
    };
    let button = |label: &'static str, onclick: &Callback<()>| {
        html! { <Button {label} kind={ButtonKind::InlineLink} onclick={onclick.reform(|_: MouseEvent| ())} /> }
    };
    let failure = match &props.saving {
        Saving::Saved | Saving::UnderWay => html! {},
        Saving::Failed(error) if error.code() == Some(ErrorCode::StaleVersion) => {
            let actions = html! {
                <>
                    { button(t.application_take_theirs(), &props.ontheirs) }
                    { button(t.application_keep_mine(), &props.onmine) }
                </>
            };
            html! {
                <Alert tone={Tone::Warning} title={props.stale_title.clone()} urgent=true {actions}>
                    { props.stale_body.clone() }
                </Alert>
            }
        }
        Saving::Failed(ApiError::SessionLost) => {
            html! { <Alert tone={Tone::Warning} title={t.application_waits_session()} urgent=true /> }
        }
        Saving::Failed(ApiError::Network | ApiError::Aborted) => html! {
            <Alert
                tone={Tone::Warning}
                title={t.application_waits_network()}
                urgent=true
                actions={button(t.retry(), &props.onretry)}
            />
        },
        Saving::Failed(error) => html! {
            <Alert
                tone={Tone::Danger}
                title={error.sentence(t, &dates)}
                urgent=true
                actions={button(t.retry(), &props.onretry)}
            >
                if !error.field_errors().is_empty() {
                    <ul class="pf-v6-c-list" role="list">
                        { for error.field_errors().iter().map(|found| html! { <li>{ t.field_error(found.code) }</li> }) }
                    </ul>
                }
            </Alert>
        },
    };
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-saving" role="status">{ short }</p>
            { failure }
        </div>
    }
}
