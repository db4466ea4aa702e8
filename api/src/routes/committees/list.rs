use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::{call, defence};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::defences::{Committee, Committees};
use gestfg_types::ids::CallId;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which call.
    #[param(value_type = i64)]
    call_id: CallId,
}

/// The published committees of a call, in order, with who sits in them. Public.
#[utoipa::path(
    tag = "committees",
    params(Params),
    responses((status = 200, body = Committees), Problems),
    security((), ("bearer" = []))
)]
#[get("/committees")]
pub(super) async fn list_committees(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let id = params.into_inner().call_id;
    let items: Vec<Committee> = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, id, viewer.actor())?.reference();
            let rows = defence::list_committees(conn, id)?;
            let seen = |row| views::defences::committee(row, call.clone(), viewer.actor());
            Ok(rows.iter().map(seen).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(Committees { items }))
}
