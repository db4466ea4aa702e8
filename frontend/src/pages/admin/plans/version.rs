//! Naming a version, and throwing one away.

use crate::api::planning::{delete_committee_plan, rename_committee_plan};
use crate::components::{ConfirmDialog, EditorDialog, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_action, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::planning::CommitteePlanSummary;
use yew::prelude::*;

/// The longest name.
const LONGEST: usize = 100;

/// Properties of [`RenameDialog`] and [`DeleteDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct VersionDialogProps {
    /// The version.
    pub(super) plan: CommitteePlanSummary,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was done.
    pub(super) ondone: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(name: &String) -> Vec<FieldProblem> {
    Check::new().optional_text("/name", name, LONGEST).done()
}

/// Asks for a name.
#[component]
pub(super) fn RenameDialog(props: &VersionDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let present = props.plan.name.clone().unwrap_or_default();
    let form = use_form("plan-name", move || present, check);
    let onsubmit = {
        let (plan, ondone) = (props.plan.clone(), props.ondone.clone());
        form.on_submit(move |name: String| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (plan, ondone) = (plan.clone(), ondone.clone());
            async move {
                let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
                rename_committee_plan(&client, &plan, name).await?;
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
            <TextField
                field={form.field("/name", String::clone, |name, value| *name = value)}
                label={t.plan_name()}
                help={t.plan_name_help()}
                max={LONGEST}
                autofocus=true
            />
        </EditorDialog>
    }
}

/// Asks before a draft is thrown away.
#[component]
pub(super) fn DeleteDialog(props: &VersionDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let delete = {
        let (plan, ondone) = (props.plan.clone(), props.ondone.clone());
        use_action(move |client, ()| {
            let (plan, ondone, toasts) = (plan.clone(), ondone.clone(), toasts.clone());
            async move {
                delete_committee_plan(&client, &plan).await?;
                toasts.done(t.deleted());
                ondone.emit(());
                Ok(())
            }
        })
    };
    html! {
        <ConfirmDialog
            title={t.plan_delete_title()}
            confirm={t.delete()}
            danger=true
            busy={delete.running}
            error={delete.error.clone()}
            onconfirm={delete.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p><strong>{ t.plan_label(props.plan.number, props.plan.name.as_deref()) }</strong></p>
            <p>{ t.plan_delete_body() }</p>
        </ConfirmDialog>
    }
}
