use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::call::name_of;
use crate::openapi::Problems;
use crate::pdf::Document;
use crate::routes::download::{page_of, print};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::grading::Band;
use gestfg_types::ids::MinutesId;
use gestfg_types::minutes::{Minutes, MinutesEntry, MinutesState};
use gestfg_types::session::Language;

/// The minutes of a call to be printed and signed, in the caller's language;
/// closed ones carry the code by which anybody can have them checked.
#[utoipa::path(
    tag = "minutes",
    params(("id" = MinutesId, Path)),
    responses(
        (status = 200, content((inline(crate::routes::download::Print) = "application/pdf"))),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/minutes/{id}/pdf")]
pub(super) async fn print_minutes(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<MinutesId>,
) -> AppResult<HttpResponse> {
    let (id, language, config) = (id.into_inner(), user.language, state.config.clone());
    let found = state.db.run(move |conn| shown(conn, id, &user)).await?;
    let name = file_name(&found, language);
    print(&name, document(&found, language, config.time_zone, &config.public_url)).await
}

fn file_name(minutes: &Minutes, language: Language) -> String {
    let word = match (minutes.state, language) {
        (MinutesState::Provisional, Language::Es) => "Notas provisionales",
        (MinutesState::Provisional, Language::En) => "Provisional marks",
        (_, Language::Es) => "Acta",
        (_, Language::En) => "Minutes",
    };
    format!("{word} {} {}", name_of(&minutes.call), minutes.edition)
}

/// One of two texts, by language.
const fn say(language: Language, es: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Es => es,
        Language::En => en,
    }
}

fn document(minutes: &Minutes, language: Language, zone: chrono_tz::Tz, public_url: &str) -> Document {
    let say = |es, en| say(language, es, en);
    let clock = |at: DateTime<Utc>| at.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string();
    let number = minutes.number.map(|number| format!(" {number}")).unwrap_or_default();
    let title = match minutes.state {
        MinutesState::Provisional => say("Calificaciones provisionales", "Provisional marks").to_owned(),
        _ => format!("{}{number}", say("Acta de calificaciones n.º", "Minutes of marks no.")),
    };
    let call = name_of(&minutes.call);
    let (tag, page_of) = page_of(language);
    let mut document = Document::new(&title, tag, page_of).wide();
    document.paragraph(&format!("{} · {call}", minutes.call.degree.name));
    let edition = format!("{} {}", say("Edición", "Edition"), minutes.edition);
    let published = format!(
        "{}: {}",
        say("Publicación provisional", "Published as provisional"),
        clock(minutes.published_at)
    );
    let closed = minutes.closed_at.map(|at| {
        let by = minutes.closed_by.as_ref().map(|by| format!(" ({})", by.name)).unwrap_or_default();
        format!("{}: {}{by}", say("Cierre", "Closed"), clock(at))
    });
    let facts: Vec<_> = [Some(edition), Some(published), closed].into_iter().flatten().collect();
    document.paragraph(&facts.join(" · "));
    if let Some(reason) = &minutes.reopen_reason {
        let sentence = say(
            "Esta edición ya no está en vigor; se reabrió por este motivo:",
            "This edition is no longer in force; it was opened again for this reason:",
        );
        document.paragraph(&format!("{sentence} {reason}"));
    }
    let columns = [
        (say("N.º", "No."), 0.5),
        (say("Estudiante", "Student"), 2.4),
        ("DNI", 1.1),
        (say("Trabajo", "Project"), 3.8),
        (say("Tutores", "Tutors"), 2.2),
        (say("Com.", "Com."), 0.6),
        (say("Tutor", "Tutor"), 0.7),
        (say("Comisión", "Committee"), 1.0),
        (say("Nota", "Mark"), 0.6),
        (say("Calificación", "Grade"), 1.6),
    ];
    document.table(&columns, minutes.entries.iter().map(|entry| row(entry, language)).collect());
    let rules = &minutes.rules;
    let committee = 100 - rules.tutor_weight;
    let pass = decimal(&rules.pass_mark.to_string(), language);
    document.paragraph(&match language {
        Language::Es => format!(
            "Nota final: {} % del tutor y {committee} % de la comisión, redondeada una sola vez a un decimal. Se aprueba con {pass}.",
            rules.tutor_weight
        ),
        Language::En => format!(
            "Final mark: {} % by the tutor and {committee} % by the committee, rounded once to one decimal. {pass} passes.",
            rules.tutor_weight
        ),
    });
    if let Some(code) = &minutes.code {
        let groups: Vec<_> = code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        let groups = groups.join("-");
        document.heading(say("Verificación", "Verification"));
        document.paragraph(&format!("{}: {groups}", say("Código", "Code")));
        document.paragraph(&format!(
            "{} {public_url}/verification?code={groups}",
            say("Se comprueba en", "To be checked at")
        ));
        document.paragraph(&format!("SHA-256: {}", minutes.digest.as_deref().unwrap_or_default()));
        document = document.with_footer(&format!("{title} · {call} · {groups}"));
    }
    document
}

/// A decimal as people write it.
fn decimal(text: &str, language: Language) -> String {
    if language == Language::Es { text.replace('.', ",") } else { text.to_owned() }
}

/// What a mark is called.
pub(super) const fn band_name(band: Band, language: Language) -> &'static str {
    match band {
        Band::NotPresented => say(language, "No presentado", "Not presented"),
        Band::Fail => say(language, "Suspenso", "Fail"),
        Band::Pass => say(language, "Aprobado", "Pass"),
        Band::Good => say(language, "Notable", "Good"),
        Band::Excellent => say(language, "Sobresaliente", "Excellent"),
    }
}

fn row(entry: &MinutesEntry, language: Language) -> Vec<String> {
    let shown = |mark: Option<&str>| mark.map_or_else(|| "—".to_owned(), |mark| decimal(mark, language));
    let honours = if entry.has_honours { say(language, " (matrícula de honor)", " (honours)") } else { "" };
    let band = band_name(entry.band, language);
    vec![
        entry.position.to_string(),
        entry.student.name.clone(),
        entry.student_dni.clone().unwrap_or_default(),
        entry.project_title.clone(),
        entry.tutors.join("\n"),
        entry.committee_number.to_string(),
        shown(entry.tutor_mark.as_deref()),
        shown(entry.committee_mark.as_deref()),
        shown(entry.mark.map(|mark| mark.to_string()).as_deref()),
        format!("{band}{honours}"),
    ]
}
