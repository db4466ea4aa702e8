//! Whether the server lives, and whether it can work.

use crate::app::AppState;
use crate::error::{AppError, AppResult};
use actix_web::http::header;
use actix_web::{HttpResponse, get, web};

/// The process answers.
#[get("/health/live")]
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).body("live\n")
}

/// The database answers and has this release's schema.
#[get("/health/ready")]
pub(crate) async fn ready(state: web::Data<AppState>) -> AppResult<HttpResponse> {
    if state.db.run(crate::db::is_migrated).await? {
        Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).body("ready\n"))
    } else {
        Err(AppError::unavailable(anyhow::anyhow!("migrations are pending")))
    }
}
