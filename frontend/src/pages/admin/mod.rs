//! Keeping the master data: areas, departments, degrees and sittings.

mod areas;
mod degree_editor;
mod degrees;
mod departments;
mod master;
mod sittings;

pub use areas::AreasPage;
pub use degrees::DegreesPage;
pub use departments::DepartmentsPage;
pub use sittings::SittingsPage;
