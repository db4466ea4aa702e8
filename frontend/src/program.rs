//! The three programs the interface is built into, each with all of the one before.
//!
//! Whoever only looks at the offer should not wait for what students and tutors
//! need, nor those for the pages of the office. Which program a page is opened
//! with is decided in `static/boot.js`, by the address and by whether this
//! browser has a session, before any of this runs; when another one turns out
//! to be needed, the page is loaded anew with it.
//!
//! What a program leaves out is asked of [`Program::THIS`], a constant: the
//! compiler then drops what nobody can reach.

/// A program of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    /// The offer, the dates and the door: for whoever has not logged in.
    Visitor,
    /// And what students and tutors do.
    Member,
    /// And the pages of the secretary's office and of administrators.
    Office,
}

impl Program {
    /// This one.
    pub const THIS: Self = if cfg!(feature = "office") {
        Self::Office
    } else if cfg!(feature = "member") {
        Self::Member
    } else {
        Self::Visitor
    };

    /// Whether somebody can be signed in here.
    pub const HAS_SESSIONS: bool = !matches!(Self::THIS, Self::Visitor);
}

/// Opens the page at the present address again, with the program it needs now.
pub fn load_program() {
    let _ = gloo_utils::window().location().reload();
}
