use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::import_row::{self, RowFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::ImportId;
use gestfg_types::imports::{ImportRow, RowOutcome, Severity};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Only rows of this outcome.
    outcome: Option<RowOutcome>,
    /// Only rows with a problem of this severity.
    problem: Option<Severity>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the rows of an import, in the order of the sheet.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path), Params),
    responses((status = 200, body = Page<ImportRow>), Problems),
    security(("bearer" = []))
)]
#[get("/imports/{id}/rows")]
pub(super) async fn list_import_rows(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let Params { outcome, problem, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let outcome = outcome.map(|outcome| match outcome {
        RowOutcome::Create => "create",
        RowOutcome::Update => "update",
        RowOutcome::Unchanged => "unchanged",
        RowOutcome::Error => "error",
    });
    let filter = RowFilter {
        outcome: outcome.map(str::to_owned),
        problem: problem.map(|severity| match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }),
    };
    let window = state
        .db
        .run(move |conn| {
            super::find_own(conn, &user, id)?;
            Ok(import_row::list(conn, id, &filter, &page)?)
        })
        .await?;
    let (next_cursor, total) = (window.next_cursor, window.total);
    let items = window.rows.into_iter().map(views::imports::import_row).collect::<AppResult<Vec<_>>>()?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor, total }))
}
