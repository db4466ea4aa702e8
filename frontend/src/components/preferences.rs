//! How a person wants to be told of things.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use gestfg_types::notifications::{MailPreference, NotificationPreference};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Properties of [`PreferencesTable`].
#[derive(Properties, PartialEq)]
pub struct PreferencesTableProps {
    /// Each kind with its ways.
    pub items: Vec<NotificationPreference>,
    /// The person wants one kind otherwise.
    pub onchange: Callback<NotificationPreference>,
}

/// A row for each kind of thing: whether it shows in the inbox, and whether
/// and when a mail is written.
#[component]
pub fn PreferencesTable(props: &PreferencesTableProps) -> Html {
    let t = use_texts();
    let row = |item: &NotificationPreference| {
        let item = *item;
        let name = t.notification_kind(item.kind);
        let kind = item.kind.as_str();
        let in_app = {
            let onchange = props.onchange.clone();
            Callback::from(move |event: Event| {
                let in_app = event.target_unchecked_into::<HtmlInputElement>().checked();
                onchange.emit(NotificationPreference { in_app, ..item });
            })
        };
        let mail = {
            let onchange = props.onchange.clone();
            Callback::from(move |event: Event| {
                let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
                let chosen = MAIL.into_iter().find(|mail| mail.as_str() == chosen);
                onchange.emit(NotificationPreference { mail: chosen.unwrap_or(item.mail), ..item });
            })
        };
        html! {
            <tr class="pf-v6-c-table__tr" key={kind}>
                <th class="pf-v6-c-table__th" scope="row" data-label={t.preference_kind()}>{ name }</th>
                <td class="pf-v6-c-table__td" data-label={t.preference_in_app()}>
                    <div class="pf-v6-c-check pf-m-standalone">
                        <input
                            class="pf-v6-c-check__input"
                            type="checkbox"
                            id={format!("in-app-{kind}")}
                            checked={item.in_app}
                            onchange={in_app}
                            aria-label={t.preference_in_app_of(name)}
                        />
                    </div>
                </td>
                <td class="pf-v6-c-table__td" data-label={t.preference_mail()}>
                    <span class="pf-v6-c-form-control">
                        <select id={format!("mail-{kind}")} onchange={mail} aria-label={t.preference_mail_of(name)}>
                            { for MAIL.into_iter().map(|mail| html! {
                                <option value={mail.as_str()} selected={mail == item.mail}>
                                    { t.mail_preference(mail) }
                                </option>
                            }) }
                        </select>
                        <span class="pf-v6-c-form-control__utilities">
                            <span class="pf-v6-c-form-control__toggle-icon"><Icon name={IconName::ChevronDown} /></span>
                        </span>
                    </span>
                </td>
            </tr>
        }
    };
    html! {
        <table class="pf-v6-c-table pf-m-grid-md pf-m-compact gestfg-preferences">
            <caption class="pf-v6-screen-reader">{ t.preferences() }</caption>
            <thead class="pf-v6-c-table__thead">
                <tr class="pf-v6-c-table__tr">
                    { for [t.preference_kind(), t.preference_in_app(), t.preference_mail()].map(|label| html! {
                        <th class="pf-v6-c-table__th" scope="col">{ label }</th>
                    }) }
                </tr>
            </thead>
            <tbody class="pf-v6-c-table__tbody">{ for props.items.iter().map(row) }</tbody>
        </table>
    }
}

const MAIL: [MailPreference; 3] = [MailPreference::Now, MailPreference::Digest, MailPreference::Never];
