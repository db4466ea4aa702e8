use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::revalidated;
use crate::domain::search_words::SearchWords;
use crate::error::{AppError, AppResult};
use crate::models::call;
use crate::models::degree::level_text;
use crate::models::project_search::{self, Filter, Position, Sort};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpRequest, HttpResponse, get, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::master::Level;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{ProjectState, ProjectSummary};
use serde::de::IntoDeserializer;
use serde::{Deserialize, Deserializer};
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Words of the title, keywords or texts, or the tutor's name. Case, accents
    /// and inflection (Spanish and English) do not count, the last word may be half
    /// typed, and what matches nothing is looked for by similarity. `"…"`, `or`
    /// and `-` work as in web searches.
    #[param(max_length = 200)]
    pub(super) q: Option<String>,
    /// Only these states, of what the caller may see; only published ones when absent.
    #[serde(default, deserialize_with = "separated_by_commas")]
    #[param(value_type = Option<Vec<ProjectState>>, style = Form, explode = false)]
    pub(super) state: Vec<ProjectState>,
    /// Of this degree.
    #[param(value_type = Option<i64>)]
    pub(super) degree_id: Option<DegreeId>,
    /// With a tutor of this department.
    #[param(value_type = Option<i64>)]
    pub(super) department_id: Option<DepartmentId>,
    /// With this tutor or co-tutor.
    #[param(value_type = Option<i64>)]
    pub(super) tutor_id: Option<UserId>,
    /// Of this kind, e.g. `T2`, ignoring case.
    #[param(max_length = 100)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<100, _>")]
    pub(super) kind: Option<String>,
    /// For so many students.
    #[param(minimum = 1, maximum = 3)]
    pub(super) students: Option<i16>,
    /// With students already (`true`), or still without (`false`).
    pub(super) assigned: Option<bool>,
    /// Of the academic year that starts in this year.
    pub(super) academic_year: Option<i16>,
    /// Bachelor's or master's.
    pub(super) level: Option<Level>,
    /// Tutored or co-tutored by the caller, in any state.
    #[serde(default)]
    pub(super) mine: bool,
    /// Submitted ones the caller may decide on.
    #[serde(default)]
    pub(super) queue: bool,
    /// Order. By default `relevance` with `q`, else `-published_at` (what is not
    /// published counts by when it was made).
    #[param(inline)]
    pub(super) sort: Option<SortParam>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before, under the same filters and order.
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub(super) enum SortParam {
    #[serde(rename = "relevance")]
    Relevance,
    #[serde(rename = "title")]
    Title,
    #[serde(rename = "-title")]
    TitleDown,
    #[serde(rename = "published_at")]
    Published,
    #[serde(rename = "-published_at")]
    PublishedDown,
    #[serde(rename = "updated_at")]
    Updated,
    #[serde(rename = "-updated_at")]
    UpdatedDown,
}

impl From<SortParam> for Sort {
    fn from(sort: SortParam) -> Self {
        match sort {
            SortParam::Relevance => Self::Relevance,
            SortParam::Title => Self::Title,
            SortParam::TitleDown => Self::TitleDown,
            SortParam::Published => Self::Published,
            SortParam::PublishedDown => Self::PublishedDown,
            SortParam::Updated => Self::Updated,
            SortParam::UpdatedDown => Self::UpdatedDown,
        }
    }
}

fn separated_by_commas<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ProjectState>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    text.split(',').map(|name| ProjectState::deserialize(name.into_deserializer())).collect()
}

/// List projects: the catalogue, one's own, and the queue for validation.
///
/// Without `state`, `mine` or `queue`: the published ones. Visitors see no
/// others, and no tutors where a degree hides them.
#[utoipa::path(
    tag = "projects",
    params(Params, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Page<ProjectSummary>, headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing the caller sees has changed since that ETag."),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/projects")]
pub(super) async fn list_projects(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (filter, sort, page) = understand(params.into_inner())?;
    if viewer.0.is_none() && (filter.mine || filter.queue) {
        return Err(AppError::code_only(ErrorCode::NotAuthenticated));
    }
    let (now, year) = (state.clock.now(), state.academic_year());
    let asking = viewer.clone();
    let page: Page<ProjectSummary> = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let window = project_search::list(conn, asking.actor(), &filter, sort, &page)?;
            let today = call::today(conn, asking.actor(), year, now)?;
            Ok(window.map(|row| views::projects::summary(row.summary, asking.actor(), &today)))
        })
        .await?;
    revalidated(&request, &viewer, &page)
}

pub(super) fn understand(params: Params) -> AppResult<(Filter, Sort, PageParams<Position>)> {
    if params.q.as_ref().is_some_and(|q| q.chars().count() > 200) {
        return Err(AppError::invalid_field(
            "/q",
            FieldCode::TooLong,
            "A search has at most 200 characters.",
        ));
    }
    if params.students.is_some_and(|students| !(1..=3).contains(&students)) {
        return Err(AppError::invalid_field(
            "/students",
            FieldCode::OutOfRange,
            "A project takes one to three students.",
        ));
    }
    let words = params.q.as_deref().and_then(SearchWords::parse);
    let sort = match (params.sort.map(Sort::from), &words) {
        (None, Some(_)) => Sort::Relevance,
        (None | Some(Sort::Relevance), None) => Sort::PublishedDown,
        (Some(sort), _) => sort,
    };
    let page = PageParams::<Position>::parse(params.limit, params.cursor.as_deref())?;
    if page.after.as_ref().is_some_and(|position| !position.is_of(sort)) {
        return Err(AppError::refuse(ErrorCode::InvalidCursor, "The cursor belongs to another order."));
    }
    let filter = Filter {
        words,
        states: params.state,
        degree: params.degree_id,
        department: params.department_id,
        tutor: params.tutor_id,
        kind: params.kind,
        students: params.students,
        assigned: params.assigned,
        academic_year: params.academic_year,
        level: params.level.map(level_text),
        mine: params.mine,
        queue: params.queue,
    };
    Ok((filter, sort, page))
}
