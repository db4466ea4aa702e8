//! Editing a degree: what it is, who coordinates it, its rules.

use super::document_rules::DocumentRules;
use super::editor::{EditorProps, Known, use_master_editor};
use crate::api::master::{create_item, update_item};
use crate::api::{ApiError, Client};
use crate::components::{
    Button, ButtonKind, CheckField, Choice, EditorDialog, IconName, ProfessorSelect, SelectField, TextField,
};
use crate::hooks::{Field, FieldProblem};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::documents::DocumentRule;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::{CreateDegree, Degree, DegreeRules, Level, UpdateDegree};
use gestfg_types::session::Permission;
use gestfg_types::users::PersonRef;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Values {
    code: String,
    name: String,
    level: String,
    coordinators: Vec<PersonRef>,
    max_students: String,
    requires_validation: bool,
    tutors_public: bool,
    kinds: String,
    documents: Vec<DocumentRule>,
}

const fn level_value(level: Level) -> &'static str {
    match level {
        Level::Bachelor => "bachelor",
        Level::Master => "master",
    }
}

impl Values {
    fn of(item: Option<&Degree>) -> Self {
        let rules = item.map(|degree| degree.rules.clone()).unwrap_or_default();
        Self {
            code: item.map(|degree| degree.code.clone()).unwrap_or_default(),
            name: item.map(|degree| degree.name.clone()).unwrap_or_default(),
            level: level_value(item.map_or(Level::Bachelor, |degree| degree.level)).to_owned(),
            coordinators: item.map(|degree| degree.coordinators.clone()).unwrap_or_default(),
            max_students: rules.max_students_per_project.to_string(),
            requires_validation: rules.requires_validation,
            tutors_public: rules.tutors_public,
            kinds: rules.project_kinds.join(", "),
            documents: rules.documents,
        }
    }

    fn level(&self) -> Level {
        if self.level == "master" { Level::Master } else { Level::Bachelor }
    }

    fn rules(&self) -> DegreeRules {
        DegreeRules {
            max_students_per_project: self.max_students.parse().unwrap_or(3),
            requires_validation: self.requires_validation,
            project_kinds: kinds(&self.kinds),
            tutors_public: self.tutors_public,
            documents: self.documents.clone(),
        }
    }

    /// What of `degree` is to become otherwise; nothing when all stays.
    fn changes(&self, degree: &Degree) -> Option<UpdateDegree> {
        let (code, name) = (self.code.trim(), self.name.trim());
        let wanted: Vec<_> = self.coordinators.iter().map(|person| person.id).collect();
        let present: Vec<_> = degree.coordinators.iter().map(|person| person.id).collect();
        let rules = self.rules();
        let changes = UpdateDegree {
            code: (code != degree.code).then(|| code.to_owned()),
            name: (name != degree.name).then(|| name.to_owned()),
            level: (self.level() != degree.level).then(|| self.level()),
            coordinator_ids: (wanted != present).then_some(wanted),
            rules: (rules != degree.rules).then_some(rules),
            is_active: None,
        };
        let nothing = changes.code.is_none()
            && changes.name.is_none()
            && changes.level.is_none()
            && changes.coordinator_ids.is_none()
            && changes.rules.is_none();
        (!nothing).then_some(changes)
    }
}

fn kinds(text: &str) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in text.split([',', ';', '\n']).map(str::trim).filter(|kind| !kind.is_empty()) {
        if !kinds.iter().any(|known| known == kind) {
            kinds.push(kind.to_owned());
        }
    }
    kinds
}

fn is_unfinished(rule: &DocumentRule) -> bool {
    rule.code.trim().is_empty() || rule.name.trim().is_empty()
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let kinds = kinds(&values.kinds);
    Check::new()
        .text("/code", &values.code, 20)
        .text("/name", &values.name, 200)
        .when(values.documents.iter().any(is_unfinished), "/rules/documents", FieldCode::Required)
        .when(kinds.len() > 50, "/rules/project_kinds", FieldCode::OutOfRange)
        .when(kinds.iter().any(|kind| kind.chars().count() > 100), "/rules/project_kinds", FieldCode::TooLong)
        .done()
}

/// Made first, then given its coordinators and rules: should the second fail,
/// the next try goes on from there.
async fn save(client: Client, known: Known<Degree>, values: Values) -> Result<Degree, ApiError> {
    let item = known.borrow().clone();
    let degree = match item {
        Some(degree) => degree,
        None => {
            let (code, name) = (values.code.trim().to_owned(), values.name.trim().to_owned());
            let new = CreateDegree { code, name, level: values.level() };
            let made: Degree = create_item(&client, &new).await?;
            known.replace(Some(made.clone()));
            made
        }
    };
    match values.changes(&degree) {
        Some(changes) => update_item(&client, degree.id.0, degree.version, &changes).await,
        None => Ok(degree),
    }
}

/// The dialog. A coordinator sees only the rules: the rest is the admin's.
#[component]
pub(super) fn DegreeEditor(props: &EditorProps<Degree>) -> Html {
    let t = use_texts();
    let whole = use_session().may(Permission::ManageMasterData);
    let editor = use_master_editor("degree", props, Values::of, check, save);
    let form = &editor.form;
    let level_refused = form.failure().and_then(ApiError::code) == Some(ErrorCode::InUse);
    let pointers = ["/code", "/name", "/level", "/coordinator_ids", "/rules"];
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.degree_edit() } else { t.degree_new() }}
            id={form.id.clone()}
            onsubmit={editor.onsubmit.clone()}
            wide=true
            sending={editor.is_busy}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&pointers)}
            onreload={editor.onreload.clone()}
            onclose={props.onclose.clone()}
        >
            if whole {
                <div class="gestfg-form-row">
                    <TextField
                        field={form.field("/code", |v| v.code.clone(), |v, code| v.code = code)}
                        label={t.code()}
                        required=true
                        max={20}
                        autofocus=true
                    />
                    <SelectField
                        field={form.field("/level", |v| v.level.clone(), |v, level| v.level = level)}
                        label={t.level()}
                        help={if level_refused { t.level_change_refused() } else { t.level_fixed_help() }}
                        choices={vec![
                            Choice::new("bachelor", t.level_name(Level::Bachelor)),
                            Choice::new("master", t.level_name(Level::Master)),
                        ]}
                        required=true
                    />
                </div>
                <TextField
                    field={form.field("/name", |v| v.name.clone(), |v, name| v.name = name)}
                    label={t.name()}
                    required=true
                    max={200}
                />
                <People field={form.field("/coordinator_ids", |v| v.coordinators.clone(), |v, people| v.coordinators = people)} />
            } else {
                <p><strong>{ format!("{} · {}", form.values().code, form.values().name) }</strong></p>
            }
            <fieldset class="gestfg-fieldset">
                <legend>{ t.rules() }</legend>
                <p class="gestfg-subtle">{ t.rules_lead() }</p>
                <div class="gestfg-form-row">
                    <SelectField
                        field={form.field("/rules/max_students_per_project", |v| v.max_students.clone(), |v, count| v.max_students = count)}
                        label={t.rule_max_students()}
                        choices={(1..=3).map(|count| Choice::new(count, count.to_string())).collect::<Vec<_>>()}
                    />
                    <TextField
                        field={form.field("/rules/project_kinds", |v| v.kinds.clone(), |v, kinds| v.kinds = kinds)}
                        label={t.rule_kinds()}
                        help={t.rule_kinds_help()}
                    />
                </div>
                <CheckField
                    field={form.field("/rules/requires_validation", |v| v.requires_validation, |v, on| v.requires_validation = on)}
                    label={t.rule_requires_validation()}
                    help={t.rule_requires_validation_help()}
                />
                <CheckField
                    field={form.field("/rules/tutors_public", |v| v.tutors_public, |v, on| v.tutors_public = on)}
                    label={t.rule_tutors_public()}
                    help={t.rule_tutors_public_help()}
                />
            </fieldset>
            <DocumentRules field={form.field("/rules/documents", |v| v.documents.clone(), |v, rules| v.documents = rules)} />
        </EditorDialog>
    }
}

#[derive(Properties, PartialEq)]
struct PeopleProps {
    field: Field<Vec<PersonRef>>,
}

/// Several professors: those chosen, each with a way out, and a box to add
/// another.
#[component]
fn People(props: &PeopleProps) -> Html {
    let t = use_texts();
    let field = &props.field;
    let onadd = {
        let (people, onchange) = (field.value.clone(), field.onchange.clone());
        Callback::from(move |person: Option<PersonRef>| {
            let Some(person) = person else { return };
            let mut people = people.clone();
            if !people.contains(&person) {
                people.push(person);
            }
            onchange.emit(people);
        })
    };
    let remove = |person: &PersonRef| {
        let (people, onchange, id) = (field.value.clone(), field.onchange.clone(), person.id);
        Callback::from(move |_: MouseEvent| {
            onchange.emit(people.iter().filter(|person| person.id != id).cloned().collect());
        })
    };
    let search = Field {
        id: field.id.clone(),
        value: None::<PersonRef>,
        error: field.error,
        onchange: onadd,
        onleave: field.onleave.clone(),
        disabled: field.disabled,
    };
    html! {
        <div class="gestfg-people">
            <ProfessorSelect field={search} label={t.add_coordinator()} help={t.coordinators_help()} />
            <ul class="gestfg-chips" role="list" aria-label={t.coordinators()}>
                if field.value.is_empty() {
                    <li class="gestfg-subtle">{ t.no_coordinators() }</li>
                }
                { for field.value.iter().map(|person| html! {
                    <li key={person.id.0} class="gestfg-chip">
                        <span>{ &person.name }</span>
                        <Button
                            label={t.remove_named(&person.name)}
                            kind={ButtonKind::Plain}
                            icon={IconName::Times}
                            icon_only=true
                            small=true
                            disabled={field.disabled}
                            onclick={remove(person)}
                        />
                    </li>
                }) }
            </ul>
        </div>
    }
}
