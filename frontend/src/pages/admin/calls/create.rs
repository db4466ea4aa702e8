//! A new call.

use super::draft::{FIRST_YEAR, LAST_YEAR};
use crate::api::calls::create_call;
use crate::api::master::{active_degrees, list_items};
use crate::components::{Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::use_texts;
use crate::pages::requests::keeps_degree;
use crate::session::use_session;
use crate::validation::Check;
use crate::zone::use_configuration;
use gestfg_types::calls::{Call, CreateCall};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, SittingId};
use gestfg_types::master::Sitting;
use yew::prelude::*;

/// Properties of [`CreateDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct CreateDialogProps {
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was made.
    pub(super) oncreated: Callback<Call>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    degree_id: String,
    academic_year: String,
    sitting_id: String,
}

impl Values {
    fn call(&self) -> Option<CreateCall> {
        let degree_id: DegreeId = self.degree_id.parse().ok()?;
        let sitting_id: SittingId = self.sitting_id.parse().ok()?;
        let academic_year: i16 = self.academic_year.trim().parse().ok()?;
        Some(CreateCall { degree_id, academic_year, sitting_id, phases: Vec::new() })
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let year: Option<i16> = values.academic_year.trim().parse().ok();
    let outside = year.is_some_and(|year| !(FIRST_YEAR..=LAST_YEAR).contains(&year));
    Check::new()
        .when(values.degree_id.is_empty(), "/degree_id", FieldCode::Required)
        .when(year.is_none(), "/academic_year", FieldCode::NotANumber)
        .when(outside, "/academic_year", FieldCode::OutOfRange)
        .when(values.sitting_id.is_empty(), "/sitting_id", FieldCode::Required)
        .done()
}

/// The sittings to choose from.
pub(super) fn sitting_choices(sittings: &[Sitting]) -> Vec<Choice> {
    sittings.iter().map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name))).collect()
}

/// Asks for degree, year and sitting; the dates come after.
#[component]
pub(super) fn CreateDialog(props: &CreateDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let year = use_configuration().map(|configuration| configuration.academic_year.to_string());
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let sittings = use_remote((), |client, ()| async move {
        list_items::<Sitting>(&client, &[("is_active", "true"), ("limit", "200")]).await
    });
    let offered: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        let kept = page.items.iter().filter(|degree| keeps_degree(&session, degree.id));
        kept.map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name))).collect()
    });
    let form = use_form(
        "new-call",
        move || Values { academic_year: year.unwrap_or_default(), ..Values::default() },
        check,
    );
    let onsubmit = {
        let oncreated = props.oncreated.clone();
        form.on_submit(move |values: Values| {
            let (client, toasts, oncreated) = (session.client.clone(), toasts.clone(), oncreated.clone());
            async move {
                let Some(call) = values.call() else { return Ok(()) };
                let created = create_call(&client, &call).await?;
                toasts.done(t.call_created());
                oncreated.emit(created);
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.call_new()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/degree_id", "/academic_year", "/sitting_id"])}
            onclose={props.onclose.clone()}
            confirm={t.call_create()}
        >
            <p>{ t.call_create_body() }</p>
            <SelectField
                field={form.field("/degree_id", |v| v.degree_id.clone(), |v, id| v.degree_id = id)}
                label={t.degree()}
                required=true
                none={t.choose_degree()}
                choices={offered}
            />
            <div class="gestfg-form-row">
                <SelectField
                    field={form.field("/sitting_id", |v| v.sitting_id.clone(), |v, id| v.sitting_id = id)}
                    label={t.sitting()}
                    required=true
                    none={t.choose_sitting()}
                    choices={sittings.ready().map_or_else(Vec::new, |page| sitting_choices(&page.items))}
                />
                <TextField
                    field={form.field("/academic_year", |v| v.academic_year.clone(), |v, year| v.academic_year = year)}
                    label={t.academic_year()}
                    help={t.academic_year_help()}
                    kind="number"
                    required=true
                />
            </div>
        </EditorDialog>
    }
}
