//! Claims against provisional marks, and answering them.

use crate::api::marks::{answer_mark_claim, list_mark_claims};
use crate::components::{
    Badge, Button, ButtonKind, Card, Choice, Colour, EditorDialog, IconName, ListExport, LoadingShape,
    RouteLink, SelectField, TextAreaField, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates_about;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::ids::{CallId, DefenceId};
use gestfg_types::minutes::{AnswerClaim, ClaimAction, ClaimState, MarkClaim, MarkClaims};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`Claims`].
#[derive(Properties, PartialEq)]
pub(super) struct ClaimsProps {
    /// Of which call.
    pub(super) call: CallId,
    /// How many wait.
    #[prop_or_default]
    pub(super) open: i64,
    /// Only against the mark of this defence, and nothing if there is none.
    #[prop_or_default]
    pub(super) defence: Option<DefenceId>,
    /// One was answered.
    pub(super) onchange: Callback<()>,
}

/// How a claim stands, in a word.
pub(super) fn claim_badge(t: Texts, state: ClaimState) -> Html {
    let (icon, colour) = match state {
        ClaimState::Open => (IconName::Clock, Colour::Orange),
        ClaimState::Upheld => (IconName::CheckCircle, Colour::Green),
        ClaimState::Rejected => (IconName::TimesCircle, Colour::Grey),
    };
    html! { <Badge label={t.mark_claim_state(state)} {icon} {colour} /> }
}

/// The claims of a call, in the order they came.
#[component]
pub(super) fn Claims(props: &ClaimsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let answering = use_state_eq(|| None::<MarkClaim>);
    let asked = (props.call, props.open);
    let found = use_remote(asked, |client, (call, _)| async move { list_mark_claims(&client, call).await });
    use_updates_about(&[UpdateTopic::Marks], props.call.0, &found.refresh);
    let of_defence = |claim: &&MarkClaim| props.defence.is_none_or(|id| claim.defence_id == id);
    let known = found.latest.as_ref().map_or(0, |claims| claims.items.iter().filter(of_defence).count());
    if props.defence.is_some() && known == 0 {
        return html! {};
    }
    let list = |claims: &MarkClaims| {
        if known == 0 {
            return html! { <p class="gestfg-subtle">{ t.grading_claims_none() }</p> };
        }
        html! {
            <ul class="gestfg-claims" role="list">
                { for claims.items.iter().filter(of_defence).map(|claim| {
                    let mark = t.decimal(&claim.mark_before.to_string());
                    let outcome = claim.mark_after.map_or_else(
                        || t.claim_against(&mark),
                        |after| t.claim_from_to(&mark, &t.decimal(&after.to_string())),
                    );
                    let (answering, own) = (answering.setter(), claim.clone());
                    html! {
                        <li key={claim.id.0} class="gestfg-stack">
                            <p>
                                <strong>{ &claim.student.name }</strong>{ " " }
                                { claim_badge(t, claim.state) }
                                <span class="gestfg-subtle">{ format!(" · {} · {outcome}", dates.date_time(claim.created_at)) }</span>
                            </p>
                            <p class="gestfg-words">{ &claim.text }</p>
                            if let Some(answer) = &claim.answer {
                                <p class="gestfg-words"><strong>{ t.my_marks_answer() }{ ": " }</strong>{ answer }</p>
                            }
                            if claim.allowed_actions.contains(&ClaimAction::Answer) && claim.state == ClaimState::Open {
                                <div class="gestfg-row-actions gestfg-row-actions--start">
                                    <Button
                                        label={t.claim_answer()}
                                        kind={ButtonKind::Secondary}
                                        icon={IconName::Message}
                                        onclick={Callback::from(move |_: MouseEvent| answering.set(Some(own.clone())))}
                                    />
                                    <RouteLink to={Route::DefenceMarks { id: claim.defence_id }} class={ButtonKind::Link.class()}>
                                        { t.claim_marks() }
                                    </RouteLink>
                                </div>
                            }
                        </li>
                    }
                }) }
            </ul>
        }
    };
    let close = {
        let answering = answering.setter();
        Callback::from(move |()| answering.set(None))
    };
    let done = {
        let (close, refresh, onchange) = (close.clone(), found.refresh.clone(), props.onchange.clone());
        Callback::from(move |()| {
            close.emit(());
            refresh.emit(());
            onchange.emit(());
        })
    };
    html! {
        <Card title={t.grading_claims()}>
            { draw_remote(&found, LoadingShape::Rows, list) }
            if props.defence.is_none() && known > 0 {
                <div class="gestfg-row-actions gestfg-row-actions--start">
                    <ListExport
                        path="/mark-claims"
                        query={format!("call_id={}", props.call)}
                        name={t.grading_claims()}
                    />
                </div>
            }
            if let Some(claim) = &*answering {
                <AnswerDialog claim={claim.clone()} onclose={close} onanswered={done} />
            }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct AnswerDialogProps {
    claim: MarkClaim,
    onclose: Callback<()>,
    onanswered: Callback<()>,
}

#[derive(Debug, Clone, PartialEq)]
struct Values {
    outcome: String,
    answer: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().text("/answer", &values.answer, 5000).done()
}

/// Asks whether the claim is right and what is answered.
#[component]
fn AnswerDialog(props: &AnswerDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let claim = &props.claim;
    let form = use_form(
        "claim-answer",
        || Values { outcome: ClaimState::Rejected.as_str().to_owned(), answer: String::new() },
        check,
    );
    let onsubmit = {
        let (seen, done) = (claim.clone(), props.onanswered.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (seen, done) = (seen.clone(), done.clone());
            async move {
                let is_upheld = ClaimState::from_name(&values.outcome) == Some(ClaimState::Upheld);
                answer_mark_claim(&client, &seen, &AnswerClaim { is_upheld, answer: values.answer }).await?;
                toasts.done(t.claim_answered());
                done.emit(());
                Ok(())
            }
        })
    };
    let choices = vec![
        Choice::new(ClaimState::Rejected.as_str(), t.mark_claim_state(ClaimState::Rejected)),
        Choice::new(ClaimState::Upheld.as_str(), t.claim_uphold()),
    ];
    html! {
        <EditorDialog
            title={t.claim_answer()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/answer"])}
            onclose={props.onclose.clone()}
            confirm={t.claim_answer()}
        >
            <p><strong>{ &claim.student.name }</strong></p>
            <p class="gestfg-words">{ &claim.text }</p>
            <p class="gestfg-subtle">{ t.claim_answer_body() }</p>
            <SelectField
                field={form.field("/outcome", |v| v.outcome.clone(), |v, outcome| v.outcome = outcome)}
                label={t.claim_outcome()}
                {choices}
            />
            <TextAreaField
                field={form.field("/answer", |v| v.answer.clone(), |v, answer| v.answer = answer)}
                label={t.claim_answer_label()}
                required=true
                rows={5}
                max={5000_usize}
            />
        </EditorDialog>
    }
}
