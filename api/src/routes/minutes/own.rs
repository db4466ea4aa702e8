use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{call, mark_claim, minutes};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{CallId, DefenceId, MinutesId};
use gestfg_types::minutes::{MinutesState, OwnMark, OwnMarks};

/// The caller's marks that are published, the latest first. Nothing of a mark
/// is told before.
#[utoipa::path(
    tag = "marks",
    responses((status = 200, body = OwnMarks), Problems),
    security(("bearer" = []))
)]
#[get("/me/marks")]
pub(super) async fn list_own_marks(user: CurrentUser, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let now = state.clock.now();
    let items = state
        .db
        .run(move |conn| {
            let mut items = Vec::new();
            for (row, defence) in minutes::list_of_student(conn, user.id)? {
                let id = MinutesId(row.id);
                let entries = minutes::entries(conn, id)?;
                let Some(entry) = entries.into_iter().find(|entry| entry.defence_id == defence) else {
                    continue;
                };
                let entry = views::minutes::entry(entry);
                let claim = mark_claim::find_of(conn, id, DefenceId(defence))?;
                let can_claim = row.state() == MinutesState::Provisional
                    && now < row.claims_until
                    && claim.is_none()
                    && entry.mark.is_some();
                items.push(OwnMark {
                    defence_id: entry.defence_id,
                    call: call::find(conn, CallId(row.call_id))?.reference(),
                    project_title: entry.project_title,
                    state: row.state(),
                    tutor_mark: entry.tutor_mark,
                    committee_mark: entry.committee_mark,
                    mark: entry.mark,
                    band: entry.band,
                    has_honours: entry.has_honours,
                    published_at: row.published_at,
                    claims_until: row.claims_until,
                    closed_at: row.closed_at,
                    claim: claim.map(|claim| views::minutes::claim(claim, false)),
                    can_claim,
                });
            }
            Ok(items)
        })
        .await?;
    Ok(HttpResponse::Ok().json(OwnMarks { items }))
}
