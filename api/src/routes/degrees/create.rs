use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::degree::{self, NewDegree, level_text};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::master::{CreateDegree, Degree};

/// Make a degree. Admin only.
#[utoipa::path(
    tag = "degrees",
    request_body = CreateDegree,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Degree, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/degrees")]
pub(super) async fn create_degree(
    admin: Admin,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateDegree>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let code = errors.line("/code", &body.code, 1, 20);
    let name = errors.line("/name", &body.name, 1, 200);
    errors.into_result()?;
    let (now, year) = (state.clock.now(), state.academic_year());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &admin, now, &body, |conn| {
                let new = NewDegree { code: &code, name: &name, level: level_text(body.level) };
                let row = degree::create(conn, &new)?;
                let id = DegreeId(row.id);
                Entry::new("degree.create", row.id).degree(id).after(&row).record(conn, &(&*admin).into())?;
                Ok(Created {
                    location: format!("{BASE}/degrees/{id}"),
                    version: Some(row.version),
                    body: views::master::degree(degree::find(conn, id, year)?, Some(&admin.actor)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
