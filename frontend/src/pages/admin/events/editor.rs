//! Writing an announcement or an entry of the calendar.

use super::draft::{BODY_MAX, Draft, audience_choices, audience_value, check};
use crate::api::events::{create_event, delete_event, find_event, update_event};
use crate::api::master::{active_degrees, active_departments};
use crate::components::{
    Button, ButtonKind, Card, CheckField, Choice, ConfirmDialog, Crumb, FormActions, FormFrame, IconName,
    LoadingShape, MarkdownField, PageHeader, PageSection, SelectField, StaleNotice, TextField, draw_remote,
    event_audience, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::events::{Event, EventAction, EventKind, LOCATION_MAX, TITLE_MAX};
use gestfg_types::ids::EventId;
use gestfg_types::session::{DegreeRef, DepartmentRef};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

/// The pointers that have a field, so that anything else is said at the head.
const POINTERS: [&str; 8] =
    ["/kind", "/title", "/body", "/location", "/audience", "/starts_at", "/ends_at", "/expires_at"];

/// The page to write one on.
#[component]
pub fn NewEventPage() -> Html {
    let t = use_texts();
    html! {
        <>
            <PageHeader title={t.event_new()} lead={t.required_note()} crumbs={crumbs(t.route_events())} />
            <PageSection><Editor event={None::<Rc<Event>>} /></PageSection>
        </>
    }
}

fn crumbs(label: &'static str) -> Vec<Crumb> {
    vec![Crumb { to: Route::Events, label: label.into() }]
}

/// Properties of [`EditEventPage`].
#[derive(Properties, PartialEq)]
pub struct EditEventPageProps {
    /// Which.
    pub id: EventId,
}

/// The page to rewrite one on.
#[component]
pub fn EditEventPage(props: &EditEventPageProps) -> Html {
    let t = use_texts();
    let remote = use_remote(props.id, |client, id| async move { find_event(&client, id).await });
    html! {
        <>
            <PageHeader title={t.route_edit_event()} lead={t.required_note()} crumbs={crumbs(t.route_events())} />
            <PageSection>
                { draw_remote(&remote, LoadingShape::Text, |event: &Event| html! {
                    <Editor event={Some(Rc::new(event.clone()))} />
                }) }
            </PageSection>
        </>
    }
}

/// Those one may write for, as the server knows them.
type Places = (Vec<DegreeRef>, Vec<DepartmentRef>);

#[derive(Properties, PartialEq)]
struct EditorProps {
    event: Option<Rc<Event>>,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let navigator = use_navigator();
    let base = use_state(|| props.event.clone());
    let deleting = use_state_eq(|| false);
    let roles = session.me().map(|me| me.roles.clone()).unwrap_or_default();
    let admin = roles.admin;
    let places = use_remote(admin, |client, admin| async move {
        if !admin {
            return Ok(Places::default());
        }
        let degrees = active_degrees(&client).await?.items.into_iter();
        let departments = active_departments(&client).await?.items.into_iter();
        let degree = |found: gestfg_types::master::Degree| DegreeRef {
            id: found.id,
            code: found.code,
            name: found.name,
        };
        let department = |found: gestfg_types::master::Department| DepartmentRef {
            id: found.id,
            code: found.code,
            name: found.name,
        };
        Ok((degrees.map(degree).collect(), departments.map(department).collect()))
    });
    let form = use_form(
        "event",
        || match &props.event {
            Some(event) => Draft::of(event, &dates),
            None => Draft { kind: EventKind::Announcement.as_str().to_owned(), ..Draft::default() },
        },
        check,
    );
    let guard = use_unsaved_guard(form.is_dirty());
    let reload = use_action({
        let (base, form, dates) = (base.clone(), form.clone(), dates.clone());
        move |client, id: EventId| {
            let (base, form, dates) = (base.setter(), form.clone(), dates.clone());
            async move {
                let found = find_event(&client, id).await?;
                form.reset(Draft::of(&found, &dates));
                base.set(Some(Rc::new(found)));
                Ok(())
            }
        }
    });
    let leave = {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Events);
            }
        })
    };
    let onsubmit = form.on_submit({
        let (client, base, dates) = (session.client.clone(), base.clone(), dates.clone());
        let (guard, toasts, leave) = (guard.clone(), toasts.clone(), leave.clone());
        move |draft: Draft| {
            let (client, base, dates) = (client.clone(), (*base).clone(), dates.clone());
            let (guard, toasts, leave) = (guard.clone(), toasts.clone(), leave.clone());
            async move {
                match base {
                    None => create_event(&client, &draft.create(&dates)).await?,
                    Some(event) => {
                        let changes = draft.update(&Draft::of(&event, &dates), &dates);
                        update_event(&client, event.id, event.version, &changes).await?
                    }
                };
                guard.release();
                toasts.done(t.saved());
                leave.emit(());
                Ok(())
            }
        }
    });
    let delete = use_action({
        let (guard, leave, base) = (guard, leave.clone(), base.clone());
        move |client, ()| {
            let (guard, toasts, leave, base) =
                (guard.clone(), toasts.clone(), leave.clone(), (*base).clone());
            async move {
                if let Some(event) = base {
                    delete_event(&client, event.id, event.version).await?;
                }
                guard.release();
                toasts.done(t.deleted());
                leave.emit(());
                Ok(())
            }
        }
    });
    let kinds = [EventKind::Announcement, EventKind::Entry]
        .map(|kind| Choice::new(kind.as_str(), t.event_kind(kind)))
        .to_vec();
    let audiences = |(degrees, departments): &Places| {
        let own: Vec<DepartmentRef> = roles.head_of.clone().into_iter().collect();
        let mut choices = if admin {
            audience_choices(t, true, degrees, departments)
        } else {
            audience_choices(t, false, &roles.coordinates, &own)
        };
        // What was deactivated since stays until something else is chosen.
        if let Some(event) = &*base {
            let value = audience_value(event);
            if !choices.iter().any(|choice| choice.value == value) {
                choices.push(Choice::new(value, event_audience(t, event)));
            }
        }
        choices
    };
    let entry = form.values().is_entry();
    let all_day = form.values().is_all_day;
    let time_kind = if all_day { "date" } else { "datetime-local" };
    let failure = form.failure().cloned();
    let stale = failure.as_ref().and_then(crate::api::ApiError::code) == Some(ErrorCode::StaleVersion);
    let existing = (*base).clone();
    let may_delete =
        existing.as_ref().is_some_and(|event| event.allowed_actions.contains(&EventAction::Delete));
    let mut kind = form.field("/kind", |d| d.kind.clone(), |d, kind| d.kind = kind);
    kind.disabled |= existing.is_some();
    let ask = |wanted: bool| {
        let deleting = deleting.setter();
        Callback::from(move |_: MouseEvent| deleting.set(wanted))
    };
    html! {
        <Card>
            if let Some(event) = existing.as_ref().filter(|_| stale) {
                <StaleNotice onreload={let (run, id) = (reload.run.clone(), event.id); move |()| run.emit(id)} />
            }
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={failure.filter(|_| !stale)}
                elsewhere={form.errors_elsewhere(&POINTERS)}
            >
                <div class="gestfg-form-row">
                    <SelectField field={kind} label={t.entry_kind()} help={t.event_kind_help()} choices={kinds} />
                    { draw_remote(&places, LoadingShape::Text, |places: &Places| html! {
                        <SelectField
                            field={form.field("/audience", |d| d.audience.clone(), |d, audience| d.audience = audience)}
                            label={t.event_for()}
                            help={t.event_for_help()}
                            required=true
                            none={t.choose()}
                            choices={audiences(places)}
                        />
                    }) }
                </div>
                <TextField
                    field={form.field("/title", |d| d.title.clone(), |d, title| d.title = title)}
                    label={t.title_column()}
                    required=true
                    max={TITLE_MAX}
                />
                if entry {
                    <fieldset class="gestfg-fieldset">
                        <legend>{ t.when_and_where() }</legend>
                        <CheckField
                            field={form.field("/is_all_day", |d| d.is_all_day, Draft::set_all_day)}
                            label={t.all_day()}
                        />
                        <div class="gestfg-form-row">
                            <TextField
                                key={format!("starts-{time_kind}")}
                                field={form.field("/starts_at", |d| d.starts.clone(), |d, at| d.starts = at)}
                                label={t.event_starts()}
                                kind={time_kind}
                                required=true
                            />
                            <TextField
                                key={format!("ends-{time_kind}")}
                                field={form.field("/ends_at", |d| d.ends.clone(), |d, at| d.ends = at)}
                                label={if all_day { t.event_last_day() } else { t.event_ends() }}
                                kind={time_kind}
                                required=true
                            />
                        </div>
                        <TextField
                            field={form.field("/location", |d| d.location.clone(), |d, place| d.location = place)}
                            label={t.location()}
                            max={LOCATION_MAX}
                        />
                    </fieldset>
                }
                <MarkdownField
                    field={form.field("/body", |d| d.body.clone(), |d, body| d.body = body)}
                    label={t.event_text()}
                    help={t.markdown_help()}
                    max={BODY_MAX}
                    rows={10}
                />
                <div class="gestfg-form-row">
                    <TextField
                        field={form.field("/publish_at", |d| d.publish.clone(), |d, at| d.publish = at)}
                        label={t.event_publish()}
                        help={t.event_publish_help(dates.zone().name())}
                        kind="datetime-local"
                    />
                    <TextField
                        field={form.field("/expires_at", |d| d.expires.clone(), |d, at| d.expires = at)}
                        label={t.event_expires()}
                        help={t.event_expires_help()}
                        kind="datetime-local"
                    />
                </div>
                <CheckField
                    field={form.field("/is_pinned", |d| d.is_pinned, |d, pinned| d.is_pinned = pinned)}
                    label={t.event_pin()}
                    help={t.event_pin_help()}
                />
                <FormActions
                    label={t.save()}
                    sending={form.is_sending()}
                    disabled={!form.is_dirty()}
                    oncancel={leave}
                >
                    if may_delete {
                        <Button label={t.delete()} kind={ButtonKind::Link} icon={IconName::Trash} onclick={ask(true)} />
                    }
                </FormActions>
            </FormFrame>
            if *deleting {
                <ConfirmDialog
                    title={t.event_delete_title()}
                    confirm={t.delete()}
                    danger=true
                    busy={delete.running}
                    error={delete.error.clone()}
                    onconfirm={delete.run.clone()}
                    oncancel={let deleting = deleting.setter(); move |()| deleting.set(false)}
                >
                    <p>{ t.event_delete_body() }</p>
                </ConfirmDialog>
            }
        </Card>
    }
}
