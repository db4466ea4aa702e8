//! What goes wrong, and how it is told: one error type for handlers, drawn as
//! `application/problem+json` (RFC 9457) at the boundary.

use crate::trouble::Trouble;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use gestfg_types::errors::{ClosedPhase, ErrorCode, FieldCode, FieldError, Problem, Usage};
use gestfg_types::planning::PlanFinding;

/// A refusal with its code and sentence, or a fault of ours.
#[derive(Debug)]
pub struct AppError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: ErrorCode,
    detail: String,
    errors: Vec<FieldError>,
    used_by: Vec<Usage>,
    phase: Option<ClosedPhase>,
    violations: Vec<PlanFinding>,
    retry_after: Option<u32>,
    cause: Option<anyhow::Error>,
}

/// Of what is absent, and of what is there but not for the one who asks.
pub const NOTHING_TO_SEE: &str = "There is no such thing, or you may not see it.";

/// What handlers return.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// A refusal: the status follows from the code.
    pub fn refuse(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            used_by: Vec::new(),
            phase: None,
            violations: Vec::new(),
            retry_after: None,
            cause: None,
        }))
    }

    /// A refusal that says no more than its code.
    #[must_use]
    pub fn code_only(code: ErrorCode) -> Self {
        Self::refuse(code, format!("{}.", code.title()))
    }

    /// `not_found`, whether it is absent or may not be known. What it was is for
    /// the log alone: were it in the answer, its word would tell the one from
    /// the other.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        tracing::debug!(what, "not found");
        Self::refuse(ErrorCode::NotFound, NOTHING_TO_SEE)
    }

    /// `forbidden`, with the rule in a sentence.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::refuse(ErrorCode::Forbidden, detail)
    }

    /// `validation_failed` with every field that is wrong.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" ");
        let mut error = Self::refuse(ErrorCode::ValidationFailed, detail);
        error.0.errors = errors;
        error
    }

    /// `validation_failed` for one field.
    pub fn invalid_field(pointer: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError { pointer: pointer.into(), code, message: message.into() }])
    }

    /// `in_use` (or another conflict), with what depends on it.
    pub fn used(code: ErrorCode, detail: impl Into<String>, used_by: Vec<Usage>) -> Self {
        let mut error = Self::refuse(code, detail);
        error.0.used_by = used_by;
        error
    }

    /// `phase_not_open`, with the phase and its dates.
    pub fn outside(phase: ClosedPhase, detail: impl Into<String>) -> Self {
        let mut error = Self::refuse(ErrorCode::PhaseNotOpen, detail);
        error.0.phase = Some(phase);
        error
    }

    /// `plan_breaks_rules`, with every hard rule that is broken.
    #[must_use]
    pub fn breaks_rules(violations: Vec<PlanFinding>) -> Self {
        let detail = violations.iter().map(|broken| broken.text.as_str()).collect::<Vec<_>>().join("; ");
        let mut error = Self::refuse(ErrorCode::PlanBreaksRules, format!("{detail}."));
        error.0.violations = violations;
        error
    }

    /// `too_many_attempts`, to be tried again after so many seconds.
    #[must_use]
    pub fn throttled(seconds: u32) -> Self {
        let mut error =
            Self::refuse(ErrorCode::TooManyAttempts, format!("Too many attempts. Wait {seconds} seconds."));
        error.0.retry_after = Some(seconds.max(1));
        error
    }

    /// `unavailable`: the database is away.
    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        let mut error = Self::refuse(
            ErrorCode::Unavailable,
            "The database cannot be reached at the moment. Nothing was changed; try again shortly.",
        );
        error.0.retry_after = Some(5);
        error.0.cause = Some(cause.into());
        error
    }

    /// `unavailable`: the database was asked and gave up, for a reason that passes.
    #[must_use]
    pub fn troubled(trouble: Trouble, cause: anyhow::Error) -> Self {
        let mut error = Self::refuse(ErrorCode::Unavailable, trouble.sentence());
        error.0.retry_after = Some(trouble.retry_after());
        error.0.cause = Some(cause);
        error
    }

    /// `unavailable`: the bucket of documents is away, or has lost something.
    pub fn storage_away(cause: impl Into<anyhow::Error>) -> Self {
        let mut error = Self::refuse(
            ErrorCode::Unavailable,
            "The place where documents are kept cannot be reached at the moment. Nothing was changed; try again shortly.",
        );
        error.0.retry_after = Some(30);
        error.0.cause = Some(cause.into());
        error
    }

    /// `internal`: ours; the cause is logged and never answered.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        let mut error = Self::refuse(
            ErrorCode::Internal,
            "Something went wrong on our side. It has been logged; nothing was changed.",
        );
        error.0.cause = Some(cause.into());
        error
    }

    /// Point at the field a refusal is about, for forms.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>, code: FieldCode) -> Self {
        let message = self.0.detail.clone();
        self.0.errors.push(FieldError { pointer: pointer.into(), code, message });
        self
    }

    /// Add one thing that is wrong to a refusal of many.
    #[must_use]
    pub fn with(mut self, error: FieldError) -> Self {
        self.0.errors.push(error);
        self
    }

    /// Which refusal it is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Why, where it was not the caller: for the log, never for the answer.
    #[must_use]
    pub fn cause(&self) -> Option<String> {
        self.0.cause.as_ref().map(|cause| format!("{cause:#}"))
    }

    /// The sentence it says.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The body of the answer.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem {
            kind: "about:blank".to_owned(),
            code: self.0.code,
            title: self.0.code.title().to_owned(),
            status: self.0.code.status(),
            detail: self.0.detail.clone(),
            errors: self.0.errors.clone(),
            used_by: self.0.used_by.clone(),
            phase: self.0.phase.clone(),
            violations: self.0.violations.clone(),
            request_id: crate::request_log::current_id(),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.detail)
    }
}

impl std::error::Error for AppError {}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        if let Some(cause) = &self.0.cause {
            tracing::error!(code = %self.0.code, cause = format!("{cause:#}"), "request failed");
        }
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.0.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.0.code.status() == 401 {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        response
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(serde_json::to_string(&self.problem()).unwrap_or_default())
    }
}

/// Constraints of the schema that a person can run into, and what to say then:
/// constraint, code, sentence, field and field code.
type Named = (&'static str, ErrorCode, &'static str, &'static str, FieldCode);
const NAMED_CONSTRAINTS: &[Named] = &[
    (
        "users_email_key",
        ErrorCode::AlreadyExists,
        "Another account has this e-mail address.",
        "/email",
        FieldCode::Taken,
    ),
    (
        "users_dni_key",
        ErrorCode::AlreadyExists,
        "Another account has this DNI/NIE.",
        "/dni",
        FieldCode::Taken,
    ),
    ("areas_name_key", ErrorCode::AlreadyExists, "Another area has this name.", "/name", FieldCode::Taken),
    (
        "departments_code_key",
        ErrorCode::AlreadyExists,
        "Another department has this code.",
        "/code",
        FieldCode::Taken,
    ),
    (
        "departments_head_key",
        ErrorCode::AlreadyExists,
        "This professor heads another department.",
        "/head_id",
        FieldCode::Taken,
    ),
    (
        "degrees_code_key",
        ErrorCode::AlreadyExists,
        "Another degree has this code.",
        "/code",
        FieldCode::Taken,
    ),
    (
        "sittings_code_key",
        ErrorCode::AlreadyExists,
        "Another sitting has this code.",
        "/code",
        FieldCode::Taken,
    ),
    ("rooms_name_key", ErrorCode::AlreadyExists, "Another room has this name.", "/name", FieldCode::Taken),
    (
        "availability_polls_call_key",
        ErrorCode::AlreadyExists,
        "The professors of this call have been asked already.",
        "/call_id",
        FieldCode::Taken,
    ),
    (
        "conflicts_of_interest_target_key",
        ErrorCode::AlreadyExists,
        "This conflict of interest is declared already.",
        "/reason",
        FieldCode::Duplicate,
    ),
    (
        "calls_degree_year_sitting_key",
        ErrorCode::AlreadyExists,
        "The degree has a call for this sitting and year already.",
        "/sitting_id",
        FieldCode::Taken,
    ),
    (
        "evaluation_requests_one_live_key",
        ErrorCode::AlreadyRequested,
        "The assignment is entered in a call already.",
        "/assignment_id",
        FieldCode::Taken,
    ),
    (
        "document_extensions_one_open_key",
        ErrorCode::ExtensionAlreadyAsked,
        "More time was asked for already; it waits for a decision.",
        "/wanted_until",
        FieldCode::Taken,
    ),
    (
        "planning_jobs_one_live_key",
        ErrorCode::PlanningUnderWay,
        "The planner is at work for this call already; wait for it or stop it.",
        "/kind",
        FieldCode::Taken,
    ),
    (
        "minutes_freeze_marks",
        ErrorCode::MarksFrozen,
        "The minutes of the call are closed.",
        "/minutes",
        FieldCode::NotAllowed,
    ),
    (
        "minutes_one_live_key",
        ErrorCode::InvalidState,
        "The marks of the call are published already.",
        "/call_id",
        FieldCode::Taken,
    ),
    (
        "mark_claims_one_each_key",
        ErrorCode::AlreadyExists,
        "You have claimed already.",
        "/text",
        FieldCode::Duplicate,
    ),
    (
        "defences_room_taken",
        ErrorCode::AlreadyExists,
        "Another defence has one of the rooms at that time.",
        "/room_id",
        FieldCode::Taken,
    ),
    (
        "defences_nobody_twice",
        ErrorCode::AlreadyExists,
        "Somebody would be in two places at once.",
        "/starts_at",
        FieldCode::Taken,
    ),
    (
        "defences_no_tutor_judges",
        ErrorCode::ValidationFailed,
        "The tutor of a project would sit in its committee.",
        "/committee_id",
        FieldCode::NotAllowed,
    ),
    (
        "allocation_rounds_one_live_key",
        ErrorCode::RoundUnderWay,
        "The call has a round that is neither published nor called off.",
        "/opens_at",
        FieldCode::Taken,
    ),
    (
        "application_members_one_each_key",
        ErrorCode::AlreadyApplied,
        "One of the students applies in this round already.",
        "/invite",
        FieldCode::Taken,
    ),
    (
        "allocation_pins_project_key",
        ErrorCode::AlreadyExists,
        "Another application is pinned to this project.",
        "/project_id",
        FieldCode::Taken,
    ),
    (
        "projects_title_key",
        ErrorCode::TitleTaken,
        "Another project of this degree and year has this title.",
        "/title",
        FieldCode::Taken,
    ),
    (
        "projects_two_tutors",
        ErrorCode::ValidationFailed,
        "The tutor cannot also be the co-tutor.",
        "/cotutor_id",
        FieldCode::SamePerson,
    ),
    (
        "assignments_one_active_per_project_key",
        ErrorCode::ProjectAlreadyAssigned,
        "The project is already assigned.",
        "/project_id",
        FieldCode::AlreadyAssigned,
    ),
    (
        "assignment_students_one_active_per_level_key",
        ErrorCode::StudentAlreadyAssigned,
        "One of the students already has an active assignment at this level.",
        "/students",
        FieldCode::AlreadyAssigned,
    ),
    (
        "assignment_students_within_capacity",
        ErrorCode::ValidationFailed,
        "The project does not take that many students.",
        "/students",
        FieldCode::TooManyStudents,
    ),
];

impl From<DieselError> for AppError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::not_found("thing"),
            DieselError::DatabaseError(kind, info) => {
                let named = info
                    .constraint_name()
                    .and_then(|name| NAMED_CONSTRAINTS.iter().find(|named| named.0 == name));
                if let Some(&(_, code, detail, pointer, field)) = named {
                    return Self::refuse(code, detail).at(pointer, field);
                }
                let message = info.message().to_owned();
                // Whoever deletes asks first what uses it; this is who came in between.
                if matches!(kind, DatabaseErrorKind::ForeignKeyViolation)
                    && message.starts_with("update or delete")
                {
                    return Self::refuse(ErrorCode::InUse, "Something else still depends on it.");
                }
                if message.contains("invalid byte sequence") || message.contains("unsupported Unicode escape")
                {
                    return Self::refuse(
                        ErrorCode::MalformedRequest,
                        "A text holds a character that cannot be stored (NUL).",
                    );
                }
                let trouble = Trouble::of(&kind, &message);
                let error = anyhow::Error::new(DieselError::DatabaseError(kind, info));
                match trouble {
                    Some(trouble) => Self::troubled(trouble, error),
                    None => Self::internal(error),
                }
            }
            // The second failure only follows from the first.
            DieselError::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
            DieselError::BrokenTransactionManager => Self::troubled(Trouble::CutOff, error.into()),
            other => Self::internal(other),
        }
    }
}

impl From<diesel::r2d2::PoolError> for AppError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::unavailable(error)
    }
}

impl From<actix_web::error::BlockingError> for AppError {
    fn from(error: actix_web::error::BlockingError) -> Self {
        Self::internal(error)
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        Self::internal(error)
    }
}
