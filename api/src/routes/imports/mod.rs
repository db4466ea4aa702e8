//! Spreadsheets of the secretary's office: preview, commit, undo.

use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::import::{self, ImportWithAuthor};
use crate::routes::download::{Spreadsheet, XLSX};
use diesel::PgConnection;
use gestfg_types::ids::ImportId;
use utoipa_actix_web::service_config::ServiceConfig;

mod commit;
mod create;
mod delete;
mod export;
mod find;
mod list;
mod preview;
mod report;
mod rows;
mod template;
mod undo;
mod upload;

/// The operations on imports.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_imports)
        .service(export::export_imports)
        .service(create::create_import)
        .service(template::find_import_template)
        .service(find::find_import)
        .service(delete::delete_import)
        .service(preview::preview_import)
        .service(rows::list_import_rows)
        .service(commit::commit_import)
        .service(undo::undo_import)
        .service(report::find_import_report);
}

/// An import of one's own, or anybody's for an admin; others are not found.
fn find_own(conn: &mut PgConnection, user: &CurrentUser, id: ImportId) -> AppResult<ImportWithAuthor> {
    let found = import::find(conn, id).map_err(|error| match error {
        diesel::result::Error::NotFound => AppError::not_found("import"),
        other => other.into(),
    })?;
    if user.is_admin || found.record.created_by == user.id.0 {
        Ok(found)
    } else {
        Err(AppError::not_found("import"))
    }
}
