use super::print::{self as paper, Sheet};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::mail::seat_name;
use crate::models::call::{self, name_of};
use crate::models::defence::{self, CommitteeDetail, DefenceDetail, DefenceFilter};
use crate::openapi::Problems;
use crate::routes::download::{PrintFormat, print, table};
use crate::views::defences::student_name;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::ids::CallId;
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which call.
    #[param(value_type = i64)]
    call_id: CallId,
    /// As what.
    #[param(inline)]
    format: PrintFormat,
}

/// The committees of a call as a spreadsheet, a row for each seat, or to be printed with what each
/// judges. Public: visitors read students by their initials.
#[utoipa::path(
    tag = "committees",
    params(Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
            (inline(crate::routes::download::Print) = "application/pdf"),
        )),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/committees/export")]
pub(super) async fn export_committees(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, format } = params.into_inner();
    let language = viewer.0.as_ref().map_or(state.config.default_language, |user| user.language);
    let (zone, is_visitor) = (state.config.time_zone, viewer.0.is_none());
    let (name, committees, defences) = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, call_id, viewer.actor())?;
            let committees = defence::list_committees(conn, call_id)?;
            let filter = DefenceFilter { call: Some(call_id), ..DefenceFilter::default() };
            Ok((name_of(&call.reference()), committees, defence::all(conn, &filter)?))
        })
        .await?;
    let sheet = |committee: &CommitteeDetail| sheet(committee, language, (&defences, zone, is_visitor));
    let sheets: Vec<Sheet> = committees.iter().map(sheet).collect();
    match format.as_table() {
        Some(format) => table(format, name, paper::headers(language), paper::rows(&sheets)).await,
        None => print(&name, paper::document(&name, language, sheets)).await,
    }
}

fn sheet(
    committee: &CommitteeDetail,
    language: Language,
    (defences, zone, is_visitor): (&[DefenceDetail], Tz, bool),
) -> Sheet {
    let seat = |seat: defence::SeatDetail| {
        let acting_for = seat.acting_for.map(|full| seat_name(language, &full)).unwrap_or_default();
        [seat_name(language, &seat.seat), seat.name, seat.department, acting_for]
    };
    let own = defences.iter().filter(|row| row.committee_id == committee.id);
    Sheet {
        number: committee.number,
        seats: committee.seats().into_iter().map(seat).collect(),
        judged: own.map(|row| line(row, zone, is_visitor)).collect(),
    }
}

fn line(row: &DefenceDetail, zone: Tz, is_visitor: bool) -> Vec<String> {
    let at = row.starts_at.map(|at| at.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string());
    let student = student_name(row, is_visitor);
    let tutors = [Some(row.tutor_name.clone()), row.cotutor_name.clone()];
    vec![
        at.unwrap_or_default(),
        row.location(),
        student,
        row.project_title.clone(),
        tutors.into_iter().flatten().collect::<Vec<_>>().join(", "),
    ]
}
