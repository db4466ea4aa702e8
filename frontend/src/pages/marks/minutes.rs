//! Minutes that are provisional or closed.

use super::call::{minutes_badge, rules_line};
use super::claims::Claims;
use super::closing::CloseDialog;
use crate::api::marks::reopen_minutes;
use crate::components::{
    Badge, Button, ButtonKind, Card, Colour, Column, CopyText, DataTable, IconName, ListExport, ReasonDialog,
    RouteLink, TableContent, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::route::Route;
use crate::zone::now;
use gestfg_types::minutes::{Minutes, MinutesAction, MinutesEntry, MinutesState};
use yew::prelude::*;

/// Properties of [`LiveMinutes`].
#[derive(Properties, PartialEq)]
pub(super) struct LiveMinutesProps {
    /// The minutes.
    pub(super) minutes: Minutes,
    /// They were closed, opened again, or a claim was answered.
    pub(super) onchange: Callback<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    Closing,
    Reopening,
}

/// A code in groups of four, as it is printed.
pub(super) fn grouped(code: &str) -> String {
    let groups = code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join("-")
}

/// How they stand, the marks, the claims, and what can be done with them.
#[component]
pub(super) fn LiveMinutes(props: &LiveMinutesProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let minutes = &props.minutes;
    let over = use_state_eq(|| Over::Nothing);
    let show = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, onchange) = (over.setter(), props.onchange.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            onchange.emit(());
        })
    };
    let reopen = {
        let (seen, done) = (minutes.clone(), done.clone());
        use_action(move |client, reason: String| {
            let (seen, done, toasts) = (seen.clone(), done.clone(), toasts.clone());
            async move {
                reopen_minutes(&client, &seen, reason).await?;
                toasts.done(t.minutes_reopened_done());
                done.emit(());
                Ok(())
            }
        })
    };
    let may = |action: MinutesAction| minutes.allowed_actions.contains(&action);
    let window = if minutes.claims_until <= minutes.published_at {
        t.grading_no_window().to_owned()
    } else if now() < minutes.claims_until {
        t.claims_until(&dates.long_deadline(minutes.claims_until))
    } else {
        t.claims_over(&dates.long_deadline(minutes.claims_until))
    };
    let closed = minutes.closed_at.map(|at| {
        let by = minutes.closed_by.as_ref().map_or("", |person| person.name.as_str());
        t.minutes_closed_on(&dates.long_date_time(at), by)
    });
    let title = minutes
        .number
        .map_or_else(|| t.minutes_state(minutes.state).to_owned(), |number| t.minutes_number(number));
    html! {
        <>
            <Card
                {title}
                actions={html! {
                    <>
                        if may(MinutesAction::Close) && (now() >= minutes.claims_until || may(MinutesAction::Reopen)) {
                            <Button label={t.minutes_close()} icon={IconName::Archive} onclick={show(Over::Closing)} />
                        }
                        if may(MinutesAction::Reopen) {
                            <Button
                                label={t.minutes_reopen()}
                                kind={ButtonKind::Secondary}
                                icon={IconName::Undo}
                                onclick={show(Over::Reopening)}
                            />
                        }
                    </>
                }}
            >
                <div class="gestfg-stack">
                    <p>
                        { minutes_badge(t, minutes.state) }
                        { " " }{ closed.unwrap_or(window) }
                    </p>
                    <p class="gestfg-subtle">{ rules_line(t, &minutes.rules) }</p>
                    if let Some(code) = &minutes.code {
                        <div>
                            <p>{ t.minutes_code() }</p>
                            <CopyText text={grouped(code)} />
                        </div>
                    }
                    <Entries entries={minutes.entries.clone()} />
                    <div class="gestfg-row-actions gestfg-row-actions--start">
                        <ListExport
                            path={format!("/minutes/{}", minutes.id)}
                            name={format!("{} {} {}", t.route_call_grading(), minutes.call.degree.code, minutes.edition)}
                        />
                    </div>
                </div>
            </Card>
            <Claims call={minutes.call.id} open={minutes.open_claims} onchange={props.onchange.clone()} />
            { match *over {
                Over::Nothing => html! {},
                Over::Closing => html! { <CloseDialog minutes={minutes.clone()} onclose={close} onclosed={done} /> },
                Over::Reopening => html! {
                    <ReasonDialog
                        title={t.minutes_reopen()}
                        label={t.minutes_reopen_reason()}
                        confirm={t.minutes_reopen()}
                        danger={minutes.state == MinutesState::Closed}
                        busy={reopen.running}
                        error={reopen.error.clone()}
                        onconfirm={reopen.run.clone()}
                        oncancel={close}
                    >
                        <p>{ t.minutes_reopen_body() }</p>
                    </ReasonDialog>
                },
            } }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EntriesProps {
    entries: Vec<MinutesEntry>,
}

/// The final marks, in the order of the list.
#[component]
fn Entries(props: &EntriesProps) -> Html {
    let t = use_texts();
    let shown = move |mark: Option<&str>| mark.map_or_else(|| "—".to_owned(), |mark| t.decimal(mark));
    let columns = vec![
        Column::new(t.grading_position(), |entry: &MinutesEntry| html! { entry.position }),
        Column::new(t.grading_student(), |entry: &MinutesEntry| {
            html! {
                <>
                    <RouteLink to={Route::DefenceMarks { id: entry.defence_id }}><strong>{ &entry.student.name }</strong></RouteLink>
                    <p class="gestfg-subtle gestfg-small">{ &entry.project_title }</p>
                </>
            }
        }),
        Column::new(
            t.marks_tutor(),
            move |entry: &MinutesEntry| html! { shown(entry.tutor_mark.as_deref()) },
        ),
        Column::new(
            t.marks_committee(),
            move |entry: &MinutesEntry| html! { shown(entry.committee_mark.as_deref()) },
        ),
        Column::new(t.marks_final(), move |entry: &MinutesEntry| {
            let mark = entry.mark.map(|mark| mark.to_string());
            html! { <strong>{ shown(mark.as_deref()) }</strong> }
        }),
        Column::new(t.grading_band(), move |entry: &MinutesEntry| {
            html! {
                <>
                    { t.mark_band(entry.band) }
                    if entry.has_honours {
                        { " " }<Badge label={t.grading_honours_title()} icon={IconName::Graduation} colour={Colour::Purple} />
                    }
                </>
            }
        }),
    ];
    html! {
        <DataTable caption={t.grading_students()} content={TableContent::new(&columns, &props.entries)} compact=true />
    }
}
