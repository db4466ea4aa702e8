//! The frame of the application: masthead, menu, page.

use super::bell::{InboxBell, count_badge};
use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};
use super::link::RouteLink;
use crate::i18n::{use_language, use_texts};
use crate::live::use_unread;
use crate::route::Route;
use crate::session::{Standing, use_session};
use crate::theme::{Theme, use_theme};
use gestfg_types::session::Language;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

/// From this width on the menu stands beside the page.
const WIDE: f64 = 1200.0;

/// The name of the application and its mark.
#[component]
pub fn Brand() -> Html {
    html! {
        <RouteLink to={Route::Front} class="gestfg-brand">
            <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <rect class="gestfg-brand__ground" width="32" height="32" rx="7" />
                <path class="gestfg-brand__cap" d="M16 7 4 12.5l12 5.5 12-5.5z" />
                <path class="gestfg-brand__head" d="M9 16.8v5c0 1.6 3.1 3.2 7 3.2s7-1.6 7-3.2v-5l-7 3.2z" />
            </svg>
            <span>{ "GesTFG" }</span>
        </RouteLink>
    }
}

/// Properties of [`Shell`].
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// The page.
    pub children: Html,
}

fn is_wide() -> bool {
    gloo_utils::window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width >= WIDE)
}

/// Masthead and menu around the page.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let t = use_texts();
    let open = use_state_eq(|| if cfg!(target_arch = "wasm32") { is_wide() } else { true });
    let main = use_node_ref();
    let toggle = use_callback(open.clone(), |_: MouseEvent, open| open.set(!**open));
    // On a narrow screen the menu lies over the page: it goes once it has led
    // somewhere, by Escape, or by touching the page.
    let close = use_callback(open.setter(), |(), open| {
        if !is_wide() {
            open.set(false);
        }
    });
    {
        let close = close.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo_utils::document(), "keydown", move |event| {
                if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                    close.emit(());
                }
            });
            move || drop(listener)
        });
    }
    let skip = {
        let main = main.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if let Some(main) = main.cast::<HtmlElement>() {
                let _ = main.focus();
            }
        })
    };
    html! {
        <div class="pf-v6-c-page gestfg-page">
            <div class="pf-v6-c-skip-to-content">
                <a class="pf-v6-c-button pf-m-primary" href="#main" onclick={skip}>{ t.skip_to_content() }</a>
            </div>
            <header class="pf-v6-c-masthead pf-m-display-inline gestfg-masthead">
                <div class="pf-v6-c-masthead__main">
                    <span class="pf-v6-c-masthead__toggle">
                        <Button
                            label={if *open { t.hide_menu() } else { t.show_menu() }}
                            kind={ButtonKind::Plain}
                            icon={IconName::Menu}
                            icon_only=true
                            expanded={*open}
                            controls="menu"
                            onclick={toggle}
                        />
                    </span>
                    <div class="pf-v6-c-masthead__brand"><Brand /></div>
                </div>
                <div class="pf-v6-c-masthead__content gestfg-masthead__tools">
                    <InboxBell />
                    <ThemeSwitch />
                    <LanguageSwitch />
                    <UserMenu />
                </div>
            </header>
            <div
                id="menu"
                class={classes!("pf-v6-c-page__sidebar", if *open { "pf-m-expanded" } else { "pf-m-collapsed" })}
                aria-hidden={if *open { "false" } else { "true" }}
                inert={!*open}
            >
                <div class="pf-v6-c-page__sidebar-body"><Menu onfollow={close.clone()} /></div>
            </div>
            <div class="pf-v6-c-page__main-container pf-m-fill" onclick={close.reform(|_| ())}>
                <main ref={main} id="main" class="pf-v6-c-page__main" tabindex="-1">{ props.children.clone() }</main>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MenuProps {
    onfollow: Callback<()>,
}

#[component]
fn Menu(props: &MenuProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let unread = use_unread().counts.messages;
    let here = use_route::<Route>().unwrap_or(Route::NotFound).menu_entry();
    let sections: [(&'static str, Vec<(Route, IconName)>); 4] = [
        (
            "",
            vec![
                (Route::Front, IconName::Home),
                (Route::Catalogue, IconName::Book),
                (Route::Calendar, IconName::Calendar),
                (Route::Calls, IconName::Clock),
                (Route::Defences, IconName::Users),
            ],
        ),
        (
            t.menu_work(),
            vec![
                (Route::MyProject, IconName::Graduation),
                (Route::Applications, IconName::Sort),
                (Route::MyMarks, IconName::Check),
                (Route::Marking, IconName::Edit),
                (Route::MyProjects, IconName::File),
                (Route::Applicants, IconName::Users),
                (Route::Validation, IconName::Tasks),
                (Route::Assignments, IconName::UserPlus),
                (Route::Availability, IconName::Calendar),
                (Route::Inbox, IconName::Bell),
                (Route::Messages, IconName::Message),
                (Route::Statistics, IconName::Chart),
            ],
        ),
        (
            t.menu_management(),
            vec![
                (Route::Events, IconName::Megaphone),
                (Route::AdminCalls, IconName::Clock),
                (Route::Rooms, IconName::Place),
                (Route::Participation, IconName::Tasks),
                (Route::Conflicts, IconName::Shield),
                (Route::Imports, IconName::Upload),
                (Route::People, IconName::Users),
                (Route::Claims, IconName::User),
                (Route::Degrees, IconName::Graduation),
                (Route::Departments, IconName::Building),
                (Route::Areas, IconName::Layers),
                (Route::Sittings, IconName::List),
            ],
        ),
        (
            t.menu_system(),
            vec![
                (Route::AuditLog, IconName::History),
                (Route::Outbox, IconName::Mail),
                (Route::Storage, IconName::Layers),
                (Route::Retention, IconName::Clock),
            ],
        ),
    ];
    let item = |(to, icon): (Route, IconName)| {
        let current = to == here;
        html! {
            <li class="pf-v6-c-nav__item">
                <RouteLink
                    to={to.clone()}
                    class={classes!("pf-v6-c-nav__link", current.then_some("pf-m-current"))}
                    {current}
                    onfollow={props.onfollow.clone()}
                >
                    <span class="pf-v6-c-nav__link-icon"><Icon name={icon} /></span>
                    <span class="pf-v6-c-nav__link-text">{ to.title(t) }</span>
                    if to == Route::Messages && unread > 0 {
                        { count_badge(unread) }
                        <span class="pf-v6-screen-reader">{ t.messages_unread(unread) }</span>
                    }
                </RouteLink>
            </li>
        }
    };
    html! {
        <nav class="pf-v6-c-nav" aria-label={t.main_menu()}>
            { for sections.into_iter().map(|(title, entries)| {
                let entries: Vec<_> =
                    entries.into_iter().filter(|(route, _)| route.audience().includes(&session)).collect();
                if entries.is_empty() {
                    return html! {};
                }
                html! {
                    <section class="pf-v6-c-nav__section">
                        if !title.is_empty() {
                            <h2 class="pf-v6-c-nav__section-title">{ title }</h2>
                        }
                        <ul class="pf-v6-c-nav__list" role="list">{ for entries.into_iter().map(item) }</ul>
                    </section>
                }
            }) }
        </nav>
    }
}

#[component]
fn ThemeSwitch() -> Html {
    let t = use_texts();
    let theme = use_theme();
    let (icon, label, next) = match theme.theme {
        Theme::System => (IconName::Screen, t.theme_system(), Theme::Light),
        Theme::Light => (IconName::Sun, t.theme_light(), Theme::Dark),
        Theme::Dark => (IconName::Moon, t.theme_dark(), Theme::System),
    };
    html! {
        <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true onclick={theme.set.reform(move |_| next)} />
    }
}

#[component]
fn LanguageSwitch() -> Html {
    let context = use_language();
    // Each language is named in itself, and read out by its own voice.
    let (next, code, label) = match context.language {
        Language::Es => (Language::En, "EN", "English"),
        Language::En => (Language::Es, "ES", "Español"),
    };
    html! {
        <button
            type="button"
            class="pf-v6-c-button pf-m-plain gestfg-language"
            lang={next.as_str()}
            title={label}
            onclick={context.set.reform(move |_| next)}
        >
            <span aria-hidden="true">{ code }</span>
            <span class="pf-v6-screen-reader">{ label }</span>
        </button>
    }
}

#[component]
fn UserMenu() -> Html {
    let t = use_texts();
    let session = use_session();
    let open = use_state_eq(|| false);
    let node = use_node_ref();
    {
        // Leaving the menu by click, focus or Escape closes it.
        let (node, setter) = (node.clone(), open.setter());
        use_effect_with(*open, move |open| {
            let listeners = open.then(|| {
                let outside = |event: &web_sys::Event, node: &NodeRef| {
                    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                    !node.get().is_some_and(|menu| menu.contains(target.as_ref()))
                };
                let on = |name: &'static str| {
                    let (node, setter) = (node.clone(), setter.clone());
                    EventListener::new(&gloo_utils::document(), name, move |event| {
                        let escaped = event
                            .dyn_ref::<web_sys::KeyboardEvent>()
                            .is_some_and(|event| event.key() == "Escape");
                        if escaped || (event.type_() != "keydown" && outside(event, &node)) {
                            setter.set(false);
                        }
                    })
                };
                [on("click"), on("focusin"), on("keydown")]
            });
            move || drop(listeners)
        });
    }
    let Some(me) = session.me().cloned() else {
        return match session.standing {
            Standing::Starting => html! {},
            _ => html! {
                <RouteLink to={Route::LogIn} class="pf-v6-c-button pf-m-secondary pf-m-small gestfg-log-in">
                    <span class="pf-v6-c-button__icon pf-m-start"><Icon name={IconName::LogIn} /></span>
                    <span class="pf-v6-c-button__text">{ t.log_in() }</span>
                </RouteLink>
            },
        };
    };
    let toggle = toggle_of(&open);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let log_out = {
        let (session, open) = (session.clone(), open.clone());
        Callback::from(move |_| {
            open.set(false);
            session.close();
        })
    };
    let initials: String =
        [&me.first_name, &me.last_name].iter().filter_map(|name| name.chars().next()).collect();
    html! {
        <div ref={node} class="gestfg-user-menu">
            <button
                type="button"
                id="user-menu-toggle"
                class={classes!("pf-v6-c-menu-toggle", "pf-m-plain", "gestfg-user-menu__toggle", open.then_some("pf-m-expanded"))}
                aria-expanded={if *open { "true" } else { "false" }}
                aria-controls="user-menu"
                onclick={toggle}
            >
                <span class="gestfg-avatar" aria-hidden="true">{ initials }</span>
                <span class="pf-v6-screen-reader">{ t.account_of() }{ " " }</span>
                <span class="gestfg-user-menu__name">{ &me.first_name }</span>
                <span class="pf-v6-c-menu-toggle__toggle-icon"><Icon name={IconName::ChevronDown} /></span>
            </button>
            <div id="user-menu" class="pf-v6-c-menu gestfg-user-menu__list" hidden={!*open}>
                <div class="gestfg-user-menu__who">
                    <strong>{ format!("{} {}", me.first_name, me.last_name) }</strong>
                    <span class="gestfg-subtle">{ me.email.clone().or_else(|| me.dni.clone()).unwrap_or_default() }</span>
                </div>
                <div class="pf-v6-c-menu__content">
                    <ul class="pf-v6-c-menu__list" role="list">
                        <li class="pf-v6-c-menu__list-item">
                            <RouteLink to={Route::Profile} class="pf-v6-c-menu__item" onfollow={close}>
                                <span class="pf-v6-c-menu__item-main">
                                    <span class="pf-v6-c-menu__item-icon"><Icon name={IconName::User} /></span>
                                    <span class="pf-v6-c-menu__item-text">{ t.route_profile() }</span>
                                </span>
                            </RouteLink>
                        </li>
                        <li class="pf-v6-c-menu__list-item">
                            <button type="button" class="pf-v6-c-menu__item" onclick={log_out}>
                                <span class="pf-v6-c-menu__item-main">
                                    <span class="pf-v6-c-menu__item-icon"><Icon name={IconName::LogOut} /></span>
                                    <span class="pf-v6-c-menu__item-text">{ t.log_out() }</span>
                                </span>
                            </button>
                        </li>
                    </ul>
                </div>
            </div>
        </div>
    }
}

fn toggle_of(open: &UseStateHandle<bool>) -> Callback<MouseEvent> {
    let open = open.clone();
    Callback::from(move |_| open.set(!*open))
}
