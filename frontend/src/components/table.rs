//! Tables.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// A column of a table of `T`.
pub struct Column<T: 'static> {
    /// Its heading.
    pub label: AttrValue,
    /// The name the server sorts by, when it can.
    pub sort: Option<&'static str>,
    /// Draws its cell of a row.
    pub cell: Rc<dyn Fn(&T) -> Html>,
    /// Classes of its cells.
    pub class: &'static str,
}

impl<T> Column<T> {
    /// A column.
    pub fn new(label: impl Into<AttrValue>, cell: impl Fn(&T) -> Html + 'static) -> Self {
        Self { label: label.into(), sort: None, cell: Rc::new(cell), class: "" }
    }

    /// Sorted by the server under this name.
    #[must_use]
    pub fn sorted_by(mut self, name: &'static str) -> Self {
        self.sort = Some(name);
        self
    }

    /// With these classes on its cells.
    #[must_use]
    pub fn with_class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// With buttons instead of data.
    #[must_use]
    pub fn of_actions(self) -> Self {
        self.with_class("gestfg-actions-cell")
    }
}

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        Self { label: self.label.clone(), sort: self.sort, cell: Rc::clone(&self.cell), class: self.class }
    }
}

impl<T> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cell, &other.cell) && self.label == other.label
    }
}

/// Properties of [`DataTable`].
#[derive(Properties)]
pub struct DataTableProps<T: PartialEq + Clone + 'static> {
    /// What the table is about, for those who do not see it.
    pub caption: AttrValue,
    /// Its columns.
    pub columns: Vec<Column<T>>,
    /// Its rows.
    pub rows: Vec<T>,
    /// How it is sorted: a name, with `-` before it from last to first.
    #[prop_or_default]
    pub sort: AttrValue,
    /// Sort otherwise.
    #[prop_or_default]
    pub onsort: Callback<String>,
    /// Closer lines.
    #[prop_or_default]
    pub compact: bool,
}

impl<T: PartialEq + Clone> PartialEq for DataTableProps<T> {
    fn eq(&self, other: &Self) -> bool {
        self.caption == other.caption
            && self.columns == other.columns
            && self.rows == other.rows
            && self.sort == other.sort
            && self.compact == other.compact
    }
}

/// A table; on a phone each row becomes a little list with its headings.
#[component]
pub fn DataTable<T: PartialEq + Clone + 'static>(props: &DataTableProps<T>) -> Html {
    let t = use_texts();
    let class = classes!("pf-v6-c-table", "pf-m-grid-md", props.compact.then_some("pf-m-compact"));
    let heading = |column: &Column<T>| {
        let Some(name) = column.sort else {
            return html! { <th class={classes!("pf-v6-c-table__th", column.class)} scope="col">{ column.label.clone() }</th> };
        };
        let backwards = props.sort.strip_prefix('-') == Some(name);
        let forwards = props.sort == name;
        let (order, icon) = match (forwards, backwards) {
            (true, _) => ("ascending", IconName::ArrowUp),
            (_, true) => ("descending", IconName::ArrowDown),
            _ => ("none", IconName::Sort),
        };
        let next = if forwards { format!("-{name}") } else { name.to_owned() };
        let onclick = props.onsort.reform(move |_| next.clone());
        let selected = (forwards || backwards).then_some("pf-m-selected");
        html! {
            <th
                class={classes!("pf-v6-c-table__th", "pf-v6-c-table__sort", selected, column.class)}
                scope="col"
                aria-sort={order}
            >
                <button type="button" class="pf-v6-c-table__button" {onclick} title={t.sort_by(&column.label)}>
                    <div class="pf-v6-c-table__button-content">
                        <span class="pf-v6-c-table__text">{ column.label.clone() }</span>
                        <span class="pf-v6-c-table__sort-indicator"><Icon name={icon} /></span>
                    </div>
                </button>
            </th>
        }
    };
    html! {
        <table {class}>
            <caption class="pf-v6-screen-reader">{ props.caption.clone() }</caption>
            <thead class="pf-v6-c-table__thead">
                <tr class="pf-v6-c-table__tr">{ for props.columns.iter().map(heading) }</tr>
            </thead>
            <tbody class="pf-v6-c-table__tbody">
                { for props.rows.iter().map(|row| html! {
                    <tr class="pf-v6-c-table__tr">
                        { for props.columns.iter().map(|column| html! {
                            <td
                                class={classes!("pf-v6-c-table__td", column.class)}
                                data-label={column.label.clone()}
                            >
                                { (column.cell)(row) }
                            </td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
