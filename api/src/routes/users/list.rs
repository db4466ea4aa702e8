use super::{Keeper, list_people};
use crate::app::AppState;
use crate::error::AppResult;
use crate::models::people::{PeopleFilter, PeopleOrder, Role};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{DegreeId, DepartmentId};
use gestfg_types::pagination::Page;
use gestfg_types::users::User;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RoleParam {
    Admin,
    Coordinator,
    Head,
    Professor,
    Student,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(super) enum SortParam {
    #[default]
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "-name")]
    NameDown,
    #[serde(rename = "created_at")]
    Created,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Words of name, address or DNI, ignoring case and accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    pub(super) q: Option<String>,
    /// Only those who hold this role.
    #[param(inline)]
    pub(super) role: Option<RoleParam>,
    /// Only those who teach in this department.
    pub(super) department_id: Option<DepartmentId>,
    /// Only those who study this degree.
    pub(super) degree_id: Option<DegreeId>,
    /// Only active ones, or only the others.
    pub(super) is_active: Option<bool>,
    /// By family names (the default), the other way round, or as they were made.
    #[param(inline)]
    pub(super) sort: Option<SortParam>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List accounts. Admin: all; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(Params),
    responses((status = 200, body = Page<User>), Problems),
    security(("bearer" = []))
)]
#[get("/users")]
pub(super) async fn list_users(
    keeper: Keeper,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let page = PageParams::parse(params.limit, params.cursor.as_deref())?;
    let (filter, order) = understand(params);
    list_people(&state, &keeper, filter, order, page).await
}

/// What the parameters ask for.
pub(super) fn understand(params: Params) -> (PeopleFilter, PeopleOrder) {
    let Params { q, role, department_id, degree_id, is_active, sort, limit: _, cursor: _ } = params;
    let role = role.map(|role| match role {
        RoleParam::Admin => Role::Admin,
        RoleParam::Coordinator => Role::Coordinator,
        RoleParam::Head => Role::Head,
        RoleParam::Professor => Role::Professor,
        RoleParam::Student => Role::Student,
    });
    let order = match sort.unwrap_or_default() {
        SortParam::Name => PeopleOrder::Name,
        SortParam::NameDown => PeopleOrder::NameDown,
        SortParam::Created => PeopleOrder::Created,
    };
    let filter =
        PeopleFilter { q, role, department: department_id, degree: degree_id, is_active, within: None };
    (filter, order)
}
