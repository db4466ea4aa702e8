//! The form of the rules of final marks.

use super::settings_draft::{Draft, check};
use crate::api::ApiError;
use crate::api::marks::write_grading_settings;
use crate::components::{
    Alert, Card, Choice, FormActions, FormFrame, SelectField, StaleNotice, TextAreaField, TextField, Tone,
    use_toasts,
};
use crate::hooks::{use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::grading::{Agreement, DayKind, GradingSettings, GradingSettingsAction, HonoursRule};
use std::rc::Rc;
use yew::prelude::*;

/// Places of the form.
const POINTERS: [&str; 11] = [
    "/tutor_weight",
    "/agreement",
    "/pass_mark",
    "/claim_days",
    "/claim_day_kind",
    "/holidays",
    "/honours",
    "/honours_percent",
    "/honours_small_group",
    "/honours_mark",
    "/enrolled",
];

/// Properties of [`SettingsEditor`].
#[derive(Properties, PartialEq)]
pub(super) struct SettingsEditorProps {
    /// The rules as they stand.
    pub(super) settings: Rc<GradingSettings>,
    /// They were saved.
    pub(super) onsaved: Callback<GradingSettings>,
    /// Discard what was typed and load what the server has.
    pub(super) onreload: Callback<()>,
}

/// The rules of a year.
#[component]
pub(super) fn SettingsEditor(props: &SettingsEditorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let settings = Rc::clone(&props.settings);
    let form = use_form("grading", || Draft::of(&settings.rules, |text| t.decimal(text)), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let may = settings.allowed_actions.contains(&GradingSettingsAction::Edit);
    let onsubmit = {
        let (settings, onsaved) = (Rc::clone(&settings), props.onsaved.clone());
        form.on_submit(move |draft: Draft| {
            let (client, toasts, settings) = (session.client.clone(), toasts.clone(), Rc::clone(&settings));
            let (onsaved, guard) = (onsaved.clone(), guard.clone());
            async move {
                let Some(rules) = draft.rules() else { return Ok(()) };
                let saved = write_grading_settings(&client, &settings, &rules).await?;
                guard.release();
                toasts.done(t.settings_saved());
                onsaved.emit(saved);
                Ok(())
            }
        })
    };
    macro_rules! field {
        ($pointer:literal, $member:ident) => {{
            let mut field = form.field($pointer, |v| v.$member.clone(), |v, typed| v.$member = typed);
            field.disabled |= !may;
            field
        }};
    }
    let stale = form.failure().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    let note = match settings.written_for {
        None => Some(t.grading_default().to_owned()),
        Some(year) if year != settings.academic_year => Some(t.settings_written_for(year)),
        Some(_) => None,
    };
    let agreements: Vec<_> =
        Agreement::ALL.iter().map(|rule| Choice::new(rule.as_str(), t.mark_agreement(*rule))).collect();
    let days: Vec<_> =
        DayKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), t.mark_day_kind(*kind))).collect();
    let honours: Vec<_> =
        HonoursRule::ALL.iter().map(|rule| Choice::new(rule.as_str(), t.mark_honours_rule(*rule))).collect();
    let draft = form.values();
    let is_share = draft.honours == HonoursRule::Share.as_str();
    html! {
        <Card title={t.grading_settings_title()}>
            <div class="gestfg-stack">
                if let Some(note) = note {
                    <Alert tone={Tone::Info} title={note} />
                }
                if stale {
                    <StaleNotice onreload={props.onreload.clone()} />
                }
                <FormFrame
                    id={form.id.clone()}
                    {onsubmit}
                    failure={form.failure().filter(|_| !stale).cloned()}
                    elsewhere={form.errors_elsewhere(&POINTERS)}
                >
                    <TextField field={field!("/tutor_weight", tutor_weight)} label={t.grading_tutor_weight()} kind="number" required=true />
                    <SelectField field={field!("/agreement", agreement)} label={t.grading_agreement()} choices={agreements} />
                    <TextField field={field!("/pass_mark", pass_mark)} label={t.grading_pass_mark()} required=true says={t.sheet_mark_wrong()} />
                    <TextField field={field!("/claim_days", claim_days)} label={t.grading_claim_days()} kind="number" required=true />
                    <SelectField field={field!("/claim_day_kind", claim_day_kind)} label={t.grading_day_kind()} choices={days} />
                    if draft.claim_day_kind == DayKind::Working.as_str() {
                        <TextAreaField field={field!("/holidays", holidays)} label={t.grading_holidays()} rows={4} />
                    }
                    <SelectField field={field!("/honours", honours)} label={t.grading_honours_rule()} choices={honours} />
                    if is_share {
                        <TextField field={field!("/honours_percent", honours_percent)} label={t.grading_honours_percent()} kind="number" required=true />
                        <TextField field={field!("/honours_small_group", honours_small_group)} label={t.grading_honours_small()} kind="number" required=true />
                        <TextField
                            field={field!("/enrolled", enrolled)}
                            label={t.grading_enrolled()}
                            help={t.grading_enrolled_help()}
                            kind="number"
                        />
                    }
                    if draft.honours != HonoursRule::None.as_str() {
                        <TextField field={field!("/honours_mark", honours_mark)} label={t.grading_honours_mark()} required=true says={t.sheet_mark_wrong()} />
                    }
                    if may {
                        <FormActions label={t.save()} sending={form.is_sending()} disabled={!form.is_dirty()} />
                    }
                </FormFrame>
            </div>
        </Card>
    }
}
