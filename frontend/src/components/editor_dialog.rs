//! A form in a dialog.

use super::alert::{Alert, Tone};
use super::button::{Button, ButtonKind};
use super::dialog::Dialog;
use super::form::FormFrame;
use crate::api::ApiError;
use crate::hooks::FieldProblem;
use crate::i18n::use_texts;
use gestfg_types::errors::ErrorCode;
use yew::prelude::*;

/// Properties of [`EditorDialog`].
#[derive(Properties, PartialEq)]
pub struct EditorDialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// The form's DOM id.
    pub id: AttrValue,
    /// What Enter and its button do.
    pub onsubmit: Callback<SubmitEvent>,
    /// Whether it is being sent.
    #[prop_or_default]
    pub sending: bool,
    /// Why the last sending failed.
    #[prop_or_default]
    pub failure: Option<ApiError>,
    /// What the server found at places no field stands for.
    #[prop_or_default]
    pub elsewhere: Vec<FieldProblem>,
    /// Discard what was typed and load what the server has, when someone else
    /// has changed it.
    #[prop_or_default]
    pub onreload: Option<Callback<()>>,
    /// Leave it.
    pub onclose: Callback<()>,
    /// What sending is called; saving when absent.
    #[prop_or_default]
    pub confirm: Option<AttrValue>,
    /// Wider than usual.
    #[prop_or_default]
    pub wide: bool,
    /// Its fields.
    pub children: Html,
}

/// A form in a dialog, with what to do when someone else was faster.
#[component]
pub fn EditorDialog(props: &EditorDialogProps) -> Html {
    let t = use_texts();
    let footer = html! {
        <>
            <Button
                label={props.confirm.clone().unwrap_or(AttrValue::Static(t.save()))}
                submit=true
                form={props.id.clone()}
                busy={props.sending}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={props.sending}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    let stale = props.failure.as_ref().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    let reload = props.onreload.as_ref().filter(|_| stale);
    let failure = if reload.is_some() { None } else { props.failure.clone() };
    html! {
        <Dialog
            title={props.title.clone()}
            {footer}
            busy={props.sending}
            wide={props.wide}
            onclose={props.onclose.clone()}
        >
            if let Some(onreload) = reload {
                <StaleNotice onreload={onreload.clone()} />
            }
            <FormFrame
                id={props.id.clone()}
                onsubmit={props.onsubmit.clone()}
                {failure}
                elsewhere={props.elsewhere.clone()}
            >
                { props.children.clone() }
            </FormFrame>
        </Dialog>
    }
}

/// Properties of [`StaleNotice`].
#[derive(Properties, PartialEq)]
pub struct StaleNoticeProps {
    /// Discard what was typed and load what the server has.
    pub onreload: Callback<()>,
}

/// Says that someone else was faster, and offers to load what they saved.
#[component]
pub fn StaleNotice(props: &StaleNoticeProps) -> Html {
    let t = use_texts();
    let actions = html! {
        <Button
            label={t.load_current()}
            kind={ButtonKind::InlineLink}
            onclick={props.onreload.reform(|_| ())}
        />
    };
    html! {
        <div class="gestfg-gap-after">
            <Alert
                tone={Tone::Warning}
                urgent=true
                title={t.error(ErrorCode::StaleVersion)}
                {actions}
            >
                { t.stale_body() }
            </Alert>
        </div>
    }
}
