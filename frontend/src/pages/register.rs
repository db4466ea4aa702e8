//! A student asks for an account.

use crate::api::master::active_degrees;
use crate::api::session::register;
use crate::components::{
    Alert, Card, Choice, FormActions, FormFrame, IconName, PageHeader, PageSection, RouteLink, SelectField,
    TextField, Tone,
};
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::{Check, FIRST_NAME_MAX, LAST_NAME_MAX};
use crate::zone::use_configuration;
use gestfg_types::accounts::Register;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    email: String,
    dni: String,
    first_name: String,
    last_name: String,
    degree_id: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .email("/email", &values.email)
        .text("/first_name", &values.first_name, FIRST_NAME_MAX)
        .text("/last_name", &values.last_name, LAST_NAME_MAX)
        .optional_dni("/dni", &values.dni)
        .done()
}

/// The answer is the same whether the address has an account or not.
#[component]
pub fn RegisterPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let promised = use_state_eq(|| false);
    let settings = use_configuration();
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let form = use_form("register", Values::default, check);
    let onsubmit = form.on_submit({
        let promised = promised.setter();
        move |values: Values| {
            let (client, promised) = (session.client.clone(), promised.clone());
            async move {
                let dni = values.dni.trim();
                let request = Register {
                    email: values.email.trim().to_owned(),
                    dni: (!dni.is_empty()).then(|| dni.to_owned()),
                    first_name: values.first_name.trim().to_owned(),
                    last_name: values.last_name.trim().to_owned(),
                    degree_id: values.degree_id.parse().ok(),
                    language: t.language(),
                };
                register(&client, &request).await?;
                promised.set(true);
                Ok(())
            }
        }
    });
    let domains = settings.map(|settings| {
        let ends: Vec<String> = settings.student_domains.iter().map(|domain| format!("@{domain}")).collect();
        AttrValue::from(t.register_domains(&ends.join(", ")))
    });
    let choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name)))
            .collect()
    });
    html! {
        <>
            <PageHeader title={t.route_register()} lead={t.register_lead()} />
            <PageSection narrow=true>
                <Card>
                    if *promised {
                        <Alert tone={Tone::Success} title={t.check_your_mail()} urgent=true>
                            <p>{ t.register_promised() }</p>
                            <p>{ t.nothing_arrived() }</p>
                        </Alert>
                    } else {
                        <FormFrame
                            id={form.id.clone()}
                            {onsubmit}
                            failure={form.failure().cloned()}
                            elsewhere={form.errors_elsewhere(&["/email", "/first_name", "/last_name", "/dni", "/degree_id"])}
                        >
                            <TextField
                                field={form.field("/email", |v| v.email.clone(), |v, email| v.email = email)}
                                label={t.email()}
                                help={domains}
                                kind="email"
                                required=true
                                autocomplete="email"
                            />
                            <div class="gestfg-form-row">
                                <TextField
                                    field={form.field("/first_name", |v| v.first_name.clone(), |v, name| v.first_name = name)}
                                    label={t.first_name()}
                                    required=true
                                    autocomplete="given-name"
                                    max={FIRST_NAME_MAX}
                                />
                                <TextField
                                    field={form.field("/last_name", |v| v.last_name.clone(), |v, name| v.last_name = name)}
                                    label={t.last_name()}
                                    required=true
                                    autocomplete="family-name"
                                    max={LAST_NAME_MAX}
                                />
                            </div>
                            <SelectField
                                field={form.field("/degree_id", |v| v.degree_id.clone(), |v, id| v.degree_id = id)}
                                label={t.degree()}
                                none={t.no_degree_yet()}
                                {choices}
                            />
                            <TextField
                                field={form.field("/dni", |v| v.dni.clone(), |v, dni| v.dni = dni)}
                                label={t.dni()}
                                help={t.dni_help()}
                                autocomplete="off"
                            />
                            <FormActions
                                label={t.create_account()}
                                icon={IconName::UserPlus}
                                sending={form.is_sending()}
                                block=true
                            />
                        </FormFrame>
                    }
                    <p class="gestfg-form-links">
                        { t.have_account() }{ " " }
                        <RouteLink to={Route::LogIn}>{ t.log_in() }</RouteLink>
                    </p>
                </Card>
            </PageSection>
        </>
    }
}
