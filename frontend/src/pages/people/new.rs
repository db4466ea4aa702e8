//! A new account.

use super::fields::{FormHandleProp, POINTERS, PersonFields, Values, check};
use crate::api::people::create_user;
use crate::components::{Card, Crumb, FormActions, FormFrame, IconName, PageHeader, PageSection, use_toasts};
use crate::hooks::{use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::session::use_session;
use yew::prelude::*;
use yew_router::prelude::*;

/// Makes an account.
#[component]
pub fn NewPersonPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let navigator = use_navigator();
    let language = t.language().as_str().to_owned();
    let form = use_form("person", move || Values { language, ..Values::default() }, check);
    let guard = use_unsaved_guard(form.is_dirty());
    let onsubmit = form.on_submit({
        let (client, navigator, guard) = (session.client.clone(), navigator.clone(), guard.clone());
        move |values: Values| {
            let (client, navigator, guard, toasts) =
                (client.clone(), navigator.clone(), guard.clone(), toasts.clone());
            async move {
                let user = create_user(&client, &values.create()).await?;
                guard.release();
                toasts.done(t.person_created());
                if let Some(navigator) = navigator {
                    navigator.push(&Route::Person { id: user.id });
                }
                Ok(())
            }
        }
    });
    let oncancel = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::People);
        }
    });
    let crumbs = vec![Crumb { to: Route::People, label: t.route_people().into() }];
    html! {
        <>
            <PageHeader title={t.route_new_person()} lead={t.new_person_lead()} {crumbs} />
            <PageSection>
                <Card class="gestfg-form-card">
                    <FormFrame
                        id={form.id.clone()}
                        {onsubmit}
                        failure={form.failure().cloned()}
                        elsewhere={form.errors_elsewhere(&POINTERS)}
                    >
                        <PersonFields form={FormHandleProp(form.clone())} all_roles=true />
                        <FormActions
                            label={t.create_person()}
                            icon={IconName::UserPlus}
                            sending={form.is_sending()}
                            {oncancel}
                        />
                    </FormFrame>
                </Card>
            </PageSection>
        </>
    }
}
