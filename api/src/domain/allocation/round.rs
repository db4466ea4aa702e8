//! Where a round is, by its dates and what was decided of it.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::Window;
use chrono::{DateTime, Utc};
use gestfg_types::allocation_rounds::{
    AllocationRoundAction as Action, AllocationRoundState as State, TutorView,
};
use gestfg_types::ids::{CallId, DegreeId};

/// What rules need to know of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundFacts {
    /// Of which call.
    pub call: CallId,
    /// Of which degree.
    pub degree: DegreeId,
    /// How it was settled; none while it is under way.
    pub settled: Option<State>,
    /// From when on students apply.
    pub opens_at: DateTime<Utc>,
    /// From when on applications stay as they are.
    pub closes_at: DateTime<Utc>,
    /// Until when tutors rank them.
    pub tutors_close_at: DateTime<Utc>,
    /// What tutors say.
    pub tutor_view: TutorView,
    /// The most projects an application asks for.
    pub max_preferences: i16,
    /// Whether two projects may be equally welcome.
    pub ties_allowed: bool,
    /// How many students may apply together.
    pub team_max: i16,
}

impl RoundFacts {
    /// Where it is at this moment.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        match self.settled {
            Some(state) => state,
            None if now < self.opens_at => State::Ahead,
            None if now < self.closes_at => State::Open,
            None if now < self.tutors_close_at && self.tutor_view != TutorView::None => State::Ranking,
            None => State::Closed,
        }
    }

    /// When students apply.
    #[must_use]
    pub const fn window(&self) -> Window {
        Window { call: self.call, starts_at: self.opens_at, ends_at: self.closes_at }
    }

    /// When tutors put those who apply in order.
    #[must_use]
    pub const fn tutors_window(&self) -> Window {
        Window { call: self.call, starts_at: self.opens_at, ends_at: self.tutors_close_at }
    }

    /// What this person may do with it now.
    #[must_use]
    pub fn allowed_actions(
        &self,
        viewer: &Actor,
        has_applied: bool,
        studies_degree: bool,
        now: DateTime<Utc>,
    ) -> Vec<Action> {
        let state = self.state(now);
        let (is_live, keeps) = (self.settled.is_none(), viewer.keeps_degree(self.degree));
        [
            (Action::Apply, state == State::Open && studies_degree && !has_applied),
            (Action::Edit, is_live && keeps),
            (Action::Cancel, is_live && keeps),
            (Action::ApplyOnBehalf, state == State::Open && keeps),
            (Action::ApplyOnBehalfWithReason, is_live && state != State::Open && keeps),
            (Action::Allocate, keeps),
            (Action::ReadAnswer, state == State::Published && has_applied),
        ]
        .into_iter()
        .filter_map(|(action, may)| may.then_some(action))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_round_goes_on_by_the_clock_until_it_is_settled() {
        let mut round = RoundFacts {
            call: CallId(1),
            degree: DegreeId(2),
            settled: None,
            opens_at: at(100),
            closes_at: at(200),
            tutors_close_at: at(300),
            tutor_view: TutorView::Ranking,
            max_preferences: 5,
            ties_allowed: false,
            team_max: 1,
        };
        let cases = [
            (99, State::Ahead),
            (100, State::Open),
            (199, State::Open),
            (200, State::Ranking),
            (299, State::Ranking),
            (300, State::Closed),
        ];
        for (now, state) in cases {
            assert_eq!(round.state(at(now)), state, "{now}");
        }
        round.tutor_view = TutorView::None;
        assert_eq!(round.state(at(250)), State::Closed);
        round.settled = Some(State::Published);
        assert_eq!(round.state(at(150)), State::Published);
    }
}
