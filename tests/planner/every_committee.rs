//! Small calls, every seating and every assignment tried.

use crate::worlds::{call, committees, professor, project};
use gestfg_planner::committees::{Committee, Instance, NoteKind, ProjectPin, SeatPin, Settings, check};
use gestfg_planner::id::PersonId;
use gestfg_planner::random::Random;
use gestfg_planner::status::Status;

/// Whether any `count` committees keep every rule of `instance`, by the judge alone.
fn can_be(instance: &Instance, count: usize) -> bool {
    let (seats, projects) = (instance.settings.seats(), instance.projects.len());
    let mut board = vec![Committee::default(); count];
    (0..count.pow(projects as u32)).any(|mut code| {
        for committee in &mut board {
            committee.projects.clear();
        }
        for project in &instance.projects {
            board[code % count].projects.push(project.id.clone());
            code /= count;
        }
        seat(instance, seats, 0, &mut board)
    })
}

fn seat(instance: &Instance, seats: usize, at: usize, board: &mut [Committee]) -> bool {
    if at == seats * board.len() {
        return check(instance, board).valid;
    }
    instance.professors.iter().any(|person| {
        let sits = board.iter().any(|c| c.seats.contains(&person.id));
        if sits && instance.settings.one_seat {
            return false;
        }
        board[at / seats].seats.push(person.id.clone());
        let found = seat(instance, seats, at + 1, board);
        board[at / seats].seats.pop();
        found
    })
}

/// Five or six professors of two or three areas, committees of two or three, two or three projects: teams,
/// interests, pairs apart and pins, so that about half have no answer.
fn small(seed: u64) -> Instance {
    let mut random = Random::seeded(seed);
    let people = 4 + random.below(3);
    let areas = 2 + random.below(2);
    let mut instance = call(&[], &[]);
    let name = |p: usize| format!("p{p}");
    for p in 0..people {
        let mut one = professor(&name(p), ["A", "B", "C"][p % areas]);
        one.may_preside = random.chance(0.7);
        one.exempt = random.chance(0.1);
        instance.professors.push(one);
    }
    for j in 0..2 + random.below(2) {
        let tutors: Vec<String> = (0..1 + random.below(3)).map(|_| name(random.below(people + 1))).collect();
        let tutors: Vec<&str> = tutors.iter().map(String::as_str).collect();
        let mut one = project(&format!("t{j}"), &tutors);
        one.students = 1 + random.below(2) * random.below(3);
        instance.projects.push(one);
    }
    if random.chance(0.4) {
        let (a, b) = (random.below(people), random.below(people));
        if a != b {
            instance.apart.push((name(a).into(), name(b).into()));
        }
    }
    instance.settings = Settings {
        full_seats: 2,
        substitutes: random.below(2),
        target: 2 + random.below(3),
        spread_areas: random.chance(0.7),
        ..Settings::default()
    };
    if random.chance(0.3) {
        let seat = random.below(instance.settings.seats());
        let professor = PersonId::from(name(random.below(people)));
        instance.seat_pins.push(SeatPin { committee: random.below(2), seat, professor });
    }
    if random.chance(0.3) {
        instance.project_pins.push(ProjectPin { project: "t0".into(), committee: random.below(2) });
    }
    instance
}

#[test]
fn what_is_called_impossible_is_impossible_with_any_number_of_committees() {
    let (mut formed, mut refused) = (0, 0);
    for seed in 0..100 {
        let instance = small(seed);
        let solution = committees(&instance);
        match solution.status {
            Status::Optimal | Status::Feasible => formed += 1,
            Status::Infeasible => {
                refused += 1;
                let any = (1..=instance.projects.len()).find(|&count| can_be(&instance, count));
                assert_eq!(any, None, "seed {seed}: {:?}", solution.notes);
            }
            // Small as they are, all of them are settled.
            Status::Unknown => panic!("seed {seed}: {:?}", solution.notes),
        }
    }
    assert!(formed > 20 && refused > 20, "{formed} {refused}");
}

/// The facts of a note, and nothing else of their kind, leave no way; where interests in one project are the
/// whole reason, without any one of them there is a way.
#[test]
fn reasons_are_true_and_no_interest_in_them_can_be_left_out() {
    let mut thinned = 0;
    for seed in 0..100 {
        let instance = small(seed);
        for note in committees(&instance).notes {
            let mut only = instance.clone();
            if note.kind == NoteKind::Interests {
                (only.seat_pins, only.project_pins) = (Vec::new(), Vec::new());
                for project in &mut only.projects {
                    let named = note.projects.contains(&project.id);
                    project.tutors.retain(|p| named && note.professors.contains(p));
                    project.tutors.sort();
                    project.tutors.dedup();
                }
                only.apart.retain(|(a, b)| note.professors.contains(a) && note.professors.contains(b));
            } else if note.kind == NoteKind::Pins {
                only.seat_pins.retain(|pin| note.professors.contains(&pin.professor));
                only.project_pins.retain(|pin| note.projects.contains(&pin.project));
            }
            assert!(!can_be(&only, note.committees), "seed {seed}: {note:?}");
            let [project] = &note.projects[..] else { continue };
            if note.kind != NoteKind::Interests || !only.apart.is_empty() {
                continue;
            }
            let at = only.projects.iter().position(|p| p.id == *project).unwrap();
            for which in 0..only.projects[at].tutors.len() {
                let mut fewer = only.clone();
                fewer.projects[at].tutors.remove(which);
                assert!(can_be(&fewer, note.committees), "seed {seed}: {note:?}");
                thinned += 1;
            }
        }
    }
    assert!(thinned > 10, "{thinned}");
}
