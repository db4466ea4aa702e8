use super::kept_plan;
use super::publication::prepare;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{PublishPreview, ToldPerson};
use gestfg_types::users::PersonRef;

/// What publishing a version would do: whether it may be published by what holds now, and who
/// would be told. Nothing is changed.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path)),
    responses((status = 200, body = PublishPreview), Problems),
    security(("bearer" = []))
)]
#[get("/committee-plans/{id}/publish-preview")]
pub(super) async fn preview_publication(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
) -> AppResult<HttpResponse> {
    let (id, config) = (id.into_inner(), state.config.clone());
    let preview = state
        .db
        .run(move |conn| {
            let (plan, _) = kept_plan(conn, &user, id)?;
            let prepared = prepare(conn, &plan.0, &config)?;
            let mut people: Vec<ToldPerson> = prepared
                .told
                .iter()
                .map(|(person, told)| ToldPerson {
                    person: PersonRef { id: *person, name: prepared.name(*person) },
                    of_seat: !told.seats.is_empty(),
                    of_defence: !told.defences.is_empty(),
                })
                .collect();
            people.sort_by(|a, b| (&a.person.name, a.person.id).cmp(&(&b.person.name, b.person.id)));
            let without_time = prepared.without_time();
            Ok(PublishPreview { report: prepared.report, people, without_time })
        })
        .await?;
    Ok(HttpResponse::Ok().json(preview))
}
