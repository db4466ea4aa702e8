use super::receive::{drain, receive, too_large};
use super::{Reading, announce, reading};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::documents::{extended, file_name, phase_of};
use crate::domain::phase_gate::Passage;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::{Letter, Receipt};
use crate::models::audit::Entry;
use crate::models::document::{self, NewDocument, hexadecimal};
use crate::models::{
    call, degree, document_content, document_extension, evaluation_request, similarity_check,
    similarity_report, similarity_settings,
};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::{BASE, gate};
use crate::storage::{Incoming, Whole};
use crate::views;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::documents::{Document, DocumentFormat, DocumentRule, HandedInBy};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::evaluation_requests::EvaluationRequestState;
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, DocumentId, EvaluationRequestId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

/// What is handed in.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HandingIn {
    /// Which document of the set.
    kind: String,
    /// Whose, where each student hands in their own; without it the caller's.
    #[param(value_type = Option<i64>)]
    student_id: Option<UserId>,
    /// The file's name.
    #[param(max_length = 1000)]
    file_name: String,
    /// Why it is done outside the phase; admins and coordinators only.
    #[param(max_length = 2000)]
    override_reason: Option<String>,
}

/// The bytes of a document.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes a body")]
struct File(Vec<u8>);

/// Hand in a version of a document: the body is the file, PDF or ZIP by its
/// content, and is stored as it comes.
///
/// By the students while the call is in the phase `material_submission` or has
/// been extended for them; what is asked of the tutor by the tutor in the
/// phase `tutor_report`; by coordinators of the degree and admins on behalf,
/// outside the phase with `override_reason`. What counts is the moment the
/// upload begins. No version is ever overwritten. The students get a receipt
/// with the SHA-256, the tutors are told.
#[utoipa::path(
    tag = "documents",
    params(
        ("id" = EvaluationRequestId, Path), HandingIn,
        ("Idempotency-Key" = Option<String>, Header, max_length = 255)
    ),
    request_body(content = File, content_type = "application/octet-stream"),
    responses((status = 201, body = Document, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/evaluation-requests/{id}/documents")]
pub(super) async fn create_document(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<EvaluationRequestId>,
    wanted: web::Query<HandingIn>,
    request: HttpRequest,
    mut body: web::Payload,
) -> AppResult<HttpResponse> {
    let (id, wanted, began) = (id.into_inner(), wanted.into_inner(), state.clock.now());
    let reason = gate::override_reason(wanted.override_reason.as_deref())?;
    let config = state.config.clone();
    let intent = Intent { id, user, wanted, reason, began };
    let taken = async {
        let (intent, formats) = state
            .db
            .write(move |conn| {
                let formats = intent.check(conn, &config)?.rule.formats;
                Ok((intent, formats))
            })
            .await?;
        let limit = state.config.document_limit;
        let told =
            request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if told.is_some_and(|length: u64| length > limit) {
            return Err(too_large(limit));
        }
        let mut incoming = Incoming::begin(&state.storage, &state.clock).await?;
        let format = receive(&mut incoming, &mut body, &formats, limit).await?;
        Ok((intent, incoming, format))
    }
    .await;
    let (intent, mut incoming, format) = match taken {
        Ok(taken) => taken,
        Err(refusal) => {
            drain(&mut body).await;
            return Err(refusal);
        }
    };
    let whole = incoming.finish().await?;
    let config = state.config.clone();
    let (answer, is_new) = state
        .db
        .write(move |conn| {
            let mut is_new = false;
            let asked = json!({ "wanted": intent.wanted, "sha256": hexadecimal(&whole.sha256) });
            let user = intent.user.clone();
            let answer = idempotency.once(conn, &user, intent.began, &asked, |conn| {
                is_new = true;
                let body = intent.hand_in(conn, &config, whole, format)?;
                Ok(Created { location: format!("{BASE}/documents/{}", body.id), version: None, body })
            })?;
            Ok((answer, is_new))
        })
        .await?;
    if is_new {
        incoming.kept();
    }
    Ok(created(&answer))
}

/// Who hands what in, and since when.
struct Intent {
    id: EvaluationRequestId,
    user: CurrentUser,
    wanted: HandingIn,
    reason: Option<String>,
    began: DateTime<Utc>,
}

/// What it comes to.
struct Checked {
    reading: Reading,
    rule: DocumentRule,
    student: Option<UserId>,
    passage: Passage,
}

impl Intent {
    /// Whether they may, and now. Asked before the bytes are taken and again
    /// when they are there: in between much may have changed, but for the
    /// moment that counts.
    fn check(&self, conn: &mut PgConnection, config: &Config) -> AppResult<Checked> {
        let user = &self.user;
        let reading = reading(conn, self.id, user)?;
        let request = &reading.request;
        let degree = DegreeId(request.assignment.degree_id);
        let rules = degree::rules(conn, degree, request.academic_year)?.documents;
        let rule = rules.into_iter().find(|rule| rule.code == self.wanted.kind).ok_or_else(|| {
            AppError::invalid_field(
                "/kind",
                FieldCode::UnknownValue,
                "The rules of the degree ask for no such document.",
            )
        })?;
        let student = self.owner(&rule, &reading.students)?;
        policy::may_hand_in(user, &reading.facts, &reading.students, rule.by, student)?;
        // Locks in the order of everybody: call, request.
        let phase = phase_of(rule.by);
        let windows = call::windows_of_call(conn, CallId(request.call_id), phase)?;
        let locked = evaluation_request::lock(conn, self.id)?;
        if locked.state != EvaluationRequestState::Requested.as_str() {
            return Err(AppError::refuse(ErrorCode::InvalidState, "It was taken out of the call."));
        }
        let until = document_extension::granted_until(conn, self.id)?;
        let windows = extended(&windows, rule.by, until);
        let passage =
            gate::pass((phase, &windows), (user, degree), self.reason.as_deref(), self.began, config)?;
        Ok(Checked { reading, rule, student, passage })
    }

    fn owner(&self, rule: &DocumentRule, students: &[UserId]) -> AppResult<Option<UserId>> {
        let refuse = |code, sentence| Err(AppError::invalid_field("/student_id", code, sentence));
        match (rule.each_student, self.wanted.student_id) {
            (false, None) => Ok(None),
            (false, Some(_)) => refuse(FieldCode::NotAllowed, "This document is the team's."),
            (true, None) if students.contains(&self.user.id) => Ok(Some(self.user.id)),
            (true, None) => refuse(FieldCode::Required, "Say whose it is: each student hands in their own."),
            (true, Some(student)) if students.contains(&student) => Ok(Some(student)),
            (true, Some(_)) => refuse(FieldCode::NotAStudent, "The project has no such student."),
        }
    }

    fn hand_in(
        &self,
        conn: &mut PgConnection,
        config: &Config,
        whole: Whole,
        format: DocumentFormat,
    ) -> AppResult<Document> {
        let Checked { reading, rule, student, passage } = self.check(conn, config)?;
        let size = i64::try_from(whole.size).map_err(AppError::internal)?;
        if !document_content::keep(conn, whole.id, size, &whole.sha256)? {
            let sentence = "The upload was silent for too long. Send it again.";
            return Err(AppError::refuse(ErrorCode::MalformedRequest, sentence));
        }
        let new = NewDocument {
            evaluation_request_id: self.id.0,
            student_id: student.map(|student| student.0),
            version: document::next_version(conn, self.id, &rule.code, student)?,
            kind: rule.code.clone(),
            file_name: file_name(&self.wanted.file_name, format),
            media_type: format.media_type(),
            content_id: whole.id,
            uploaded_by: self.user.id.0,
            outside_reason: passage.reason().map(str::to_owned),
            handed_in_by: rule.by.as_str(),
            created_at: self.began,
        };
        let id = document::create(conn, &new)?;
        self.have_compared(conn, config, &reading, id, &rule)?;
        let made = views::documents::document(document::find(conn, id)?);
        Entry::new("document.create", id.0)
            .degree(reading.facts.degree)
            .override_reason(&passage)
            .after(&made)
            .record(conn, &(&self.user).into())?;
        self.tell(conn, config, &reading, &rule, &made)?;
        announce(conn, &reading.request)?;
        Ok(made)
    }

    /// As the degree wants it in the call's year.
    fn have_compared(
        &self,
        conn: &mut PgConnection,
        config: &Config,
        reading: &Reading,
        id: DocumentId,
        rule: &DocumentRule,
    ) -> AppResult<()> {
        let year = reading.request.academic_year;
        let wanted = similarity_settings::in_force(conn, reading.facts.degree, year)?.rules;
        if !wanted.is_on || !wanted.kinds.contains(&rule.code) {
            return Ok(());
        }
        similarity_check::create(conn, id, &wanted)?;
        if wanted.asks_service && config.similarity_service.is_some() {
            similarity_report::create(conn, id, self.began)?;
        }
        Ok(())
    }

    fn tell(
        &self,
        conn: &mut PgConnection,
        config: &Config,
        reading: &Reading,
        rule: &DocumentRule,
        made: &Document,
    ) -> AppResult<()> {
        let title = reading.request.assignment.project_title.clone();
        let assignment = AssignmentId(reading.request.assignment.id);
        let receipt = Receipt {
            document: rule.name.clone(),
            version: made.version,
            file_name: made.file_name.clone(),
            size: u64::try_from(made.size).unwrap_or_default(),
            sha256: made.sha256.clone(),
            at: made.uploaded_at,
        };
        let receivers = match (rule.by, &made.student) {
            (HandedInBy::Tutor, _) => vec![self.user.id],
            (HandedInBy::Students, Some(student)) => vec![student.id],
            (HandedInBy::Students, None) => reading.students.clone(),
        };
        let letter = Letter::DocumentReceipt { assignment, title: title.clone(), receipt: receipt.clone() };
        notices::tell(conn, config, self.began, &receivers, &letter)?;
        let tutors = [Some(reading.facts.tutor), reading.facts.cotutor].into_iter().flatten();
        let others: Vec<_> =
            tutors.filter(|tutor| *tutor != self.user.id && !receivers.contains(tutor)).collect();
        let letter = Letter::DocumentHandedIn { assignment, title, by: self.user.name.clone(), receipt };
        Ok(notices::tell(conn, config, self.began, &others, &letter)?)
    }
}
