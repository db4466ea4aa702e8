//! Tables.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::Key;

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

/// What a table shows: its headings and the cells of its rows, drawn. The
/// type of the rows ends here, so that one table serves all lists.
#[derive(Clone, PartialEq)]
pub struct TableContent {
    headings: Vec<Heading>,
    rows: Vec<Vec<Html>>,
    keys: Vec<Key>,
}

#[derive(Clone, PartialEq)]
struct Heading {
    label: AttrValue,
    sort: Option<&'static str>,
    class: &'static str,
}

impl TableContent {
    /// Draws these columns of these rows.
    #[must_use]
    pub fn new<T>(columns: &[Column<T>], rows: &[T]) -> Self {
        let heading = |column: &Column<T>| Heading {
            label: column.label.clone(),
            sort: column.sort,
            class: column.class,
        };
        Self {
            headings: columns.iter().map(heading).collect(),
            rows: rows.iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect()).collect(),
            keys: Vec::new(),
        }
    }

    /// Says which row is which. Where rows have buttons and dialogs of their
    /// own, these must stay with their row when others come or go above it.
    #[must_use]
    pub fn keyed<T>(mut self, rows: &[T], id: impl Fn(&T) -> i64) -> Self {
        self.keys = rows.iter().map(|row| Key::from(id(row))).collect();
        self
    }
}

/// Properties of [`DataTable`].
#[derive(Properties, PartialEq)]
pub struct DataTableProps {
    /// What the table is about, for those who do not see it.
    pub caption: AttrValue,
    /// Its headings and rows.
    pub content: TableContent,
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

/// A table; on a phone each row becomes a little list with its headings.
#[component]
pub fn DataTable(props: &DataTableProps) -> Html {
    let t = use_texts();
    let class = classes!("pf-v6-c-table", "pf-m-grid-md", props.compact.then_some("pf-m-compact"));
    let heading = |column: &Heading| {
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
    let key = |index: usize| props.content.keys.get(index).cloned().unwrap_or_else(|| Key::from(index));
    html! {
        <table {class}>
            <caption class="pf-v6-screen-reader">{ props.caption.clone() }</caption>
            <thead class="pf-v6-c-table__thead">
                <tr class="pf-v6-c-table__tr">{ for props.content.headings.iter().map(heading) }</tr>
            </thead>
            <tbody class="pf-v6-c-table__tbody">
                { for props.content.rows.iter().enumerate().map(|(index, row)| html! {
                    <tr class="pf-v6-c-table__tr" key={key(index)}>
                        { for props.content.headings.iter().zip(row).map(|(column, cell)| html! {
                            <td
                                class={classes!("pf-v6-c-table__td", column.class)}
                                data-label={column.label.clone()}
                            >
                                { cell.clone() }
                            </td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
