//! Keeping the master data (areas, departments, degrees, sittings and rooms),
//! the calls, and the announcements and entries of the calendar.

mod areas;
mod calls;
mod degree_editor;
mod degrees;
mod departments;
mod editor;
mod events;
mod master;
mod plans;
mod rooms;
mod rounds;
mod sittings;

pub use areas::AreasPage;
pub use calls::{AdminCallsPage, CallEditorPage, CallRequestsPage};
pub use degrees::DegreesPage;
pub use departments::DepartmentsPage;
pub use events::{EditEventPage, EventsPage, NewEventPage};
pub use plans::{CallPlansPage, CommitteePlanPage};
pub use rooms::RoomsPage;
pub use rounds::{AllocationRoundPage, AllocationRunPage, CallRoundsPage};
pub use sittings::SittingsPage;
