//! The first step: a file and what it holds.

use super::steps::{Step, Steps};
use super::template::TemplateBox;
use crate::api::ApiError;
use crate::api::imports::upload_import;
use crate::api::master::active_degrees;
use crate::api::upload::Progress;
use crate::components::{
    Alert, Button, ButtonKind, Card, Choice, Crumb, Icon, IconName, PageHeader, PageSection, SelectField,
    Tone,
};
use crate::hooks::{filter_field, use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::session::{Session, use_session};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DegreeId;
use gestfg_types::imports::{ImportField, ImportKind, MAX_FILE_BYTES};
use gestfg_types::session::Permission;
use web_sys::{AbortController, File, HtmlInputElement};
use yew::prelude::*;
use yew_router::prelude::*;

/// What the person may import.
fn kinds(session: &Session) -> Vec<ImportKind> {
    let may = |kind: &ImportKind| {
        session.may(match kind {
            ImportKind::Projects | ImportKind::PreassignedProjects => Permission::ImportProjects,
            ImportKind::Departments | ImportKind::Degrees | ImportKind::Professors => {
                Permission::ImportMasterData
            }
            ImportKind::Students => Permission::ImportStudents,
        })
    };
    ImportKind::ALL.into_iter().filter(may).collect()
}

/// Choosing a file and sending it.
#[component]
pub fn NewImportPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let navigator = use_navigator();
    let kinds = kinds(&session);
    let chosen = use_state_eq(|| None::<ImportKind>);
    let kind = chosen.or_else(|| kinds.first().copied()).unwrap_or(ImportKind::Projects);
    let degree = use_state_eq(String::new);
    let file = use_state_eq(|| None::<File>);
    let missing = use_state_eq(|| false);
    let progress = use_state_eq(Progress::default);
    let controller = use_mut_ref(|| None::<AbortController>);
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });

    let upload = use_action({
        let (progress, controller) = (progress.setter(), controller.clone());
        move |client, (file, kind, degree): (File, ImportKind, Option<DegreeId>)| {
            let (progress, navigator) = (progress.clone(), navigator.clone());
            let aborter = AbortController::new().ok();
            let client = client.with_signal(aborter.as_ref().map(AbortController::signal));
            controller.replace(aborter);
            async move {
                progress.set(Progress::default());
                let onprogress = Callback::from(move |sent: Progress| progress.set(sent));
                let import = upload_import(&client, &file, kind, degree, onprogress).await?;
                if let Some(navigator) = navigator {
                    navigator.push(&Route::Import { id: import.id });
                }
                Ok(())
            }
        }
    });
    let onfile = {
        let (file, missing, clear) = (file.setter(), missing.setter(), upload.clear.clone());
        Callback::from(move |chosen: File| {
            file.set(Some(chosen));
            missing.set(false);
            clear.emit(());
        })
    };
    let fault = (*file).as_ref().and_then(|file| fault(t, file));
    let onsubmit = {
        let (file, missing, run, degree) =
            (file.clone(), missing.setter(), upload.run.clone(), degree.parse::<DegreeId>().ok());
        let degree = degree.filter(|_| kind.fields().contains(&ImportField::Degree));
        let faulty = fault.is_some();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match &*file {
                None => missing.set(true),
                Some(_) if faulty => {}
                Some(file) => run.emit((file.clone(), kind, degree)),
            }
        })
    };
    let oncancel = Callback::from(move |_: MouseEvent| {
        if let Some(controller) = controller.borrow().as_ref() {
            controller.abort();
        }
    });
    let mut kind_field = filter_field("import-kind", kind.as_str().to_owned(), {
        let chosen = chosen.setter();
        Callback::from(move |value: String| {
            chosen.set(ImportKind::ALL.into_iter().find(|kind| kind.as_str() == value));
        })
    });
    kind_field.disabled = upload.running;
    let mut degree_field = filter_field("import-degree", (*degree).clone(), {
        let degree = degree.setter();
        Callback::from(move |value: String| degree.set(value))
    });
    degree_field.disabled = upload.running;
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        let named = |degree: &gestfg_types::master::Degree| {
            Choice::new(degree.id, format!("{} · {}", degree.code, degree.name))
        };
        page.items.iter().map(named).collect()
    });
    let crumbs = vec![Crumb { to: Route::Imports, label: t.route_imports().into() }];
    let failure = upload.error.as_ref().filter(|error| !matches!(error, ApiError::Aborted));
    html! {
        <>
            <PageHeader title={t.route_new_import()} lead={t.new_import_lead()} {crumbs} />
            <PageSection>
                <Steps current={Step::File} />
                <div class="gestfg-columns">
                    <Card>
                        <form class="pf-v6-c-form" novalidate=true {onsubmit}>
                            if let Some(error) = failure {
                                { refusal(t, error) }
                            }
                            <div class="gestfg-form-row">
                                <SelectField
                                    label={t.import_kind()}
                                    choices={kinds.iter().map(|kind| Choice::new(kind.as_str(), t.import_kind_name(*kind))).collect::<Vec<_>>()}
                                    field={kind_field}
                                    required=true
                                />
                                if kind.fields().contains(&ImportField::Degree) {
                                    <SelectField
                                        label={t.import_degree()}
                                        help={t.import_degree_help()}
                                        none={t.import_no_degree()}
                                        choices={degree_choices}
                                        field={degree_field}
                                    />
                                }
                            </div>
                            <FileDrop
                                file={(*file).clone()}
                                fault={fault.or_else(|| missing.then(|| t.file_missing()))}
                                disabled={upload.running}
                                {onfile}
                            />
                            if upload.running {
                                <Sending progress={*progress} />
                            }
                            <div class="pf-v6-c-form__actions">
                                <Button
                                    label={t.upload_and_read()}
                                    icon={IconName::Upload}
                                    submit=true
                                    busy={upload.running}
                                />
                                if upload.running {
                                    <Button label={t.cancel_upload()} kind={ButtonKind::Link} onclick={oncancel} />
                                }
                            </div>
                        </form>
                    </Card>
                    <Card title={t.template_of_kind()}><TemplateBox {kind} /></Card>
                </div>
            </PageSection>
        </>
    }
}

/// What is wrong with a file before it is sent.
pub(crate) fn fault(t: Texts, file: &File) -> Option<&'static str> {
    let size = file.size();
    if size > MAX_FILE_BYTES as f64 {
        Some(t.file_too_large())
    } else if size < 1.0 {
        Some(t.file_empty())
    } else {
        None
    }
}

/// Why the server would not have the file, and what to do about it.
fn refusal(t: Texts, error: &ApiError) -> Html {
    let (title, body) = match error.code() {
        Some(ErrorCode::UnreadableFile) => (error.text(t), Some(t.unreadable_file_help())),
        Some(ErrorCode::TooLarge) => (t.file_refused_size(), None),
        _ => (error.text(t), None),
    };
    html! {
        <Alert tone={Tone::Danger} {title} urgent=true>
            if let Some(body) = body {
                <p>{ body }</p>
            }
            if !error.field_errors().is_empty() {
                <ul class="pf-v6-c-list" role="list">
                    { for error.field_errors().iter().map(|found| html! { <li>{ t.field_error(found.code) }</li> }) }
                </ul>
            }
        </Alert>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct FileDropProps {
    /// What was chosen.
    pub file: Option<File>,
    /// What is wrong with it.
    pub fault: Option<&'static str>,
    /// Whether it must not be changed now.
    pub disabled: bool,
    /// Take this one.
    pub onfile: Callback<File>,
}

/// A place to drop a file on, with a button that does the same.
#[component]
pub(crate) fn FileDrop(props: &FileDropProps) -> Html {
    let t = use_texts();
    let over = use_state_eq(|| false);
    let input = use_node_ref();
    let onchange = {
        let onfile = props.onfile.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                onfile.emit(file);
            }
            // The same file, mended, may be chosen again.
            input.set_value("");
        })
    };
    let onclick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let hover = |inside: bool| {
        let (over, disabled) = (over.setter(), props.disabled);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(inside && !disabled);
        })
    };
    let ondrop = {
        let (over, onfile, disabled) = (over.setter(), props.onfile.clone(), props.disabled);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)).filter(|_| !disabled) {
                onfile.emit(file);
            }
        })
    };
    let class = classes!(
        "gestfg-drop",
        over.then_some("gestfg-drop--over"),
        props.fault.map(|_| "gestfg-drop--fault"),
    );
    html! {
        <div>
            <div
                {class}
                role="group"
                aria-label={t.import_file()}
                ondragenter={hover(true)}
                ondragover={hover(true)}
                ondragleave={hover(false)}
                {ondrop}
            >
                <Icon name={if props.file.is_some() { IconName::File } else { IconName::Upload }} class="gestfg-drop__icon" />
                if let Some(file) = &props.file {
                    <p class="gestfg-drop__name">
                        <strong>{ file.name() }</strong>
                        <span class="gestfg-subtle">{ format!(" · {}", t.file_size((file.size() / 1024.0).ceil() as u64)) }</span>
                    </p>
                } else {
                    <p class="gestfg-drop__hint">{ t.drop_here() }<span class="gestfg-subtle">{ format!(" {}", t.drop_or()) }</span></p>
                }
                <Button
                    id="import-file-button"
                    label={if props.file.is_some() { t.choose_other_file() } else { t.choose_file() }}
                    kind={ButtonKind::Secondary}
                    disabled={props.disabled}
                    {onclick}
                />
                <p class="gestfg-subtle">{ t.file_types() }</p>
                <input
                    ref={input}
                    id="import-file"
                    class="gestfg-drop__input"
                    type="file"
                    accept=".xlsx,.xlsm,.xls,.ods,.csv,.txt"
                    tabindex="-1"
                    aria-label={t.import_file()}
                    {onchange}
                />
            </div>
            <div aria-live="polite">
                if let Some(fault) = props.fault {
                    <p class="gestfg-fault"><Icon name={IconName::Danger} />{ fault }</p>
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SendingProps {
    progress: Progress,
}

/// How far the file has come.
#[component]
fn Sending(props: &SendingProps) -> Html {
    let t = use_texts();
    let whole = props.progress.is_whole();
    let percent = if props.progress.total > 0.0 {
        (props.progress.sent / props.progress.total * 100.0).clamp(0.0, 100.0) as u8
    } else {
        0
    };
    html! {
        <div class="gestfg-sending">
            <p id="import-progress" role="status">{ if whole { t.reading_file() } else { t.uploading() } }</p>
            if whole {
                <progress class="gestfg-progress" aria-labelledby="import-progress"></progress>
            } else {
                <progress
                    class="gestfg-progress"
                    aria-labelledby="import-progress"
                    max="100"
                    value={percent.to_string()}
                >
                    { t.upload_percent(percent) }
                </progress>
            }
        </div>
    }
}
