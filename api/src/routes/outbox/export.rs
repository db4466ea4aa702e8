use super::Params;
use crate::app::AppState;
use crate::auth::Admin;
use crate::error::AppResult;
use crate::models::mail::{self, MailFilter, MailRow};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use actix_web::{HttpResponse, get, web};

const SPANISH: Titles = Titles {
    name: "Correo saliente",
    headers: &["Número", "Para", "Clase", "Asunto", "Escrito el", "Enviado el", "Intentos", "Último error"],
};

const ENGLISH: Titles = Titles {
    name: "Outgoing mail",
    headers: &["Number", "To", "Kind", "Subject", "Written on", "Sent on", "Attempts", "Last error"],
};

/// All mails of the list under these filters as a spreadsheet, without their
/// texts. Admin only.
#[utoipa::path(
    tag = "outbox",
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
#[get("/outbox/export")]
pub(super) async fn export_outbox(
    admin: Admin,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let zone = state.config.time_zone;
    let Params { q, state: reached, .. } = asked.params;
    let filter = MailFilter { q, state: reached };
    export(&state.db, asked.format, Titles::of(admin.language, SPANISH, ENGLISH), move |conn, page| {
        let window = mail::list(conn, &filter, page)?;
        Ok(window.shape(|row| {
            let MailRow { id, recipient, kind, subject, created_at, sent_at, attempts, last_error, .. } = row;
            vec![
                id.into(),
                recipient.into(),
                kind.into(),
                subject.into(),
                local(created_at, zone).into(),
                sent_at.map(|at| local(at, zone)).into(),
                attempts.into(),
                last_error.into(),
            ]
        }))
    })
    .await
}
