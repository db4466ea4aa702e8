use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::mark_claim::{self, ClaimRow};
use crate::models::{call, call_marks};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use diesel::PgConnection;
use gestfg_types::ids::{CallId, DegreeId, UserId};
use gestfg_types::minutes::{MarkClaim, MarkClaims};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Of which call.
    #[param(value_type = i64)]
    pub(super) call_id: CallId,
}

/// The claims of a call that the caller may read, in the order they came: their
/// own, those before a committee of theirs, those of a degree they keep.
#[utoipa::path(
    tag = "mark claims",
    params(Params),
    responses((status = 200, body = MarkClaims), Problems),
    security(("bearer" = []))
)]
#[get("/mark-claims")]
pub(super) async fn list_mark_claims(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let call = params.call_id;
    let items = state.db.run(move |conn| readable(conn, call, &user)).await?;
    Ok(HttpResponse::Ok().json(MarkClaims { items }))
}

/// The claims of a call that this person may read, in the order they came.
pub(super) fn readable(
    conn: &mut PgConnection,
    call: CallId,
    user: &CurrentUser,
) -> AppResult<Vec<MarkClaim>> {
    let rows = mark_claim::list(conn, call)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keeps = user.keeps_degree(DegreeId(call::find(conn, call)?.degree_id));
    let gathered = call_marks::gather(conn, call, None)?;
    let shown = |row: ClaimRow| -> Option<MarkClaim> {
        let of = gathered.iter().find(|one| one.row.defence_id == Some(row.defence_id));
        let judges = of.is_some_and(|one| one.candidate.is_judged_by(user.id));
        let presides = of.is_some_and(|one| one.candidate.is_presided_by(user.id));
        let is_own = UserId(row.student_id) == user.id;
        (keeps || judges || is_own).then(|| views::minutes::claim(row, keeps || presides))
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}
