//! What a student's marks come to, and what is missing for it.

use crate::domain::grading::{Exact, band, committee_mark, final_mark};
use gestfg_types::defences::DefenceState;
use gestfg_types::grading::{Agreement, Band, GradingRules};
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::minutes::{Missing, MissingPart};
use gestfg_types::users::PersonRef;

/// Somebody who judges at a defence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// Who.
    pub person: PersonRef,
    /// Whether they preside, or stand in for who does.
    pub presides: bool,
    /// What they handed in comes to.
    pub mark: Option<Exact>,
}

/// Everything a final mark is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Their defence, if they have one.
    pub defence: Option<DefenceId>,
    /// Who.
    pub student: PersonRef,
    /// How their defence stands.
    pub state: Option<DefenceState>,
    /// Their tutor.
    pub tutor: PersonRef,
    /// Their co-tutor.
    pub cotutor: Option<PersonRef>,
    /// What the tutor's report comes to, once it is handed in.
    pub tutor_mark: Option<Exact>,
    /// Who judges.
    pub judges: Vec<Judge>,
    /// The president's word.
    pub agreed: Option<Mark>,
}

/// What marks come to, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The tutor's mark.
    pub tutor: Option<Exact>,
    /// The committee's mark, once everybody's is there.
    pub committee: Option<Exact>,
    /// The final mark.
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Option<Band>,
}

impl Candidate {
    /// What the marks come to under these rules.
    #[must_use]
    pub fn outcome(&self, rules: &GradingRules) -> Outcome {
        if self.state == Some(DefenceState::NotPresented) {
            return Outcome {
                tutor: self.tutor_mark,
                committee: None,
                mark: None,
                band: Some(Band::NotPresented),
            };
        }
        let marks: Option<Vec<_>> = self.judges.iter().map(|judge| judge.mark).collect();
        let committee = match rules.agreement {
            Agreement::President => committee_mark(rules.agreement, &[], self.agreed),
            rule => marks.and_then(|marks| committee_mark(rule, &marks, None)),
        };
        let mark = final_mark(rules.tutor_weight, self.tutor_mark, committee);
        Outcome {
            tutor: self.tutor_mark,
            committee,
            mark,
            band: mark.map(|mark| band(mark, rules.pass_mark)),
        }
    }

    /// What is missing before the mark can be published.
    #[must_use]
    pub fn missing(&self, rules: &GradingRules) -> Vec<Missing> {
        let owed = |part, professor: Option<&PersonRef>| Missing {
            part,
            defence_id: self.defence,
            student: self.student.clone(),
            professor: professor.cloned(),
        };
        let mut missing = Vec::new();
        match self.state {
            Some(DefenceState::NotPresented) => return missing,
            None | Some(DefenceState::Cancelled) => return vec![owed(MissingPart::Defence, None)],
            Some(DefenceState::Planned) => missing.push(owed(MissingPart::Outcome, None)),
            Some(DefenceState::Held) => {}
        }
        if rules.tutor_weight > 0 && self.tutor_mark.is_none() {
            missing.push(owed(MissingPart::TutorReport, Some(&self.tutor)));
        }
        if rules.tutor_weight == 100 {
            return missing;
        }
        if rules.agreement == Agreement::President {
            if self.agreed.is_none() {
                let president = self.judges.iter().find(|judge| judge.presides).map(|judge| &judge.person);
                missing.push(owed(MissingPart::AgreedMark, president));
            }
            return missing;
        }
        let late = self.judges.iter().filter(|judge| judge.mark.is_none());
        missing.extend(late.map(|judge| owed(MissingPart::Marks, Some(&judge.person))));
        if self.judges.is_empty() {
            missing.push(owed(MissingPart::Marks, None));
        }
        missing
    }

    /// Whether this person judges.
    #[must_use]
    pub fn is_judged_by(&self, person: UserId) -> bool {
        self.judges.iter().any(|judge| judge.person.id == person)
    }

    /// Whether this person presides.
    #[must_use]
    pub fn is_presided_by(&self, person: UserId) -> bool {
        self.judges.iter().any(|judge| judge.person.id == person && judge.presides)
    }

    /// Whether this person tutors or co-tutors.
    #[must_use]
    pub fn is_tutored_by(&self, person: UserId) -> bool {
        self.tutor.id == person || self.cotutor.as_ref().is_some_and(|cotutor| cotutor.id == person)
    }

    /// Everybody it concerns, the student included.
    #[must_use]
    pub fn people(&self) -> Vec<UserId> {
        let tutors = std::iter::once(self.tutor.id).chain(self.cotutor.as_ref().map(|cotutor| cotutor.id));
        let judges = self.judges.iter().map(|judge| judge.person.id);
        tutors.chain(judges).chain(std::iter::once(self.student.id)).collect()
    }
}

/// What is missing, in a sentence.
#[must_use]
pub fn sentence(missing: &Missing) -> String {
    let student = &missing.student.name;
    let who = missing.professor.as_ref().map_or_else(String::new, |person| format!(" of {}", person.name));
    match missing.part {
        MissingPart::Defence => format!("{student} has no defence."),
        MissingPart::Outcome => format!("Nobody has said whether {student} defended."),
        MissingPart::TutorReport => format!("The report{who} on {student} is not handed in."),
        MissingPart::Marks => format!("The marks{who} for {student} are not handed in."),
        MissingPart::AgreedMark => format!("The agreed mark of {student} is missing."),
        MissingPart::Answer => format!("The claim of {student} is not answered."),
        MissingPart::Honours => format!("Whether {student} gets honours is not decided."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64) -> PersonRef {
        PersonRef { id: UserId(id), name: format!("Persona {id}") }
    }

    fn exact(text: &str) -> Exact {
        text.parse::<Mark>().unwrap().into()
    }

    fn candidate() -> Candidate {
        let judge =
            |id, mark: Option<&str>| Judge { person: person(id), presides: id == 10, mark: mark.map(exact) };
        Candidate {
            defence: Some(DefenceId(1)),
            student: person(1),
            state: Some(DefenceState::Held),
            tutor: person(2),
            cotutor: None,
            tutor_mark: Some(exact("8.0")),
            judges: vec![judge(10, Some("7.0")), judge(11, Some("8.0")), judge(12, None)],
            agreed: None,
        }
    }

    fn parts(candidate: &Candidate, rules: &GradingRules) -> Vec<(MissingPart, Option<i64>)> {
        let missing = candidate.missing(rules);
        missing.into_iter().map(|one| (one.part, one.professor.map(|person| person.id.0))).collect()
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        use MissingPart::{AgreedMark, Defence, Marks, Outcome, TutorReport};
        let usual = GradingRules::default();
        let president = GradingRules { agreement: Agreement::President, ..usual.clone() };
        let tutor_only = GradingRules { tutor_weight: 100, ..usual.clone() };
        let committee_only = GradingRules { tutor_weight: 0, ..usual.clone() };
        let whole = candidate();
        let bare =
            Candidate { tutor_mark: None, judges: vec![], state: Some(DefenceState::Planned), ..candidate() };
        let none = Candidate { defence: None, state: None, ..candidate() };
        let absent = Candidate { state: Some(DefenceState::NotPresented), tutor_mark: None, ..candidate() };
        for (candidate, rules, expected) in [
            (&whole, &usual, vec![(Marks, Some(12))]),
            (&whole, &president, vec![(AgreedMark, Some(10))]),
            (&whole, &tutor_only, vec![]),
            (&bare, &usual, vec![(Outcome, None), (TutorReport, Some(2)), (Marks, None)]),
            (&bare, &committee_only, vec![(Outcome, None), (Marks, None)]),
            (&none, &usual, vec![(Defence, None)]),
            (&absent, &usual, vec![]),
        ] {
            assert_eq!(parts(candidate, rules), expected, "{candidate:?} {rules:?}");
        }
    }

    #[test]
    fn who_did_not_come_has_no_mark() {
        let rules = GradingRules::default();
        let absent = Candidate { state: Some(DefenceState::NotPresented), ..candidate() };
        let outcome = absent.outcome(&rules);
        assert_eq!((outcome.mark, outcome.band), (None, Some(Band::NotPresented)));
        assert_eq!(candidate().outcome(&rules).mark, None);
        let mut whole = candidate();
        whole.judges.truncate(2);
        let outcome = whole.outcome(&rules);
        assert_eq!((outcome.mark, outcome.band), ("7.7".parse().ok(), Some(Band::Good)));
    }
}
