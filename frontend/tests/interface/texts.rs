use gestfg_frontend::format;
use gestfg_frontend::i18n::Texts;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::session::Language;

const ES: Texts = Texts::of(Language::Es);
const EN: Texts = Texts::of(Language::En);

#[test]
fn every_refusal_is_a_sentence_of_its_own_in_both_languages() {
    for code in ErrorCode::ALL {
        assert!(ES.error(*code).ends_with(['.', '?']), "{code}");
        assert!(EN.error(*code).ends_with(['.', '?']), "{code}");
        assert_ne!(ES.error(*code), EN.error(*code), "{code}");
    }
}

#[test]
fn every_field_code_is_a_sentence_of_its_own_in_both_languages() {
    for code in FieldCode::ALL {
        assert!(ES.field_error(*code).ends_with('.'), "{}", code.as_str());
        assert_ne!(ES.field_error(*code), EN.field_error(*code), "{}", code.as_str());
    }
}

#[test]
fn counting_knows_one_from_many() {
    assert_eq!(ES.count_projects(1), "1 proyecto");
    assert_eq!(ES.count_projects(12_345), "12.345 proyectos");
    assert_eq!(EN.count_projects(12_345), "12,345 projects");
    assert_eq!(EN.due_validation(1), "1 project awaits your validation");
}

#[test]
fn academic_years_are_written_by_both_their_years() {
    assert_eq!(format::academic_year(2026), "2026/27");
    assert_eq!(format::academic_year(2099), "2099/00");
}
