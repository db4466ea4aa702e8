//! The form of the rules.

use super::draft::{Draft, check};
use crate::api::ApiError;
use crate::api::committees::write_committee_settings;
use crate::components::{
    Alert, Button, ButtonKind, Card, CheckField, Choice, FormActions, FormFrame, IconName, OrderList,
    Ordered, SelectField, StaleNotice, TextField, Tone, use_toasts,
};
use crate::hooks::{use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use gestfg_types::committee_settings::{CommitteeSettings, CommitteeSettingsAction, TimetableMode};
use gestfg_types::errors::ErrorCode;
use std::rc::Rc;
use yew::prelude::*;

/// Places of the form.
const POINTERS: [&str; 14] = [
    "/members",
    "/substitutes",
    "/distinct_areas",
    "/one_seat_per_call",
    "/target_size",
    "/slot_minutes",
    "/break_minutes",
    "/day_starts",
    "/day_ends",
    "/pause_starts",
    "/pause_ends",
    "/mode",
    "/objectives",
    "/presider_min_seniority",
];

/// Properties of [`SettingsEditor`].
#[derive(Properties, PartialEq)]
pub(super) struct SettingsEditorProps {
    /// The rules as they stand.
    pub(super) settings: Rc<CommitteeSettings>,
    /// They were saved.
    pub(super) onsaved: Callback<CommitteeSettings>,
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
    let form = use_form("settings", || Draft::of(&settings.rules), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let may = settings.allowed_actions.contains(&CommitteeSettingsAction::Edit);
    let onsubmit = {
        let (settings, onsaved) = (Rc::clone(&settings), props.onsaved.clone());
        form.on_submit(move |draft: Draft| {
            let (client, toasts, settings) = (session.client.clone(), toasts.clone(), Rc::clone(&settings));
            let (onsaved, guard) = (onsaved.clone(), guard.clone());
            async move {
                let Some(rules) = draft.rules() else { return Ok(()) };
                let saved = write_committee_settings(&client, &settings, &rules).await?;
                guard.release();
                toasts.done(t.settings_saved());
                onsaved.emit(saved);
                Ok(())
            }
        })
    };
    macro_rules! text {
        ($pointer:literal, $member:ident, $label:expr, $kind:literal, $required:literal, $help:expr) => {{
            let mut field = form.field($pointer, |v| v.$member.clone(), |v, typed| v.$member = typed);
            field.disabled |= !may;
            let help: Option<AttrValue> = $help;
            html! { <TextField {field} label={$label} kind={$kind} required={$required} {help} /> }
        }};
    }
    macro_rules! check_box {
        ($pointer:literal, $member:ident, $label:expr, $help:expr) => {{
            let mut field = form.field($pointer, |v| v.$member, |v, on| v.$member = on);
            field.disabled |= !may;
            html! { <CheckField {field} label={$label} help={$help} /> }
        }};
    }
    let mut mode = form.field("/mode", |v| v.mode.clone(), |v, mode| v.mode = mode);
    mode.disabled |= !may;
    let modes = [TimetableMode::Standing, TimetableMode::FixedPanel, TimetableMode::FreePanel];
    let onorder = {
        let form = form.clone();
        Callback::from(move |lines: Vec<Ordered>| form.edit(move |draft| draft.take_lines(&lines)))
    };
    let usual = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.edit(Draft::reset_objectives))
    };
    let stale = form.failure().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    let note = match settings.written_for {
        None => Some(t.settings_default().to_owned()),
        Some(year) if year != settings.academic_year => Some(t.settings_written_for(year)),
        Some(_) => None,
    };
    let help = |text: &'static str| Some(AttrValue::Static(text));
    html! {
        <div class="gestfg-stack">
            if let Some(note) = note {
                <Alert tone={Tone::Info} title={note} />
            }
            if !may {
                <Alert tone={Tone::Info} title={t.settings_read_only()} />
            }
            if stale {
                <StaleNotice onreload={props.onreload.clone()} />
            }
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned().filter(|_| !stale)}
                elsewhere={form.errors_elsewhere(&POINTERS)}
            >
                <div class="gestfg-columns gestfg-columns--even">
                    <Card title={t.settings_committees()}>
                        <div class="gestfg-stack">
                            <div class="gestfg-form-row">
                                { text!("/members", members, t.settings_members(), "number", true, help(t.settings_members_help())) }
                                { text!("/substitutes", substitutes, t.settings_substitutes(), "number", true, help(t.settings_substitutes_help())) }
                            </div>
                            { text!("/target_size", target_size, t.settings_target(), "number", true, help(t.settings_target_help())) }
                            { check_box!("/distinct_areas", distinct_areas, t.settings_areas(), t.settings_areas_help()) }
                            { check_box!("/one_seat_per_call", one_seat_per_call, t.settings_one_seat(), t.settings_one_seat_help()) }
                            { text!("/presider_min_seniority", seniority, t.settings_seniority(), "number", false, help(t.settings_seniority_help())) }
                        </div>
                    </Card>
                    <Card title={t.settings_day()}>
                        <div class="gestfg-stack">
                            <div class="gestfg-form-row">
                                { text!("/slot_minutes", slot_minutes, t.settings_slot(), "number", true, None) }
                                { text!("/break_minutes", break_minutes, t.settings_break(), "number", true, None) }
                            </div>
                            <div class="gestfg-form-row">
                                { text!("/day_starts", day_starts, t.settings_day_starts(), "time", true, None) }
                                { text!("/day_ends", day_ends, t.settings_day_ends(), "time", true, None) }
                            </div>
                            <div class="gestfg-form-row">
                                { text!("/pause_starts", pause_starts, t.settings_pause_starts(), "time", false, help(t.settings_pause_help())) }
                                { text!("/pause_ends", pause_ends, t.settings_pause_ends(), "time", false, None) }
                            </div>
                            <SelectField
                                field={mode}
                                label={t.settings_mode()}
                                choices={modes.map(|mode| Choice::new(mode.as_str(), t.timetable_mode(mode))).to_vec()}
                            />
                        </div>
                    </Card>
                </div>
                <Card title={t.settings_objectives()}>
                    <div class="gestfg-stack">
                        <p>{ t.settings_objectives_lead() }</p>
                        <OrderList
                            label={t.settings_objectives()}
                            items={form.values().lines(t)}
                            onchange={onorder}
                            disabled={!may || form.is_sending()}
                        />
                        if may && !form.values().is_usual() {
                            <div>
                                <Button
                                    label={t.settings_objectives_usual()}
                                    kind={ButtonKind::Link}
                                    icon={IconName::Undo}
                                    onclick={usual}
                                />
                            </div>
                        }
                    </div>
                </Card>
                if may {
                    <FormActions
                        label={t.save()}
                        sending={form.is_sending()}
                        disabled={!form.is_dirty() && settings.version > 0}
                    />
                }
            </FormFrame>
        </div>
    }
}
