//! A form: its values, what is wrong with them, and sending them.

use crate::api::ApiError;
use gestfg_types::errors::FieldCode;
use std::any::Any;
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Something wrong with a field, found here with the rules of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// JSON pointer to the field, as the server would give it.
    pub pointer: String,
    /// What is wrong.
    pub code: FieldCode,
}

impl FieldProblem {
    /// Says that the field at `pointer` has this wrong.
    pub fn new(pointer: impl Into<String>, code: FieldCode) -> Self {
        Self { pointer: pointer.into(), code }
    }
}

/// A field of a form, ready to be drawn.
#[derive(Clone, PartialEq)]
pub struct Field<V: PartialEq + 'static> {
    /// Its DOM id.
    pub id: AttrValue,
    /// Its value.
    pub value: V,
    /// What to say is wrong with it.
    pub error: Option<FieldCode>,
    /// Take a new value.
    pub onchange: Callback<V>,
    /// The person has been there.
    pub onleave: Callback<()>,
    /// Whether it must not be changed now.
    pub disabled: bool,
}

/// The values of a form without their type: one copy of what follows serves
/// every form.
type Values = Rc<dyn Any>;
type Sending = Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

#[derive(Clone)]
struct State {
    initial: Values,
    values: Values,
    visited: BTreeSet<String>,
    show_all: bool,
    server: Vec<FieldProblem>,
    failure: Option<ApiError>,
    sending: bool,
    complaints: u32,
}

enum Event {
    Edit(String, Box<dyn FnOnce(&Values) -> Values>),
    Visit(String),
    Reset(Values),
    Complain,
    Send,
    Sent,
    Fail(ApiError),
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Edit(pointer, edit) => {
                next.values = edit(&next.values);
                next.server.retain(|problem| problem.pointer != pointer);
            }
            Event::Visit(pointer) => {
                next.visited.insert(pointer);
            }
            Event::Reset(values) => {
                next.initial = Rc::clone(&values);
                next.values = values;
                next.visited.clear();
                next.show_all = false;
                next.server.clear();
                next.failure = None;
            }
            Event::Complain => {
                next.show_all = true;
                next.complaints += 1;
            }
            Event::Send => {
                next.sending = true;
                next.failure = None;
                next.server.clear();
            }
            Event::Sent => {
                next.sending = false;
                next.initial = Rc::clone(&next.values);
            }
            Event::Fail(error) => {
                next.sending = false;
                next.server = error
                    .field_errors()
                    .iter()
                    .map(|error| FieldProblem::new(error.pointer.clone(), error.code))
                    .collect();
                next.failure = Some(error);
                next.complaints += 1;
            }
        }
        Rc::new(next)
    }
}

fn typed<F: 'static>(values: &Values) -> &F {
    match values.downcast_ref() {
        Some(values) => values,
        None => unreachable!("a form keeps the type of values it began with"),
    }
}

/// A change of typed values as one of untyped values.
fn editing<F: Clone + 'static>(edit: impl FnOnce(&mut F) + 'static) -> Box<dyn FnOnce(&Values) -> Values> {
    Box::new(move |values| {
        let mut changed = typed::<F>(values).clone();
        edit(&mut changed);
        Rc::new(changed)
    })
}

fn follow(state: UseReducerDispatcher<State>, sending: Sending) {
    state.dispatch(Event::Send);
    spawn_local(async move {
        match sending.await {
            Ok(()) => state.dispatch(Event::Sent),
            Err(error) => state.dispatch(Event::Fail(error)),
        }
    });
}

#[hook]
fn use_untyped(name: &'static str, initial: impl FnOnce() -> Values) -> UseReducerHandle<State> {
    let state = use_reducer(move || {
        let values = initial();
        State {
            initial: Rc::clone(&values),
            values,
            visited: BTreeSet::new(),
            show_all: false,
            server: Vec::new(),
            failure: None,
            sending: false,
            complaints: 0,
        }
    });
    use_effect_with(state.complaints, move |complaints| {
        if *complaints > 0 {
            focus_first_problem(name);
        }
    });
    state
}

/// A form and all that can be done with it.
pub struct FormHandle<F: Clone + PartialEq + 'static> {
    /// Its DOM id; give it to the `form` element.
    pub id: AttrValue,
    state: UseReducerHandle<State>,
    validate: fn(&F) -> Vec<FieldProblem>,
}

impl<F: Clone + PartialEq> Clone for FormHandle<F> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), state: self.state.clone(), validate: self.validate }
    }
}

impl<F: Clone + PartialEq + 'static> FormHandle<F> {
    /// The values as they stand.
    #[must_use]
    pub fn values(&self) -> &F {
        typed(&self.state.values)
    }

    /// Whether anything differs from what was loaded or last saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.values() != typed(&self.state.initial)
    }

    /// Whether it is being sent.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.state.sending
    }

    /// Why the last sending failed.
    #[must_use]
    pub fn failure(&self) -> Option<&ApiError> {
        self.state.failure.as_ref()
    }

    /// Begins anew with these values.
    pub fn reset(&self, values: F) {
        self.state.dispatch(Event::Reset(Rc::new(values)));
    }

    /// Changes the values other than through a field.
    pub fn edit(&self, edit: impl FnOnce(&mut F) + 'static) {
        self.state.dispatch(Event::Edit(String::new(), editing(edit)));
    }

    /// What to say is wrong with the field at `pointer`, once the person has
    /// been there or has tried to send.
    #[must_use]
    pub fn error(&self, pointer: &str) -> Option<FieldCode> {
        // What is wrong with one item of a list is wrong with the list.
        let within = |found: &str| {
            found.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let server = self.state.server.iter().find(|problem| within(&problem.pointer));
        if let Some(problem) = server {
            return Some(problem.code);
        }
        let shown = self.state.show_all || self.state.visited.contains(pointer);
        let found = (self.validate)(self.values()).into_iter().find(|problem| problem.pointer == pointer);
        found.filter(|_| shown).map(|problem| problem.code)
    }

    /// Problems the server found at places that are none of `pointers`: no
    /// field will say them, so the form must.
    #[must_use]
    pub fn errors_elsewhere(&self, pointers: &[&str]) -> Vec<FieldProblem> {
        let known =
            |problem: &&FieldProblem| !pointers.iter().any(|pointer| problem.pointer.starts_with(pointer));
        self.state.server.iter().filter(known).cloned().collect()
    }

    /// The field at `pointer`.
    pub fn field<V: PartialEq + 'static>(
        &self,
        pointer: impl Into<String>,
        get: impl FnOnce(&F) -> V,
        set: impl Fn(&mut F, V) + 'static,
    ) -> Field<V> {
        let pointer = pointer.into();
        let set = Rc::new(set);
        let onchange = {
            let (state, pointer) = (self.state.dispatcher(), pointer.clone());
            Callback::from(move |value: V| {
                let set = Rc::clone(&set);
                state.dispatch(Event::Edit(pointer.clone(), editing(move |values| set(values, value))));
            })
        };
        let onleave = {
            let (state, pointer) = (self.state.dispatcher(), pointer.clone());
            Callback::from(move |()| state.dispatch(Event::Visit(pointer.clone())))
        };
        Field {
            id: format!("{}{}", self.id, pointer.replace('/', "-")).into(),
            value: get(self.values()),
            error: self.error(&pointer),
            onchange,
            onleave,
            disabled: self.state.sending,
        }
    }

    /// Sends the values if nothing is wrong with them; otherwise shows what is
    /// and goes to the first such field. What follows a success is the last
    /// part of `send` itself.
    pub fn send<Fut>(&self, send: impl FnOnce(F) -> Fut)
    where
        Fut: Future<Output = Result<(), ApiError>> + 'static,
    {
        if self.state.sending {
            return;
        }
        let state = self.state.dispatcher();
        if !(self.validate)(self.values()).is_empty() {
            state.dispatch(Event::Complain);
            return;
        }
        follow(state, Box::pin(send(self.values().clone())));
    }

    /// [`Self::send`] as what a `form` element does on `submit`.
    pub fn on_submit<Fut>(&self, send: impl Fn(F) -> Fut + 'static) -> Callback<SubmitEvent>
    where
        Fut: Future<Output = Result<(), ApiError>> + 'static,
    {
        let form = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            event.stop_propagation();
            form.send(&send);
        })
    }
}

/// Makes a form that begins with `initial` and is checked by `validate`.
/// `name` must be unique on the page.
#[hook]
pub fn use_form<F>(
    name: &'static str,
    initial: impl FnOnce() -> F,
    validate: fn(&F) -> Vec<FieldProblem>,
) -> FormHandle<F>
where
    F: Clone + PartialEq + 'static,
{
    let state = use_untyped(name, move || Rc::new(initial()));
    FormHandle { id: AttrValue::Static(name), state, validate }
}

fn focus_first_problem(form: &str) {
    let selector = format!("#{form} [aria-invalid='true'], #{form} .gestfg-problem");
    let found = gloo_utils::document().query_selector(&selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
