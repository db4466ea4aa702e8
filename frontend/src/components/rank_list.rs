//! A list that a person puts in order: by dragging, or by buttons that the
//! keyboard reaches.

use super::button::{Button, ButtonKind};
use super::drag_order::use_drag_order;
use super::icon::{Icon, IconName};
use super::ranking::Ranking;
use crate::i18n::use_texts;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Something in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct RankItem {
    /// Its id.
    pub id: i64,
    /// What it is called, e.g. when it is said where it went.
    pub label: AttrValue,
    /// What it shows.
    pub body: Html,
}

/// Properties of [`RankList`].
#[derive(Properties, PartialEq)]
pub struct RankListProps {
    /// Its DOM id, unique on the page.
    pub id: AttrValue,
    /// What is put in order.
    pub label: AttrValue,
    /// What there is, in any order.
    pub items: Vec<RankItem>,
    /// The order.
    pub ranking: Ranking,
    /// Whether some may be equally welcome.
    #[prop_or_default]
    pub ties: bool,
    /// Whether it only shows.
    #[prop_or_default]
    pub readonly: bool,
    /// Put it in this order.
    pub onchange: Callback<Ranking>,
}

/// Which button has the focus again once the item has been moved.
#[derive(Clone, PartialEq)]
struct Focus {
    item: i64,
    names: [&'static str; 2],
}

/// Things in order, to be moved.
#[component]
pub fn RankList(props: &RankListProps) -> Html {
    let t = use_texts();
    let said = use_state_eq(String::new);
    let focus = use_mut_ref(|| None::<Focus>);
    {
        // Moving an element takes the focus from the button that moved it.
        let (focus, id) = (focus.clone(), props.id.clone());
        use_effect_with(props.ranking.clone(), move |_| {
            if let Some(wanted) = focus.borrow_mut().take() {
                let find = |name: &&str| {
                    let selector = format!("#{id}-{}-{name}:not([disabled])", wanted.item);
                    gloo_utils::document().query_selector(&selector).ok().flatten()
                };
                let found = wanted.names.iter().find_map(find);
                if let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            }
        });
    }
    let total = props.ranking.0.len();
    let change = {
        let (said, onchange) = (said.setter(), props.onchange.clone());
        move |next: Ranking, item: i64, label: &AttrValue| {
            let words = match next.place(item) {
                Some((at, true)) => t.rank_now(label, at + 1, next.0.len()),
                Some((at, false)) => t.rank_now_tied(label, at + 1),
                None => t.rank_gone(label),
            };
            said.set(words);
            onchange.emit(next);
        }
    };
    let dragging = {
        let (change, ranking, items) = (change.clone(), props.ranking.clone(), props.items.clone());
        use_drag_order(Callback::from(move |(dragged, onto): (i64, i64)| {
            if let Some(item) = items.iter().find(|item| item.id == dragged) {
                change(ranking.moved_onto(dragged, onto), dragged, &item.label);
            }
        }))
    };
    let row = |at: usize, alone: bool, first: bool, item: &RankItem| {
        let id = item.id;
        let step = |names: [&'static str; 2], next: fn(&Ranking, i64) -> Ranking| {
            let (change, ranking, label) = (change.clone(), props.ranking.clone(), item.label.clone());
            let focus = focus.clone();
            Callback::from(move |_: MouseEvent| {
                *focus.borrow_mut() = Some(Focus { item: id, names });
                change(next(&ranking, id), id, &label);
            })
        };
        let button = |name: &'static str, label: String, icon: IconName, disabled: bool, onclick| {
            html! {
                <Button
                    id={AttrValue::from(format!("{}-{id}-{name}", props.id))}
                    {label}
                    kind={ButtonKind::Plain}
                    {icon}
                    icon_only=true
                    {disabled}
                    {onclick}
                />
            }
        };
        let drag = dragging.listeners(id);
        let class = classes!(
            "gestfg-rank",
            dragging.holds(id).then_some("gestfg-rank--held"),
            dragging.aims_at(id).then_some("gestfg-rank--target"),
            (!first).then_some("gestfg-rank--tied"),
        );
        let name = &item.label;
        html! {
            <li
                key={id}
                {class}
                draggable={if props.readonly { "false" } else { "true" }}
                ondragstart={drag.start}
                ondragover={drag.over}
                ondrop={drag.drop}
                ondragend={drag.end}
            >
                if !props.readonly {
                    <span class="gestfg-rank__grip" aria-hidden="true"><Icon name={IconName::Sort} /></span>
                }
                <span class="gestfg-rank__number">
                    <span class="pf-v6-screen-reader">{ t.rank_place(at + 1) }</span>
                    <span aria-hidden="true">{ at + 1 }</span>
                </span>
                <div class="gestfg-rank__body">
                    { item.body.clone() }
                    if !alone {
                        <p class="gestfg-subtle gestfg-small">{ t.rank_tied() }</p>
                    }
                </div>
                if !props.readonly {
                    <div class="gestfg-rank__tools">
                        { button("up", t.rank_up(name), IconName::ArrowUp, alone && at == 0, step(["up", "down"], Ranking::up)) }
                        { button("down", t.rank_down(name), IconName::ArrowDown, alone && at + 1 == total, step(["down", "up"], Ranking::down)) }
                        if props.ties {
                            { button(
                                "tie",
                                if alone { t.rank_tie(name) } else { t.rank_untie(name) },
                                if alone { IconName::Layers } else { IconName::List },
                                alone && at == 0,
                                step(["tie", "up"], Ranking::tied),
                            ) }
                        }
                        { button("out", t.rank_remove(name), IconName::Times, false, step(["out", "out"], Ranking::without)) }
                    </div>
                }
            </li>
        }
    };
    let rows = props.ranking.0.iter().enumerate().flat_map(|(at, group)| {
        group.iter().enumerate().map(move |(n, id)| (at, group.len() == 1, n == 0, *id))
    });
    html! {
        <>
            <ol id={props.id.clone()} class="gestfg-ranks" role="list" aria-label={props.label.clone()}>
                { for rows.filter_map(|(at, alone, first, id)| {
                    props.items.iter().find(|item| item.id == id).map(|item| row(at, alone, first, item))
                }) }
            </ol>
            <p class="pf-v6-screen-reader" role="status">{ (*said).clone() }</p>
        </>
    }
}
