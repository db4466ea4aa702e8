use super::list::{Params, filter_of};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::audit::{self, AuditRow};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use actix_web::{HttpResponse, get, web};
use serde_json::Value;

const SPANISH: Titles = Titles {
    name: "Registro de cambios",
    headers: &[
        "Número", "Momento", "Quién", "Desde", "Acción", "Sobre", "Cuál", "Motivo", "Antes", "Después",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Audit log",
    headers: &["Number", "Moment", "Who", "From", "Action", "On", "Which", "Reason", "Before", "After"],
};

/// All writes of the list under these filters as a spreadsheet. Admin: all;
/// coordinators: those of their degrees.
#[utoipa::path(
    tag = "audit-log",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/audit-log/export")]
pub(super) async fn export_audit_log(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    policy::may_read_audit_log(&user)?;
    let zone = state.config.time_zone;
    let filter = filter_of(asked.params, &user);
    let json = |value: Option<Value>| value.map(|value| value.to_string());
    export(&state.db, asked.format, Titles::of(user.language, SPANISH, ENGLISH), move |conn, page| {
        let window = audit::list(conn, &filter, page)?;
        Ok(window.shape(|row| {
            let AuditRow {
                id,
                at,
                actor_name,
                address,
                action,
                entity,
                entity_id,
                reason,
                before,
                after,
                ..
            } = row;
            vec![
                id.into(),
                local(at, zone).into(),
                actor_name.into(),
                address.into(),
                action.into(),
                entity.into(),
                entity_id.into(),
                reason.into(),
                json(before).into(),
                json(after).into(),
            ]
        }))
    })
    .await
}
