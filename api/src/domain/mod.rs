//! The rules: pure values in, an answer out. No actix, no diesel, no clock.

pub mod actor;
pub mod allocation;
pub mod busy;
pub mod calls_ahead;
pub mod committee_rules;
pub mod concern;
pub mod dates;
pub mod dni;
pub mod duties;
pub mod email;
pub mod events;
pub mod markdown;
pub mod password;
pub mod people;
pub mod phase_gate;
pub mod phases;
pub mod planning;
pub mod policy;
pub mod preferences;
pub mod progress;
pub mod project_actions;
pub mod project_state;
pub mod reminders;
pub mod search_words;
pub mod text;
pub mod year_shift;
