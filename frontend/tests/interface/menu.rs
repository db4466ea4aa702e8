use crate::draw::{draw, words};
use gestfg_frontend::components::Shell;
use gestfg_frontend::session::{SessionProvider, Standing};
use gestfg_types::ids::{DepartmentId, UserId};
use gestfg_types::session::{DepartmentRef, Language, Me, Permission, Roles};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Router;
use yew_router::history::{AnyHistory, MemoryHistory};

fn me(permissions: Vec<Permission>) -> Standing {
    Standing::SignedIn(Rc::new(Me {
        id: UserId(1),
        email: Some("ada@ugr.es".to_owned()),
        dni: None,
        first_name: "Ada".to_owned(),
        last_name: "Prado".to_owned(),
        language: Language::Es,
        roles: Roles::default(),
        permissions,
        version: 1,
    }))
}

fn shell(standing: Standing) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    html! {
        <SessionProvider fixed={standing}>
            <Router {history}><Shell>{ "página" }</Shell></Router>
        </SessionProvider>
    }
}

/// The words of the menu alone.
fn menu(html: &str) -> String {
    let start = html.find("<nav").unwrap();
    let end = html.find("</nav>").unwrap();
    words(&html[start..end])
}

#[tokio::test]
async fn a_visitor_sees_the_public_places_and_the_way_in() {
    let html = draw(|| shell(Standing::Visitor)).await;
    assert_eq!(menu(&html), "Inicio Proyectos Calendario Convocatorias Tribunales");
    assert!(words(&html).contains("Iniciar sesión"));
    assert!(html.contains("href=\"/projects\""));
}

#[tokio::test]
async fn the_menu_follows_the_permissions() {
    let html = draw(|| shell(me(vec![]))).await;
    assert_eq!(
        menu(&html),
        "Inicio Proyectos Calendario Convocatorias Tribunales Mi trabajo Asignaciones Notificaciones Mensajes Estadísticas"
    );
    let html = draw(|| shell(me(vec![Permission::CreateProjects, Permission::ValidateProjects]))).await;
    assert_eq!(
        menu(&html),
        "Inicio Proyectos Calendario Convocatorias Tribunales Mi trabajo Mis proyectos Quién pide mis proyectos Por validar Asignaciones Notificaciones Mensajes Estadísticas"
    );
    let html = draw(|| shell(me(vec![Permission::ReadAuditLog]))).await;
    assert_eq!(
        menu(&html),
        "Inicio Proyectos Calendario Convocatorias Tribunales Mi trabajo Asignaciones Notificaciones Mensajes Estadísticas Sistema Registro de cambios"
    );
}

fn student() -> Standing {
    let Standing::SignedIn(me) = me(vec![]) else { unreachable!() };
    let roles = Roles { student: Some(vec![]), ..Roles::default() };
    Standing::SignedIn(Rc::new(Me { roles, ..(*me).clone() }))
}

#[tokio::test]
async fn a_student_has_a_project_and_a_coordinator_the_calls() {
    let html = draw(|| shell(student())).await;
    assert!(
        menu(&html).contains("Mi trabajo Mi proyecto Solicitudes de proyecto Mis notas Asignaciones"),
        "{}",
        menu(&html)
    );
    let html = draw(|| shell(me(vec![Permission::ManageCalls]))).await;
    assert!(menu(&html).contains("Gestión Convocatorias y plazos"), "{}", menu(&html));
    assert!(html.contains("href=\"/admin/calls\""));
}

fn professor() -> Standing {
    let Standing::SignedIn(me) = me(vec![]) else { unreachable!() };
    let department =
        DepartmentRef { id: DepartmentId(1), code: "LSI".to_owned(), name: "Lenguajes".to_owned() };
    let roles = Roles { professor: Some(department), ..Roles::default() };
    Standing::SignedIn(Rc::new(Me { roles, ..(*me).clone() }))
}

#[tokio::test]
async fn whoever_teaches_says_when_they_can_come() {
    let html = draw(|| shell(professor())).await;
    assert!(menu(&html).contains("Asignaciones Mi disponibilidad"), "{}", menu(&html));
}

#[tokio::test]
async fn the_frame_has_its_landmarks() {
    let html = draw(|| shell(Standing::Visitor)).await;
    for landmark in ["<header", "<nav", "<main", "href=\"#main\""] {
        assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
    }
    assert!(html.contains("aria-current=\"page\""));
}
