use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::stepping_in::{self, Ahead, Judged};
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::defence::{self, CommitteeDetail, DefenceDetail, DefenceFilter, SeatDetail};
use crate::models::unavailability;
use crate::models::update::Change;
use crate::notices;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;
use gestfg_types::availability::AvailabilityAnswer;
use gestfg_types::defences::{CallIn, CalledIn, DefenceState};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, CommitteeId, DegreeId, EvaluationRequestId, UserId};
use gestfg_types::projects::REASON_MAX;
use gestfg_types::updates::UpdateTopic;

/// Have a substitute step in for a full seat of the committee, or step back; the reason is kept.
/// The committee and those who defend before it are told. Who steps in has to be free for the
/// defences ahead; hours offered only if needed are pointed out. By whoever presides the committee,
/// coordinators of the degree and admins.
#[utoipa::path(
    tag = "committees",
    params(("id" = CommitteeId, Path), ("If-Match" = String, Header)),
    request_body = CallIn,
    responses((status = 200, body = CalledIn, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committees/{id}/call-in")]
pub(super) async fn call_in(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteeId>,
    body: web::Json<CallIn>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, REASON_MAX);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "Say why: it is kept.");
    }
    let changed = state
        .db
        .write(move |conn| {
            let found = defence::find_committee(conn, id)?;
            let call = call::find(conn, CallId(found.call_id))?;
            let degree = DegreeId(call.degree_id);
            policy::may_call_in(&user, degree, found.is_presided_by(user.id))?;
            version.check(defence::lock_committee(conn, id)?)?;
            errors.into_result()?;
            // Read after the lock was got: what it waited for counts.
            let found = defence::find_committee(conn, id)?;
            let (substitute, absent) = seats(&found, &body)?;
            let judged = match absent {
                Some(_) => judge(conn, id, &substitute, now, config.time_zone)?,
                None => Judged::default(),
            };
            if !judged.broken.is_empty() {
                return Err(AppError::breaks_rules(judged.broken));
            }
            let acting_for = body.acting_for.as_deref();
            defence::call_in(conn, id, &substitute.seat, acting_for, &reason, now)?;
            let after = defence::find_committee(conn, id)?;
            Entry::new("committee.call_in", id.0)
                .degree(degree)
                .reason(reason)
                .before(&found.seats)
                .after(&after.seats)
                .record(conn, &(&user).into())?;
            if let Some(absent) = absent {
                let filter = DefenceFilter { committee: Some(id), ..DefenceFilter::default() };
                let students = defence::all(conn, &filter)?.into_iter().map(|row| UserId(row.student_id));
                let sitting = after.seats().into_iter().map(|seat| UserId(seat.professor_id));
                let people: Vec<UserId> = sitting.chain(students).collect();
                let letter = Letter::CalledIn {
                    call: CallId(call.id),
                    name: name_of(&call.reference()),
                    number: after.number,
                    substitute: substitute.name,
                    absent: absent.name,
                };
                notices::tell(conn, &config, now, &people, &letter)?;
            }
            Change::of(UpdateTopic::Defences).subject(call.id).everybody().publish(conn)?;
            let committee = views::defences::committee(&after, call.reference(), Some(&user));
            Ok(CalledIn { committee, warnings: judged.warnings })
        })
        .await?;
    Ok(versioned(changed.committee.version, &changed))
}

/// Whether the substitute can come to what is ahead of the committee.
fn judge(
    conn: &mut PgConnection,
    id: CommitteeId,
    substitute: &SeatDetail,
    now: DateTime<Utc>,
    zone: Tz,
) -> AppResult<Judged> {
    let filter = DefenceFilter { committee: Some(id), from: Some(now), ..DefenceFilter::default() };
    let planned = DefenceState::Planned.as_str();
    let rows = defence::all(conn, &filter)?.into_iter().filter(|row| row.state == planned);
    let ahead: Vec<Ahead> = rows.filter_map(|row| as_ahead(&row)).collect();
    let (Some(from), Some(to)) =
        (ahead.iter().map(|it| it.time.0).min(), ahead.iter().map(|it| it.time.1).max())
    else {
        return Ok(Judged::default());
    };
    let professor = UserId(substitute.professor_id);
    // What they say meanwhile waits until this is written.
    unavailability::lock_professor(conn, professor)?;
    let said = unavailability::list_within(conn, &[professor.0], (from, to))?;
    let said: Vec<_> = said
        .into_iter()
        .filter_map(|row| Some(((row.starts_at, row.ends_at), AvailabilityAnswer::from_name(&row.answer)?)))
        .collect();
    let elsewhere = defence::seated_elsewhere(conn, professor, id, (from, to))?;
    let elsewhere: Vec<Ahead> = elsewhere.iter().filter_map(as_ahead).collect();
    Ok(stepping_in::judge((professor, &substitute.name), &ahead, &said, &elsewhere, zone))
}

fn as_ahead(row: &DefenceDetail) -> Option<Ahead> {
    Some(Ahead {
        request: EvaluationRequestId(row.evaluation_request_id),
        student: UserId(row.student_id),
        time: (row.starts_at?, row.ends_at?),
    })
}

/// The substitute, and whose seat they take.
fn seats(found: &CommitteeDetail, body: &CallIn) -> AppResult<(SeatDetail, Option<SeatDetail>)> {
    let all = found.seats();
    let named = |seat: &str| all.iter().find(|known| known.seat == seat).cloned();
    let substitute = named(&body.substitute).filter(|seat| seat.seat.starts_with("substitute"));
    let substitute = substitute.ok_or_else(|| {
        AppError::invalid_field("/substitute", FieldCode::Unknown, "The committee has no such substitute.")
    })?;
    let Some(seat) = &body.acting_for else { return Ok((substitute, None)) };
    let absent = named(seat).filter(|seat| !seat.seat.starts_with("substitute"));
    let absent = absent.ok_or_else(|| {
        AppError::invalid_field("/acting_for", FieldCode::Unknown, "The committee has no such full seat.")
    })?;
    let taken = |known: &SeatDetail| known.seat != substitute.seat && known.acting_for.as_ref() == Some(seat);
    if all.iter().any(taken) {
        return Err(AppError::refuse(
            ErrorCode::InvalidState,
            "Another substitute acts for that seat already.",
        )
        .at("/acting_for", FieldCode::Taken));
    }
    Ok((substitute, Some(absent)))
}
