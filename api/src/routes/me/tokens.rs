use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::models::api_token;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::routes::BASE;
use crate::views;
use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::Duration;
use gestfg_types::accounts::{ApiToken, ApiTokenCreated, CreateApiToken, TokenScope};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::ApiTokenId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List one's personal tokens, the latest first. Not for personal tokens.
#[utoipa::path(
    tag = "me",
    params(Params),
    responses((status = 200, body = Page<ApiToken>), Problems),
    security(("bearer" = []))
)]
#[get("/me/tokens")]
pub(super) async fn list_tokens(
    caller: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    let Params { limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let window = state.db.run(move |conn| Ok(api_token::list(conn, caller.id, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::users::api_token)))
}

/// Make a personal token; its secret is shown this once. Not for personal tokens.
///
/// No `Idempotency-Key` here: the answer would have to be kept, secret and all.
#[utoipa::path(
    tag = "me",
    request_body = CreateApiToken,
    responses((status = 201, body = ApiTokenCreated, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/me/tokens")]
pub(super) async fn create_token(
    caller: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<CreateApiToken>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    let CreateApiToken { name, scope, days } = body.into_inner();
    let mut errors = FieldErrors::new();
    let name = errors.line("/name", &name, 1, 100);
    if !(1..=366).contains(&days) {
        errors.push("/days", FieldCode::OutOfRange, "A token lives 1 to 366 days.");
    }
    errors.into_result()?;
    let now = state.clock.now();
    let scope = match scope {
        TokenScope::Read => "read",
        TokenScope::Write => "write",
    };
    let (row, secret) = state
        .db
        .write(move |conn| {
            let lives = Duration::days(days.into());
            let (row, secret) = api_token::create(conn, caller.id, &name, scope, lives, now)?;
            Entry::new("api_token.create", row.id).after(&row).record(conn, &(&caller).into())?;
            Ok((row, secret))
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("{BASE}/me/tokens/{}", row.id)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(ApiTokenCreated { secret, token: views::users::api_token(row) }))
}

/// Revoke a personal token at once. Not for personal tokens.
#[utoipa::path(
    tag = "me",
    params(("id" = ApiTokenId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/me/tokens/{id}")]
pub(super) async fn revoke_token(
    caller: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ApiTokenId>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    let (id, now) = (id.into_inner(), state.clock.now());
    state
        .db
        .write(move |conn| {
            let row = api_token::revoke(conn, caller.id, id, now)?;
            Entry::new("api_token.revoke", row.id).before(&row).record(conn, &(&caller).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
