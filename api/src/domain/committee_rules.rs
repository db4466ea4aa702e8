//! Which settings of committees can be.

use crate::domain::text::FieldErrors;
use gestfg_types::committee_settings::CommitteeRules;
use gestfg_types::errors::FieldCode;
use std::ops::RangeInclusive;

/// Note what is wrong with them: a number out of its range, a day that ends
/// before it begins or holds no defence, a pause outside it, an objective twice.
pub fn check(errors: &mut FieldErrors, rules: &CommitteeRules) {
    let numbers: [(&str, i16, RangeInclusive<i16>); 6] = [
        ("/members", rules.members, 1..=2),
        ("/substitutes", rules.substitutes, 0..=2),
        ("/target_size", rules.target_size, 1..=100),
        ("/slot_minutes", rules.slot_minutes, 5..=240),
        ("/break_minutes", rules.break_minutes, 0..=120),
        ("/presider_min_seniority", rules.presider_min_seniority.unwrap_or_default(), 0..=60),
    ];
    for (pointer, number, range) in numbers {
        if !range.contains(&number) {
            let message = format!("It goes from {} to {}.", range.start(), range.end());
            errors.push(pointer, FieldCode::OutOfRange, message);
        }
    }
    if (rules.day_ends - rules.day_starts).num_minutes() < i64::from(rules.slot_minutes) {
        errors.push("/day_ends", FieldCode::OutOfRange, "A day holds one defence at least.");
    }
    match (rules.pause_starts, rules.pause_ends) {
        (None, None) => {}
        (Some(starts), Some(ends))
            if rules.day_starts <= starts && starts < ends && ends <= rules.day_ends => {}
        (Some(_), None) => errors.push("/pause_ends", FieldCode::Required, "A pause has an end."),
        (None, Some(_)) => errors.push("/pause_starts", FieldCode::Required, "A pause has a beginning."),
        _ => errors.push("/pause_ends", FieldCode::OutOfRange, "A pause lies within the day."),
    }
    for (n, objective) in rules.objectives.iter().enumerate() {
        if rules.objectives[..n].contains(objective) {
            errors.push(format!("/objectives/{n}"), FieldCode::Duplicate, "Each comes once.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;
    use gestfg_types::committee_settings::TimetableObjective;

    fn wrong(rules: &CommitteeRules) -> Vec<String> {
        let mut errors = FieldErrors::new();
        check(&mut errors, rules);
        let problem = errors.into_result().err().map(|error| error.problem());
        problem.map(|problem| problem.errors.into_iter().map(|e| e.pointer).collect()).unwrap_or_default()
    }

    #[test]
    fn the_usual_ones_can_be_and_each_mistake_is_named() {
        let usual = CommitteeRules::default;
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        assert_eq!(wrong(&usual()), Vec::<String>::new());
        assert_eq!(
            wrong(&CommitteeRules { pause_starts: at(14), pause_ends: at(16), ..usual() }),
            Vec::<String>::new()
        );
        assert_eq!(
            wrong(&CommitteeRules { members: 9, slot_minutes: 0, ..usual() }),
            ["/members", "/slot_minutes"]
        );
        assert_eq!(wrong(&CommitteeRules { day_ends: usual().day_starts, ..usual() }), ["/day_ends"]);
        assert_eq!(wrong(&CommitteeRules { pause_starts: at(14), ..usual() }), ["/pause_ends"]);
        assert_eq!(
            wrong(&CommitteeRules { pause_starts: at(8), pause_ends: at(10), ..usual() }),
            ["/pause_ends"]
        );
        let twice = vec![TimetableObjective::Days, TimetableObjective::Waiting, TimetableObjective::Days];
        assert_eq!(wrong(&CommitteeRules { objectives: twice, ..usual() }), ["/objectives/2"]);
    }
}
