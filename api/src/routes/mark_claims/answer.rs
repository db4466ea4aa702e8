use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::{call, call_marks, mark_claim, minutes};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::minutes::{new_entry, publish_change, refuse_missing};
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, DefenceId, DegreeId, MarkClaimId, MinutesId, UserId};
use gestfg_types::minutes::{AnswerClaim, ClaimState, MarkClaim};

/// Answer a claim: the mark is made anew from the sheets as they are now, and
/// frozen again. By the president of the committee, coordinators of the degree
/// and admins; the student is told.
#[utoipa::path(
    tag = "mark claims",
    params(("id" = MarkClaimId, Path), ("If-Match" = String, Header)),
    request_body = AnswerClaim,
    responses((status = 200, body = MarkClaim, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/mark-claims/{id}/answer")]
pub(super) async fn answer_mark_claim(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<MarkClaimId>,
    body: web::Json<AnswerClaim>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let mut errors = FieldErrors::new();
    let text = errors.paragraphs("/answer", &body.answer, 5000);
    if text.is_empty() {
        errors.push("/answer", FieldCode::Required, "Say why: the student reads it.");
    }
    let answered = state
        .db
        .write(move |conn| {
            let seen = mark_claim::find(conn, id)?;
            let (call_id, defence) = (CallId(seen.call_id), DefenceId(seen.defence_id));
            let found = call::find(conn, call_id)?;
            let degree = DegreeId(found.degree_id);
            let gathered = call_marks::gather(conn, call_id, Some(defence))?.pop();
            let sees = gathered.as_ref().is_some_and(|one| one.candidate.is_judged_by(user.id))
                || seen.student_id == user.id.0
                || user.keeps_degree(degree);
            if !sees {
                return Err(AppError::not_found("claim"));
            }
            let presides = gathered.as_ref().is_some_and(|one| one.candidate.is_presided_by(user.id));
            if !presides && !user.keeps_degree(degree) {
                return Err(AppError::forbidden(
                    "Only the president of the committee, a coordinator of the degree or an admin answers claims.",
                ));
            }
            // Nobody marks while the mark is made anew.
            call::lock(conn, call_id)?;
            version.check(mark_claim::lock(conn, id)?)?;
            errors.into_result()?;
            let before = mark_claim::find(conn, id)?;
            if before.state() != ClaimState::Open {
                return Err(AppError::refuse(ErrorCode::InvalidState, "The claim is answered already."));
            }
            let row = minutes::find(conn, MinutesId(before.minutes_id))?;
            let rules = row.rules();
            let gathered = call_marks::gather(conn, call_id, Some(defence))?.pop();
            let one = gathered.ok_or_else(|| AppError::not_found("claim"))?;
            refuse_missing(&one.candidate.missing(&rules))?;
            let entry = new_entry(&one.candidate, &rules).and_then(|entry| Some((entry.mark?, entry)));
            let Some((mark, entry)) = entry else {
                return Err(AppError::refuse(ErrorCode::InvalidState, "The student has no mark any more."));
            };
            if !body.is_upheld && mark.to_string() != before.mark_before {
                let sentence = "The marks were changed, so the claim is upheld; or put them back first.";
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            let to = if body.is_upheld { ClaimState::Upheld } else { ClaimState::Rejected };
            minutes::update_entry(conn, MinutesId(row.id), &entry)?;
            mark_claim::answer(conn, id, to, &text, mark, (user.id, now))?;
            let after = mark_claim::find(conn, id)?;
            Entry::new("mark_claim.answer", id.0)
                .degree(degree)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let student = UserId(after.student_id);
            let letter = Letter::ClaimAnswered {
                defence,
                title: after.project_title.clone(),
                is_upheld: body.is_upheld,
                answer: text,
            };
            notices::tell(conn, &config, now, &[student], &letter)?;
            publish_change(conn, &found, one.candidate.people())?;
            Ok(views::minutes::claim(after, true))
        })
        .await?;
    Ok(versioned(answered.version, &answered))
}
