//! Writing the question.

use crate::api::availability::{create_poll, update_poll};
use crate::components::{EditorDialog, TextAreaField, TextField, use_toasts};
use crate::format::{read_clock, use_dates};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::availability::{AvailabilityPoll, CreateAvailabilityPoll, UpdateAvailabilityPoll};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::CallId;
use yew::prelude::*;

/// Properties of [`PollDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct PollDialogProps {
    /// Of which call.
    pub(super) call: CallId,
    /// The poll there is; none to ask.
    pub(super) poll: Option<AvailabilityPoll>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was asked, or changed.
    pub(super) onsaved: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    deadline: String,
    message: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(read_clock(&values.deadline).is_none(), "/deadline", FieldCode::Required)
        .optional_text("/message", &values.message, 2000)
        .done()
}

/// Asks until when, and what to add.
#[component]
pub(super) fn PollDialog(props: &PollDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form(
        "poll",
        || {
            props.poll.as_ref().map_or_else(Values::default, |poll| Values {
                deadline: dates.typed_deadline(poll.deadline),
                message: poll.message.clone(),
            })
        },
        check,
    );
    let onsubmit = {
        let (call_id, poll, onsaved) = (props.call, props.poll.clone(), props.onsaved.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onsaved) = (session.client.clone(), toasts.clone(), onsaved.clone());
            let (deadline, poll) = (dates.read_deadline(&values.deadline), poll.clone());
            async move {
                let Some(deadline) = deadline else { return Ok(()) };
                let message = values.message;
                match poll {
                    None => {
                        create_poll(&client, &CreateAvailabilityPoll { call_id, deadline, message }).await?;
                        toasts.done(t.poll_asked_done());
                    }
                    Some(poll) => {
                        let changes = UpdateAvailabilityPoll {
                            deadline: Some(deadline).filter(|deadline| *deadline != poll.deadline),
                            message: Some(message),
                        };
                        update_poll(&client, &poll, &changes).await?;
                        toasts.done(t.saved());
                    }
                }
                onsaved.emit(());
                Ok(())
            }
        })
    };
    let is_new = props.poll.is_none();
    html! {
        <EditorDialog
            title={if is_new { t.poll_ask_title() } else { t.poll_edit_title() }}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/deadline", "/message"])}
            onclose={props.onclose.clone()}
            confirm={if is_new { t.poll_ask() } else { t.save() }}
        >
            if is_new {
                <p>{ t.poll_ask_body() }</p>
            }
            <TextField
                field={form.field("/deadline", |v| v.deadline.clone(), |v, deadline| v.deadline = deadline)}
                label={t.poll_deadline()}
                help={t.poll_deadline_help()}
                kind="datetime-local"
                required=true
            />
            <TextAreaField
                field={form.field("/message", |v| v.message.clone(), |v, message| v.message = message)}
                label={t.poll_message()}
                help={t.poll_message_help()}
                max={2000}
                rows={4}
            />
        </EditorDialog>
    }
}
