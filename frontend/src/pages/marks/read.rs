//! A sheet to be read.

use super::sheet::level_of;
use crate::api::marks::step_sheet;
use crate::components::{
    Badge, Button, ButtonKind, Colour, IconName, ProblemAlert, ReasonDialog, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::marks::{MarkSheet, SheetAction, SheetState};
use yew::prelude::*;

/// Properties of [`SheetView`].
#[derive(Properties, PartialEq)]
pub(super) struct SheetViewProps {
    /// The sheet.
    pub(super) sheet: MarkSheet,
    /// It was taken back.
    pub(super) onchange: Callback<()>,
}

/// How far a sheet is, in a word.
pub(super) fn sheet_badge(t: crate::i18n::Texts, state: Option<SheetState>) -> Html {
    match state {
        None => html! { <Badge label={t.sheet_nothing()} icon={IconName::Clock} colour={Colour::Grey} /> },
        Some(SheetState::Draft) => {
            html! { <Badge label={t.sheet_state(SheetState::Draft)} icon={IconName::Edit} colour={Colour::Orange} /> }
        }
        Some(SheetState::HandedIn) => {
            html! { <Badge label={t.sheet_state(SheetState::HandedIn)} icon={IconName::CheckCircle} colour={Colour::Green} /> }
        }
    }
}

/// The marks and words of a sheet, and taking it back.
#[component]
pub(super) fn SheetView(props: &SheetViewProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let sheet = &props.sheet;
    let asking = use_state_eq(|| false);
    let take_back = {
        let (sheet, onchange, asking) = (sheet.clone(), props.onchange.clone(), asking.setter());
        use_action(move |client, reason: Option<String>| {
            let (sheet, toasts, onchange) = (sheet.clone(), toasts.clone(), onchange.clone());
            let asking = asking.clone();
            async move {
                step_sheet(&client, &sheet, sheet.version, false, reason).await?;
                asking.set(false);
                toasts.done(t.sheet_taken_back());
                onchange.emit(());
                Ok(())
            }
        })
    };
    let late = take_back.error.as_ref().is_some_and(crate::api::ApiError::may_override);
    let shown = |mark: Option<String>| mark.map_or_else(|| "—".to_owned(), |mark| t.decimal(&mark));
    html! {
        <div class="gestfg-stack">
            <p>
                { sheet_badge(t, (sheet.version > 0).then_some(sheet.state)) }
                if let Some(mark) = &sheet.mark {
                    { " " }<strong class="gestfg-mark">{ t.decimal(mark) }</strong>
                }
                if let Some(at) = sheet.handed_in_at {
                    <span class="gestfg-subtle">{ format!(" · {}, {}", sheet.author.name, dates.date_time(at)) }</span>
                }
            </p>
            if sheet.version > 0 {
                <dl class="gestfg-facts">
                    { for sheet.rubric.criteria.iter().zip(1i16..).map(|(criterion, place)| {
                        let known = sheet.marks.iter().find(|mark| mark.criterion == place);
                        let mark = known.and_then(|known| known.mark).map(|mark| mark.to_string());
                        let level = mark.as_deref().and_then(|mark| level_of(criterion, mark));
                        html! {
                            <>
                                <dt>{ format!("{} ({})", criterion.name, t.criterion_weight(criterion.weight)) }</dt>
                                <dd>
                                    <strong>{ shown(mark) }</strong>
                                    if let Some(level) = level {
                                        <span class="gestfg-subtle">{ format!(" · {}", level.description) }</span>
                                    }
                                    if let Some(known) = known.filter(|known| !known.remark.is_empty()) {
                                        <p class="gestfg-words">{ &known.remark }</p>
                                    }
                                </dd>
                            </>
                        }
                    }) }
                </dl>
                if !sheet.remarks.is_empty() {
                    <p class="gestfg-words">{ &sheet.remarks }</p>
                }
            }
            if sheet.allowed_actions.contains(&SheetAction::TakeBack) {
                if let Some(error) = take_back.error.as_ref().filter(|_| !late && !*asking) {
                    <ProblemAlert error={error.clone()} />
                }
                <div>
                    <Button
                        label={t.sheet_take_back()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Undo}
                        busy={take_back.running}
                        onclick={take_back.run.reform(|_: MouseEvent| None)}
                    />
                </div>
                if late {
                    <ReasonDialog
                        title={t.sheet_take_back()}
                        label={t.sheet_reason()}
                        confirm={t.sheet_take_back()}
                        busy={take_back.running}
                        onconfirm={take_back.run.reform(Some)}
                        oncancel={take_back.clear.clone()}
                    >
                        <p>{ t.sheet_reason_help() }</p>
                    </ReasonDialog>
                }
            }
        </div>
    }
}
