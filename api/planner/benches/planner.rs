//! The sizes of the specification: `cargo bench -p gestfg-planner`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gestfg_planner::allocation::solve::Numbered;
use gestfg_planner::allocation::{self, Instance as Wishes, Method};
use gestfg_planner::control::Control;
use gestfg_planner::generate::{Call, Defences, Hours, Round, call, fixed_panels, free_panels, round};
use gestfg_planner::id::{DayId, PersonId};
use gestfg_planner::timetable::Instance;
use gestfg_planner::{committees, timetable};
use std::hint::black_box;
use std::time::Duration;

const HOURS: Hours = Hours { free: 0.5, inertia: 0.8, if_needed: 0.1 };

fn size(
    defences: usize,
    rooms: usize,
    days: usize,
    slots: usize,
    people: usize,
    duration: usize,
) -> Defences {
    Defences { defences, rooms, days, slots, people, duration }
}

/// The most that can be placed with its proof; improving afterwards takes whatever time it is given.
fn most(c: &mut Criterion) {
    let without = |instance: Instance| Instance { objectives: Vec::new(), ..instance };
    let cases = [
        ("66 x 5 x 24", without(fixed_panels(1, &size(66, 5, 3, 8, 40, 1), 3, HOURS))),
        ("24 x 3 x 40", without(fixed_panels(1, &size(24, 3, 5, 8, 12, 1), 3, HOURS))),
        ("149 x 10 x 40", without(fixed_panels(1, &size(149, 10, 5, 8, 60, 1), 3, HOURS))),
        (
            "40 free x 3 x 240",
            without(free_panels(1, &size(40, 3, 15, 16, 50, 2), Hours { free: 0.1, ..HOURS })),
        ),
    ];
    let mut group = c.benchmark_group("proven most");
    group.sample_size(10);
    for (name, instance) in cases {
        group.bench_function(name, |b| {
            b.iter(|| {
                timetable::solve::solve(black_box(&instance), &Control::new(1, Duration::from_secs(5)))
            });
        });
    }
    group.finish();
}

fn checker(c: &mut Criterion) {
    let instance = fixed_panels(1, &size(150, 10, 5, 10, 100, 1), 3, Hours { free: 0.9, ..HOURS });
    let solution = timetable::solve::solve(&instance, &Control::new(1, Duration::from_millis(200)));
    let placements = solution.map(|s| s.placements).unwrap_or_default();
    c.bench_function("check 150 defences", |b| {
        b.iter(|| timetable::check(black_box(&instance), black_box(&placements)));
    });
}

fn forming(c: &mut Criterion) {
    let mut group = c.benchmark_group("committees");
    group.sample_size(10);
    for (name, projects, professors, seconds) in
        [("21", 21, 23, 5), ("200", 200, 300, 5), ("2000", 2_000, 2_600, 60)]
    {
        let instance = call(1, &Call { projects, professors, ..Call::default() });
        group.bench_function(name, |b| {
            b.iter(|| {
                committees::solve::solve(black_box(&instance), &Control::new(1, Duration::from_secs(seconds)))
            });
        });
    }
    group.finish();
}

/// Who attends most falls ill on their busiest day; objectives and reasons included.
fn repairing(c: &mut Criterion) {
    let cases = [
        ("66 x 5 x 24", fixed_panels(1, &size(66, 5, 3, 8, 40, 1), 3, HOURS)),
        ("149 x 10 x 40", fixed_panels(1, &size(149, 10, 5, 8, 60, 1), 3, HOURS)),
        ("40 free x 3 x 240", free_panels(1, &size(40, 3, 15, 16, 50, 2), Hours { free: 0.1, ..HOURS })),
    ];
    let mut group = c.benchmark_group("one absence repaired");
    group.sample_size(10);
    for (name, mut instance) in cases {
        let solution = timetable::solve::solve(&instance, &Control::new(1, Duration::from_secs(5)));
        instance.present = solution.map(|found| found.placements).unwrap_or_default();
        let visits = |person: &PersonId, day: &DayId| {
            let defences = instance.defences.iter().filter(|defence| {
                instance.present.iter().any(|placed| {
                    placed.defence == defence.id
                        && placed.day == *day
                        && (placed.panel.contains(person) || defence.people.contains(person))
                })
            });
            defences.count()
        };
        let all = instance.people.iter().flat_map(|p| instance.days.iter().map(move |day| (p, day)));
        let Some((ill, day)) = all.max_by_key(|(person, day)| visits(&person.id, &day.id)) else { continue };
        let (ill, away, slots) = (ill.id.clone(), day.id.clone(), day.slots);
        for person in instance.people.iter_mut().filter(|person| person.id == ill) {
            let answers = person.availability.get_or_insert_default();
            answers.days.insert(away.clone(), "n".repeat(slots));
        }
        group.bench_function(name, |b| {
            b.iter(|| {
                timetable::solve::solve(black_box(&instance), &Control::new(1, Duration::from_secs(2)))
            });
        });
    }
    group.finish();
}

/// 10,000 students of 10 wishes, 3,000 projects, 800 tutors: places and limits just enough for all.
fn faculty(method: Method, applicants: usize) -> Wishes {
    let shape = Round {
        applicants,
        projects: applicants * 3 / 10,
        tutors: applicants * 8 / 100,
        wishes: 10,
        places: 1.0,
        limits: Some(1.05),
        ..Round::default()
    };
    Wishes { method, ..round(1, &shape) }
}

/// The pairs alone, names read and written included; and the whole answer with measures and reasons.
fn allocating(c: &mut Criterion) {
    let control = || Control::new(1, Duration::from_secs(600));
    let mut group = c.benchmark_group("allocation 10000 x 10");
    group.sample_size(10);
    for method in Method::all() {
        let instance = faculty(method, 10_000);
        group.bench_function(format!("{method:?}"), |b| {
            b.iter(|| allocation::solve::allocate(black_box(&instance), &control()));
        });
    }
    let instance = faculty(Method::StableStudentOptimal, 10_000);
    group.bench_function("StableStudentOptimal with answers", |b| {
        b.iter(|| allocation::solve::solve(black_box(&instance), &control()));
    });
    group.finish();
    let mut group = c.benchmark_group("allocation growth");
    group.sample_size(10);
    for applicants in [1_000, 3_000, 10_000, 30_000, 100_000] {
        group.throughput(Throughput::Elements(10 * applicants as u64));
        for method in
            [Method::StableStudentOptimal, Method::StableLecturerOptimal, Method::SerialDictatorship]
        {
            let instance = faculty(method, applicants);
            group.bench_function(BenchmarkId::new(format!("{method:?}"), 10 * applicants), |b| {
                b.iter(|| allocation::solve::allocate(black_box(&instance), &control()));
            });
        }
        // What of it is reading: the text, then the names; what is left is deciding.
        let instance = faculty(Method::StableStudentOptimal, applicants);
        let wishes = 10 * applicants;
        if let Ok(text) = serde_json::to_string(&instance) {
            group.bench_function(BenchmarkId::new("text read", wishes), |b| {
                b.iter(|| serde_json::from_str::<Wishes>(black_box(&text)));
            });
        }
        group.bench_function(BenchmarkId::new("names looked up", wishes), |b| {
            b.iter(|| Numbered::new(black_box(&instance)));
        });
        let numbered = Numbered::new(&instance);
        group.bench_function(BenchmarkId::new("decided, names known", wishes), |b| {
            b.iter(|| black_box(&numbered).allocate(&control()));
        });
    }
    group.finish();
}

criterion_group!(benches, most, checker, forming, repairing, allocating);
criterion_main!(benches);
