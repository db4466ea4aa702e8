use super::list_answers::Params;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::availability_poll;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, decimal, export, local};
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::AvailabilityPollId;

const SPANISH: Titles = Titles {
    name: "Respuestas",
    headers: &[
        "Profesor/a",
        "Departamento",
        "Respondió el",
        "Horas que no puede",
        "Horas solo si hace falta",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Answers",
    headers: &["Professor", "Department", "Answered on", "Hours of no", "Hours only if needed"],
};

/// All those a poll asks as a spreadsheet, by name, with when they answered. For coordinators of
/// the degree and admins.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path), Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/availability-polls/{id}/answers/export")]
pub(super) async fn export_availability_answers(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (id, answered) = (id.into_inner(), asked.params.answered);
    let (language, zone) = (user.language, state.config.time_zone);
    let hours = move |minutes: i64| decimal(language, &hours(minutes));
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        super::find_kept(conn, id, &user)?;
        let window = availability_poll::list_recipients(conn, id, answered, page)?;
        Ok(window.shape(|row| {
            let shown = views::availability::recipient(row);
            vec![
                shown.professor.name.into(),
                shown.professor.department.code.into(),
                shown.answered_at.map(|at| local(at, zone)).into(),
                hours(shown.minutes_no),
                hours(shown.minutes_if_needed),
            ]
        }))
    })
    .await
}

/// Minutes as hours, to the hundredth.
fn hours(minutes: i64) -> String {
    let hundredths = minutes * 100 / 60;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
