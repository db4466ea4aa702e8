//! How marks become a final mark.
//!
//! The mark by a criterion has one decimal. Everything made of it is an exact
//! fraction until the final mark, which is rounded once: to one decimal, halves
//! up (7.25 is 7.3, 4.94… is 4.9). What is shown on the way is cut to three
//! decimals for the eye and is never computed with.

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use gestfg_types::errors::FieldCode;
use gestfg_types::grading::{Agreement, Band, DayKind, GradingRules, HonoursRule};
use gestfg_types::ids::DefenceId;
use gestfg_types::mark::Mark;
use gestfg_types::rubrics::Criterion;
use std::cmp::Ordering;

use crate::domain::dates::moment;
use crate::domain::text::FieldErrors;

/// An exact mark: a fraction of tenths, in its lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    numerator: i64,
    denominator: i64,
}

const fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Exact {
    const fn new(numerator: i64, denominator: i64) -> Self {
        let common = gcd(numerator, denominator);
        if common == 0 {
            return Self { numerator: 0, denominator: 1 };
        }
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    fn plus(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self::new(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
    }

    const fn times(self, numerator: i64, denominator: i64) -> Self {
        Self::new(self.numerator * numerator, self.denominator * denominator)
    }

    /// To one decimal, halves up.
    #[must_use]
    pub fn rounded(self) -> Mark {
        let tenths = (2 * self.numerator + self.denominator) / (2 * self.denominator);
        i16::try_from(tenths).ok().and_then(Mark::of_tenths).unwrap_or(Mark::HIGHEST)
    }

    /// To three decimals, halves up, to be read.
    #[must_use]
    pub fn to_three_decimals(self) -> String {
        let thousandths = (200 * self.numerator + self.denominator) / (2 * self.denominator);
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

impl From<Mark> for Exact {
    fn from(mark: Mark) -> Self {
        Self::new(i64::from(mark.tenths()), 1)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a sheet comes to, given mark and weight of each criterion; none while
/// one has no mark.
#[must_use]
pub fn sheet_mark(criteria: impl IntoIterator<Item = (Option<Mark>, i16)>) -> Option<Exact> {
    let (mut sum, mut weights) = (0, 0);
    for (mark, weight) in criteria {
        sum += i64::from(mark?.tenths()) * i64::from(weight);
        weights += i64::from(weight);
    }
    (weights > 0).then(|| Exact::new(sum, weights))
}

/// The mark of a committee, given those of its members and the president's
/// word; none while what the rule needs is missing.
#[must_use]
pub fn committee_mark(rule: Agreement, members: &[Exact], agreed: Option<Mark>) -> Option<Exact> {
    let count = members.len();
    match rule {
        Agreement::President => agreed.map(Exact::from),
        _ if count == 0 => None,
        Agreement::Mean => {
            let sum = members.iter().fold(Exact::new(0, 1), |sum, mark| sum.plus(*mark));
            Some(sum.times(1, i64::try_from(count).unwrap_or(1)))
        }
        Agreement::Median => {
            let mut sorted = members.to_vec();
            sorted.sort_unstable();
            let (low, high) = (sorted[(count - 1) / 2], sorted[count / 2]);
            Some(low.plus(high).times(1, 2))
        }
    }
}

/// The final mark, given the tutor's share in per cent. A part without weight
/// may be missing.
#[must_use]
pub fn final_mark(tutor_weight: i16, tutor: Option<Exact>, committee: Option<Exact>) -> Option<Mark> {
    let part = |mark: Option<Exact>, weight: i16| match weight {
        0 => Some(Exact::new(0, 1)),
        weight => mark.map(|mark| mark.times(i64::from(weight), 100)),
    };
    let tutor = part(tutor, tutor_weight)?;
    let committee = part(committee, 100 - tutor_weight)?;
    Some(tutor.plus(committee).rounded())
}

/// What a mark is called.
#[must_use]
pub fn band(mark: Mark, pass_mark: Mark) -> Band {
    match mark.tenths() {
        _ if mark < pass_mark => Band::Fail,
        90.. => Band::Excellent,
        70.. => Band::Good,
        _ => Band::Pass,
    }
}

/// How many honours a year has; none: no limit.
#[must_use]
pub fn honours_quota(rules: &GradingRules, enrolled: i64) -> Option<i64> {
    match rules.honours {
        HonoursRule::Unlimited => None,
        HonoursRule::None => Some(0),
        HonoursRule::Share if enrolled < i64::from(rules.honours_small_group) => {
            Some(i64::from(enrolled > 0))
        }
        HonoursRule::Share => Some((enrolled * i64::from(rules.honours_percent) + 99) / 100),
    }
}

/// Who gets honours beyond doubt, and who share a mark where the places end.
#[must_use]
pub fn honours(
    rules: &GradingRules,
    marks: &[(DefenceId, Mark)],
    places: Option<i64>,
) -> (Vec<DefenceId>, Vec<DefenceId>) {
    let mut deserving: Vec<_> = marks.iter().filter(|(_, mark)| *mark >= rules.honours_mark).collect();
    deserving.sort_by_key(|(id, mark)| (std::cmp::Reverse(*mark), *id));
    let ids = |of: &[&(DefenceId, Mark)]| of.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let places = places.map_or(deserving.len(), |places| usize::try_from(places).unwrap_or_default());
    if deserving.len() <= places {
        return (ids(&deserving), Vec::new());
    }
    if places == 0 {
        return (Vec::new(), Vec::new());
    }
    let last = deserving[places - 1].1;
    if deserving[places].1 < last {
        return (ids(&deserving[..places]), Vec::new());
    }
    let above: Vec<_> = deserving.iter().copied().filter(|(_, mark)| *mark > last).collect();
    let tied: Vec<_> = deserving.iter().copied().filter(|(_, mark)| *mark == last).collect();
    (ids(&above), ids(&tied))
}

/// When a claim window that opens now ends: at the midnight after its last day.
#[must_use]
pub fn claims_until(rules: &GradingRules, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    if rules.claim_days <= 0 {
        return now;
    }
    let mut day = now.with_timezone(&zone).date_naive();
    let mut left = rules.claim_days;
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return now };
        day = next;
        let counts = match rules.claim_day_kind {
            DayKind::Natural => true,
            DayKind::Working => {
                !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !rules.holidays.contains(&day)
            }
        };
        left -= i16::from(counts);
    }
    day.checked_add_days(Days::new(1)).map_or(now, |after| moment(zone, after.and_time(NaiveTime::MIN)))
}

/// Note what is wrong with grading rules.
pub fn check_rules(errors: &mut FieldErrors, rules: &GradingRules) {
    let numbers = [
        ("/tutor_weight", i32::from(rules.tutor_weight), 0, 100),
        ("/claim_days", i32::from(rules.claim_days), 0, 60),
        ("/honours_percent", i32::from(rules.honours_percent), 1, 100),
        ("/honours_small_group", i32::from(rules.honours_small_group), 0, 1000),
        ("/enrolled", rules.enrolled.unwrap_or_default(), 0, 100_000),
    ];
    for (pointer, number, low, high) in numbers {
        if !(low..=high).contains(&number) {
            errors.push(pointer, FieldCode::OutOfRange, format!("It goes from {low} to {high}."));
        }
    }
    if rules.holidays.len() > 100 {
        errors.push("/holidays", FieldCode::TooLong, "At most 100 holidays fit.");
    }
}

/// Criteria cleaned, with what is wrong with them noted: weights that do not
/// add to 100, levels that do not ascend.
pub fn check_criteria(errors: &mut FieldErrors, criteria: &[Criterion]) -> Vec<Criterion> {
    if criteria.is_empty() || criteria.len() > 50 {
        errors.push("/criteria", FieldCode::OutOfRange, "A rubric has 1 to 50 criteria.");
    }
    let clean = criteria.iter().enumerate().map(|(n, criterion)| {
        let at = |field: &str| format!("/criteria/{n}/{field}");
        if !(1..=100).contains(&criterion.weight) {
            errors.push(at("weight"), FieldCode::OutOfRange, "A weight goes from 1 to 100.");
        }
        if criterion.levels.len() > 10 {
            errors.push(at("levels"), FieldCode::TooLong, "A criterion has 10 levels at most.");
        }
        let levels = criterion.levels.iter().enumerate().map(|(m, level)| {
            let mut level = level.clone();
            let pointer = at(&format!("levels/{m}/description"));
            level.description = errors.line(&pointer, &level.description, 1, 1000);
            level
        });
        let levels: Vec<_> = levels.collect();
        if !levels.is_sorted_by(|one, next| one.from < next.from) {
            errors.push(at("levels"), FieldCode::OutOfRange, "Levels go up, mark by mark.");
        }
        Criterion {
            name: errors.line(&at("name"), &criterion.name, 1, 200),
            description: errors.paragraphs(&at("description"), &criterion.description, 2000),
            weight: criterion.weight,
            levels,
        }
    });
    let clean: Vec<_> = clean.collect();
    let sum: i32 = clean.iter().map(|criterion| i32::from(criterion.weight)).sum();
    if sum != 100 {
        errors.push(
            "/criteria",
            FieldCode::OutOfRange,
            format!("The weights add to 100; these add to {sum}."),
        );
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(text: &str) -> Mark {
        text.parse().unwrap()
    }

    fn exact(text: &str) -> Exact {
        mark(text).into()
    }

    #[test]
    fn a_sheet_is_its_criteria_by_weight() {
        for (criteria, shown, rounded) in [
            (vec![("7.5", 100)], "7.500", "7.5"),
            (vec![("7.0", 50), ("8.0", 50)], "7.500", "7.5"),
            (vec![("9.9", 33), ("5.0", 67)], "6.617", "6.6"),
            (vec![("7.0", 75), ("8.0", 25)], "7.250", "7.3"),
            (vec![("0.0", 99), ("10.0", 1)], "0.100", "0.1"),
            (vec![("10", 40), ("10", 60)], "10.000", "10.0"),
        ] {
            let given = criteria.iter().map(|(text, weight)| (Some(mark(text)), *weight));
            let got = sheet_mark(given).unwrap();
            assert_eq!(
                (got.to_three_decimals().as_str(), got.rounded()),
                (shown, mark(rounded)),
                "{criteria:?}"
            );
        }
        assert_eq!(sheet_mark([(Some(mark("5")), 50), (None, 50)]), None);
        assert_eq!(sheet_mark([]), None);
    }

    #[test]
    fn a_committee_agrees_as_its_degree_says() {
        use Agreement::{Mean, Median, President};
        for (rule, members, agreed, shown) in [
            (Mean, vec!["7.0", "8.0", "8.0"], None, Some("7.667")),
            (Mean, vec!["6.0"], Some("9.0"), Some("6.000")),
            (Mean, vec![], None, None),
            (Median, vec!["9.0", "5.0", "8.0"], None, Some("8.000")),
            (Median, vec!["9.0", "5.0", "8.0", "7.5"], None, Some("7.750")),
            (President, vec!["9.0"], None, None),
            (President, vec!["9.0"], Some("8.5"), Some("8.500")),
        ] {
            let members: Vec<_> = members.into_iter().map(exact).collect();
            let got = committee_mark(rule, &members, agreed.map(mark));
            assert_eq!(got.map(Exact::to_three_decimals).as_deref(), shown, "{rule:?} {members:?}");
        }
    }

    #[test]
    fn a_final_mark_is_rounded_once_and_halves_go_up() {
        let thirds = committee_mark(Agreement::Mean, &[exact("5.0"), exact("4.8"), exact("4.8")], None);
        for (weight, tutor, committee, expected) in [
            (30, Some(exact("8.0")), Some(exact("7.0")), Some("7.3")),
            (50, Some(exact("5.0")), Some(exact("4.9")), Some("5.0")), // 4.95
            (25, Some(exact("5.0")), Some(exact("4.9")), Some("4.9")), // 4.925
            // 4.8666… stays exact until here; rounded before, 4.9, it would have come to 5.0.
            (50, Some(exact("5.0")), thirds, Some("4.9")),
            (0, None, Some(exact("6.5")), Some("6.5")),
            (100, Some(exact("9.1")), None, Some("9.1")),
            (30, None, Some(exact("6.5")), None),
            (30, Some(exact("6.5")), None, None),
        ] {
            assert_eq!(
                final_mark(weight, tutor, committee),
                expected.map(mark),
                "{weight} {tutor:?} {committee:?}"
            );
        }
    }

    #[test]
    fn bands_begin_at_their_marks() {
        let five = mark("5.0");
        for (text, expected) in [
            ("0.0", Band::Fail),
            ("4.9", Band::Fail),
            ("5.0", Band::Pass),
            ("6.9", Band::Pass),
            ("7.0", Band::Good),
            ("8.9", Band::Good),
            ("9.0", Band::Excellent),
            ("10.0", Band::Excellent),
        ] {
            assert_eq!(band(mark(text), five), expected, "{text}");
        }
        assert_eq!(band(mark("5.9"), mark("6.0")), Band::Fail);
    }

    #[test]
    fn honours_are_a_share_of_the_enrolled_rounded_up() {
        let rules = GradingRules::default();
        for (enrolled, quota) in [(0, 0), (1, 1), (19, 1), (20, 1), (21, 2), (40, 2), (41, 3), (100, 5)] {
            assert_eq!(honours_quota(&rules, enrolled), Some(quota), "{enrolled}");
        }
        let none = GradingRules { honours: HonoursRule::None, ..rules.clone() };
        let unlimited = GradingRules { honours: HonoursRule::Unlimited, ..rules };
        assert_eq!((honours_quota(&none, 100), honours_quota(&unlimited, 100)), (Some(0), None));
    }

    #[test]
    fn a_tie_where_the_places_end_is_left_to_people() {
        let rules = GradingRules::default();
        let marks = [(1, "9.5"), (2, "9.8"), (3, "9.5"), (4, "8.9"), (5, "9.0")];
        let marks = marks.map(|(id, text)| (DefenceId(id), mark(text)));
        for (places, proposed, tied) in [
            (Some(0), vec![], vec![]),
            (Some(1), vec![2], vec![]),
            (Some(2), vec![2], vec![1, 3]),
            (Some(3), vec![2, 1, 3], vec![]),
            (Some(9), vec![2, 1, 3, 5], vec![]),
            (None, vec![2, 1, 3, 5], vec![]),
        ] {
            let (got, ties) = honours(&rules, &marks, places);
            let ids = |ids: Vec<i64>| ids.into_iter().map(DefenceId).collect::<Vec<_>>();
            assert_eq!((got, ties), (ids(proposed), ids(tied)), "{places:?}");
        }
    }

    #[test]
    fn a_window_ends_at_midnight_after_its_last_day() {
        let zone = chrono_tz::Europe::Madrid;
        // A Thursday.
        let now = "2027-06-24T10:00:00Z".parse().unwrap();
        let natural = GradingRules { claim_days: 3, ..GradingRules::default() };
        let working = GradingRules { claim_day_kind: DayKind::Working, ..natural.clone() };
        let holidays = vec!["2027-06-28".parse().unwrap()];
        let holiday = GradingRules { holidays, ..working.clone() };
        let none = GradingRules { claim_days: 0, ..natural.clone() };
        for (rules, until) in [
            (natural, "2027-06-27T22:00:00Z"),
            (working, "2027-06-29T22:00:00Z"),
            (holiday, "2027-06-30T22:00:00Z"),
            (none, "2027-06-24T10:00:00Z"),
        ] {
            assert_eq!(claims_until(&rules, now, zone), until.parse::<DateTime<Utc>>().unwrap(), "{rules:?}");
        }
    }

    proptest! {
        #[test]
        fn a_mark_lies_between_its_parts(
            tutor in 0i16..=100, members in prop::collection::vec(0i16..=100, 1..6), weight in 0i16..=100, median in any::<bool>(),
        ) {
            let exact = |tenths: i16| Exact::from(Mark::of_tenths(tenths).unwrap());
            let rule = if median { Agreement::Median } else { Agreement::Mean };
            let marks: Vec<_> = members.iter().map(|tenths| exact(*tenths)).collect();
            let committee = committee_mark(rule, &marks, None);
            let got = final_mark(weight, Some(exact(tutor)), committee).unwrap().tenths();
            let all = members.iter().copied().chain([tutor]);
            prop_assert!(all.clone().min().unwrap() <= got && got <= all.max().unwrap());
            // The order in which people mark does not matter.
            let backwards: Vec<_> = marks.into_iter().rev().collect();
            prop_assert_eq!(committee, committee_mark(rule, &backwards, None));
        }

        #[test]
        fn rounding_is_within_half_a_tenth(criteria in prop::collection::vec((0i16..=100, 1i16..=100), 1..8)) {
            let given = criteria.iter().map(|(tenths, weight)| (Mark::of_tenths(*tenths), *weight));
            let exact = sheet_mark(given).unwrap();
            let rounded = i64::from(exact.rounded().tenths());
            let (n, d) = (exact.numerator, exact.denominator);
            prop_assert!(2 * (rounded * d - n) <= d && 2 * (n - rounded * d) < d);
        }

        #[test]
        fn honours_never_exceed_their_places(tenths in prop::collection::vec(85i16..=100, 0..30), places in 0i64..10) {
            let marks: Vec<_> = tenths.iter().zip(1i64..).map(|(t, id)| (DefenceId(id), Mark::of_tenths(*t).unwrap())).collect();
            let (proposed, tied) = honours(&GradingRules::default(), &marks, Some(places));
            prop_assert!(i64::try_from(proposed.len()).unwrap() <= places);
            prop_assert!(tied.is_empty() || i64::try_from(proposed.len() + tied.len()).unwrap() > places);
        }
    }
}
