//! Requests for more time, and deciding on them.

use crate::api::ApiError;
use crate::api::documents::{grant_extension, refuse_extension};
use crate::components::{
    Badge, Button, ButtonKind, Colour, Dialog, FormFrame, IconName, ReasonDialog, TextAreaField, TextField,
    use_toasts,
};
use crate::format::{read_clock, use_dates};
use crate::hooks::{FieldProblem, use_action, use_form};
use crate::i18n::use_texts;
use crate::pages::requests::given;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::documents::{DocumentExtension, DocumentExtensionState, GrantDocumentExtension};
use gestfg_types::errors::FieldCode;
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Granting(Box<DocumentExtension>),
    Refusing(Box<DocumentExtension>),
}

/// Properties of [`Extensions`].
#[derive(Properties, PartialEq)]
pub(super) struct ExtensionsProps {
    /// The newest first.
    pub(super) extensions: Vec<DocumentExtension>,
    /// One was decided.
    pub(super) onchange: Callback<()>,
}

/// What was asked for and what became of it.
#[component]
pub(super) fn Extensions(props: &ExtensionsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let over = use_state_eq(|| Over::Nothing);
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, onchange) = (over.setter(), props.onchange.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            onchange.emit(());
        })
    };
    let draw = |extension: &DocumentExtension| {
        let colour = match extension.state {
            DocumentExtensionState::Asked => Colour::Blue,
            DocumentExtensionState::Granted => Colour::Green,
            DocumentExtensionState::Refused => Colour::Red,
        };
        html! {
            <li key={extension.id.0} class="gestfg-task">
                <div class="gestfg-task__what gestfg-extension">
                    <p>
                        { t.extension_line(&extension.asked_by.name, &dates.long_deadline(extension.wanted_until)) }{ " " }
                        <Badge label={t.extension_state(extension.state)} {colour} />
                    </p>
                    <p class="gestfg-prewrap">{ &extension.reason }</p>
                    if let Some(until) = extension.granted_until {
                        <p>{ t.extension_until_granted(&dates.long_deadline(until)) }</p>
                    }
                    if let Some(reason) = &extension.decision_reason {
                        <p class="gestfg-subtle gestfg-prewrap">{ reason }</p>
                    }
                </div>
                if !extension.allowed_actions.is_empty() {
                    <span class="gestfg-row-actions">
                        <Button
                            label={t.extension_grant()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Check}
                            onclick={open(Over::Granting(Box::new(extension.clone())))}
                        />
                        <Button
                            label={t.extension_refuse()}
                            kind={ButtonKind::Link}
                            icon={IconName::Times}
                            onclick={open(Over::Refusing(Box::new(extension.clone())))}
                        />
                    </span>
                }
            </li>
        }
    };
    html! {
        <section aria-label={t.extension_requests()}>
            <h3 class="gestfg-document__title">{ t.extension_requests() }</h3>
            <ul class="gestfg-tasks" role="list">{ for props.extensions.iter().map(draw) }</ul>
            { match &*over {
                Over::Nothing => html! {},
                Over::Granting(extension) => html! {
                    <GrantDialog extension={(**extension).clone()} onclose={close} ondone={done} />
                },
                Over::Refusing(extension) => html! {
                    <RefuseDialog extension={(**extension).clone()} onclose={close} ondone={done} />
                },
            } }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DecisionProps {
    extension: DocumentExtension,
    onclose: Callback<()>,
    ondone: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    until: String,
    note: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(read_clock(&values.until).is_none(), "/until", FieldCode::Required)
        .optional_text("/reason", &values.note, REASON_MAX)
        .done()
}

/// Until when, as was asked for unless somebody types another moment.
#[component]
fn GrantDialog(props: &DecisionProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let proposed = dates.typed_deadline(props.extension.wanted_until);
    let form = use_form("grant", || Values { until: proposed, ..Values::default() }, check);
    let onsubmit = {
        let (id, version, ondone) = (props.extension.id, props.extension.version, props.ondone.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, ondone) = (session.client.clone(), toasts.clone(), ondone.clone());
            let until = dates.read_deadline(&values.until);
            async move {
                let body = GrantDocumentExtension { until, reason: given(&values.note) };
                grant_extension(&client, id, version, &body).await?;
                toasts.done(t.extension_granted());
                ondone.emit(());
                Ok::<(), ApiError>(())
            }
        })
    };
    let footer = html! {
        <>
            <Button label={t.extension_grant()} submit=true form={form.id.clone()} busy={form.is_sending()} />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    html! {
        <Dialog title={t.extension_grant_title()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/until", "/reason"])}
            >
                <p class="gestfg-prewrap">{ &props.extension.reason }</p>
                <TextField
                    field={form.field("/until", |v| v.until.clone(), |v, until| v.until = until)}
                    label={t.extension_until()}
                    help={t.extension_grant_until_help()}
                    kind="datetime-local"
                    required=true
                />
                <TextAreaField
                    field={form.field("/reason", |v| v.note.clone(), |v, note| v.note = note)}
                    label={t.extension_note()}
                    rows={3}
                    max={REASON_MAX}
                />
            </FormFrame>
        </Dialog>
    }
}

/// Why not.
#[component]
fn RefuseDialog(props: &DecisionProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let refuse = use_action({
        let (id, version, ondone) = (props.extension.id, props.extension.version, props.ondone.clone());
        move |client, reason: String| {
            let (toasts, ondone) = (toasts.clone(), ondone.clone());
            async move {
                refuse_extension(&client, id, version, reason).await?;
                toasts.done(t.extension_refused());
                ondone.emit(());
                Ok(())
            }
        }
    });
    html! {
        <ReasonDialog
            title={t.extension_refuse_title()}
            label={t.extension_reason()}
            confirm={t.extension_refuse()}
            danger=true
            busy={refuse.running}
            error={refuse.error.clone()}
            onconfirm={refuse.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p>{ t.extension_refuse_body() }</p>
        </ReasonDialog>
    }
}
