//! The reader's own calendar, of which only busy times are kept.

use crate::api::availability::{count_calendar_file, delete_calendar_file, read_calendar_file};
use crate::components::{
    Alert, Button, ButtonKind, ConfirmDialog, IconName, LoadingShape, ProblemAlert, Tone, draw_remote,
    use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_remote};
use crate::i18n::use_texts;
use crate::zone::now;
use gestfg_types::availability::CalendarFileRead;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`CalendarFile`].
#[derive(Properties, PartialEq)]
pub(super) struct CalendarFileProps {
    /// What is known of the reader's times has changed.
    pub(super) onread: Callback<()>,
}

/// Uploads a calendar, says what was read of it, and forgets it again.
#[component]
pub(super) fn CalendarFile(props: &CalendarFileProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let input = use_node_ref();
    let read = use_state_eq(|| None::<CalendarFileRead>);
    let asking = use_state_eq(|| false);
    let kept = use_remote((), |client, ()| async move { count_calendar_file(&client, now()).await });
    let upload = {
        let (read, refresh, onread) = (read.setter(), kept.refresh.clone(), props.onread.clone());
        use_action(move |client, file: File| {
            let (read, refresh, onread) = (read.clone(), refresh.clone(), onread.clone());
            async move {
                read.set(None);
                read.set(Some(read_calendar_file(&client, &file).await?));
                refresh.emit(());
                onread.emit(());
                Ok(())
            }
        })
    };
    let remove = {
        let (read, asking, refresh) = (read.setter(), asking.setter(), kept.refresh.clone());
        let onread = props.onread.clone();
        use_action(move |client, ()| {
            let (read, asking, refresh) = (read.clone(), asking.clone(), refresh.clone());
            let (onread, toasts) = (onread.clone(), toasts.clone());
            async move {
                delete_calendar_file(&client).await?;
                asking.set(false);
                read.set(None);
                toasts.done(t.file_removed());
                refresh.emit(());
                onread.emit(());
                Ok(())
            }
        })
    };
    let onchange = {
        let run = upload.run.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                run.emit(file);
            }
            // The same file may be chosen again once it was mended.
            input.set_value("");
        })
    };
    let choose = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.get().and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
                input.click();
            }
        })
    };
    let ask = {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let leave = {
        let (asking, clear) = (asking.setter(), remove.clear.clone());
        Callback::from(move |()| {
            asking.set(false);
            clear.emit(());
        })
    };
    let standing = |count: &u64| {
        let has = *count > 0;
        html! {
            <div class="gestfg-stack">
                <p>{ if has { t.file_kept(*count) } else { t.file_none().to_owned() } }</p>
                <div class="gestfg-row-actions gestfg-row-actions--start">
                    <Button
                        label={if has { t.file_replace() } else { t.file_choose() }}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Upload}
                        busy={upload.running}
                        onclick={choose.clone()}
                    />
                    if has {
                        <Button label={t.file_remove()} kind={ButtonKind::Link} icon={IconName::Trash} onclick={ask.clone()} />
                    }
                </div>
            </div>
        }
    };
    html! {
        <div class="gestfg-stack">
            <p>{ t.file_lead() }</p>
            <input
                ref={input}
                id="calendar-file"
                type="file"
                accept=".ics,.ical,text/calendar"
                aria-label={t.file_choose()}
                hidden=true
                {onchange}
            />
            if let Some(error) = &upload.error {
                <ProblemAlert error={error.clone()} />
            }
            if let Some(read) = *read {
                <Alert tone={Tone::Success} title={t.file_read_title()} urgent=true>
                    <p>{ t.file_read(read.entries, read.ignored, read.kept) }</p>
                    <p>{ t.file_read_until(&dates.date(read.from), &dates.date(read.until)) }</p>
                </Alert>
            }
            { draw_remote(&kept, LoadingShape::Text, standing) }
            if *asking {
                <ConfirmDialog
                    title={t.file_remove_title()}
                    confirm={t.file_remove()}
                    danger=true
                    busy={remove.running}
                    error={remove.error.clone()}
                    onconfirm={remove.run.clone()}
                    oncancel={leave}
                >
                    <p>{ t.file_remove_body() }</p>
                </ConfirmDialog>
            }
        </div>
    }
}
