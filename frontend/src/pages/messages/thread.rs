//! A thread, live.

use super::kept::{Came, Kept};
use crate::api::messages::{create_message, list_messages, read_messages};
use crate::components::{
    Alert, Button, ButtonKind, IconName, LoadFailed, Loading, LoadingShape, ProblemAlert, TextAreaField,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{Field, Remote, use_action, use_remote, use_unsaved_guard, use_visible};
use crate::i18n::{Texts, use_texts};
use crate::live::{use_unread, use_updates_about};
use crate::session::use_session;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{AssignmentId, MessageId};
use gestfg_types::messages::{BODY_MAX, Message};
use gestfg_types::updates::UpdateTopic;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The DOM id of the field one writes in.
const FIELD: &str = "message-body";
/// So near the end, in pixels, the reader follows what comes.
const NEAR: i32 = 80;

/// Properties of [`Thread`].
#[derive(Clone, Properties, PartialEq)]
pub(in crate::pages) struct ThreadProps {
    /// Of which assignment.
    pub(in crate::pages) assignment_id: AssignmentId,
    /// Whether messages can still be written.
    #[prop_or(true)]
    pub(in crate::pages) is_open: bool,
}

/// What the students and tutors of an assignment write to each other.
#[component]
pub(in crate::pages) fn Thread(props: &ThreadProps) -> Html {
    // Nothing of a thread stays for another person.
    let generation = use_session().generation;
    html! { <ThreadView key={generation} ..props.clone() /> }
}

#[component]
fn ThreadView(props: &ThreadProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let id = props.assignment_id;
    let kept = use_reducer_eq(Kept::default);
    let remote = use_remote(id, |client, id| async move { list_messages(&client, id, "").await });
    use_updates_about(&[UpdateTopic::Messages], id.0, &remote.refresh);
    {
        let dispatcher = kept.dispatcher();
        let latest = remote.latest.as_ref().map(|page| (Rc::as_ptr(page), Rc::clone(page)));
        use_effect_with(latest, move |latest| {
            if let Some((_, page)) = latest {
                dispatcher.dispatch(Came::Newest(Rc::clone(page)));
            }
        });
    }
    let older = {
        let dispatcher = kept.dispatcher();
        use_action(move |client, cursor: String| {
            let dispatcher = dispatcher.clone();
            async move {
                dispatcher.dispatch(Came::Older(list_messages(&client, id, &cursor).await?));
                Ok(())
            }
        })
    };
    use_reading(id, &kept);
    let scroll = use_node_ref();
    use_scrolling(&scroll, &kept);
    let onwritten = {
        let dispatcher = kept.dispatcher();
        Callback::from(move |message: Message| dispatcher.dispatch(Came::Written(message)))
    };
    let content = match &remote.state {
        Remote::Failed(error) if kept.is_empty() => {
            html! { <LoadFailed error={error.clone()} onretry={remote.reload.clone()} /> }
        }
        _ if remote.latest.is_none() => html! { <Loading shape={LoadingShape::Text} /> },
        _ if kept.is_empty() => html! { <p class="gestfg-subtle">{ t.thread_empty() }</p> },
        _ => html! {
            // It scrolls, so the keyboard must be able to come here.
            <div ref={scroll} class="gestfg-thread" tabindex="0" role="region" aria-label={t.thread()}>
                if let Some(cursor) = kept.older() {
                    <div class="gestfg-thread__older">
                        <Button
                            label={t.thread_older()}
                            kind={ButtonKind::Link}
                            icon={IconName::ArrowUp}
                            busy={older.running}
                            onclick={let (run, cursor) = (older.run.clone(), cursor.clone()); move |_: MouseEvent| run.emit(cursor.clone())}
                        />
                    </div>
                }
                if let Some(error) = &older.error {
                    <ProblemAlert error={error.clone()} />
                }
                <ol class="gestfg-thread__messages" role="list">
                    { for kept.messages().map(|message| draw(t, &dates, message, kept.first_unread())) }
                </ol>
            </div>
        },
    };
    let heard = kept.newest().filter(|message| !message.is_own && !message.is_read);
    html! {
        <div class="gestfg-stack">
            { content }
            <span class="pf-v6-screen-reader" role="status">
                { heard.map(|message| t.message_from(&author(t, message), &message.body)).unwrap_or_default() }
            </span>
            if props.is_open {
                <Writer {id} {onwritten} />
            } else {
                <Alert title={t.thread_closed()} />
            }
        </div>
    }
}

fn author(t: Texts, message: &Message) -> String {
    match &message.author {
        _ if message.is_own => t.message_own().to_owned(),
        Some(person) => person.name.clone(),
        None => t.message_author_gone().to_owned(),
    }
}

fn draw(t: Texts, dates: &Dates, message: &Message, first_unread: Option<i64>) -> Html {
    let id = message.id.0;
    html! {
        <li key={id} class={classes!("gestfg-message", message.is_own.then_some("gestfg-message--own"))}>
            if first_unread == Some(id) {
                <p class="gestfg-thread__new">{ t.messages_new() }</p>
            }
            <div class="gestfg-message__bubble">
                <p class="gestfg-message__head">
                    <strong>{ author(t, message) }</strong>
                    <time datetime={message.created_at.to_rfc3339()}>{ dates.date_time(message.created_at) }</time>
                </p>
                <p class="gestfg-message__body">{ &message.body }</p>
            </div>
        </li>
    }
}

/// Says to the server how far one has read, once it can be seen.
#[hook]
fn use_reading(id: AssignmentId, kept: &Kept) {
    let unread = use_unread();
    let visible = use_visible();
    let newest = kept.newest().filter(|_| kept.first_unread().is_some()).map(|message| message.id);
    let read = use_action(move |client, up_to: MessageId| {
        let refresh = unread.refresh.clone();
        async move {
            read_messages(&client, id, up_to).await?;
            refresh.emit(());
            Ok(())
        }
    });
    use_effect_with((newest, visible), move |(newest, visible)| {
        if let Some(newest) = newest.filter(|_| *visible) {
            read.run.emit(newest);
        }
    });
}

/// Follows what is new when its reader is at the end, and stays where they are
/// when older messages come in above.
#[hook]
fn use_scrolling(node: &NodeRef, kept: &Kept) {
    let height = use_mut_ref(|| 0);
    let oldest = kept.messages().next().map(|message| message.id.0);
    let newest = kept.newest().map(|message| (message.id.0, message.is_own));
    let former = use_mut_ref(|| None::<i64>);
    let node = node.clone();
    use_effect_with((oldest, newest), move |(oldest, newest)| {
        let Some(element) = node.cast::<HtmlElement>() else { return };
        let grown = element.scroll_height() - *height.borrow();
        let below = *height.borrow() - element.scroll_top() - element.client_height();
        let first = former.borrow().is_none();
        let above = former.borrow().is_some_and(|former| oldest.is_some_and(|oldest| oldest < former));
        if above {
            element.set_scroll_top(element.scroll_top() + grown);
        } else if first || below < NEAR || newest.is_some_and(|(_, own)| own) {
            element.set_scroll_top(element.scroll_height());
        }
        *height.borrow_mut() = element.scroll_height();
        *former.borrow_mut() = *oldest;
    });
}

#[derive(Properties, PartialEq)]
struct WriterProps {
    id: AssignmentId,
    onwritten: Callback<Message>,
}

/// Where one writes. What was typed stays until the server has it.
#[component]
fn Writer(props: &WriterProps) -> Html {
    let t = use_texts();
    let text = use_state_eq(String::new);
    let complained = use_state_eq(|| false);
    let guard = use_unsaved_guard(!text.trim().is_empty());
    let id = props.id;
    let send = {
        let (onwritten, text) = (props.onwritten.clone(), text.setter());
        use_action(move |client, body: String| {
            let (onwritten, text, guard) = (onwritten.clone(), text.clone(), guard.clone());
            async move {
                let message = create_message(&client, id, body).await?;
                guard.release();
                text.set(String::new());
                onwritten.emit(message);
                Ok(())
            }
        })
    };
    {
        // The field was disabled while it was sent, and lost the focus by it.
        let sent = use_mut_ref(|| false);
        use_effect_with(send.running, move |running| {
            if !running && *sent.borrow() {
                focus_field();
            }
            *sent.borrow_mut() = *running;
        });
    }
    let error = match text.trim().chars().count() {
        0 if *complained => Some(FieldCode::Required),
        length if length > BODY_MAX => Some(FieldCode::TooLong),
        _ => None,
    };
    let submit = {
        let (text, complained, run) = (text.clone(), complained.setter(), send.run.clone());
        Callback::from(move |()| {
            let body = text.trim().to_owned();
            complained.set(body.is_empty());
            if body.is_empty() || body.chars().count() > BODY_MAX {
                focus_field();
            } else {
                run.emit(body);
            }
        })
    };
    let onsubmit = {
        let submit = submit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(());
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit.emit(());
        }
    });
    let field = Field {
        id: FIELD.into(),
        value: (*text).clone(),
        error,
        onchange: {
            let (text, complained) = (text.setter(), complained.setter());
            Callback::from(move |value: String| {
                complained.set(false);
                text.set(value);
            })
        },
        onleave: Callback::noop(),
        disabled: send.running,
    };
    html! {
        <form class="pf-v6-c-form" novalidate=true {onsubmit} {onkeydown}>
            if let Some(error) = &send.error {
                <ProblemAlert error={error.clone()} />
            }
            <TextAreaField {field} label={t.message_write()} help={t.message_help()} rows={3} max={BODY_MAX} />
            <div>
                <Button label={t.message_send()} icon={IconName::Send} submit=true busy={send.running} />
            </div>
        </form>
    }
}

fn focus_field() {
    let field = gloo_utils::document().get_element_by_id(FIELD);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
