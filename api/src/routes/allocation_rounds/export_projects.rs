use super::list_projects::Params;
use super::seen_round;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::application_view;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export};
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{AllocationRoundId, DegreeId};

const SPANISH: Titles = Titles {
    name: "Proyectos ofertados",
    headers: &["Título", "Tutor", "Plazas", "Solicitudes", "Como primera opción"],
};

const ENGLISH: Titles = Titles {
    name: "Projects on offer",
    headers: &["Title", "Tutor", "Places", "Applications", "As first choice"],
};

/// All that can be asked for in a round now, under these filters, as a spreadsheet; how many ask
/// for it, if the round shows that or the caller keeps it.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}/projects/export")]
pub(super) async fn export_offered_projects(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (id, q) = (id.into_inner(), asked.params.q);
    export(&state.db, asked.format, Titles::of(user.language, SPANISH, ENGLISH), move |conn, page| {
        let (round, _) = seen_round(conn, &user, id)?;
        let counts = round.show_counts || user.keeps_degree(DegreeId(round.degree_id));
        let window = application_view::list_offered(conn, id, q.as_deref(), page)?;
        Ok(window.shape(|row| {
            let shown = views::allocation::offered(row, counts);
            vec![
                shown.title.into(),
                shown.tutor.name.into(),
                shown.places.into(),
                shown.applications.into(),
                shown.first_choices.into(),
            ]
        }))
    })
    .await
}
