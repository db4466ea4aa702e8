//! `gestfg plan`: the planner from the command line, without a database.

use anyhow::ensure;
use clap::{Args, Subcommand, ValueEnum};
use gestfg_planner::command::{Problem, check, plan};
use gestfg_planner::control::Control;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

/// What to plan; instances are read from the standard input, solutions written to the output.
#[derive(Subcommand)]
pub enum Plan {
    /// Who gets which project; the method and the seed are those of the instance.
    Allocation(Limits),
    /// Who sits in which committee.
    Committees(Limits),
    /// When and where each defence takes place.
    Timetable(Limits),
    /// Judge a solution; fails when a hard rule is broken.
    Check {
        /// What the solution is of.
        problem: Kind,
        /// The instance it answers.
        #[arg(long)]
        instance: PathBuf,
    },
}

/// How long, and from which seed.
#[derive(Args)]
pub struct Limits {
    /// Seconds after which the best so far is the answer.
    #[arg(long, default_value_t = 10.0)]
    time_limit: f64,
    /// The same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The problems a solution can be of.
#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    /// Who gets which project.
    Allocation,
    /// Who sits in which committee.
    Committees,
    /// When and where each defence takes place.
    Timetable,
}

impl Plan {
    /// Does it, and returns what to print.
    pub fn run(&self) -> anyhow::Result<String> {
        let mut input = String::new();
        std::io::stdin().read_to_string(&mut input)?;
        match self {
            Self::Allocation(limits) => Ok(plan(Problem::Allocation, &input, &limits.control()?)?),
            Self::Committees(limits) => Ok(plan(Problem::Committees, &input, &limits.control()?)?),
            Self::Timetable(limits) => Ok(plan(Problem::Timetable, &input, &limits.control()?)?),
            Self::Check { problem, instance } => {
                let problem = match problem {
                    Kind::Allocation => Problem::Allocation,
                    Kind::Committees => Problem::Committees,
                    Kind::Timetable => Problem::Timetable,
                };
                let (report, valid) = check(problem, &std::fs::read_to_string(instance)?, &input)?;
                ensure!(valid, "hard rules are broken:\n{report}");
                Ok(report)
            }
        }
    }
}

impl Limits {
    fn control(&self) -> anyhow::Result<Control<'static>> {
        Ok(Control::new(self.seed, Duration::try_from_secs_f64(self.time_limit)?))
    }
}
