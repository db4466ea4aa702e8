//! A rubric as it is typed.

use crate::hooks::FieldProblem;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::rubrics::{Criterion, Rubric, RubricLevel, WriteRubric};

/// A criterion as it is typed: its levels are lines that begin with their mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) weight: String,
    pub(super) levels: String,
}

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
}

fn weight(typed: &str) -> Option<i16> {
    typed.trim().parse().ok()
}

/// "5 Sufficient": the mark, and what it means.
fn level(line: &str) -> Option<RubricLevel> {
    let (mark, words) = line.trim().split_once(char::is_whitespace)?;
    let from = mark.trim_end_matches(':').replace(',', ".").parse().ok()?;
    let description = words.trim().to_owned();
    (!description.is_empty()).then_some(RubricLevel { from, description })
}

/// The levels of a criterion; none when a line is no level or they do not ascend.
fn levels(typed: &str) -> Option<Vec<RubricLevel>> {
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    let found: Vec<_> = lines.map(level).collect::<Option<_>>()?;
    found.is_sorted_by(|one, next| one.from < next.from).then_some(found)
}

impl Draft {
    /// As the rubric stands, with decimals as `show` writes them.
    pub(super) fn of(rubric: &Rubric, show: impl Fn(&str) -> String) -> Self {
        let level = |level: &RubricLevel| {
            let mark = level.from.to_string();
            format!("{} {}", show(mark.trim_end_matches(".0")), level.description)
        };
        let line = |criterion: &Criterion| Line {
            name: criterion.name.clone(),
            description: criterion.description.clone(),
            weight: criterion.weight.to_string(),
            levels: criterion.levels.iter().map(level).collect::<Vec<_>>().join("\n"),
        };
        Self { name: rubric.name.clone(), lines: rubric.criteria.iter().map(line).collect() }
    }

    /// What to send; nothing while something is wrong.
    pub(super) fn rubric(&self) -> Option<WriteRubric> {
        let criterion = |line: &Line| {
            Some(Criterion {
                name: line.name.clone(),
                description: line.description.clone(),
                weight: weight(&line.weight)?,
                levels: levels(&line.levels)?,
            })
        };
        let criteria = self.lines.iter().map(criterion).collect::<Option<_>>()?;
        Some(WriteRubric { name: self.name.clone(), criteria })
    }

    /// What the weights add to.
    pub(super) fn sum(&self) -> i32 {
        self.lines.iter().filter_map(|line| weight(&line.weight)).map(i32::from).sum()
    }
}

/// What is wrong, by the rules of the server.
pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let mut found = Check::new().text("/name", &draft.name, 200);
    for (at, line) in draft.lines.iter().enumerate() {
        let place = |field: &str| format!("/criteria/{at}/{field}");
        let read = weight(&line.weight);
        found = found
            .text(&place("name"), &line.name, 200)
            .optional_text(&place("description"), &line.description, 2000)
            .when(read.is_none(), &place("weight"), FieldCode::NotANumber)
            .when(
                read.is_some_and(|read| !(1..=100).contains(&read)),
                &place("weight"),
                FieldCode::OutOfRange,
            )
            .when(levels(&line.levels).is_none(), &place("levels"), FieldCode::OutOfRange);
    }
    found.when(draft.sum() != 100, "/criteria", FieldCode::OutOfRange).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_lines_that_begin_with_their_mark() {
        let read = levels("0 Flojo\n\n5: Suficiente, con carencias\n7,5 Bien").unwrap_or_default();
        let said: Vec<_> = read.iter().map(|level| format!("{}|{}", level.from, level.description)).collect();
        assert_eq!(said, ["0.0|Flojo", "5.0|Suficiente, con carencias", "7.5|Bien"]);
        for wrong in ["Bien", "5", "11 Muy bien", "7 Bien\n5 Regular", "5 Así\n5 Asá"] {
            assert_eq!(levels(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn weights_add_to_a_hundred() {
        let line = |weight: &str| Line { name: "Memoria".into(), weight: weight.into(), ..Line::default() };
        let draft = |weights: [&str; 2]| Draft { name: "Rúbrica".into(), lines: weights.map(line).to_vec() };
        let wrong = |draft: &Draft| check(draft).into_iter().map(|found| found.pointer).collect::<Vec<_>>();
        assert!(wrong(&draft(["60", "40"])).is_empty());
        assert_eq!(wrong(&draft(["60", "50"])), ["/criteria"]);
        assert_eq!(wrong(&draft(["100", "x"])), ["/criteria/1/weight"]);
        assert_eq!(wrong(&draft(["100", "0"])), ["/criteria/1/weight"]);
    }
}
