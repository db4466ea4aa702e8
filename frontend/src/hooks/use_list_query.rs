//! Filters of a list as fields, kept in the URL.

use super::{Field, QueryHandle};
use yew::prelude::*;

/// The query of a list that is read page by page.
pub trait ListQuery: Clone + PartialEq + Default + 'static {
    /// The cursor of the page; empty on the first.
    fn cursor(&mut self) -> &mut String;
}

impl<Q: ListQuery> QueryHandle<Q> {
    /// Changes the query by what is chosen; any other filter begins the list
    /// anew.
    pub fn choose(&self, change: fn(&mut Q, String)) -> Callback<String> {
        self.changing(self.go.clone(), change)
    }

    /// The same for what changes with every key.
    pub fn typed(&self, change: fn(&mut Q, String)) -> Callback<String> {
        self.changing(self.adjust.clone(), change)
    }

    fn changing(&self, write: Callback<Q>, change: fn(&mut Q, String)) -> Callback<String> {
        let query = self.query.clone();
        Callback::from(move |value: String| {
            let mut next = query.clone();
            change(&mut next, value);
            next.cursor().clear();
            write.emit(next);
        })
    }

    /// Goes to another page of the list.
    pub fn onpage(&self) -> Callback<String> {
        let (query, go) = (self.query.clone(), self.go.clone());
        Callback::from(move |cursor: String| {
            let mut next = query.clone();
            *next.cursor() = cursor;
            go.emit(next);
        })
    }

    /// Takes all filters away.
    pub fn onclear(&self) -> Callback<()> {
        self.go.reform(|()| Q::default())
    }

    /// A filter chosen from several values.
    pub fn filter(&self, id: &'static str, value: &str, change: fn(&mut Q, String)) -> Field<String> {
        filter_field(id, value.to_owned(), self.choose(change))
    }

    /// A filter typed in.
    pub fn typed_filter(&self, id: &'static str, value: &str, change: fn(&mut Q, String)) -> Field<String> {
        filter_field(id, value.to_owned(), self.typed(change))
    }

    /// Whether anything but the page is set.
    pub fn is_filtered(&self) -> bool {
        let mut bare = self.query.clone();
        bare.cursor().clear();
        bare != Q::default()
    }
}

/// A field outside a form: a filter that takes effect at once.
pub fn filter_field<V: PartialEq + 'static>(id: &'static str, value: V, onchange: Callback<V>) -> Field<V> {
    Field {
        id: AttrValue::Static(id),
        value,
        error: None,
        onchange,
        onleave: Callback::noop(),
        disabled: false,
    }
}
