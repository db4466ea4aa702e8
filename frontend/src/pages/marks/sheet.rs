//! A sheet being written: criterion by criterion, saved as it is typed.

use super::draft::{Draft, Kept, Line, read, save, seen};
use crate::api::marks::{find_sheet, step_sheet};
use crate::components::{
    Button, ButtonKind, FieldFrame, IconName, ProblemAlert, TextAreaField, TextField, use_toasts,
};
use crate::hooks::{Field, Saving, use_action, use_autosave};
use crate::i18n::use_texts;
use crate::pages::applications::SavingNote;
use crate::session::use_session;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;
use gestfg_types::marks::{MarkSheet, SheetAction};
use gestfg_types::rubrics::{Criterion, RubricLevel, RubricRole};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`SheetEditor`].
#[derive(Properties, PartialEq)]
pub(super) struct SheetEditorProps {
    /// The sheet as the server has it.
    pub(super) sheet: MarkSheet,
    /// It was handed in.
    pub(super) onchange: Callback<()>,
}

/// The marks and words of a sheet, and handing them in.
#[component]
pub(super) fn SheetEditor(props: &SheetEditorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let me = session.me().map_or(UserId(0), |me| me.id);
    let sheet = &props.sheet;
    let reason = use_state_eq(String::new);
    let given = {
        let reason = reason.trim().to_owned();
        (!reason.is_empty()).then_some(reason)
    };
    let autosave = {
        let (first, sheet, given) = (sheet.clone(), sheet.clone(), given.clone());
        use_autosave(
            move || {
                let saved = Draft::of(&first, |text| t.decimal(text));
                let kept = Kept::find(me, &first).map(|kept| kept.draft);
                (kept.unwrap_or_else(|| saved.clone()), saved, seen(&first))
            },
            move |client, drafts, known| save(client, sheet.clone(), drafts, known, given.clone()),
        )
    };
    {
        let meet = autosave.meet.clone();
        use_effect_with(sheet.clone(), move |sheet| {
            meet.emit((Draft::of(sheet, |text| t.decimal(text)), seen(sheet)));
        });
    }
    {
        let unsaved = autosave.saving != Saving::Saved;
        let kept = (sheet.clone(), autosave.draft.clone(), autosave.seen, unsaved);
        use_effect_with(kept, move |(sheet, draft, known, unsaved)| {
            if *unsaved {
                Kept::keep(me, sheet, *known, draft);
            } else {
                Kept::forget(me, sheet);
            }
        });
    }
    let conflict = {
        let (adopt, insist, sheet) = (autosave.adopt.clone(), autosave.insist.clone(), sheet.clone());
        use_action(move |client, mine: bool| {
            let (adopt, insist, sheet) = (adopt.clone(), insist.clone(), sheet.clone());
            async move {
                let theirs = find_sheet(&client, sheet.defence_id, sheet.role, sheet.author.id).await?;
                if mine {
                    insist.emit(seen(&theirs));
                } else {
                    adopt.emit((Draft::of(&theirs, |text| t.decimal(text)), seen(&theirs)));
                }
                Ok(())
            }
        })
    };
    let hand_in = {
        let (sheet, version, given) = (sheet.clone(), autosave.seen.version, given.clone());
        let onchange = props.onchange.clone();
        use_action(move |client, ()| {
            let (sheet, given) = (sheet.clone(), given.clone());
            let (toasts, onchange) = (toasts.clone(), onchange.clone());
            async move {
                step_sheet(&client, &sheet, version, true, given).await?;
                toasts.done(t.sheet_handed_in());
                onchange.emit(());
                Ok(())
            }
        })
    };
    let draft = Rc::new(autosave.draft.clone());
    let criteria = &sheet.rubric.criteria;
    let of = format!("{}-{}-{}", sheet.role.as_str(), sheet.defence_id, sheet.author.id);
    let edit_line = |at: usize| {
        let (edit, draft) = (autosave.edit.clone(), Rc::clone(&draft));
        Callback::from(move |line: Line| {
            let mut next = (*draft).clone();
            if let Some(place) = next.lines.get_mut(at) {
                *place = line;
            }
            edit.emit(next);
        })
    };
    let remarks = {
        let (edit, draft) = (autosave.edit.clone(), Rc::clone(&draft));
        Field {
            id: format!("remarks-{of}").into(),
            value: draft.remarks.clone(),
            error: (draft.remarks.chars().count() > 10_000).then_some(FieldCode::TooLong),
            onchange: Callback::from(move |remarks: String| {
                edit.emit(Draft { remarks, ..(*draft).clone() });
            }),
            onleave: Callback::noop(),
            disabled: false,
        }
    };
    let late = matches!(&autosave.saving, Saving::Failed(error) if error.may_override())
        || hand_in.error.as_ref().is_some_and(crate::api::ApiError::may_override);
    let is_report = sheet.role == RubricRole::Tutor;
    let (label, help) = if is_report {
        (t.sheet_remarks_report(), t.sheet_remarks_report_help())
    } else {
        (t.sheet_remarks_committee(), t.sheet_remarks_committee_help())
    };
    let total = draft.total(criteria).map(|total| t.decimal(&total));
    let ready = total.is_some() && !draft.has_slip() && autosave.saving == Saving::Saved;
    html! {
        <div class="gestfg-stack">
            <SavingNote
                saving={autosave.saving.clone()}
                onretry={autosave.retry.clone()}
                stale_title={t.sheet_stale_title()}
                stale_body={t.sheet_stale_body()}
                ontheirs={conflict.run.reform(|()| false)}
                onmine={conflict.run.reform(|()| true)}
            />
            if late || given.is_some() {
                <TextField
                    field={Field {
                        id: format!("reason-{of}").into(),
                        value: (*reason).clone(),
                        error: None,
                        onchange: Callback::from(move |text: String| reason.set(text)),
                        onleave: autosave.retry.clone(),
                        disabled: false,
                    }}
                    label={t.sheet_reason()}
                    help={t.sheet_reason_help()}
                />
            }
            <ol class="gestfg-criteria">
                { for criteria.iter().zip(&draft.lines).enumerate().map(|(at, (criterion, line))| html! {
                    <li key={at}>
                        <CriterionField
                            id={AttrValue::from(format!("{of}-{}", at + 1))}
                            criterion={criterion.clone()}
                            line={line.clone()}
                            onchange={edit_line(at)}
                        />
                    </li>
                }) }
            </ol>
            <TextAreaField field={remarks} {label} {help} rows={if is_report { 8 } else { 4 }} max={10_000_usize} />
            if let Some(error) = &hand_in.error {
                <ProblemAlert error={error.clone()} />
            }
            <div class="gestfg-sheet-end">
                <p>
                    { t.sheet_total() }{ ": " }
                    <strong class="gestfg-mark">{ total.unwrap_or_else(|| "—".to_owned()) }</strong>
                    <span class="gestfg-subtle">{ format!(" · {}", t.sheet_progress(draft.marked(), criteria.len())) }</span>
                </p>
                <Button
                    label={t.sheet_hand_in()}
                    icon={IconName::Send}
                    disabled={!ready}
                    busy={hand_in.running}
                    onclick={hand_in.run.reform(|_: MouseEvent| ())}
                />
                <p class="gestfg-subtle gestfg-small">{ t.sheet_hand_in_help() }</p>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CriterionFieldProps {
    id: AttrValue,
    criterion: Criterion,
    line: Line,
    onchange: Callback<Line>,
}

/// The level a mark is in.
pub(super) fn level_of<'a>(criterion: &'a Criterion, typed: &str) -> Option<&'a RubricLevel> {
    let mark = read(typed)?;
    criterion.levels.iter().rev().find(|level| level.from <= mark)
}

/// The mark by one criterion: typed, or chosen by what its levels say.
#[component]
fn CriterionField(props: &CriterionFieldProps) -> Html {
    let t = use_texts();
    let (criterion, line) = (&props.criterion, &props.line);
    let slip = !line.mark.trim().is_empty() && read(&line.mark).is_none();
    let set_mark = {
        let (line, onchange) = (line.clone(), props.onchange.clone());
        Callback::from(move |mark: String| onchange.emit(Line { mark, ..line.clone() }))
    };
    let oninput =
        set_mark.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let step = |tenths: i16, label: String, icon: IconName| {
        let next = read(&line.mark).map_or(if tenths > 0 { 50 } else { 45 }, |mark| mark.tenths() + tenths);
        let next = gestfg_types::mark::Mark::of_tenths(next).map(|mark| t.decimal(&mark.to_string()));
        let disabled = next.is_none();
        let next = next.unwrap_or_default();
        html! {
            <Button
                {label}
                kind={ButtonKind::Control}
                {icon}
                icon_only=true
                {disabled}
                onclick={set_mark.reform(move |_: MouseEvent| next.clone())}
            />
        }
    };
    let chosen = level_of(criterion, &line.mark);
    let level = |level: &RubricLevel| {
        let from = t.decimal(&level.from.to_string());
        let on = chosen == Some(level);
        let mark = from.clone();
        html! {
            <li>
                <button
                    type="button"
                    class={classes!("gestfg-level", on.then_some("gestfg-level--on"))}
                    aria-pressed={if on { "true" } else { "false" }}
                    onclick={set_mark.reform(move |_: MouseEvent| mark.clone())}
                >
                    <strong>{ t.level_from(&from) }</strong>
                    <span>{ &level.description }</span>
                </button>
            </li>
        }
    };
    let remark = Field {
        id: format!("{}-remark", props.id).into(),
        value: line.remark.clone(),
        error: (line.remark.chars().count() > 2000).then_some(FieldCode::TooLong),
        onchange: {
            let (line, onchange) = (line.clone(), props.onchange.clone());
            Callback::from(move |remark: String| onchange.emit(Line { remark, ..line.clone() }))
        },
        onleave: Callback::noop(),
        disabled: false,
    };
    html! {
        <section class="gestfg-criterion" aria-labelledby={format!("{}-name", props.id)}>
            <h3 id={format!("{}-name", props.id)} class="gestfg-subheading">
                { &criterion.name }
                <span class="gestfg-subtle gestfg-small">{ format!(" · {}", t.criterion_weight(criterion.weight)) }</span>
            </h3>
            if !criterion.description.is_empty() {
                <p class="gestfg-subtle">{ &criterion.description }</p>
            }
            <FieldFrame
                id={props.id.clone()}
                label={t.sheet_mark()}
                error={slip.then_some(FieldCode::OutOfRange)}
                says={AttrValue::Static(t.sheet_mark_wrong())}
            >
                <div class="pf-v6-c-input-group gestfg-mark-field">
                    <div class="pf-v6-c-input-group__item">
                        { step(-5, format!("{}: −{}", criterion.name, t.decimal("0.5")), IconName::ArrowDown) }
                    </div>
                    <div class="pf-v6-c-input-group__item pf-m-fill">
                        <span class={classes!("pf-v6-c-form-control", slip.then_some("pf-m-error"))}>
                            <input
                                id={props.id.clone()}
                                type="text"
                                inputmode="decimal"
                                autocomplete="off"
                                value={line.mark.clone()}
                                {oninput}
                                aria-invalid={slip.then_some("true")}
                                aria-describedby={format!("{}-help", props.id)}
                            />
                        </span>
                    </div>
                    <div class="pf-v6-c-input-group__item">
                        { step(5, format!("{}: +{}", criterion.name, t.decimal("0.5")), IconName::ArrowUp) }
                    </div>
                </div>
            </FieldFrame>
            if !criterion.levels.is_empty() {
                <ul class="gestfg-levels" role="list" aria-label={t.sheet_levels()}>
                    { for criterion.levels.iter().rev().map(level) }
                </ul>
            }
            <TextAreaField field={remark} label={t.sheet_remark()} rows={2} max={2000_usize} />
        </section>
    }
}

/// Whether this person writes the sheet now.
pub(super) fn may_write(sheet: &MarkSheet) -> bool {
    sheet.allowed_actions.contains(&SheetAction::Write)
}
