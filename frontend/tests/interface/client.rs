use gestfg_frontend::api::ApiError;
use gestfg_frontend::api::client::{read_body, read_refusal};
use gestfg_frontend::i18n::Texts;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::Area;
use gestfg_types::pagination::Page;
use gestfg_types::session::Language;

const INVALID: &str = r#"{
    "type": "about:blank", "code": "validation_failed", "title": "Some fields are not valid", "status": 422,
    "detail": "One field is not valid.",
    "errors": [{"pointer": "/students/1", "code": "already_assigned", "message": "Already assigned."}]
}"#;

#[test]
fn a_problem_document_keeps_its_code_and_its_fields() {
    let error = read_refusal(422, INVALID);
    assert_eq!(error.code(), Some(ErrorCode::ValidationFailed));
    let fields: Vec<_> =
        error.field_errors().iter().map(|field| (field.pointer.as_str(), field.code)).collect();
    assert_eq!(fields, [("/students/1", FieldCode::AlreadyAssigned)]);
    assert!(!error.may_retry());
}

#[test]
fn a_gateway_that_answers_in_html_is_a_network_failure() {
    for status in [502, 503, 504] {
        assert_eq!(read_refusal(status, "<html>Bad gateway</html>"), ApiError::Network);
    }
}

#[test]
fn an_answer_outside_the_contract_is_unexpected() {
    assert_eq!(read_refusal(418, "{}"), ApiError::Unexpected(418));
    assert_eq!(read_refusal(400, r#"{"code": "brand_new_code"}"#), ApiError::Unexpected(400));
    assert_eq!(read_body::<Page<Area>>(200, "[]"), Err(ApiError::Unexpected(200)));
}

#[test]
fn a_lost_database_may_be_asked_again() {
    let text = r#"{"type":"about:blank","code":"unavailable","title":"","status":503,"detail":""}"#;
    let error = read_refusal(503, text);
    assert_eq!(error.code(), Some(ErrorCode::Unavailable));
    assert!(error.may_retry());
}

#[test]
fn every_failure_has_a_sentence_in_both_languages() {
    let failures =
        [ApiError::Network, ApiError::SessionLost, ApiError::Unexpected(200), read_refusal(422, INVALID)];
    for failure in failures {
        let spanish = failure.text(Texts::of(Language::Es));
        let english = failure.text(Texts::of(Language::En));
        assert_ne!(spanish, english);
        assert!(spanish.len() > 10 && english.len() > 10);
    }
}
