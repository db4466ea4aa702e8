use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::application_view::{self, ApplicationDetail, ApplicationFilter, Member};
use crate::models::call::name_of;
use crate::models::people;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::kept_round;
use crate::routes::download::{TableFormat, table};
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::applications::ApplicationState;
use gestfg_types::ids::{AllocationRoundId, UserId};
use gestfg_types::session::Language;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which round.
    #[param(value_type = i64)]
    round_id: AllocationRoundId,
    /// In this state.
    state: Option<ApplicationState>,
    /// Part of the name of a student or of the title of a project.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// As what.
    #[param(inline)]
    format: TableFormat,
}

/// The applications of a round as a spreadsheet, a row for each student, in the caller's language.
/// Corrected, it can be taken again as a file of choices. For coordinators of the degree and
/// admins.
#[utoipa::path(
    tag = "allocation",
    params(Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/applications/export")]
pub(super) async fn export_applications(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { round_id, state: wanted, q, format } = params.into_inner();
    let (language, zone) = (user.language, state.config.time_zone);
    let filter =
        ApplicationFilter { round: Some(round_id), state: wanted, q, ..ApplicationFilter::default() };
    let (name, ranks, applications, dnis) = state
        .db
        .run(move |conn| {
            let (round, call) = kept_round(conn, &user, round_id)?;
            let applications = application_view::all(conn, &user, &filter)?;
            let students: Vec<UserId> = applications
                .iter()
                .flat_map(|found| found.members.iter().map(|member| UserId(member.student_id)))
                .collect();
            let name = format!("{} · {}", name_of(&call.reference()), round.number);
            Ok((name, round.max_preferences, applications, people::dnis(conn, &students)?))
        })
        .await?;
    let sheet = Sheet { language, zone, ranks, dnis };
    let rows = applications.iter().flat_map(|found| sheet.lines(found)).collect();
    table(format, name, &sheet.headers(), rows).await
}

/// The sheet with a column for each rank. Its headers are those that a file of choices is read by.
struct Sheet {
    language: Language,
    zone: Tz,
    ranks: i16,
    dnis: HashMap<i64, String>,
}

impl Sheet {
    fn headers(&self) -> Vec<String> {
        let (first, choice, last) = match self.language {
            Language::Es => (
                ["Solicitud", "Estado", "Nombre", "Correo", "DNI", "Expediente", "Equipo", "Sin confirmar"],
                "Opción",
                ["Motivación", "Guardada el"],
            ),
            Language::En => (
                ["Application", "State", "Name", "E-mail", "DNI", "Record", "Team", "Not confirmed"],
                "Choice",
                ["Statement", "Saved on"],
            ),
        };
        let choices = (1..=self.ranks).map(|rank| format!("{choice} {rank}"));
        first.map(str::to_owned).into_iter().chain(choices).chain(last.map(str::to_owned)).collect()
    }

    /// Who has not said yes asks for nothing, and has no row.
    fn lines(&self, found: &ApplicationDetail) -> Vec<Vec<String>> {
        let (taking_part, waiting): (Vec<_>, Vec<_>) =
            found.members.iter().partition(|member| member.confirmed_at.is_some());
        let waiting: Vec<&str> = waiting.iter().map(|member| member.name.as_str()).collect();
        let team = if taking_part.len() > 1 { found.row.id.to_string() } else { String::new() };
        let line = |member: &&Member| self.line(found, member, &team, &waiting.join(", "));
        taking_part.iter().map(line).collect()
    }

    fn line(&self, found: &ApplicationDetail, member: &Member, team: &str, waiting: &str) -> Vec<String> {
        let (live, withdrawn) = match self.language {
            Language::Es => ("Presentada", "Retirada"),
            Language::En => ("Live", "Withdrawn"),
        };
        let is_live = found.row.state() == ApplicationState::Live;
        let mut line = vec![
            found.row.id.to_string(),
            if is_live { live } else { withdrawn }.to_owned(),
            member.name.clone(),
            member.email.clone().unwrap_or_default(),
            self.dnis.get(&member.student_id).cloned().unwrap_or_default(),
            member.record.clone().unwrap_or_default(),
            team.to_owned(),
            waiting.to_owned(),
        ];
        for rank in 1..=self.ranks {
            let wished = found.preferences.iter().filter(|wish| wish.rank == rank);
            line.push(wished.map(|wish| wish.title.as_str()).collect::<Vec<_>>().join(" | "));
        }
        let saved = found.row.updated_at.with_timezone(&self.zone);
        line.extend([found.row.statement.clone(), saved.format("%Y-%m-%d %H:%M").to_string()]);
        line
    }
}
