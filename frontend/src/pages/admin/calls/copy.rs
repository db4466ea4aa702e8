//! Copying a call into another year.

use super::draft::{FIRST_YEAR, LAST_YEAR};
use crate::api::calls::copy_call;
use crate::components::{Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::calls::{Call, CopyCall, CopyKeeps};
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

/// Properties of [`CopyDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CopyDialogProps {
    /// The call to copy.
    pub(super) call: Call,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// The copy was made.
    pub(super) oncopied: Callback<Call>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    academic_year: String,
    keeps: String,
}

impl Values {
    fn year(&self) -> Option<i16> {
        self.academic_year.trim().parse().ok()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let year = values.year();
    let outside = year.is_some_and(|year| !(FIRST_YEAR..=LAST_YEAR).contains(&year));
    Check::new()
        .when(year.is_none(), "/academic_year", FieldCode::NotANumber)
        .when(outside, "/academic_year", FieldCode::OutOfRange)
        .done()
}

/// Asks into which year, and what stays the same.
#[component]
pub(super) fn CopyDialog(props: &CopyDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let next = props.call.call.academic_year + 1;
    let form =
        use_form("copy", move || Values { academic_year: next.to_string(), ..Values::default() }, check);
    let onsubmit = {
        let (id, oncopied) = (props.call.call.id, props.oncopied.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, oncopied) = (session.client.clone(), toasts.clone(), oncopied.clone());
            async move {
                let keeps = if values.keeps.is_empty() { CopyKeeps::Date } else { CopyKeeps::Weekday };
                let copy = copy_call(&client, id, &CopyCall { academic_year: values.year(), keeps }).await?;
                toasts.done(t.call_copied());
                oncopied.emit(copy);
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.call_copy_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/academic_year"])}
            onclose={props.onclose.clone()}
            confirm={t.copy()}
        >
            <div>
                <p><strong>{ t.call_full_title(&props.call.call) }</strong></p>
                <p>{ t.call_copy_body() }</p>
            </div>
            <TextField
                field={form.field("/academic_year", |v| v.academic_year.clone(), |v, year| v.academic_year = year)}
                label={t.academic_year()}
                help={t.academic_year_help()}
                kind="number"
                required=true
            />
            <SelectField
                field={form.field("/keeps", |v| v.keeps.clone(), |v, keeps| v.keeps = keeps)}
                label={t.call_copy_keeps()}
                none={t.copy_keeps(CopyKeeps::Date)}
                choices={vec![Choice::new("weekday", t.copy_keeps(CopyKeeps::Weekday))]}
            />
        </EditorDialog>
    }
}
