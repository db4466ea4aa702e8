//! Sittings.

use super::editor::{EditorProps, Known, use_master_editor};
use super::master::{Editor, MasterList, Words};
use crate::api::master::{create_item, update_item};
use crate::api::{ApiError, Client};
use crate::components::{Column, EditorDialog, IconName, TextField};
use crate::hooks::FieldProblem;
use crate::i18n::use_texts;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::master::{CreateSitting, Sitting, UpdateSitting};
use std::rc::Rc;
use yew::prelude::*;

/// The list of sittings.
#[component]
pub fn SittingsPage() -> Html {
    let t = use_texts();
    let words = Words {
        title: t.route_sittings(),
        lead: t.sittings_lead(),
        search: t.search_by_name(),
        new: t.sitting_new(),
        empty: t.sittings_empty(),
        empty_body: t.sittings_empty_body(),
        icon: IconName::Calendar,
    };
    let columns = vec![
        Column::new(t.position(), |sitting: &Sitting| html! { sitting.position }),
        Column::new(t.code(), |sitting: &Sitting| html! { <strong>{ &sitting.code }</strong> }),
        Column::new(t.name(), |sitting: &Sitting| html! { &sitting.name }),
    ];
    let editor: Editor<Sitting> = Rc::new(|item, onsaved, onclose| {
        html! { <SittingEditor {item} {onsaved} {onclose} /> }
    });
    html! { <MasterList<Sitting> {words} {columns} {editor} /> }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    code: String,
    name: String,
    position: String,
}

impl Values {
    fn of(item: Option<&Sitting>) -> Self {
        item.map_or_else(
            || Self { position: "0".to_owned(), ..Self::default() },
            |sitting| Self {
                code: sitting.code.clone(),
                name: sitting.name.clone(),
                position: sitting.position.to_string(),
            },
        )
    }

    fn place(&self) -> Option<i16> {
        self.position.trim().parse().ok()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let place = values.place();
    Check::new()
        .text("/code", &values.code, 20)
        .text("/name", &values.name, 200)
        .when(values.position.trim().is_empty(), "/position", FieldCode::Required)
        .when(place.is_none(), "/position", FieldCode::NotANumber)
        .when(place.is_some_and(|place| !(0..=100).contains(&place)), "/position", FieldCode::OutOfRange)
        .done()
}

async fn save(client: Client, known: Known<Sitting>, values: Values) -> Result<Sitting, ApiError> {
    let position = values.place().unwrap_or_default();
    let (code, name) = (values.code.trim().to_owned(), values.name.trim().to_owned());
    let item = known.borrow().clone();
    match item {
        None => create_item(&client, &CreateSitting { code, name, position }).await,
        Some(sitting) => {
            let changes = UpdateSitting {
                code: Some(code),
                name: Some(name),
                position: Some(position),
                is_active: None,
            };
            update_item(&client, sitting.id.0, sitting.version, &changes).await
        }
    }
}

#[component]
fn SittingEditor(props: &EditorProps<Sitting>) -> Html {
    let t = use_texts();
    let editor = use_master_editor("sitting", props, Values::of, check, save);
    let form = &editor.form;
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.sitting_edit() } else { t.sitting_new() }}
            id={form.id.clone()}
            onsubmit={editor.onsubmit.clone()}
            sending={editor.is_busy}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/code", "/name", "/position"])}
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
                <TextField
                    field={form.field("/position", |v| v.position.clone(), |v, position| v.position = position)}
                    label={t.position()}
                    help={t.position_help()}
                    kind="number"
                    required=true
                />
            </div>
            <TextField
                field={form.field("/name", |v| v.name.clone(), |v, name| v.name = name)}
                label={t.name()}
                required=true
                max={200}
            />
        </EditorDialog>
    }
}
