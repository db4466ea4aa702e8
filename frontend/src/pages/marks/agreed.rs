//! The mark of a committee by its president's word.

use super::draft::read;
use crate::api::marks::write_agreed_mark;
use crate::components::{FormActions, FormFrame, TextAreaField, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::marks::{DefenceMarks, WriteAgreedMark};
use yew::prelude::*;

/// Properties of [`AgreedForm`].
#[derive(Properties, PartialEq)]
pub(super) struct AgreedFormProps {
    /// The marks of the defence.
    pub(super) marks: DefenceMarks,
    /// It was said.
    pub(super) onchange: Callback<()>,
}

#[derive(Debug, Clone, PartialEq)]
struct Values {
    mark: String,
    remarks: String,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(values.mark.trim().is_empty(), "/mark", FieldCode::Required)
        .when(read(&values.mark).is_none(), "/mark", FieldCode::OutOfRange)
        .optional_text("/remarks", &values.remarks, 2000)
        .done()
}

/// Says the mark, with everybody's at hand.
#[component]
pub(super) fn AgreedForm(props: &AgreedFormProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let marks = &props.marks;
    let form = use_form(
        "agreed",
        || Values {
            mark: marks.agreed.as_ref().map(|said| t.decimal(&said.mark.to_string())).unwrap_or_default(),
            remarks: marks.agreed.as_ref().map(|said| said.remarks.clone()).unwrap_or_default(),
            reason: String::new(),
        },
        check,
    );
    let onsubmit = {
        let (seen, onchange) = (marks.clone(), props.onchange.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (seen, onchange) = (seen.clone(), onchange.clone());
            async move {
                let Some(mark) = read(&values.mark) else { return Ok(()) };
                let reason = values.reason.trim();
                let said = WriteAgreedMark {
                    mark,
                    remarks: values.remarks,
                    override_reason: (!reason.is_empty()).then(|| reason.to_owned()),
                };
                write_agreed_mark(&client, &seen, &said).await?;
                toasts.done(t.saved());
                onchange.emit(());
                Ok(())
            }
        })
    };
    let late = form.failure().is_some_and(crate::api::ApiError::may_override);
    html! {
        <FormFrame
            id={form.id.clone()}
            {onsubmit}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/mark", "/remarks", "/override_reason"])}
        >
            <p>{ t.marks_agreed_body() }</p>
            <TextField
                field={form.field("/mark", |v| v.mark.clone(), |v, mark| v.mark = mark)}
                label={t.marks_agreed()}
                required=true
                says={t.sheet_mark_wrong()}
            />
            <TextAreaField
                field={form.field("/remarks", |v| v.remarks.clone(), |v, remarks| v.remarks = remarks)}
                label={t.marks_agreed_remarks()}
                rows={2}
                max={2000_usize}
            />
            if late {
                <TextField
                    field={form.field("/override_reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                    label={t.sheet_reason()}
                    help={t.sheet_reason_help()}
                />
            }
            <FormActions label={t.save()} sending={form.is_sending()} disabled={!form.is_dirty()} />
        </FormFrame>
    }
}
