//! What the database complains of although nobody did anything wrong: it is
//! going away, busy or full. All of it passes, so it is no fault of ours to be
//! answered with 500 but a reason to come again.

use diesel::result::DatabaseErrorKind;

/// Why the database gave up on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The connection broke, at worst in the middle of a commit.
    CutOff,
    /// It took too long, waited too long for a lock, or met another that waited for it.
    Busy,
    /// There is no room left on its disk.
    Full,
}

/// libpq and the server say it in words; diesel passes on few of the codes.
const WORDS: &[(&str, Trouble)] = &[
    ("No space left on device", Trouble::Full),
    ("Disk quota exceeded", Trouble::Full),
    ("could not extend file", Trouble::Full),
    ("canceling statement due to", Trouble::Busy),
    ("deadlock detected", Trouble::Busy),
    ("out of memory", Trouble::Busy),
    ("out of shared memory", Trouble::Busy),
    ("too many clients", Trouble::Busy),
    ("remaining connection slots", Trouble::Busy),
    ("server closed the connection", Trouble::CutOff),
    ("terminating connection", Trouble::CutOff),
    ("no connection to the server", Trouble::CutOff),
    ("could not connect", Trouble::CutOff),
    ("connection to server", Trouble::CutOff),
    ("the database system is", Trouble::CutOff),
    ("SSL connection has been closed", Trouble::CutOff),
    ("SSL SYSCALL error", Trouble::CutOff),
    ("could not receive data from server", Trouble::CutOff),
    ("could not send data to server", Trouble::CutOff),
];

impl Trouble {
    /// Which trouble it is, if it is one that passes.
    #[must_use]
    pub fn of(kind: &DatabaseErrorKind, message: &str) -> Option<Self> {
        let said = WORDS.iter().find(|(words, _)| message.contains(words)).map(|(_, trouble)| *trouble);
        said.or(match kind {
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                Some(Self::CutOff)
            }
            DatabaseErrorKind::SerializationFailure => Some(Self::Busy),
            _ => None,
        })
    }

    /// What whoever asked is told.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            // A commit may have gone through before the line broke: nobody can tell from here.
            Self::CutOff => {
                "The connection to the database broke. Look whether it was done before you try again, or repeat \
                 the request with the Idempotency-Key it had."
            }
            Self::Busy => {
                "The database is too busy with this at the moment. Nothing was changed; try again shortly."
            }
            Self::Full => {
                "The database has no room left. Nothing was changed; whoever runs the server has to make room."
            }
        }
    }

    /// After how many seconds it is worth trying again.
    #[must_use]
    pub const fn retry_after(self) -> u32 {
        match self {
            Self::CutOff | Self::Busy => 5,
            Self::Full => 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble;
    use diesel::result::DatabaseErrorKind as Kind;

    #[test]
    fn what_passes_is_told_from_what_is_our_fault() {
        for (kind, message, trouble) in [
            (
                Kind::Unknown,
                "could not extend file \"base/5/1\": No space left on device",
                Some(Trouble::Full),
            ),
            (Kind::Unknown, "canceling statement due to lock timeout", Some(Trouble::Busy)),
            (Kind::Unknown, "canceling statement due to statement timeout", Some(Trouble::Busy)),
            (Kind::Unknown, "terminating connection due to administrator command", Some(Trouble::CutOff)),
            (Kind::ClosedConnection, "SSL SYSCALL error: EOF detected", Some(Trouble::CutOff)),
            (Kind::UnableToSendCommand, "", Some(Trouble::CutOff)),
            (Kind::SerializationFailure, "could not serialize access", Some(Trouble::Busy)),
            (Kind::Unknown, "division by zero", None),
            (Kind::CheckViolation, "new row violates check constraint", None),
        ] {
            assert_eq!(Trouble::of(&kind, message), trouble, "{message}");
        }
    }
}
