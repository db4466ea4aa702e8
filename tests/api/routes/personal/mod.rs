//! Personal data: one's own copy, being forgotten, and how long things are kept.

mod anonymise;
mod export;
mod retention;
