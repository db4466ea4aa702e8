//! Setting a password by a one-time link.

use crate::api::session::redeem_link;
use crate::components::{
    Alert, ButtonKind, Card, FormActions, FormFrame, IconName, PageHeader, PageSection, PasswordField,
    PasswordRules, Tone, route_button, use_toasts,
};
use crate::hooks::{FieldProblem, use_form, use_query};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::accounts::RedeemLink;
use gestfg_types::errors::{ErrorCode, FieldCode};
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct LinkQuery {
    token: String,
}

/// A new password, twice.
#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    password: String,
    repeated: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .password("/password", &values.password)
        .when(values.repeated.is_empty(), "/repeated", FieldCode::Required)
        .when(values.repeated != values.password, "/repeated", FieldCode::UnknownValue)
        .done()
}

/// The page the link of a mail leads to.
#[component]
pub fn SetPasswordPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let navigator = use_navigator();
    let token = use_query::<LinkQuery>().query.token;
    let form = use_form("set-password", Values::default, check);
    let onsubmit = form.on_submit({
        let token = token.clone();
        move |values: Values| {
            let (client, toasts, navigator) = (session.client.clone(), toasts.clone(), navigator.clone());
            let request = RedeemLink { token: token.clone(), password: values.password };
            async move {
                redeem_link(&client, &request).await?;
                toasts.done(t.password_set());
                if let Some(navigator) = navigator {
                    navigator.replace(&Route::LogIn);
                }
                Ok(())
            }
        }
    });
    let again = route_button(Route::Recover, ButtonKind::Link, None, t.ask_new_link());
    let spent = form.failure().and_then(crate::api::ApiError::code) == Some(ErrorCode::InvalidLink);
    html! {
        <>
            <PageHeader title={t.route_set_password()} />
            <PageSection narrow=true>
                <Card>
                    if token.is_empty() {
                        <Alert tone={Tone::Warning} title={t.link_incomplete()} actions={again} />
                    } else {
                        <FormFrame
                            id={form.id.clone()}
                            {onsubmit}
                            failure={form.failure().cloned()}
                            elsewhere={form.errors_elsewhere(&["/password"])}
                        >
                            <PasswordField
                                field={form.field("/password", |v| v.password.clone(), |v, text| v.password = text)}
                                label={t.new_password()}
                                autocomplete="new-password"
                                autofocus=true
                            />
                            <PasswordField
                                field={form.field("/repeated", |v| v.repeated.clone(), |v, text| v.repeated = text)}
                                label={t.repeat_password()}
                                autocomplete="new-password"
                                wrong={t.passwords_differ()}
                            />
                            <PasswordRules
                                password={form.values().password.clone()}
                                repeated={form.values().repeated.clone()}
                            />
                            <FormActions
                                label={t.set_password()}
                                icon={IconName::Key}
                                sending={form.is_sending()}
                                block=true
                            />
                            if spent {
                                { again }
                            }
                        </FormFrame>
                    }
                </Card>
            </PageSection>
        </>
    }
}
