//! Tutors' reports and the marks of a defence.

use crate::config::Config;
use crate::domain::actor::Actor;
use crate::domain::completeness::Candidate;
use crate::domain::marking::{Gate, Marking, phases};
use crate::domain::phase_gate::{OpenPhases, Passage};
use crate::error::{AppError, AppResult};
use crate::models::call_marks::{self, Gathered};
use crate::models::defence::{self, DefenceDetail};
use crate::models::mark_sheet::SheetRow;
use crate::models::minutes::{self, MinutesRow};
use crate::models::rubric::{self, RubricRow};
use crate::models::update::Change;
use crate::models::{call, mark_claim};
use crate::routes::gate;
use crate::routes::similarity::pass_similarity;
use crate::views::marks::{Whose, sheet};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::calls::CallRef;
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{CallId, DefenceId, DegreeId, MinutesId, RubricId, UserId};
use gestfg_types::marks::MarkSheet;
use gestfg_types::minutes::MinutesState;
use gestfg_types::rubrics::RubricRole;
use gestfg_types::updates::UpdateTopic;
use gestfg_types::users::PersonRef;
use utoipa_actix_web::service_config::ServiceConfig;

mod agree;
mod duties;
mod find;
mod find_sheet;
mod step_sheet;
mod write_sheet;

/// The operations on marks.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(duties::list_marking_duties)
        .service(find_sheet::find_tutor_report)
        .service(write_sheet::update_tutor_report)
        .service(step_sheet::hand_in_tutor_report)
        .service(step_sheet::take_back_tutor_report)
        .service(find::find_defence_marks)
        .service(agree::write_agreed_mark)
        .service(find_sheet::find_mark_sheet)
        .service(write_sheet::update_mark_sheet)
        .service(step_sheet::hand_in_mark_sheet)
        .service(step_sheet::take_back_mark_sheet);
}

/// A defence with everything that rules about its marks ask for.
pub(super) struct Marked {
    pub(super) detail: DefenceDetail,
    pub(super) gathered: Gathered,
    pub(super) minutes: Option<MinutesRow>,
    pub(super) has_open_claim: bool,
}

fn no_marks() -> AppError {
    AppError::not_found("marks")
}

impl Marked {
    /// Of a defence that is not cancelled, of a request that is live.
    pub(super) fn load(conn: &mut PgConnection, id: DefenceId) -> AppResult<Self> {
        let detail = defence::find(conn, id)?;
        let call = CallId(detail.call_id);
        let mut gathered = call_marks::gather(conn, call, Some(id))?;
        let gathered = gathered.pop().ok_or_else(no_marks)?;
        let minutes = minutes::latest(conn, call)?;
        let has_open_claim = match &minutes {
            Some(row) if row.state() == MinutesState::Provisional => {
                let claim = mark_claim::find_of(conn, MinutesId(row.id), id)?;
                claim.is_some_and(|claim| claim.answer.is_none())
            }
            _ => false,
        };
        Ok(Self { detail, gathered, minutes, has_open_claim })
    }

    /// The same, for somebody who may know of its marks.
    pub(super) fn load_visible(conn: &mut PgConnection, id: DefenceId, actor: &Actor) -> AppResult<Self> {
        let found = Self::load(conn, id)?;
        if found.marking().may_see(actor) { Ok(found) } else { Err(no_marks()) }
    }

    pub(super) fn marking(&self) -> Marking<'_> {
        Marking {
            degree: self.degree(),
            candidate: &self.gathered.candidate,
            minutes: self.minutes.as_ref().map(MinutesRow::state),
            has_open_claim: self.has_open_claim,
        }
    }

    pub(super) fn candidate(&self) -> &Candidate {
        &self.gathered.candidate
    }

    pub(super) fn call(&self) -> CallId {
        CallId(self.detail.call_id)
    }

    pub(super) fn degree(&self) -> DegreeId {
        DegreeId(self.detail.degree_id)
    }

    pub(super) fn reference(&self) -> CallRef {
        self.detail.call()
    }

    /// Pass what opens these marks for writing: a claim, minutes opened again, or the phase.
    pub(super) fn pass(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        role: RubricRole,
        reason: Option<&str>,
        (now, config): (DateTime<Utc>, &Config),
    ) -> AppResult<Passage> {
        if self.marking().gate()? == Gate::Open {
            return Ok(Passage::Open);
        }
        let phases = phases(role);
        let mut windows = Vec::new();
        for phase in phases {
            windows.extend(call::windows_of_call(conn, self.call(), *phase)?);
        }
        let named = phases.last().copied().unwrap_or(gestfg_types::calls::Phase::Grading);
        gate::pass((named, &windows), (actor, self.degree()), reason, now, config)
    }

    /// Nobody is marked whose flagged document waits for a justification; who has
    /// defended has passed this already.
    fn pass_if_not_held(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        reason: Option<&str>,
        passage: Passage,
    ) -> AppResult<Passage> {
        if self.candidate().state != Some(DefenceState::Planned) {
            return Ok(passage);
        }
        match pass_similarity(conn, DefenceId(self.detail.id), (actor, self.degree()), reason)? {
            Passage::Open => Ok(passage),
            overridden => Ok(overridden),
        }
    }

    /// Somebody's place at a sheet: who, as what, by which rubric.
    fn whose(
        &self,
        conn: &mut PgConnection,
        role: RubricRole,
        author: UserId,
        row: Option<&SheetRow>,
    ) -> AppResult<Whose> {
        let candidate = self.candidate();
        let known = match role {
            RubricRole::Tutor => Some(candidate.tutor.clone()),
            RubricRole::Committee => {
                candidate.judges.iter().map(|judge| judge.person.clone()).find(|person| person.id == author)
            }
        };
        let written = row.map(|row| PersonRef { id: UserId(row.author_id), name: row.author_name.clone() });
        let author = known.or(written).ok_or_else(no_marks)?;
        Ok(Whose { role, author, rubric: self.rubric(conn, role, row)? })
    }

    /// The rubric of a sheet, or the one it will be written by.
    fn rubric(
        &self,
        conn: &mut PgConnection,
        role: RubricRole,
        row: Option<&SheetRow>,
    ) -> AppResult<RubricRow> {
        Ok(match row {
            Some(row) => rubric::find(conn, RubricId(row.rubric_id))?,
            None => rubric::of_call(conn, self.call(), self.degree(), role)?,
        })
    }

    /// A sheet as this person sees it.
    fn sheet(
        &self,
        conn: &mut PgConnection,
        (role, author): (RubricRole, UserId),
        row: Option<&SheetRow>,
        (actor, open): (&Actor, &OpenPhases),
    ) -> AppResult<MarkSheet> {
        let whose = self.whose(conn, role, author, row)?;
        Ok(sheet(self.call(), &self.marking(), whose, row, actor, open))
    }

    /// Who writes the sheet of this role: the tutor, or the one asked for.
    fn author(&self, role: RubricRole, asked: Option<UserId>) -> UserId {
        match role {
            RubricRole::Tutor => self.candidate().tutor.id,
            RubricRole::Committee => asked.unwrap_or(UserId(0)),
        }
    }

    /// Tell whoever watches that marks have changed: those who may see them before publication.
    pub(super) fn publish_change(&self, conn: &mut PgConnection) -> AppResult<()> {
        let student = self.candidate().student.id;
        let people = self.candidate().people().into_iter().filter(|id| *id != student);
        Change::of(UpdateTopic::Marks)
            .subject(self.detail.call_id)
            .people(people)
            .degree(self.degree())
            .publish(conn)?;
        Ok(())
    }
}
