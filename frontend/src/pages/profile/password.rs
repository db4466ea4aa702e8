//! Changing one's own password.

use crate::api::accounts::change_password;
use crate::components::{Card, FormActions, FormFrame, PasswordField, PasswordRules, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::accounts::ChangePassword;
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    current: String,
    password: String,
    repeated: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(values.current.is_empty(), "/current_password", FieldCode::Required)
        .password("/new_password", &values.password)
        .when(values.repeated.is_empty(), "/repeated", FieldCode::Required)
        .when(values.repeated != values.password, "/repeated", FieldCode::UnknownValue)
        .done()
}

/// The present password, and the new one twice.
#[component]
pub(super) fn PasswordCard() -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("change-password", Values::default, check);
    let onsubmit = form.on_submit({
        let handle = form.clone();
        move |values: Values| {
            let (client, toasts, handle) = (session.client.clone(), toasts.clone(), handle.clone());
            async move {
                let change =
                    ChangePassword { current_password: values.current, new_password: values.password };
                change_password(&client, &change).await?;
                toasts.done(t.password_changed());
                handle.reset(Values::default());
                Ok(())
            }
        }
    });
    html! {
        <Card title={t.change_password()}>
            <p class="gestfg-subtle gestfg-gap-after">{ t.change_password_help() }</p>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/current_password", "/new_password"])}
            >
                <PasswordField
                    field={form.field("/current_password", |v| v.current.clone(), |v, text| v.current = text)}
                    label={t.current_password()}
                />
                <PasswordField
                    field={form.field("/new_password", |v| v.password.clone(), |v, text| v.password = text)}
                    label={t.new_password()}
                    autocomplete="new-password"
                />
                <PasswordField
                    field={form.field("/repeated", |v| v.repeated.clone(), |v, text| v.repeated = text)}
                    label={t.repeat_password()}
                    autocomplete="new-password"
                    wrong={t.passwords_differ()}
                />
                <PasswordRules password={form.values().password.clone()} repeated={form.values().repeated.clone()} />
                <FormActions label={t.change_password()} sending={form.is_sending()} />
            </FormFrame>
        </Card>
    }
}
