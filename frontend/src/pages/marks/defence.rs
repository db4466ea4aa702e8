//! The marks of a defence, as the reader may see and write them.

use super::agreed::AgreedForm;
use super::claims::Claims;
use super::read::{SheetView, sheet_badge};
use super::sheet::{SheetEditor, may_write};
use crate::api::ApiError;
use crate::api::marks::{find_defence_marks, set_outcome};
use crate::components::{
    Alert, Button, ButtonKind, Card, Crumb, IconName, LoadingShape, PageHeader, PageSection, ProblemAlert,
    ReasonDialog, Toggle, ToggleGroup, Tone, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::defences::DefenceState;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::marks::{DefenceMarks, MarkSheet, MarksAction, SheetAction};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`DefenceMarksPage`].
#[derive(Properties, PartialEq)]
pub struct DefenceMarksPageProps {
    /// Of which defence.
    pub id: DefenceId,
}

/// One's own sheet to write, those of others to read, and what they come to.
#[component]
pub fn DefenceMarksPage(props: &DefenceMarksPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let me = session.me().map_or(UserId(0), |me| me.id);
    let found = use_remote(props.id, |client, id| async move { find_defence_marks(&client, id).await });
    use_updates(&[UpdateTopic::Marks], &found.refresh);
    let behalf = use_state_eq(|| None::<UserId>);
    let marks = found.latest.clone();
    let title = marks.as_ref().map_or_else(
        || t.route_defence_marks().to_owned(),
        |marks| format!("{} · {}", t.route_defence_marks(), marks.student.name),
    );
    let lead = marks.as_ref().map(|marks| {
        let when = marks.starts_at.map(|at| dates.date_time(at));
        let facts = [
            Some(marks.project_title.clone()),
            Some(t.call_full_title(&marks.call)),
            Some(t.marks_committee_number(marks.committee_number)),
            when,
        ];
        AttrValue::from(facts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    });
    let mut crumbs = Vec::new();
    if Route::Marking.audience().includes(&session) {
        crumbs.push(Crumb { to: Route::Marking, label: t.route_marking().into() });
    } else if Route::MyMarks.audience().includes(&session) {
        crumbs.push(Crumb { to: Route::MyMarks, label: t.route_my_marks().into() });
    }
    let onchange = found.refresh.clone();
    let draw = |sheet: &MarkSheet| {
        // Another version from elsewhere is met by the editor; a step makes it another one.
        let key = format!("{}-{}-{}", sheet.role.as_str(), sheet.author.id, may_write(sheet));
        if may_write(sheet) {
            html! { <SheetEditor {key} sheet={sheet.clone()} onchange={onchange.clone()} /> }
        } else {
            html! { <SheetView {key} sheet={sheet.clone()} onchange={onchange.clone()} /> }
        }
    };
    let locked = |sheet: &MarkSheet| {
        let untouched = sheet.allowed_actions.is_empty() && sheet.handed_in_at.is_none();
        untouched.then(|| html! { <Alert tone={Tone::Info} title={t.sheet_locked()} /> })
    };
    let page = |marks: &DefenceMarks| {
        let own = marks.sheets.iter().find(|sheet| sheet.author.id == me);
        let report = marks.tutor_report.as_ref();
        let writes_report = report.is_some_and(|report| report.author.id == me);
        let others: Vec<&MarkSheet> = marks.sheets.iter().filter(|sheet| sheet.author.id != me).collect();
        html! {
            <div class="gestfg-stack">
                if let Some(report) = report.filter(|_| writes_report) {
                    <Card title={t.sheet_report()}>{ locked(report) }{ draw(report) }</Card>
                }
                if let Some(own) = own {
                    <Card title={t.sheet_mine()}>
                        if marks.state == DefenceState::NotPresented {
                            <Alert tone={Tone::Info} title={t.marks_not_presented()} />
                        } else {
                            { locked(own) }{ draw(own) }
                        }
                    </Card>
                }
                if !marks.sheets.is_empty() {
                    <Claims call={marks.call.id} defence={marks.defence_id} onchange={onchange.clone()} />
                }
                <Outcome marks={marks.clone()} onchange={onchange.clone()} />
                if !others.is_empty() {
                    <Card title={t.marks_members()}>
                        <div class="gestfg-stack">
                            { for others.into_iter().map(|sheet| {
                                let author = sheet.author.id;
                                let writing = *behalf == Some(author) && may_write(sheet);
                                let behalf = behalf.setter();
                                html! {
                                    <details key={author.0} open={writing}>
                                        <summary>
                                            <strong>{ &sheet.author.name }</strong>{ " " }
                                            { sheet_badge(t, (sheet.version > 0).then_some(sheet.state)) }
                                            if let Some(mark) = &sheet.mark {
                                                { " " }<span class="gestfg-mark">{ t.decimal(mark) }</span>
                                            }
                                        </summary>
                                        <div class="gestfg-details">
                                            if writing {
                                                { draw(sheet) }
                                            } else {
                                                <SheetView sheet={sheet.clone()} onchange={onchange.clone()} />
                                                if sheet.allowed_actions.contains(&SheetAction::Write) {
                                                    <Button
                                                        label={t.sheet_on_behalf()}
                                                        kind={ButtonKind::Link}
                                                        icon={IconName::Edit}
                                                        onclick={Callback::from(move |_: MouseEvent| behalf.set(Some(author)))}
                                                    />
                                                }
                                            }
                                        </div>
                                    </details>
                                }
                            }) }
                        </div>
                    </Card>
                }
                if let Some(report) = report.filter(|_| !writes_report) {
                    <Card title={t.sheet_report()}>{ draw(report) }</Card>
                }
            </div>
        }
    };
    html! {
        <>
            <PageHeader {title} {lead} {crumbs} />
            <PageSection narrow=true>{ draw_remote(&found, LoadingShape::Text, page) }</PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OutcomeProps {
    marks: DefenceMarks,
    onchange: Callback<()>,
}

/// Whether they came, the committee's mark, and what everything comes to.
#[component]
fn Outcome(props: &OutcomeProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let marks = &props.marks;
    let may = |action: MarksAction| marks.allowed_actions.contains(&action);
    let outcome = {
        let (seen, onchange) = (marks.clone(), props.onchange.clone());
        use_action(move |client, (state, reason): (DefenceState, Option<String>)| {
            let (seen, onchange, toasts) = (seen.clone(), onchange.clone(), toasts.clone());
            async move {
                set_outcome(&client, &seen, state, reason).await?;
                toasts.done(t.saved());
                onchange.emit(());
                Ok(())
            }
        })
    };
    let late = outcome.error.as_ref().is_some_and(ApiError::may_override);
    let knows = marks.mark.is_some() || marks.tutor_mark.is_some() || marks.committee_mark.is_some();
    let agrees = may(MarksAction::Agree);
    if !knows && !agrees && !may(MarksAction::SetOutcome) && marks.band.is_none() {
        return html! {};
    }
    let shown = |mark: Option<&str>| {
        mark.map_or_else(
            || html! { <span class="gestfg-subtle">{ t.marks_not_yet() }</span> },
            |mark| html! { t.decimal(mark) },
        )
    };
    let last = marks.mark.map(|mark| mark.to_string());
    let states = [DefenceState::Held, DefenceState::NotPresented];
    let words = [t.marks_held(), t.marks_not_presented()];
    let toggles = states.iter().zip(words).map(|(state, words)| Toggle::new(state.as_str(), words));
    html! {
        <Card title={t.marks_outcome()}>
            <div class="gestfg-stack">
                if may(MarksAction::SetOutcome) {
                    <div>
                        <p>{ t.marks_came() }</p>
                        <ToggleGroup
                            label={t.marks_came()}
                            toggles={toggles.collect::<Vec<_>>()}
                            chosen={marks.state.as_str()}
                            onchange={{
                                let run = outcome.run.clone();
                                Callback::from(move |state: String| {
                                    if let Some(state) = DefenceState::from_name(&state) {
                                        run.emit((state, None));
                                    }
                                })
                            }}
                        />
                    </div>
                    if let Some(error) = outcome.error.as_ref().filter(|_| !late) {
                        <ProblemAlert error={error.clone()} />
                    }
                    // Only that somebody came can be refused so.
                    if late {
                        <ReasonDialog
                            title={t.marks_held()}
                            label={t.override_reason()}
                            confirm={t.marks_held()}
                            busy={outcome.running}
                            onconfirm={outcome.run.reform(|reason| (DefenceState::Held, Some(reason)))}
                            oncancel={outcome.clear.clone()}
                        >
                            <p>{ t.error(ErrorCode::SimilarityUnjustified) }</p>
                        </ReasonDialog>
                    }
                }
                if agrees {
                    <AgreedForm key={marks.version.to_string()} marks={marks.clone()} onchange={props.onchange.clone()} />
                }
                <dl class="gestfg-facts">
                    <dt>{ t.marks_tutor() }</dt>
                    <dd>{ shown(marks.tutor_mark.as_deref()) }</dd>
                    <dt>{ t.marks_committee() }</dt>
                    <dd>
                        { shown(marks.committee_mark.as_deref()) }
                        <span class="gestfg-subtle gestfg-small">{ format!(" · {}", t.mark_agreement(marks.agreement)) }</span>
                    </dd>
                    <dt>{ t.marks_final() }</dt>
                    <dd>
                        <strong class="gestfg-mark">{ shown(last.as_deref()) }</strong>
                        if let Some(band) = marks.band {
                            { format!(" · {}", t.mark_band(band)) }
                        }
                    </dd>
                </dl>
            </div>
        </Card>
    }
}
