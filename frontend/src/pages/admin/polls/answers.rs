//! Who has answered a poll, and the hours of one of them.

use super::page::PollQuery;
use crate::api::availability::{answer_poll, list_poll_answers};
use crate::api::committees::find_participation;
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, DataTable, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, Pager, ProblemAlert, SelectField, TableContent, draw_remote, export_query,
    use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{QueryHandle, use_action, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::availability::{AvailabilityEditor, DefenceDates};
use gestfg_types::availability::{AvailabilityPoll, PollRecipient};
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Answers`].
#[derive(Properties, PartialEq)]
pub(super) struct AnswersProps {
    /// Of which poll.
    pub(super) poll: AvailabilityPoll,
    /// Which of them.
    pub(super) url: QueryHandle<PollQuery>,
    /// Somebody's answer was noted.
    pub(super) onanswered: Callback<()>,
}

/// Those who are asked, with a way to each one's hours.
#[component]
pub(super) fn Answers(props: &AnswersProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let (id, url) = (props.poll.id, &props.url);
    let asked = (id, url.query.answered.clone(), url.query.cursor.clone());
    let found = use_remote(asked, |client, (id, answered, cursor)| async move {
        list_poll_answers(&client, id, &answered, &cursor).await
    });
    use_updates(&[UpdateTopic::Availability], &found.refresh);
    let note = {
        let (refresh, onanswered) = (found.refresh.clone(), props.onanswered.clone());
        use_action(move |client, professor: UserId| {
            let (refresh, onanswered, toasts) = (refresh.clone(), onanswered.clone(), toasts.clone());
            async move {
                answer_poll(&client, id, Some(professor)).await?;
                toasts.done(t.poll_on_behalf_done());
                refresh.emit(());
                onanswered.emit(());
                Ok(())
            }
        })
    };
    let see = {
        let query = url.query.clone();
        url.go.reform(move |professor: UserId| PollQuery {
            professor_id: professor.to_string(),
            ..query.clone()
        })
    };
    let hours = move |minutes: i64| {
        if minutes == 0 {
            html! { <span class="gestfg-subtle" aria-hidden="true">{ "–" }</span> }
        } else {
            html! { t.hours_of(minutes) }
        }
    };
    let (run, busy) = (note.run.clone(), note.running);
    let columns = vec![
        Column::new(t.conflict_professor(), |it: &PollRecipient| {
            html! {
                <>
                    <strong>{ &it.professor.name }</strong>
                    <p class="gestfg-subtle gestfg-small">{ &it.professor.department.code }</p>
                </>
            }
        }),
        Column::new(t.poll_answer_at(), move |it: &PollRecipient| match it.answered_at {
            Some(at) => {
                html! { <Badge label={dates.date_time(at)} icon={IconName::Check} colour={Colour::Green} /> }
            }
            None => {
                html! { <Badge label={t.poll_not_yet()} icon={IconName::Clock} colour={Colour::Orange} /> }
            }
        }),
        Column::new(t.poll_hours_no(), move |it: &PollRecipient| hours(it.minutes_no)),
        Column::new(t.poll_hours_if_needed(), move |it: &PollRecipient| hours(it.minutes_if_needed)),
        Column::new(t.actions(), move |it: &PollRecipient| {
            let professor = it.professor.id;
            html! {
                <div class="gestfg-row-actions">
                    <Button
                        label={t.poll_see(&it.professor.name)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Eye}
                        icon_only=true
                        onclick={see.reform(move |_: MouseEvent| professor)}
                    />
                    if it.answered_at.is_none() {
                        <Button
                            label={t.poll_note_answer(&it.professor.name)}
                            kind={ButtonKind::Plain}
                            icon={IconName::Check}
                            icon_only=true
                            disabled={busy}
                            onclick={run.reform(move |_: MouseEvent| professor)}
                        />
                    }
                </div>
            }
        })
        .of_actions(),
    ];
    let list = |page: &Page<PollRecipient>| {
        if page.items.is_empty() {
            let (title, body) = if url.is_filtered() {
                (t.nothing_matches(), t.nothing_matches_body())
            } else {
                (t.poll_nobody(), t.poll_nobody_body())
            };
            return html! { <EmptyState icon={IconName::Users} {title}>{ body }</EmptyState> };
        }
        html! {
            <>
                <DataTable
                    caption={t.poll_answers()}
                    content={TableContent::new(&columns, &page.items).keyed(&page.items, |it| it.professor.id.0)}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={url.query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    let choices =
        vec![Choice::new("true", t.poll_only_answered()), Choice::new("false", t.poll_only_silent())];
    html! {
        <section class="gestfg-stack" aria-labelledby="poll-answers">
            <h2 id="poll-answers" class="gestfg-subheading">{ t.poll_answers() }</h2>
            <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                <SelectField
                    label={t.poll_who_answered()}
                    none={t.any()}
                    {choices}
                    field={url.filter("filter-answered", &url.query.answered, |query, value| query.answered = value)}
                />
            </FilterBar>
            if let Some(error) = &note.error {
                <ProblemAlert error={error.clone()} />
            }
            { draw_remote(&found, LoadingShape::Rows, list) }
            <div class="gestfg-row-actions gestfg-row-actions--start">
                <ListExport
                    path={format!("/availability-polls/{id}/answers")}
                    query={export_query(&[("answered", &url.query.answered)])}
                    name={t.poll_answers()}
                />
            </div>
        </section>
    }
}

/// Properties of [`OneProfessor`].
#[derive(Properties, PartialEq)]
pub(super) struct OneProfessorProps {
    /// Whose hours.
    pub(super) professor: UserId,
    /// The poll they may answer.
    pub(super) poll: Option<AvailabilityPoll>,
    /// When the defences are held.
    pub(super) dates: Rc<Vec<DefenceDates>>,
    /// Back to all of them.
    pub(super) onback: Callback<()>,
    /// Their answer was noted.
    pub(super) onanswered: Callback<()>,
}

/// One professor's hours, to be marked on their behalf.
#[component]
pub(super) fn OneProfessor(props: &OneProfessorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let who = use_remote(props.professor, |client, id| async move { find_participation(&client, id).await });
    let note = {
        let (poll, professor) = (props.poll.as_ref().map(|poll| poll.id), props.professor);
        let (onanswered, onback) = (props.onanswered.clone(), props.onback.clone());
        use_action(move |client, ()| {
            let (onanswered, onback, toasts) = (onanswered.clone(), onback.clone(), toasts.clone());
            async move {
                let Some(poll) = poll else { return Ok(()) };
                answer_poll(&client, poll, Some(professor)).await?;
                toasts.done(t.poll_on_behalf_done());
                onanswered.emit(());
                onback.emit(());
                Ok(())
            }
        })
    };
    let title = who.latest.as_ref().map_or_else(
        || t.route_call_availability().to_owned(),
        |found| t.availability_of(&found.professor.name),
    );
    html! {
        <section class="gestfg-stack" aria-labelledby="one-professor">
            <div class="gestfg-row-actions gestfg-row-actions--start">
                <Button
                    label={t.poll_back_to_all()}
                    kind={ButtonKind::Link}
                    icon={IconName::ChevronLeft}
                    onclick={props.onback.reform(|_| ())}
                />
                if props.poll.is_some() {
                    <Button
                        label={t.poll_on_behalf()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Check}
                        busy={note.running}
                        onclick={note.run.reform(|_| ())}
                    />
                }
            </div>
            <h2 id="one-professor" class="gestfg-subheading">{ &title }</h2>
            <p class="gestfg-subtle">{ t.poll_on_behalf_help() }</p>
            if let Some(error) = &note.error {
                <ProblemAlert error={error.clone()} />
            }
            <div class="gestfg-row-actions gestfg-row-actions--start">
                <ListExport
                    path="/unavailability"
                    query={format!("professor_id={}", props.professor)}
                    name={title.clone()}
                />
            </div>
            <AvailabilityEditor professor={props.professor} dates={Rc::clone(&props.dates)} />
        </section>
    }
}
