use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::domain::{grading, marking};
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{degree, rubric};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, put, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::rubrics::{Rubric, RubricRole, WriteRubric};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

/// Write the next version of a degree's rubric for a role, seen in the version
/// of `If-Match`. Calls whose marking has begun, and marks given, keep theirs.
/// By a coordinator of the degree or an admin.
#[utoipa::path(
    tag = "rubrics",
    params(("id" = DegreeId, Path), ("role" = RubricRole, Path), ("If-Match" = String, Header)),
    request_body = WriteRubric,
    responses((status = 200, body = Rubric, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/degrees/{id}/rubrics/{role}")]
pub(super) async fn write_rubric(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, RubricRole)>,
    body: web::Json<WriteRubric>,
) -> AppResult<HttpResponse> {
    let ((id, role), body) = (path.into_inner(), body.into_inner());
    marking::may_set_rules(&user, id)?;
    let mut errors = FieldErrors::new();
    let name = errors.line("/name", &body.name, 1, 200);
    let new = WriteRubric { name, criteria: grading::check_criteria(&mut errors, &body.criteria) };
    let written = state
        .db
        .write(move |conn| {
            // One at a time writes the rubrics of a degree.
            degree::lock(conn, id)?;
            let before = rubric::current(conn, id, role)?;
            version.check(before.version)?;
            errors.into_result()?;
            let after = rubric::create(conn, id, role, before.version + 1, &new)?;
            Entry::new("rubric.write", after.id)
                .degree(id)
                .before(&json!({"version": before.version, "name": before.name, "criteria": before.criteria}))
                .after(&json!({"version": after.version, "name": after.name, "criteria": after.criteria}))
                .record(conn, &(&user).into())?;
            Change::of(UpdateTopic::Marks).degree(id).publish(conn)?;
            Ok(views::rubrics::rubric(after, &user))
        })
        .await?;
    Ok(versioned(written.version, &written))
}
