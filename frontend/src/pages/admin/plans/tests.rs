//! The timetable and the committees as the screens work on them, without a screen.

use super::board::{Board, Change};
use super::committee::Piece;
use super::free_hours::{self, Away, Scope};
use super::grid::{Cell, Grid};
use super::hand::{change_of, onto, step};
use super::{names, repair, why};
use crate::format::Dates;
use crate::i18n::Texts;
use crate::zone::Zone;
use gestfg_planner::timetable::{Instance, Repair, Solution};
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::PlanningReason;
use gestfg_types::session::Language;
use serde_json::{Value, json};
use std::rc::Rc;

/// Two committees of three with two projects each; project 12 is of two students.
fn board() -> Rc<Board> {
    let professor = |id: usize| json!({"id": format!("person-{id}"), "area": format!("area-{}", id % 3 + 1)});
    let project = |id: usize, students: usize| json!({"id": format!("project-{id}"), "tutors": ["person-9"], "students": students});
    let committee = |seats: [usize; 3], projects: [usize; 2]| json!({"seats": seats.map(|id| format!("person-{id}")), "projects": projects.map(|id| format!("project-{id}"))});
    let question = json!({
        "settings": {"substitutes": 0},
        "professors": (1..=9).map(professor).collect::<Vec<_>>(),
        "projects": [project(11, 1), project(12, 2), project(13, 1), project(14, 1)],
    });
    let answer = json!({
        "status": "feasible",
        "committees": [committee([1, 2, 3], [11, 12]), committee([4, 5, 6], [13, 14])],
    });
    let person =
        |id: i64| json!({"id": id, "name": format!("Persona {id}"), "department": "LSI", "area_id": 1});
    let student = |id: i64, name: &str| json!({"id": id, "name": name});
    let named = |id: i64, students: Vec<Value>| {
        let tutors = json!([{"id": 9, "name": "Berta de la Cruz Ríos"}]);
        json!({"request_id": id, "title": format!("Proyecto {id}"), "tutors": tutors, "students": students})
    };
    let slots = |day: &str| ["07", "08", "09", "10"].map(|hour| format!("2027-06-{day}T{hour}:00:00Z"));
    let names = json!({
        "people": (1..=9).map(person).collect::<Vec<_>>(),
        "areas": [{"id": 1, "name": "LSI"}],
        "projects": [
            named(11, vec![student(21, "Ana Ruiz")]),
            named(12, vec![student(22, "Bea Sol"), student(23, "Carlos Mar")]),
            named(13, vec![student(24, "Diego Luz")]),
            named(14, vec![student(25, "Eva Paz")]),
        ],
        "rooms": [{"id": 1, "name": "Aula 1"}, {"id": 2, "name": "Aula 2"}],
        "days": [{"day": "2027-06-10", "slots": slots("10")}, {"day": "2027-06-11", "slots": slots("11")}],
        "slot_minutes": 60,
    });
    Rc::new(Board {
        question: serde_json::from_value(question).unwrap(),
        committees: serde_json::from_value::<gestfg_planner::committees::Solution>(answer)
            .unwrap()
            .committees,
        names: serde_json::from_value(names).unwrap(),
    })
}

const ANA: usize = 0;
const BEA: usize = 1;
const CARLOS: usize = 2;
const DIEGO: usize = 3;
const EVA: usize = 4;

/// Ana and the team in room 1 in the morning of the first day, Diego in room 2; Eva has no place.
fn grid() -> Grid {
    let defence = |name: &str, committee: usize, team: Option<&str>| {
        let mut made =
            json!({"id": format!("defence-{name}"), "committee": format!("committee-{committee}")});
        if let Some(team) = team {
            made["team"] = json!(team);
        }
        made
    };
    let person = |id: usize| match id {
        5 => {
            json!({"id": "person-5", "availability": {"days": {"2027-06-10": "ynnn", "2027-06-11": "nnn?"}}})
        }
        _ => json!({"id": format!("person-{id}")}),
    };
    let question: Instance = serde_json::from_value(json!({
        "days": [{"id": "2027-06-10", "slots": 4}, {"id": "2027-06-11", "slots": 4, "closed": [[1, 2]]}],
        "rooms": [{"id": "room-1"}, {"id": "room-2"}],
        "people": (1..=9).map(person).collect::<Vec<_>>(),
        "committees": [
            {"id": "committee-1", "seats": ["person-1", "person-2", "person-3"]},
            {"id": "committee-2", "seats": ["person-4", "person-5", "person-6"]},
        ],
        "defences": [
            defence("11-21", 1, None),
            defence("12-22", 1, Some("team-12")),
            defence("12-23", 1, Some("team-12")),
            defence("13-24", 2, None),
            defence("14-25", 2, None),
        ],
    }))
    .unwrap();
    let place = |name: &str, slot: usize, room: usize, first: usize| {
        let panel = [first, first + 1, first + 2].map(|id| format!("person-{id}"));
        json!({"defence": format!("defence-{name}"), "day": "2027-06-10", "slot": slot, "room": format!("room-{room}"), "panel": panel})
    };
    let answer: Solution = serde_json::from_value(json!({
        "status": "feasible", "scheduled": 4, "total": 5, "bound": 5,
        "placements": [place("11-21", 0, 1, 1), place("12-22", 1, 1, 1), place("12-23", 2, 1, 1), place("13-24", 0, 2, 4)],
    }))
    .unwrap();
    Grid::new(question, answer, &board())
}

fn cell(day: usize, slot: usize, room: usize) -> Cell {
    Cell { day, slot, room }
}

fn rules(found: &super::board::Verdict) -> Vec<&str> {
    found.broken.iter().map(|found| found.rule.as_str()).collect()
}

#[test]
fn a_team_goes_together_and_what_is_there_makes_way() {
    let grid = grid();
    // Carlos, the second of his team, to where Bea was: the team begins one slot earlier.
    let moves = grid.moves(CARLOS, Some(cell(0, 1, 0)), false);
    assert_eq!(
        moves,
        [(BEA, Some(cell(0, 0, 0))), (CARLOS, Some(cell(0, 1, 0))), (ANA, Some(cell(0, 2, 0)))]
    );
    assert_eq!(grid.judge(&moves).broken, []);
}

#[test]
fn a_session_goes_whole_and_skips_the_pauses() {
    let grid = grid();
    let moves = grid.moves(ANA, Some(cell(1, 0, 1)), true);
    assert_eq!(
        moves,
        [(ANA, Some(cell(1, 0, 1))), (BEA, Some(cell(1, 2, 1))), (CARLOS, Some(cell(1, 3, 1)))]
    );
    assert_eq!(grid.judge(&moves).broken, []);
    // One alone leaves its team where it is, on another day than the rest.
    let alone = grid.moves(ANA, Some(cell(1, 0, 1)), false);
    assert_eq!(alone, [(ANA, Some(cell(1, 0, 1)))]);
}

#[test]
fn what_breaks_a_rule_is_named() {
    let grid = grid();
    let taken = grid.judge(&grid.moves(EVA, Some(cell(0, 1, 1)), false));
    assert_eq!(rules(&taken), ["person_away"], "the fifth person said no");
    assert_eq!(taken.broken[0].people, [UserId(5)]);
    let apart = grid.judge(&grid.moves(ANA, Some(cell(0, 3, 1)), false));
    assert_eq!(rules(&apart), ["committee_block"]);
    let beyond = grid.judge(&grid.moves(BEA, Some(cell(0, 3, 0)), false));
    assert!(rules(&beyond).contains(&"outside_day"), "{beyond:?}");
    let pause = grid.judge(&grid.moves(DIEGO, Some(cell(1, 1, 0)), false));
    assert!(rules(&pause).contains(&"pause"), "{pause:?}");
}

#[test]
fn what_is_only_not_wished_is_a_warning() {
    let grid = grid();
    let needed = grid.judge(&grid.moves(EVA, Some(cell(1, 3, 1)), false));
    assert_eq!(needed.broken, []);
    assert_eq!(needed.warnings.iter().map(|found| found.rule.as_str()).collect::<Vec<_>>(), ["if_needed"]);
    let out = grid.judge(&grid.moves(BEA, None, false));
    assert_eq!(out.warnings.len(), 2, "both of the team are out");
}

#[test]
fn hours_count_who_is_free() {
    let grid = grid();
    assert_eq!(Scope::Unplaced.people(&grid), [UserId(4), UserId(5), UserId(6)]);
    let map = free_hours::hours(&grid, Scope::Unplaced);
    let first = map[0][0].as_ref().unwrap();
    assert_eq!((first.free, first.rooms), (0, 0), "all three judge Diego, and both rooms are taken");
    assert!(first.away.iter().all(|(_, why)| *why == Away::Judging));
    let second = map[0][1].as_ref().unwrap();
    assert_eq!(second.away, [(UserId(5), Away::SaidNo)]);
    assert_eq!(map[1][1], None, "a pause");
    assert_eq!(map[1][3].as_ref().unwrap().free, 3, "if needed is free");
    let people = free_hours::people(&grid);
    assert_eq!((people[0].of, people[0].open, people[0].wanted, people[0].spare()), (UserId(5), 2, 2, 0));
    assert_eq!(free_hours::rooms(&grid)[0].of, 0, "the first room has most of its hours in use");
    assert_eq!(free_hours::days(&grid).iter().map(|day| day.wanted).sum::<usize>(), 4);
}

fn dates(language: Language) -> Dates {
    Dates::new(Texts::of(language), Zone::default())
}

#[test]
fn reasons_are_sentences_in_both_languages() {
    let reason: PlanningReason = serde_json::from_value(json!({
        "kind": "no_common_hour", "text": "", "code": "no_common_hour",
        "params": {"people": ["Persona 4", "Persona 5"], "defences": ["Eva Paz"], "at": "2027-06-10T08:00:00Z", "ask": ["Persona 5"]},
        "areas": [], "people": [4, 5], "requests": [14],
    }))
    .unwrap();
    let spanish = why::reason(&dates(Language::Es), &reason);
    assert!(
        spanish.starts_with("No tienen ninguna hora libre en común: Persona 4 y Persona 5. La más cercana:"),
        "{spanish}"
    );
    assert!(spanish.ends_with("si puede Persona 5."), "{spanish}");
    let english = why::reason(&dates(Language::En), &reason);
    assert!(
        english.starts_with("They share no free hour: Persona 4 and Persona 5. The nearest:"),
        "{english}"
    );
    let older = PlanningReason { code: String::new(), ..reason };
    assert_eq!(why::reason(&dates(Language::En), &older), "Its people share no free hour.");
}

#[test]
fn areas_are_told_with_their_people() {
    let reason: PlanningReason = serde_json::from_value(json!({
        "kind": "areas_short", "text": "", "code": "areas_short",
        "params": {"committees": 4, "full_seats": 3, "areas": ["ATC", "LSI"], "free": [3, 2], "all_areas": 3},
        "areas": [1, 2], "people": [], "requests": [],
    }))
    .unwrap();
    let english = why::reason(&dates(Language::En), &reason);
    assert!(english.contains("ATC 3 and LSI 2 (of 3 areas)"), "{english}");
}

fn found() -> Repair {
    serde_json::from_value(json!({
        "text": "", "ask": ["person-5"], "cost": 1,
        "placement": {"defence": "defence-14-25", "day": "2027-06-10", "slot": 0, "room": "room-1", "panel": []},
        "moves": [{"defence": "defence-11-21", "day": "2027-06-10", "slot": 3, "room": "room-1", "panel": []}],
    }))
    .unwrap()
}

#[test]
fn a_repair_says_what_it_asks_for_and_moves_what_it_names() {
    let (grid, repair) = (grid(), found());
    let steps = why::steps(&dates(Language::Es), &grid, &repair);
    assert_eq!(steps.len(), 3, "{steps:?}");
    assert!(steps[1].contains("Persona 5"), "{steps:?}");
    assert!(steps[2].starts_with("Ana Ruiz pasa a:"), "{steps:?}");
    assert_eq!(repair::moves(&grid, EVA, &repair), [(EVA, Some(cell(0, 0, 0))), (ANA, Some(cell(0, 3, 0)))]);
}

#[test]
fn many_names_are_counted() {
    let names: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
    assert_eq!(why::list(Texts::of(Language::Es), &names), "1, 2, 3, 4, 5, 6, 7 y 5 más");
    assert_eq!(why::list(Texts::of(Language::En), &names[..2]), "1 and 2");
}

#[test]
fn initials_leave_the_small_words_out() {
    assert_eq!(names::initials("Berta de la Cruz Ríos"), "BCR");
    assert_eq!(grid().known[ANA].initials, "BCR");
}

const ONE: EvaluationRequestId = EvaluationRequestId(11);
const OTHER: EvaluationRequestId = EvaluationRequestId(13);

#[test]
fn projects_change_committees() {
    let board = board();
    let held = Piece::Project(ONE);
    assert_eq!(onto(&board, Some(held), Piece::Project(EvaluationRequestId(12))), Piece::Committee(0));
    let change = change_of(&board, held, Piece::Project(OTHER)).unwrap();
    assert_eq!(change, Change::Exchange(ONE, OTHER));
    assert_eq!(board.judge(change).broken, []);
    let (path, body) = change.request(&board, None);
    assert_eq!(path, "move-project");
    assert_eq!((&body["committee"], &body["in_exchange_for"]), (&json!(1), &json!(13)));
}

#[test]
fn arrows_choose_a_committee_and_then_its_projects() {
    let board = board();
    let held = Piece::Project(ONE);
    let next = step(&board, held, held, 1, 0).unwrap();
    assert_eq!(next, Piece::Committee(1));
    let down = step(&board, held, next, 0, 1).unwrap();
    assert_eq!(down, Piece::Project(OTHER));
    assert_eq!(step(&board, held, down, 1, 0), Some(Piece::Committee(0)));
    assert_eq!(step(&board, held, down, 0, -1), Some(Piece::Committee(1)));
}
