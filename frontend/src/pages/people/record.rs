//! A student's academic record, by which allocations order students.

use crate::api::people::write_student_record;
use crate::components::{EditorDialog, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::users::PersonRef;
use yew::prelude::*;

/// Properties of [`RecordDialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct RecordDialogProps {
    /// Whose.
    pub(crate) student: PersonRef,
    /// As it is on file.
    pub(crate) record: Option<String>,
    /// Leave it.
    pub(crate) onclose: Callback<()>,
    /// It is written.
    pub(crate) ondone: Callback<Option<String>>,
}

/// The mark as it is sent: people write a comma for the point.
fn sent(text: &str) -> Option<String> {
    Some(text.trim().replace(',', ".")).filter(|text| !text.is_empty())
}

/// What the server checks too: 0 to 10, two decimals at most.
fn fault(text: &str) -> Option<FieldCode> {
    let text = sent(text)?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return Some(FieldCode::NotANumber);
    }
    let mark: f64 = text.parse().unwrap_or(f64::INFINITY);
    (mark > 10.0).then_some(FieldCode::OutOfRange)
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(text: &String) -> Vec<FieldProblem> {
    let found = fault(text);
    let is = |code| found == Some(code);
    Check::new()
        .when(is(FieldCode::NotANumber), "/record", FieldCode::NotANumber)
        .when(is(FieldCode::OutOfRange), "/record", FieldCode::OutOfRange)
        .done()
}

/// Asks for the mark; none takes it away.
#[component]
pub(crate) fn RecordDialog(props: &RecordDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let present = props.record.clone().unwrap_or_default();
    let form = use_form("record", move || present, check);
    let onsubmit = {
        let (student, ondone) = (props.student.id, props.ondone.clone());
        form.on_submit(move |text: String| {
            let (client, toasts, ondone) = (session.client.clone(), toasts.clone(), ondone.clone());
            async move {
                let written = write_student_record(&client, student, sent(&text)).await?;
                toasts.done(t.saved());
                ondone.emit(written.record);
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.record_title(&props.student.name)}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/record"])}
            onclose={props.onclose.clone()}
        >
            <p>{ t.record_help() }</p>
            <TextField
                field={form.field("/record", String::clone, |text, value| *text = value)}
                label={t.round_record()}
                max={6}
                autofocus=true
            />
        </EditorDialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_with_comma_or_point() {
        for (text, found) in [
            ("", None),
            ("8,75", None),
            (" 8.7 ", None),
            ("10", None),
            ("10,01", Some(FieldCode::OutOfRange)),
            ("8,755", Some(FieldCode::NotANumber)),
            ("ocho", Some(FieldCode::NotANumber)),
            ("-1", Some(FieldCode::NotANumber)),
        ] {
            assert_eq!(fault(text), found, "{text}");
        }
        assert_eq!(sent(" 8,75 ").as_deref(), Some("8.75"));
    }
}
