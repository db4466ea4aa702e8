//! Saying something of a longer time, or with a reason.

use crate::api::availability::say_availability;
use crate::components::{Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::format::{Dates, read_clock, typed_clock, use_dates};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use gestfg_types::availability::{AvailabilityAnswer, SayAvailability};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;
use yew::prelude::*;

/// Properties of [`RangeDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct RangeDialogProps {
    /// Whose, when it is another's.
    pub(super) professor: Option<UserId>,
    /// The day to begin with.
    pub(super) day: NaiveDate,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was said, from this moment on.
    pub(super) onsaid: Callback<DateTime<Utc>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    from: String,
    until: String,
    answer: String,
    note: String,
}

impl Values {
    fn answer(&self) -> AvailabilityAnswer {
        AvailabilityAnswer::from_name(&self.answer).unwrap_or(AvailabilityAnswer::No)
    }

    fn saying(&self, dates: &Dates, professor_id: Option<UserId>) -> Option<SayAvailability> {
        Some(SayAvailability {
            professor_id,
            starts_at: dates.read(&self.from)?,
            ends_at: dates.read(&self.until)?,
            answer: self.answer(),
            note: self.note.trim().to_owned(),
        })
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let (from, until) = (read_clock(&values.from), read_clock(&values.until));
    let (first, last) = (from.unwrap_or_default(), until.unwrap_or_default());
    let odd = until.is_some() && (last <= first || last - first > Duration::days(366));
    Check::new()
        .when(from.is_none(), "/starts_at", FieldCode::Required)
        .when(until.is_none(), "/ends_at", FieldCode::Required)
        .when(from.is_some() && odd, "/ends_at", FieldCode::OutOfRange)
        .optional_text("/note", &values.note, 200)
        .done()
}

/// Asks from when until when, and whether they can.
#[component]
pub(super) fn RangeDialog(props: &RangeDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let day = props.day;
    let form = use_form(
        "availability-range",
        move || {
            let at = |hour: u32| day.and_hms_opt(hour, 0, 0).map(typed_clock).unwrap_or_default();
            Values { from: at(9), until: at(20), ..Values::default() }
        },
        check,
    );
    let onsubmit = {
        let (professor, onsaid) = (props.professor, props.onsaid.clone());
        form.on_submit(move |values: Values| {
            let saying = values.saying(&dates, professor);
            let (client, toasts, onsaid) = (session.client.clone(), toasts.clone(), onsaid.clone());
            async move {
                let Some(saying) = saying else { return Ok(()) };
                say_availability(&client, &saying).await?;
                toasts.done(t.availability_saved());
                onsaid.emit(saying.starts_at);
                Ok(())
            }
        })
    };
    let answers = [AvailabilityAnswer::IfNeeded, AvailabilityAnswer::Yes];
    html! {
        <EditorDialog
            title={t.availability_range_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/starts_at", "/ends_at", "/note"])}
            onclose={props.onclose.clone()}
        >
            <p>{ t.availability_range_body() }</p>
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/starts_at", |v| v.from.clone(), |v, from| v.from = from)}
                    label={t.availability_from()}
                    kind="datetime-local"
                    required=true
                />
                <TextField
                    field={form.field("/ends_at", |v| v.until.clone(), |v, until| v.until = until)}
                    label={t.availability_until()}
                    kind="datetime-local"
                    required=true
                />
            </div>
            <SelectField
                field={form.field("/answer", |v| v.answer.clone(), |v, answer| v.answer = answer)}
                label={t.availability_can()}
                none={t.availability_answer(AvailabilityAnswer::No)}
                choices={answers.map(|answer| Choice::new(answer.as_str(), t.availability_answer(answer))).to_vec()}
            />
            <TextField
                field={form.field("/note", |v| v.note.clone(), |v, note| v.note = note)}
                label={t.availability_note()}
                help={t.availability_note_help()}
                max={200}
            />
        </EditorDialog>
    }
}
