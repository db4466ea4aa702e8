//! The inbox.

use crate::api::notifications::{list_notifications, read_notification, read_notifications};
use crate::components::{
    Button, ButtonKind, EmptyState, IconName, LoadingShape, NotificationItem, PageHeader, PageSection, Pager,
    ProblemAlert, RouteLink, Toggle, ToggleGroup, draw_remote, use_toasts,
};
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::{use_unread, use_updates};
use crate::route::Route;
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::Notification;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct InboxQuery {
    unread: String,
    cursor: String,
}

impl ListQuery for InboxQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// All one was told, the newest first.
#[component]
pub fn InboxPage() -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let unread = use_unread();
    let url = use_query::<InboxQuery>();
    let query = url.query.clone();
    let remote =
        use_remote(query.clone(), |client, query| async move { list_notifications(&client, &query).await });
    use_updates(&[UpdateTopic::Inbox], &remote.refresh);
    let again = {
        let (inbox, counts) = (remote.refresh.clone(), unread.refresh.clone());
        Callback::from(move |()| {
            inbox.emit(());
            counts.emit(());
        })
    };
    let read = use_action({
        let again = again.clone();
        move |client, id: NotificationId| {
            let again = again.clone();
            async move {
                read_notification(&client, id).await?;
                again.emit(());
                Ok(())
            }
        }
    });
    let read_all = use_action(move |client, up_to: NotificationId| {
        let (again, toasts) = (again.clone(), toasts.clone());
        async move {
            read_notifications(&client, up_to).await?;
            toasts.done(t.all_marked_read());
            again.emit(());
            Ok(())
        }
    });
    // What came after the newest on the screen has not been seen.
    let seen = use_mut_ref(|| None::<NotificationId>);
    if let Some(page) = &remote.latest {
        let newest = page.items.iter().map(|item| item.id.0).max().map(NotificationId);
        let mut seen = seen.borrow_mut();
        *seen = newest.max(*seen);
    }
    let newest = *seen.borrow();
    let actions = newest.filter(|_| unread.counts.notifications > 0).map(|newest| {
        html! {
            <Button
                label={t.mark_all_read()}
                kind={ButtonKind::Secondary}
                icon={IconName::Check}
                busy={read_all.running}
                onclick={read_all.run.reform(move |_| newest)}
            />
        }
    });
    let list = |page: &Page<Notification>| {
        if page.items.is_empty() && !query.unread.is_empty() {
            return html! {
                <EmptyState icon={IconName::CheckCircle} title={t.inbox_all_read()}>{ t.inbox_all_read_body() }</EmptyState>
            };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Bell} title={t.inbox_empty()}>{ t.inbox_empty_body() }</EmptyState>
            };
        }
        html! {
            <>
                <ul class="gestfg-notices" role="list">
                    { for page.items.iter().map(|item| html! {
                        <NotificationItem key={item.id.0} notification={item.clone()} onread={read.run.clone()} />
                    }) }
                </ul>
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    let toggles = vec![
        Toggle::new("", t.inbox_all()),
        Toggle::new("true", t.inbox_unread(unread.counts.notifications)),
    ];
    html! {
        <>
            <PageHeader title={t.route_inbox()} actions={actions.unwrap_or_default()} />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-bar">
                        <ToggleGroup
                            label={t.filters()}
                            {toggles}
                            chosen={query.unread.clone()}
                            onchange={url.choose(|query, unread| query.unread = unread)}
                        />
                        <RouteLink to={Route::Profile} class="gestfg-small">{ t.inbox_preferences() }</RouteLink>
                    </div>
                    if let Some(error) = read.error.as_ref().or(read_all.error.as_ref()) {
                        <ProblemAlert error={error.clone()} />
                    }
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
        </>
    }
}
