//! Fields of a form.

use super::button::{Button, ButtonKind};
use super::field::{FieldFrame, help_id};
use super::icon::{Icon, IconName};
use crate::hooks::Field;
use crate::i18n::use_texts;
use gestfg_types::errors::FieldCode;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

pub(super) fn control_class(invalid: bool, disabled: bool) -> Classes {
    classes!("pf-v6-c-form-control", invalid.then_some("pf-m-error"), disabled.then_some("pf-m-disabled"))
}

pub(super) fn invalid<V: PartialEq>(field: &Field<V>) -> Option<&'static str> {
    field.error.map(|_| "true")
}

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Its value and what may become of it.
    pub field: Field<String>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Whether a value is due.
    #[prop_or_default]
    pub required: bool,
    /// `text`, `email`, `number`, `date`, `datetime-local`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What the browser may fill in.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    /// The most characters it takes; how many are used is shown near the end.
    #[prop_or_default]
    pub max: Option<usize>,
    /// Values to choose from without having to.
    #[prop_or_default]
    pub suggestions: Vec<AttrValue>,
    /// Whether it only shows.
    #[prop_or_default]
    pub readonly: bool,
    /// Whether the cursor begins here.
    #[prop_or_default]
    pub autofocus: bool,
    /// Say what is wrong with these words instead of the code's.
    #[prop_or_default]
    pub says: Option<AttrValue>,
}

/// One line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let field = &props.field;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.autofocus, move |wanted| {
            if *wanted && let Some(input) = node.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    let oninput = {
        let onchange = field.onchange.clone();
        Callback::from(move |event: InputEvent| {
            onchange.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let list = (!props.suggestions.is_empty()).then(|| AttrValue::from(format!("{}-list", field.id)));
    html! {
        <FieldFrame
            id={field.id.clone()}
            label={props.label.clone()}
            required={props.required}
            help={props.help.clone()}
            error={field.error}
            says={props.says.clone()}
            aside={counter(&field.value, props.max)}
        >
            <span class={control_class(field.error.is_some(), field.disabled)}>
                <input
                    ref={node}
                    id={field.id.clone()}
                    type={props.kind.clone()}
                    value={field.value.clone()}
                    {oninput}
                    onblur={field.onleave.reform(|_| ())}
                    disabled={field.disabled}
                    readonly={props.readonly}
                    autofocus={props.autofocus}
                    autocomplete={props.autocomplete.clone()}
                    list={list.clone()}
                    aria-required={props.required.then_some("true")}
                    aria-invalid={invalid(field)}
                    aria-describedby={help_id(&field.id)}
                />
            </span>
            if let Some(id) = list {
                <datalist {id}>
                    { for props.suggestions.iter().map(|value| html! { <option value={value.clone()} /> }) }
                </datalist>
            }
        </FieldFrame>
    }
}

pub(super) fn counter(value: &str, max: Option<usize>) -> Html {
    let used = value.chars().count();
    match max {
        Some(max) if used * 10 >= max * 8 => {
            let class = classes!("gestfg-counter", (used > max).then_some("gestfg-counter--over"));
            html! { <div {class}>{ format!("{used}/{max}") }</div> }
        }
        _ => html! {},
    }
}

/// Properties of [`PasswordField`].
#[derive(Properties, PartialEq)]
pub struct PasswordFieldProps {
    /// Its value and what may become of it.
    pub field: Field<String>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// What to say when it is not the value expected (the repetition).
    #[prop_or_default]
    pub wrong: Option<AttrValue>,
    /// `current-password` or `new-password`.
    #[prop_or(AttrValue::Static("current-password"))]
    pub autocomplete: AttrValue,
    /// Whether the cursor begins here.
    #[prop_or_default]
    pub autofocus: bool,
}

/// A password, which can be looked at while it is typed.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let t = use_texts();
    let field = &props.field;
    let shown = use_state_eq(|| false);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.autofocus, move |wanted| {
            if *wanted && let Some(input) = node.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    let oninput = {
        let onchange = field.onchange.clone();
        Callback::from(move |event: InputEvent| {
            onchange.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let toggle = use_callback(shown.clone(), |_, shown| shown.set(!**shown));
    html! {
        <FieldFrame
            id={field.id.clone()}
            label={props.label.clone()}
            required=true
            help={props.help.clone()}
            error={field.error}
            says={props.wrong.clone().filter(|_| field.error == Some(FieldCode::UnknownValue))}
        >
            <div class="pf-v6-c-input-group">
                <div class="pf-v6-c-input-group__item pf-m-fill">
                    <span class={control_class(field.error.is_some(), field.disabled)}>
                        <input
                            ref={node}
                            id={field.id.clone()}
                            type={if *shown { "text" } else { "password" }}
                            value={field.value.clone()}
                            {oninput}
                            onblur={field.onleave.reform(|_| ())}
                            disabled={field.disabled}
                            autocomplete={props.autocomplete.clone()}
                            autocapitalize="off"
                            spellcheck="false"
                            aria-required="true"
                            aria-invalid={invalid(field)}
                            aria-describedby={help_id(&field.id)}
                        />
                    </span>
                </div>
                <div class="pf-v6-c-input-group__item">
                    <Button
                        label={if *shown { t.hide_password() } else { t.show_password() }}
                        kind={ButtonKind::Control}
                        icon={if *shown { IconName::EyeOff } else { IconName::Eye }}
                        icon_only=true
                        onclick={toggle}
                    />
                </div>
            </div>
        </FieldFrame>
    }
}

/// One value of a [`SelectField`].
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As it is stored.
    pub value: AttrValue,
    /// As it is shown.
    pub label: AttrValue,
}

impl Choice {
    /// A value and its words.
    #[allow(clippy::needless_pass_by_value, reason = "ids and texts are given where they are made")]
    pub fn new(value: impl ToString, label: impl Into<AttrValue>) -> Self {
        Self { value: value.to_string().into(), label: label.into() }
    }
}

/// Properties of [`SelectField`].
#[derive(Properties, PartialEq)]
pub struct SelectFieldProps {
    /// Its value and what may become of it.
    pub field: Field<String>,
    /// Its label.
    pub label: AttrValue,
    /// What there is to choose from.
    pub choices: Vec<Choice>,
    /// What stands for no choice; without it there always is one.
    #[prop_or_default]
    pub none: Option<AttrValue>,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Whether a value is due.
    #[prop_or_default]
    pub required: bool,
}

/// One of several values.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let field = &props.field;
    let onchange = {
        let onchange = field.onchange.clone();
        Callback::from(move |event: Event| {
            onchange.emit(event.target_unchecked_into::<HtmlSelectElement>().value());
        })
    };
    let option = |value: AttrValue, label: AttrValue| {
        let selected = value.as_str() == field.value;
        html! { <option key={value.to_string()} value={value} {selected}>{ label }</option> }
    };
    html! {
        <FieldFrame
            id={field.id.clone()}
            label={props.label.clone()}
            required={props.required}
            help={props.help.clone()}
            error={field.error}
        >
            <span class={control_class(field.error.is_some(), field.disabled)}>
                <select
                    id={field.id.clone()}
                    {onchange}
                    onblur={field.onleave.reform(|_| ())}
                    disabled={field.disabled}
                    aria-required={props.required.then_some("true")}
                    aria-invalid={invalid(field)}
                    aria-describedby={help_id(&field.id)}
                >
                    if let Some(none) = &props.none {
                        { option(AttrValue::Static(""), none.clone()) }
                    }
                    { for props.choices.iter().map(|choice| option(choice.value.clone(), choice.label.clone())) }
                </select>
                <span class="pf-v6-c-form-control__utilities">
                    <span class="pf-v6-c-form-control__toggle-icon"><Icon name={IconName::ChevronDown} /></span>
                </span>
            </span>
        </FieldFrame>
    }
}

/// Properties of [`TextAreaField`].
#[derive(Properties, PartialEq)]
pub struct TextAreaFieldProps {
    /// Its value and what may become of it.
    pub field: Field<String>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Whether a value is due.
    #[prop_or_default]
    pub required: bool,
    /// How many lines it shows.
    #[prop_or(4)]
    pub rows: u32,
    /// The most characters it takes.
    #[prop_or_default]
    pub max: Option<usize>,
}

/// Several lines of text.
#[component]
pub fn TextAreaField(props: &TextAreaFieldProps) -> Html {
    let field = &props.field;
    html! {
        <FieldFrame
            id={field.id.clone()}
            label={props.label.clone()}
            required={props.required}
            help={props.help.clone()}
            error={field.error}
            aside={counter(&field.value, props.max)}
        >
            { text_area(field, props.rows, props.required) }
        </FieldFrame>
    }
}

pub(super) fn text_area(field: &Field<String>, rows: u32, required: bool) -> Html {
    let onchange = field.onchange.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        onchange.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value());
    });
    html! {
        <span class={classes!(control_class(field.error.is_some(), field.disabled), "pf-m-textarea", "pf-m-resize-vertical")}>
            <textarea
                id={field.id.clone()}
                rows={rows.to_string()}
                value={field.value.clone()}
                {oninput}
                onblur={field.onleave.reform(|_| ())}
                disabled={field.disabled}
                aria-required={required.then_some("true")}
                aria-invalid={invalid(field)}
                aria-describedby={help_id(&field.id)}
            />
        </span>
    }
}

/// Properties of [`CheckField`].
#[derive(Properties, PartialEq)]
pub struct CheckFieldProps {
    /// Its value and what may become of it.
    pub field: Field<bool>,
    /// Its label.
    pub label: AttrValue,
    /// What it means.
    #[prop_or_default]
    pub help: Option<AttrValue>,
}

/// Yes or no.
#[component]
pub fn CheckField(props: &CheckFieldProps) -> Html {
    let field = &props.field;
    let onchange = {
        let onchange = field.onchange.clone();
        Callback::from(move |event: Event| {
            onchange.emit(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    html! {
        <div class="pf-v6-c-form__group">
            <div class="pf-v6-c-form__group-control">
                <div class="pf-v6-c-check">
                    <input
                        class="pf-v6-c-check__input"
                        type="checkbox"
                        id={field.id.clone()}
                        checked={field.value}
                        disabled={field.disabled}
                        {onchange}
                        aria-describedby={help_id(&field.id)}
                    />
                    <label class="pf-v6-c-check__label" for={field.id.clone()}>{ props.label.clone() }</label>
                    <span class="pf-v6-c-check__description" id={help_id(&field.id)}>
                        { props.help.clone().unwrap_or_default() }
                    </span>
                </div>
            </div>
        </div>
    }
}
