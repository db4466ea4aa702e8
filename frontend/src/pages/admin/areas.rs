//! Areas.

use super::master::{Editor, MasterList, Words};
use crate::api::master::{create_item, find_item, update_item};
use crate::components::{Column, EditorDialog, IconName, TextField};
use crate::hooks::{FieldProblem, use_action, use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
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

#[derive(Properties, PartialEq)]
struct AreaEditorProps {
    item: Option<Area>,
    onsaved: Callback<Area>,
    onclose: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(name: &String) -> Vec<FieldProblem> {
    Check::new().text("/name", name, 200).done()
}

#[component]
fn AreaEditor(props: &AreaEditorProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let base = use_mut_ref(|| props.item.clone());
    let form = use_form("area", || props.item.clone().map(|area| area.name).unwrap_or_default(), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let reload = use_action({
        let (base, form) = (base.clone(), form.clone());
        move |client, ()| {
            let (base, form) = (base.clone(), form.clone());
            async move {
                let id = base.borrow().as_ref().map_or(0, |area| area.id.0);
                let area: Area = find_item(&client, id).await?;
                form.reset(area.name.clone());
                base.replace(Some(area));
                Ok(())
            }
        }
    });
    let onsubmit = form.on_submit({
        let onsaved = props.onsaved.clone();
        move |name: String| {
            let (client, onsaved, guard) = (session.client.clone(), onsaved.clone(), guard.clone());
            let item = base.borrow().clone();
            async move {
                let name = name.trim().to_owned();
                let saved = match item {
                    None => create_item(&client, &CreateArea { name }).await?,
                    Some(area) => {
                        let changes = UpdateArea { name: Some(name), is_active: None };
                        update_item(&client, area.id.0, area.version, &changes).await?
                    }
                };
                guard.release();
                onsaved.emit(saved);
                Ok(())
            }
        }
    });
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.area_edit() } else { t.area_new() }}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending() || reload.running}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/name"])}
            onreload={props.item.is_some().then(|| reload.run.clone())}
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
