//! Names of things in instances, one type each so that a room is never taken for a person.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )*};
}

id! {
    /// Somebody who attends defences or sits in a committee.
    PersonId,
    /// A place where one defence at a time can be held.
    RoomId,
    /// A day of the defence phase, usually its date.
    DayId,
    /// One student's defence.
    DefenceId,
    /// A committee that judges a block of defences.
    CommitteeId,
    /// The students who defend one project together.
    TeamId,
    /// A project entered in the call.
    ProjectId,
    /// What a defence is about and people are experts in.
    SubjectId,
    /// A group of departments that counts as one.
    AreaId,
    /// Somebody who is looking for a project.
    StudentId,
    /// A student, or a team whose members confirmed each other, with one list of wishes.
    ApplicantId,
}
