//! Refusals: a closed list of codes and the RFC 9457 body that carries them.

use crate::calls::Phase;
use crate::ids::CallId;
use crate::planning::PlanFinding;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal, $title:literal;)+) => {
        /// Why a request was refused. Clients may rely on these names; the
        /// texts beside them may change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)+
        }

        impl ErrorCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it travels.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// A short English summary that does not change between occurrences.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }
        }
    };
}

error_codes! {
    /// The request cannot be understood: broken JSON, a wrong type, an unknown field or parameter.
    MalformedRequest = "malformed_request", 400, "The request cannot be understood";
    /// The cursor was not made by this list.
    InvalidCursor = "invalid_cursor", 400, "The cursor is not valid";
    /// The Idempotency-Key is empty or too long.
    InvalidIdempotencyKey = "invalid_idempotency_key", 400, "The idempotency key is not valid";
    /// No valid access token came with the request.
    NotAuthenticated = "not_authenticated", 401, "Log in first";
    /// The e-mail or DNI and the password do not belong together.
    InvalidCredentials = "invalid_credentials", 401, "Wrong user or password";
    /// The refresh cookie is absent, expired, used or revoked.
    SessionEnded = "session_ended", 401, "The session has ended";
    /// The caller may not do this.
    Forbidden = "forbidden", 403, "Not allowed";
    /// The token's scope is `read` and the operation writes.
    ReadOnlyToken = "read_only_token", 403, "This token may only read";
    /// The request came from another site.
    CrossSiteRequest = "cross_site_request", 403, "Requests from other sites are refused";
    /// Nobody may decide on a project of their own.
    OwnProject = "own_project", 403, "Nobody decides on a project of their own";
    /// No such thing, or the caller may not know that it exists.
    NotFound = "not_found", 404, "Not found";
    /// The path exists but not with this method.
    MethodNotAllowed = "method_not_allowed", 405, "Method not allowed";
    /// The answer is not available in the form asked for.
    NotAcceptable = "not_acceptable", 406, "Not available in that form";
    /// Another row already has this name, code, e-mail or DNI.
    AlreadyExists = "already_exists", 409, "Already exists";
    /// Another project of the degree and year has this title.
    TitleTaken = "title_taken", 409, "Another project has this title";
    /// Something still depends on it; `used_by` lists what.
    InUse = "in_use", 409, "Still in use";
    /// The project's state does not allow this step.
    InvalidState = "invalid_state", 409, "Not possible in its present state";
    /// The project already has an active assignment.
    ProjectAlreadyAssigned = "project_already_assigned", 409, "The project is already assigned";
    /// A student already has an active assignment at this level.
    StudentAlreadyAssigned = "student_already_assigned", 409, "The student already has a project";
    /// Outside the dates of the phase this belongs to; `phase` tells which and when.
    PhaseNotOpen = "phase_not_open", 409, "Outside the dates for this";
    /// The assignment is entered in a call already.
    AlreadyRequested = "already_requested", 409, "Already entered in a call";
    /// The import has been committed or undone already.
    ImportAlreadyDecided = "import_already_decided", 409, "The import is already decided";
    /// The batch has rows with errors and everything or nothing was asked for.
    ImportHasErrors = "import_has_errors", 409, "The import has rows with errors";
    /// Something was built on the imported rows.
    ImportBuiltUpon = "import_built_upon", 409, "Something was built on the imported rows";
    /// The same idempotency key came with another request, or its first request is still running.
    IdempotencyConflict = "idempotency_conflict", 409, "The idempotency key was used for another request";
    /// The claimant and the pre-loaded student cannot be joined as they stand.
    ClaimConflict = "claim_conflict", 409, "The two records cannot be joined";
    /// The one admin left cannot be removed, or one cannot act so on oneself.
    LastAdmin = "last_admin", 409, "The last admin must stay";
    /// More time was asked for already, and is not decided.
    ExtensionAlreadyAsked = "extension_already_asked", 409, "More time was asked for already";
    /// The planner is at work for this call already.
    PlanningUnderWay = "planning_under_way", 409, "The planner is at work already";
    /// One of the students applies in this round already.
    AlreadyApplied = "already_applied", 409, "The student applies in this round already";
    /// The call has a round that is neither published nor called off.
    RoundUnderWay = "round_under_way", 409, "A round is under way already";
    /// The allocation rests on what does not hold any more; `errors` tells what.
    AllocationOutdated = "allocation_outdated", 409, "The allocation does not hold any more";
    /// Something is missing before marks can be published or closed; `errors` names each.
    MarksIncomplete = "marks_incomplete", 409, "Something is missing";
    /// The marks are published or closed, and cannot be changed now.
    MarksFrozen = "marks_frozen", 409, "The marks cannot be changed any more";
    /// A document is too much like earlier deposits, and nobody has signed why it may be defended.
    SimilarityUnjustified = "similarity_unjustified", 409, "A flagged document waits for a justification";
    /// Its content was removed when the time for keeping it was over.
    ContentRemoved = "content_removed", 410, "Not kept any more";
    /// Changed by someone else since it was read.
    StaleVersion = "stale_version", 412, "Changed by someone else in the meantime";
    /// The body or the file is larger than allowed.
    TooLarge = "too_large", 413, "Too large";
    /// Nothing of the document is in the range that was asked for.
    RangeNotSatisfiable = "range_not_satisfiable", 416, "Nothing is in that range";
    /// The body's media type is not one the operation takes.
    UnsupportedMediaType = "unsupported_media_type", 415, "Unsupported media type";
    /// Well-formed but not valid; `errors` tells field by field.
    ValidationFailed = "validation_failed", 422, "Some fields are not valid";
    /// The plan breaks hard rules; `violations` tells which.
    PlanBreaksRules = "plan_breaks_rules", 422, "The plan breaks rules";
    /// The link is unknown, used or older than 24 hours.
    InvalidLink = "invalid_link", 422, "The link is not valid any more";
    /// The spreadsheet cannot be read.
    UnreadableFile = "unreadable_file", 422, "The file cannot be read";
    /// The edit did not say which version it saw (`If-Match`).
    VersionRequired = "version_required", 428, "Say which version you edit";
    /// Too many attempts; wait as `Retry-After` says.
    TooManyAttempts = "too_many_attempts", 429, "Too many attempts";
    /// A fault of ours; it has been logged.
    Internal = "internal", 500, "Something went wrong here";
    /// The database cannot be reached; wait as `Retry-After` says.
    Unavailable = "unavailable", 503, "Temporarily unavailable";
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! field_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// What is wrong with one field or one cell.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum FieldCode {
            $($(#[$doc])* $name,)+
        }

        impl FieldCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it travels.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

field_codes! {
    /// A value is due here.
    Required = "required";
    /// Shorter than allowed.
    TooShort = "too_short";
    /// Longer than allowed.
    TooLong = "too_long";
    /// Outside the allowed range.
    OutOfRange = "out_of_range";
    /// Not a number.
    NotANumber = "not_a_number";
    /// Holds a character that cannot be stored.
    InvalidCharacter = "invalid_character";
    /// Not an e-mail address.
    InvalidEmail = "invalid_email";
    /// An e-mail address outside the institution's domains.
    NotInstitutional = "not_institutional";
    /// Not a DNI or NIE.
    InvalidDni = "invalid_dni";
    /// The control letter does not match the number.
    WrongDniLetter = "wrong_dni_letter";
    /// None of the values the field takes.
    UnknownValue = "unknown_value";
    /// No such person, department, degree …
    Unknown = "unknown";
    /// Exists, but is deactivated.
    Inactive = "inactive";
    /// Matches more than one.
    Ambiguous = "ambiguous";
    /// The same value comes twice.
    Duplicate = "duplicate";
    /// Someone else has it already.
    Taken = "taken";
    /// The tutor cannot also be the co-tutor.
    SamePerson = "same_person";
    /// More students than the project takes.
    TooManyStudents = "too_many_students";
    /// The person is not a student.
    NotAStudent = "not_a_student";
    /// The person is not a professor.
    NotAProfessor = "not_a_professor";
    /// Already has an active assignment at this level.
    AlreadyAssigned = "already_assigned";
    /// The password is too easy to guess.
    WeakPassword = "weak_password";
    /// The present password is not this one.
    WrongPassword = "wrong_password";
    /// The caller may not do this with this value.
    NotAllowed = "not_allowed";
    /// The column is not one of this kind; it has no effect.
    IgnoredColumn = "ignored_column";
    /// A column this kind needs was not found.
    MissingColumn = "missing_column";
    /// The state does not allow it.
    InvalidState = "invalid_state";
    /// Outside the dates of the phase it belongs to.
    PhaseNotOpen = "phase_not_open";
    /// Differs from what is stored and was left as it is.
    KeptAsIs = "kept_as_is";
}

/// One thing wrong with one field of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) to the field, e.g. `/title` or `/students/1`.
    pub pointer: String,
    /// What is wrong.
    pub code: FieldCode,
    /// A sentence for people, in English.
    pub message: String,
}

/// Something that keeps a row from being removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Usage {
    /// Plural noun of what uses it, e.g. `departments`.
    pub kind: String,
    /// How many there are.
    pub count: i64,
    /// The first few, by name.
    pub examples: Vec<String>,
}

/// The phase that stood in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClosedPhase {
    /// Which phase.
    pub phase: Phase,
    /// The call it belongs to; none when no call of the degree has this phase ahead or behind.
    pub call_id: Option<CallId>,
    /// When it opens, if it is still ahead.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it closed, if it is over.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether the caller may act all the same by giving `override_reason`.
    pub may_override: bool,
}

/// A refusal (RFC 9457, `application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which refusal this is.
    pub code: ErrorCode,
    /// Short summary, the same for every occurrence.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// A sentence for people about this occurrence, in English.
    pub detail: String,
    /// For `validation_failed`: field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// For `in_use` and `import_built_upon`: what depends on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used_by: Vec<Usage>,
    /// For `phase_not_open`: which phase, and when it opens or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<ClosedPhase>,
    /// For `plan_breaks_rules`: every hard rule that is broken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<PlanFinding>,
    /// The request's id, to quote when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, FieldCode};

    #[test]
    fn codes_travel_by_the_names_they_say() -> serde_json::Result<()> {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code)?, code.as_str());
        }
        for code in FieldCode::ALL {
            assert_eq!(serde_json::to_value(code)?, code.as_str());
        }
        Ok(())
    }
}
