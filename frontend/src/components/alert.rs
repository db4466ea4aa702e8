//! Things that must be said.

use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};
use crate::api::ApiError;
use crate::format::use_dates;
use crate::i18n::use_texts;
use yew::prelude::*;

/// How a message is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// It did not work.
    Danger,
}

impl Tone {
    /// PatternFly's modifier for it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "pf-m-info",
            Self::Success => "pf-m-success",
            Self::Warning => "pf-m-warning",
            Self::Danger => "pf-m-danger",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Success => IconName::CheckCircle,
            Self::Warning => IconName::Warning,
            Self::Danger => IconName::Danger,
        }
    }
}

/// Properties of [`Alert`].
#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// How it is meant.
    #[prop_or_default]
    pub tone: Tone,
    /// The message.
    pub title: AttrValue,
    /// More about it.
    #[prop_or_default]
    pub children: Html,
    /// What can be done about it.
    #[prop_or_default]
    pub actions: Html,
    /// Whether it interrupts a screen reader.
    #[prop_or_default]
    pub urgent: bool,
    /// Lets the reader put it away.
    #[prop_or_default]
    pub onclose: Option<Callback<()>>,
}

/// A message within the page.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let t = use_texts();
    html! {
        <div
            class={classes!("pf-v6-c-alert", "pf-m-inline", props.tone.class())}
            role={if props.urgent { "alert" } else { "note" }}
        >
            <div class="pf-v6-c-alert__icon"><Icon name={props.tone.icon()} /></div>
            <p class="pf-v6-c-alert__title">
                <span class="pf-v6-screen-reader">{ t.tone(props.tone) }{ " " }</span>
                { props.title.clone() }
            </p>
            if let Some(onclose) = &props.onclose {
                <div class="pf-v6-c-alert__action">
                    <Button
                        label={t.close()}
                        kind={ButtonKind::Plain}
                        icon={IconName::Times}
                        icon_only=true
                        onclick={onclose.reform(|_| ())}
                    />
                </div>
            }
            if props.children != Html::default() {
                <div class="pf-v6-c-alert__description">{ props.children.clone() }</div>
            }
            if props.actions != Html::default() {
                <div class="pf-v6-c-alert__action-group">{ props.actions.clone() }</div>
            }
        </div>
    }
}

/// Properties of [`ProblemAlert`].
#[derive(Properties, PartialEq)]
pub struct ProblemAlertProps {
    /// What went wrong.
    pub error: ApiError,
    /// What can be done about it.
    #[prop_or_default]
    pub actions: Html,
}

/// Says in the reader's language why something was refused or failed, with
/// what still uses a thing that cannot be removed.
#[component]
pub fn ProblemAlert(props: &ProblemAlertProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let details = match &props.error {
        ApiError::Problem(problem) => html! {
            <>
                if !problem.used_by.is_empty() {
                    <ul class="pf-v6-c-list" role="list">
                        { for problem.used_by.iter().map(|usage| html! {
                            <li>{ t.used_by(&usage.kind, usage.count, &usage.examples.join(", ")) }</li>
                        }) }
                    </ul>
                }
                if let Some(id) = problem.request_id.as_ref().filter(|_| problem.status >= 500) {
                    <p>{ t.quote_request_id(id) }</p>
                }
            </>
        },
        _ => html! {},
    };
    let said = matches!(&props.error, ApiError::Problem(problem) if !problem.used_by.is_empty() || problem.status >= 500);
    html! {
        <Alert
            tone={Tone::Danger}
            title={props.error.sentence(t, &dates)}
            urgent=true
            actions={props.actions.clone()}
        >
            { if said { details } else { Html::default() } }
        </Alert>
    }
}
