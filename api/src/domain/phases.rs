//! The phases of a call.

use gestfg_types::calls::Phase;
use gestfg_types::session::Language;

/// What a phase is called, as in the glossary.
#[must_use]
pub const fn phase_name(language: Language, phase: Phase) -> &'static str {
    let (es, en) = match phase {
        Phase::ProjectAssignment => ("Asignación", "Assignment of projects"),
        Phase::EvaluationRequest => ("Solicitud de evaluación", "Evaluation requests"),
        Phase::CommitteeFormation => ("Comisiones", "Committees"),
        Phase::MaterialSubmission => ("Entrega de material", "Handing in documents"),
        Phase::TutorReport => ("Informe del tutor", "Tutors' reports"),
        Phase::Defence => ("Defensa", "Defences"),
        Phase::Grading => ("Evaluación y notificación al centro", "Marks"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}
