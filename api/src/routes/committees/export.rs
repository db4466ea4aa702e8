use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::mail::seat_name;
use crate::models::call::{self, name_of};
use crate::models::defence::{self, CommitteeDetail, DefenceDetail, DefenceFilter};
use crate::openapi::Problems;
use crate::pdf::Document;
use crate::routes::download::{PrintFormat, page_of, print, table};
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
    let Some(format) = format.as_table() else {
        let document = document(&name, language, &committees, (&defences, zone, is_visitor));
        return print(&name, document).await;
    };
    let headers: &[&str] = match language {
        Language::Es => &["Comisión", "Puesto", "Profesor/a", "Departamento", "Suple a", "Defensas"],
        Language::En => &["Committee", "Seat", "Professor", "Department", "Acting for", "Defences"],
    };
    table(format, name, headers, committees.iter().flat_map(|committee| rows(committee, language)).collect())
        .await
}

/// Names of columns, with their shares of the width.
type Columns = &'static [(&'static str, f32)];

fn rows(committee: &CommitteeDetail, language: Language) -> Vec<Vec<String>> {
    let seats = committee.seats().into_iter();
    let row = |seat: defence::SeatDetail| {
        vec![
            committee.number.to_string(),
            seat_name(language, &seat.seat),
            seat.name,
            seat.department,
            seat.acting_for.map(|full| seat_name(language, &full)).unwrap_or_default(),
            committee.defence_count.to_string(),
        ]
    };
    seats.map(row).collect()
}

fn document(
    name: &str,
    language: Language,
    committees: &[CommitteeDetail],
    (defences, zone, is_visitor): (&[DefenceDetail], Tz, bool),
) -> Document {
    let is_spanish = language == Language::Es;
    let title = if is_spanish { format!("Comisiones: {name}") } else { format!("Committees: {name}") };
    let (tag, page_of) = page_of(language);
    let mut document = Document::new(&title, tag, page_of);
    if committees.is_empty() {
        document.paragraph(if is_spanish {
            "No hay comisiones publicadas."
        } else {
            "No committees are published."
        });
    }
    let (people, judged): (Columns, Columns) = if is_spanish {
        (
            &[("Puesto", 2.0), ("Profesor/a", 5.0), ("Departamento", 3.0), ("Suple a", 2.0)],
            &[("Fecha y hora", 2.4), ("Aula", 2.0), ("Estudiante", 3.0), ("Título", 5.0), ("Tutor", 3.0)],
        )
    } else {
        (
            &[("Seat", 2.0), ("Professor", 5.0), ("Department", 3.0), ("Acting for", 2.0)],
            &[("Date and time", 2.4), ("Room", 2.0), ("Student", 3.0), ("Title", 5.0), ("Tutor", 3.0)],
        )
    };
    for committee in committees {
        let number = committee.number;
        document.heading(&if is_spanish {
            format!("Comisión {number}")
        } else {
            format!("Committee {number}")
        });
        let seats = rows(committee, language);
        document
            .table(people, seats.into_iter().map(|row| row.into_iter().skip(1).take(4).collect()).collect());
        let own = defences.iter().filter(|row| row.committee_id == committee.id);
        let own: Vec<_> = own.map(|row| line(row, zone, is_visitor)).collect();
        if !own.is_empty() {
            document.table(judged, own);
        }
    }
    document
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
