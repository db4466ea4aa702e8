//! The fields of a project.

use super::draft::Draft;
use crate::api::master::active_degrees;
use crate::components::{
    Choice, LoadingShape, MarkdownField, ProfessorSelect, SelectField, TextField, draw_remote,
};
use crate::hooks::{FormHandle, use_remote};
use crate::i18n::use_texts;
use gestfg_types::master::Degree;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{KIND_MAX, TEXT_MAX, TITLE_MAX};
use yew::prelude::*;

/// The pointers that have a field, so that anything else is said at the head.
pub(super) const POINTERS: [&str; 10] = [
    "/degree_id",
    "/title",
    "/kind",
    "/student_count",
    "/description",
    "/prior_knowledge",
    "/resources",
    "/keywords",
    "/tutor_id",
    "/cotutor_id",
];

/// Properties of [`Fields`].
#[derive(Properties, PartialEq)]
pub(super) struct FieldsProps {
    /// The form they belong to.
    pub(super) form: FormBox,
    /// Only the texts may change.
    #[prop_or_default]
    pub(super) text_only: bool,
    /// Who the tutor is may be chosen.
    #[prop_or_default]
    pub(super) with_tutor: bool,
    /// The degree can no longer change.
    #[prop_or_default]
    pub(super) degree_fixed: bool,
}

/// A form handle that is never equal to another: its fields are drawn anew
/// with every key.
#[derive(Clone)]
pub(super) struct FormBox(pub(super) FormHandle<Draft>);

impl PartialEq for FormBox {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

/// The fields of a project.
#[component]
pub(super) fn Fields(props: &FieldsProps) -> Html {
    let t = use_texts();
    let form = &props.form.0;
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let fixed = props.text_only;
    let mut degree = form.field("/degree_id", |d| d.degree_id.clone(), |d, id| d.degree_id = id);
    degree.disabled |= fixed || props.degree_fixed;
    let mut kind = form.field("/kind", |d| d.kind.clone(), |d, kind| d.kind = kind);
    kind.disabled |= fixed;
    let mut title = form.field("/title", |d| d.title.clone(), |d, title| d.title = title);
    title.disabled |= fixed;
    let mut count =
        form.field("/student_count", |d| d.student_count.clone(), |d, count| d.student_count = count);
    count.disabled |= fixed;
    let mut tutor = form.field("/tutor_id", |d| d.tutor.clone(), |d, person| d.tutor = person);
    tutor.disabled |= fixed;
    let mut cotutor = form.field("/cotutor_id", |d| d.cotutor.clone(), |d, person| d.cotutor = person);
    cotutor.disabled |= fixed;

    draw_remote(&degrees, LoadingShape::Text, |page: &Page<Degree>| {
        let chosen = page.items.iter().find(|found| found.id.to_string() == form.values().degree_id);
        let most = chosen.map_or(3, |degree| degree.rules.max_students_per_project.clamp(1, 3));
        let kinds = chosen.map(|degree| degree.rules.project_kinds.clone()).unwrap_or_default();
        let choices: Vec<Choice> = page
            .items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect();
        let kind_field = if kinds.is_empty() {
            html! { <TextField field={kind.clone()} label={t.kind()} help={t.kind_help()} max={KIND_MAX} /> }
        } else {
            let mut choices: Vec<Choice> = kinds.iter().map(|kind| Choice::new(kind, kind.clone())).collect();
            if !kind.value.is_empty() && !kinds.contains(&kind.value) {
                choices.push(Choice::new(&kind.value, kind.value.clone()));
            }
            html! { <SelectField field={kind.clone()} label={t.kind()} none="—" {choices} /> }
        };
        html! {
            <div class="pf-v6-c-form">
                <TextField field={title} label={t.title_column()} help={t.title_help()} required=true max={TITLE_MAX} />
                <div class="gestfg-form-row">
                    <SelectField field={degree} label={t.degree()} required=true none={t.choose_degree()} {choices} />
                    { kind_field }
                    <SelectField
                        field={count}
                        label={t.students()}
                        help={t.students_help()}
                        required=true
                        choices={(1..=most).map(|n| Choice::new(n, n.to_string())).collect::<Vec<_>>()}
                    />
                </div>
                <div class="gestfg-form-row">
                    if props.with_tutor {
                        <ProfessorSelect field={tutor} label={t.tutor()} help={t.tutor_yourself()} />
                    }
                    <ProfessorSelect field={cotutor} label={t.cotutor()} help={t.cotutor_help()} />
                </div>
                <MarkdownField
                    field={form.field("/description", |d| d.description.clone(), |d, text| d.description = text)}
                    label={t.description()}
                    help={t.markdown_help()}
                    max={TEXT_MAX}
                    rows={12}
                />
                <MarkdownField
                    field={form.field("/prior_knowledge", |d| d.prior_knowledge.clone(), |d, text| d.prior_knowledge = text)}
                    label={t.prior_knowledge()}
                    max={TEXT_MAX}
                    rows={5}
                />
                <MarkdownField
                    field={form.field("/resources", |d| d.resources.clone(), |d, text| d.resources = text)}
                    label={t.resources()}
                    max={TEXT_MAX}
                    rows={5}
                />
                <TextField
                    field={form.field("/keywords", |d| d.keywords.clone(), |d, text| d.keywords = text)}
                    label={t.keywords()}
                    help={t.keywords_help()}
                />
            </div>
        }
    })
}
