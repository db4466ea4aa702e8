//! Students, for those who keep their accounts.

use crate::app::AppState;
use crate::error::AppResult;
use crate::models::people::{PeopleFilter, PeopleOrder, Role};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::routes::users::{Keeper, list_people};
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::pagination::Page;
use gestfg_types::users::User;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod record;

/// The operations on students.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_students).service(record::find_student_record).service(record::write_student_record);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Words of name, address or DNI.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// Only those of this degree.
    degree_id: Option<DegreeId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List students by name. Admin: all; coordinators: those of their degrees.
#[utoipa::path(
    tag = "students",
    params(Params),
    responses((status = 200, body = Page<User>), Problems),
    security(("bearer" = []))
)]
#[get("/students")]
async fn list_students(
    keeper: Keeper,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, degree_id, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = PeopleFilter { q, degree: degree_id, role: Some(Role::Student), ..Default::default() };
    list_people(&state, &keeper, filter, PeopleOrder::Name, page).await
}
