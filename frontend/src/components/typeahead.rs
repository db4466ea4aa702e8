//! Choosing a professor, a student or a project by typing part of the name.

use super::button::{Button, ButtonKind};
use super::field::{FieldFrame, help_id};
use super::fields::{control_class, invalid};
use super::icon::IconName;
use crate::api::people::{search_professors, search_students};
use crate::api::projects::list_projects;
use crate::api::{ApiError, Client};
use crate::hooks::{Field, use_debounced, use_remote};
use crate::i18n::use_texts;
use gestfg_types::ids::{DepartmentId, UserId};
use gestfg_types::users::PersonRef;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How many names are offered at once.
const OFFERED: u32 = 8;
/// Wait this long after the last key before asking, in milliseconds.
const PAUSE: u32 = 250;

/// Among what one chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// Professors, of one department or of any.
    Professors(Option<DepartmentId>),
    /// Students the reader keeps.
    Students,
    /// Projects the reader may see.
    Projects,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
}

/// Something to choose, with what tells it from others of its name.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    found: Found,
    more: String,
}

impl Lookup {
    async fn search(self, client: Client, words: String) -> Result<Vec<Offer>, ApiError> {
        let offer = |id: i64, name: String, more: String| Offer { found: Found { id, name }, more };
        match self {
            Self::Professors(department) => {
                let page = search_professors(&client, &words, department, OFFERED).await?;
                let one = |it: gestfg_types::users::Professor| {
                    offer(it.id.0, it.name, format!("{} · {}", it.department.code, it.department.name))
                };
                Ok(page.items.into_iter().map(one).collect())
            }
            Self::Students => {
                let page = search_students(&client, &words, OFFERED).await?;
                let one = |it: gestfg_types::users::User| {
                    let name = format!("{} {}", it.first_name, it.last_name);
                    offer(it.id.0, name, it.email.unwrap_or_default())
                };
                Ok(page.items.into_iter().map(one).collect())
            }
            Self::Projects => {
                let limit = OFFERED.to_string();
                let page = list_projects(&client, &[("q", words.trim()), ("limit", &limit)]).await?;
                let one = |it: gestfg_types::projects::ProjectSummary| {
                    let tutor = it.tutor.map(|tutor| tutor.name).unwrap_or_default();
                    offer(it.id.0, it.title, format!("{} · {tutor}", it.degree.code))
                };
                Ok(page.items.into_iter().map(one).collect())
            }
        }
    }
}

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

/// One of the professors.
#[component]
pub fn ProfessorSelect(props: &ProfessorSelectProps) -> Html {
    let chosen = |found: Option<Found>| found.map(|it| PersonRef { id: UserId(it.id), name: it.name });
    let field = Field {
        id: props.field.id.clone(),
        value: props.field.value.clone().map(|person| Found { id: person.id.0, name: person.name }),
        error: props.field.error,
        onchange: props.field.onchange.reform(chosen),
        onleave: props.field.onleave.clone(),
        disabled: props.field.disabled,
    };
    html! {
        <LookupSelect
            {field}
            label={props.label.clone()}
            help={props.help.clone()}
            required={props.required}
            lookup={Lookup::Professors(props.department)}
        />
    }
}

/// Properties of [`LookupSelect`].
#[derive(Properties, PartialEq)]
pub struct LookupSelectProps {
    /// What is chosen and what may become of it.
    pub field: Field<Option<Found>>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Whether something is due.
    #[prop_or_default]
    pub required: bool,
    /// Among what.
    pub lookup: Lookup,
}

/// A combo box over what the server finds: arrows move, Enter chooses, Escape closes.
#[component]
pub fn LookupSelect(props: &LookupSelectProps) -> Html {
    let t = use_texts();
    let is_project = props.lookup == Lookup::Projects;
    let field = &props.field;
    // While somebody is typing their words are shown, else the chosen name.
    let typed = use_state_eq(|| None::<String>);
    let active = use_state_eq(|| 0_usize);
    let words = use_debounced((*typed).clone(), PAUSE);
    let found = use_remote((words, props.lookup), |client, (words, lookup)| async move {
        match words {
            None => Ok(Vec::new()),
            Some(words) => lookup.search(client, words).await,
        }
    });
    let offered: Vec<Offer> = match (&*typed, &found.latest) {
        (Some(_), Some(offers)) => offers.to_vec(),
        _ => Vec::new(),
    };
    let open = typed.is_some();

    let choose = {
        let (typed, active, onchange) = (typed.setter(), active.setter(), field.onchange.clone());
        Callback::from(move |found: Option<Found>| {
            typed.set(None);
            active.set(0);
            onchange.emit(found);
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
                if let Some(offer) = offered.get(*active) {
                    choose.emit(Some(offer.found.clone()));
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
    let chosen = field.value.as_ref().map(|found| found.name.clone()).unwrap_or_default();
    let option = |(index, offer): (usize, &Offer)| {
        let onmousedown = {
            let (choose, found) = (choose.clone(), offer.found.clone());
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                choose.emit(Some(found.clone()));
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
                <span>{ &offer.found.name }</span>
                <span class="gestfg-subtle">{ &offer.more }</span>
            </li>
        }
    };
    let nothing = match (found.is_loading(), is_project) {
        (true, _) => t.loading(),
        (false, true) => t.nothing_found(),
        (false, false) => t.nobody_found(),
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
                                placeholder={if is_project { t.type_a_title() } else { t.type_a_name() }}
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
                            { nothing }
                        </li>
                    }
                    { for offered.iter().enumerate().map(option) }
                </ul>
            </div>
        </FieldFrame>
    }
}
