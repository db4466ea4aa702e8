//! When a room cannot be used.

use crate::api::committees::{create_closure, delete_closure, list_closures};
use crate::api::master::find_item;
use crate::components::{
    Button, ButtonKind, Column, ConfirmDialog, Crumb, DataTable, EditorDialog, EmptyState, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, Pager, TableContent, TextField, draw_remote,
    export_query, use_toasts,
};
use crate::format::{Dates, read_clock, use_dates};
use crate::hooks::{FieldProblem, ListQuery, use_action, use_form, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use crate::zone::now;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{RoomClosureId, RoomId};
use gestfg_types::pagination::Page;
use gestfg_types::rooms::{CreateRoomClosure, Room, RoomClosure};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ClosuresQuery {
    past: String,
    cursor: String,
}

impl ListQuery for ClosuresQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Closing,
    Reopening(RoomClosure),
}

fn when(closure: &RoomClosure, t: Texts, dates: &Dates) -> String {
    t.between(&dates.date_time(closure.starts_at), &dates.deadline(closure.ends_at))
}

/// Properties of [`RoomClosuresPage`].
#[derive(Properties, PartialEq)]
pub struct RoomClosuresPageProps {
    /// Which room.
    pub id: RoomId,
}

/// The closures of a room, to make and to take back.
#[component]
pub fn RoomClosuresPage(props: &RoomClosuresPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let url = use_query::<ClosuresQuery>();
    let over = use_state_eq(|| Over::Nothing);
    let room = use_remote(props.id, |client, id| async move { find_item::<Room>(&client, id.0).await });
    let with_past = !url.query.past.is_empty();
    let asked = (props.id, with_past, url.query.cursor.clone());
    let found = use_remote(asked, |client, (id, with_past, cursor)| async move {
        list_closures(&client, id, (!with_past).then(now), &cursor).await
    });
    let room_id = props.id;
    let reopening = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        use_action(move |client, id: RoomClosureId| {
            let (over, refresh, toasts) = (over.clone(), refresh.clone(), toasts.clone());
            async move {
                delete_closure(&client, room_id, id).await?;
                over.set(Over::Nothing);
                toasts.done(t.closure_removed());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let close = {
        let (over, clear) = (over.setter(), reopening.clear.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            clear.emit(());
        })
    };
    let closed = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let new = {
        let over = over.setter();
        let onclick = Callback::from(move |_: MouseEvent| over.set(Over::Closing));
        html! { <Button label={t.closure_new()} icon={IconName::Plus} {onclick} /> }
    };
    let at = dates.clone();
    let columns = vec![
        Column::new(t.when(), {
            let dates = dates.clone();
            move |closure: &RoomClosure| html! { when(closure, t, &dates) }
        }),
        Column::new(t.closure_reason(), |closure: &RoomClosure| html! { &closure.reason }),
        Column::new(t.actions(), {
            let over = over.setter();
            move |closure: &RoomClosure| {
                let label = t.closure_remove_named(&when(closure, t, &at));
                let (over, closure) = (over.clone(), closure.clone());
                let onclick = Callback::from(move |_: MouseEvent| over.set(Over::Reopening(closure.clone())));
                html! { <Button {label} kind={ButtonKind::Plain} icon={IconName::Trash} icon_only=true {onclick} /> }
            }
        })
        .of_actions(),
    ];
    let list = |page: &Page<RoomClosure>| {
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Calendar} title={t.closures_empty()} actions={new.clone()}>
                    { t.closures_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <>
                <DataTable caption={t.route_room()} content={TableContent::new(&columns, &page.items)} />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={url.query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    let tab = |past: &'static str, label: &'static str| {
        let current = with_past != past.is_empty();
        let go = url.choose(|query, past| query.past = past);
        html! {
            <button
                type="button"
                class="gestfg-toggle"
                aria-pressed={if current { "true" } else { "false" }}
                onclick={go.reform(move |_: MouseEvent| past.to_owned())}
            >
                { label }
            </button>
        }
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Closing => html! { <CloseDialog room={props.id} onclose={close} onclosed={closed} /> },
        Over::Reopening(closure) => {
            let id = closure.id;
            html! {
                <ConfirmDialog
                    title={t.closure_remove_title()}
                    confirm={t.closure_remove()}
                    busy={reopening.running}
                    error={reopening.error.clone()}
                    onconfirm={reopening.run.reform(move |()| id)}
                    oncancel={close}
                >
                    <p>{ when(closure, t, &dates) }</p>
                </ConfirmDialog>
            }
        }
    };
    let title =
        room.latest.as_ref().map_or_else(|| t.route_room().to_owned(), |room| t.closures_of(&room.name));
    let from = if with_past { String::new() } else { now().format("%Y-%m-%dT%H:%M:%SZ").to_string() };
    let actions = html! {
        <>
            <ListExport
                path={format!("/rooms/{}/closures", props.id)}
                query={export_query(&[("from", from)])}
                name={title.clone()}
            />
            { new.clone() }
        </>
    };
    html! {
        <>
            <PageHeader
                {title}
                lead={t.closures_lead()}
                crumbs={vec![Crumb { to: Route::Rooms, label: t.route_rooms().into() }]}
                {actions}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-toggles" role="group" aria-label={t.filters()}>
                        { tab("", t.closures_ahead_only()) }
                        { tab("1", t.closures_past()) }
                    </div>
                    { draw_remote(&found, LoadingShape::Rows, list) }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    from: String,
    until: String,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let (from, until) = (read_clock(&values.from), read_clock(&values.until));
    let backwards = from.zip(until).is_some_and(|(from, until)| until < from);
    Check::new()
        .when(from.is_none(), "/starts_at", FieldCode::Required)
        .when(until.is_none(), "/ends_at", FieldCode::Required)
        .when(backwards, "/ends_at", FieldCode::OutOfRange)
        .optional_text("/reason", &values.reason, 500)
        .done()
}

#[derive(Properties, PartialEq)]
struct CloseDialogProps {
    room: RoomId,
    onclose: Callback<()>,
    onclosed: Callback<()>,
}

/// Asks from when until when, and why.
#[component]
fn CloseDialog(props: &CloseDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("closure", Values::default, check);
    let onsubmit = {
        let (room, onclosed) = (props.room, props.onclosed.clone());
        form.on_submit(move |values: Values| {
            let times = dates.read(&values.from).zip(dates.read_deadline(&values.until));
            let (client, toasts, onclosed) = (session.client.clone(), toasts.clone(), onclosed.clone());
            async move {
                let Some((starts_at, ends_at)) = times else { return Ok(()) };
                let closure =
                    CreateRoomClosure { starts_at, ends_at, reason: values.reason.trim().to_owned() };
                create_closure(&client, room, &closure).await?;
                toasts.done(t.closure_created());
                onclosed.emit(());
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.closure_new()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/starts_at", "/ends_at", "/reason"])}
            onclose={props.onclose.clone()}
        >
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/starts_at", |v| v.from.clone(), |v, from| v.from = from)}
                    label={t.phase_from()}
                    kind="datetime-local"
                    required=true
                />
                <TextField
                    field={form.field("/ends_at", |v| v.until.clone(), |v, until| v.until = until)}
                    label={t.phase_until()}
                    kind="datetime-local"
                    required=true
                />
            </div>
            <TextField
                field={form.field("/reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                label={t.closure_reason()}
                max={500}
            />
        </EditorDialog>
    }
}
