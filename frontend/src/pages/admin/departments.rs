//! Departments.

use super::editor::{EditorProps, Known, use_master_editor};
use super::master::{Editor, MasterList, Narrowing, Words};
use crate::api::master::{active_areas, create_item, update_item};
use crate::api::{ApiError, Client};
use crate::components::{Choice, Column, EditorDialog, IconName, ProfessorSelect, SelectField, TextField};
use crate::hooks::{FieldProblem, use_remote};
use crate::i18n::use_texts;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::AreaId;
use gestfg_types::master::{CreateDepartment, Department, UpdateDepartment};
use gestfg_types::users::PersonRef;
use std::rc::Rc;
use yew::prelude::*;

/// The list of departments.
#[component]
pub fn DepartmentsPage() -> Html {
    let t = use_texts();
    let areas = use_remote((), |client, ()| async move { active_areas(&client).await });
    let choices: Vec<Choice> = areas.ready().map_or_else(Vec::new, |page| {
        page.items.iter().map(|area| Choice::new(area.id, area.name.clone())).collect()
    });
    let words = Words {
        title: t.route_departments(),
        lead: t.departments_lead(),
        search: t.search_by_name(),
        new: t.department_new(),
        empty: t.departments_empty(),
        empty_body: t.departments_empty_body(),
        icon: IconName::Building,
    };
    let columns = vec![
        Column::new(t.code(), |department: &Department| html! { <strong>{ &department.code }</strong> }),
        Column::new(t.name(), |department: &Department| html! { &department.name }),
        Column::new(t.area(), |department: &Department| html! { &department.area.name }),
        Column::new(t.head(), move |department: &Department| match &department.head {
            Some(head) => html! { &head.name },
            None => html! { <span class="gestfg-subtle">{ t.no_head() }</span> },
        }),
    ];
    let editor: Editor<Department> = {
        let choices = choices.clone();
        Rc::new(move |item, onsaved, onclose| {
            html! { <DepartmentEditor {item} areas={choices.clone()} {onsaved} {onclose} /> }
        })
    };
    let narrowing = Narrowing { name: "area_id", label: t.area(), choices };
    html! { <MasterList<Department> {words} {columns} {narrowing} {editor} /> }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    code: String,
    name: String,
    area: String,
    head: Option<PersonRef>,
}

impl Values {
    fn of(item: Option<&Department>) -> Self {
        item.map_or_else(Self::default, |department| Self {
            code: department.code.clone(),
            name: department.name.clone(),
            area: department.area.id.to_string(),
            head: department.head.clone(),
        })
    }

    fn area_id(&self) -> Option<AreaId> {
        self.area.parse().ok()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .text("/code", &values.code, 20)
        .text("/name", &values.name, 200)
        .when(values.area_id().is_none(), "/area_id", FieldCode::Required)
        .done()
}

#[derive(Properties, PartialEq)]
struct DepartmentEditorProps {
    item: Option<Department>,
    areas: Vec<Choice>,
    onsaved: Callback<Department>,
    onclose: Callback<()>,
}

async fn save(client: Client, known: Known<Department>, values: Values) -> Result<Department, ApiError> {
    let (code, name) = (values.code.trim().to_owned(), values.name.trim().to_owned());
    let area_id = values.area_id().unwrap_or(AreaId(0));
    let item = known.borrow().clone();
    match item {
        None => create_item(&client, &CreateDepartment { code, name, area_id }).await,
        Some(department) => {
            let head = values.head.map(|person| person.id);
            let changed = head != department.head.as_ref().map(|person| person.id);
            let changes = UpdateDepartment {
                code: Some(code),
                name: Some(name),
                area_id: Some(area_id),
                head_id: changed.then_some(head),
                is_active: None,
            };
            update_item(&client, department.id.0, department.version, &changes).await
        }
    }
}

#[component]
fn DepartmentEditor(props: &DepartmentEditorProps) -> Html {
    let t = use_texts();
    let shared = EditorProps {
        item: props.item.clone(),
        onsaved: props.onsaved.clone(),
        onclose: props.onclose.clone(),
    };
    let editor = use_master_editor("department", &shared, Values::of, check, save);
    let form = &editor.form;
    // An area that is no longer offered stays choosable where it is chosen.
    let mut areas = props.areas.clone();
    if let Some(department) = &props.item {
        let own = Choice::new(department.area.id, department.area.name.clone());
        if !areas.contains(&own) {
            areas.push(own);
        }
    }
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.department_edit() } else { t.department_new() }}
            id={form.id.clone()}
            onsubmit={editor.onsubmit.clone()}
            sending={editor.is_busy}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/code", "/name", "/area_id", "/head_id"])}
            onreload={editor.onreload.clone()}
            onclose={props.onclose.clone()}
        >
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/code", |v| v.code.clone(), |v, code| v.code = code)}
                    label={t.code()}
                    required=true
                    max={20}
                    autofocus=true
                />
                <SelectField
                    field={form.field("/area_id", |v| v.area.clone(), |v, area| v.area = area)}
                    label={t.area()}
                    none={t.choose_area()}
                    choices={areas}
                    required=true
                />
            </div>
            <TextField
                field={form.field("/name", |v| v.name.clone(), |v, name| v.name = name)}
                label={t.name()}
                required=true
                max={200}
            />
            if let Some(department) = &props.item {
                <ProfessorSelect
                    field={form.field("/head_id", |v| v.head.clone(), |v, head| v.head = head)}
                    label={t.head()}
                    help={t.head_help()}
                    department={department.id}
                />
            }
        </EditorDialog>
    }
}
