//! How much room documents take.

use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::room_left::is_nearly_full;
use crate::error::AppResult;
use crate::models::document_content;
use crate::openapi::Problems;
use actix_web::{get, web};
use gestfg_types::documents::StorageUsage;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on storage.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find_storage_usage);
}

/// How much room documents and the whole database take, and whether it gets
/// tight. Admin only.
#[utoipa::path(
    tag = "storage",
    responses((status = 200, body = StorageUsage), Problems),
    security(("bearer" = []))
)]
#[get("/storage")]
async fn find_storage_usage(_: Admin, state: web::Data<AppState>) -> AppResult<web::Json<StorageUsage>> {
    let used = state.db.run(|conn| Ok(document_content::usage(conn)?)).await?;
    let limit = state.config.database_room();
    Ok(web::Json(StorageUsage {
        store: state.storage.store(),
        documents_in_database: used.in_database,
        document_bytes_in_database: used.bytes_in_database,
        documents_in_bucket: used.in_bucket,
        document_bytes_in_bucket: used.bytes_in_bucket,
        database_bytes: used.database_bytes,
        database_limit_bytes: limit,
        is_nearly_full: limit.is_some_and(|limit| is_nearly_full(used.database_bytes, limit)),
    }))
}
