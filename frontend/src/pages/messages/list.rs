//! The threads one takes part in.

use crate::api::messages::list_threads;
use crate::components::{
    Badge, Colour, EmptyState, Icon, IconName, LoadingShape, PageHeader, PageSection, Pager, PathLink,
    Toggle, ToggleGroup, draw_remote,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::{use_unread, use_updates};
use gestfg_types::messages::Thread;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ThreadsQuery {
    unread: String,
    cursor: String,
}

impl ListQuery for ThreadsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// All threads, those written to last first.
#[component]
pub fn MessagesPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let unread = use_unread().counts.messages;
    let url = use_query::<ThreadsQuery>();
    let query = url.query.clone();
    let remote =
        use_remote(query.clone(), |client, query| async move { list_threads(&client, &query).await });
    use_updates(&[UpdateTopic::Messages, UpdateTopic::Assignments], &remote.refresh);
    let list = |page: &Page<Thread>| {
        if page.items.is_empty() && !query.unread.is_empty() {
            return html! {
                <EmptyState icon={IconName::CheckCircle} title={t.threads_all_read()} />
            };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Message} title={t.threads_empty()}>{ t.threads_empty_body() }</EmptyState>
            };
        }
        html! {
            <>
                <ul class="gestfg-notices" role="list">
                    { for page.items.iter().map(|thread| draw(t, &dates, thread)) }
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
    let toggles = vec![Toggle::new("", t.threads_all()), Toggle::new("true", t.threads_unread(unread))];
    html! {
        <>
            <PageHeader title={t.route_messages()} lead={t.threads_lead()} />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-bar">
                        <ToggleGroup
                            label={t.filters()}
                            {toggles}
                            chosen={query.unread.clone()}
                            onchange={url.choose(|query, unread| query.unread = unread)}
                        />
                    </div>
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
        </>
    }
}

fn draw(t: Texts, dates: &Dates, thread: &Thread) -> Html {
    let others: Vec<&str> = thread.others.iter().map(|person| person.name.as_str()).collect();
    let class = classes!("gestfg-notice", (thread.unread > 0).then_some("gestfg-notice--unread"));
    html! {
        <li key={thread.assignment_id.0} {class}>
            <span class="gestfg-due__icon"><Icon name={IconName::Message} /></span>
            <div class="gestfg-notice__main">
                <p class="gestfg-notice__title">
                    <PathLink path={format!("/assignments/{}", thread.assignment_id)}>{ &thread.project_title }</PathLink>
                    if thread.unread > 0 {
                        { " " }<Badge label={t.messages_unread(thread.unread)} colour={Colour::Blue} />
                    }
                    if !thread.is_open {
                        { " " }<Badge label={t.thread_ended()} />
                    }
                </p>
                <p class="gestfg-subtle gestfg-small">{ others.join(", ") }</p>
                if let Some(message) = &thread.last_message {
                    <p class="gestfg-clamp">
                        if message.is_own {
                            <span class="gestfg-subtle">{ t.message_own() }{ ": " }</span>
                        } else if let Some(author) = &message.author {
                            <span class="gestfg-subtle">{ &author.name }{ ": " }</span>
                        }
                        { &message.body }
                    </p>
                    <time class="gestfg-subtle gestfg-small" datetime={message.created_at.to_rfc3339()}>
                        { dates.date_time(message.created_at) }
                    </time>
                } else {
                    <p class="gestfg-subtle">{ t.thread_empty() }</p>
                }
            </div>
        </li>
    }
}
