//! Whether and how documents of a degree are held against earlier ones.

use crate::api::ApiError;
use crate::api::similarity::{find_similarity_settings, write_similarity_settings};
use crate::components::{
    Alert, Card, CheckField, FormActions, FormFrame, LoadingShape, StaleNotice, TextField, Tone, draw_remote,
    use_toasts,
};
use crate::hooks::{FieldProblem, use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::DegreeId;
use gestfg_types::similarity::{SimilarityRules, SimilaritySettings, SimilaritySettingsAction};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SimilarityOfYear`].
#[derive(Properties, PartialEq)]
pub(super) struct SimilarityOfYearProps {
    /// Of which degree.
    pub(super) degree: DegreeId,
    /// In which year.
    pub(super) year: i16,
}

/// The rules of a year.
#[component]
pub(super) fn SimilarityOfYear(props: &SimilarityOfYearProps) -> Html {
    let asked = (props.degree, props.year);
    let found = use_remote(asked, |client, (degree, year)| async move {
        Ok(Rc::new(find_similarity_settings(&client, degree, year).await?))
    });
    let onsaved = {
        let replace = found.replace.clone();
        Callback::from(move |saved: SimilaritySettings| replace.emit(Rc::new(Rc::new(saved))))
    };
    draw_remote(&found, LoadingShape::Rows, |settings: &Rc<SimilaritySettings>| {
        let key = settings.version.to_string();
        html! {
            <Editor {key} settings={Rc::clone(settings)} onsaved={onsaved.clone()} onreload={found.reload.clone()} />
        }
    })
}

#[derive(Debug, Clone, PartialEq)]
struct Draft {
    is_on: bool,
    threshold: String,
    kinds: String,
    common: String,
    asks_service: bool,
}

impl Draft {
    fn of(rules: &SimilarityRules) -> Self {
        Self {
            is_on: rules.is_on,
            threshold: rules.threshold_percent.to_string(),
            kinds: rules.kinds.join(", "),
            common: rules.common_limit.to_string(),
            asks_service: rules.asks_service,
        }
    }

    fn rules(&self) -> Option<SimilarityRules> {
        let kinds = self.kinds.split(',').map(str::trim).filter(|kind| !kind.is_empty());
        Some(SimilarityRules {
            is_on: self.is_on,
            threshold_percent: self.threshold.trim().parse().ok()?,
            kinds: kinds.map(str::to_owned).collect(),
            common_limit: self.common.trim().parse().ok()?,
            asks_service: self.asks_service,
        })
    }
}

fn check(draft: &Draft) -> Vec<FieldProblem> {
    let within =
        |typed: &str, most: i16| typed.trim().parse().is_ok_and(|value: i16| (1..=most).contains(&value));
    Check::new()
        .when(!within(&draft.threshold, 100), "/threshold_percent", FieldCode::OutOfRange)
        .when(!within(&draft.common, 1000), "/common_limit", FieldCode::OutOfRange)
        .text("/kinds", &draft.kinds, 400)
        .done()
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    settings: Rc<SimilaritySettings>,
    onsaved: Callback<SimilaritySettings>,
    onreload: Callback<()>,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let settings = Rc::clone(&props.settings);
    let form = use_form("similarity", || Draft::of(&settings.rules), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let may = settings.allowed_actions.contains(&SimilaritySettingsAction::Edit);
    let onsubmit = {
        let (settings, onsaved) = (Rc::clone(&settings), props.onsaved.clone());
        form.on_submit(move |draft: Draft| {
            let (client, toasts, settings) = (session.client.clone(), toasts.clone(), Rc::clone(&settings));
            let (onsaved, guard) = (onsaved.clone(), guard.clone());
            async move {
                let Some(rules) = draft.rules() else { return Ok(()) };
                let saved = write_similarity_settings(&client, &settings, &rules).await?;
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
        None => Some(t.similarity_settings_default().to_owned()),
        Some(year) if year != settings.academic_year => Some(t.settings_written_for(year)),
        Some(_) => None,
    };
    let pointers = ["/is_on", "/threshold_percent", "/common_limit", "/asks_service"];
    html! {
        <Card title={t.similarity_settings_title()}>
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
                    elsewhere={form.errors_elsewhere(&pointers)}
                >
                    <CheckField field={field!("/is_on", is_on)} label={t.similarity_is_on()} help={t.similarity_is_on_help()} />
                    if form.values().is_on {
                        <TextField field={field!("/threshold_percent", threshold)} label={t.similarity_threshold_field()} help={t.similarity_threshold_help()} kind="number" required=true />
                        <TextField field={field!("/kinds", kinds)} label={t.similarity_kinds_field()} required=true />
                        <TextField field={field!("/common_limit", common)} label={t.similarity_common_field()} help={t.similarity_common_help()} kind="number" required=true />
                        if settings.knows_service {
                            <CheckField field={field!("/asks_service", asks_service)} label={t.similarity_service_field()} help={t.similarity_service_help()} />
                        }
                    }
                    if may {
                        <FormActions label={t.save()} sending={form.is_sending()} disabled={!form.is_dirty()} />
                    }
                </FormFrame>
            </div>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_typed_and_read_back() {
        let usual = SimilarityRules::default();
        let draft = Draft::of(&usual);
        assert_eq!((draft.rules(), check(&draft)), (Some(usual), Vec::new()));
        let wrong = Draft { threshold: "0".into(), kinds: " ".into(), common: "x".into(), ..draft };
        let pointers: Vec<_> = check(&wrong).into_iter().map(|found| found.pointer).collect();
        assert_eq!(pointers, ["/threshold_percent", "/common_limit", "/kinds"]);
    }
}
