//! The words of every letter, in Spanish and English.

use crate::domain::phases::phase_name;
use crate::domain::text::one_line;
use crate::mail::letter::{Letter, Recipient};
use gestfg_types::session::Language;

/// Subject and body of a letter that leads to this link.
pub(super) fn write(to: &Recipient, letter: &Letter, link: &str) -> (String, String) {
    let (subject, text) = match to.language {
        Language::Es => spanish(letter),
        Language::En => english(letter),
    };
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
    let body = format!("{greeting}, {}:\n\n{text}\n\n{link}\n\n-- \n{closing}\n", to.first_name);
    (one_line(&subject), body)
}

fn spanish(letter: &Letter) -> (String, String) {
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
        Letter::PhaseOpens { name, phase, .. } => (
            format!("Empieza el plazo: {} ({name})", phase_name(Language::Es, *phase)),
            format!("Ha empezado el plazo «{}» de la convocatoria {name}.", phase_name(Language::Es, *phase)),
        ),
        Letter::PhaseCloses { name, phase, days, .. } => (
            format!("{}: {} ({name})", ends_es(*days), phase_name(Language::Es, *phase)),
            format!("{} el plazo «{}» de la convocatoria {name}.", ends_es(*days), phase_name(Language::Es, *phase)),
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
        Letter::Announcement { title, excerpt, .. } => (title.clone(), excerpt.clone()),
        Letter::Message { title, author, excerpt, .. } => (
            format!("Mensaje de {author}: {title}"),
            format!("{author} ha escrito en el hilo de «{title}»:\n\n{excerpt}"),
        ),
    }
}

fn english(letter: &Letter) -> (String, String) {
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
        Letter::PhaseOpens { name, phase, .. } => (
            format!("It begins: {} ({name})", phase_name(Language::En, *phase)),
            format!("The phase “{}” of the call {name} has begun.", phase_name(Language::En, *phase)),
        ),
        Letter::PhaseCloses { name, phase, days, .. } => (
            format!("{}: {} ({name})", ends_en(*days), phase_name(Language::En, *phase)),
            format!("{}: the phase “{}” of the call {name}.", ends_en(*days), phase_name(Language::En, *phase)),
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
