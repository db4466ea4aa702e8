//! What is asked for before a defence, and what was handed in.

use crate::domain::actor::Actor;
use crate::domain::documents::{extended, phase_of, windows};
use crate::domain::policy;
use crate::models::document::DocumentDetail;
use crate::models::document_extension::ExtensionDetail;
use crate::models::evaluation_request::{EvaluationRequestDetail, request_state_of};
use chrono::{DateTime, Utc};
use gestfg_types::calls::PhaseDates;
use gestfg_types::documents::{
    Document, DocumentAction, DocumentExtension, DocumentExtensionAction, DocumentExtensionState,
    DocumentFormat, DocumentPlace, DocumentRule, DocumentSet, DocumentSetAction, HandedInBy,
};
use gestfg_types::evaluation_requests::EvaluationRequestState;
use gestfg_types::ids::{
    CallId, DegreeId, DocumentExtensionId, DocumentId, EvaluationRequestId, ProjectId, UserId,
};
use gestfg_types::users::PersonRef;

fn person(id: i64, name: String) -> PersonRef {
    PersonRef { id: UserId(id), name }
}

/// A version.
#[must_use]
pub fn document(row: DocumentDetail) -> Document {
    let (format, sha256, similarity) = (row.format(), row.fingerprint(), row.similarity());
    Document {
        id: DocumentId(row.id),
        evaluation_request_id: EvaluationRequestId(row.evaluation_request_id),
        kind: row.kind,
        student: row.student_id.zip(row.student_name).map(|(id, name)| person(id, name)),
        version: row.version,
        file_name: row.file_name,
        format,
        is_kept: row.is_kept,
        size: row.size,
        sha256,
        uploaded_by: person(row.uploader_id, row.uploader_name),
        uploaded_at: row.created_at,
        outside_reason: row.outside_reason,
        similarity,
    }
}

/// A request for more time, for this viewer.
#[must_use]
pub fn extension(row: ExtensionDetail, viewer: &Actor, degree: DegreeId) -> DocumentExtension {
    let state = row.state();
    let may_decide = state == DocumentExtensionState::Asked && viewer.keeps_degree(degree);
    DocumentExtension {
        id: DocumentExtensionId(row.id),
        evaluation_request_id: EvaluationRequestId(row.evaluation_request_id),
        state,
        reason: row.reason,
        wanted_until: row.wanted_until,
        granted_until: row.granted_until,
        decision_reason: row.decision_reason,
        asked_by: person(row.asker_id, row.asker_name),
        asked_at: row.created_at,
        decided_by: row.decider_id.zip(row.decider_name).map(|(id, name)| person(id, name)),
        decided_at: row.decided_at,
        version: row.version,
        allowed_actions: may_decide.then_some(DocumentExtensionAction::Decide).into_iter().collect(),
    }
}

/// Everything a set is made of.
pub struct SetParts {
    /// The evaluation request.
    pub request: EvaluationRequestDetail,
    /// What the degree asks for in the call's year.
    pub rules: Vec<DocumentRule>,
    /// The call's dates.
    pub dates: Vec<PhaseDates>,
    /// What was handed in, the newest first.
    pub documents: Vec<DocumentDetail>,
    /// Requests for more time, the newest first.
    pub extensions: Vec<ExtensionDetail>,
    /// Whether the viewer has a seat in the committee.
    pub sits: bool,
    /// Of this student and the team alone.
    pub only: Option<UserId>,
    /// The largest file taken.
    pub max_bytes: u64,
}

/// The set, as far as this viewer reads it, with what they may do now.
#[must_use]
pub fn set(parts: SetParts, viewer: &Actor, now: DateTime<Utc>) -> DocumentSet {
    let SetParts { request, rules, dates, documents, extensions, sits, only, max_bytes } = parts;
    let (facts, students) = (request.assignment.facts(), request.assignment.student_ids());
    let is_live = request_state_of(&request.request_state) == EvaluationRequestState::Requested;
    let until = extensions.iter().filter_map(|extension| extension.granted_until).max();
    let people: Vec<PersonRef> =
        request.assignment.students().into_iter().map(|student| student.person).collect();
    let actions = |rule: &DocumentRule, student: Option<UserId>| {
        let windows = windows(CallId(request.call_id), &dates, phase_of(rule.by));
        let windows = extended(&windows, rule.by, until);
        let may = policy::may_hand_in(viewer, &facts, &students, rule.by, student).is_ok();
        let action = if !is_live || !may {
            None
        } else if windows.iter().any(|window| window.contains(now)) {
            Some(DocumentAction::HandIn)
        } else {
            viewer.keeps_degree(facts.degree).then_some(DocumentAction::HandInWithReason)
        };
        let ends = (windows.iter().map(|w| w.starts_at).min(), windows.iter().map(|w| w.ends_at).max());
        (ends, action)
    };
    let mut left = documents;
    let mut places = Vec::new();
    for rule in rules {
        let owners: Vec<Option<PersonRef>> =
            if rule.each_student { people.iter().cloned().map(Some).collect() } else { vec![None] };
        for student in owners {
            let id = student.as_ref().map(|student| student.id);
            let ((opens_at, closes_at), action) = actions(&rule, id);
            let versions = take(&mut left, &rule.code, id);
            places.push(DocumentPlace {
                opens_at,
                closes_at,
                allowed_actions: action.into_iter().collect(),
                ..place(rule.clone(), student, versions)
            });
        }
    }
    // What was handed in by rules that have changed since is still there.
    while let Some(first) = left.first().cloned() {
        let student = first.student_id.map(UserId);
        let versions = take(&mut left, &first.kind, student);
        places.push(place(forgotten(&first), document(first).student, versions));
    }
    let is_missing = |place: &DocumentPlace| {
        place.required && place.by == HandedInBy::Students && place.versions.is_empty()
    };
    let is_complete = !places.iter().any(is_missing);
    places.retain(|place| {
        let student = place.student.as_ref().map(|student| student.id);
        policy::sees_document(viewer, &facts, sits, place.by, student)
            && (only.is_none() || student.is_none() || student == only)
    });
    let is_asked = extensions.iter().any(|extension| extension.state() == DocumentExtensionState::Asked);
    let may_ask = is_live
        && !is_asked
        && policy::may_ask_extension(viewer, &facts, &students).is_ok()
        && dates.iter().any(|dates| dates.phase == phase_of(HandedInBy::Students));
    DocumentSet {
        evaluation_request_id: EvaluationRequestId(request.request_id),
        call: request.call(),
        project_id: ProjectId(request.assignment.project_id),
        project_title: request.assignment.project_title,
        max_bytes,
        is_complete,
        places,
        extensions: extensions.into_iter().map(|row| extension(row, viewer, facts.degree)).collect(),
        allowed_actions: may_ask.then_some(DocumentSetAction::AskExtension).into_iter().collect(),
    }
}

fn place(rule: DocumentRule, student: Option<PersonRef>, versions: Vec<Document>) -> DocumentPlace {
    DocumentPlace {
        kind: rule.code,
        name: rule.name,
        student,
        required: rule.required,
        by: rule.by,
        formats: rule.formats,
        opens_at: None,
        closes_at: None,
        versions,
        allowed_actions: Vec::new(),
    }
}

fn take(left: &mut Vec<DocumentDetail>, kind: &str, student: Option<UserId>) -> Vec<Document> {
    let of_place = |row: &mut DocumentDetail| row.kind == kind && row.student_id.map(UserId) == student;
    left.extract_if(.., of_place).map(document).collect()
}

fn forgotten(row: &DocumentDetail) -> DocumentRule {
    DocumentRule {
        code: row.kind.clone(),
        name: row.kind.clone(),
        required: false,
        each_student: row.student_id.is_some(),
        by: row.by(),
        formats: vec![DocumentFormat::Pdf, DocumentFormat::Zip],
    }
}
