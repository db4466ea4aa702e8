//! How the committees of a degree are made, year by year.

use crate::schema::committee_settings;
use chrono::NaiveTime;
use diesel::prelude::*;
use diesel::result::Error;
use gestfg_types::committee_settings::{CommitteeRules, TimetableMode, TimetableObjective};
use gestfg_types::ids::DegreeId;

/// Settings as they are stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = committee_settings, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
struct Stored {
    members: i16,
    substitutes: i16,
    distinct_areas: bool,
    one_seat_per_call: bool,
    target_size: i16,
    slot_minutes: i16,
    break_minutes: i16,
    day_starts: NaiveTime,
    day_ends: NaiveTime,
    pause_starts: Option<NaiveTime>,
    pause_ends: Option<NaiveTime>,
    mode: String,
    objectives: serde_json::Value,
    presider_min_seniority: Option<i16>,
}

impl Stored {
    fn of(rules: &CommitteeRules) -> Self {
        let CommitteeRules {
            members,
            substitutes,
            distinct_areas,
            one_seat_per_call,
            target_size,
            slot_minutes,
            break_minutes,
            day_starts,
            day_ends,
            pause_starts,
            pause_ends,
            mode,
            objectives,
            presider_min_seniority,
        } = rules;
        let names = objectives.iter().map(|objective| objective.as_str().into());
        Self {
            members: *members,
            substitutes: *substitutes,
            distinct_areas: *distinct_areas,
            one_seat_per_call: *one_seat_per_call,
            target_size: *target_size,
            slot_minutes: *slot_minutes,
            break_minutes: *break_minutes,
            day_starts: *day_starts,
            day_ends: *day_ends,
            pause_starts: *pause_starts,
            pause_ends: *pause_ends,
            mode: mode.as_str().to_owned(),
            objectives: serde_json::Value::Array(names.collect()),
            presider_min_seniority: *presider_min_seniority,
        }
    }

    fn rules(self) -> CommitteeRules {
        let names = self.objectives.as_array().map(Vec::as_slice).unwrap_or_default();
        CommitteeRules {
            members: self.members,
            substitutes: self.substitutes,
            distinct_areas: self.distinct_areas,
            one_seat_per_call: self.one_seat_per_call,
            target_size: self.target_size,
            slot_minutes: self.slot_minutes,
            break_minutes: self.break_minutes,
            day_starts: self.day_starts,
            day_ends: self.day_ends,
            pause_starts: self.pause_starts,
            pause_ends: self.pause_ends,
            // The schema lets no other in.
            mode: TimetableMode::from_name(&self.mode).unwrap_or(TimetableMode::Standing),
            objectives: names
                .iter()
                .filter_map(|name| TimetableObjective::from_name(name.as_str()?))
                .collect(),
            presider_min_seniority: self.presider_min_seniority,
        }
    }
}

/// The settings that hold in a year, and since when.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// The settings.
    pub rules: CommitteeRules,
    /// The year they were written for; none: nobody wrote any.
    pub written_for: Option<i16>,
    /// The version of what was written for that year.
    pub version: i32,
}

impl InForce {
    /// The version of what was written for this very year; 0: nothing was.
    #[must_use]
    pub fn version_of(&self, year: i16) -> i32 {
        if self.written_for == Some(year) { self.version } else { 0 }
    }
}

/// The settings of a degree in an academic year: those written for it, or for
/// the latest year before, or else the defaults.
///
/// # Errors
/// When the database cannot answer.
pub fn in_force(conn: &mut PgConnection, degree: DegreeId, year: i16) -> QueryResult<InForce> {
    use committee_settings as c;
    let found = c::table
        .filter(c::degree_id.eq(degree.0))
        .filter(c::academic_year.le(year))
        .order(c::academic_year.desc())
        .select((Stored::as_select(), c::academic_year, c::version))
        .first::<(Stored, i16, i32)>(conn)
        .optional()?;
    Ok(found.map_or_else(InForce::default, |(stored, year, version)| InForce {
        rules: stored.rules(),
        written_for: Some(year),
        version,
    }))
}

/// Write the settings of a year; they hold for later ones too until others are
/// written. Returns their version.
///
/// # Errors
/// `NotFound` when somebody else changed or wrote them meanwhile, or when the database cannot answer.
pub fn write(
    conn: &mut PgConnection,
    degree: DegreeId,
    year: i16,
    rules: &CommitteeRules,
    seen: i32,
) -> QueryResult<i32> {
    use committee_settings as c;
    let stored = Stored::of(rules);
    let written = if seen == 0 {
        diesel::insert_into(c::table)
            .values((&stored, c::degree_id.eq(degree.0), c::academic_year.eq(year)))
            .on_conflict_do_nothing()
            .returning(c::version)
            .get_result(conn)
            .optional()?
    } else {
        diesel::update(c::table.find((degree.0, year)).filter(c::version.eq(seen)))
            .set((&stored, c::version.eq(c::version + 1)))
            .returning(c::version)
            .get_result(conn)
            .optional()?
    };
    written.ok_or(Error::NotFound)
}
