use super::{honours_of, people, publish_change, record_steps, refuse_missing, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::dates::{day_and_time, last_minute};
use crate::domain::marking;
use crate::domain::phase_gate::Passage;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::minutes_record::seal;
use crate::models::audit::Entry;
use crate::models::call::{self, CallDetail, name_of};
use crate::models::call_marks::{self, Gathered};
use crate::models::mark_claim;
use crate::models::minutes::{self, MinutesRow};
use crate::models::settlement;
use crate::notices::{self, News};
use crate::openapi::Problems;
use crate::routes::gate;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, DefenceId, MinutesId, UserId};
use gestfg_types::minutes::{CloseMinutes, Honours, Minutes, MinutesState, Missing, MissingPart};
use gestfg_types::session::Language;
use gestfg_types::users::PersonRef;
use std::collections::BTreeSet;

/// Make provisional marks definitive: the minutes get their number and their
/// verification code, honours are given, and the marks are frozen.
///
/// By a president of the call's committees, a coordinator of the degree or an
/// admin, once the claim window is over and every claim is answered; the last
/// two also before its end, with `override_reason`. Where several share a mark
/// at the end of the honours, `honours` has to say who gets them.
///
/// Assignments whose students have all passed are finished; who has not passed keeps the project
/// and can be entered in the next call.
#[utoipa::path(
    tag = "minutes",
    params(("id" = MinutesId, Path), ("If-Match" = String, Header)),
    request_body = CloseMinutes,
    responses((status = 200, body = Minutes, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/minutes/{id}/close")]
pub(super) async fn close_minutes(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<MinutesId>,
    body: web::Json<CloseMinutes>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let closed = state
        .db
        .write(move |conn| {
            let seen = shown(conn, id, &user)?;
            let (call_id, degree) = (seen.call.id, seen.call.degree.id);
            marking::may_close(&user, degree, call_marks::presides(conn, call_id, user.id)?)?;
            // Whoever marks, claims or closes waits from here on.
            call::lock(conn, call_id)?;
            let row = minutes::find(conn, id)?;
            version.check(row.version)?;
            if row.state() != MinutesState::Provisional {
                let sentence = format!("The minutes are {} already.", row.state);
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            let reason = reason.filter(|_| user.keeps_degree(degree));
            let passage = window(&row, reason, now, config.time_zone)?;
            let found = call::find(conn, call_id)?;
            let gathered = check_complete(conn, &row, call_id)?;
            minutes::take_turn(conn)?;
            let honours = decide_honours(conn, &found, &row, &gathered, body.honours)?;
            minutes::set_honours(conn, id, &honours)?;
            let by = PersonRef { id: user.id, name: user.name.clone() };
            let closing = seal(conn, &found, &row, by, now)?;
            let after = minutes::close(conn, id, &closing)?;
            let finished = settlement::settle(conn, call_id, now)?;
            record_steps(conn, &finished, ("assignment.finish", "finished"), (degree, &user))?;
            Entry::new("minutes.close", id.0)
                .degree(degree)
                .override_reason(&passage)
                .before(&row)
                .after(&after)
                .record(conn, &(&user).into())?;
            let call = name_of(&found.reference());
            let news: Vec<_> = gathered.iter().filter_map(|one| news(one, &call)).collect();
            notices::tell_all(conn, &config, now, &news)?;
            publish_change(conn, &found, people(&gathered))?;
            shown(conn, id, &user)
        })
        .await?;
    Ok(versioned(closed.version, &closed))
}

/// Whether the claim window is over, or somebody who may says why not to wait.
fn window(
    row: &MinutesRow,
    reason: Option<String>,
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> AppResult<Passage> {
    if now >= row.claims_until {
        return Ok(Passage::Open);
    }
    if let Some(reason) = reason {
        return Ok(Passage::Overridden(reason));
    }
    let until = day_and_time(Language::En, zone, last_minute(row.claims_until));
    Err(AppError::refuse(ErrorCode::InvalidState, format!("Students can claim until {until}.")))
}

/// Everybody of the call, of whom nothing is missing, no claim waits, and who are those published.
fn check_complete(conn: &mut PgConnection, row: &MinutesRow, call: CallId) -> AppResult<Vec<Gathered>> {
    let gathered = call_marks::gather(conn, call, None)?;
    let rules = row.rules();
    let mut missing: Vec<_> = gathered.iter().flat_map(|one| one.candidate.missing(&rules)).collect();
    let claims = mark_claim::list_open(conn, MinutesId(row.id))?;
    missing.extend(claims.into_iter().map(|claim| Missing {
        part: MissingPart::Answer,
        defence_id: Some(DefenceId(claim.defence_id)),
        student: PersonRef { id: UserId(claim.student_id), name: claim.student_name },
        professor: None,
    }));
    refuse_missing(&missing)?;
    let entries = minutes::entries(conn, MinutesId(row.id))?;
    let published: BTreeSet<_> = entries
        .iter()
        .map(|entry| (entry.defence_id, views::marks::stored_mark(entry.mark.as_deref())))
        .collect();
    let present: BTreeSet<_> = gathered
        .iter()
        .filter_map(|one| Some((one.candidate.defence?.0, one.candidate.outcome(&rules).mark)))
        .collect();
    if published != present {
        let sentence =
            "The call has changed since its marks were published; open the minutes again and publish anew.";
        return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
    }
    Ok(gathered)
}

/// Who gets honours: those asked for if they can, or else those beyond doubt.
fn decide_honours(
    conn: &mut PgConnection,
    call: &CallDetail,
    row: &MinutesRow,
    gathered: &[Gathered],
    asked: Option<Vec<DefenceId>>,
) -> AppResult<Vec<DefenceId>> {
    let rules = row.rules();
    let marks: Vec<_> = gathered
        .iter()
        .filter_map(|one| Some((one.candidate.defence?, one.candidate.outcome(&rules).mark?)))
        .collect();
    let honours: Honours = honours_of(conn, call, &rules, &marks)?;
    let Some(asked) = asked else {
        let tied = gathered
            .iter()
            .filter(|one| one.candidate.defence.is_some_and(|defence| honours.tied.contains(&defence)));
        let missing: Vec<_> = tied
            .map(|one| Missing {
                part: MissingPart::Honours,
                defence_id: one.candidate.defence,
                student: one.candidate.student.clone(),
                professor: None,
            })
            .collect();
        refuse_missing(&missing)?;
        return Ok(honours.proposed);
    };
    let asked: BTreeSet<_> = asked.into_iter().collect();
    let deserves =
        |id: &DefenceId| marks.iter().any(|(known, mark)| known == id && *mark >= rules.honours_mark);
    if !asked.iter().all(deserves) {
        let sentence = format!("Honours are for marks from {} on.", rules.honours_mark);
        return Err(AppError::invalid_field("/honours", FieldCode::NotAllowed, sentence));
    }
    if honours.places.is_some_and(|places| i64::try_from(asked.len()).unwrap_or(i64::MAX) > places) {
        let sentence = format!("There are {} honours left.", honours.places.unwrap_or_default());
        return Err(AppError::invalid_field("/honours", FieldCode::OutOfRange, sentence));
    }
    Ok(asked.into_iter().collect())
}

/// To the student and the tutors: the mark is definitive.
fn news(one: &Gathered, call: &str) -> Option<News> {
    let candidate = &one.candidate;
    let letter = Letter::MinutesClosed {
        defence: candidate.defence?,
        call: call.to_owned(),
        title: one.row.project_title.clone(),
    };
    let tutors =
        std::iter::once(candidate.tutor.id).chain(candidate.cotutor.as_ref().map(|person| person.id));
    Some(News { people: tutors.chain(std::iter::once(candidate.student.id)).collect(), letter })
}
