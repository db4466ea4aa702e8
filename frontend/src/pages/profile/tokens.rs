//! Personal tokens of the API.

use crate::api::accounts::{create_token, delete_token, list_tokens};
use crate::components::{
    Alert, Badge, Button, ButtonKind, Card, Choice, Column, ConfirmDialog, DataTable, Dialog, FormFrame,
    IconName, LoadingShape, SelectField, TableContent, TextField, Tone, draw_remote, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{FieldProblem, use_action, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::accounts::{ApiToken, CreateApiToken, TokenScope};
use gestfg_types::errors::FieldCode;
use gestfg_types::pagination::Page;
use yew::prelude::*;

const NAME_MAX: usize = 100;

/// The tokens one has, a way to make more and to end them.
#[component]
pub(super) fn TokensCard() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let remote = use_remote((), |client, ()| async move { list_tokens(&client).await });
    let making = use_state_eq(|| false);
    let ending = use_state_eq(|| None::<ApiToken>);
    let end = {
        let (ending, reload) = (ending.setter(), remote.reload.clone());
        use_action(move |client, token: ApiToken| {
            let (ending, reload, toasts) = (ending.clone(), reload.clone(), toasts.clone());
            async move {
                delete_token(&client, token.id).await?;
                ending.set(None);
                toasts.done(t.token_revoked());
                reload.emit(());
                Ok(())
            }
        })
    };
    let open = {
        let making = making.setter();
        Callback::from(move |_: MouseEvent| making.set(true))
    };
    let close = {
        let (making, reload) = (making.setter(), remote.reload.clone());
        Callback::from(move |()| {
            making.set(false);
            reload.emit(());
        })
    };
    let list = |page: &Page<ApiToken>| {
        if page.items.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.token_none() }</p> };
        }
        let ask = {
            let ending = ending.setter();
            Callback::from(move |token: ApiToken| ending.set(Some(token)))
        };
        html! {
            <DataTable caption={t.tokens()} content={TableContent::new(&columns(t, &dates, &ask), &page.items)} compact=true />
        }
    };
    let dialog = (*ending).clone().map(|token| {
        let leave = {
            let (ending, clear) = (ending.setter(), end.clear.clone());
            Callback::from(move |()| {
                ending.set(None);
                clear.emit(());
            })
        };
        let body = t.token_revoke_body(&token.name);
        html! {
            <ConfirmDialog
                title={t.token_revoke_title()}
                confirm={t.token_revoke()}
                danger=true
                busy={end.running}
                error={end.error.clone()}
                onconfirm={end.run.reform(move |()| token.clone())}
                oncancel={leave}
            >
                <p>{ body }</p>
            </ConfirmDialog>
        }
    });
    let actions = html! {
        <Button label={t.token_new()} kind={ButtonKind::Secondary} icon={IconName::Plus} small=true onclick={open} />
    };
    html! {
        <Card title={t.tokens()} {actions}>
            <p class="gestfg-subtle gestfg-gap-after">{ t.tokens_help() }</p>
            { draw_remote(&remote, LoadingShape::Rows, list) }
            { dialog }
            if *making {
                <NewToken onclose={close} />
            }
        </Card>
    }
}

fn columns(t: Texts, dates: &Dates, ask: &Callback<ApiToken>) -> Vec<Column<ApiToken>> {
    let (expiry, last_use, ask) = (dates.clone(), dates.clone(), ask.clone());
    vec![
        Column::new(t.token_name(), |token: &ApiToken| html! { &token.name }),
        Column::new(t.token_scope(), move |token: &ApiToken| {
            html! { <Badge label={t.token_scope_name(token.scope)} outline=true /> }
        }),
        Column::new(t.token_expires(), move |token: &ApiToken| html! { expiry.date(token.expires_at) }),
        Column::new(t.token_last_used(), move |token: &ApiToken| match token.last_used_at {
            Some(at) => html! { last_use.date_time(at) },
            None => html! { t.never() },
        }),
        Column::new(t.actions(), move |token: &ApiToken| {
            let onclick = {
                let (ask, token) = (ask.clone(), token.clone());
                Callback::from(move |_: MouseEvent| ask.emit(token.clone()))
            };
            html! {
                <Button
                    label={t.token_revoke()}
                    kind={ButtonKind::Link}
                    icon={IconName::Trash}
                    small=true
                    {onclick}
                />
            }
        }),
    ]
}

#[derive(Debug, Clone, PartialEq)]
struct Values {
    name: String,
    scope: String,
    days: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let days = values.days.trim().parse::<u16>();
    Check::new()
        .text("/name", &values.name, NAME_MAX)
        .when(days.is_err(), "/days", FieldCode::NotANumber)
        .when(days.is_ok_and(|days| !(1..=366).contains(&days)), "/days", FieldCode::OutOfRange)
        .done()
}

#[derive(Properties, PartialEq)]
struct NewTokenProps {
    onclose: Callback<()>,
}

#[component]
fn NewToken(props: &NewTokenProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let secret = use_state_eq(|| None::<String>);
    let form = use_form(
        "new-token",
        || Values { name: String::new(), scope: "read".to_owned(), days: "90".to_owned() },
        check,
    );
    let onsubmit = form.on_submit({
        let secret = secret.setter();
        move |values: Values| {
            let (client, secret) = (session.client.clone(), secret.clone());
            async move {
                let scope = if values.scope == "write" { TokenScope::Write } else { TokenScope::Read };
                let days = values.days.trim().parse().unwrap_or(90);
                let request = CreateApiToken { name: values.name.trim().to_owned(), scope, days };
                secret.set(Some(create_token(&client, &request).await?.secret));
                Ok(())
            }
        }
    });
    if let Some(secret) = &*secret {
        let copy = {
            let secret = secret.clone();
            Callback::from(move |_: MouseEvent| {
                let _ = gloo_utils::window().navigator().clipboard().write_text(&secret);
                toasts.done(t.copied());
            })
        };
        let footer = html! { <Button label={t.close()} onclick={props.onclose.reform(|_| ())} /> };
        return html! {
            <Dialog title={t.token_new()} {footer} onclose={props.onclose.clone()}>
                <div class="gestfg-stack">
                    <Alert tone={Tone::Warning} title={t.token_created()} urgent=true />
                    <code class="gestfg-secret">{ secret.clone() }</code>
                    <div><Button label={t.copy()} kind={ButtonKind::Secondary} icon={IconName::Copy} onclick={copy} /></div>
                </div>
            </Dialog>
        };
    }
    let footer = html! {
        <>
            <Button label={t.token_create()} submit=true form={form.id.clone()} busy={form.is_sending()} />
            <Button label={t.cancel()} kind={ButtonKind::Link} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    html! {
        <Dialog title={t.token_new()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/name", "/scope", "/days"])}
            >
                <TextField
                    field={form.field("/name", |v| v.name.clone(), |v, name| v.name = name)}
                    label={t.token_name()}
                    help={t.token_name_help()}
                    required=true
                    max={NAME_MAX}
                    autofocus=true
                />
                <SelectField
                    field={form.field("/scope", |v| v.scope.clone(), |v, scope| v.scope = scope)}
                    label={t.token_scope()}
                    choices={vec![
                        Choice::new("read", t.token_scope_name(TokenScope::Read)),
                        Choice::new("write", t.token_scope_name(TokenScope::Write)),
                    ]}
                />
                <TextField
                    field={form.field("/days", |v| v.days.clone(), |v, days| v.days = days)}
                    label={t.token_days()}
                    help={t.token_days_help()}
                    kind="number"
                    required=true
                />
            </FormFrame>
        </Dialog>
    }
}
