//! Keeping the master data (areas, departments, degrees, sittings and rooms),
//! the calls, and the announcements and entries of the calendar.

mod areas;
mod calls;
mod closures;
mod committee_settings;
mod conflicts;
mod degree_editor;
mod degrees;
mod departments;
mod document_rules;
mod editor;
mod events;
mod grading;
mod master;
mod participation;
mod plans;
mod polls;
mod rooms;
mod rounds;
mod sittings;

pub use areas::AreasPage;
pub use calls::{AdminCallsPage, CallEditorPage, CallRequestsPage};
pub use closures::RoomClosuresPage;
pub use committee_settings::CommitteeSettingsPage;
pub use conflicts::ConflictsPage;
pub use degrees::DegreesPage;
pub use departments::DepartmentsPage;
pub use events::{EditEventPage, EventsPage, NewEventPage};
pub use grading::GradingSettingsPage;
pub use participation::ParticipationPage;
pub use plans::{CallPlansPage, CommitteePlanPage};
pub use polls::CallAvailabilityPage;
pub use rooms::RoomsPage;
pub use rounds::{AllocationRoundPage, AllocationRunPage, CallRoundsPage};
pub use sittings::SittingsPage;
