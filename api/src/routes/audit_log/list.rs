use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::audit::{self, AuditFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::audit::AuditEntry;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Only what this person did.
    pub(super) actor_id: Option<UserId>,
    /// Only this kind of thing, e.g. `project`.
    #[param(max_length = 50)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<50, _>")]
    pub(super) entity: Option<String>,
    /// Only this one.
    pub(super) entity_id: Option<i64>,
    /// Only this action, e.g. `project.publish`.
    #[param(max_length = 100)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<100, _>")]
    pub(super) action: Option<String>,
    /// Only what belongs to this degree.
    pub(super) degree_id: Option<DegreeId>,
    /// From this moment on.
    pub(super) from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub(super) to: Option<DateTime<Utc>>,
    /// Part of the author's name or of the reason.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    pub(super) q: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List writes, the latest first. Admin: all; coordinators: those of their degrees.
#[utoipa::path(
    tag = "audit-log",
    params(Params),
    responses((status = 200, body = Page<AuditEntry>), Problems),
    security(("bearer" = []))
)]
#[get("/audit-log")]
pub(super) async fn list_audit_log(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    policy::may_read_audit_log(&user)?;
    let params = params.into_inner();
    let page = PageParams::parse(params.limit, params.cursor.as_deref())?;
    let filter = filter_of(params, &user);
    let window = state.db.run(move |conn| Ok(audit::list(conn, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::audit::entry)))
}

/// What the parameters ask for, of what this person may read.
pub(super) fn filter_of(params: Params, user: &CurrentUser) -> AuditFilter {
    let Params { actor_id, entity, entity_id, action, degree_id, from, to, q, limit: _, cursor: _ } = params;
    AuditFilter {
        within: (!user.is_admin).then(|| user.coordinates.clone()),
        actor: actor_id,
        entity,
        entity_id,
        action,
        degree: degree_id,
        from,
        to,
        q,
    }
}
