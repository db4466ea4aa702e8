//! Backend of GesTFG.

pub mod sheets;
