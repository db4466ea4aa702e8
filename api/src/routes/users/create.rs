use super::{Keeper, fields};
use crate::app::AppState;
use crate::domain::people::may_give_roles;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::mail::outbox;
use crate::models::audit::Entry;
use crate::models::user::{self, NewUser};
use crate::models::{people, roles};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;
use gestfg_types::users::{CreateUser, User};

/// Make an account and mail its owner a link that sets the password.
///
/// Admin: any; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    request_body = CreateUser,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = User, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/users")]
pub(super) async fn create_user(
    keeper: Keeper,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateUser>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let staff_roles = body.is_admin || body.department_id.is_some();
    may_give_roles(&keeper, staff_roles, &[], body.degree_ids.as_deref())?;
    let new = parse(&body)?;
    let (now, public_url) = (state.clock.now(), state.config.public_url.clone());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &keeper, now, &body, |conn| {
                let id = UserId(user::create(conn, &new)?.id);
                if let Some(department) = body.department_id {
                    fields::check_department(conn, department, None)?;
                    roles::set_department(conn, id, Some(department))?;
                }
                if let Some(degrees) = &body.degree_ids {
                    fields::check_degrees(conn, "/degree_ids", degrees, &[])?;
                    roles::set_degrees(conn, id, Some(degrees))?;
                }
                let person = people::find(conn, id)?;
                outbox::invite(conn, &public_url, id, now)?;
                let mut entry = Entry::new("user.create", id.0).after(&person);
                if let Some(degree) = person.degrees().first() {
                    entry = entry.degree(*degree);
                }
                entry.record(conn, &(&*keeper).into())?;
                Ok(Created {
                    location: format!("{BASE}/users/{id}"),
                    version: Some(person.row.version),
                    body: views::users::user(person, &keeper),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn parse(body: &CreateUser) -> AppResult<NewUser> {
    let mut errors = FieldErrors::new();
    let email = body.email.as_deref().and_then(|text| fields::email(&mut errors, text));
    let dni = body.dni.as_deref().and_then(|text| fields::dni(&mut errors, text));
    if errors.is_empty() && email.is_none() && dni.is_none() {
        errors.push("/email", FieldCode::Required, "An account has an e-mail address, a DNI or both.");
    }
    let new = NewUser {
        email,
        dni,
        first_name: errors.line("/first_name", &body.first_name, 1, 100),
        last_name: errors.line("/last_name", &body.last_name, 1, 150),
        language: body.language.as_str().to_owned(),
        is_admin: body.is_admin,
    };
    errors.into_result()?;
    Ok(new)
}
