//! Opening a call, and removing one.

use crate::api::calls::{delete_call, open_call};
use crate::components::{Alert, ConfirmDialog, PhaseWarnings, Tone, use_toasts};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::calls::Call;
use yew::prelude::*;

/// Properties of [`OpenDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct OpenDialogProps {
    /// The call.
    pub(super) call: Call,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It is open.
    pub(super) onopened: Callback<Call>,
}

/// Says who will be told, names what is odd about the dates, and opens.
#[component]
pub(super) fn OpenDialog(props: &OpenDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let open = {
        let (id, version, onopened) = (props.call.call.id, props.call.version, props.onopened.clone());
        use_action(move |client, ()| {
            let (onopened, toasts) = (onopened.clone(), toasts.clone());
            async move {
                let opened = open_call(&client, id, version).await?;
                toasts.done(t.call_opened());
                onopened.emit(opened);
                Ok(())
            }
        })
    };
    html! {
        <ConfirmDialog
            title={t.call_open_title()}
            confirm={t.call_open()}
            busy={open.running}
            error={open.error.clone()}
            onconfirm={open.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <div class="gestfg-stack">
                <p><strong>{ t.call_full_title(&props.call.call) }</strong></p>
                <p>{ t.call_open_body() }</p>
                if !props.call.warnings.is_empty() {
                    <Alert tone={Tone::Warning} title={t.call_open_warnings()}>
                        <PhaseWarnings warnings={props.call.warnings.clone()} />
                    </Alert>
                }
            </div>
        </ConfirmDialog>
    }
}

/// Properties of [`DeleteDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct DeleteDialogProps {
    /// The call.
    pub(super) call: Call,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It is gone.
    pub(super) ondeleted: Callback<()>,
}

/// Asks before a call is removed.
#[component]
pub(super) fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let delete = {
        let (id, version, ondeleted) = (props.call.call.id, props.call.version, props.ondeleted.clone());
        use_action(move |client, ()| {
            let (ondeleted, toasts) = (ondeleted.clone(), toasts.clone());
            async move {
                delete_call(&client, id, version).await?;
                toasts.done(t.deleted());
                ondeleted.emit(());
                Ok(())
            }
        })
    };
    html! {
        <ConfirmDialog
            title={t.call_delete_title()}
            confirm={t.delete()}
            danger=true
            busy={delete.running}
            error={delete.error.clone()}
            onconfirm={delete.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p><strong>{ t.call_full_title(&props.call.call) }</strong></p>
            <p>{ t.call_delete_body() }</p>
        </ConfirmDialog>
    }
}
