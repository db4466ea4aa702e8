//! A list whose order is chosen, by dragging or by buttons.

use super::button::{Button, ButtonKind};
use super::drag_order::use_drag_order;
use super::icon::IconName;
use crate::i18n::use_texts;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// One line of an [`OrderList`].
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    /// As it is stored.
    pub value: AttrValue,
    /// As it is shown.
    pub label: AttrValue,
    /// Whether it counts.
    pub on: bool,
}

/// Properties of [`OrderList`].
#[derive(Properties, PartialEq)]
pub struct OrderListProps {
    /// What the list is, for those who do not see it.
    pub label: AttrValue,
    /// Its lines as they stand.
    pub items: Vec<Ordered>,
    /// They stand otherwise.
    pub onchange: Callback<Vec<Ordered>>,
    /// Whether it must not be changed now.
    #[prop_or_default]
    pub disabled: bool,
}

/// Takes a line to another place.
fn moved(items: &[Ordered], from: usize, to: usize) -> Vec<Ordered> {
    let mut next = items.to_vec();
    if from < next.len() && to < next.len() {
        let item = next.remove(from);
        next.insert(to, item);
    }
    next
}

/// Lines in an order of one's own, each of which counts or not. Dragged with
/// the mouse; the arrows at each line do the same by keyboard and finger.
#[component]
pub fn OrderList(props: &OrderListProps) -> Html {
    let t = use_texts();
    let told = use_state_eq(String::new);
    let count = props.items.len();
    let go = {
        let (items, onchange, told) = (props.items.clone(), props.onchange.clone(), told.setter());
        Callback::from(move |(from, to): (usize, usize)| {
            if let Some(item) = items.get(from).filter(|_| from != to) {
                told.set(t.order_moved(&item.label, to + 1, items.len()));
                onchange.emit(moved(&items, from, to));
            }
        })
    };
    let dragging = use_drag_order(go.clone());
    let line = |(at, item): (usize, &Ordered)| {
        let drag = dragging.listeners(at);
        let oncheck = {
            let (items, onchange) = (props.items.clone(), props.onchange.clone());
            Callback::from(move |event: Event| {
                let mut next = items.clone();
                next[at].on = event.target_unchecked_into::<HtmlInputElement>().checked();
                onchange.emit(next);
            })
        };
        let arrow = |label: String, icon: IconName, to: Option<usize>| {
            let to = to.filter(|to| *to < count);
            html! {
                <Button
                    {label}
                    kind={ButtonKind::Plain}
                    {icon}
                    icon_only=true
                    small=true
                    disabled={props.disabled || to.is_none()}
                    onclick={go.reform(move |_: MouseEvent| (at, to.unwrap_or(at)))}
                />
            }
        };
        let class = classes!(
            "gestfg-order__line",
            dragging.holds(at).then_some("gestfg-order__line--held"),
            dragging.aims_at(at).then_some("gestfg-order__line--target"),
            (!item.on).then_some("gestfg-order__line--off"),
        );
        let id = format!("order-{}", item.value);
        html! {
            <li
                key={item.value.to_string()}
                {class}
                draggable={if props.disabled { "false" } else { "true" }}
                ondragstart={drag.start}
                ondragover={drag.over}
                ondrop={drag.drop}
                ondragend={drag.end}
            >
                <span class="gestfg-order__place" aria-hidden="true">{ if item.on { (at + 1).to_string() } else { "–".to_owned() } }</span>
                <div class="pf-v6-c-check gestfg-order__what">
                    <input
                        class="pf-v6-c-check__input"
                        type="checkbox"
                        id={id.clone()}
                        checked={item.on}
                        disabled={props.disabled}
                        onchange={oncheck}
                    />
                    <label class="pf-v6-c-check__label" for={id}>{ item.label.clone() }</label>
                </div>
                { arrow(t.order_up(&item.label), IconName::ArrowUp, at.checked_sub(1)) }
                { arrow(t.order_down(&item.label), IconName::ArrowDown, Some(at + 1)) }
            </li>
        }
    };
    html! {
        <>
            <ol class="gestfg-order" role="list" aria-label={props.label.clone()}>
                { for props.items.iter().enumerate().map(line) }
            </ol>
            <p class="pf-v6-screen-reader" role="status">{ &*told }</p>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordered, moved};

    #[test]
    fn a_line_takes_another_place() {
        let of = |names: &str| -> Vec<Ordered> {
            let one = |name: char| Ordered { value: name.to_string().into(), label: "".into(), on: true };
            names.chars().map(one).collect()
        };
        assert_eq!(moved(&of("abcd"), 0, 2), of("bcad"));
        assert_eq!(moved(&of("abcd"), 3, 1), of("adbc"));
        assert_eq!(moved(&of("abcd"), 3, 4), of("abcd"));
    }
}
