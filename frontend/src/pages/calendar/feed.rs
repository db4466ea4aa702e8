//! One's private calendar address.

use crate::api::calendar::{create_calendar_feed, delete_calendar_feed, find_calendar_feed};
use crate::components::{
    Alert, Button, ButtonKind, ConfirmDialog, CopyText, IconName, LoadingShape, ProblemAlert, Tone,
    draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_remote};
use crate::i18n::use_texts;
use gestfg_types::calendar::CalendarFeed;
use yew::prelude::*;

/// What is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    Renewing,
    Ending,
}

/// Makes, renews and ends the address. It is shown once, when it is made.
#[component]
pub(in crate::pages) fn FeedPanel() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let remote = use_remote((), |client, ()| async move { find_calendar_feed(&client).await });
    let address = use_state_eq(|| None::<AttrValue>);
    let asked = use_state_eq(|| Asked::Nothing);
    let make = {
        let (address, asked, refresh) = (address.setter(), asked.setter(), remote.refresh.clone());
        use_action(move |client, ()| {
            let (address, asked, refresh) = (address.clone(), asked.clone(), refresh.clone());
            async move {
                address.set(Some(create_calendar_feed(&client).await?.url.into()));
                asked.set(Asked::Nothing);
                refresh.emit(());
                Ok(())
            }
        })
    };
    let end = {
        let (address, asked, refresh) = (address.setter(), asked.setter(), remote.refresh.clone());
        use_action(move |client, ()| {
            let (address, asked, refresh, toasts) =
                (address.clone(), asked.clone(), refresh.clone(), toasts.clone());
            async move {
                delete_calendar_feed(&client).await?;
                address.set(None);
                asked.set(Asked::Nothing);
                toasts.done(t.feed_ended());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let ask = |what: Asked| {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(what))
    };
    let leave = {
        let (asked, clear_make, clear_end) = (asked.setter(), make.clear.clone(), end.clear.clone());
        Callback::from(move |()| {
            asked.set(Asked::Nothing);
            clear_make.emit(());
            clear_end.emit(());
        })
    };
    let dialog = match *asked {
        Asked::Nothing => html! {},
        Asked::Renewing => html! {
            <ConfirmDialog
                title={t.feed_renew_title()}
                confirm={t.feed_renew()}
                busy={make.running}
                error={make.error.clone()}
                onconfirm={make.run.clone()}
                oncancel={leave}
            >
                <p>{ t.feed_renew_body() }</p>
            </ConfirmDialog>
        },
        Asked::Ending => html! {
            <ConfirmDialog
                title={t.feed_end_title()}
                confirm={t.feed_end()}
                danger=true
                busy={end.running}
                error={end.error.clone()}
                onconfirm={end.run.clone()}
                oncancel={leave}
            >
                <p>{ t.feed_end_body() }</p>
            </ConfirmDialog>
        },
    };
    let standing = |feed: &CalendarFeed| {
        if !feed.is_active {
            return html! {
                <div>
                    <Button
                        label={t.feed_make()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Feed}
                        busy={make.running}
                        onclick={make.run.reform(|_| ())}
                    />
                </div>
            };
        }
        let read = feed
            .last_read_at
            .map_or_else(|| t.feed_never_read().to_owned(), |at| t.feed_read(&dates.date_time(at)));
        html! {
            <div class="gestfg-stack">
                <p>
                    if let Some(at) = feed.created_at {
                        { t.feed_made(&dates.date(at)) }{ " " }
                    }
                    { read }
                </p>
                <div class="gestfg-row-actions">
                    <Button
                        label={t.feed_renew()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Undo}
                        onclick={ask(Asked::Renewing)}
                    />
                    <Button
                        label={t.feed_end()}
                        kind={ButtonKind::Link}
                        icon={IconName::Trash}
                        onclick={ask(Asked::Ending)}
                    />
                </div>
            </div>
        }
    };
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-subtle">{ t.feed_help() }</p>
            if let Some(address) = &*address {
                <Alert tone={Tone::Success} title={t.feed_shown_once()} urgent=true />
                <CopyText text={address.clone()} />
            }
            if let Some(error) = make.error.as_ref().filter(|_| *asked == Asked::Nothing) {
                <ProblemAlert error={error.clone()} />
            }
            { draw_remote(&remote, LoadingShape::Text, standing) }
            { dialog }
        </div>
    }
}
