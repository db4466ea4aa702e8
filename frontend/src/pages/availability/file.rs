//! The reader's own calendar, of which only busy times are kept.

use crate::api::availability::{
    count_calendar_file, delete_calendar_file, preview_calendar_file, read_calendar_file,
};
use crate::components::{
    Alert, Button, ButtonKind, ConfirmDialog, IconName, LoadingShape, ProblemAlert, Tone, draw_remote,
    use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::zone::now;
use chrono::NaiveDate;
use gestfg_types::availability::{BusyTime, CalendarFileRead};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Days of a preview that are listed; the rest is counted.
const DAYS_SHOWN: usize = 60;

/// The times a file would mark as busy, day by day.
fn would_be_busy(t: Texts, dates: &Dates, found: &CalendarFileRead) -> Html {
    let mut days: Vec<(NaiveDate, Vec<BusyTime>)> = Vec::new();
    for &time in &found.busy {
        let day = dates.zone().day(time.starts_at);
        match days.last_mut() {
            Some((known, times)) if *known == day => times.push(time),
            _ => days.push((day, vec![time])),
        }
    }
    let hidden = days.len().saturating_sub(DAYS_SHOWN);
    let said = |time: &BusyTime| match dates.zone().day(time.starts_at) == dates.zone().day(time.ends_at) {
        true => t.file_busy_hours(&dates.time(time.starts_at), &dates.time(time.ends_at)),
        false => t.file_busy_hours(&dates.time(time.starts_at), &dates.date_time(time.ends_at)),
    };
    let day = |(day, times): &(NaiveDate, Vec<BusyTime>)| {
        let times: Vec<String> = times.iter().map(said).collect();
        html! { <li><strong>{ dates.day(*day) }</strong>{ ": " }{ times.join(", ") }</li> }
    };
    html! {
        <>
            <p>{ t.file_preview(found.entries, found.ignored, found.kept) }</p>
            <p>{ t.file_preview_until(&dates.date(found.from), &dates.date(found.until)) }</p>
            if !days.is_empty() {
                <ul class="pf-v6-c-list gestfg-scroll-list" tabindex="0" aria-label={t.file_preview_title()}>
                    { for days.iter().take(DAYS_SHOWN).map(day) }
                    if hidden > 0 {
                        <li>{ t.file_more_days(hidden) }</li>
                    }
                </ul>
            }
        </>
    }
}

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
    let looked_at = use_state_eq(|| None::<(File, CalendarFileRead)>);
    let kept = use_remote((), |client, ()| async move { count_calendar_file(&client, now()).await });
    let preview = {
        let (read, looked_at) = (read.setter(), looked_at.setter());
        use_action(move |client, file: File| {
            let (read, looked_at) = (read.clone(), looked_at.clone());
            async move {
                read.set(None);
                let found = preview_calendar_file(&client, &file).await?;
                looked_at.set(Some((file, found)));
                Ok(())
            }
        })
    };
    let upload = {
        let (read, refresh, onread) = (read.setter(), kept.refresh.clone(), props.onread.clone());
        let looked_at = looked_at.setter();
        use_action(move |client, file: File| {
            let (read, refresh, onread) = (read.clone(), refresh.clone(), onread.clone());
            let looked_at = looked_at.clone();
            async move {
                read.set(Some(read_calendar_file(&client, &file).await?));
                looked_at.set(None);
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
        let run = preview.run.clone();
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
    let unlook = {
        let (looked_at, clear) = (looked_at.setter(), upload.clear.clone());
        Callback::from(move |()| {
            looked_at.set(None);
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
                        busy={preview.running}
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
            if let Some(error) = &preview.error {
                <ProblemAlert error={error.clone()} />
            }
            if let Some(read) = &*read {
                <Alert tone={Tone::Success} title={t.file_read_title()} urgent=true>
                    <p>{ t.file_read(read.entries, read.ignored, read.kept) }</p>
                    <p>{ t.file_read_until(&dates.date(read.from), &dates.date(read.until)) }</p>
                </Alert>
            }
            { draw_remote(&kept, LoadingShape::Text, standing) }
            if let Some((file, found)) = &*looked_at {
                <ConfirmDialog
                    title={t.file_preview_title()}
                    confirm={t.file_preview_save()}
                    busy={upload.running}
                    error={upload.error.clone()}
                    onconfirm={{
                        let (run, file) = (upload.run.clone(), file.clone());
                        Callback::from(move |()| run.emit(file.clone()))
                    }}
                    oncancel={unlook}
                >
                    { would_be_busy(t, &dates, found) }
                </ConfirmDialog>
            }
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
