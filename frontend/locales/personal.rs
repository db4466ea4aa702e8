//! Personal data: one's own copy, being forgotten, how long things are kept.

use gestfg_types::personal::TraceKind;
use gestfg_types::retention::RetentionKind;

texts! {
    copy_title = "Tus datos", "Your data";
    copy_lead = "Descarga una copia de todo lo que GesTFG guarda sobre ti: un archivo ZIP con tus datos en JSON y los documentos que has entregado.", "Download a copy of everything GesTFG keeps about you: a ZIP file with your data as JSON and the documents you handed in.";
    copy_password_help = "Para asegurarnos de que eres tú.", "To make sure that it is you.";
    copy_download = "Descargar mis datos", "Download my data";
    copy_done = "La copia de tus datos se ha descargado.", "The copy of your data was downloaded.";

    forget_removes = "Se borra para siempre", "Removed for good";
    forget_keeps = "Se conserva sin su nombre", "Kept without their name";
    forget_minutes_note = "Las actas cerradas conservan los nombres: son un documento oficial y su huella responde de cada letra.", "Closed minutes keep their names: they are an official record, and their hash vouches for every letter.";
    forget_blocked_title = "Todavía no se puede anonimizar", "Cannot be anonymised yet";
    forget_blocked_body = "Está en medio de algo. Termínalo o pásaselo a otra persona antes:", "They are in the middle of something. End it or hand it over first:";
    forget_reason = "Motivo (queda en el registro; no nombres a nadie)", "Reason (it stays in the audit log; name nobody)";

    route_retention = "Conservación", "Retention";
    retention_lead = "Cuánto tiempo se conserva cada cosa. Lo que pasa de su plazo se borra cada noche, sin vuelta atrás.", "How long things are kept. What is past its time is removed each night, and does not come back.";
    retention_all_off = "Mientras un plazo está vacío, esas cosas se conservan siempre.", "As long as a time is empty, those things are kept without end.";
    retention_preview = "Ver qué se borraría", "See what would go";
    retention_nothing = "No se borraría nada", "Nothing would go";
    retention_nothing_body = "Nada ha pasado todavía de este plazo.", "Nothing is past this time yet.";
    retention_item = "Qué", "What";
    retention_since = "Desde", "Since";
    retention_last_night = "La última noche", "The last night";
    retention_never = "Todavía no se ha borrado nada por estos plazos.", "Nothing has been removed by these times yet.";
    retention_unfinished = "en marcha", "under way";
    retention_months_wrong = "Escribe un número de meses del 1 al 600, o déjalo vacío.", "Write a number of months from 1 to 600, or leave it empty.";
    retention_confirm_title = "¿Guardar estos plazos?", "Save these times?";
    retention_confirm_body = "Desde la próxima noche, lo que pase de su plazo se borra para siempre.", "From the next night on, what is past its time is removed for good.";
    retention_saved = "Los plazos se han guardado.", "The times were saved.";
}

labels! {
    /// What a person leaves here.
    trace_kind(TraceKind) {
        TraceKind::Identity = "Nombre, correo y DNI", "Name, e-mail and DNI";
        TraceKind::Sessions = "Inicios de sesión", "Log-ins";
        TraceKind::Keys = "Tokens, enlaces y calendario privado", "Tokens, links and private calendar";
        TraceKind::Notifications = "Avisos y preferencias", "Notifications and preferences";
        TraceKind::Mails = "Correos recibidos", "Mails to them";
        TraceKind::Availability = "Disponibilidad", "Availability";
        TraceKind::Statements = "Motivaciones de sus solicitudes", "Statements of applications";
        TraceKind::Record = "Expediente", "Academic record";
        TraceKind::Messages = "El texto de sus mensajes", "The words of their messages";
        TraceKind::FileNames = "Nombres de los archivos entregados", "Names of files handed in";
        TraceKind::ImportFiles = "Hojas importadas en las que aparece", "Imported spreadsheets that name them";
        TraceKind::AuditMentions = "Menciones en el registro de cambios", "Mentions in the audit log";
        TraceKind::Projects = "Proyectos", "Projects";
        TraceKind::Assignments = "Asignaciones", "Assignments";
        TraceKind::Applications = "Solicitudes", "Applications";
        TraceKind::Documents = "Documentos entregados", "Documents handed in";
        TraceKind::Defences = "Defensas", "Defences";
        TraceKind::Marks = "Calificaciones e informes", "Marks and reports";
        TraceKind::Minutes = "Actas cerradas", "Closed minutes";
        TraceKind::Committees = "Puestos en comisiones", "Seats in committees";
        TraceKind::AuditEntries = "Entradas del registro de cambios", "Entries of the audit log";
    }

    /// What is kept for a time.
    retention_kind(RetentionKind) {
        RetentionKind::Students = "Cuentas de estudiantes inactivos", "Accounts of inactive students";
        RetentionKind::Documents = "Contenido de los documentos", "Content of documents";
        RetentionKind::ImportFiles = "Hojas importadas", "Imported spreadsheets";
        RetentionKind::Mails = "Correos enviados", "Sent mails";
        RetentionKind::Notifications = "Avisos", "Notifications";
        RetentionKind::AuditAddresses = "Direcciones de red del registro", "Network addresses of the audit log";
        RetentionKind::Availability = "Disponibilidad del profesorado", "Availability of professors";
    }

    /// When it goes and what stays.
    retention_kind_help(RetentionKind) {
        RetentionKind::Students = "Meses desde que se cerró su última acta y entraron por última vez. Se anonimizan, salvo que tengan algo en marcha.", "Months since their last minutes were closed and they last logged in. They are anonymised, unless something of theirs is under way.";
        RetentionKind::Documents = "Meses desde que se cerró el acta. Se conserva que se entregaron, con su SHA-256.", "Months since the minutes were closed. That they were handed in stays, with their SHA-256.";
        RetentionKind::ImportFiles = "Meses desde la importación. Lo importado no cambia.", "Months since the import. What was imported does not change.";
        RetentionKind::Mails = "Meses desde su envío. Los enviados se borran siempre a los 90 días.", "Months since they were sent. Sent ones always go after 90 days.";
        RetentionKind::Notifications = "Meses desde el aviso, leído o no. Los leídos se borran siempre a los 180 días.", "Months since they were told, read or not. Read ones always go after 180 days.";
        RetentionKind::AuditAddresses = "Meses desde el cambio. Se conserva quién hizo qué y cuándo.", "Months since the change. Who did what and when stays.";
        RetentionKind::Availability = "Meses desde la fecha en que no podían venir.", "Months since the date on which they could not come.";
    }
}

phrases! {
    /// One line of what stands against anonymising somebody.
    forget_blocker(kind: &str, count: i64, examples: &str) = format!("{}: {count} ({examples})", blocker_es(kind)), format!("{}: {count} ({examples})", blocker_en(kind));
    /// How much there is of something.
    trace_count(what: &str, count: i64) = format!("{what}: {count}"), format!("{what}: {count}");
    /// The heading of what a rule would remove.
    retention_preview_of(what: &str, months: &str) = format!("{what}: con {months} meses"), format!("{what}: with {months} months");
    /// How much a rule would remove.
    retention_would_go(count: &str) = format!("Se borrarían {count}. No se ha borrado nada todavía."), format!("{count} would go. Nothing has been removed yet.");
}

fn blocker_es(kind: &str) -> &str {
    match kind {
        "departments" => "Dirige el departamento",
        "degrees" => "Coordina la titulación",
        "projects" => "Proyectos en oferta",
        "assignments" => "Asignaciones en marcha",
        "applications" => "Solicitudes en una ronda abierta",
        "evaluation_requests" => "Convocatorias sin acta cerrada",
        "committees" => "Comisiones sin acta cerrada",
        "imports" => "Importaciones sin confirmar que le nombran",
        other => other,
    }
}

fn blocker_en(kind: &str) -> &str {
    match kind {
        "departments" => "Heads the department",
        "degrees" => "Coordinates the degree",
        "projects" => "Projects on offer",
        "assignments" => "Assignments under way",
        "applications" => "Applications in an open round",
        "evaluation_requests" => "Entered in calls without closed minutes",
        "committees" => "Committees without closed minutes",
        "imports" => "Imports not carried out that name them",
        other => other,
    }
}
