use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{call, minutes};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::CallId;
use gestfg_types::minutes::MinutesRef;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of this call.
    #[param(value_type = Option<i64>)]
    call_id: Option<CallId>,
}

/// Minutes that the caller may read, the latest first.
#[derive(Debug, Serialize, ToSchema)]
struct MinutesList {
    /// All of them.
    items: Vec<MinutesRef>,
}

/// Minutes of the degrees the caller keeps and of the calls over whose
/// committees they preside, every edition, the latest first.
#[utoipa::path(
    tag = "minutes",
    params(Params),
    responses((status = 200, body = MinutesList), Problems),
    security(("bearer" = []))
)]
#[get("/minutes")]
pub(super) async fn list_minutes(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let call = params.call_id;
    let items = state
        .db
        .run(move |conn| {
            let degrees = (!user.is_admin).then_some(user.coordinates.as_slice());
            let mut items = Vec::new();
            for row in minutes::list(conn, call, degrees, user.id)? {
                let of = call::find(conn, CallId(row.call_id))?.reference();
                items.push(views::minutes::reference(&row, of));
            }
            Ok(items)
        })
        .await?;
    Ok(HttpResponse::Ok().json(MinutesList { items }))
}
