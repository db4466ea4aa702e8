//! Importing spreadsheets: a list, and a wizard of four steps.

mod columns;
mod decide;
mod list;
mod mapping;
mod new;
mod result;
mod row_table;
mod rows;
mod steps;
mod template;
mod wizard;

pub use list::ImportsPage;
pub use new::NewImportPage;
pub(crate) use new::{FileDrop, fault};
pub use wizard::ImportPage;
