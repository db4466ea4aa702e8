//! Choosing a professor by typing part of the name.

use super::button::{Button, ButtonKind};
use super::field::{FieldFrame, help_id};
use super::fields::{control_class, invalid};
use super::icon::IconName;
use crate::api::people::search_professors;
use crate::hooks::{Field, use_debounced, use_remote};
use crate::i18n::use_texts;
use gestfg_types::ids::DepartmentId;
use gestfg_types::pagination::Page;
use gestfg_types::users::{PersonRef, Professor};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How many names are offered at once.
const OFFERED: u32 = 8;
/// Wait this long after the last key before asking, in milliseconds.
const PAUSE: u32 = 250;

/// Properties of [`ProfessorSelect`].
#[derive(Properties, PartialEq)]
pub struct ProfessorSelectProps {
    /// Who is chosen and what may become of it.
    pub field: Field<Option<PersonRef>>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Whether somebody is due.
    #[prop_or_default]
    pub required: bool,
    /// Only professors of this department.
    #[prop_or_default]
    pub department: Option<DepartmentId>,
}

/// A combo box over the professors: arrows move, Enter chooses, Escape closes.
#[component]
pub fn ProfessorSelect(props: &ProfessorSelectProps) -> Html {
    let t = use_texts();
    let field = &props.field;
    // While somebody is typing their words are shown, else the chosen name.
    let typed = use_state_eq(|| None::<String>);
    let active = use_state_eq(|| 0_usize);
    let words = use_debounced((*typed).clone(), PAUSE);
    let found = use_remote((words, props.department), |client, (words, department)| async move {
        match words {
            None => Ok(Page { items: Vec::new(), next_cursor: None, total: 0 }),
            Some(words) => search_professors(&client, &words, department, OFFERED).await,
        }
    });
    let offered: Vec<Professor> = match (&*typed, &found.latest) {
        (Some(_), Some(page)) => page.items.clone(),
        _ => Vec::new(),
    };
    let open = typed.is_some();

    let choose = {
        let (typed, active, onchange) = (typed.setter(), active.setter(), field.onchange.clone());
        Callback::from(move |person: Option<PersonRef>| {
            typed.set(None);
            active.set(0);
            onchange.emit(person);
        })
    };
    let oninput = {
        let (typed, active) = (typed.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            typed.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
            active.set(0);
        })
    };
    let onkeydown = {
        let (typed, active, choose, offered) =
            (typed.clone(), active.clone(), choose.clone(), offered.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                if typed.is_none() {
                    typed.set(Some(String::new()));
                } else if !offered.is_empty() {
                    active.set((*active + 1) % offered.len());
                }
            }
            "ArrowUp" if !offered.is_empty() => {
                event.prevent_default();
                active.set((*active + offered.len() - 1) % offered.len());
            }
            "Enter" if typed.is_some() => {
                event.prevent_default();
                if let Some(professor) = offered.get(*active) {
                    choose.emit(Some(person(professor)));
                }
            }
            "Escape" if typed.is_some() => {
                event.prevent_default();
                event.stop_propagation();
                typed.set(None);
            }
            _ => {}
        })
    };
    let onblur = {
        let (typed, onleave) = (typed.setter(), field.onleave.clone());
        Callback::from(move |_| {
            typed.set(None);
            onleave.emit(());
        })
    };
    let list = AttrValue::from(format!("{}-options", field.id));
    let option_id = |index: usize| format!("{}-option-{index}", field.id);
    let chosen = field.value.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let option = |(index, professor): (usize, &Professor)| {
        let onmousedown = {
            let (choose, person) = (choose.clone(), person(professor));
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                choose.emit(Some(person.clone()));
            })
        };
        let selected = index == *active;
        html! {
            <li
                id={option_id(index)}
                role="option"
                class={classes!("gestfg-option", selected.then_some("gestfg-option--active"))}
                aria-selected={if selected { "true" } else { "false" }}
                {onmousedown}
            >
                <span>{ &professor.name }</span>
                <span class="gestfg-subtle">{ format!("{} · {}", professor.department.code, professor.department.name) }</span>
            </li>
        }
    };
    html! {
        <FieldFrame
            id={field.id.clone()}
            label={props.label.clone()}
            required={props.required}
            help={props.help.clone()}
            error={field.error}
        >
            <div class="gestfg-combo">
                <div class="pf-v6-c-input-group">
                    <div class="pf-v6-c-input-group__item pf-m-fill">
                        <span class={control_class(field.error.is_some(), field.disabled)}>
                            <input
                                id={field.id.clone()}
                                role="combobox"
                                type="text"
                                autocomplete="off"
                                value={(*typed).clone().unwrap_or(chosen)}
                                placeholder={t.type_a_name()}
                                disabled={field.disabled}
                                {oninput}
                                {onkeydown}
                                {onblur}
                                aria-autocomplete="list"
                                aria-expanded={if open { "true" } else { "false" }}
                                aria-controls={list.clone()}
                                aria-activedescendant={(open && !offered.is_empty()).then(|| option_id(*active))}
                                aria-required={props.required.then_some("true")}
                                aria-invalid={invalid(field)}
                                aria-describedby={help_id(&field.id)}
                            />
                        </span>
                    </div>
                    if field.value.is_some() && !field.disabled {
                        <div class="pf-v6-c-input-group__item">
                            <Button
                                label={t.clear()}
                                kind={ButtonKind::Control}
                                icon={IconName::Times}
                                icon_only=true
                                onclick={choose.reform(|_| None)}
                            />
                        </div>
                    }
                </div>
                <ul id={list} role="listbox" aria-label={props.label.clone()} class="gestfg-options" hidden={!open}>
                    if offered.is_empty() {
                        <li class="gestfg-option gestfg-subtle" role="option" aria-selected="false" aria-disabled="true">
                            { if found.is_loading() { t.loading() } else { t.nobody_found() } }
                        </li>
                    }
                    { for offered.iter().enumerate().map(option) }
                </ul>
            </div>
        </FieldFrame>
    }
}

fn person(professor: &Professor) -> PersonRef {
    PersonRef { id: professor.id, name: professor.name.clone() }
}
