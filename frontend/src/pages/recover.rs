//! Asking for a link that sets a new password.

use crate::api::session::request_password_reset;
use crate::components::{
    Alert, Card, FormActions, FormFrame, IconName, PageHeader, PageSection, RouteLink, TextField, Tone,
};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::accounts::RequestPasswordReset;
use yew::prelude::*;

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(login: &String) -> Vec<FieldProblem> {
    Check::new().text("/login", login, 320).done()
}

/// The answer is the same whether the account exists or not.
#[component]
pub fn RecoverPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let promised = use_state_eq(|| false);
    let form = use_form("recover", String::new, check);
    let onsubmit = form.on_submit({
        let promised = promised.setter();
        move |login: String| {
            let (client, promised) = (session.client.clone(), promised.clone());
            async move {
                let request = RequestPasswordReset { login: login.trim().to_owned() };
                request_password_reset(&client, &request).await?;
                promised.set(true);
                Ok(())
            }
        }
    });
    html! {
        <>
            <PageHeader title={t.route_recover()} lead={t.recover_lead()} />
            <PageSection narrow=true>
                <Card>
                    if *promised {
                        <div class="gestfg-gap-after">
                            <Alert tone={Tone::Success} title={t.check_your_mail()} urgent=true>
                                <p>{ t.recover_promised() }</p>
                                <p>{ t.nothing_arrived() }</p>
                            </Alert>
                        </div>
                    }
                    <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
                        <TextField
                            field={form.field("/login", String::clone, |login, value| *login = value)}
                            label={t.login_label()}
                            required=true
                            autocomplete="username"
                            autofocus=true
                        />
                        <FormActions label={t.send_link()} icon={IconName::Mail} sending={form.is_sending()} block=true />
                    </FormFrame>
                    <p class="gestfg-form-links"><RouteLink to={Route::LogIn}>{ t.log_in() }</RouteLink></p>
                </Card>
            </PageSection>
        </>
    }
}
