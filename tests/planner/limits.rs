//! A run ends when it is told to.

use crate::worlds::timetable_with;
use gestfg_planner::control::{Control, Progress};
use gestfg_planner::generate::{self, Defences, Hours};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

fn large() -> gestfg_planner::timetable::Instance {
    let size = Defences { defences: 300, rooms: 6, days: 8, slots: 10, people: 60, duration: 1 };
    generate::fixed_panels(2, &size, 3, Hours { free: 0.6, inertia: 0.8, if_needed: 0.1 })
}

#[test]
fn a_cancelled_run_answers_at_once_with_what_it_has() {
    let instance = large();
    let flag = AtomicBool::new(false);
    let cancelled = Mutex::new(None);
    let listener = |_: Progress| {
        // Somebody loses patience as soon as they hear of the run.
        if !flag.swap(true, Ordering::Relaxed) {
            *cancelled.lock().unwrap() = Some(Instant::now());
        }
    };
    let control = Control::new(1, Duration::from_secs(60)).cancelled_by(&flag).watched_by(&listener);
    let solution = timetable_with(&instance, &control);
    let waited = cancelled.lock().unwrap().unwrap().elapsed();
    assert!(solution.interrupted);
    // Generous for a busy machine; alone it is a few milliseconds.
    assert!(waited < Duration::from_millis(800), "{waited:?}");
}

/// A minute that passes as fast as it is looked at: every glance at the clock takes 50 of its milliseconds.
#[test]
fn a_limit_of_a_minute_is_kept() {
    let ticks = AtomicU64::new(0);
    let clock = || Duration::from_millis(50 * ticks.fetch_add(1, Ordering::Relaxed));
    let control = Control::new(1, Duration::from_secs(60)).timed_by(&clock);
    let solution = timetable_with(&large(), &control);
    let took = Duration::from_millis(50 * ticks.load(Ordering::Relaxed));
    assert!(solution.interrupted);
    // Answering takes some more glances, of no time.
    assert!(took < Duration::from_millis(64_000), "{took:?}");
}

#[test]
fn committees_stop_when_told() {
    let instance =
        generate::call(1, &generate::Call { projects: 2000, professors: 2600, ..Default::default() });
    let flag = AtomicBool::new(true);
    let control = Control::new(1, Duration::from_secs(60)).cancelled_by(&flag);
    let began = Instant::now();
    gestfg_planner::committees::solve::solve(&instance, &control).unwrap();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
