use crate::draw::{draw, draw_in, words};
use gestfg_frontend::components::{NotificationItem, PreferencesTable};
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::{MailPreference, Notification, NotificationKind, NotificationPreference};
use gestfg_types::session::Language;
use yew::prelude::*;
use yew_router::Router;
use yew_router::history::{AnyHistory, MemoryHistory};

fn item(read: bool) -> Html {
    let at = "2026-11-20T09:30:00Z".parse().unwrap();
    let notification = Notification {
        id: NotificationId(4),
        kind: NotificationKind::ProjectValidated,
        title: "Tu proyecto está validado".to_owned(),
        body: "Ya puedes publicarlo.".to_owned(),
        path: "/projects/7?from=inbox".to_owned(),
        created_at: at,
        read_at: read.then_some(at),
    };
    let history = AnyHistory::from(MemoryHistory::new());
    html! { <Router {history}><NotificationItem {notification} onread={Callback::noop()} /></Router> }
}

#[tokio::test]
async fn what_has_not_been_read_says_so_in_words() {
    let html = draw(|| item(false)).await;
    assert!(html.contains("href=\"/projects/7?from=inbox\""));
    assert!(html.contains("aria-label=\"Marcar como leída: Tu proyecto está validado\""));
    assert!(words(&html).starts_with("Tu proyecto está validado Nueva Ya puedes publicarlo. 20 nov 2026,"));
}

#[tokio::test]
async fn what_has_been_read_offers_no_mark() {
    let html = draw(|| item(true)).await;
    assert!(!html.contains("<button"));
    assert!(!words(&html).contains("Nueva"));
}

fn preferences() -> Html {
    let items = vec![
        NotificationPreference {
            kind: NotificationKind::CallOpened,
            in_app: true,
            mail: MailPreference::Digest,
        },
        NotificationPreference { kind: NotificationKind::Message, in_app: false, mail: MailPreference::Now },
    ];
    html! { <PreferencesTable {items} onchange={Callback::noop()} /> }
}

#[tokio::test]
async fn every_control_of_the_preferences_has_a_name() {
    let html = draw(preferences).await;
    for name in [
        "Convocatorias abiertas: mostrar en GesTFG",
        "Convocatorias abiertas: recibir por correo",
        "Mensajes: mostrar en GesTFG",
        "Mensajes: recibir por correo",
    ] {
        assert!(html.contains(&format!("aria-label=\"{name}\"")), "{name}");
    }
    assert_eq!(html.matches(" checked").count(), 1);
    assert_eq!(html.matches("<option value=\"digest\" selected").count(), 1);
    let html = draw_in(Language::En, preferences).await;
    assert!(words(&html).contains("Calls opened At once Daily digest Never"));
}
