use super::{announce, shown_one, terms};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::{allocation_round, call};
use crate::openapi::Problems;
use crate::routes::BASE;
use actix_web::{HttpResponse, post, web};
use gestfg_types::allocation_rounds::{AllocationRound, CreateAllocationRound};
use gestfg_types::ids::{CallId, DegreeId};

/// Open a round of a call, in which students apply for what is left.
///
/// Its dates lie inside the call's phase `project_assignment`. One round is under way at a time:
/// the next is opened when the last is published or called off. Students are told when it opens.
/// By coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = CallId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body = CreateAllocationRound,
    responses((status = 201, body = AllocationRound, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/calls/{id}/allocation-rounds")]
pub(super) async fn create_allocation_round(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
    body: web::Json<CreateAllocationRound>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let found = call::find_visible(conn, id, Some(&user))?;
                let degree = DegreeId(found.degree_id);
                policy::may_allocate(&user, degree)?;
                // Rounds are numbered one after the other, inside dates that stay meanwhile.
                call::lock(conn, id)?;
                let found = call::find(conn, id)?;
                let terms = terms::new(&body);
                terms::check(&terms, &found)?;
                let row = allocation_round::create(conn, (id, degree), &terms, user.id)?;
                Entry::new("allocation_round.create", row.id)
                    .degree(degree)
                    .after(&row)
                    .record(conn, &(&user).into())?;
                announce(conn, &row, &found)?;
                let (version, round) = (row.version, shown_one(conn, &user, &row, &found, now)?);
                let location = format!("{BASE}/allocation-rounds/{}", round.id);
                Ok(Created { location, version: Some(version), body: round })
            })
        })
        .await?;
    Ok(created(&answer))
}
