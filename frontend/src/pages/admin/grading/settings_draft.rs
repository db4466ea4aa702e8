//! The rules of final marks as they are typed.

use crate::hooks::FieldProblem;
use crate::validation::Check;
use chrono::NaiveDate;
use gestfg_types::errors::FieldCode;
use gestfg_types::grading::{Agreement, DayKind, GradingRules, HonoursRule};
use gestfg_types::mark::Mark;

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) tutor_weight: String,
    pub(super) agreement: String,
    pub(super) pass_mark: String,
    pub(super) claim_days: String,
    pub(super) claim_day_kind: String,
    pub(super) holidays: String,
    pub(super) honours: String,
    pub(super) honours_percent: String,
    pub(super) honours_small_group: String,
    pub(super) honours_mark: String,
    pub(super) enrolled: String,
}

fn number<N: std::str::FromStr>(typed: &str) -> Option<N> {
    typed.trim().parse().ok()
}

fn mark(typed: &str) -> Option<Mark> {
    typed.trim().replace(',', ".").parse().ok()
}

fn holidays(typed: &str) -> Option<Vec<NaiveDate>> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| NaiveDate::parse_from_str(line, "%Y-%m-%d").ok()).collect()
}

impl Draft {
    /// As the rules stand, with decimals as `show` writes them.
    pub(super) fn of(rules: &GradingRules, show: impl Fn(&str) -> String) -> Self {
        Self {
            tutor_weight: rules.tutor_weight.to_string(),
            agreement: rules.agreement.as_str().to_owned(),
            pass_mark: show(&rules.pass_mark.to_string()),
            claim_days: rules.claim_days.to_string(),
            claim_day_kind: rules.claim_day_kind.as_str().to_owned(),
            holidays: rules.holidays.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join("\n"),
            honours: rules.honours.as_str().to_owned(),
            honours_percent: rules.honours_percent.to_string(),
            honours_small_group: rules.honours_small_group.to_string(),
            honours_mark: show(&rules.honours_mark.to_string()),
            enrolled: rules.enrolled.map(|enrolled| enrolled.to_string()).unwrap_or_default(),
        }
    }

    /// What to send; nothing while something is wrong.
    pub(super) fn rules(&self) -> Option<GradingRules> {
        Some(GradingRules {
            tutor_weight: number(&self.tutor_weight)?,
            agreement: Agreement::from_name(&self.agreement)?,
            pass_mark: mark(&self.pass_mark)?,
            claim_days: number(&self.claim_days)?,
            claim_day_kind: DayKind::from_name(&self.claim_day_kind)?,
            holidays: holidays(&self.holidays)?,
            honours: HonoursRule::from_name(&self.honours)?,
            honours_percent: number(&self.honours_percent)?,
            honours_small_group: number(&self.honours_small_group)?,
            honours_mark: mark(&self.honours_mark)?,
            enrolled: if self.enrolled.trim().is_empty() { None } else { Some(number(&self.enrolled)?) },
        })
    }
}

/// What is wrong, by the rules of the server.
pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let mut found = Check::new();
    let numbers: [(&str, &str, i32, i32); 4] = [
        ("/tutor_weight", &draft.tutor_weight, 0, 100),
        ("/claim_days", &draft.claim_days, 0, 60),
        ("/honours_percent", &draft.honours_percent, 1, 100),
        ("/honours_small_group", &draft.honours_small_group, 0, 1000),
    ];
    for (pointer, typed, least, most) in numbers {
        let read = number::<i32>(typed);
        found = found.when(read.is_none(), pointer, FieldCode::NotANumber).when(
            read.is_some_and(|value| !(least..=most).contains(&value)),
            pointer,
            FieldCode::OutOfRange,
        );
    }
    let enrolled = number::<i32>(&draft.enrolled);
    found
        .when(!draft.enrolled.trim().is_empty() && enrolled.is_none(), "/enrolled", FieldCode::NotANumber)
        .when(
            enrolled.is_some_and(|count| !(0..=100_000).contains(&count)),
            "/enrolled",
            FieldCode::OutOfRange,
        )
        .when(mark(&draft.pass_mark).is_none(), "/pass_mark", FieldCode::OutOfRange)
        .when(mark(&draft.honours_mark).is_none(), "/honours_mark", FieldCode::OutOfRange)
        .when(holidays(&draft.holidays).is_none(), "/holidays", FieldCode::OutOfRange)
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_typed_and_read_back() {
        let usual = GradingRules::default();
        let draft = Draft::of(&usual, |text| text.replace('.', ","));
        assert_eq!(draft.pass_mark, "5,0");
        assert_eq!((draft.rules(), check(&draft)), (Some(usual), Vec::new()));
        let wrong = Draft {
            tutor_weight: "101".into(),
            honours_mark: "11".into(),
            holidays: "1 de mayo".into(),
            ..draft
        };
        let pointers: Vec<_> = check(&wrong).into_iter().map(|found| found.pointer).collect();
        assert_eq!(pointers, ["/tutor_weight", "/honours_mark", "/holidays"]);
    }
}
