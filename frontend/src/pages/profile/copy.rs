//! A copy of one's own data.

use crate::api::personal::personal_data;
use crate::components::{Card, FormActions, FormFrame, PasswordField, use_toasts};
use crate::download::save_file;
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(password: &String) -> Vec<FieldProblem> {
    Check::new().when(password.is_empty(), "/password", FieldCode::Required).done()
}

/// Asks for the password and gives the file.
#[component]
pub(super) fn CopyCard() -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("my-copy", String::new, check);
    let onsubmit = form.on_submit({
        let handle = form.clone();
        move |password: String| {
            let (client, toasts, handle) = (session.client.clone(), toasts.clone(), handle.clone());
            async move {
                let bytes = personal_data(&client, password).await?;
                save_file("gestfg.zip", "application/zip", &bytes);
                toasts.done(t.copy_done());
                handle.reset(String::new());
                Ok(())
            }
        }
    });
    html! {
        <Card title={t.copy_title()}>
            <p class="gestfg-subtle gestfg-gap-after">{ t.copy_lead() }</p>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/password"])}
            >
                <PasswordField
                    field={form.field("/password", String::clone, |value, text| *value = text)}
                    label={t.current_password()}
                    help={t.copy_password_help()}
                />
                <FormActions label={t.copy_download()} sending={form.is_sending()} />
            </FormFrame>
        </Card>
    }
}
