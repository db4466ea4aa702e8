//! The form of a rubric.

use super::rubric_draft::{Draft, Line, check};
use crate::api::ApiError;
use crate::api::marks::write_rubric;
use crate::components::{
    Alert, Badge, Button, ButtonKind, Card, FormActions, FormFrame, IconName, StaleNotice, TextAreaField,
    TextField, Tone, use_toasts,
};
use crate::hooks::{FormHandle, use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::rubrics::{Rubric, RubricAction, RubricRole};
use yew::prelude::*;

/// Properties of [`RubricEditor`].
#[derive(Properties, PartialEq)]
pub(super) struct RubricEditorProps {
    /// The version in force.
    pub(super) rubric: Rubric,
    /// Another takes its place.
    pub(super) onsaved: Callback<()>,
}

/// A rubric, to be read and to write its next version.
#[component]
pub(super) fn RubricEditor(props: &RubricEditorProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let rubric = &props.rubric;
    let name = match rubric.role {
        RubricRole::Tutor => "rubric-tutor",
        RubricRole::Committee => "rubric-committee",
    };
    let form = use_form(name, || Draft::of(rubric, |text| t.decimal(text)), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let may = rubric.allowed_actions.contains(&RubricAction::Write);
    let onsubmit = {
        let (seen, onsaved) = (rubric.clone(), props.onsaved.clone());
        form.on_submit(move |draft: Draft| {
            let (client, toasts, seen) = (session.client.clone(), toasts.clone(), seen.clone());
            let (onsaved, guard) = (onsaved.clone(), guard.clone());
            async move {
                let Some(next) = draft.rubric() else { return Ok(()) };
                write_rubric(&client, &seen, &next).await?;
                guard.release();
                toasts.done(t.rubric_saved());
                onsaved.emit(());
                Ok(())
            }
        })
    };
    let draft = form.values();
    let add = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.edit(|draft| draft.lines.push(Line::default())))
    };
    let stale = form.failure().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    let sum = draft.sum();
    html! {
        <Card
            title={t.rubric_role(rubric.role)}
            actions={html! { <Badge label={t.rubric_version(rubric.version)} icon={IconName::Layers} /> }}
        >
            if stale {
                <StaleNotice onreload={props.onsaved.clone()} />
            }
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().filter(|_| !stale).cloned()}
                elsewhere={form.errors_elsewhere(&["/name", "/criteria"])}
            >
                <p class="gestfg-subtle">{ t.rubric_kept() }</p>
                <TextField
                    field={{
                        let mut field = form.field("/name", |v| v.name.clone(), |v, name| v.name = name);
                        field.disabled |= !may;
                        field
                    }}
                    label={t.rubric_name()}
                    required=true
                />
                { for (0..draft.lines.len()).map(|at| html! {
                    <CriterionFields key={at} {at} count={draft.lines.len()} form={Handle(form.clone())} {may} />
                }) }
                <p class={(sum != 100).then_some("gestfg-fault")} aria-live="polite">{ t.rubric_sum(sum) }</p>
                if form.error("/criteria").is_some() && sum != 100 {
                    <Alert tone={Tone::Danger} title={t.rubric_sum(sum)} urgent=true />
                }
                if may {
                    <FormActions label={t.rubric_save()} sending={form.is_sending()} disabled={!form.is_dirty()}>
                        <Button label={t.rubric_add()} kind={ButtonKind::Secondary} icon={IconName::Plus} onclick={add} />
                    </FormActions>
                }
            </FormFrame>
        </Card>
    }
}

/// A form as a property: drawn anew with whatever holds it.
#[derive(Clone)]
struct Handle(FormHandle<Draft>);

impl PartialEq for Handle {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[derive(Properties, PartialEq)]
struct CriterionFieldsProps {
    at: usize,
    count: usize,
    form: Handle,
    may: bool,
}

#[component]
fn CriterionFields(props: &CriterionFieldsProps) -> Html {
    let t = use_texts();
    let (at, form, may) = (props.at, &props.form.0, props.may);
    macro_rules! field {
        ($name:literal, $member:ident) => {{
            let mut field = form.field(
                format!("/criteria/{at}/{}", $name),
                |v| v.lines.get(at).map(|line| line.$member.clone()).unwrap_or_default(),
                move |v, typed| {
                    if let Some(line) = v.lines.get_mut(at) {
                        line.$member = typed;
                    }
                },
            );
            field.disabled |= !may;
            field
        }};
    }
    let change = |edit: fn(&mut Vec<Line>, usize)| {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.edit(move |draft| edit(&mut draft.lines, at)))
    };
    let tool = |label: &'static str, icon: IconName, disabled: bool, onclick: Callback<MouseEvent>| {
        let label = format!("{label}: {}", t.rubric_criterion_number(at + 1));
        html! { <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true {disabled} {onclick} /> }
    };
    html! {
        <fieldset class="gestfg-criterion">
            <legend class="gestfg-subheading">{ t.rubric_criterion_number(at + 1) }</legend>
            if may {
                <div class="gestfg-row-actions">
                    { tool(t.rubric_up(), IconName::ArrowUp, at == 0, change(|lines, at| lines.swap(at - 1, at))) }
                    { tool(t.rubric_down(), IconName::ArrowDown, at + 1 == props.count, change(|lines, at| lines.swap(at, at + 1))) }
                    { tool(t.rubric_remove(), IconName::Trash, props.count == 1, change(|lines, at| { lines.remove(at); })) }
                </div>
            }
            <TextField field={field!("name", name)} label={t.rubric_criterion()} required=true max={200_usize} />
            <TextField field={field!("weight", weight)} label={t.rubric_weight()} kind="number" required=true />
            <TextAreaField field={field!("description", description)} label={t.rubric_description()} rows={2} max={2000_usize} />
            <TextAreaField
                field={field!("levels", levels)}
                label={t.rubric_levels()}
                help={t.rubric_levels_help()}
                rows={4}
            />
        </fieldset>
    }
}
