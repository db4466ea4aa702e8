//! Rooms.

use super::editor::{EditorProps, Known, use_master_editor};
use super::master::{Editor, MasterList, Words};
use crate::api::master::{create_item, update_item};
use crate::api::{ApiError, Client};
use crate::components::{Column, EditorDialog, IconName, RouteLink, TextAreaField, TextField};
use crate::hooks::FieldProblem;
use crate::i18n::use_texts;
use crate::route::Route;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::rooms::{CreateRoom, Room, UpdateRoom};
use std::rc::Rc;
use yew::prelude::*;

/// The list of rooms.
#[component]
pub fn RoomsPage() -> Html {
    let t = use_texts();
    let words = Words {
        title: t.route_rooms(),
        lead: t.rooms_lead(),
        search: t.rooms_search(),
        new: t.room_new(),
        empty: t.rooms_empty(),
        empty_body: t.rooms_empty_body(),
        icon: IconName::Home,
    };
    let columns = vec![
        Column::new(t.name(), |room: &Room| html! { <strong>{ &room.name }</strong> }),
        Column::new(t.building(), |room: &Room| html! { &room.building }),
        Column::new(t.capacity(), |room: &Room| html! { { for room.capacity } }),
        Column::new(t.closures_ahead(), move |room: &Room| {
            html! {
                <RouteLink to={Route::RoomClosures { id: room.id }}>
                    { room.closures_ahead.unwrap_or_default() }
                    <span class="pf-v6-screen-reader">{ " " }{ t.closures_of(&room.name) }</span>
                </RouteLink>
            }
        }),
    ];
    let editor: Editor<Room> = Rc::new(|item, onsaved, onclose| {
        html! { <RoomEditor {item} {onsaved} {onclose} /> }
    });
    html! { <MasterList<Room> {words} {columns} {editor} /> }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    name: String,
    building: String,
    capacity: String,
    notes: String,
}

impl Values {
    fn of(item: Option<&Room>) -> Self {
        item.map_or_else(Self::default, |room| Self {
            name: room.name.clone(),
            building: room.building.clone(),
            capacity: room.capacity.map(|capacity| capacity.to_string()).unwrap_or_default(),
            notes: room.notes.clone().unwrap_or_default(),
        })
    }

    fn seats(&self) -> Option<i16> {
        self.capacity.trim().parse().ok()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let seats = values.seats();
    let is_given = !values.capacity.trim().is_empty();
    let too_long = |text: &str, max: usize| text.trim().chars().count() > max;
    Check::new()
        .text("/name", &values.name, 100)
        .when(too_long(&values.building, 200), "/building", FieldCode::TooLong)
        .when(is_given && seats.is_none(), "/capacity", FieldCode::NotANumber)
        .when(seats.is_some_and(|seats| !(1..=10_000).contains(&seats)), "/capacity", FieldCode::OutOfRange)
        .when(too_long(&values.notes, 2000), "/notes", FieldCode::TooLong)
        .done()
}

async fn save(client: Client, known: Known<Room>, values: Values) -> Result<Room, ApiError> {
    let capacity = values.seats();
    let (name, building) = (values.name.trim().to_owned(), values.building.trim().to_owned());
    let notes = values.notes;
    let item = known.borrow().clone();
    match item {
        None => create_item(&client, &CreateRoom { name, building, capacity, notes }).await,
        Some(room) => {
            let changes = UpdateRoom {
                name: Some(name),
                building: Some(building),
                capacity: Some(capacity),
                notes: Some(notes),
                is_active: None,
            };
            update_item(&client, room.id.0, room.version, &changes).await
        }
    }
}

#[component]
fn RoomEditor(props: &EditorProps<Room>) -> Html {
    let t = use_texts();
    let editor = use_master_editor("room", props, Values::of, check, save);
    let form = &editor.form;
    html! {
        <EditorDialog
            title={if props.item.is_some() { t.room_edit() } else { t.room_new() }}
            id={form.id.clone()}
            onsubmit={editor.onsubmit.clone()}
            sending={editor.is_busy}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/name", "/building", "/capacity", "/notes"])}
            onreload={editor.onreload.clone()}
            onclose={props.onclose.clone()}
        >
            <TextField
                field={form.field("/name", |v| v.name.clone(), |v, name| v.name = name)}
                label={t.name()}
                required=true
                max={100}
                autofocus=true
            />
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/building", |v| v.building.clone(), |v, building| v.building = building)}
                    label={t.building()}
                    max={200}
                />
                <TextField
                    field={form.field("/capacity", |v| v.capacity.clone(), |v, capacity| v.capacity = capacity)}
                    label={t.capacity()}
                    help={t.capacity_help()}
                    kind="number"
                />
            </div>
            <TextAreaField
                field={form.field("/notes", |v| v.notes.clone(), |v, notes| v.notes = notes)}
                label={t.room_notes()}
            />
        </EditorDialog>
    }
}
