//! How many committees to try, and in which order.
//!
//! The target asks for a number. Where professors are short there can only be fewer; where pins or interests
//! leave no way, more committees keep the target and leave more ways, so they are tried first. What is called
//! impossible is impossible for every number that the settings allow, up to one committee for each project:
//! a committee without work helps nobody else.

use super::{notes, pins};
use crate::committees::instance::Instance;
use crate::committees::solution::Note;
use std::collections::VecDeque;

pub(super) struct Numbers {
    /// Why numbers were refused, in the order of asking.
    pub(super) notes: Vec<Note>,
    line: VecDeque<usize>,
    /// The numbers that come up once the first one fails: below it, and above it.
    others: Option<(Vec<usize>, Vec<usize>)>,
    /// What forbids more than the largest of them, if that is a shortage.
    ceiling: Option<Note>,
}

impl Numbers {
    /// Counts what can be counted; `Err` when nothing is left to try.
    pub(super) fn begin(instance: &Instance) -> Result<Self, Vec<Note>> {
        let wanted = wanted(instance);
        let mut numbers = Self { notes: Vec::new(), line: VecDeque::new(), others: None, ceiling: None };
        if let Some(note) = pins::clash(instance, wanted) {
            return Err(vec![note]);
        }
        let settings = &instance.settings;
        let is_fixed = settings.committees.is_some();
        let needed = pins::needed(instance);
        let fewest = needed.max(if is_fixed || !settings.may_exceed_target { wanted } else { 1 });
        let most = if is_fixed { wanted } else { wanted.max(instance.projects.len()) };
        let first = wanted.max(needed);
        numbers.notes.extend(pins::beyond(instance, wanted));
        if first > most {
            return Err(numbers.notes);
        }
        if let Some(note) = notes::shortage(instance, first) {
            numbers.notes.push(note);
            // What is short for this many says how many it would be enough for.
            let enough = notes::enough_for(instance, first);
            numbers.line = (fewest..=enough).rev().collect();
            if numbers.line.is_empty() {
                if first == wanted && enough > 0 {
                    numbers.notes.extend(pins::beyond(instance, enough));
                }
                return Err(numbers.notes);
            }
            return Ok(numbers);
        }
        let above: Vec<usize> =
            (first + 1..=most).take_while(|&count| notes::shortage(instance, count).is_none()).collect();
        let largest = first + above.len();
        numbers.ceiling = (largest < most).then(|| notes::shortage(instance, largest + 1)).flatten();
        numbers.others = Some(((fewest..first).rev().collect(), above));
        numbers.line.push_back(first);
        Ok(numbers)
    }

    /// The number to try next.
    pub(super) fn another(&mut self) -> Option<usize> {
        self.line.pop_front()
    }

    /// The number asked for last cannot be, or was not found.
    pub(super) fn refuse(&mut self, note: Note) {
        let is_proved = note.proved;
        self.notes.push(note);
        let Some((below, above)) = self.others.take() else { return };
        // A search that fails fails for want of room, of which fewer committees leave more.
        let (sooner, later) = if is_proved { (above, below) } else { (below, above) };
        self.line.extend(sooner.into_iter().chain(later));
        if is_proved {
            self.notes.extend(self.ceiling.take());
        }
    }
}

/// What the target asks for, or the settings.
fn wanted(instance: &Instance) -> usize {
    let settings = &instance.settings;
    let total: usize = instance.projects.iter().map(|p| p.students).sum();
    settings.committees.unwrap_or_else(|| {
        // Present committees are kept in number: a repair does not dissolve one.
        match instance.present.len() {
            0 => total.div_ceil(settings.target).min(instance.projects.len()),
            count => count,
        }
    })
}
