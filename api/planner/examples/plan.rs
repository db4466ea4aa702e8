//! `gestfg plan` without the server around it, for measuring:
//!
//!     plan allocation|committees|timetable [--time-limit S] [--seed N] < instance.json > solution.json
//!     plan check allocation|committees|timetable --instance FILE < solution.json
//!     plan invent fixed|free|standing DEFENCES ROOMS DAYS SLOTS PEOPLE FREE SEED > instance.json
//!     plan invent allocation APPLICANTS PROJECTS TUTORS WISHES SEED > instance.json
//!     plan invent committees PROJECTS PROFESSORS SEED > instance.json

use gestfg_planner::command::{Problem, check, plan};
use gestfg_planner::control::Control;
use gestfg_planner::generate;
use std::error::Error;
use std::io::{Read, Write};
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let text = match words[..] {
        ["invent", shape, ref numbers @ ..] => invent(shape, numbers)?,
        ["check", problem, "--instance", file] => {
            let (report, valid) = check(named(problem)?, &std::fs::read_to_string(file)?, &input()?)?;
            writeln!(std::io::stdout(), "{report}")?;
            return if valid { Ok(()) } else { Err("hard rules are broken".into()) };
        }
        [problem, ref options @ ..] => {
            let option = |name: &str| options.windows(2).find(|pair| pair[0] == name).map(|pair| pair[1]);
            let seconds: f64 = option("--time-limit").unwrap_or("10").parse()?;
            let seed: u64 = option("--seed").unwrap_or("1").parse()?;
            let instance = input()?;
            plan(named(problem)?, &instance, &Control::new(seed, Duration::from_secs_f64(seconds)))?
        }
        _ => return Err("plan allocation|committees|timetable, plan check or plan invent".into()),
    };
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

fn named(problem: &str) -> Result<Problem, Box<dyn Error>> {
    match problem {
        "allocation" => Ok(Problem::Allocation),
        "committees" => Ok(Problem::Committees),
        "timetable" => Ok(Problem::Timetable),
        other => Err(format!("there is no problem {other}").into()),
    }
}

fn input() -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn invent(shape: &str, numbers: &[&str]) -> Result<String, Box<dyn Error>> {
    let number =
        |at: usize| -> Result<f64, Box<dyn Error>> { Ok(numbers.get(at).ok_or("too few numbers")?.parse()?) };
    if shape == "allocation" {
        let shape = generate::Round {
            applicants: number(0)? as usize,
            projects: number(1)? as usize,
            tutors: number(2)? as usize,
            wishes: number(3)? as usize,
            ..Default::default()
        };
        return Ok(serde_json::to_string(&generate::round(number(4)? as u64, &shape))?);
    }
    if shape == "committees" {
        let size = generate::Call {
            projects: number(0)? as usize,
            professors: number(1)? as usize,
            ..Default::default()
        };
        return Ok(serde_json::to_string(&generate::call(number(2)? as u64, &size))?);
    }
    let size = generate::Defences {
        defences: number(0)? as usize,
        rooms: number(1)? as usize,
        days: number(2)? as usize,
        slots: number(3)? as usize,
        people: number(4)? as usize,
        duration: 1,
    };
    let hours = generate::Hours { free: number(5)?, inertia: 0.8, if_needed: 0.1 };
    let seed = number(6)? as u64;
    let instance = match shape {
        "fixed" => generate::fixed_panels(seed, &size, 3, hours),
        "free" => generate::free_panels(seed, &generate::Defences { duration: 2, ..size }, hours),
        "standing" => generate::standing_committees(seed, &size, size.defences / 6, hours),
        other => return Err(format!("there is no shape {other}").into()),
    };
    Ok(serde_json::to_string(&instance)?)
}
