//! Sittings.

use super::master::{Editor, MasterList, Words};
use crate::api::master::{create_item, find_item, update_item};
use crate::components::{Column, EditorDialog, IconName, TextField};
use crate::hooks::{FieldProblem, use_action, use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
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

#[derive(Properties, PartialEq)]
struct SittingEditorProps {
    item: Option<Sitting>,
    onsaved: Callback<Sitting>,
    onclose: Callback<()>,
}

#[component]
fn SittingEditor(props: &SittingEditorProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let base = use_mut_ref(|| props.item.clone());
    let form = use_form("sitting", || Values::of(props.item.as_ref()), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let reload = use_action({
        let (base, form) = (base.clone(), form.clone());
        move |client, ()| {
            let (base, form) = (base.clone(), form.clone());
            async move {
                let id = base.borrow().as_ref().map_or(0, |sitting| sitting.id.0);
                let sitting: Sitting = find_item(&client, id).await?;
                form.reset(Values::of(Some(&sitting)));
                base.replace(Some(sitting));
                Ok(())
            }
        }
    });
    let onsubmit = form.on_submit({
        let onsaved = props.onsaved.clone();
        move |values: Values| {
            let (client, onsaved, guard) = (session.client.clone(), onsaved.clone(), guard.clone());
            let item = base.borrow().clone();
            async move {
                let position = values.place().unwrap_or_default();
                let (code, name) = (values.code.trim().to_owned(), values.name.trim().to_owned());
                let saved = match item {
                    None => create_item(&client, &CreateSitting { code, name, position }).await?,
                    Some(sitting) => {
                        let changes = UpdateSitting {
                            code: Some(code),
                            name: Some(name),
                            position: Some(position),
                            is_active: None,
                        };
                        update_item(&client, sitting.id.0, sitting.version, &changes).await?
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
            title={if props.item.is_some() { t.sitting_edit() } else { t.sitting_new() }}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending() || reload.running}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/code", "/name", "/position"])}
            onreload={props.item.is_some().then(|| reload.run.clone())}
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
