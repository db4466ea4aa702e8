//! Logging in.

use crate::api::session::log_in;
use crate::components::{
    Alert, Card, FormActions, FormFrame, IconName, PageHeader, PageSection, PasswordField, RouteLink,
    TextField,
};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use crate::zone::use_configuration;
use gestfg_types::session::LogIn;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    login: String,
    password: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().text("/login", &values.login, 320).text("/password", &values.password, 256).done()
}

/// User and password. What comes after is decided by who draws it: the
/// session changes.
#[component]
pub fn LogInForm() -> Html {
    let t = use_texts();
    let session = use_session();
    let form = use_form(
        "log-in",
        {
            let known = session.me().and_then(|me| me.email.clone().or_else(|| me.dni.clone()));
            move || Values { login: known.unwrap_or_default(), password: String::new() }
        },
        check,
    );
    let onsubmit = form.on_submit({
        let session = session.clone();
        move |values: Values| {
            let session = session.clone();
            async move {
                let credentials = LogIn { login: values.login.trim().to_owned(), password: values.password };
                let opened = log_in(&session.client, &credentials).await?;
                session.open(opened);
                Ok(())
            }
        }
    });
    let has_login = !form.values().login.is_empty();
    html! {
        <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
            <TextField
                field={form.field("/login", |v| v.login.clone(), |v, login| v.login = login)}
                label={t.login_label()}
                required=true
                autocomplete="username"
                autofocus={!has_login}
            />
            <PasswordField
                field={form.field("/password", |v| v.password.clone(), |v, password| v.password = password)}
                label={t.password()}
                autofocus={has_login}
            />
            <FormActions label={t.log_in()} icon={IconName::LogIn} sending={form.is_sending()} block=true />
        </FormFrame>
    }
}

/// Properties of [`LogInPage`].
#[derive(Properties, PartialEq)]
pub struct LogInPageProps {
    /// Why one has to log in here.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
}

/// The page to log in on. Where another page needs somebody signed in, this
/// stands in its place and gives way afterwards.
#[component]
pub fn LogInPage(props: &LogInPageProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let navigator = use_navigator();
    let here = use_route::<Route>();
    {
        let done = session.me().is_some() && here == Some(Route::LogIn);
        use_effect_with(done, move |done| {
            if let Some(navigator) = navigator.filter(|_| *done) {
                navigator.replace(&Route::Front);
            }
        });
    }
    let is_demo = use_configuration().is_some_and(|configuration| configuration.demo);
    html! {
        <>
            <PageHeader title={t.log_in()} lead={props.lead.clone()} />
            <PageSection narrow=true>
                <Card>
                    if is_demo {
                        <div class="gestfg-gap-after"><Alert title={t.demo_hint()} /></div>
                    }
                    <LogInForm />
                    <p class="gestfg-form-links">
                        <RouteLink to={Route::Recover}>{ t.forgot_password() }</RouteLink>
                    </p>
                    <p class="gestfg-form-links">
                        { t.no_account() }{ " " }
                        <RouteLink to={Route::Register}>{ t.route_register() }</RouteLink>
                    </p>
                </Card>
            </PageSection>
        </>
    }
}
