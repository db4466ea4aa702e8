//! Closing minutes: honours decided, what is missing named.

use super::missing::named;
use crate::api::ApiError;
use crate::api::marks::close_minutes;
use crate::components::{
    Alert, Button, ButtonKind, CheckField, Dialog, ProblemAlert, TextAreaField, Tone, use_toasts,
};
use crate::hooks::{Field, use_action};
use crate::i18n::use_texts;
use crate::zone::now;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DefenceId;
use gestfg_types::minutes::{CloseMinutes, Honours, Minutes, MinutesEntry};
use std::collections::BTreeSet;
use yew::prelude::*;

/// Properties of [`CloseDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CloseDialogProps {
    /// The minutes.
    pub(super) minutes: Minutes,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// They are closed.
    pub(super) onclosed: Callback<()>,
}

/// Who can get honours: whose mark is enough.
fn deserving(minutes: &Minutes) -> Vec<&MinutesEntry> {
    let enough = |entry: &&MinutesEntry| entry.mark.is_some_and(|mark| mark >= minutes.rules.honours_mark);
    let mut found: Vec<_> = minutes.entries.iter().filter(enough).collect();
    found.sort_by_key(|entry| (std::cmp::Reverse(entry.mark), entry.position));
    found
}

/// Says what closing means, asks who gets honours and why before the window ends.
#[component]
pub(super) fn CloseDialog(props: &CloseDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let minutes = &props.minutes;
    let honours: Honours = minutes.honours.clone().unwrap_or_default();
    let chosen = use_state_eq(|| honours.proposed.iter().copied().collect::<BTreeSet<DefenceId>>());
    let reason = use_state_eq(String::new);
    let early = now() < minutes.claims_until;
    let close = {
        let (seen, done, reason) = (minutes.clone(), props.onclosed.clone(), reason.trim().to_owned());
        let honours: Vec<DefenceId> = chosen.iter().copied().collect();
        use_action(move |client, ()| {
            let (seen, done, toasts) = (seen.clone(), done.clone(), toasts.clone());
            let closing = CloseMinutes {
                honours: Some(honours.clone()),
                override_reason: (!reason.is_empty()).then(|| reason.clone()),
            };
            async move {
                close_minutes(&client, &seen, &closing).await?;
                toasts.done(t.minutes_closed_done());
                done.emit(());
                Ok(())
            }
        })
    };
    let candidates = deserving(minutes);
    let many = i64::try_from(chosen.len()).unwrap_or_default();
    let over_quota = honours.places.is_some_and(|places| many > places);
    let undecided = !honours.tied.is_empty()
        && honours
            .places
            .is_some_and(|places| many < places.min(i64::try_from(candidates.len()).unwrap_or_default()));
    let footer = html! {
        <>
            <Button
                label={t.minutes_close()}
                busy={close.running}
                disabled={over_quota || undecided || (early && reason.trim().is_empty())}
                onclick={close.run.reform(|_: MouseEvent| ())}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={close.running}
                onclick={props.onclose.reform(|_: MouseEvent| ())}
            />
        </>
    };
    let candidate = |entry: &MinutesEntry| {
        let id = entry.defence_id;
        let mark = entry.mark.map(|mark| t.decimal(&mark.to_string())).unwrap_or_default();
        let chosen = chosen.clone();
        let field = Field {
            id: format!("honours-{id}").into(),
            value: chosen.contains(&id),
            error: None,
            onchange: Callback::from(move |on: bool| {
                let mut next = (*chosen).clone();
                if on {
                    next.insert(id);
                } else {
                    next.remove(&id);
                }
                chosen.set(next);
            }),
            onleave: Callback::noop(),
            disabled: close.running,
        };
        html! { <CheckField key={id.0} {field} label={format!("{} · {mark}", entry.student.name)} /> }
    };
    let missing = close.error.as_ref().filter(|error| error.code() == Some(ErrorCode::MarksIncomplete));
    let other: Option<&ApiError> = close.error.as_ref().filter(|_| missing.is_none());
    html! {
        <Dialog title={t.minutes_close()} {footer} busy={close.running} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <p>{ t.minutes_close_body() }</p>
                if let Some(error) = missing {
                    <Alert tone={Tone::Warning} title={t.grading_missing_close()} urgent=true>
                        <ul class="pf-v6-c-list" role="list">
                            { for named(error).into_iter().map(|id| {
                                let name = minutes.entries.iter().find(|entry| entry.defence_id == id).map(|entry| entry.student.name.clone());
                                html! { <li>{ name.unwrap_or_else(|| t.grading_missing_other().to_owned()) }</li> }
                            }) }
                        </ul>
                    </Alert>
                }
                if let Some(error) = other {
                    <ProblemAlert error={error.clone()} />
                }
                <fieldset class="gestfg-stack gestfg-choose">
                    <legend class="gestfg-subheading">{ t.grading_honours() }</legend>
                    if let Some(quota) = honours.quota {
                        <p class="gestfg-subtle">{ t.grading_quota(quota, honours.given, honours.enrolled) }</p>
                    }
                    if !honours.tied.is_empty() {
                        <Alert tone={Tone::Warning} title={t.grading_honours_tied()} />
                    }
                    if candidates.is_empty() {
                        <p>{ t.grading_honours_none() }</p>
                    } else {
                        { for candidates.into_iter().map(candidate) }
                        if let Some(places) = honours.places {
                            <p class={over_quota.then_some("gestfg-fault")} aria-live="polite">
                                { t.grading_places((places - many).max(-1)) }
                            </p>
                        }
                    }
                </fieldset>
                if early {
                    <TextAreaField
                        field={Field {
                            id: "close-reason".into(),
                            value: (*reason).clone(),
                            error: None,
                            onchange: Callback::from(move |text: String| reason.set(text)),
                            onleave: Callback::noop(),
                            disabled: close.running,
                        }}
                        label={t.minutes_close_reason()}
                        help={t.sheet_reason_help()}
                        required=true
                        rows={3}
                        max={2000_usize}
                    />
                }
            </div>
        </Dialog>
    }
}
