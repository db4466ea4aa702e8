//! Areas.

use super::editor::{EditorProps, Known, use_master_editor};
use super::master::{Editor, MasterList, Words};
use crate::api::master::{create_item, update_item};
use crate::api::{ApiError, Client};
use crate::components::{Column, EditorDialog, IconName, TextField};
use crate::hooks::FieldProblem;
use crate::i18n::use_texts;
use crate::validation::Check;
use gestfg_types::master::{Area, CreateArea, UpdateArea};
use std::rc::Rc;
use yew::prelude::*;

/// The list of areas.
#[component]
pub fn AreasPage() -> Html {
    let t = use_texts();
    let words = Words {
        title: t.route_areas(),
        lead: t.areas_lead(),
        search: t.search_by_plain_name(),
        new: t.area_new(),
        empty: t.areas_empty(),
        empty_body: t.areas_empty_body(),
        icon: IconName::Layers,
    };
    let columns = vec![Column::new(t.name(), |area: &Area| html! { &area.name })];
    let editor: Editor<Area> = Rc::new(|item, onsaved, onclose| {
        html! { <AreaEditor {item} {onsaved} {onclose} /> }
    });
    html! { <MasterList<Area> {words} {columns} {editor} /> }
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(name: &String) -> Vec<FieldProblem> {
    Check::new().text("/name", name, 200).done()
}

fn values(area: Option<&Area>) -> String {
    area.map(|area| area.name.clone()).unwrap_or_default()
}

async fn save(client: Client, known: Known<Area>, name: String) -> Result<Area, ApiError> {
    let name = name.trim().to_owned();
    let item = known.borrow().clone();
    match item {
        None => create_item(&client, &CreateArea { name }).await,
        Some(area) => {
            let changes = UpdateArea { name: Some(name), is_active: None };
            update_item(&client, area.id.0, area.version, &changes).await
        }
    }
}

#[component]
fn AreaEditor(props: &EditorProps<Area>) -> Html {
    let t = use_texts();
    let editor = use_master_editor("area", props, values, check, save);
    let form = &editor.form;
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.area_edit() } else { t.area_new() }}
            id={form.id.clone()}
            onsubmit={editor.onsubmit.clone()}
            sending={editor.is_busy}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/name"])}
            onreload={editor.onreload.clone()}
            onclose={props.onclose.clone()}
        >
            <TextField
                field={form.field("/name", String::clone, |name, value| *name = value)}
                label={t.name()}
                required=true
                max={200}
                autofocus=true
            />
        </EditorDialog>
    }
}
