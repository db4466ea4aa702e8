//! How a run is limited, watched and stopped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a run tells while it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is busy with.
    pub stage: Stage,
    /// Students placed so far.
    pub placed: usize,
    /// No answer can place more than this.
    pub bound: usize,
}

/// The parts of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Placing as many as possible.
    Placing,
    /// Proving that no more can be placed.
    Proving,
    /// Improving the order of objectives.
    Improving,
    /// Working out why the rest could not be placed.
    Explaining,
}

/// Everything a run obeys besides its instance.
pub struct Control<'a> {
    /// Where the pseudo-random choices start.
    pub seed: u64,
    /// When the run must have answered. The search itself is limited by `effort`, counted in
    /// steps, so that the clock only decides on a slow or busy machine.
    pub time_limit: Duration,
    /// How much to search: the work one core does in about this time. As the time limit, unless said.
    pub effort: Duration,
    /// Set by somebody else to stop the run; it answers with the best it has.
    pub cancel: Option<&'a AtomicBool>,
    /// Told now and then how far the run is.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
    started: Instant,
    clock: Option<&'a (dyn Fn() -> Duration + Sync)>,
}

impl<'a> Control<'a> {
    /// Starts the clock.
    pub fn new(seed: u64, time_limit: Duration) -> Self {
        Self {
            seed,
            time_limit,
            effort: time_limit,
            cancel: None,
            progress: None,
            started: Instant::now(),
            clock: None,
        }
    }

    /// The same, stopped as soon as `flag` is set.
    pub fn cancelled_by(mut self, flag: &'a AtomicBool) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// The same, telling `listener` how far it is.
    pub fn watched_by(mut self, listener: &'a (dyn Fn(Progress) + Sync)) -> Self {
        self.progress = Some(listener);
        self
    }

    /// The same with less to do than the limit would allow.
    pub fn with_effort(mut self, effort: Duration) -> Self {
        self.effort = effort;
        self
    }

    /// The same, with the time since the start told by `clock`.
    pub fn timed_by(mut self, clock: &'a (dyn Fn() -> Duration + Sync)) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.clock.map_or_else(|| self.started.elapsed(), |clock| clock())
    }

    /// Time until the limit.
    pub fn left(&self) -> Duration {
        self.time_limit.saturating_sub(self.elapsed())
    }

    /// Whether somebody asked for the run to end.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Whether to come back with what there is.
    pub fn must_stop(&self) -> bool {
        self.is_cancelled() || self.elapsed() >= self.time_limit
    }

    /// Whether the given share of the time is used up, or the run was cancelled.
    pub fn is_past(&self, share: f64) -> bool {
        self.is_cancelled() || self.elapsed() >= self.time_limit.mul_f64(share)
    }

    /// How far a search of so many steps is, which begun at `begun` and has until the share `until` of
    /// the limit: by its steps, unless the machine is too slow for them. So that a search cools down
    /// in time wherever it runs.
    pub(crate) fn share_of_search(&self, step: usize, steps: usize, begun: Duration, until: f64) -> f64 {
        let window = self.time_limit.mul_f64(until).saturating_sub(begun).as_secs_f64();
        let passed = self.elapsed().saturating_sub(begun).as_secs_f64();
        let by_steps = step as f64 / steps.max(1) as f64;
        by_steps.max(if window > 0.0 { passed / window } else { 1.0 }).min(1.0)
    }

    pub(crate) fn tell(&self, stage: Stage, placed: usize, bound: usize) {
        if let Some(listener) = self.progress {
            listener(Progress { stage, placed, bound });
        }
    }
}
