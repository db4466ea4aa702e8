//! Whether a substitute who is called in can come to what is still ahead of the committee.

use super::ids;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use gestfg_types::availability::AvailabilityAnswer;
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::{PlanFinding, PlanPart};

/// From when to when.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// A defence ahead.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    /// Of which request.
    pub request: EvaluationRequestId,
    /// Who defends.
    pub student: UserId,
    /// From when to when.
    pub time: Span,
}

/// What keeps a substitute from stepping in, by the names the checker of a plan has for it.
#[derive(Debug, Default)]
pub struct Judged {
    /// Hard rules.
    pub broken: Vec<PlanFinding>,
    /// What is not wished.
    pub warnings: Vec<PlanFinding>,
}

/// Hold what a substitute said, and what they judge elsewhere, against the defences ahead.
#[must_use]
pub fn judge(
    (substitute, name): (UserId, &str),
    ahead: &[Ahead],
    said: &[(Span, AvailabilityAnswer)],
    elsewhere: &[Ahead],
    zone: Tz,
) -> Judged {
    let mut judged = Judged::default();
    let meets = |a: Span, b: Span| a.0 < b.1 && b.0 < a.1;
    for defence in ahead {
        let when = defence.time.0.with_timezone(&zone).format("%Y-%m-%d at %H:%M");
        let finding = |rule: &str, text: String, others: &[&Ahead]| PlanFinding {
            part: PlanPart::Timetable,
            rule: rule.to_owned(),
            text,
            committees: Vec::new(),
            people: vec![substitute],
            requests: std::iter::once(defence).chain(others.iter().copied()).map(|it| it.request).collect(),
            defences: std::iter::once(defence)
                .chain(others.iter().copied())
                .map(|it| ids::defence(it.request, it.student).0)
                .collect(),
            rooms: Vec::new(),
        };
        let answers = |wanted: AvailabilityAnswer| {
            said.iter().any(|(time, answer)| *answer == wanted && meets(*time, defence.time))
        };
        if answers(AvailabilityAnswer::No) {
            judged.broken.push(finding("person_away", format!("{name} cannot come on {when}"), &[]));
        } else if answers(AvailabilityAnswer::IfNeeded) {
            let text = format!("{name} comes on {when} only because needed");
            judged.warnings.push(finding("if_needed", text, &[]));
        }
        if let Some(other) = elsewhere.iter().find(|other| meets(other.time, defence.time)) {
            let text = format!("{name} judges in another committee on {when}");
            judged.broken.push(finding("person_twice", text, &[other]));
        }
    }
    judged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::Duration::hours(hour)
    }

    fn ahead(request: i64, hour: i64) -> Ahead {
        Ahead { request: EvaluationRequestId(request), student: UserId(9), time: (at(hour), at(hour + 1)) }
    }

    #[test]
    fn only_what_meets_a_defence_counts() {
        let said = [
            ((at(0), at(9)), AvailabilityAnswer::No),
            ((at(9), at(10)), AvailabilityAnswer::IfNeeded),
            ((at(11), at(12)), AvailabilityAnswer::No),
        ];
        let judge = |ahead: &[Ahead], elsewhere: &[Ahead]| {
            let judged = judge((UserId(1), "Eva"), ahead, &said, elsewhere, Tz::UTC);
            let rules = |all: Vec<PlanFinding>| all.into_iter().map(|it| it.rule).collect::<Vec<_>>();
            (rules(judged.broken), rules(judged.warnings))
        };
        assert_eq!(judge(&[ahead(1, 9), ahead(2, 10)], &[]), (vec![], vec!["if_needed".to_owned()]));
        assert_eq!(judge(&[ahead(1, 8)], &[]).0, ["person_away"]);
        assert_eq!(judge(&[ahead(1, 10)], &[ahead(3, 10)]).0, ["person_twice"]);
        assert_eq!(judge(&[ahead(1, 10)], &[ahead(3, 11)]).0, Vec::<String>::new());
    }
}
