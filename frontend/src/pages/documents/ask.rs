//! Asking for more time.

use crate::api::ApiError;
use crate::api::documents::ask_extension;
use crate::components::{Button, ButtonKind, Dialog, FormFrame, TextAreaField, TextField, use_toasts};
use crate::format::{read_clock, use_dates};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::documents::{AskDocumentExtension, DocumentSet, HandedInBy};
use gestfg_types::errors::FieldCode;
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

/// Properties of [`AskDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct AskDialogProps {
    /// For what.
    pub(super) set: DocumentSet,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was asked for.
    pub(super) onasked: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    until: String,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let is_missing = read_clock(&values.until).is_none();
    Check::new()
        .when(is_missing, "/wanted_until", FieldCode::Required)
        .text("/reason", &values.reason, REASON_MAX)
        .done()
}

/// Until when and why. Two days more than now is proposed.
#[component]
pub(super) fn AskDialog(props: &AskDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let proposed = {
        let of_students = props.set.places.iter().filter(|place| place.by == HandedInBy::Students);
        let closes = of_students.filter_map(|place| place.closes_at).max();
        let now = chrono::DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default();
        let from = closes.map_or(now, |closes| closes.max(now));
        dates.typed_deadline(from + chrono::Duration::days(2))
    };
    let form = use_form("extension", || Values { until: proposed, ..Values::default() }, check);
    let onsubmit = {
        let (id, onasked, dates) = (props.set.evaluation_request_id, props.onasked.clone(), dates.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onasked) = (session.client.clone(), toasts.clone(), onasked.clone());
            let wanted_until = dates.read_deadline(&values.until).unwrap_or_default();
            async move {
                let reason = values.reason.trim().to_owned();
                ask_extension(&client, id, &AskDocumentExtension { wanted_until, reason }).await?;
                toasts.done(t.extension_asked());
                onasked.emit(());
                Ok::<(), ApiError>(())
            }
        })
    };
    let footer = html! {
        <>
            <Button label={t.extension_ask()} submit=true form={form.id.clone()} busy={form.is_sending()} />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    html! {
        <Dialog title={t.extension_ask_title()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/wanted_until", "/reason"])}
            >
                <p>{ t.extension_ask_body() }</p>
                <TextField
                    field={form.field("/wanted_until", |v| v.until.clone(), |v, until| v.until = until)}
                    label={t.extension_until()}
                    help={t.extension_until_help()}
                    kind="datetime-local"
                    required=true
                />
                <TextAreaField
                    field={form.field("/reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                    label={t.extension_reason()}
                    required=true
                    rows={4}
                    max={REASON_MAX}
                />
            </FormFrame>
        </Dialog>
    }
}
