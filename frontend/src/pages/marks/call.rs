//! The marks of a call on their way to the minutes.

use super::minutes::LiveMinutes;
use super::missing::MissingList;
use crate::api::marks::{find_call_grading, find_minutes, list_minutes, print_minutes, publish_marks};
use crate::api::{ApiError, Client};
use crate::components::{
    Alert, Badge, Button, ButtonKind, Card, Colour, Column, ConfirmDialog, Crumb, DataTable, IconName,
    LoadingShape, PageHeader, PageSection, ProblemAlert, RouteLink, TableContent, Tone, draw_remote,
    use_toasts,
};
use crate::download::save_file;
use crate::format::use_dates;
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates_about;
use crate::route::Route;
use gestfg_types::grading::{Agreement, GradingRules};
use gestfg_types::ids::{CallId, MinutesId};
use gestfg_types::minutes::{CallGrading, GradingAction, GradingEntry, Minutes, MinutesRef, MinutesState};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`CallGradingPage`].
#[derive(Properties, PartialEq)]
pub struct CallGradingPageProps {
    /// Of which call.
    pub id: CallId,
}

/// Everything there is to know of the marks of a call.
#[derive(Debug, PartialEq)]
struct Found {
    grading: CallGrading,
    /// The edition that is provisional or closed.
    live: Option<Minutes>,
    editions: Vec<MinutesRef>,
}

async fn find(client: Client, id: CallId) -> Result<Found, ApiError> {
    let grading = find_call_grading(&client, id).await?;
    let editions = list_minutes(&client, id).await?.items;
    let live = match grading.minutes.as_ref().filter(|found| found.state != MinutesState::Reopened) {
        Some(found) => Some(find_minutes(&client, found.id).await?),
        None => None,
    };
    Ok(Found { grading, live, editions })
}

/// How final marks are made, in a line.
pub(super) fn rules_line(t: Texts, rules: &GradingRules) -> String {
    let agreement = match rules.agreement {
        rule @ (Agreement::Mean | Agreement::Median | Agreement::President) => t.mark_agreement(rule),
    };
    format!(
        "{} · {} · {} {}",
        t.grading_weights(rules.tutor_weight),
        agreement,
        t.grading_pass_mark(),
        t.decimal(&rules.pass_mark.to_string())
    )
}

/// From what is missing to the closed minutes.
#[component]
pub fn CallGradingPage(props: &CallGradingPageProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let found = use_remote(props.id, find);
    use_updates_about(&[UpdateTopic::Marks], props.id.0, &found.refresh);
    let asking = use_state_eq(|| false);
    let publish = {
        let (id, refresh, asking) = (props.id, found.refresh.clone(), asking.setter());
        use_action(move |client, ()| {
            let (toasts, refresh, asking) = (toasts.clone(), refresh.clone(), asking.clone());
            async move {
                publish_marks(&client, id).await?;
                asking.set(false);
                toasts.done(t.grading_published());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let title = found.latest.as_ref().map_or_else(
        || t.route_call_grading().to_owned(),
        |found| format!("{} · {}", t.route_call_grading(), t.call_full_title(&found.grading.call)),
    );
    let call = found.latest.as_ref().map(|found| Crumb {
        to: Route::Call { id: found.grading.call.id },
        label: t.call_title(&found.grading.call).into(),
    });
    let page = |all: &Found| {
        let grading = &all.grading;
        html! {
            <div class="gestfg-stack">
                if let Some(live) = &all.live {
                    <LiveMinutes key={live.id.0} minutes={live.clone()} onchange={found.refresh.clone()} />
                } else {
                    if !grading.missing.is_empty() {
                        <MissingList missing={grading.missing.clone()} />
                    } else if grading.allowed_actions.contains(&GradingAction::Publish) {
                        <Alert
                            tone={Tone::Success}
                            title={t.grading_nothing_missing()}
                            actions={html! {
                                <Button
                                    label={t.grading_publish()}
                                    icon={IconName::Globe}
                                    onclick={let asking = asking.setter(); move |_: MouseEvent| asking.set(true)}
                                />
                            }}
                        />
                    }
                    <Card title={t.grading_students()}>
                        <p class="gestfg-subtle gestfg-gap-after">{ rules_line(t, &grading.rules) }</p>
                        if grading.entries.is_empty() {
                            <p>{ t.grading_nobody() }</p>
                        } else {
                            <Entries entries={grading.entries.clone()} />
                        }
                    </Card>
                }
                if !all.editions.is_empty() {
                    <Editions editions={all.editions.clone()} />
                }
            </div>
        }
    };
    html! {
        <>
            <PageHeader {title} lead={t.grading_lead()} crumbs={call.into_iter().collect::<Vec<_>>()} />
            <PageSection>{ draw_remote(&found, LoadingShape::Rows, page) }</PageSection>
            if *asking {
                <ConfirmDialog
                    title={t.grading_publish()}
                    confirm={t.grading_publish()}
                    busy={publish.running}
                    error={publish.error.clone()}
                    onconfirm={publish.run.clone()}
                    oncancel={let asking = asking.setter(); move |()| asking.set(false)}
                >
                    <p>{ t.grading_publish_body() }</p>
                </ConfirmDialog>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EntriesProps {
    entries: Vec<GradingEntry>,
}

/// What each student would get.
#[component]
fn Entries(props: &EntriesProps) -> Html {
    let t = use_texts();
    let shown = move |mark: Option<&str>| {
        mark.map_or_else(
            || html! { <span class="gestfg-subtle">{ "—" }</span> },
            |mark| html! { t.decimal(mark) },
        )
    };
    let columns = vec![
        Column::new(t.grading_student(), |entry: &GradingEntry| {
            html! {
                <>
                    <RouteLink to={Route::DefenceMarks { id: entry.defence_id }}><strong>{ &entry.student.name }</strong></RouteLink>
                    <p class="gestfg-subtle gestfg-small">{ &entry.project_title }</p>
                </>
            }
        }),
        Column::new(t.marks_committee(), |entry: &GradingEntry| html! { entry.committee_number }),
        Column::new(t.marks_tutor(), move |entry: &GradingEntry| shown(entry.tutor_mark.as_deref())),
        Column::new(t.marks_agreed(), move |entry: &GradingEntry| shown(entry.committee_mark.as_deref())),
        Column::new(t.marks_final(), move |entry: &GradingEntry| {
            let mark = entry.mark.map(|mark| mark.to_string());
            html! { <strong>{ shown(mark.as_deref()) }</strong> }
        }),
        Column::new(t.grading_band(), move |entry: &GradingEntry| {
            html! { entry.band.map_or("", |band| t.mark_band(band)) }
        }),
    ];
    html! {
        <DataTable caption={t.grading_students()} content={TableContent::new(&columns, &props.entries)} compact=true />
    }
}

#[derive(Properties, PartialEq)]
struct EditionsProps {
    editions: Vec<MinutesRef>,
}

/// How minutes stand, in a word.
pub(super) fn minutes_badge(t: Texts, state: MinutesState) -> Html {
    let (icon, colour) = match state {
        MinutesState::Provisional => (IconName::Clock, Colour::Orange),
        MinutesState::Closed => (IconName::CheckCircle, Colour::Green),
        MinutesState::Reopened => (IconName::Undo, Colour::Grey),
    };
    html! { <Badge label={t.minutes_state(state)} {icon} {colour} /> }
}

/// Every edition of the minutes, to be kept as files.
#[component]
fn Editions(props: &EditionsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let print = use_action(move |client, (id, name): (MinutesId, String)| async move {
        let bytes = print_minutes(&client, id).await?;
        save_file(&name, "application/pdf", &bytes);
        Ok(())
    });
    let name = |found: &MinutesRef| {
        format!("acta-{}-{}-{}.pdf", found.call.degree.code, found.number.unwrap_or_default(), found.edition)
    };
    html! {
        <Card title={t.minutes_editions()}>
            if let Some(error) = &print.error {
                <ProblemAlert error={error.clone()} />
            }
            <ul class="gestfg-editions" role="list">
                { for props.editions.iter().map(|found| {
                    let wanted = (found.id, name(found));
                    let closed = found.closed_at.map(|at| format!(" · {}", dates.date_time(at)));
                    let words = found.number.map_or_else(String::new, |number| format!(" · {}", t.minutes_number(number)));
                    let words_of = if found.state == MinutesState::Provisional { t.minutes_pdf_provisional() } else { t.minutes_pdf() };
                    let label = format!("{words_of} · {} {}", t.minutes_edition(), found.edition);
                    html! {
                        <li key={found.id.0}>
                            <span>
                                { format!("{} {}{words} ", t.minutes_edition(), found.edition) }
                                { minutes_badge(t, found.state) }
                                <span class="gestfg-subtle">{ closed.unwrap_or_default() }</span>
                            </span>
                            <Button
                                {label}
                                kind={ButtonKind::Secondary}
                                icon={IconName::Printer}
                                busy={print.running}
                                onclick={print.run.reform(move |_: MouseEvent| wanted.clone())}
                            />
                        </li>
                    }
                }) }
            </ul>
        </Card>
    }
}
