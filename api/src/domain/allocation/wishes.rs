//! What an application may ask for.

use crate::domain::allocation::round::RoundFacts;
use crate::domain::text::FieldErrors;
use gestfg_types::applications::{PreferenceStanding as Standing, Wish};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::ProjectId;
use std::collections::{BTreeMap, BTreeSet};

/// A project, as far as asking for it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Students it takes.
    pub places: i16,
    /// Whether it is published, in the degree and year of the round's call.
    pub is_offered: bool,
    /// Whether it was given to somebody.
    pub is_assigned: bool,
}

impl Asked {
    /// Whether a team of so many can have it.
    #[must_use]
    pub const fn standing(&self, team: i16) -> Standing {
        match self {
            Self { is_offered: false, .. } => Standing::Unpublished,
            Self { is_assigned: true, .. } => Standing::Assigned,
            Self { places, .. } if *places < team => Standing::TooSmall,
            _ => Standing::Available,
        }
    }
}

/// The wishes with ranks counted from 1 without gaps, in their order.
///
/// What an application asked for already may stay although it cannot be had any more: it is said
/// beside it, and nobody's list is refused for what somebody else did.
///
/// # Errors
/// Notes every wish that cannot be.
pub fn checked(
    wishes: &[Wish],
    round: &RoundFacts,
    team: i16,
    projects: &BTreeMap<ProjectId, Asked>,
    before: &BTreeSet<ProjectId>,
    errors: &mut FieldErrors,
) -> Vec<Wish> {
    let most = usize::try_from(round.max_preferences).unwrap_or_default();
    if wishes.len() > most {
        let sentence =
            format!("An application asks for {most} projects at most; these are {}.", wishes.len());
        errors.push("/preferences", FieldCode::TooLong, sentence);
        return Vec::new();
    }
    let (mut seen, mut ranks) = (BTreeSet::new(), BTreeSet::new());
    for (n, wish) in wishes.iter().enumerate() {
        let pointer = format!("/preferences/{n}/project_id");
        if !(1..=20).contains(&wish.rank) {
            errors.push(format!("/preferences/{n}/rank"), FieldCode::OutOfRange, "Ranks go from 1 to 20.");
        } else if !ranks.insert(wish.rank) && !round.ties_allowed {
            let sentence = "Each project has a rank of its own in this round.";
            errors.push(format!("/preferences/{n}/rank"), FieldCode::Duplicate, sentence);
        }
        if !seen.insert(wish.project_id) {
            errors.push(pointer, FieldCode::Duplicate, "This project is in the list already.");
            continue;
        }
        let Some(project) = projects.get(&wish.project_id) else {
            errors.push(pointer, FieldCode::Unknown, "There is no such project.");
            continue;
        };
        if before.contains(&wish.project_id) {
            continue;
        }
        match project.standing(team) {
            Standing::Available => {}
            Standing::Assigned => {
                errors.push(pointer, FieldCode::AlreadyAssigned, "The project was given to somebody.");
            }
            Standing::Unpublished => {
                let sentence = "The project is not on offer in this call.";
                errors.push(pointer, FieldCode::InvalidState, sentence);
            }
            Standing::TooSmall => {
                let sentence = format!("The project takes {} at most.", project.places);
                errors.push(pointer, FieldCode::TooManyStudents, sentence);
            }
        }
    }
    let mut list = wishes.to_vec();
    list.sort_by_key(|wish| wish.rank);
    let place = |rank: i16| ranks.iter().position(|other| *other == rank).unwrap_or_default() + 1;
    for wish in &mut list {
        wish.rank = i16::try_from(place(wish.rank)).unwrap_or(wish.rank);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use gestfg_types::allocation_rounds::TutorView;
    use gestfg_types::ids::{CallId, DegreeId};

    const FREE: Asked = Asked { places: 2, is_offered: true, is_assigned: false };

    fn round(ties_allowed: bool) -> RoundFacts {
        let at = DateTime::UNIX_EPOCH;
        RoundFacts {
            call: CallId(1),
            degree: DegreeId(1),
            settled: None,
            opens_at: at,
            closes_at: at,
            tutors_close_at: at,
            tutor_view: TutorView::None,
            max_preferences: 3,
            ties_allowed,
            team_max: 3,
        }
    }

    fn wish(project: i64, rank: i16) -> Wish {
        Wish { project_id: ProjectId(project), rank }
    }

    fn ask(wishes: &[Wish], ties: bool, team: i16, before: &[i64]) -> Option<Vec<(i64, i16)>> {
        let taken = Asked { is_assigned: true, ..FREE };
        let projects =
            [(1, FREE), (2, FREE), (3, FREE), (4, taken), (5, Asked { is_offered: false, ..FREE })];
        let projects = projects.into_iter().map(|(id, asked)| (ProjectId(id), asked)).collect();
        let before = before.iter().copied().map(ProjectId).collect();
        let mut errors = FieldErrors::new();
        let list = checked(wishes, &round(ties), team, &projects, &before, &mut errors);
        errors.is_empty().then(|| list.into_iter().map(|wish| (wish.project_id.0, wish.rank)).collect())
    }

    #[test]
    fn ranks_are_counted_without_gaps() {
        let wishes = [wish(2, 9), wish(1, 3), wish(3, 9)];
        assert_eq!(ask(&wishes, true, 1, &[]), Some(vec![(1, 1), (2, 2), (3, 2)]));
        assert_eq!(ask(&wishes, false, 1, &[]), None, "ties are not allowed");
    }

    #[test]
    fn what_cannot_be_had_is_refused_unless_it_was_there_before() {
        for taken in [4, 5] {
            assert_eq!(ask(&[wish(taken, 1)], false, 1, &[]), None);
            assert_eq!(ask(&[wish(taken, 1)], false, 1, &[taken]), Some(vec![(taken, 1)]));
        }
        assert_eq!(ask(&[wish(1, 1)], false, 3, &[]), None, "too small for three");
        assert_eq!(ask(&[wish(9, 1)], false, 1, &[9]), None, "there is no such project");
        assert_eq!(ask(&[wish(1, 1), wish(1, 2)], false, 1, &[]), None, "twice");
        assert_eq!(ask(&[wish(1, 0)], false, 1, &[]), None);
    }
}
