use super::{Keeper, fields};
use crate::app::AppState;
use crate::domain::people::{may_edit_person, may_give_roles};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::people::{self, Person};
use crate::models::user::{self, UserChanges};
use crate::models::{one_time_link, person_usage, roles};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::users::{UpdateUser, User};

/// Change data or roles of an account.
///
/// Admin: any, but nobody takes their own power away; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = UpdateUser,
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/users/{id}")]
pub(super) async fn update_user(
    keeper: Keeper,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
    body: web::Json<UpdateUser>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let body = body.into_inner();
    let (department, degrees) = (body.department_id, body.degree_ids.clone());
    let changes = parse(body)?;
    let caller = keeper.clone();
    let person = state
        .db
        .write(move |conn| {
            let before = people::lock(conn, id)?;
            may_edit_person(&caller, &before.facts())?;
            let staff_roles = changes.is_admin.is_some_and(|admin| admin != before.row.is_admin)
                || department.is_some_and(|new| new != department_of(&before));
            if staff_roles || degrees.is_some() {
                let now = before.degrees();
                let after = degrees.as_ref().map_or(Some(now.as_slice()), |new| new.as_deref());
                may_give_roles(&caller, staff_roles, &now, after)?;
            }
            version.check(before.row.version)?;
            refuse_anonymised(&before)?;
            apply(conn, &caller, &before, changes, department, degrees)?;
            let after = people::find(conn, id)?;
            let mut entry = Entry::new("user.update", id.0).before(&before).after(&after);
            if let Some(degree) = before.degrees().first() {
                entry = entry.degree(*degree);
            }
            entry.record(conn, &(&*caller).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(person.row.version, &views::users::user(person, &keeper)))
}

fn parse(body: UpdateUser) -> AppResult<UserChanges> {
    let UpdateUser { email, dni, first_name, last_name, language, is_admin, department_id: _, degree_ids: _ } =
        body;
    let mut errors = FieldErrors::new();
    let changes = UserChanges {
        email: email.map(|email| email.and_then(|text| fields::email(&mut errors, &text))),
        dni: dni.map(|dni| dni.and_then(|text| fields::dni(&mut errors, &text))),
        first_name: first_name.map(|name| errors.line("/first_name", &name, 1, 100)),
        last_name: last_name.map(|name| errors.line("/last_name", &name, 1, 150)),
        language: language.map(|language| language.as_str().to_owned()),
        is_admin,
        ..UserChanges::default()
    };
    errors.into_result()?;
    Ok(changes)
}

fn department_of(person: &Person) -> Option<DepartmentId> {
    person.roles.professor.as_ref().map(|department| department.id)
}

/// Nothing brings an anonymised person back.
pub(super) fn refuse_anonymised(person: &Person) -> AppResult<()> {
    if person.row.anonymised_at.is_some() {
        return Err(AppError::refuse(ErrorCode::InvalidState, "The person was anonymised for good."));
    }
    Ok(())
}

fn apply(
    conn: &mut PgConnection,
    keeper: &Keeper,
    before: &Person,
    mut changes: UserChanges,
    department: Option<Option<DepartmentId>>,
    degrees: Option<Option<Vec<DegreeId>>>,
) -> AppResult<()> {
    let id = before.id();
    if changes.is_admin == Some(false) && before.row.is_admin {
        super::standing::refuse_last_admin(conn, keeper, before)?;
    }
    let email = changes.email.clone().unwrap_or_else(|| before.row.email.clone());
    let dni = changes.dni.clone().unwrap_or_else(|| before.row.dni.clone());
    if email.is_none() && dni.is_none() {
        return Err(AppError::invalid_field(
            "/email",
            FieldCode::Required,
            "An account has an e-mail address, a DNI or both.",
        ));
    }
    if email != before.row.email {
        // A new address is not proven, and a link sent to the old one is void.
        changes.email_verified_at = Some(None);
        one_time_link::delete_all(conn, id)?;
    }
    if let Some(department) = department.filter(|new| *new != department_of(before)) {
        let used_by = match department {
            Some(new) => {
                fields::check_department(conn, new, department_of(before))?;
                person_usage::of_head(conn, id)?
            }
            None => person_usage::of_professor(conn, id)?,
        };
        refuse_used("The person still has duties as a professor there.", used_by)?;
        roles::set_department(conn, id, department)?;
    }
    if let Some(degrees) = degrees {
        if degrees.is_none() {
            let used_by = person_usage::of_student(conn, id)?;
            refuse_used("The person still has assignments as a student.", used_by)?;
        }
        fields::check_degrees(
            conn,
            "/degree_ids",
            degrees.as_deref().unwrap_or_default(),
            &before.degrees(),
        )?;
        roles::set_degrees(conn, id, degrees.as_deref())?;
    }
    user::update(conn, id, &changes)?;
    Ok(())
}

/// `in_use`, if anything is.
pub(super) fn refuse_used(detail: &str, used_by: Vec<gestfg_types::errors::Usage>) -> AppResult<()> {
    if used_by.is_empty() { Ok(()) } else { Err(AppError::used(ErrorCode::InUse, detail, used_by)) }
}
