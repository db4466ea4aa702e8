//! One account.

use super::actions::PersonActions;
use super::fields::{FormHandleProp, POINTERS, PersonFields, Values, check};
use super::list::{access_badge, role_badges};
use super::record::RecordDialog;
use crate::api::ApiError;
use crate::api::people::{find_student_record, find_user, update_user};
use crate::components::{
    Button, ButtonKind, Card, Crumb, FormActions, FormFrame, IconName, LoadingShape, PageHeader, PageSection,
    RouteLink, StaleNotice, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::session::Permission;
use gestfg_types::users::{PersonRef, User, UserAction};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PersonPage`].
#[derive(Properties, PartialEq)]
pub struct PersonPageProps {
    /// Whose account.
    pub id: UserId,
}

/// An account: its data, its roles and what can be done with it.
#[component]
pub fn PersonPage(props: &PersonPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let found = use_remote(props.id, |client, id| async move { find_user(&client, id).await });
    let user = found.latest.clone();
    let title = user.as_ref().map_or_else(
        || t.route_person().to_owned(),
        |user| format!("{} {}", user.first_name, user.last_name),
    );
    let aside = user.as_ref().map(|user| access_badge(t, user)).unwrap_or_default();
    let crumbs = vec![Crumb { to: Route::People, label: t.route_people().into() }];
    let onchanged = found.replace.reform(Rc::new);
    html! {
        <>
            <PageHeader {title} {crumbs} {aside} />
            <PageSection>
                { draw_remote(&found, LoadingShape::Text, |user: &User| html! {
                    <div class="gestfg-columns">
                        <Card title={t.person_data()}>
                            <PersonForm user={user.clone()} onchanged={onchanged.clone()} />
                        </Card>
                        <Card title={t.person_account()}>
                            <div class="gestfg-stack">
                                <dl class="gestfg-facts">
                                    <div><dt>{ t.person_roles() }</dt><dd>{ role_badges(t, &user.roles) }</dd></div>
                                    <div><dt>{ t.person_state() }</dt><dd>{ access_badge(t, user) }</dd></div>
                                    <div><dt>{ t.person_created_on() }</dt><dd>{ dates.date_time(user.created_at) }</dd></div>
                                    <div><dt>{ t.person_updated_on() }</dt><dd>{ dates.date_time(user.updated_at) }</dd></div>
                                </dl>
                                if user.roles.student.is_some() {
                                    <Record
                                        student={PersonRef { id: user.id, name: format!("{} {}", user.first_name, user.last_name) }}
                                        may_write={user.allowed_actions.contains(&UserAction::Edit)}
                                    />
                                }
                                <PersonActions
                                    user={user.clone()}
                                    onchanged={onchanged.clone()}
                                    onstale={found.reload.clone()}
                                />
                                if session.may(Permission::ReadAuditLog) {
                                    <p>
                                        <RouteLink to={Route::AuditLog} query={format!("entity=user&entity_id={}", user.id)}>
                                            { t.person_history() }
                                        </RouteLink>
                                    </p>
                                    <p>
                                        <RouteLink to={Route::AuditLog} query={format!("actor_id={}", user.id)}>
                                            { t.person_deeds() }
                                        </RouteLink>
                                    </p>
                                }
                            </div>
                        </Card>
                    </div>
                }) }
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RecordProps {
    student: PersonRef,
    may_write: bool,
}

/// A student's academic record, and writing it.
#[component]
fn Record(props: &RecordProps) -> Html {
    let t = use_texts();
    let writing = use_state_eq(|| false);
    let found =
        use_remote(props.student.id, |client, id| async move { find_student_record(&client, id).await });
    let Some(record) = found.latest.as_ref().map(|found| found.record.clone()) else { return html! {} };
    let close = {
        let writing = writing.setter();
        Callback::from(move |()| writing.set(false))
    };
    let ondone = {
        let (writing, refresh) = (writing.setter(), found.refresh.clone());
        Callback::from(move |_: Option<String>| {
            writing.set(false);
            refresh.emit(());
        })
    };
    html! {
        <>
            <dl class="gestfg-facts">
                <div>
                    <dt>{ t.round_record() }</dt>
                    <dd>{ record.clone().unwrap_or_else(|| t.round_no_record().to_owned()) }</dd>
                </div>
            </dl>
            if props.may_write {
                <div>
                    <Button
                        label={t.record_edit()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Edit}
                        onclick={{
                            let writing = writing.setter();
                            Callback::from(move |_: MouseEvent| writing.set(true))
                        }}
                    />
                </div>
            }
            if *writing {
                <RecordDialog student={props.student.clone()} {record} onclose={close} {ondone} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PersonFormProps {
    user: User,
    onchanged: Callback<User>,
}

#[component]
fn PersonForm(props: &PersonFormProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let user = &props.user;
    let form = use_form("person", || Values::of(user), check);
    let _guard = use_unsaved_guard(form.is_dirty());
    {
        // Deactivated, say, while nothing was being typed: follow it.
        let (form, clean) = (form.clone(), !form.is_dirty());
        use_effect_with(user.clone(), move |user| {
            if clean {
                form.reset(Values::of(user));
            }
        });
    }
    let reload = use_action({
        let (form, onchanged, id) = (form.clone(), props.onchanged.clone(), user.id);
        move |client, ()| {
            let (form, onchanged) = (form.clone(), onchanged.clone());
            async move {
                let user = find_user(&client, id).await?;
                form.reset(Values::of(&user));
                onchanged.emit(user);
                Ok(())
            }
        }
    });
    let onsubmit = form.on_submit({
        let (client, user, handle) = (session.client.clone(), user.clone(), form.clone());
        let onchanged = props.onchanged.clone();
        move |values: Values| {
            let (client, user, handle) = (client.clone(), user.clone(), handle.clone());
            let (onchanged, toasts) = (onchanged.clone(), toasts.clone());
            async move {
                let saved = update_user(&client, user.id, user.version, &values.changes(&user)).await?;
                handle.reset(Values::of(&saved));
                toasts.done(t.saved());
                onchanged.emit(saved);
                Ok(())
            }
        }
    });
    let readonly = !user.allowed_actions.contains(&UserAction::Edit);
    let stale = form.failure().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    html! {
        <FormFrame
            id={form.id.clone()}
            {onsubmit}
            failure={form.failure().filter(|_| !stale).cloned()}
            elsewhere={form.errors_elsewhere(&POINTERS)}
        >
            if stale {
                <StaleNotice onreload={reload.run.clone()} />
            }
            if readonly {
                <p>{ t.nothing_to_change() }</p>
            }
            <PersonFields
                form={FormHandleProp(form.clone())}
                all_roles={session.may(Permission::ManagePeople)}
                department={user.roles.professor.clone()}
                degrees={user.roles.student.clone().unwrap_or_default()}
                {readonly}
            />
            if !readonly {
                <FormActions
                    label={t.save()}
                    sending={form.is_sending() || reload.running}
                    disabled={!form.is_dirty()}
                />
            }
        </FormFrame>
    }
}
