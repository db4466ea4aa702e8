//! Having a substitute step in.

use crate::api::ApiError;
use crate::api::defences::call_in;
use crate::components::{Alert, Choice, EditorDialog, SelectField, TextAreaField, Tone, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::defences::{CallIn, Committee};
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

/// Properties of [`CallInDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CallInDialogProps {
    /// Of which committee.
    pub(super) committee: Committee,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was done.
    pub(super) ondone: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    substitute: String,
    acting_for: String,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().text("/reason", &values.reason, REASON_MAX).done()
}

/// Asks who steps in for whom, and why.
#[component]
pub(super) fn CallInDialog(props: &CallInDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let committee = &props.committee;
    let is_substitute = |seat: &str| seat.starts_with("substitute");
    let first = |substitute: bool| {
        let found = committee.seats.iter().find(|it| is_substitute(&it.seat) == substitute);
        found.map(|it| it.seat.clone()).unwrap_or_default()
    };
    let form = use_form(
        "call-in",
        || Values { substitute: first(true), acting_for: first(false), reason: String::new() },
        check,
    );
    let onsubmit = {
        let (committee, ondone) = (committee.clone(), props.ondone.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, ondone) = (session.client.clone(), toasts.clone(), ondone.clone());
            let committee = committee.clone();
            async move {
                let change = CallIn {
                    substitute: values.substitute,
                    acting_for: Some(values.acting_for).filter(|seat| !seat.is_empty()),
                    reason: values.reason.trim().to_owned(),
                };
                let done = call_in(&client, &committee, &change).await?;
                match done.warnings.len() {
                    0 => toasts.done(t.call_in_done()),
                    count => toasts.say(Tone::Warning, t.call_in_if_needed(count)),
                }
                ondone.emit(());
                Ok(())
            }
        })
    };
    let seats = |substitute: bool| {
        let of = committee.seats.iter().filter(|it| is_substitute(&it.seat) == substitute);
        of.map(|it| Choice::new(&it.seat, t.seat_of(t.committee_seat(&it.seat), &it.professor.name)))
            .collect::<Vec<_>>()
    };
    let broken = match form.failure() {
        Some(ApiError::Problem(problem)) => problem.violations.clone(),
        _ => Vec::new(),
    };
    let count = |rule: &str| broken.iter().filter(|found| found.rule == rule).count();
    let (away, elsewhere) = (count("person_away"), count("person_twice"));
    html! {
        <EditorDialog
            title={t.call_in_named(committee.number)}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().filter(|_| broken.is_empty()).cloned()}
            elsewhere={form.errors_elsewhere(&["/substitute", "/acting_for", "/reason"])}
            onclose={props.onclose.clone()}
            confirm={t.call_in()}
        >
            <p>{ t.call_in_body() }</p>
            if !broken.is_empty() {
                <Alert tone={Tone::Danger} title={t.call_in_impossible()} urgent=true>
                    if away > 0 {
                        <p>{ t.call_in_away(away) }</p>
                    }
                    if elsewhere > 0 {
                        <p>{ t.call_in_elsewhere(elsewhere) }</p>
                    }
                </Alert>
            }
            <SelectField
                field={form.field("/substitute", |v| v.substitute.clone(), |v, seat| v.substitute = seat)}
                label={t.call_in_who()}
                choices={seats(true)}
                required=true
            />
            <SelectField
                field={form.field("/acting_for", |v| v.acting_for.clone(), |v, seat| v.acting_for = seat)}
                label={t.call_in_for()}
                none={t.call_in_back()}
                choices={seats(false)}
            />
            <TextAreaField
                field={form.field("/reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                label={t.call_in_why()}
                required=true
                max={REASON_MAX}
                rows={3}
            />
        </EditorDialog>
    }
}
