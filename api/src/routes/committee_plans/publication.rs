//! What a version would publish now, and who would hear of it.

use crate::config::Config;
use crate::domain::planning::publication::{self, DefenceKey, Published, Told};
use crate::domain::planning::{Draft, World, report};
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::call::{CallDetail, name_of};
use crate::models::committee_plan::CommitteePlanRow;
use crate::models::planning_names::{self, Named};
use crate::models::{planning_world, publication as stored};
use crate::notices::News;
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, UserId};
use gestfg_types::planning::PlanReport;
use std::collections::{BTreeMap, BTreeSet};

/// A version held against what holds now.
pub(super) struct Prepared {
    world: World,
    named: Named,
    settled: BTreeSet<DefenceKey>,
    pub(super) report: PlanReport,
    pub(super) before: Published,
    pub(super) after: Published,
    pub(super) told: BTreeMap<UserId, Told>,
}

/// Hold a version against what holds now.
pub(super) fn prepare(
    conn: &mut PgConnection,
    row: &CommitteePlanRow,
    config: &Config,
) -> AppResult<Prepared> {
    let call = CallId(row.call_id);
    let world = planning_world::load(conn, call, config.time_zone)?;
    let draft: Draft = publication::renewed(&row.draft()?, &world);
    let named = planning_names::load(conn, &draft)?;
    let (before, settled) = stored::load(conn, call)?;
    let after = publication::published(&draft, &world);
    let told = publication::told(&before, &after, &world);
    let report = report::report(&draft, &named.words);
    Ok(Prepared { world, named, settled, report, before, after, told })
}

impl Prepared {
    /// What stands against publishing it.
    pub(super) fn check(&self) -> AppResult<()> {
        if !self.report.valid {
            return Err(AppError::breaks_rules(self.report.violations.clone()));
        }
        let moved = |key: &&DefenceKey| self.before.defences.get(*key) != self.after.defences.get(*key);
        match self.settled.iter().find(moved) {
            None => Ok(()),
            Some((request, _)) => Err(AppError::refuse(
                ErrorCode::InvalidState,
                format!(
                    "A defence of “{}” is over; it cannot be moved any more.",
                    self.named.title(*request)
                ),
            )),
        }
    }

    /// Defences that would have no time.
    pub(super) fn without_time(&self) -> usize {
        self.after.defences.values().filter(|place| place.at.is_none()).count()
    }

    /// Somebody's name.
    pub(super) fn name(&self, id: UserId) -> String {
        let students = self.named.names.projects.iter().flat_map(|project| &project.students);
        let student = students.filter(|student| student.id == id).map(|student| student.name.clone()).next();
        self.named.person(id).map(|person| person.name).or(student).unwrap_or_default()
    }

    /// The letters to write.
    pub(super) fn news(&self, call: &CallDetail) -> Vec<News> {
        let (id, name) = (CallId(call.id), name_of(&call.reference()));
        let mut news = Vec::new();
        for (person, told) in &self.told {
            for (number, seat) in &told.seats {
                let letter = Letter::CommitteeSeat {
                    call: id,
                    name: name.clone(),
                    number: *number,
                    seat: seat.clone(),
                };
                news.push(News { people: vec![*person], letter });
            }
            for key in &told.defences {
                news.extend(
                    self.scheduled(key, id, &name).map(|letter| News { people: vec![*person], letter }),
                );
            }
        }
        news
    }

    fn scheduled(&self, key: &DefenceKey, call: CallId, name: &str) -> Option<Letter> {
        let place = self.after.defences.get(key)?;
        let at = place.at.as_ref();
        let rooms = &self.named.names.rooms;
        let room = at.and_then(|(id, ..)| rooms.iter().find(|room| room.id == *id));
        Some(Letter::DefenceScheduled {
            call,
            name: name.to_owned(),
            title: self.named.title(key.0),
            number: place.committee,
            starts_at: at.map(|(_, from, _)| *from),
            room: room.map(|room| room.name.clone()),
        })
    }

    /// How many projects are published.
    pub(super) fn project_count(&self) -> usize {
        self.world.projects.len()
    }
}
