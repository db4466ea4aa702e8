//! One's own account.

mod copy;
mod password;
mod tokens;

use crate::api::accounts::update_me;
use crate::components::{
    Card, Choice, FormActions, FormFrame, PageHeader, PageSection, SelectField, TextField, use_toasts,
};
use crate::hooks::{FieldProblem, use_form, use_unsaved_guard};
use crate::i18n::{Texts, use_language, use_texts};
use crate::pages::calendar::FeedPanel;
use crate::pages::notices::PreferencesCard;
use crate::session::use_session;
use crate::validation::{Check, FIRST_NAME_MAX, LAST_NAME_MAX};
use copy::CopyCard;
use gestfg_types::accounts::UpdateMe;
use gestfg_types::session::{DegreeRef, Language, Me, Roles};
use password::PasswordCard;
use std::rc::Rc;
use tokens::TokensCard;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Values {
    first_name: String,
    last_name: String,
    language: String,
}

impl From<&Me> for Values {
    fn from(me: &Me) -> Self {
        Self {
            first_name: me.first_name.clone(),
            last_name: me.last_name.clone(),
            language: me.language.as_str().to_owned(),
        }
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .text("/first_name", &values.first_name, FIRST_NAME_MAX)
        .text("/last_name", &values.last_name, LAST_NAME_MAX)
        .done()
}

/// Data, password and tokens of the signed-in person.
#[component]
pub fn ProfilePage() -> Html {
    let t = use_texts();
    let session = use_session();
    let Some(me) = session.me().cloned() else { return html! {} };
    html! {
        <>
            <PageHeader title={t.route_profile()} />
            <PageSection>
                <div class="gestfg-columns">
                    <div class="gestfg-stack">
                        <DataCard key={me.id.0} me={Rc::clone(&me)} />
                        <PreferencesCard />
                        <Card title={t.feed_private()}><FeedPanel /></Card>
                        <TokensCard />
                    </div>
                    <div class="gestfg-stack">
                        <Card title={t.my_roles()}>{ roles(&me.roles, t) }</Card>
                        <PasswordCard />
                        <CopyCard />
                    </div>
                </div>
            </PageSection>
        </>
    }
}

fn roles(roles: &Roles, t: Texts) -> Html {
    let codes = |degrees: &[DegreeRef]| {
        degrees.iter().map(|degree| degree.code.clone()).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    if roles.admin {
        lines.push(t.role_admin().to_owned());
    }
    if !roles.coordinates.is_empty() {
        lines.push(t.role_coordinator(&codes(&roles.coordinates)));
    }
    if let Some(department) = &roles.head_of {
        lines.push(t.role_head(&department.name));
    }
    if let Some(department) = &roles.professor {
        lines.push(t.role_professor(&department.name));
    }
    match &roles.student {
        Some(degrees) if !degrees.is_empty() => lines.push(t.role_student_of(&codes(degrees))),
        Some(_) => lines.push(t.role_student().to_owned()),
        None => {}
    }
    if lines.is_empty() {
        return html! { <p class="gestfg-subtle">{ t.role_none() }</p> };
    }
    html! { <ul class="pf-v6-c-list" role="list">{ for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul> }
}

#[derive(Properties, PartialEq)]
struct DataCardProps {
    me: Rc<Me>,
}

#[component]
fn DataCard(props: &DataCardProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let language = use_language();
    let me = &props.me;
    let form = use_form("my-data", || Values::from(&**me), check);
    let _guard = use_unsaved_guard(form.is_dirty());
    let onsubmit = form.on_submit({
        let version = me.version;
        move |values: Values| {
            let (session, toasts, language) = (session.clone(), toasts.clone(), language.clone());
            async move {
                let chosen =
                    if values.language == Language::En.as_str() { Language::En } else { Language::Es };
                let changes = UpdateMe {
                    first_name: Some(values.first_name.trim().to_owned()),
                    last_name: Some(values.last_name.trim().to_owned()),
                    language: Some(chosen),
                };
                let changed = update_me(&session.client, version, &changes).await?;
                session.update(changed);
                language.set.emit(chosen);
                toasts.done(Texts::of(chosen).saved());
                Ok(())
            }
        }
    });
    let languages =
        [Language::Es, Language::En].map(|found| Choice::new(found.as_str(), t.language_name(found)));
    html! {
        <Card title={t.my_data()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/first_name", "/last_name", "/language"])}
            >
                <dl class="gestfg-facts gestfg-facts--wide">
                    <div><dt>{ t.email() }</dt><dd>{ me.email.clone().unwrap_or_else(|| "—".to_owned()) }</dd></div>
                    <div><dt>{ t.dni() }</dt><dd>{ me.dni.clone().unwrap_or_else(|| "—".to_owned()) }</dd></div>
                </dl>
                <p class="gestfg-subtle">{ t.my_data_fixed() }</p>
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
                    field={form.field("/language", |v| v.language.clone(), |v, chosen| v.language = chosen)}
                    label={t.preferred_language()}
                    help={t.preferred_language_help()}
                    choices={languages.to_vec()}
                />
                <FormActions label={t.save()} sending={form.is_sending()} disabled={!form.is_dirty()} />
            </FormFrame>
        </Card>
    }
}
