use super::{Wanted, print};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::mail::seat_name;
use crate::models::call::{self, name_of};
use crate::models::defence::{self, CommitteeDetail, DefenceDetail};
use crate::openapi::Problems;
use crate::routes::download::{PrintFormat, print, table};
use crate::views::defences::student_name;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::ids::{CallId, CommitteeId, RoomId, UserId};
use gestfg_types::session::Language;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which call.
    #[param(value_type = i64)]
    call_id: CallId,
    /// Before which committee.
    #[param(value_type = Option<i64>)]
    committee_id: Option<CommitteeId>,
    /// In which room.
    #[param(value_type = Option<i64>)]
    room_id: Option<RoomId>,
    /// Somebody's: as student, tutor or member of the committee.
    #[param(value_type = Option<i64>)]
    person_id: Option<UserId>,
    /// As what.
    #[param(inline)]
    format: PrintFormat,
}

/// The timetable of a call as a spreadsheet, a row for each defence, or to be printed day by day.
/// Public: visitors read students by their initials.
#[utoipa::path(
    tag = "defences",
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
#[get("/defences/export")]
pub(super) async fn export_defences(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, committee_id, room_id, person_id, format } = params.into_inner();
    let wanted = Wanted { call_id, committee_id, room_id, person_id };
    let language = viewer.0.as_ref().map_or(state.config.default_language, |user| user.language);
    let (zone, is_visitor) = (state.config.time_zone, viewer.0.is_none());
    let filter = wanted.filter(is_visitor);
    let (name, defences, committees) = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, call_id, viewer.actor())?;
            let committees = defence::list_committees(conn, call_id)?;
            Ok((name_of(&call.reference()), defence::all(conn, &filter)?, committees))
        })
        .await?;
    let members: HashMap<i64, String> =
        committees.iter().map(|committee| (committee.id, members(committee, language))).collect();
    let Some(format) = format.as_table() else {
        let lines = defences.into_iter().map(|row| {
            let day = row.starts_at.map(|at| at.with_timezone(&zone).date_naive());
            (day, line(row, &members, zone, is_visitor))
        });
        return print(&name, print::timetable(&name, language, &lines.collect::<Vec<_>>())).await;
    };
    let rows = defences.into_iter().map(|row| line(row, &members, zone, is_visitor)).collect();
    table(format, name, print::headers(language), rows).await
}

fn members(committee: &CommitteeDetail, language: Language) -> String {
    let seats = committee.seats();
    let said = seats.iter().map(|seat| format!("{} ({})", seat.name, seat_name(language, &seat.seat)));
    said.collect::<Vec<_>>().join("; ")
}

fn line(row: DefenceDetail, members: &HashMap<i64, String>, zone: Tz, is_visitor: bool) -> Vec<String> {
    let local = |at: Option<chrono::DateTime<chrono::Utc>>, form: &str| {
        at.map(|at| at.with_timezone(&zone).format(form).to_string()).unwrap_or_default()
    };
    let student = student_name(&row, is_visitor);
    vec![
        local(row.starts_at, "%Y-%m-%d"),
        local(row.starts_at, "%H:%M"),
        local(row.ends_at, "%H:%M"),
        row.location(),
        row.committee_number.to_string(),
        student,
        row.project_title,
        row.tutor_name,
        row.cotutor_name.unwrap_or_default(),
        members.get(&row.committee_id).cloned().unwrap_or_default(),
        row.remarks,
    ]
}
