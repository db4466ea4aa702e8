use super::list::Params;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::unavailability::{self, SayingFilter};
use crate::models::user;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use crate::views;
use actix_web::{HttpResponse, get, web};
use diesel::OptionalExtension;
use gestfg_types::availability::{AvailabilityAnswer, UnavailabilitySource};
use gestfg_types::session::Language;

const SPANISH: Titles = Titles {
    name: "Disponibilidad",
    headers: &["Profesor/a", "Desde", "Hasta", "¿Puede?", "Dicho por", "Motivo"],
};

const ENGLISH: Titles = Titles {
    name: "Availability",
    headers: &["Professor", "From", "Until", "Can come?", "Said by", "Reason"],
};

/// When a professor cannot come, or only if needed, under these filters as a spreadsheet, in the
/// order of time. One's own; others' for coordinators and admins.
#[utoipa::path(
    tag = "availability",
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
#[get("/unavailability/export")]
pub(super) async fn export_unavailability(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let Params { professor_id, from, to, source, .. } = asked.params;
    let professor = professor_id.unwrap_or(user.id);
    policy::may_speak_for(&user, professor)?;
    let (language, zone) = (user.language, state.config.time_zone);
    let filter = SayingFilter { from, to, source };
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let who = user::find(conn, professor).optional()?;
        let name = who.map(|who| format!("{} {}", who.first_name, who.last_name)).unwrap_or_default();
        let window = unavailability::list(conn, professor, &filter, page)?;
        Ok(window.shape(|row| {
            let said = views::availability::unavailability(row);
            vec![
                name.as_str().into(),
                local(said.starts_at, zone).into(),
                local(said.ends_at, zone).into(),
                answer_name(language, said.answer).into(),
                source_name(language, said.source).into(),
                said.note.into(),
            ]
        }))
    })
    .await
}

const fn answer_name(language: Language, answer: AvailabilityAnswer) -> &'static str {
    match (language, answer) {
        (Language::Es, AvailabilityAnswer::Yes) => "Sí",
        (Language::En, AvailabilityAnswer::Yes) => "Yes",
        (Language::Es, AvailabilityAnswer::IfNeeded) => "Si hace falta",
        (Language::En, AvailabilityAnswer::IfNeeded) => "If needed",
        (_, AvailabilityAnswer::No) => "No",
    }
}

const fn source_name(language: Language, source: UnavailabilitySource) -> &'static str {
    match (language, source) {
        (Language::Es, UnavailabilitySource::Poll) => "En persona",
        (Language::En, UnavailabilitySource::Poll) => "In person",
        (Language::Es, UnavailabilitySource::CalendarFile) => "Calendario subido",
        (Language::En, UnavailabilitySource::CalendarFile) => "Uploaded calendar",
        (Language::Es, UnavailabilitySource::Office) => "Coordinación",
        (Language::En, UnavailabilitySource::Office) => "Coordinators",
    }
}
