//! The frame of every page: where one is, what it is called, what it holds.

use super::icon::{Icon, IconName};
use super::link::RouteLink;
use crate::hooks::use_title;
use crate::i18n::use_texts;
use crate::route::Route;
use std::cell::Cell;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A place on the way to this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Crumb {
    /// Where it is.
    pub to: Route,
    /// What it is called.
    pub label: AttrValue,
}

/// Properties of [`PageHeader`].
#[derive(Properties, PartialEq)]
pub struct PageHeaderProps {
    /// The page's heading and the tab's title.
    pub title: AttrValue,
    /// A sentence below it.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// The places above this one.
    #[prop_or_default]
    pub crumbs: Vec<Crumb>,
    /// What can be done with the whole page.
    #[prop_or_default]
    pub actions: Html,
    /// Badges and the like beside the heading.
    #[prop_or_default]
    pub aside: Html,
}

thread_local! {
    // The first page gets its focus from the browser; later ones from us.
    static NAVIGATED: Cell<bool> = const { Cell::new(false) };
}

/// The heading of a page. On arrival the focus goes to it, so that a screen
/// reader says where one is and Tab goes on from there.
#[component]
pub fn PageHeader(props: &PageHeaderProps) -> Html {
    let t = use_texts();
    let heading = use_node_ref();
    use_title(&props.title);
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            let already = gloo_utils::document().active_element().is_some_and(|active| {
                let field = ["INPUT", "TEXTAREA", "SELECT"].contains(&active.tag_name().as_str());
                field && gloo_utils::body().contains(Some(&active))
            });
            if NAVIGATED.replace(true) && !already {
                if let Some(element) = heading.cast::<HtmlElement>() {
                    let _ = element.focus();
                }
                gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
    html! {
        <>
            if !props.crumbs.is_empty() {
                <section class="pf-v6-c-page__main-breadcrumb">
                    <nav class="pf-v6-c-breadcrumb" aria-label={t.breadcrumb()}>
                        <ol class="pf-v6-c-breadcrumb__list" role="list">
                            { for props.crumbs.iter().enumerate().map(|(index, crumb)| html! {
                                <li class="pf-v6-c-breadcrumb__item">
                                    if index > 0 {
                                        <span class="pf-v6-c-breadcrumb__item-divider">
                                            <Icon name={IconName::ChevronRight} />
                                        </span>
                                    }
                                    <RouteLink to={crumb.to.clone()} class="pf-v6-c-breadcrumb__link">
                                        { crumb.label.clone() }
                                    </RouteLink>
                                </li>
                            }) }
                            <li class="pf-v6-c-breadcrumb__item">
                                <span class="pf-v6-c-breadcrumb__item-divider">
                                    <Icon name={IconName::ChevronRight} />
                                </span>
                                <span class="pf-v6-c-breadcrumb__link pf-m-current gestfg-crumb" aria-current="page">
                                    { props.title.clone() }
                                </span>
                            </li>
                        </ol>
                    </nav>
                </section>
            }
            <section class="pf-v6-c-page__main-section gestfg-page-header">
                <div class="gestfg-page-header__main">
                    <div class="gestfg-page-header__title">
                        <h1 ref={heading} class="pf-v6-c-title pf-m-2xl" tabindex="-1">{ props.title.clone() }</h1>
                        { props.aside.clone() }
                    </div>
                    if let Some(lead) = &props.lead {
                        <p class="gestfg-subtle">{ lead.clone() }</p>
                    }
                </div>
                if props.actions != Html::default() {
                    <div class="gestfg-page-header__actions">{ props.actions.clone() }</div>
                }
            </section>
        </>
    }
}

/// Properties of [`PageSection`].
#[derive(Properties, PartialEq)]
pub struct PageSectionProps {
    /// What it holds.
    pub children: Html,
    /// No wider than is good to read.
    #[prop_or_default]
    pub narrow: bool,
    /// Classes besides its own.
    #[prop_or_default]
    pub class: Classes,
}

/// A part of a page.
#[component]
pub fn PageSection(props: &PageSectionProps) -> Html {
    html! {
        <section class={classes!("pf-v6-c-page__main-section", props.class.clone())}>
            <div class={props.narrow.then_some("gestfg-narrow")}>{ props.children.clone() }</div>
        </section>
    }
}
