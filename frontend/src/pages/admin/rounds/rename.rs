//! Naming an allocation.

use super::runs::run_name;
use crate::api::allocation_runs::rename_allocation_run;
use crate::components::{EditorDialog, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::allocation_runs::AllocationRunSummary;
use yew::prelude::*;

/// The longest name.
const LONGEST: usize = 100;

/// Properties of [`RenameDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct RenameDialogProps {
    /// Which.
    pub(super) run: AllocationRunSummary,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It has its name, or somebody else was faster.
    pub(super) ondone: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(name: &String) -> Vec<FieldProblem> {
    Check::new().optional_text("/name", name, LONGEST).done()
}

/// Asks for a name; none takes it away.
#[component]
pub(super) fn RenameDialog(props: &RenameDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let present = props.run.name.clone().unwrap_or_default();
    let form = use_form("run-name", move || present, check);
    let onsubmit = {
        let (run, ondone) = (props.run.clone(), props.ondone.clone());
        form.on_submit(move |name: String| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (run, ondone) = (run.clone(), ondone.clone());
            async move {
                let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
                rename_allocation_run(&client, &run, name).await?;
                toasts.done(t.plan_renamed());
                ondone.emit(());
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.plan_rename()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/name"])}
            onreload={props.ondone.clone()}
            onclose={props.onclose.clone()}
        >
            <p><strong>{ run_name(t, &props.run) }</strong></p>
            <TextField
                field={form.field("/name", String::clone, |name, value| *name = value)}
                label={t.plan_name()}
                help={t.run_name_help()}
                max={LONGEST}
                autofocus=true
            />
        </EditorDialog>
    }
}
