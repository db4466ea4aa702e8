//! Why a defence of a standing committee has no place: its committee has no run of hours for all of
//! its defences, or committees are in each other's way.

use super::reasons::{blank, ids, reason as usual_reason, when};
use super::standing::{Sessions, most};
use super::state::State;
use crate::control::Control;
use crate::id::{CommitteeId, DefenceId};
use crate::sentence::Sentence;
use crate::timetable::solution::{Reason, ReasonKind, When};
use std::collections::BTreeSet;
use std::time::Duration;

/// Larger groups are thinned by whole committees only.
const THINNED: usize = 40;

/// Explains jobs one after the other; those of one conflict share their explanation.
pub(crate) struct Explaining<'m> {
    sessions: Sessions<'m>,
    known: Vec<(Vec<usize>, Reason)>,
}

impl<'m> Explaining<'m> {
    pub(crate) fn new(state: &State<'m>) -> Self {
        Self { sessions: Sessions::of(state.model), known: Vec::new() }
    }

    /// Why `job`, which is not placed in `state`, is not.
    pub(crate) fn reason(&mut self, state: &State, job: usize, control: &Control) -> Reason {
        if state.model.jobs[job].starts.is_empty() {
            return usual_reason(state, job, control);
        }
        if let Some((_, reason)) = self.known.iter().find(|(group, _)| group.contains(&job)) {
            return reason.clone();
        }
        let Some((group, minimal)) = self.group(job, control) else {
            let defences = ids(state.model, job);
            let said = Sentence::NotInTime { defences: defences.clone() };
            return Reason { defences, minimal: false, ..blank(ReasonKind::Unknown, said) };
        };
        let reason = Reason { minimal, ..self.told(&group) };
        self.known.push((group, reason.clone()));
        reason
    }

    /// Whether these cannot all be placed; `None` when that was not found out.
    fn impossible(&self, group: &[usize], control: &Control) -> Option<bool> {
        let weight: usize = group.iter().map(|&j| self.sessions.model.jobs[j].weight()).sum();
        let limit = Duration::from_millis(500).min(control.left());
        let answer = most(&self.sessions, group, limit, control)?;
        if answer.bound < weight { Some(true) } else { answer.exact.then_some(false) }
    }

    fn group(&self, job: usize, control: &Control) -> Option<(Vec<usize>, bool)> {
        let committees = &self.sessions.jobs;
        let own = committees.iter().find(|jobs| jobs.contains(&job))?;
        let mut minimal = true;
        let mut group = own.clone();
        if self.impossible(&group, control) != Some(true) {
            group = committees.concat();
            if control.must_stop() || self.impossible(&group, control) != Some(true) {
                return None;
            }
            for others in committees.iter().filter(|jobs| *jobs != own) {
                let fewer: Vec<usize> = group.iter().copied().filter(|j| !others.contains(j)).collect();
                if control.must_stop() {
                    return Some((group, false));
                }
                match self.impossible(&fewer, control) {
                    Some(true) => group = fewer,
                    Some(false) => {}
                    None => minimal = false,
                }
            }
        }
        if group.len() > THINNED {
            return Some((group, false));
        }
        for at in (0..group.len()).rev() {
            if group[at] == job {
                continue;
            }
            if control.must_stop() {
                return Some((group, false));
            }
            let mut fewer = group.clone();
            fewer.remove(at);
            match self.impossible(&fewer, control) {
                Some(true) => group = fewer,
                Some(false) => {}
                None => minimal = false,
            }
        }
        Some((group, minimal))
    }

    fn told(&self, group: &[usize]) -> Reason {
        let model = self.sessions.model;
        let of = |j: usize| model.instance.defences[model.jobs[j].defences[0]].committee.clone();
        let mut committees: Vec<_> = group.iter().filter_map(|&j| of(j)).collect();
        committees.sort();
        committees.dedup();
        let slots: BTreeSet<usize> =
            group.iter().flat_map(|&j| model.jobs[j].starts.iter().map(|s| s.slot)).collect();
        let hours: Vec<When> = slots.into_iter().map(|slot| when(model, slot)).collect();
        let defences: Vec<DefenceId> = group.iter().flat_map(|&j| ids(model, j)).collect();
        let (concerned, starts) = (defences.clone(), hours.len());
        let (kind, said) = match <[CommitteeId; 1]>::try_from(committees) {
            Ok([committee]) => {
                (ReasonKind::CommitteeFull, Sentence::CommitteeFull { committee, defences, hours: starts })
            }
            Err(committees) => {
                (ReasonKind::Competition, Sentence::CommitteesCompete { committees, defences, hours: starts })
            }
        };
        Reason { hours, defences: concerned, ..blank(kind, said) }
    }
}
