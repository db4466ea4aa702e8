//! The words of every letter, in Spanish and English.

use crate::domain::dates::{day_and_time, last_minute};
use crate::domain::phases::phase_name;
use crate::domain::text::one_line;
use crate::mail::letter::{Letter, PhaseMove, Receipt, Recipient};
use crate::mail::unsubscribe::Links;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use gestfg_types::session::Language;

/// A letter in a line and in some paragraphs, its dates in the institution's zone.
pub(super) fn words(letter: &Letter, language: Language, zone: Tz) -> (String, String) {
    let (title, text) = match language {
        Language::Es => spanish(letter, zone),
        Language::En => english(letter, zone),
    };
    (one_line(&title), text)
}

/// What stands above the footer of a mail and in it.
pub(super) fn body(to: &Recipient, text: &str, leave: Option<&Links>) -> String {
    let (greeting, closing) = match to.language {
        Language::Es => (
            "Hola",
            "GesTFG, gestión de trabajos fin de grado y de máster.\nEste mensaje es automático; no respondas a él.",
        ),
        Language::En => (
            "Hello",
            "GesTFG, final-degree projects of bachelor and master.\nThis message is automatic; please do not reply.",
        ),
    };
    let leave = leave.map(|links| leaving(to.language, links)).unwrap_or_default();
    format!("{greeting}, {}:\n\n{text}\n\n-- \n{closing}\n{leave}", to.first_name)
}

fn leaving(language: Language, links: &Links) -> String {
    let Links { preferences, page, is_digest, .. } = links;
    match (language, is_digest) {
        (Language::Es, false) => {
            format!(
                "Elegir qué avisos llegan por correo: {preferences}\nNo recibir más correos de este tipo: {page}\n"
            )
        }
        (Language::Es, true) => {
            format!(
                "Elegir qué avisos llegan por correo: {preferences}\nNo recibir más el resumen diario: {page}\n"
            )
        }
        (Language::En, false) => {
            format!("Choose what you are mailed about: {preferences}\nNo more mails of this kind: {page}\n")
        }
        (Language::En, true) => {
            format!("Choose what you are mailed about: {preferences}\nNo more daily digests: {page}\n")
        }
    }
}

/// What a seat is called.
pub(crate) fn seat_name(language: Language, seat: &str) -> String {
    let (kind, number) = seat.split_once('_').unwrap_or((seat, ""));
    let kind = match (language, kind) {
        (Language::Es, "president") => "presidencia",
        (Language::Es, "member") => "vocalía",
        (Language::Es, _) => "suplencia",
        (Language::En, "president") => "president",
        (Language::En, "member") => "member",
        (Language::En, _) => "substitute",
    };
    if number.is_empty() { kind.to_owned() } else { format!("{kind} {number}") }
}

/// What became of the dates of each phase, a line for each.
fn lines(moves: &[PhaseMove], language: Language, zone: Tz) -> String {
    let span = |(from, to): (DateTime<Utc>, DateTime<Utc>)| {
        let (from, to) = (day_and_time(language, zone, from), day_and_time(language, zone, last_minute(to)));
        match language {
            Language::Es => format!("del {from} al {to}"),
            Language::En => format!("from {from} to {to}"),
        }
    };
    let line = |one: &PhaseMove| {
        let phase = phase_name(language, one.phase);
        let (before, after) = (one.before.map(span), one.after.map(span));
        match (language, before, after) {
            (Language::Es, Some(before), Some(after)) => format!("«{phase}»: ahora {after}; antes {before}."),
            (Language::Es, None, Some(after)) => format!("«{phase}»: {after}; antes no tenía fechas."),
            (Language::Es, before, None) => {
                format!("«{phase}»: sin fechas por ahora; antes {}.", before.unwrap_or_default())
            }
            (Language::En, Some(before), Some(after)) => format!("“{phase}”: now {after}; before {before}."),
            (Language::En, None, Some(after)) => format!("“{phase}”: {after}; it had no dates before."),
            (Language::En, before, None) => {
                format!("“{phase}”: no dates for now; before {}.", before.unwrap_or_default())
            }
        }
    };
    moves.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn spanish(letter: &Letter, zone: Tz) -> (String, String) {
    match letter {
        Letter::SetPassword { .. } => (
            "Activa tu cuenta de GesTFG".into(),
            "Tienes una cuenta en GesTFG. Para activarla, elige una contraseña en este enlace. Vale durante 24 horas y para una sola vez; si caduca, pide otro en «He olvidado mi contraseña».".into(),
        ),
        Letter::AccountExists { .. } => (
            "Ya tienes una cuenta de GesTFG".into(),
            "Alguien, seguramente tú, ha querido registrarse en GesTFG con esta dirección, que ya tiene cuenta. Si no recuerdas la contraseña, elige otra en este enlace, que vale durante 24 horas y para una sola vez. Si no has sido tú, no tienes que hacer nada.".into(),
        ),
        Letter::ResetPassword { .. } => (
            "Nueva contraseña de GesTFG".into(),
            "Has pedido cambiar tu contraseña de GesTFG. Elige otra en este enlace, que vale durante 24 horas y para una sola vez. Si no la has pedido tú, no tienes que hacer nada: la contraseña sigue siendo la misma.".into(),
        ),
        Letter::ProjectSubmitted { title, tutor, .. } => (
            format!("Propuesta por validar: {title}"),
            format!("{tutor} ha enviado la propuesta «{title}», que espera tu validación."),
        ),
        Letter::ProjectValidated { title, .. } => (
            format!("Propuesta validada: {title}"),
            format!("Tu propuesta «{title}» ha sido validada. Ya puedes publicarla."),
        ),
        Letter::ProjectRejected { title, reason, .. } => (
            format!("Propuesta devuelta: {title}"),
            format!("Tu propuesta «{title}» ha sido devuelta por este motivo:\n\n{reason}\n\nPuedes corregirla y enviarla de nuevo."),
        ),
        Letter::ProjectPublished { title, .. } => (
            format!("Propuesta publicada: {title}"),
            format!("Tu propuesta «{title}» está publicada en el catálogo."),
        ),
        Letter::ProjectWithdrawn { title, reason, .. } => (
            format!("Propuesta retirada: {title}"),
            format!("Tu propuesta «{title}» ha sido retirada por este motivo:\n\n{reason}"),
        ),
        Letter::Assigned { title, tutor, students, .. } => (
            format!("Trabajo asignado: {title}"),
            format!(
                "El trabajo «{title}» ha sido asignado.\n\nTutoriza: {tutor}\nEstudiantes: {}",
                students.join(", ")
            ),
        ),
        Letter::AssignmentCancelled { title, reason } => (
            format!("Asignación anulada: {title}"),
            format!("La asignación del trabajo «{title}» ha sido anulada por este motivo:\n\n{reason}"),
        ),
        Letter::ClaimWaiting { claimant, preloaded } => (
            "Identidad por confirmar en GesTFG".into(),
            format!("{claimant} se ha registrado con el DNI de {preloaded}, que figura en los datos de secretaría. Comprueba que es la misma persona antes de unir las dos fichas."),
        ),
        Letter::ClaimDecided { rejected: None } => (
            "Tu identidad ha sido confirmada en GesTFG".into(),
            "Tu cuenta se ha unido a los datos que la secretaría tenía de ti.".into(),
        ),
        Letter::ClaimDecided { rejected: Some(reason) } => (
            "Tu identidad no ha sido confirmada en GesTFG".into(),
            format!("Tu cuenta no se ha unido a la ficha con el DNI que indicaste, por este motivo:\n\n{reason}\n\nTu cuenta sigue activa."),
        ),
        Letter::CallOpened { name, .. } => (
            format!("Convocatoria abierta: {name}"),
            format!("Se ha abierto la convocatoria {name}. En su página están todos los plazos."),
        ),
        Letter::PhaseOpens { name, phase, closes_at, .. } => (
            format!("Empieza el plazo: {} ({name})", phase_name(Language::Es, *phase)),
            format!(
                "Ha empezado el plazo «{}» de la convocatoria {name}. Termina el {}.",
                phase_name(Language::Es, *phase),
                day_and_time(Language::Es, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::PhaseCloses { name, phase, days, closes_at, .. } => (
            format!("{}: {} ({name})", ends_es(*days), phase_name(Language::Es, *phase)),
            format!(
                "{}, el {}, el plazo «{}» de la convocatoria {name}.",
                ends_es(*days),
                day_and_time(Language::Es, zone, last_minute(*closes_at)),
                phase_name(Language::Es, *phase),
            ),
        ),
        Letter::PhaseMoved { name, moves, .. } => (
            format!("Cambian las fechas de la convocatoria {name}"),
            format!(
                "Han cambiado fechas de la convocatoria {name} que te afectan:\n\n{}",
                lines(moves, Language::Es, zone)
            ),
        ),
        Letter::StorageNearlyFull { percent } => (
            format!("La base de datos está al {percent} % de su capacidad"),
            format!(
                "Está ocupado el {percent} % del espacio de la base de datos. Cuando se llene no se podrá entregar ni guardar nada: hay que ampliar el plan, llevar los documentos a un almacén externo o retirar lo que ya no hace falta."
            ),
        ),
        Letter::EvaluationRequested { title, call, .. } => (
            format!("Presentado a convocatoria: {title}"),
            format!("El trabajo «{title}» ha quedado presentado a la convocatoria {call}."),
        ),
        Letter::EvaluationWithdrawn { title, call, reason, .. } => (
            format!("Retirado de la convocatoria: {title}"),
            match reason {
                None => format!("El trabajo «{title}» ya no está presentado a la convocatoria {call}."),
                Some(reason) => format!(
                    "El trabajo «{title}» ya no está presentado a la convocatoria {call}, por este motivo:\n\n{reason}"
                ),
            },
        ),
        Letter::CommitteeSeat { name, number, seat, .. } => (
            format!("Comisión {number} de {name}"),
            format!("Se ha publicado tu puesto en la comisión {number} de la convocatoria {name}: {}.", seat_name(Language::Es, seat)),
        ),
        Letter::DefenceScheduled { name, title, number, starts_at, room, .. } => (
            format!("Defensa: {title}"),
            match starts_at {
                None => format!("El trabajo «{title}» se defenderá ante la comisión {number} de la convocatoria {name}. El día y la hora se publicarán más adelante."),
                Some(at) => format!(
                    "El trabajo «{title}» se defenderá ante la comisión {number} de la convocatoria {name}: {}{}.",
                    day_and_time(Language::Es, zone, *at),
                    room.as_ref().map(|room| format!(", {room}")).unwrap_or_default(),
                ),
            },
        ),
        Letter::DefenceCancelled { name, title, .. } => (
            format!("Defensa anulada: {title}"),
            format!("El trabajo «{title}» ya no está presentado a la convocatoria {name}, y no se defenderá ante tu comisión."),
        ),
        Letter::CalledIn { name, number, substitute, absent, .. } => (
            format!("Cambio en la comisión {number} de {name}"),
            format!("{substitute} sustituye a {absent} en la comisión {number} de la convocatoria {name}."),
        ),
        Letter::MarksPublished { call, title, claims_until, .. } => (
            format!("Calificación provisional: {title}"),
            match claims_until {
                None => format!("Se ha publicado la calificación provisional de «{title}» en la convocatoria {call}."),
                Some(until) => format!(
                    "Se ha publicado la calificación provisional de «{title}» en la convocatoria {call}. Puedes reclamar hasta el {}.",
                    day_and_time(Language::Es, zone, last_minute(*until)),
                ),
            },
        ),
        Letter::MarkClaimed { name, title, student, .. } => (
            format!("Reclamación: {title}"),
            format!("{student} ha reclamado la calificación provisional de «{title}» en la convocatoria {name}. Mientras no se responda no se puede cerrar el acta."),
        ),
        Letter::ClaimAnswered { title, is_upheld, answer, .. } => (
            format!("Respuesta a tu reclamación: {title}"),
            format!(
                "Tu reclamación sobre la calificación de «{title}» se ha {}:\n\n{answer}",
                if *is_upheld { "estimado" } else { "desestimado" },
            ),
        ),
        Letter::MinutesClosed { call, title, .. } => (
            format!("Calificación definitiva: {title}"),
            format!("Se ha cerrado el acta de la convocatoria {call}. La calificación de «{title}» ya es definitiva."),
        ),
        Letter::MinutesReopened { name, reason, .. } => (
            format!("Acta reabierta: {name}"),
            format!("El acta de la convocatoria {name} se ha reabierto por este motivo:\n\n{reason}"),
        ),
        Letter::AvailabilityAsked { name, deadline, message, .. } => (
            format!("¿Cuándo puedes estar en los tribunales de {name}?"),
            with_message(
                message,
                format!(
                    "Se van a formar las comisiones de la convocatoria {name}. Indica hasta el {} cuándo no puedes, o solo si hace falta; lo que no marques se entiende como disponible.",
                    day_and_time(Language::Es, zone, last_minute(*deadline)),
                ),
            ),
        ),
        Letter::AvailabilityReminder { name, deadline, .. } => (
            format!("Falta tu disponibilidad para {name}"),
            format!(
                "Hasta el {} puedes indicar cuándo no puedes estar en los tribunales de la convocatoria {name}. Si no respondes se entenderá que puedes siempre.",
                day_and_time(Language::Es, zone, last_minute(*deadline)),
            ),
        ),
        Letter::RoundOpens { name, closes_at, .. } => (
            format!("Ya puedes solicitar proyecto: {name}"),
            format!(
                "Está abierta la solicitud de proyectos de la convocatoria {name}. Ordena los que prefieres hasta el {}; cuenta lo que esté guardado en ese momento.",
                day_and_time(Language::Es, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::RoundCloses { name, closes_at, .. } => (
            format!("Aún no has solicitado proyecto: {name}"),
            format!(
                "El {} termina la solicitud de proyectos de la convocatoria {name} y no tienes ninguna presentada.",
                day_and_time(Language::Es, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::ApplicantsWait { name, projects, closes_at, .. } => (
            format!("¿A quién prefieres para tus proyectos? {name}"),
            format!(
                "{} de la convocatoria {name} y aún no has dicho a quién prefieres. Puedes hacerlo hasta el {}; si no, decide el expediente.",
                match projects {
                    1 => "Hay estudiantes que piden uno de tus proyectos".to_owned(),
                    _ => format!("Hay estudiantes que piden {projects} de tus proyectos"),
                },
                day_and_time(Language::Es, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::TeamInvitation { name, author, closes_at, .. } => (
            format!("{author} te invita a su equipo: {name}"),
            format!(
                "{author} quiere solicitar proyecto contigo en la convocatoria {name}. Acepta o rechaza la invitación antes del {}; si no respondes, no formarás parte del equipo.",
                day_and_time(Language::Es, zone, *closes_at),
            ),
        ),
        Letter::TeamChanged { name, student, joined, .. } => (
            format!("Cambio en tu equipo: {name}"),
            if *joined {
                format!("{student} se ha unido a tu equipo para solicitar proyecto en la convocatoria {name}.")
            } else {
                format!("{student} no forma parte de tu equipo para solicitar proyecto en la convocatoria {name}. La solicitud sigue en pie para los demás.")
            },
        ),
        Letter::ApplicationWithdrawn { name, by, .. } => (
            format!("Solicitud retirada: {name}"),
            format!("{by} ha retirado vuestra solicitud de proyecto en la convocatoria {name}."),
        ),
        Letter::AllocationResult { name, title: Some(title), tutor, rank, .. } => (
            format!("Proyecto adjudicado: {title}"),
            format!(
                "En la adjudicación de la convocatoria {name} te ha correspondido el proyecto «{title}»{}{}.",
                rank.map(|rank| format!(", tu opción n.º {rank}")).unwrap_or_default(),
                tutor.as_ref().map(|tutor| format!(", que tutoriza {tutor}")).unwrap_or_default(),
            ),
        ),
        Letter::AllocationResult { name, title: None, .. } => (
            format!("Adjudicación publicada: {name}"),
            format!("En la adjudicación de la convocatoria {name} no te ha correspondido ningún proyecto de los que solicitaste. En su página puedes leer por qué, uno por uno."),
        ),
        Letter::DocumentReceipt { title, receipt, .. } => (
            format!("Recibido: {} (versión {})", receipt.document, receipt.version),
            format!("Hemos recibido este documento del trabajo «{title}».\n\n{}", received(Language::Es, zone, receipt)),
        ),
        Letter::DocumentHandedIn { title, by, receipt, .. } => (
            format!("{} ha entregado: {} (versión {})", by, receipt.document, receipt.version),
            format!("{by} ha entregado este documento del trabajo «{title}».\n\n{}", received(Language::Es, zone, receipt)),
        ),
        Letter::SimilarityFlagged { title, file_name, share_permille, .. } => (
            format!("Coincidencias que justificar: {title}"),
            format!(
                "El {} % de las palabras de «{file_name}», del trabajo «{title}», está en trabajos entregados antes. \
                 Mira los pasajes que coinciden. Hasta que alguien firme por qué se puede defender, la defensa no se puede calificar.",
                per_cent(*share_permille, ','),
            ),
        ),
        Letter::ExtensionAsked { title, by, until, reason, .. } => (
            format!("Piden prórroga de entrega: {title}"),
            format!(
                "{by} pide entregar los documentos de «{title}» hasta el {}, por este motivo:\n\n{reason}",
                day_and_time(Language::Es, zone, last_minute(*until)),
            ),
        ),
        Letter::ExtensionDecided { title, until, reason, .. } => match until {
            Some(until) => (
                format!("Prórroga concedida: {title}"),
                with_message(
                    reason.as_deref().unwrap_or_default(),
                    format!(
                        "Los documentos de «{title}» se pueden entregar hasta el {}.",
                        day_and_time(Language::Es, zone, last_minute(*until)),
                    ),
                ),
            ),
            None => (
                format!("Prórroga denegada: {title}"),
                with_message(
                    reason.as_deref().unwrap_or_default(),
                    format!("No se ha concedido más plazo para entregar los documentos de «{title}», por este motivo:"),
                ),
            ),
        },
        Letter::Announcement { title, excerpt, .. } => (title.clone(), excerpt.clone()),
        Letter::Message { title, author, excerpt, .. } => (
            format!("Mensaje de {author}: {title}"),
            format!("{author} ha escrito en el hilo de «{title}»:\n\n{excerpt}"),
        ),
    }
}

/// The lines of a receipt.
fn received(language: Language, zone: Tz, receipt: &Receipt) -> String {
    let Receipt { document, version, file_name, size, sha256, at } = receipt;
    let at = day_and_time(language, zone, *at);
    match language {
        Language::Es => format!(
            "Documento: {document}, versión {version}\nArchivo: {file_name} ({size} bytes)\nEntregado: {at}\nSHA-256: {sha256}\n\nGuarda este mensaje: la huella SHA-256 permite comprobar que lo recibido es lo que se envió."
        ),
        Language::En => format!(
            "Document: {document}, version {version}\nFile: {file_name} ({size} bytes)\nHanded in: {at}\nSHA-256: {sha256}\n\nKeep this message: the SHA-256 shows that what was received is what was sent."
        ),
    }
}

/// Thousandths as people read them.
fn per_cent(permille: i16, point: char) -> String {
    format!("{}{point}{}", permille / 10, permille % 10)
}

fn with_message(message: &str, text: String) -> String {
    if message.is_empty() { text } else { format!("{text}\n\n{message}") }
}

fn english(letter: &Letter, zone: Tz) -> (String, String) {
    match letter {
        Letter::SetPassword { .. } => (
            "Activate your GesTFG account".into(),
            "You have an account at GesTFG. To activate it, choose a password by this link. It is good for 24 hours and for one use; if it expires, ask for another under “Forgotten password”.".into(),
        ),
        Letter::AccountExists { .. } => (
            "You already have a GesTFG account".into(),
            "Somebody, most likely you, tried to register at GesTFG with this address, which has an account already. If you do not remember the password, choose another by this link, good for 24 hours and for one use. If it was not you, there is nothing to do.".into(),
        ),
        Letter::ResetPassword { .. } => (
            "New GesTFG password".into(),
            "You asked to change your GesTFG password. Choose another by this link, good for 24 hours and for one use. If it was not you, there is nothing to do: the password stays as it is.".into(),
        ),
        Letter::ProjectSubmitted { title, tutor, .. } => (
            format!("Project to validate: {title}"),
            format!("{tutor} submitted the project “{title}”, which waits for your decision."),
        ),
        Letter::ProjectValidated { title, .. } => (
            format!("Project validated: {title}"),
            format!("Your project “{title}” has been validated. You can publish it now."),
        ),
        Letter::ProjectRejected { title, reason, .. } => (
            format!("Project sent back: {title}"),
            format!("Your project “{title}” has been sent back for this reason:\n\n{reason}\n\nYou can correct it and submit it again."),
        ),
        Letter::ProjectPublished { title, .. } => (
            format!("Project published: {title}"),
            format!("Your project “{title}” is in the catalogue now."),
        ),
        Letter::ProjectWithdrawn { title, reason, .. } => (
            format!("Project withdrawn: {title}"),
            format!("Your project “{title}” has been withdrawn for this reason:\n\n{reason}"),
        ),
        Letter::Assigned { title, tutor, students, .. } => (
            format!("Project assigned: {title}"),
            format!(
                "The project “{title}” has been assigned.\n\nTutor: {tutor}\nStudents: {}",
                students.join(", ")
            ),
        ),
        Letter::AssignmentCancelled { title, reason } => (
            format!("Assignment cancelled: {title}"),
            format!("The assignment of the project “{title}” has been cancelled for this reason:\n\n{reason}"),
        ),
        Letter::ClaimWaiting { claimant, preloaded } => (
            "Identity to confirm at GesTFG".into(),
            format!("{claimant} registered with the DNI of {preloaded}, whom the secretary's office has on file. Make sure that they are the same person before joining the two records."),
        ),
        Letter::ClaimDecided { rejected: None } => (
            "Your identity was confirmed at GesTFG".into(),
            "Your account has been joined to what the secretary's office had on file.".into(),
        ),
        Letter::ClaimDecided { rejected: Some(reason) } => (
            "Your identity was not confirmed at GesTFG".into(),
            format!("Your account has not been joined to the record with the DNI you gave, for this reason:\n\n{reason}\n\nYour account stays active."),
        ),
        Letter::CallOpened { name, .. } => (
            format!("Call opened: {name}"),
            format!("The call {name} has been opened. All its dates are on its page."),
        ),
        Letter::PhaseOpens { name, phase, closes_at, .. } => (
            format!("It begins: {} ({name})", phase_name(Language::En, *phase)),
            format!(
                "The phase “{}” of the call {name} has begun. It ends on {}.",
                phase_name(Language::En, *phase),
                day_and_time(Language::En, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::PhaseCloses { name, phase, days, closes_at, .. } => (
            format!("{}: {} ({name})", ends_en(*days), phase_name(Language::En, *phase)),
            format!(
                "The phase “{}” of the call {name} ends {}, on {}.",
                phase_name(Language::En, *phase),
                if *days == 0 { "today".to_owned() } else { format!("in {days} days") },
                day_and_time(Language::En, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::PhaseMoved { name, moves, .. } => (
            format!("The dates of the call {name} change"),
            format!(
                "Dates of the call {name} that concern you have changed:\n\n{}",
                lines(moves, Language::En, zone)
            ),
        ),
        Letter::StorageNearlyFull { percent } => (
            format!("The database is {percent} % full"),
            format!(
                "{percent} % of the room of the database is taken. Once it is full nothing can be handed in or saved: move to a larger plan, keep documents in a bucket, or remove what is not needed any more."
            ),
        ),
        Letter::EvaluationRequested { title, call, .. } => (
            format!("Entered in a call: {title}"),
            format!("The project “{title}” has been entered in the call {call}."),
        ),
        Letter::EvaluationWithdrawn { title, call, reason, .. } => (
            format!("Taken out of the call: {title}"),
            match reason {
                None => format!("The project “{title}” is not entered in the call {call} any more."),
                Some(reason) => format!(
                    "The project “{title}” is not entered in the call {call} any more, for this reason:\n\n{reason}"
                ),
            },
        ),
        Letter::CommitteeSeat { name, number, seat, .. } => (
            format!("Committee {number} of {name}"),
            format!("Your seat in committee {number} of the call {name} was published: {}.", seat_name(Language::En, seat)),
        ),
        Letter::DefenceScheduled { name, title, number, starts_at, room, .. } => (
            format!("Defence: {title}"),
            match starts_at {
                None => format!("The project “{title}” will be defended before committee {number} of the call {name}. Day and time will be published later."),
                Some(at) => format!(
                    "The project “{title}” will be defended before committee {number} of the call {name}: {}{}.",
                    day_and_time(Language::En, zone, *at),
                    room.as_ref().map(|room| format!(", {room}")).unwrap_or_default(),
                ),
            },
        ),
        Letter::DefenceCancelled { name, title, .. } => (
            format!("Defence cancelled: {title}"),
            format!("The project “{title}” is no longer entered in the call {name}, and will not be defended before your committee."),
        ),
        Letter::CalledIn { name, number, substitute, absent, .. } => (
            format!("Change in committee {number} of {name}"),
            format!("{substitute} steps in for {absent} in committee {number} of the call {name}."),
        ),
        Letter::MarksPublished { call, title, claims_until, .. } => (
            format!("Provisional mark: {title}"),
            match claims_until {
                None => format!("The provisional mark of “{title}” in the call {call} has been published."),
                Some(until) => format!(
                    "The provisional mark of “{title}” in the call {call} has been published. You can claim against it until {}.",
                    day_and_time(Language::En, zone, last_minute(*until)),
                ),
            },
        ),
        Letter::MarkClaimed { name, title, student, .. } => (
            format!("Claim: {title}"),
            format!("{student} claims against the provisional mark of “{title}” in the call {name}. The minutes cannot be closed until it is answered."),
        ),
        Letter::ClaimAnswered { title, is_upheld, answer, .. } => (
            format!("Answer to your claim: {title}"),
            format!(
                "Your claim against the mark of “{title}” has been {}:\n\n{answer}",
                if *is_upheld { "upheld" } else { "rejected" },
            ),
        ),
        Letter::MinutesClosed { call, title, .. } => (
            format!("Definitive mark: {title}"),
            format!("The minutes of the call {call} have been closed. The mark of “{title}” is definitive now."),
        ),
        Letter::MinutesReopened { name, reason, .. } => (
            format!("Minutes opened again: {name}"),
            format!("The minutes of the call {name} have been opened again for this reason:\n\n{reason}"),
        ),
        Letter::AvailabilityAsked { name, deadline, message, .. } => (
            format!("When can you sit in the committees of {name}?"),
            with_message(
                message,
                format!(
                    "The committees of the call {name} are about to be formed. Say until {} when you cannot come, or only if needed; what you leave out counts as available.",
                    day_and_time(Language::En, zone, last_minute(*deadline)),
                ),
            ),
        ),
        Letter::AvailabilityReminder { name, deadline, .. } => (
            format!("Your availability for {name} is missing"),
            format!(
                "Until {} you can say when you cannot sit in the committees of the call {name}. Without an answer you count as always available.",
                day_and_time(Language::En, zone, last_minute(*deadline)),
            ),
        ),
        Letter::RoundOpens { name, closes_at, .. } => (
            format!("You can apply for projects: {name}"),
            format!(
                "Applications for projects of the call {name} are open. Put those you prefer in order until {}; what is saved at that moment counts.",
                day_and_time(Language::En, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::RoundCloses { name, closes_at, .. } => (
            format!("You have not applied for a project yet: {name}"),
            format!(
                "Applications for projects of the call {name} end on {}, and there is none of yours.",
                day_and_time(Language::En, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::ApplicantsWait { name, projects, closes_at, .. } => (
            format!("Whom would you rather have in your projects? {name}"),
            format!(
                "{} in the call {name}, and you have not said yet whom you would rather have. You can until {}; otherwise records decide.",
                match projects {
                    1 => "Students ask for one of your projects".to_owned(),
                    _ => format!("Students ask for {projects} of your projects"),
                },
                day_and_time(Language::En, zone, last_minute(*closes_at)),
            ),
        ),
        Letter::TeamInvitation { name, author, closes_at, .. } => (
            format!("{author} invites you to a team: {name}"),
            format!(
                "{author} would like to apply for a project with you in the call {name}. Accept or decline before {}; without an answer you will not be part of the team.",
                day_and_time(Language::En, zone, *closes_at),
            ),
        ),
        Letter::TeamChanged { name, student, joined, .. } => (
            format!("A change in your team: {name}"),
            if *joined {
                format!("{student} joined your team to apply for a project in the call {name}.")
            } else {
                format!("{student} is not in your team to apply for a project in the call {name}. The application stands for the others.")
            },
        ),
        Letter::ApplicationWithdrawn { name, by, .. } => (
            format!("Application taken back: {name}"),
            format!("{by} took back your application for a project in the call {name}."),
        ),
        Letter::AllocationResult { name, title: Some(title), tutor, rank, .. } => (
            format!("You have a project: {title}"),
            format!(
                "The allocation of the call {name} gave you the project “{title}”{}{}.",
                rank.map(|rank| format!(", your choice no. {rank}")).unwrap_or_default(),
                tutor.as_ref().map(|tutor| format!(", tutored by {tutor}")).unwrap_or_default(),
            ),
        ),
        Letter::AllocationResult { name, title: None, .. } => (
            format!("Allocation published: {name}"),
            format!("The allocation of the call {name} gave you none of the projects you applied for. Its page tells you why, one by one."),
        ),
        Letter::DocumentReceipt { title, receipt, .. } => (
            format!("Received: {} (version {})", receipt.document, receipt.version),
            format!("We received this document of the project “{title}”.\n\n{}", received(Language::En, zone, receipt)),
        ),
        Letter::DocumentHandedIn { title, by, receipt, .. } => (
            format!("{} handed in: {} (version {})", by, receipt.document, receipt.version),
            format!("{by} handed in this document of the project “{title}”.\n\n{}", received(Language::En, zone, receipt)),
        ),
        Letter::SimilarityFlagged { title, file_name, share_permille, .. } => (
            format!("To be justified, passages in common: {title}"),
            format!(
                "{}% of the words of “{file_name}”, of the project “{title}”, are in what was handed in before. \
                 Look at the passages in common. Until somebody signs why it may be defended, its defence cannot be marked.",
                per_cent(*share_permille, '.'),
            ),
        ),
        Letter::ExtensionAsked { title, by, until, reason, .. } => (
            format!("More time asked for: {title}"),
            format!(
                "{by} asks to hand in the documents of “{title}” until {}, for this reason:\n\n{reason}",
                day_and_time(Language::En, zone, last_minute(*until)),
            ),
        ),
        Letter::ExtensionDecided { title, until, reason, .. } => match until {
            Some(until) => (
                format!("More time granted: {title}"),
                with_message(
                    reason.as_deref().unwrap_or_default(),
                    format!(
                        "The documents of “{title}” can be handed in until {}.",
                        day_and_time(Language::En, zone, last_minute(*until)),
                    ),
                ),
            ),
            None => (
                format!("More time refused: {title}"),
                with_message(
                    reason.as_deref().unwrap_or_default(),
                    format!("There is no more time to hand in the documents of “{title}”, for this reason:"),
                ),
            ),
        },
        Letter::Announcement { title, excerpt, .. } => (title.clone(), excerpt.clone()),
        Letter::Message { title, author, excerpt, .. } => (
            format!("Message of {author}: {title}"),
            format!("{author} wrote in the thread of “{title}”:\n\n{excerpt}"),
        ),
    }
}

fn ends_es(days: u8) -> String {
    match days {
        0 => "Termina hoy".to_owned(),
        days => format!("Termina en {days} días"),
    }
}

fn ends_en(days: u8) -> String {
    match days {
        0 => "It ends today".to_owned(),
        days => format!("It ends in {days} days"),
    }
}
