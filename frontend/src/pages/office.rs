//! The pages of the secretary's office and of administrators.
//!
//! They weigh as much as all others together and few people need them, so
//! they are left out of the program everybody downloads. There, going to one
//! of them loads the page anew with the program that has them.

use crate::route::Route;
use yew::prelude::*;

/// Draws a page of the office.
#[cfg(feature = "office")]
pub fn draw_office(route: &Route) -> Html {
    use super::{
        AdminCallsPage, AreasPage, AuditLogPage, CallEditorPage, CallRequestsPage, ClaimsPage, DegreesPage,
        DepartmentsPage, EditEventPage, EventsPage, ImportPage, ImportsPage, NewEventPage, NewImportPage,
        NewPersonPage, NotFoundPage, OutboxPage, PeoplePage, PersonPage, SittingsPage,
    };
    use yew_router::Routable;

    let key = route.to_path();
    match route {
        Route::Areas => html! { <AreasPage {key} /> },
        Route::Departments => html! { <DepartmentsPage {key} /> },
        Route::Degrees => html! { <DegreesPage {key} /> },
        Route::Sittings => html! { <SittingsPage {key} /> },
        Route::Imports => html! { <ImportsPage {key} /> },
        Route::NewImport => html! { <NewImportPage {key} /> },
        Route::Import { id } => html! { <ImportPage {key} id={*id} /> },
        Route::People => html! { <PeoplePage {key} /> },
        Route::NewPerson => html! { <NewPersonPage {key} /> },
        Route::Person { id } => html! { <PersonPage {key} id={*id} /> },
        Route::Claims => html! { <ClaimsPage {key} /> },
        Route::Events => html! { <EventsPage {key} /> },
        Route::NewEvent => html! { <NewEventPage {key} /> },
        Route::EditEvent { id } => html! { <EditEventPage {key} id={*id} /> },
        Route::AdminCalls => html! { <AdminCallsPage {key} /> },
        Route::CallEditor { id } => html! { <CallEditorPage {key} id={*id} /> },
        Route::CallRequests { id } => html! { <CallRequestsPage {key} id={*id} /> },
        Route::AuditLog => html! { <AuditLogPage {key} /> },
        Route::Outbox => html! { <OutboxPage {key} /> },
        _ => html! { <NotFoundPage {key} /> },
    }
}

/// Loads the program that has the pages of the office; the address says which
/// of them is wanted.
#[cfg(not(feature = "office"))]
pub fn draw_office(_route: &Route) -> Html {
    html! { <LoadOffice /> }
}

#[cfg(not(feature = "office"))]
#[component]
fn LoadOffice() -> Html {
    use crate::components::{Loading, LoadingShape, PageSection};

    use_effect_with((), |()| {
        let _ = gloo_utils::window().location().reload();
    });
    html! { <PageSection><Loading shape={LoadingShape::Rows} /></PageSection> }
}
