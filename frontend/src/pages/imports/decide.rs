//! Taking the rows in, or throwing them away.

use crate::api::ApiError;
use crate::api::imports::{commit_import, delete_import, import_report};
use crate::components::{
    Button, ButtonKind, ConfirmDialog, IconName, ProblemAlert, ReasonDialog, use_toasts,
};
use crate::download::{XLSX, save_file};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::errors::ErrorCode;
use gestfg_types::imports::{CommitMode, Import, ImportAction, ImportCommitted, ImportSummary};
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ReportButtonProps {
    pub(super) import: Import,
}

/// Saves the sheet with what there is to say about each row.
#[component]
pub(super) fn ReportButton(props: &ReportButtonProps) -> Html {
    let t = use_texts();
    let name = {
        let file = &props.import.file_name;
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        format!("{stem}-errores.xlsx")
    };
    let download = use_action({
        let id = props.import.id;
        move |client, ()| {
            let name = name.clone();
            async move {
                let bytes = import_report(&client, id).await?;
                save_file(&name, XLSX, &bytes);
                Ok(())
            }
        }
    });
    html! {
        <>
            <Button
                label={t.report_download()}
                kind={ButtonKind::Secondary}
                icon={IconName::Download}
                busy={download.running}
                onclick={download.run.reform(|_| ())}
            />
            if let Some(error) = &download.error {
                <div class="gestfg-full"><ProblemAlert error={error.clone()} /></div>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct DecideBarProps {
    pub(super) import: Import,
    pub(super) oncommitted: Callback<ImportCommitted>,
    /// The server knows better by now: ask again.
    pub(super) onstale: Callback<()>,
}

#[derive(Clone, Copy, PartialEq)]
enum Asking {
    Nothing,
    Commit(CommitMode),
    /// The rows give projects to students outside the dates for it.
    Why(CommitMode),
    Discard,
}

/// What can be done with all rows, each with its question in words.
#[component]
pub(super) fn DecideBar(props: &DecideBarProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let navigator = use_navigator();
    let import = &props.import;
    let summary = import.summary;
    let asking = use_state_eq(|| Asking::Nothing);
    let id = import.id;
    let commit = use_action({
        let (asking, oncommitted, onstale) =
            (asking.setter(), props.oncommitted.clone(), props.onstale.clone());
        move |client, (mode, reason): (CommitMode, Option<String>)| {
            let (asking, oncommitted, onstale) = (asking.clone(), oncommitted.clone(), onstale.clone());
            async move {
                let outcome = commit_import(&client, id, mode, reason).await;
                let decided = [ErrorCode::ImportHasErrors, ErrorCode::ImportAlreadyDecided];
                if outcome.as_ref().err().and_then(ApiError::code).is_some_and(|code| decided.contains(&code))
                {
                    onstale.emit(());
                }
                if outcome.as_ref().err().and_then(ApiError::code) == Some(ErrorCode::PhaseNotOpen) {
                    asking.set(Asking::Why(mode));
                }
                let committed = outcome?;
                asking.set(Asking::Nothing);
                oncommitted.emit(committed);
                Ok(())
            }
        }
    });
    let discard = use_action(move |client, ()| {
        let (toasts, navigator) = (toasts.clone(), navigator.clone());
        async move {
            delete_import(&client, id).await?;
            toasts.done(t.discarded());
            if let Some(navigator) = navigator {
                navigator.push(&Route::Imports);
            }
            Ok(())
        }
    });
    let ask = |next: Asking| {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(next))
    };
    let close = {
        let (asking, clear, forget) = (asking.setter(), commit.clear.clone(), discard.clear.clone());
        Callback::from(move |()| {
            asking.set(Asking::Nothing);
            clear.emit(());
            forget.emit(());
        })
    };
    let may = |action: ImportAction| import.allowed_actions.contains(&action);
    let something = summary.create + summary.update > 0;
    html! {
        <div class="gestfg-decide">
            if may(ImportAction::Commit) && something && summary.error == 0 {
                <Button label={t.commit_all()} icon={IconName::Check} onclick={ask(Asking::Commit(CommitMode::All))} />
            }
            if may(ImportAction::Commit) && something && summary.error > 0 {
                <Button label={t.commit_valid()} icon={IconName::Check} onclick={ask(Asking::Commit(CommitMode::Valid))} />
            }
            if summary.error + summary.warning > 0 {
                <ReportButton import={import.clone()} />
            }
            if may(ImportAction::Delete) {
                <Button
                    label={t.discard()}
                    kind={ButtonKind::Link}
                    icon={IconName::Trash}
                    onclick={ask(Asking::Discard)}
                />
            }
            if may(ImportAction::Commit) && summary.error > 0 {
                <p class="gestfg-full gestfg-subtle">{ format!("{}. {}", t.rows_with_errors(summary.error), t.commit_all_refused()) }</p>
            }
            if may(ImportAction::Commit) && !something && summary.error == 0 && summary.rows > 0 {
                <p class="gestfg-full">{ t.commit_nothing() }</p>
            }
            { match *asking {
                Asking::Nothing => html! {},
                Asking::Commit(mode) => html! {
                    <ConfirmDialog
                        title={t.commit_title()}
                        confirm={t.commit_confirm()}
                        busy={commit.running}
                        error={commit.error.clone()}
                        onconfirm={commit.run.reform(move |()| (mode, None))}
                        oncancel={close}
                    >
                        <p><strong>{ &import.file_name }</strong>{ format!(" · {}", t.import_kind_name(import.kind)) }</p>
                        { told(&t.commit_body(&summary)) }
                        <p>{ t.commit_undoable() }</p>
                    </ConfirmDialog>
                },
                Asking::Why(mode) => html! {
                    <ReasonDialog
                        title={t.commit_late_title()}
                        label={t.commit_late_reason()}
                        confirm={t.commit_confirm()}
                        busy={commit.running}
                        error={commit.error.clone()}
                        onconfirm={commit.run.reform(move |reason| (mode, Some(reason)))}
                        oncancel={close}
                    >
                        <p>{ t.commit_late_body() }</p>
                    </ReasonDialog>
                },
                Asking::Discard => html! {
                    <ConfirmDialog
                        title={t.discard_title()}
                        confirm={t.discard()}
                        danger=true
                        busy={discard.running}
                        error={discard.error.clone()}
                        onconfirm={discard.run.clone()}
                        oncancel={close}
                    >
                        <p>{ t.discard_body() }</p>
                    </ConfirmDialog>
                },
            } }
        </div>
    }
}

/// The parts of a sentence about a summary, one line each.
pub(super) fn told(text: &str) -> Html {
    let parts: Vec<String> = text.trim_end_matches('.').split(" · ").map(str::to_owned).collect();
    html! {
        <ul class="pf-v6-c-list gestfg-told" role="list">{ for parts.into_iter().map(|part| html! { <li>{ part }</li> }) }</ul>
    }
}

/// Whether there is anything to tell of.
pub(super) const fn is_bare(summary: &ImportSummary) -> bool {
    summary.create + summary.update + summary.unchanged + summary.error == 0
}
