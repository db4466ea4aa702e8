use super::kept_plan;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::Draft;
use crate::domain::planning::listing::{Judged, Sitting, sittings};
use crate::error::{AppError, AppResult};
use crate::mail::seat_name;
use crate::models::call::name_of;
use crate::models::planning_names;
use crate::openapi::Problems;
use crate::routes::committees::print::{self as committees, Sheet};
use crate::routes::defences::print as defences;
use crate::routes::download::{PrintFormat, print, table};
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use chrono_tz::Tz;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::CommitteePlanState;
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// What of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Part {
    /// Who sits where, and what each committee judges.
    Committees,
    /// What is defended when.
    Timetable,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// What of it.
    #[param(inline)]
    part: Part,
    /// As what.
    #[param(inline)]
    format: PrintFormat,
}

/// A version as a spreadsheet or to be printed, as what is published comes; one that is not published
/// says so on every page and in its name. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
            (inline(crate::routes::download::Print) = "application/pdf"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/committee-plans/{id}/export")]
pub(super) async fn export_committee_plan(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, Params { part, format }) = (id.into_inner(), params.into_inner());
    let (language, zone) = (user.language, state.config.time_zone);
    let (name, note, sittings, is_timed) = state
        .db
        .run(move |conn| {
            let (plan, call) = kept_plan(conn, &user, id)?;
            let draft: Draft = plan.0.draft()?;
            let named = planning_names::load(conn, &draft)?;
            let (name, number) = (name_of(&call.reference()), plan.0.number);
            let (name, note) = marked(&name, number, plan.0.state(), user.language);
            Ok((name, note, sittings(&draft, &named.names), draft.timetable.is_some()))
        })
        .await?;
    if part == Part::Committees {
        let sheets: Vec<Sheet> = sittings.into_iter().map(|it| sheet(it, language, zone)).collect();
        return match format.as_table() {
            Some(format) => {
                table(format, name, committees::headers(language), committees::rows(&sheets)).await
            }
            None => print(&name, committees::document(&name, language, sheets).with_footer(&note)).await,
        };
    }
    if !is_timed {
        return Err(AppError::refuse(ErrorCode::InvalidState, "The version has no timetable yet."));
    }
    let lines = lines(&sittings, language, zone);
    match format.as_table() {
        Some(format) => {
            let rows = lines.into_iter().map(|(_, cells)| cells).collect();
            table(format, name, defences::headers(language), rows).await
        }
        None => print(&name, defences::timetable(&name, language, &lines).with_footer(&note)).await,
    }
}

/// The name of the file and what stands at the foot of each page.
fn marked(name: &str, number: i32, state: CommitteePlanState, language: Language) -> (String, String) {
    let version = match language {
        Language::Es => format!("versión {number}"),
        Language::En => format!("version {number}"),
    };
    let standing = match (state, language) {
        (CommitteePlanState::Draft, Language::Es) => "BORRADOR sin publicar",
        (CommitteePlanState::Draft, Language::En) => "DRAFT, not published",
        (CommitteePlanState::Published, Language::Es) => "publicada",
        (CommitteePlanState::Published, Language::En) => "published",
        (CommitteePlanState::Superseded, Language::Es) => "sustituida por otra",
        (CommitteePlanState::Superseded, Language::En) => "superseded by another",
    };
    (format!("{name} · {version} ({standing})"), format!("{version}: {standing}"))
}

fn sheet(sitting: Sitting, language: Language, zone: Tz) -> Sheet {
    let seat = |(seat, name, department): (String, String, String)| {
        [seat_name(language, &seat), name, department, String::new()]
    };
    let line = |it: &Judged| {
        let at = it.time.map(|(from, _)| from.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string());
        let tutors = it.tutors.join(", ");
        vec![at.unwrap_or_default(), it.room.clone(), it.student.clone(), it.title.clone(), tutors]
    };
    Sheet {
        number: sitting.number,
        judged: sitting.defences.iter().map(line).collect(),
        seats: sitting.seats.into_iter().map(seat).collect(),
    }
}

/// The cells of the published timetable, in the order of time.
fn lines(sittings: &[Sitting], language: Language, zone: Tz) -> Vec<(Option<NaiveDate>, Vec<String>)> {
    let mut all: Vec<(&Sitting, &Judged)> =
        sittings.iter().flat_map(|sitting| sitting.defences.iter().map(move |it| (sitting, it))).collect();
    all.sort_by_key(|(sitting, it)| (it.time.is_none(), it.time, sitting.number));
    let line = |(sitting, it): (&Sitting, &Judged)| {
        let local = it.time.map(|(from, to)| (from.with_timezone(&zone), to.with_timezone(&zone)));
        let at = |form: &str, ends: bool| {
            let moment = local.map(|(from, to)| if ends { to } else { from });
            moment.map(|moment| moment.format(form).to_string()).unwrap_or_default()
        };
        let members = sitting.seats.iter();
        let members = members.map(|(seat, name, _)| format!("{name} ({})", seat_name(language, seat)));
        let cells = vec![
            at("%Y-%m-%d", false),
            at("%H:%M", false),
            at("%H:%M", true),
            it.room.clone(),
            sitting.number.to_string(),
            it.student.clone(),
            it.title.clone(),
            it.tutors.first().cloned().unwrap_or_default(),
            it.tutors.get(1).cloned().unwrap_or_default(),
            members.collect::<Vec<_>>().join("; "),
            String::new(),
        ];
        (local.map(|(from, _)| from.date_naive()), cells)
    };
    all.into_iter().map(line).collect()
}
