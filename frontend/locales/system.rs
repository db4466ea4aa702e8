//! The audit log, the outbox and the state of the installation.

use gestfg_types::outbox::MailState;
use gestfg_types::system::QueueKind;

texts! {
    audit_lead = "Quién cambió qué, cuándo y desde dónde. Nada se borra de aquí.", "Who changed what, when and from where. Nothing is ever removed from here.";
    audit_search = "Buscar por persona o motivo", "Search by person or reason";
    audit_empty = "Todavía no hay cambios registrados", "No changes have been recorded yet";
    audit_empty_body = "Todo lo que se cree, cambie o elimine quedará aquí.", "Whatever is made, changed or removed will show up here.";
    audit_when = "Cuándo", "When";
    audit_who = "Quién", "Who";
    audit_what = "Qué", "What";
    audit_thing = "Sobre", "On";
    audit_details = "Detalle", "Details";
    audit_show = "Ver el detalle", "Show the details";
    audit_hide = "Ocultar el detalle", "Hide the details";
    audit_entity = "Sobre qué", "On what";
    audit_entity_id = "Número", "Number";
    audit_entity_id_help = "El número de lo cambiado, si se conoce.", "The number of what was changed, if known.";
    audit_action = "Acción", "Action";
    audit_actor = "Quien lo hizo (número)", "Who did it (number)";
    audit_from = "Desde", "From";
    audit_to = "Hasta", "Until";
    audit_field = "Dato", "Field";
    audit_before = "Antes", "Before";
    audit_after = "Después", "After";
    audit_only_changes = "Se muestran los datos que cambiaron.", "Showing the fields that changed.";
    audit_no_values = "Este cambio no guarda valores.", "No values were recorded with this change.";
    audit_nothing_differs = "Ningún dato cambió de valor.", "No field changed its value.";
    audit_address = "Dirección de red", "Network address";
    audit_request = "Petición", "Request";
    audit_system = "El sistema", "The system";

    reload = "Actualizar", "Reload";
    outbox_lead = "Los correos que escribe la aplicación y si han salido.", "The mails the application writes, and whether they have left.";
    outbox_search = "Buscar por destinatario o asunto", "Search by recipient or subject";
    outbox_empty = "Todavía no se ha escrito ningún correo", "No mail has been written yet";
    outbox_empty_body = "Invita a alguien o pide recuperar una contraseña y aparecerá aquí.", "Invite somebody or ask for a password reset and it will show up here.";
    mail_to = "Para", "To";
    mail_subject = "Asunto", "Subject";
    mail_written = "Escrito", "Written";
    mail_sent_at = "Enviado", "Sent";
    mail_attempts = "Intentos", "Tries";
    mail_kind = "Motivo", "Kind";
    mail_last_error = "Último fallo", "Last failure";
    mail_body = "Texto", "Text";
    status_lead = "Cómo está la instalación: qué ocupa, qué espera y qué ha fallado.", "How the installation is doing: what it takes, what waits and what failed.";
    status_pending = "Faltan migraciones: ejecuta gestfg migrate", "Migrations are pending: run gestfg migrate";
    status_room = "Espacio", "Room";
    status_program = "Programa y base de datos", "Program and database";
    status_version = "Versión", "Version";
    status_started = "En marcha desde", "Running since";
    status_memory = "Memoria", "Memory";
    status_streams = "Páginas que siguen los cambios", "Pages that follow changes";
    status_own_connections = "Conexiones de este proceso en uso", "Connections of this process at work";
    status_connections = "Conexiones a la base de datos", "Connections to the database";
    status_migrations = "Migraciones", "Migrations";
    status_copies = "Copias y conservación", "Backups and retention";
    status_backup = "Última copia de seguridad", "Latest backup";
    status_no_backup = "Todavía no se ha hecho ninguna con gestfg backup.", "None has been taken with gestfg backup yet.";
    status_queues = "Trabajo pendiente", "Work that waits";
    status_queue = "Tarea", "Task";
    status_waiting = "En espera", "Waiting";
    status_failed = "Ha fallado", "Failed";
    status_mail_errors = "Correos que no han podido salir", "Mails that could not leave";
    status_errors = "Últimos errores inesperados", "Latest unexpected errors";
    status_no_errors = "Ninguno en los últimos treinta días.", "None in the last thirty days.";
    status_operation = "Operación", "Operation";
    status_error = "Error", "Error";
    status_tables = "Lo que más ocupa", "What takes most room";
    status_table = "Tabla", "Table";
    status_size = "Tamaño", "Size";
    mail_links_note = "Los enlaces de un solo uso solo se muestran cuando los correos van a ficheros, nunca en un servidor con correo real.", "One-time links show only where mails go to files, never on a server with real mail.";
}

labels! {
    /// What a worker does.
    queue_kind(QueueKind) {
        QueueKind::Mails = "Correos", "Mails";
        QueueKind::Plans = "Comisiones y horarios", "Committees and timetables";
        QueueKind::Comparisons = "Comparación de documentos", "Comparison of documents";
    }

    /// How far a mail has come.
    mail_state(MailState) {
        MailState::Waiting = "En espera", "Waiting";
        MailState::Sent = "Enviado", "Sent";
        MailState::Failed = "Ha fallado", "Failed";
    }
}

phrases! {
    /// So many of at most so many.
    status_of(used: u64, limit: u64) = format!("{used} de {limit}"), format!("{used} of {limit}");

    /// How many migrations, and the latest.
    status_applied(count: u64, latest: &str) = format!("{count} aplicadas, la última {latest}"), format!("{count} applied, the latest {latest}");

    /// When it was taken, and what is in it.
    status_backup_of(when: &str, rows: &str, documents: &str, size: &str) = format!("{when}: {rows} filas y {documents} documentos ({size})"), format!("{when}: {rows} rows and {documents} documents ({size})");

    /// A kind of thing, by its name in the log.
    audit_entity_name(entity: &str) = entity_es(entity).to_owned(), entity_en(entity).to_owned();
    /// What was done, by its name in the log, e.g. `project.publish`.
    audit_action_name(action: &str) = verb_es(action).to_owned(), verb_en(action).to_owned();
}

fn entity_es(entity: &str) -> &str {
    match entity {
        "area" => "Área",
        "department" => "Departamento",
        "degree" => "Titulación",
        "sitting" => "Convocatoria",
        "user" => "Persona",
        "project" => "Proyecto",
        "assignment" => "Asignación",
        "import" => "Importación",
        "api_token" => "Token de la API",
        "identity_claim" => "Identidad",
        "call" => "Convocatoria de titulación",
        "evaluation_request" => "Presentación a convocatoria",
        "event" => "Aviso o evento",
        "calendar_feed" => "Calendario privado",
        "message" => "Mensaje",
        "notification_preferences" => "Preferencias de avisos",
        "retention_settings" => "Plazos de conservación",
        other => other,
    }
}

fn entity_en(entity: &str) -> &str {
    match entity {
        "area" => "Area",
        "department" => "Department",
        "degree" => "Degree",
        "sitting" => "Sitting",
        "user" => "Person",
        "project" => "Project",
        "assignment" => "Assignment",
        "import" => "Import",
        "api_token" => "API token",
        "identity_claim" => "Identity",
        "call" => "Call",
        "evaluation_request" => "Evaluation request",
        "event" => "Announcement or event",
        "calendar_feed" => "Private calendar",
        "message" => "Message",
        "notification_preferences" => "Notification preferences",
        "retention_settings" => "Retention",
        other => other,
    }
}

fn verb(action: &str) -> &str {
    action.split_once('.').map_or(action, |(_, verb)| verb)
}

fn verb_es(action: &str) -> &str {
    match verb(action) {
        "create" => "Crear",
        "create_admin" => "Crear administración",
        "claim_identity" => "Reclamar identidad",
        "update" => "Modificar",
        "delete" => "Eliminar",
        "submit" => "Enviar a validación",
        "validate" => "Validar",
        "reject" => "Devolver",
        "reopen" => "Volver a borrador",
        "publish" => "Publicar",
        "unpublish" => "Quitar del catálogo",
        "withdraw" => "Retirar",
        "duplicate" => "Duplicar",
        "cancel" => "Anular",
        "commit" => "Importar",
        "undo" => "Deshacer",
        "log_in" => "Iniciar sesión",
        "log_out" => "Cerrar sesión",
        "refresh_reused" => "Sesión reutilizada: cerrada por seguridad",
        "request_reset" => "Pedir contraseña nueva",
        "register" => "Registrarse",
        "set_password" => "Elegir contraseña",
        "change_password" => "Cambiar contraseña",
        "invite" => "Enviar enlace de acceso",
        "deactivate" => "Desactivar",
        "reactivate" => "Reactivar",
        "anonymise" => "Anonimizar",
        "export" => "Descargar sus datos",
        "write" => "Escribir",
        "carry_out" => "Borrar lo vencido",
        "revoke" => "Revocar",
        "confirm" => "Confirmar",
        "open" => "Abrir",
        "copy" => "Copiar a otro curso",
        other => other,
    }
}

fn verb_en(action: &str) -> &str {
    match verb(action) {
        "create" => "Make",
        "create_admin" => "Make an admin",
        "claim_identity" => "Claim an identity",
        "update" => "Change",
        "delete" => "Remove",
        "submit" => "Hand in",
        "validate" => "Validate",
        "reject" => "Send back",
        "reopen" => "Back to draft",
        "publish" => "Publish",
        "unpublish" => "Take out of the catalogue",
        "withdraw" => "Withdraw",
        "duplicate" => "Duplicate",
        "cancel" => "Cancel",
        "commit" => "Import",
        "undo" => "Undo",
        "log_in" => "Log in",
        "log_out" => "Log out",
        "refresh_reused" => "Session reused: ended for safety",
        "request_reset" => "Ask for a new password",
        "register" => "Register",
        "set_password" => "Set the password",
        "change_password" => "Change the password",
        "invite" => "Send a link to get in",
        "deactivate" => "Deactivate",
        "reactivate" => "Activate again",
        "anonymise" => "Anonymise",
        "export" => "Download their data",
        "write" => "Write",
        "carry_out" => "Remove what is past its time",
        "revoke" => "Revoke",
        "confirm" => "Confirm",
        "open" => "Open",
        "copy" => "Copy into another year",
        other => other,
    }
}
