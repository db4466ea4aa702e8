//! Remarks on a defence, and how it stands.

use crate::api::defences::update_defence;
use crate::components::{Choice, EditorDialog, SelectField, TextAreaField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::defences::{Defence, DefenceState, UpdateDefence};
use yew::prelude::*;

/// The most characters of the remarks.
const LONGEST: usize = 2000;

/// Properties of [`EditDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct EditDialogProps {
    /// Which defence.
    pub(super) defence: Defence,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was saved.
    pub(super) onsaved: Callback<()>,
}

#[derive(Debug, Clone, PartialEq)]
struct Values {
    state: String,
    remarks: String,
    override_reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().optional_text("/remarks", &values.remarks, LONGEST).done()
}

/// Asks how it stands and what is to be known.
#[component]
pub(super) fn EditDialog(props: &EditDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let defence = &props.defence;
    let form = use_form(
        "defence",
        || Values {
            state: defence.state.as_str().to_owned(),
            remarks: defence.remarks.clone(),
            override_reason: String::new(),
        },
        check,
    );
    let onsubmit = {
        let (defence, onsaved) = (defence.clone(), props.onsaved.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onsaved) = (session.client.clone(), toasts.clone(), onsaved.clone());
            let defence = defence.clone();
            async move {
                let changes = UpdateDefence {
                    remarks: Some(values.remarks),
                    state: DefenceState::from_name(&values.state),
                    override_reason: given(&values.override_reason),
                };
                update_defence(&client, &defence, &changes).await?;
                toasts.done(t.saved());
                onsaved.emit(());
                Ok(())
            }
        })
    };
    let states =
        [DefenceState::Planned, DefenceState::Held, DefenceState::NotPresented, DefenceState::Cancelled];
    html! {
        <EditorDialog
            title={t.defence_edit_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/state", "/remarks", "/override_reason"])}
            onclose={props.onclose.clone()}
        >
            <p><strong>{ &defence.project_title }</strong>{ format!(" · {}", defence.student.name) }</p>
            <SelectField
                field={form.field("/state", |v| v.state.clone(), |v, state| v.state = state)}
                label={t.state()}
                choices={states.map(|state| Choice::new(state.as_str(), t.defence_state(state))).to_vec()}
            />
            <TextAreaField
                field={form.field("/remarks", |v| v.remarks.clone(), |v, remarks| v.remarks = remarks)}
                label={t.defence_remarks()}
                help={t.defence_remarks_help()}
                max={LONGEST}
                rows={4}
            />
            <OverrideField
                field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                failure={form.failure().cloned()}
            />
        </EditorDialog>
    }
}
