//! The application: who gives what to whom, and which page is shown.

use crate::components::{
    ConfirmDialog, Dialog, Loading, LoadingShape, PageHeader, PageSection, Shell, Toasts,
};
use crate::hooks::{Guard, use_guard};
use crate::i18n::{LanguageProvider, use_texts};
use crate::live::{LiveProvider, UnreadProvider};
use crate::pages;
use crate::program::{Program, load_program};
use crate::route::Route;
use crate::session::{SessionProvider, Standing, use_session};
use crate::zone::ConfigurationProvider;
use yew::prelude::*;
use yew_router::prelude::*;

/// The whole application. The order matters: the session speaks the language
/// it finds at log-in, the configuration is asked for with its client, messages
/// are in a language, the router is asked by all pages, and the guard stands between the router and the pages.
#[component]
pub fn App() -> Html {
    let guard = use_memo((), |()| Guard::default());
    html! {
        <LanguageProvider>
            <SessionProvider>
                <ConfigurationProvider>
                    <Toasts>
                        <BrowserRouter>
                            <ContextProvider<Guard> context={(*guard).clone()}>
                                <LiveProvider>
                                    <UnreadProvider>
                                        <Shell><Pages /></Shell>
                                    </UnreadProvider>
                                </LiveProvider>
                                <LogInAgain />
                            </ContextProvider<Guard>>
                        </BrowserRouter>
                    </Toasts>
                </ConfigurationProvider>
            </SessionProvider>
        </LanguageProvider>
    }
}

/// The page of the present route. When leaving would lose something typed, it
/// stays until the person has decided.
#[component]
fn Pages() -> Html {
    let t = use_texts();
    let guard = use_guard();
    let session = use_session();
    let navigator = use_navigator();
    let wanted = use_route::<Route>().unwrap_or(Route::NotFound);
    let shown = use_state_eq(|| wanted.clone());
    let blocked = wanted != *shown && guard.is_set();
    if wanted != *shown && !blocked {
        shown.set(wanted.clone());
    }
    let route = if blocked { (*shown).clone() } else { wanted.clone() };

    let leave = {
        let (guard, shown, wanted) = (guard.clone(), shown.clone(), wanted.clone());
        Callback::from(move |()| {
            guard.release();
            shown.set(wanted.clone());
        })
    };
    let stay = {
        let shown = shown.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&*shown);
            }
        })
    };
    let page = if session.standing == Standing::Starting {
        html! { <PageSection><Loading shape={LoadingShape::Text} /></PageSection> }
    } else if route.audience().includes(&session) {
        draw(&route)
    } else if session.me().is_none() {
        html! { <pages::LogInPage key="log-in-first" lead={t.log_in_first()} /> }
    } else {
        html! { <NotForYou key="forbidden" /> }
    };
    html! {
        <>
            { page }
            if blocked {
                <ConfirmDialog
                    title={t.leave_title()}
                    confirm={t.leave_without_saving()}
                    danger=true
                    onconfirm={leave}
                    oncancel={stay}
                >
                    <p>{ t.leave_body() }</p>
                </ConfirmDialog>
            }
        </>
    }
}

/// The page of a route. Keyed by path, so that going from one project to
/// another begins a new page.
fn draw(route: &Route) -> Html {
    match route.program() {
        Program::Visitor => draw_public(route),
        program if program > Program::THIS => html! { <LoadProgram /> },
        Program::Member => pages::draw_member(route),
        Program::Office => pages::draw_office(route),
    }
}

fn draw_public(route: &Route) -> Html {
    let key = route.to_path();
    match route {
        Route::Front => html! { <pages::FrontPage {key} /> },
        Route::Catalogue => html! { <pages::CataloguePage {key} /> },
        Route::Project { id } => html! { <pages::ProjectPage {key} id={*id} /> },
        Route::Calls => html! { <pages::CallsPage {key} /> },
        Route::Call { id } => html! { <pages::CallPage {key} id={*id} /> },
        Route::Defences => html! { <pages::DefencesPage {key} /> },
        Route::Calendar => html! { <pages::CalendarPage {key} /> },
        Route::Event { id } => html! { <pages::EventPage {key} id={*id} /> },
        Route::LogIn => html! { <pages::LogInPage {key} /> },
        Route::Register => html! { <pages::RegisterPage {key} /> },
        Route::Recover => html! { <pages::RecoverPage {key} /> },
        Route::SetPassword => html! { <pages::SetPasswordPage {key} /> },
        Route::Unsubscribe => html! { <pages::UnsubscribePage {key} /> },
        _ => html! { <pages::NotFoundPage {key} /> },
    }
}

/// Stands in for a page of another program until that is there.
#[component]
fn LoadProgram() -> Html {
    use_effect_with((), |()| load_program());
    html! { <PageSection><Loading shape={LoadingShape::Rows} /></PageSection> }
}

#[component]
fn NotForYou() -> Html {
    let t = use_texts();
    html! {
        <>
            <PageHeader title={t.forbidden_title()} />
            <PageSection><p>{ t.forbidden_body() }</p></PageSection>
        </>
    }
}

/// Asks to log in again over the page when the session is lost.
#[component]
fn LogInAgain() -> Html {
    let t = use_texts();
    let session = use_session();
    if session.me().is_none() || !matches!(session.standing, Standing::Lost(_)) {
        return html! {};
    }
    let give_up = {
        let session = session.clone();
        Callback::from(move |()| session.close())
    };
    html! {
        <Dialog title={t.log_in_again()} onclose={give_up}>
            <p class="gestfg-gap-after">{ t.session_lost() }</p>
            <pages::LogInForm />
        </Dialog>
    }
}
