//! Leafing through a list by its cursors.

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use crate::i18n::use_texts;
use yew::prelude::*;

/// Properties of [`Pager`].
#[derive(Properties, PartialEq)]
pub struct PagerProps {
    /// How many items the whole list has.
    pub total: u64,
    /// How many are on this page.
    pub shown: usize,
    /// The cursor of this page; empty on the first.
    #[prop_or_default]
    pub cursor: AttrValue,
    /// The cursor of the next page.
    #[prop_or_default]
    pub next: Option<String>,
    /// Go to the page with this cursor; empty is the first.
    pub onpage: Callback<String>,
}

/// How many items there are, and the way to the next and the former page. The
/// former pages' cursors are kept as long as the list stays on the screen;
/// after a reload the way back leads to the first page.
#[component]
pub fn Pager(props: &PagerProps) -> Html {
    let t = use_texts();
    let trail = use_state(Vec::<String>::new);
    // Another filter starts another list: its first page has no way back.
    let on_first = props.cursor.is_empty();
    if on_first && !trail.is_empty() {
        trail.set(Vec::new());
    }
    let onnext = {
        let (trail, onpage) = (trail.clone(), props.onpage.clone());
        let (here, next) = (props.cursor.to_string(), props.next.clone().unwrap_or_default());
        Callback::from(move |_| {
            let mut visited = (*trail).clone();
            visited.push(here.clone());
            trail.set(visited);
            onpage.emit(next.clone());
        })
    };
    let onback = {
        let (trail, onpage) = (trail.clone(), props.onpage.clone());
        Callback::from(move |_| {
            let mut visited = (*trail).clone();
            let former = visited.pop().unwrap_or_default();
            trail.set(visited);
            onpage.emit(former);
        })
    };
    let onfirst = props.onpage.reform(|_| String::new());
    let several = !on_first || props.next.is_some();
    html! {
        <div class="gestfg-pager">
            <p role="status">{ t.total_items(props.total, props.shown) }</p>
            if several {
                <nav class="gestfg-pager__buttons" aria-label={t.pages()}>
                    if trail.len() > 1 {
                        <Button label={t.first_page()} kind={ButtonKind::Link} onclick={onfirst} />
                    }
                    <Button
                        label={t.previous_page()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::ChevronLeft}
                        disabled={on_first}
                        onclick={onback}
                    />
                    <Button
                        label={t.next_page()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::ChevronRight}
                        disabled={props.next.is_none()}
                        onclick={onnext}
                    />
                </nav>
            }
        </div>
    }
}
