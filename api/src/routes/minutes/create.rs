use super::{new_entry, people, publish_change, refuse_missing, rules_of, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::{grading, marking};
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::call_marks;
use crate::models::minutes::{self, NewMinutes};
use crate::notices::{self, News};
use crate::openapi::Problems;
use crate::routes::BASE;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, MinutesId};
use gestfg_types::minutes::{Minutes, MinutesState, PublishMarks};

/// Publish the marks of a call as provisional: students read theirs and can
/// claim, and nobody changes them but for a claim.
///
/// By a president of its committees, a coordinator of the degree or an admin,
/// once nothing is missing; `errors` of the refusal names what is.
#[utoipa::path(
    tag = "minutes",
    request_body = PublishMarks,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Minutes, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/minutes")]
pub(super) async fn create_minutes(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<PublishMarks>,
) -> AppResult<HttpResponse> {
    let (body, now, config) = (body.into_inner(), state.clock.now(), state.config.clone());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let id = body.call_id;
                let unknown =
                    || AppError::invalid_field("/call_id", FieldCode::Unknown, "There is no such call.");
                let seen = call::find_visible(conn, id, Some(&user)).map_err(|error| match error {
                    diesel::NotFound => unknown(),
                    other => other.into(),
                })?;
                let degree = DegreeId(seen.degree_id);
                marking::may_close(&user, degree, call_marks::presides(conn, id, user.id)?)?;
                // From here on nobody marks: they wait, and find the marks published.
                call::lock(conn, id)?;
                let found = call::find(conn, id)?;
                let latest = minutes::latest(conn, id)?;
                if latest.as_ref().is_some_and(|row| row.state() != MinutesState::Reopened) {
                    let sentence = "The marks of the call are published already.";
                    return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
                }
                let rules = rules_of(conn, &found, None)?;
                let gathered = call_marks::gather(conn, id, None)?;
                let missing: Vec<_> = gathered.iter().flat_map(|one| one.candidate.missing(&rules)).collect();
                refuse_missing(&missing)?;
                let entries: Vec<_> =
                    gathered.iter().filter_map(|one| new_entry(&one.candidate, &rules)).collect();
                if entries.is_empty() {
                    let sentence = "Nobody is entered in the call.";
                    return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
                }
                let claims_until = grading::claims_until(&rules, now, config.time_zone);
                let new = NewMinutes {
                    call: id,
                    degree,
                    academic_year: found.academic_year,
                    rules: &rules,
                    at: now,
                    by: user.id,
                    claims_until,
                };
                let row = minutes::create(conn, &new, &entries)?;
                Entry::new("minutes.publish", row.id)
                    .degree(degree)
                    .after(&row)
                    .record(conn, &(&user).into())?;
                let call = name_of(&found.reference());
                let news = gathered.iter().filter_map(|one| {
                    let letter = Letter::MarksPublished {
                        defence: one.candidate.defence?,
                        call: call.clone(),
                        title: one.row.project_title.clone(),
                        claims_until: (now < claims_until).then_some(claims_until),
                    };
                    Some(News { people: vec![one.candidate.student.id], letter })
                });
                notices::tell_all(conn, &config, now, &news.collect::<Vec<_>>())?;
                publish_change(conn, &found, people(&gathered))?;
                let body = shown(conn, MinutesId(row.id), &user)?;
                Ok(Created {
                    location: format!("{BASE}/minutes/{}", row.id),
                    version: Some(row.version),
                    body,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
