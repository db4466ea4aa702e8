use super::list::{Params, readable};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::pagination::{PageParams, Window};
use crate::routes::exporting::{Exporting, Titles, decimal, export, local};
use actix_web::{HttpResponse, get, web};
use gestfg_types::minutes::ClaimState;
use gestfg_types::session::Language;

const SPANISH: Titles = Titles {
    name: "Reclamaciones",
    headers: &[
        "Estudiante",
        "Trabajo",
        "Presentada el",
        "Reclamación",
        "Nota reclamada",
        "Estado",
        "Respuesta",
        "Respondida el",
        "Nota después",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Claims against marks",
    headers: &[
        "Student",
        "Project",
        "Made on",
        "Claim",
        "Mark claimed against",
        "State",
        "Answer",
        "Answered on",
        "Mark after",
    ],
};

/// The claims of a call that the caller may read as a spreadsheet, in the order they came.
#[utoipa::path(
    tag = "mark claims",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/mark-claims/export")]
pub(super) async fn export_mark_claims(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone, call) = (user.language, state.config.time_zone, asked.params.call_id);
    let titles = Titles::of(language, SPANISH, ENGLISH);
    export(&state.db, asked.format, titles, move |conn, _all: &PageParams<()>| {
        Ok(Window::whole(readable(conn, call, &user)?).shape(|claim| {
            vec![
                claim.student.name.into(),
                claim.project_title.into(),
                local(claim.created_at, zone).into(),
                claim.text.into(),
                decimal(language, &claim.mark_before.to_string()),
                state_name(language, claim.state).into(),
                claim.answer.into(),
                claim.answered_at.map(|at| local(at, zone)).into(),
                claim.mark_after.map(|mark| decimal(language, &mark.to_string())).into(),
            ]
        }))
    })
    .await
}

const fn state_name(language: Language, state: ClaimState) -> &'static str {
    match (language, state) {
        (Language::Es, ClaimState::Open) => "Pendiente de respuesta",
        (Language::En, ClaimState::Open) => "Waits for an answer",
        (Language::Es, ClaimState::Upheld) => "Estimada",
        (Language::En, ClaimState::Upheld) => "Upheld",
        (Language::Es, ClaimState::Rejected) => "Desestimada",
        (Language::En, ClaimState::Rejected) => "Rejected",
    }
}
