//! What people worked out by hand over weeks: who sits in which committee, and when and where
//! each defence takes place.
//!
//! Pure: no database, no HTTP, no calendar. The same instance, seed and budget give the same answer.
