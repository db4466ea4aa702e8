//! The calendar as a month, a week or a list.

mod agenda;
mod days;
mod entry;
mod month;
mod week;

pub use agenda::Agenda;
pub use days::{Bar, CalendarView, lay_out, monday, month_weeks, on_day, shift, span};
pub use entry::{entry_icon, entry_when};
pub use month::MonthGrid;
pub use week::WeekView;
