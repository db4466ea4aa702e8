//! Undoing an assignment.

use crate::api::assignments::cancel_assignment;
use crate::components::{ReasonDialog, use_toasts};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::assignments::Assignment;
use yew::prelude::*;

/// Properties of [`CancelDialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct CancelDialogProps {
    /// What is undone.
    pub assignment: Assignment,
    /// Leave it.
    pub onclose: Callback<()>,
    /// It was undone.
    pub oncancelled: Callback<Assignment>,
}

/// Asks for the reason and undoes the assignment.
#[component]
pub(crate) fn CancelDialog(props: &CancelDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let cancel = {
        let (id, version) = (props.assignment.id, props.assignment.version);
        let oncancelled = props.oncancelled.clone();
        use_action(move |client, reason: String| {
            let (oncancelled, toasts) = (oncancelled.clone(), toasts.clone());
            async move {
                let cancelled = cancel_assignment(&client, id, version, reason).await?;
                toasts.done(t.assignment_cancelled());
                oncancelled.emit(cancelled);
                Ok(())
            }
        })
    };
    html! {
        <ReasonDialog
            title={t.cancel_assignment_title()}
            label={t.reason()}
            confirm={t.cancel_assignment()}
            danger=true
            busy={cancel.running}
            error={cancel.error.clone()}
            onconfirm={cancel.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p><strong>{ &props.assignment.project_title }</strong></p>
            <p>{ t.cancel_assignment_body() }</p>
        </ReasonDialog>
    }
}
