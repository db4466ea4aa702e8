//! The end of one kind of mail, by the link in such a mail.

use crate::api::notifications::unsubscribe;
use crate::components::{
    Alert, Button, ButtonKind, Card, IconName, PageHeader, PageSection, ProblemAlert, Tone, route_button,
};
use crate::hooks::{use_action, use_query};
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::notifications::Unsubscribed;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct UnsubscribeQuery {
    token: String,
}

/// Asks first: programs that look at mails for their readers follow links,
/// and press no buttons.
#[component]
pub fn UnsubscribePage() -> Html {
    let t = use_texts();
    let token = use_query::<UnsubscribeQuery>().query.token;
    let ended = use_state_eq(|| None::<Unsubscribed>);
    let end = {
        let ended = ended.setter();
        use_action(move |client, token: String| {
            let ended = ended.clone();
            async move {
                ended.set(Some(unsubscribe(&client, &token).await?));
                Ok(())
            }
        })
    };
    let preferences =
        route_button(Route::Profile, ButtonKind::Link, Some(IconName::Bell), t.unsubscribe_preferences());
    let content = match *ended {
        _ if token.is_empty() => html! { <Alert tone={Tone::Danger} title={t.unsubscribe_no_token()} /> },
        Some(Unsubscribed { kind }) => html! {
            <>
                <Alert
                    tone={Tone::Success}
                    urgent=true
                    title={match kind {
                        Some(kind) => t.unsubscribed(t.notification_kind(kind)),
                        None => t.unsubscribed_digest().to_owned(),
                    }}
                />
                <p>{ t.unsubscribed_body() }</p>
            </>
        },
        None => html! {
            <>
                <p>{ t.unsubscribe_body() }</p>
                if let Some(error) = &end.error {
                    <ProblemAlert error={error.clone()} />
                }
                <div>
                    <Button
                        label={t.unsubscribe()}
                        icon={IconName::Mail}
                        busy={end.running}
                        onclick={end.run.reform(move |_| token.clone())}
                    />
                </div>
            </>
        },
    };
    html! {
        <>
            <PageHeader title={t.route_unsubscribe()} />
            <PageSection narrow=true>
                <Card><div class="gestfg-stack">{ content }<div>{ preferences }</div></div></Card>
            </PageSection>
        </>
    }
}
