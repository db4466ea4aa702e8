//! What a new password needs, ticked off while it is typed.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use crate::validation::{PASSWORD_MIN, is_varied};
use yew::prelude::*;

/// Properties of [`PasswordRules`].
#[derive(Properties, PartialEq)]
pub struct PasswordRulesProps {
    /// The password so far.
    pub password: AttrValue,
    /// Its repetition so far.
    pub repeated: AttrValue,
}

/// The rules of a new password and which are met.
#[component]
pub fn PasswordRules(props: &PasswordRulesProps) -> Html {
    let t = use_texts();
    let rules = [
        (t.rule_length(), props.password.chars().count() >= PASSWORD_MIN),
        (t.rule_varied(), is_varied(&props.password)),
        (t.rule_same(), !props.password.is_empty() && props.password == props.repeated),
    ];
    html! {
        <ul class="gestfg-rules" role="list">
            { for rules.into_iter().map(|(rule, met)| html! {
                <li class={met.then_some("gestfg-rule--met")}>
                    <Icon name={if met { IconName::CheckCircle } else { IconName::Info }} />
                    <span class="pf-v6-screen-reader">{ if met { t.rule_met() } else { t.rule_unmet() } }{ " " }</span>
                    <span>{ rule }</span>
                </li>
            }) }
        </ul>
    }
}
