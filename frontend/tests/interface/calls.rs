use crate::draw::{draw, draw_in, words};
use crate::zone::{at, dates, madrid_rules};
use gestfg_frontend::api::ApiError;
use gestfg_frontend::components::{PhaseWarnings, ProblemAlert, Stepper, Timeline};
use gestfg_frontend::i18n::Texts;
use gestfg_frontend::zone::ConfigurationProvider;
use gestfg_types::calendar::{ProgressStep, StepProgress, StepStanding};
use gestfg_types::calls::{CallPhase, Phase, PhaseDates, warnings};
use gestfg_types::errors::{ClosedPhase, ErrorCode, Problem};
use gestfg_types::master::Configuration;
use gestfg_types::session::Language;
use yew::prelude::*;

fn here(content: Html) -> Html {
    let configuration = Configuration {
        student_domains: Vec::new(),
        professor_domains: Vec::new(),
        academic_year: 2026,
        default_language: Language::Es,
        time_zone: madrid_rules(),
        demo: false,
    };
    html! { <ConfigurationProvider fixed={configuration}>{ content }</ConfigurationProvider> }
}

fn phase(phase: Phase, from: &str, to: &str, now: &str) -> CallPhase {
    let dates = PhaseDates { phase, starts_at: at(from), ends_at: at(to) };
    let standing = dates.standing(at(now));
    CallPhase { phase, starts_at: dates.starts_at, ends_at: dates.ends_at, standing }
}

const NOW: &str = "2027-06-08T10:00:00Z";

fn phases() -> Vec<CallPhase> {
    vec![
        phase(Phase::ProjectAssignment, "2026-10-01T22:00:00Z", "2027-05-31T22:00:00Z", NOW),
        phase(Phase::EvaluationRequest, "2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z", NOW),
        phase(Phase::Defence, "2027-06-24T22:00:00Z", "2027-07-04T22:00:00Z", NOW),
    ]
}

#[tokio::test]
async fn the_timeline_is_a_table_whose_words_say_what_its_bars_show() {
    let html =
        draw(|| here(html! { <Timeline caption="Fases de Junio" phases={phases()} now={at(NOW)} /> })).await;
    let said = words(&html);
    for sentence in [
        "Fases de Junio Fase Fechas Estado",
        "Asignación 1 oct 2026 – 31 may 2027 Terminado",
        "Solicitud de evaluación 1–10 jun 2027 Abierto Quedan 2 días",
        "Defensa 25 jun – 4 jul 2027 Aún no abierto Faltan 17 días",
        "Hoy",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    assert_eq!(html.matches("<rect").count(), 3);
    // Only the open phase is the present one, and the drawing is not read out.
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
    assert_eq!(html.matches("<svg").count(), html.matches("aria-hidden=\"true\"").count());
}

#[tokio::test]
async fn a_detailed_timeline_says_the_last_minute_inside_and_what_is_missing() {
    let html = draw_in(Language::En, || {
        here(html! { <Timeline caption="Phases" phases={phases()} now={at(NOW)} detailed=true all=true /> })
    })
    .await;
    let said = words(&html);
    assert!(
        said.contains(
            "Evaluation requests Projects are entered in the call. 1 Jun 2027, 00:00 10 Jun 2027, 23:59 Open"
        ),
        "{said}"
    );
    assert!(said.contains("Coordinators form the committees. No dates yet"), "{said}");
    assert_eq!(html.matches("role=\"rowheader\"").count(), Phase::ALL.len());
}

#[tokio::test]
async fn today_is_not_marked_where_it_would_squeeze_the_rest() {
    let html =
        draw(|| here(html! { <Timeline caption="F" phases={phases()} now={at("2030-01-01T00:00:00Z")} /> }))
            .await;
    assert!(!words(&html).contains("Hoy"));
}

fn refusal(opens_at: Option<&str>, closed_at: Option<&str>) -> ApiError {
    ApiError::Problem(Box::new(Problem {
        kind: "about:blank".to_owned(),
        code: ErrorCode::PhaseNotOpen,
        title: ErrorCode::PhaseNotOpen.title().to_owned(),
        status: 409,
        detail: String::new(),
        errors: Vec::new(),
        used_by: Vec::new(),
        phase: Some(ClosedPhase {
            phase: Phase::EvaluationRequest,
            call_id: None,
            opens_at: opens_at.map(at),
            closed_at: closed_at.map(at),
            may_override: false,
        }),
        violations: Vec::new(),
        request_id: None,
    }))
}

#[test]
fn a_closed_phase_is_refused_with_its_name_and_its_date() {
    for (language, error, sentence) in [
        (
            Language::Es,
            refusal(None, Some("2027-06-10T22:00:00Z")),
            "El plazo «Solicitud de evaluación» se cerró el 10 de junio de 2027 a las 23:59.",
        ),
        (
            Language::En,
            refusal(None, Some("2027-06-10T22:00:00Z")),
            "“Evaluation requests” closed on 10 June 2027 at 23:59.",
        ),
        (
            Language::Es,
            refusal(Some("2027-05-31T22:00:00Z"), None),
            "El plazo «Solicitud de evaluación» se abre el 1 de junio de 2027 a las 00:00.",
        ),
        (
            Language::Es,
            refusal(None, None),
            "El plazo «Solicitud de evaluación» no tiene fechas en ninguna convocatoria abierta.",
        ),
    ] {
        assert_eq!(error.sentence(Texts::of(language), &dates(language)), sentence);
        assert!(!error.may_override());
    }
}

#[tokio::test]
async fn the_refusal_on_the_page_has_the_date_too() {
    let html =
        draw(|| here(html! { <ProblemAlert error={refusal(None, Some("2027-06-10T22:00:00Z"))} /> })).await;
    assert!(words(&html).contains("se cerró el 10 de junio de 2027 a las 23:59."), "{html}");
}

#[tokio::test]
async fn warnings_name_the_neighbours() {
    let html = draw(|| {
        let typed: Vec<PhaseDates> = phases()
            .into_iter()
            .filter(|phase| phase.phase != Phase::ProjectAssignment)
            .map(|phase| PhaseDates {
                phase: phase.phase,
                starts_at: phase.starts_at,
                ends_at: phase.ends_at,
            })
            .collect();
        html! { <PhaseWarnings warnings={warnings(&typed)} /> }
    })
    .await;
    let said = words(&html);
    assert!(said.contains("«Asignación» no tiene fechas."), "{said}");
    assert!(said.contains("Hay días libres entre «Solicitud de evaluación» y «Defensa»."), "{said}");
}

#[tokio::test]
async fn the_steps_say_what_is_done_and_what_to_do_until_when() {
    let html = draw(|| {
        let step = |step, standing, done: Option<&str>, closes: Option<&str>| StepProgress {
            step,
            standing,
            done_at: done.map(at),
            opens_at: None,
            closes_at: closes.map(at),
        };
        let steps = vec![
            step(ProgressStep::Assigned, StepStanding::Done, Some("2026-11-03T09:00:00Z"), None),
            step(ProgressStep::Requested, StepStanding::Current, None, Some("2027-06-10T22:00:00Z")),
            step(ProgressStep::Documents, StepStanding::Ahead, None, None),
        ];
        here(html! { <Stepper {steps} /> })
    })
    .await;
    let said = words(&html);
    assert!(said.contains("Proyecto asignado Hecho El 3 nov 2026"), "{said}");
    assert!(said.contains("Presentado a convocatoria Ahora Hasta el 10 jun 2027, 23:59"), "{said}");
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
}
