use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::participation::{self, ParticipationChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;
use gestfg_types::participation::{Participation, UpdateParticipation};

/// Change what a professor may be called for, and the service they bring from
/// committees that were not formed here. By a coordinator or an admin.
#[utoipa::path(
    tag = "participation",
    params(("professor_id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = UpdateParticipation,
    responses((status = 200, body = Participation, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/participation/{professor_id}")]
pub(super) async fn update_participation(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
    body: web::Json<UpdateParticipation>,
) -> AppResult<HttpResponse> {
    policy::may_manage_participation(&user)?;
    let (id, body) = (id.into_inner(), body.into_inner());
    check(&body).into_result()?;
    let UpdateParticipation { may_preside, seniority_year, exempt_from_committees, brought } = body;
    let changes = ParticipationChanges { may_preside, seniority_year, exempt_from_committees };
    let row = state
        .db
        .write(move |conn| {
            version.check(participation::lock(conn, id)?)?;
            let before = participation::find(conn, id)?;
            participation::update(conn, id, &changes, &brought)?;
            let after = participation::find(conn, id)?;
            Entry::new("participation.update", id.0)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(row.version, &views::participation::participation(row.clone())))
}

fn check(body: &UpdateParticipation) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if body.seniority_year.flatten().is_some_and(|year| !(1950..=2200).contains(&year)) {
        errors.push("/seniority_year", FieldCode::OutOfRange, "The year goes from 1950 to 2200.");
    }
    if body.brought.len() > 50 {
        errors.push("/brought", FieldCode::TooLong, "50 years at most are written at once.");
    }
    for (n, year) in body.brought.iter().enumerate() {
        if !(1990..=2200).contains(&year.academic_year) {
            let pointer = format!("/brought/{n}/academic_year");
            errors.push(pointer, FieldCode::OutOfRange, "The year goes from 1990 to 2200.");
        }
        if !(0..=200).contains(&year.seats) {
            errors.push(format!("/brought/{n}/seats"), FieldCode::OutOfRange, "It goes from 0 to 200.");
        }
    }
    errors
}
