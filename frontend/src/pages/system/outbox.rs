//! The mails the server writes, for development and demonstration.

use crate::api::system::{find_mail, list_mails};
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, DataTable, Dialog, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, Pager, SearchBox, SelectField, TableContent,
    draw_remote, export_query,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use gestfg_types::ids::MailId;
use gestfg_types::outbox::{Mail, MailState};
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct OutboxQuery {
    q: String,
    state: String,
    cursor: String,
}

impl ListQuery for OutboxQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// The outbox.
#[component]
pub fn OutboxPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<OutboxQuery>();
    let query = &url.query;
    let shown = use_state_eq(|| None::<MailId>);
    let found = use_remote(query.clone(), |client, query| async move { list_mails(&client, &query).await });
    let states = [(MailState::Waiting, "waiting"), (MailState::Sent, "sent"), (MailState::Failed, "failed")];
    let close = {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(None))
    };
    html! {
        <>
            <PageHeader
                title={t.route_outbox()}
                lead={t.outbox_lead()}
                actions={html! {
                    <>
                        <Button
                            label={t.reload()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Undo}
                            busy={found.is_loading()}
                            onclick={found.reload.reform(|_| ())}
                        />
                        <ListExport path="/outbox" query={export_query(query)} name={t.route_outbox()} />
                    </>
                }}
            />
            <PageSection>
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={t.outbox_search()}
                            value={query.q.clone()}
                            onsearch={url.typed(|query, words| query.q = words)}
                        />
                    </div>
                    <SelectField
                        label={t.state()}
                        none={t.any()}
                        choices={states.map(|(state, name)| Choice::new(name, t.mail_state(state))).to_vec()}
                        field={url.filter("filter-state", &query.state, |query, value| query.state = value)}
                    />
                </FilterBar>
                <div class="gestfg-list">
                    { draw_remote(&found, LoadingShape::Rows, |page: &Page<Mail>| {
                        if page.items.is_empty() && url.is_filtered() {
                            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
                        }
                        if page.items.is_empty() {
                            return html! {
                                <EmptyState icon={IconName::Mail} title={t.outbox_empty()}>{ t.outbox_empty_body() }</EmptyState>
                            };
                        }
                        html! {
                            <>
                                <DataTable
                                    caption={t.route_outbox()}
                                    content={TableContent::new(&columns(t, &dates, shown.setter()), &page.items)}
                                />
                                <Pager
                                    total={page.total}
                                    shown={page.items.len()}
                                    cursor={query.cursor.clone()}
                                    next={page.next_cursor.clone()}
                                    onpage={url.onpage()}
                                />
                            </>
                        }
                    }) }
                </div>
            </PageSection>
            if let Some(id) = *shown {
                <MailDialog {id} onclose={close} />
            }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, shown: UseStateSetter<Option<MailId>>) -> Vec<Column<Mail>> {
    let dates = dates.clone();
    vec![
        Column::new(t.mail_subject(), move |mail: &Mail| {
            let (shown, id) = (shown.clone(), mail.id);
            let onclick = Callback::from(move |_: MouseEvent| shown.set(Some(id)));
            html! { <Button label={mail.subject.clone()} kind={ButtonKind::InlineLink} {onclick} /> }
        }),
        Column::new(
            t.mail_to(),
            |mail: &Mail| html! { <span class="gestfg-breakable">{ &mail.recipient }</span> },
        ),
        Column::new(t.state(), move |mail: &Mail| mail_badge(t, mail.state)),
        Column::new(t.mail_written(), move |mail: &Mail| html! { dates.date_time(mail.created_at) }),
    ]
}

fn mail_badge(t: Texts, state: MailState) -> Html {
    let (icon, colour) = match state {
        MailState::Waiting => (IconName::Clock, Colour::Orange),
        MailState::Sent => (IconName::Send, Colour::Green),
        MailState::Failed => (IconName::Danger, Colour::Red),
    };
    html! { <Badge label={t.mail_state(state)} {icon} {colour} /> }
}

#[derive(Properties, PartialEq)]
struct MailDialogProps {
    id: MailId,
    onclose: Callback<()>,
}

/// A mail as its recipient reads it.
#[component]
fn MailDialog(props: &MailDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let found = use_remote(props.id, |client, id| async move { find_mail(&client, id).await });
    let title = found.ready().map_or_else(|| t.mail_body().to_owned(), |mail| mail.subject.clone());
    let footer = html! {
        <Button label={t.close()} kind={ButtonKind::Secondary} onclick={props.onclose.reform(|_| ())} />
    };
    html! {
        <Dialog {title} {footer} wide=true onclose={props.onclose.clone()}>
            { draw_remote(&found, LoadingShape::Text, |mail: &Mail| html! {
                <div class="gestfg-stack">
                    <dl class="gestfg-facts gestfg-facts--wide">
                        <div><dt>{ t.mail_to() }</dt><dd>{ &mail.recipient }</dd></div>
                        <div><dt>{ t.state() }</dt><dd>{ mail_badge(t, mail.state) }</dd></div>
                        <div><dt>{ t.mail_written() }</dt><dd>{ dates.date_time(mail.created_at) }</dd></div>
                        if let Some(at) = mail.sent_at {
                            <div><dt>{ t.mail_sent_at() }</dt><dd>{ dates.date_time(at) }</dd></div>
                        }
                        <div><dt>{ t.mail_attempts() }</dt><dd>{ mail.attempts }</dd></div>
                        if let Some(error) = &mail.last_error {
                            <div><dt>{ t.mail_last_error() }</dt><dd>{ error }</dd></div>
                        }
                    </dl>
                    <pre class="gestfg-mail">{ for pieces(&mail.body).into_iter().map(draw_piece) }</pre>
                    <p class="gestfg-subtle">{ t.mail_links_note() }</p>
                </div>
            }) }
        </Dialog>
    }
}

/// A stretch of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// Text and the web addresses in it.
fn pieces(body: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"'));
        let whole = &from[..end.unwrap_or(from.len())];
        let link = whole.trim_end_matches(['.', ',', ';', ')', ':']);
        if !before.is_empty() {
            found.push(Piece::Text(before));
        }
        found.push(Piece::Link(link));
        rest = &from[link.len()..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
}

fn draw_piece(piece: Piece<'_>) -> Html {
    match piece {
        Piece::Text(text) => html! { text.to_owned() },
        Piece::Link(link) => html! { <a href={link.to_owned()} rel="noreferrer">{ link.to_owned() }</a> },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_mail_become_links_without_the_full_stop() {
        let body = "Entra en http://localhost:8080/set-password?token=abc.\nGracias";
        let expected = [
            Piece::Text("Entra en "),
            Piece::Link("http://localhost:8080/set-password?token=abc"),
            Piece::Text(".\nGracias"),
        ];
        assert_eq!(pieces(body), expected);
        assert_eq!(pieces("sin enlaces"), [Piece::Text("sin enlaces")]);
    }
}
