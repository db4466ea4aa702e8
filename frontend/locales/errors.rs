//! The text of every refusal and of everything that can be wrong with a field.
//! The matches are exhaustive: a new code without its text does not compile.

use gestfg_types::errors::{ErrorCode, FieldCode};

labels! {
    /// What a refusal says to the reader.
    error(ErrorCode) {
        ErrorCode::MalformedRequest = "El servidor no ha entendido la petición. Recarga la página y vuelve a intentarlo.", "The server did not understand the request. Reload the page and try again.";
        ErrorCode::InvalidCursor = "Esta página de la lista ya no existe. Vuelve a la primera.", "This page of the list no longer exists. Go back to the first one.";
        ErrorCode::InvalidIdempotencyKey = "El servidor no ha aceptado la clave de la petición. Vuelve a intentarlo.", "The server did not accept the request's key. Try again.";
        ErrorCode::NotAuthenticated = "Inicia sesión para continuar.", "Log in to continue.";
        ErrorCode::InvalidCredentials = "El usuario o la contraseña no son correctos.", "The user or the password is not right.";
        ErrorCode::SessionEnded = "La sesión ha terminado. Inicia sesión de nuevo.", "Your session has ended. Log in again.";
        ErrorCode::Forbidden = "No tienes permiso para hacer esto.", "You are not allowed to do this.";
        ErrorCode::ReadOnlyToken = "Este token solo permite leer.", "This token may only read.";
        ErrorCode::CrossSiteRequest = "La petición venía de otro sitio web y se ha rechazado.", "The request came from another web site and was refused.";
        ErrorCode::OwnProject = "Nadie puede decidir sobre un proyecto propio.", "Nobody may decide on a project of their own.";
        ErrorCode::NotFound = "No existe, o no puedes verlo.", "It does not exist, or you may not see it.";
        ErrorCode::MethodNotAllowed = "El servidor no admite esta operación aquí.", "The server does not allow this operation here.";
        ErrorCode::NotAcceptable = "El servidor no puede responder en ese formato.", "The server cannot answer in that form.";
        ErrorCode::AlreadyExists = "Ya existe otro con esos datos.", "Another one with these data already exists.";
        ErrorCode::TitleTaken = "Otro proyecto de la titulación tiene este título en el mismo curso.", "Another project of the degree has this title in the same year.";
        ErrorCode::InUse = "No se puede eliminar porque todavía se usa.", "It cannot be removed because it is still in use.";
        ErrorCode::InvalidState = "Su estado actual no permite este paso.", "Its present state does not allow this step.";
        ErrorCode::ProjectAlreadyAssigned = "El proyecto ya está asignado.", "The project is already assigned.";
        ErrorCode::StudentAlreadyAssigned = "El estudiante ya tiene un proyecto asignado.", "The student already has a project.";
        ErrorCode::PhaseNotOpen = "Está fuera de plazo.", "It is outside the dates for this.";
        ErrorCode::AlreadyRequested = "El proyecto ya está presentado a una convocatoria.", "The project is already entered in a call.";
        ErrorCode::ImportAlreadyDecided = "Esta importación ya se confirmó o se deshizo.", "This import has already been committed or undone.";
        ErrorCode::ImportHasErrors = "Hay filas con errores. Corrígelas o importa solo las válidas.", "Some rows have errors. Mend them or import only the valid ones.";
        ErrorCode::ImportBuiltUpon = "No se puede deshacer: otros datos ya dependen de estas filas.", "It cannot be undone: other data already depend on these rows.";
        ErrorCode::IdempotencyConflict = "Esta misma operación ya se está procesando. Espera un momento y recarga.", "This very operation is being processed. Wait a moment and reload.";
        ErrorCode::ClaimConflict = "Las dos fichas no se pueden unir tal y como están.", "The two records cannot be joined as they stand.";
        ErrorCode::LastAdmin = "Tiene que quedar al menos una persona administradora, y nadie puede hacerse esto a sí mismo.", "At least one admin must stay, and nobody may do this to themselves.";
        ErrorCode::StaleVersion = "Otra persona lo ha cambiado mientras tanto.", "Someone else changed it in the meantime.";
        ErrorCode::TooLarge = "Es demasiado grande.", "It is too large.";
        ErrorCode::ContentRemoved = "Ya no se conserva su contenido.", "Its content is not kept any more.";
        ErrorCode::RangeNotSatisfiable = "El archivo no llega hasta ahí.", "Nothing of the file is there.";
        ErrorCode::UnsupportedMediaType = "Este tipo de archivo no se admite.", "This type of file is not accepted.";
        ErrorCode::ValidationFailed = "Revisa los campos señalados.", "Check the fields marked below.";
        ErrorCode::InvalidLink = "El enlace ya no es válido. Pide uno nuevo.", "The link is not valid any more. Ask for a new one.";
        ErrorCode::PlanBreaksRules = "El cambio incumple reglas que no admiten excepción.", "The change breaks rules that admit no exception.";
        ErrorCode::AlreadyApplied = "Ya hay una solicitud de este alumno en esta ronda.", "The student applies in this round already.";
        ErrorCode::RoundUnderWay = "La convocatoria ya tiene una ronda de solicitudes sin terminar.", "The call has a round that is not settled yet.";
        ErrorCode::AllocationOutdated = "Algo ha cambiado desde que se calculó la adjudicación; vuelve a calcularla.", "Something changed since the allocation was worked out; have it worked out again.";
        ErrorCode::MarksIncomplete = "Faltan datos para publicar o cerrar las calificaciones.", "Something is missing before the marks can be published or closed.";
        ErrorCode::SimilarityUnjustified = "Un documento coincide demasiado con trabajos anteriores. Antes de calificar, un tutor o la coordinación tiene que firmar por qué se puede defender.", "Much of a document stands in earlier projects. Before it is marked, a tutor or a coordinator has to sign why it may be defended.";
        ErrorCode::MarksFrozen = "Las calificaciones ya están publicadas o cerradas y no se pueden cambiar.", "The marks are published or closed and cannot be changed.";
        ErrorCode::ExtensionAlreadyAsked = "Ya se ha pedido más plazo y falta la decisión.", "More time was asked for already and waits for a decision.";
        ErrorCode::PlanningUnderWay = "Ya se está generando una propuesta para esta convocatoria.", "The planner is at work for this call already.";
        ErrorCode::UnreadableFile = "No se puede leer el archivo. ¿Es una hoja de cálculo?", "The file cannot be read. Is it a spreadsheet?";
        ErrorCode::VersionRequired = "Falta la versión que se edita. Recarga la página.", "The version being edited is missing. Reload the page.";
        ErrorCode::TooManyAttempts = "Demasiados intentos. Espera unos minutos.", "Too many attempts. Wait a few minutes.";
        ErrorCode::Internal = "Ha fallado algo en el servidor. El error ha quedado registrado.", "Something went wrong on the server. The error has been logged.";
        ErrorCode::Unavailable = "El servicio no está disponible ahora mismo. Vuelve a intentarlo en un momento.", "The service is not available right now. Try again in a moment.";
    }

    /// What is wrong with one field or cell.
    field_error(FieldCode) {
        FieldCode::Required = "Este dato es obligatorio.", "This is required.";
        FieldCode::TooShort = "Es demasiado corto.", "It is too short.";
        FieldCode::TooLong = "Es demasiado largo.", "It is too long.";
        FieldCode::OutOfRange = "Está fuera del intervalo permitido.", "It is outside the allowed range.";
        FieldCode::NotANumber = "No es un número.", "It is not a number.";
        FieldCode::InvalidCharacter = "Contiene un carácter que no se puede guardar.", "It holds a character that cannot be stored.";
        FieldCode::InvalidEmail = "No es una dirección de correo.", "It is not an e-mail address.";
        FieldCode::NotInstitutional = "No es una dirección de la universidad.", "It is not an address of the university.";
        FieldCode::InvalidDni = "No es un DNI ni un NIE.", "It is neither a DNI nor a NIE.";
        FieldCode::WrongDniLetter = "La letra no corresponde al número.", "The letter does not match the number.";
        FieldCode::UnknownValue = "No es uno de los valores posibles.", "It is none of the possible values.";
        FieldCode::Unknown = "No existe.", "It does not exist.";
        FieldCode::Inactive = "Está desactivado.", "It is deactivated.";
        FieldCode::Ambiguous = "Coincide con más de uno.", "It matches more than one.";
        FieldCode::Duplicate = "Está repetido.", "It comes twice.";
        FieldCode::Taken = "Ya lo tiene otra persona o elemento.", "Someone or something else has it already.";
        FieldCode::SamePerson = "El tutor no puede ser también el cotutor.", "The tutor cannot also be the co-tutor.";
        FieldCode::TooManyStudents = "Son más estudiantes de los que admite el proyecto.", "These are more students than the project takes.";
        FieldCode::NotAStudent = "Esta persona no es estudiante.", "This person is not a student.";
        FieldCode::NotAProfessor = "Esta persona no es profesora.", "This person is not a professor.";
        FieldCode::AlreadyAssigned = "Ya tiene un proyecto asignado en este nivel.", "Already has a project at this level.";
        FieldCode::WeakPassword = "La contraseña es demasiado fácil de adivinar.", "The password is too easy to guess.";
        FieldCode::WrongPassword = "No es tu contraseña actual.", "This is not your present password.";
        FieldCode::NotAllowed = "No puedes usar este valor.", "You may not use this value.";
        FieldCode::IgnoredColumn = "Esta columna no se usa.", "This column is not used.";
        FieldCode::MissingColumn = "Falta esta columna.", "This column is missing.";
        FieldCode::InvalidState = "El estado actual no lo permite.", "The present state does not allow it.";
        FieldCode::PhaseNotOpen = "Está fuera de plazo.", "It is outside the dates for this.";
        FieldCode::KeptAsIs = "Difiere de lo guardado y se deja como estaba.", "It differs from what is stored and was left as it is.";
    }
}

texts! {
    network_failed = "No hay conexión con el servidor. Comprueba la red y vuelve a intentarlo.", "The server cannot be reached. Check your connection and try again.";
    answer_not_understood = "El servidor ha respondido algo inesperado. Recarga la página.", "The server answered something unexpected. Reload the page.";
    session_lost = "La sesión ha caducado. Inicia sesión de nuevo: lo que has escrito sigue aquí.", "Your session has expired. Log in again: what you typed is still here.";
}

phrases! {
    /// The id to quote when asking for help.
    quote_request_id(id: &str) = format!("Si pides ayuda, indica este código: {id}"), format!("If you ask for help, quote this code: {id}");
    /// One line of what keeps something from being removed.
    used_by(kind: &str, count: i64, examples: &str) = format!("{}: {count} ({examples})", usage_es(kind)), format!("{}: {count} ({examples})", kind.replace('_', " "));
}

fn usage_es(kind: &str) -> &str {
    match kind {
        "departments" => "Departamentos",
        "degrees" => "Titulaciones",
        "projects" => "Proyectos",
        "assignments" => "Asignaciones",
        "professors" => "Profesorado",
        "students" => "Estudiantes",
        "users" => "Personas",
        "areas" => "Áreas",
        "imports" => "Importaciones",
        "calls" => "Convocatorias",
        "events" => "Avisos y eventos",
        other => other,
    }
}
