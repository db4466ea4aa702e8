//! The last step: what was done, and undoing it.

use super::decide::{ReportButton, is_bare, told};
use super::steps::Step;
use crate::api::imports::undo_import;
use crate::components::{Alert, Button, ButtonKind, Card, ConfirmDialog, IconName, Tone, route_button};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::imports::{Import, ImportAction, ImportCommitted, ImportState};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ResultStepProps {
    pub(super) import: Import,
    /// What the commit just done answered.
    pub(super) committed: Option<ImportCommitted>,
    pub(super) onundone: Callback<Import>,
    pub(super) onstep: Callback<Step>,
}

/// What the commit did.
#[component]
pub(super) fn ResultStep(props: &ResultStepProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let import = &props.import;
    let asking = use_state_eq(|| false);
    let id = import.id;
    let undo = use_action({
        let (asking, onundone) = (asking.setter(), props.onundone.clone());
        move |client, ()| {
            let (asking, onundone) = (asking.clone(), onundone.clone());
            async move {
                let import = undo_import(&client, id).await?;
                asking.set(false);
                onundone.emit(import);
                Ok(())
            }
        }
    });
    let close = {
        let (asking, clear) = (asking.setter(), undo.clear.clone());
        Callback::from(move |()| {
            asking.set(false);
            clear.emit(());
        })
    };
    let open = {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let changed = props.committed.as_ref().map(|outcome| outcome.changed_rows.as_slice()).unwrap_or_default();
    let already = props.committed.as_ref().is_some_and(|outcome| outcome.already_committed);
    let changed_text = changed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let headline = match import.state {
        ImportState::Previewed => html! {
            <Alert tone={Tone::Info} title={t.not_decided_yet()} />
        },
        ImportState::Committed => html! {
            <Alert tone={Tone::Success} title={t.commit_done()} urgent=true>
                if already {
                    <p>{ t.commit_already() }</p>
                }
                if !is_bare(&import.summary) {
                    { told(&t.commit_outcome(&import.summary)) }
                }
            </Alert>
        },
        ImportState::Undone => html! {
            <Alert tone={Tone::Info} title={t.import_undone_title()} urgent=true>{ t.import_undone_body() }</Alert>
        },
    };
    html! {
        <div class="gestfg-stack">
            { headline }
            if !changed.is_empty() {
                <Alert tone={Tone::Warning} title={t.changed_rows_title()}>{ t.changed_rows(&changed_text) }</Alert>
            }
            <Card>
                <dl class="gestfg-facts gestfg-facts--wide">
                    { fact(t.import_file(), import.file_name.clone()) }
                    { fact(t.import_author(), import.created_by.name.clone()) }
                    { fact(t.import_when(), dates.date_time(import.created_at)) }
                    if let Some(mode) = import.mode {
                        { fact(t.committed_how(), t.commit_mode(mode).to_owned()) }
                    }
                    if let Some(at) = import.committed_at {
                        { fact(t.committed_on(), dates.date_time(at)) }
                    }
                    if let Some(at) = import.undone_at {
                        { fact(t.undone_on(), dates.date_time(at)) }
                    }
                </dl>
            </Card>
            <div class="gestfg-decide">
                <Button
                    label={t.see_imported_rows()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::List}
                    onclick={props.onstep.reform(|_| Step::Rows)}
                />
                if import.summary.error + import.summary.warning > 0 {
                    <ReportButton import={import.clone()} />
                }
                { route_button(Route::NewImport, ButtonKind::Secondary, Some(IconName::Upload), t.import_another()) }
                { route_button(Route::Imports, ButtonKind::Link, None, t.all_imports()) }
                if import.allowed_actions.contains(&ImportAction::Undo) {
                    <Button label={t.undo()} kind={ButtonKind::Danger} icon={IconName::Undo} onclick={open} />
                }
            </div>
            if *asking {
                <ConfirmDialog
                    title={t.undo_title()}
                    confirm={t.undo()}
                    danger=true
                    busy={undo.running}
                    error={undo.error.clone()}
                    onconfirm={undo.run.clone()}
                    oncancel={close}
                >
                    <p>{ t.undo_body() }</p>
                    if import.state == ImportState::Committed && !is_bare(&import.summary) {
                        { told(&t.commit_outcome(&import.summary)) }
                    }
                </ConfirmDialog>
            }
        </div>
    }
}

fn fact(label: &'static str, value: String) -> Html {
    html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }
}
