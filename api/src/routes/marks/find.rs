use super::Marked;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::actor::Actor;
use crate::domain::grading::Exact;
use crate::domain::marking::{Gate, phases};
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{call, mark_sheet};
use crate::openapi::Problems;
use crate::routes::minutes::rules_of;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::defences::DefenceState;
use gestfg_types::grading::Agreement;
use gestfg_types::ids::{DefenceId, ProjectId};
use gestfg_types::marks::{AgreedMark, DefenceMarks, MarkSheet, MarksAction, SheetState};
use gestfg_types::minutes::MinutesState;
use gestfg_types::rubrics::RubricRole;

/// What has come together for the final mark of a defence: for its committee,
/// coordinators and admins everything; for its tutors their report; for tutors
/// and student what it comes to, once that is published.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path)),
    responses((status = 200, body = DefenceMarks, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/defences/{id}/marks")]
pub(super) async fn find_defence_marks(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state.db.run(move |conn| shown(conn, id, &user, now)).await?;
    Ok(versioned(found.version, &found))
}

/// The marks of a defence, as this person may see them.
pub(super) fn shown(
    conn: &mut PgConnection,
    id: DefenceId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> AppResult<DefenceMarks> {
    let marked = Marked::load_visible(conn, id, actor)?;
    let marking = marked.marking();
    let found = call::find(conn, marked.call())?;
    let rules = rules_of(conn, &found, marked.minutes.as_ref())?;
    let open = call::open_phases(conn, now)?;
    let (report, sheets) = sheets(conn, &marked, actor, &open)?;
    let sees_outcome = marking.may_see_outcome(actor);
    let outcome = Some(marked.candidate().outcome(&rules)).filter(|_| sees_outcome);
    let agreed = mark_sheet::find_agreed(conn, id)?;
    let is_open = match marking.gate() {
        Ok(Gate::Open) => true,
        Ok(Gate::Phase) => {
            let is_in_phase =
                phases(RubricRole::Committee).iter().any(|phase| open.contains_call(marked.call(), *phase));
            is_in_phase || actor.keeps_degree(marked.degree())
        }
        Err(_) => false,
    };
    let presides = is_open && marking.may_preside(actor).is_ok();
    let may_agree = rules.agreement == Agreement::President && presides;
    let may_claim = marked.candidate().student.id == actor.id
        && marked
            .minutes
            .as_ref()
            .is_some_and(|row| row.state() == MinutesState::Provisional && now < row.claims_until)
        && !marked.has_open_claim
        && outcome.is_some_and(|outcome| outcome.mark.is_some());
    let actions = [
        (MarksAction::Agree, may_agree),
        (MarksAction::Claim, may_claim),
        (MarksAction::SetOutcome, presides),
    ];
    Ok(DefenceMarks {
        defence_id: id,
        call: marked.reference(),
        student: marked.candidate().student.clone(),
        project_id: ProjectId(marked.detail.project_id),
        project_title: marked.detail.project_title.clone(),
        committee_number: marked.detail.committee_number,
        starts_at: marked.detail.starts_at,
        state: marked.candidate().state.unwrap_or(DefenceState::Planned),
        defence_version: marked.detail.version,
        tutor_report: report,
        sheets,
        agreement: rules.agreement,
        version: agreed.as_ref().map_or(0, |row| row.version),
        agreed: agreed
            .filter(|_| sees_outcome)
            .and_then(|row| Some(AgreedMark { mark: row.mark.parse().ok()?, remarks: row.remarks })),
        tutor_mark: outcome.and_then(|outcome| outcome.tutor).map(Exact::to_three_decimals),
        committee_mark: outcome.and_then(|outcome| outcome.committee).map(Exact::to_three_decimals),
        mark: outcome.and_then(|outcome| outcome.mark),
        band: outcome.and_then(|outcome| outcome.band),
        allowed_actions: actions.into_iter().filter_map(|(action, may)| may.then_some(action)).collect(),
    })
}

/// The tutor's report and the sheets of those who judge, begun or not, as far as this person may
/// read them.
fn sheets(
    conn: &mut PgConnection,
    marked: &Marked,
    actor: &Actor,
    open: &crate::domain::phase_gate::OpenPhases,
) -> AppResult<(Option<MarkSheet>, Vec<MarkSheet>)> {
    let (marking, rows) = (marked.marking(), mark_sheet::list(conn, DefenceId(marked.detail.id))?);
    let report = rows.iter().find(|row| row.role == RubricRole::Tutor.as_str()).cloned();
    let is_handed_in = report.as_ref().is_some_and(|row| row.state() == SheetState::HandedIn);
    let report = if marking.may_see_sheet(actor, RubricRole::Tutor, is_handed_in) {
        let tutor = marked.candidate().tutor.id;
        Some(marked.sheet(conn, (RubricRole::Tutor, tutor), report.as_ref(), (actor, open))?)
    } else {
        None
    };
    let mut shown = Vec::new();
    if marking.may_see_sheet(actor, RubricRole::Committee, true) {
        for judge in &marked.candidate().judges {
            let own = |row: &&mark_sheet::SheetRow| {
                row.role == RubricRole::Committee.as_str() && row.author_id == judge.person.id.0
            };
            let row = rows.iter().find(own).cloned();
            let whose = (RubricRole::Committee, judge.person.id);
            shown.push(marked.sheet(conn, whose, row.as_ref(), (actor, open))?);
        }
    }
    Ok((report, shown))
}
