//! One document of the set, and handing it in.

use super::versions::Versions;
use crate::api::ApiError;
use crate::api::documents::{HandingIn, hand_in};
use crate::api::upload::Progress;
use crate::components::{
    Alert, Badge, Button, ButtonKind, Colour, Icon, IconName, ReasonDialog, Tone, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::{Texts, use_texts};
use chrono::{DateTime, Utc};
use gestfg_types::documents::{DocumentAction, DocumentFormat, DocumentPlace, HandedInBy};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::EvaluationRequestId;
use web_sys::{AbortController, File, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`Place`].
#[derive(Properties, PartialEq)]
pub(super) struct PlaceProps {
    /// Of which evaluation request.
    pub(super) request: EvaluationRequestId,
    /// The document.
    pub(super) place: DocumentPlace,
    /// The largest file taken.
    pub(super) max_bytes: u64,
    /// Something was handed in.
    pub(super) onchange: Callback<()>,
}

/// What is asked for, until when, what was handed in, and a place to drop a
/// file on.
#[component]
pub(super) fn Place(props: &PlaceProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let place = &props.place;
    let chosen = use_state_eq(|| None::<File>);
    let fault = use_state_eq(|| None::<String>);
    let progress = use_state_eq(Progress::default);
    let controller = use_mut_ref(|| None::<AbortController>);
    let upload = use_action({
        let (progress, controller, chosen) = (progress.setter(), controller.clone(), chosen.setter());
        let (request, kind, name) = (props.request, place.kind.clone(), place.name.clone());
        let student_id = place.student.as_ref().map(|student| student.id);
        let onchange = props.onchange.clone();
        move |client, (file, override_reason): (File, Option<String>)| {
            let (progress, chosen, onchange) = (progress.clone(), chosen.clone(), onchange.clone());
            let (toasts, name) = (toasts.clone(), name.clone());
            let aborter = AbortController::new().ok();
            let client = client.with_signal(aborter.as_ref().map(AbortController::signal));
            controller.replace(aborter);
            let what = HandingIn { kind: kind.clone(), student_id, file_name: file.name(), override_reason };
            async move {
                progress.set(Progress::default());
                let onprogress = Callback::from(move |sent: Progress| progress.set(sent));
                let made = hand_in(&client, request, &what, &file, onprogress).await;
                if matches!(made, Err(ApiError::Aborted)) {
                    toasts.say(Tone::Info, t.document_cancelled());
                    return Ok(());
                }
                toasts.done(t.document_done(&name, made?.version));
                chosen.set(None);
                onchange.emit(());
                Ok(())
            }
        }
    });
    let may = place.allowed_actions.first().copied();
    let onfile = {
        let (chosen, fault, run, clear) =
            (chosen.setter(), fault.setter(), upload.run.clone(), upload.clear.clone());
        let max = props.max_bytes;
        Callback::from(move |file: File| {
            clear.emit(());
            let found = unfit(t, &file, max);
            fault.set(found.clone());
            if found.is_some() {
                return;
            }
            match may {
                Some(DocumentAction::HandIn) => run.emit((file, None)),
                Some(DocumentAction::HandInWithReason) => chosen.set(Some(file)),
                None => {}
            }
        })
    };
    let onconfirm = {
        let (chosen, run) = (chosen.clone(), upload.run.clone());
        Callback::from(move |reason: String| {
            if let Some(file) = &*chosen {
                run.emit((file.clone(), Some(reason)));
            }
        })
    };
    let oncancel = {
        let chosen = chosen.setter();
        Callback::from(move |()| chosen.set(None))
    };
    let onabort = Callback::from(move |_: MouseEvent| {
        if let Some(controller) = controller.borrow().as_ref() {
            controller.abort();
        }
    });
    let formats: Vec<_> = place.formats.iter().map(|format| t.document_format(*format)).collect();
    let megabytes = props.max_bytes / (1024 * 1024);
    let now = DateTime::<Utc>::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default();
    let when = match (place.opens_at, place.closes_at) {
        (Some(opens), _) if now < opens => t.document_from(&dates.long_date_time(opens)),
        (_, Some(closes)) if now < closes => t.document_until(&dates.long_deadline(closes)),
        (_, Some(closes)) => t.document_locked(&dates.long_deadline(closes)),
        _ => t.document_no_dates().to_owned(),
    };
    let title = match &place.student {
        Some(student) => format!("{} · {}", place.name, student.name),
        None => place.name.clone(),
    };
    html! {
        <li class="gestfg-document">
            <div class="gestfg-document__head">
                <h3 class="gestfg-document__title">{ &title }</h3>
                <Badge
                    label={if place.required { t.document_required() } else { t.document_optional() }}
                    colour={if place.required && place.versions.is_empty() { Colour::Orange } else { Colour::Grey }}
                    outline=true
                />
                if place.by == HandedInBy::Tutor {
                    <Badge label={t.document_by_tutor()} outline=true />
                }
            </div>
            <p class="gestfg-subtle gestfg-small">{ when }{ " " }{ t.document_taken(&formats.join(" / "), megabytes) }</p>
            if place.versions.is_empty() {
                <p>{ t.document_not_handed_in() }</p>
            } else {
                <Versions name={place.name.clone()} versions={place.versions.clone()} />
            }
            if let Some(error) = &upload.error {
                <Alert tone={Tone::Danger} title={refusal(t, error, megabytes)} urgent=true />
            }
            if upload.running {
                <Sending id={format!("sending-{}", place.kind)} progress={*progress} {onabort} />
            } else if let Some(action) = may {
                <DropZone
                    label={title}
                    button={match action {
                        DocumentAction::HandInWithReason => t.document_hand_in_late(),
                        DocumentAction::HandIn if place.versions.is_empty() => t.document_choose(),
                        DocumentAction::HandIn => t.document_replace(),
                    }}
                    accept={accepted(&place.formats)}
                    {onfile}
                />
                <div aria-live="polite">
                    if let Some(fault) = &*fault {
                        <p class="gestfg-fault"><Icon name={IconName::Danger} />{ fault }</p>
                    }
                </div>
            }
            if let Some(file) = (*chosen).as_ref().filter(|_| !upload.running) {
                <ReasonDialog
                    title={t.document_hand_in_late()}
                    label={t.override_reason()}
                    confirm={t.document_hand_in_late()}
                    error={upload.error.clone()}
                    {onconfirm}
                    {oncancel}
                >
                    <p>{ file.name() }</p>
                </ReasonDialog>
            }
        </li>
    }
}

/// What is wrong with a file before it is sent.
fn unfit(t: Texts, file: &File, max: u64) -> Option<String> {
    if file.size() > max as f64 {
        Some(t.document_too_large(max / (1024 * 1024)))
    } else if file.size() < 1.0 {
        Some(t.document_empty().to_owned())
    } else {
        None
    }
}

fn refusal(t: Texts, error: &ApiError, megabytes: u64) -> String {
    match error.code() {
        Some(ErrorCode::UnsupportedMediaType) => t.document_wrong_type().to_owned(),
        Some(ErrorCode::TooLarge) => t.document_too_large(megabytes),
        _ => error.text(t).to_string(),
    }
}

/// What the browser's dialog offers; the files of office programs are archives.
fn accepted(formats: &[DocumentFormat]) -> String {
    let endings = formats.iter().map(|format| match format {
        DocumentFormat::Pdf => ".pdf",
        DocumentFormat::Zip => ".zip,.pptx,.docx,.xlsx,.odt,.odp,.ods",
    });
    endings.collect::<Vec<_>>().join(",")
}

#[derive(Properties, PartialEq)]
struct DropZoneProps {
    label: AttrValue,
    button: AttrValue,
    accept: AttrValue,
    onfile: Callback<File>,
}

/// A place to drop a file on, with a button that does the same.
#[component]
fn DropZone(props: &DropZoneProps) -> Html {
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
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(inside);
        })
    };
    let ondrop = {
        let (over, onfile) = (over.setter(), props.onfile.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                onfile.emit(file);
            }
        })
    };
    html! {
        <div
            class={classes!("gestfg-document__drop", over.then_some("gestfg-document__drop--over"))}
            role="group"
            aria-label={props.label.clone()}
            ondragenter={hover(true)}
            ondragover={hover(true)}
            ondragleave={hover(false)}
            {ondrop}
        >
            <span class="gestfg-subtle gestfg-document__hint">{ t.document_drop() }</span>
            <Button label={props.button.clone()} kind={ButtonKind::Secondary} icon={IconName::Upload} {onclick} />
            <input
                ref={input}
                class="gestfg-drop__input"
                type="file"
                accept={props.accept.clone()}
                tabindex="-1"
                aria-label={t.document_choose_for(&props.label)}
                {onchange}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SendingProps {
    id: AttrValue,
    progress: Progress,
    onabort: Callback<MouseEvent>,
}

/// How far the file has come, and the way to call it off.
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
            <p id={props.id.clone()} role="status">{ if whole { t.document_storing() } else { t.document_uploading() } }</p>
            <progress
                class="gestfg-progress"
                aria-labelledby={props.id.clone()}
                max="100"
                value={(!whole).then(|| percent.to_string())}
            >
                { t.upload_percent(percent) }
            </progress>
            <Button label={t.cancel_upload()} kind={ButtonKind::Link} onclick={props.onabort.clone()} />
        </div>
    }
}
