//! The frame of a form and what closes it.

use super::alert::{Alert, ProblemAlert, Tone};
use super::button::{Button, ButtonKind};
use super::icon::IconName;
use crate::api::ApiError;
use crate::hooks::FieldProblem;
use crate::i18n::use_texts;
use yew::prelude::*;

/// Properties of [`FormFrame`].
#[derive(Properties, PartialEq)]
pub struct FormFrameProps {
    /// The form's DOM id: that of its handle.
    pub id: AttrValue,
    /// What its button and Enter do.
    pub onsubmit: Callback<SubmitEvent>,
    /// Why the last sending failed.
    #[prop_or_default]
    pub failure: Option<ApiError>,
    /// What the server found at places no field stands for.
    #[prop_or_default]
    pub elsewhere: Vec<FieldProblem>,
    /// Its fields and buttons.
    pub children: Html,
}

/// A form with what went wrong at its head.
#[component]
pub fn FormFrame(props: &FormFrameProps) -> Html {
    let t = use_texts();
    html! {
        <form id={props.id.clone()} class="pf-v6-c-form" novalidate=true onsubmit={props.onsubmit.clone()}>
            if let Some(error) = &props.failure {
                <div class="pf-v6-c-form__alert gestfg-problem" tabindex="-1">
                    <ProblemAlert error={error.clone()} />
                    if !props.elsewhere.is_empty() {
                        <Alert tone={Tone::Danger} title={t.problems_elsewhere()}>
                            <ul class="pf-v6-c-list" role="list">
                                { for props.elsewhere.iter().map(|problem| html! {
                                    <li>{ format!("{}: {}", problem.pointer, t.field_error(problem.code)) }</li>
                                }) }
                            </ul>
                        </Alert>
                    }
                </div>
            }
            { props.children.clone() }
        </form>
    }
}

/// Properties of [`FormActions`].
#[derive(Properties, PartialEq)]
pub struct FormActionsProps {
    /// What sending is called here.
    pub label: AttrValue,
    /// An icon for it.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Whether it is being sent.
    #[prop_or_default]
    pub sending: bool,
    /// Whether there is nothing to send.
    #[prop_or_default]
    pub disabled: bool,
    /// As wide as the form.
    #[prop_or_default]
    pub block: bool,
    /// Leave without sending.
    #[prop_or_default]
    pub oncancel: Option<Callback<()>>,
    /// Further buttons.
    #[prop_or_default]
    pub children: Html,
}

/// The buttons at the foot of a form.
#[component]
pub fn FormActions(props: &FormActionsProps) -> Html {
    let t = use_texts();
    html! {
        <div class="pf-v6-c-form__group pf-m-action">
            <div class="pf-v6-c-form__group-control">
                <div class="pf-v6-c-form__actions">
                    <Button
                        label={props.label.clone()}
                        icon={props.icon}
                        submit=true
                        busy={props.sending}
                        disabled={props.disabled}
                        block={props.block}
                    />
                    { props.children.clone() }
                    if let Some(oncancel) = &props.oncancel {
                        <Button
                            label={t.cancel()}
                            kind={ButtonKind::Link}
                            disabled={props.sending}
                            onclick={oncancel.reform(|_| ())}
                        />
                    }
                </div>
            </div>
        </div>
    }
}
