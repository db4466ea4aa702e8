use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::models::audit::Entry;
use crate::models::unavailability::{self, Saying};
use crate::openapi::Problems;
use crate::routes::check_times;
use crate::views;
use actix_web::{HttpResponse, put, web};
use chrono::Duration;
use gestfg_types::availability::{AvailabilityAnswer, SaidAvailability, SayAvailability};
use gestfg_types::errors::FieldCode;

/// The longest time of which something is said at once.
const LONGEST: Duration = Duration::days(366);

/// Say whether a professor can come between two moments, in place of all that
/// was said of this time. By themselves; on behalf by a coordinator or an admin.
#[utoipa::path(
    tag = "availability",
    request_body = SayAvailability,
    responses((status = 200, body = SaidAvailability), Problems),
    security(("bearer" = []))
)]
#[put("/unavailability")]
pub(super) async fn say_availability(
    user: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<SayAvailability>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let professor = body.professor_id.unwrap_or(user.id);
    policy::may_speak_for(&user, professor)?;
    let mut errors = FieldErrors::new();
    let note = errors.line("/note", &body.note, 0, 200);
    check_times(&mut errors, body.starts_at, body.ends_at);
    if errors.is_empty() && body.ends_at - body.starts_at > LONGEST {
        errors.push("/ends_at", FieldCode::OutOfRange, "A year at most is said at once.");
    }
    errors.into_result()?;
    let saying = Saying {
        starts_at: body.starts_at,
        ends_at: body.ends_at,
        answer: body.answer,
        source: super::source(&user, professor),
        note: if body.answer == AvailabilityAnswer::Yes { String::new() } else { note },
    };
    let said = state
        .db
        .write(move |conn| {
            super::lock_professor(conn, professor)?;
            let time = (saying.starts_at, saying.ends_at);
            let before = unavailability::list_touching(conn, professor, time)?;
            unavailability::say(conn, professor, &saying)?;
            let after = unavailability::list_touching(conn, professor, time)?;
            Entry::new("unavailability.say", professor.0)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            super::announce(conn, professor)?;
            Ok(after)
        })
        .await?;
    let items = said.into_iter().map(views::availability::unavailability).collect();
    Ok(HttpResponse::Ok().json(SaidAvailability { items }))
}
