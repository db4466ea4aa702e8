//! Documents handed in, and more time to hand them in.

use gestfg_types::documents::{DocumentExtensionState, DocumentFormat, DocumentStore, HandedInBy};

texts! {
    documents = "Documentos", "Documents";
    route_defence_documents = "Documentos de la defensa", "Documents of the defence";
    documents_none = "La titulación no pide documentos.", "The degree asks for no documents.";
    documents_complete = "Está todo lo obligatorio", "Everything required is there";
    documents_missing = "Faltan documentos obligatorios", "Required documents are missing";
    document_required = "Obligatorio", "Required";
    document_optional = "Opcional", "Optional";
    document_not_handed_in = "Sin entregar.", "Not handed in.";
    document_no_dates = "Todavía no hay fechas de entrega.", "There are no dates for handing in yet.";
    document_drop = "Arrastra aquí el archivo o", "Drop the file here or";
    document_choose = "Elegir archivo", "Choose file";
    document_replace = "Elegir otra versión", "Choose another version";
    document_hand_in_late = "Entregar fuera de plazo", "Hand in outside the dates";
    document_empty = "El archivo está vacío.", "The file is empty.";
    document_wrong_type = "Por su contenido, el archivo no es de un tipo admitido.", "By its content, the file is of no type accepted here.";
    document_uploading = "Subiendo el archivo…", "Uploading the file…";
    document_storing = "Comprobando y guardando…", "Checking and storing…";
    document_cancelled = "La subida se ha cancelado y no se ha guardado nada.", "The upload was cancelled and nothing was kept.";
    document_download = "Descargar", "Download";
    document_older = "Versiones anteriores", "Earlier versions";
    document_fingerprint = "Huella SHA-256 de lo recibido", "SHA-256 of what was received";
    document_outside = "Fuera de plazo", "Outside the dates";
    document_by_tutor = "Lo entrega quien tutoriza", "Handed in by the tutor";

    extension_ask = "Pedir más plazo", "Ask for more time";
    extension_ask_title = "Pedir más plazo de entrega", "Ask for more time to hand in";
    extension_ask_body = "La coordinación de la titulación decide y os avisará. Hasta entonces vale el plazo actual.", "The coordinators of the degree decide and will tell you. Until then the present dates hold.";
    extension_until = "Hasta cuándo", "Until when";
    extension_until_help = "Después del plazo actual y dentro de 90 días como mucho.", "After the present deadline, within 90 days at most.";
    extension_reason = "Motivo", "Reason";
    extension_asked = "La petición de más plazo se ha enviado.", "The request for more time was sent.";
    extension_requests = "Peticiones de más plazo", "Requests for more time";
    extension_grant = "Conceder", "Grant";
    extension_grant_title = "Conceder más plazo", "Grant more time";
    extension_grant_until_help = "Se propone lo que se ha pedido.", "What was asked for is proposed.";
    extension_note = "Mensaje", "Message";
    extension_refuse = "Denegar", "Refuse";
    extension_refuse_title = "¿Denegar más plazo?", "Refuse more time?";
    extension_refuse_body = "Se avisará a estudiantes y tutores con este motivo.", "Students and tutors will be told, with this reason.";
    extension_granted = "Se ha concedido más plazo.", "More time was granted.";
    extension_refused = "No se ha concedido más plazo.", "More time was refused.";

    rule_documents = "Documentos que se piden", "Documents asked for";
    rule_documents_help = "Lo que se entrega antes de la defensa. El código no debe cambiar cuando ya hay entregas.", "What is handed in before the defence. A code should not change once something was handed in.";
    rule_document_name = "Nombre", "Name";
    rule_document_required = "Obligatorio", "Required";
    rule_document_each = "Cada estudiante el suyo", "Each student their own";
    rule_document_by = "Lo entrega", "Handed in by";
    rule_document_formats = "Formato", "Format";
    rule_document_pdf = "Solo PDF", "PDF only";
    rule_document_zip = "Solo ZIP", "ZIP only";
    rule_document_both = "PDF o ZIP", "PDF or ZIP";
    rule_document_add = "Añadir documento", "Add a document";

    document_not_kept = "Ya no se conserva", "Not kept any more";
    route_storage = "Estado", "Status";
    storage_nearly_full = "La base de datos está casi llena", "The database is nearly full";
    storage_nearly_full_body = "Pasa a un plan mayor, o configura un almacén de objetos (STORAGE_URL) para los documentos nuevos.", "Move to a larger plan, or set up an object store (STORAGE_URL) for new documents.";
    storage_database = "Base de datos", "Database";
    storage_in_database = "Documentos en la base de datos", "Documents in the database";
    storage_in_bucket = "Documentos en el almacén de objetos", "Documents in the object store";
    storage_new_go_to = "Los documentos nuevos se guardan en", "New documents are kept in";
}

phrases! {
    /// A version of a document.
    document_version(version: i32) = format!("Versión {version}"), format!("Version {version}");

    /// Who handed it in, and when.
    document_received(name: &str, when: &str) = format!("Entregado por {name} el {when}"), format!("Handed in by {name} on {when}");

    /// It was received.
    document_done(name: &str, version: i32) = format!("Hemos recibido «{name}», versión {version}."), format!("We received “{name}”, version {version}.");

    /// Until when it can be handed in.
    document_until(when: &str) = format!("Se puede entregar hasta el {when}."), format!("It can be handed in until {when}.");

    /// From when on it can be handed in.
    document_from(when: &str) = format!("Se puede entregar desde el {when}."), format!("It can be handed in from {when}.");

    /// Since when it cannot be handed in any more.
    document_locked(when: &str) = format!("El plazo terminó el {when}."), format!("The deadline was {when}.");

    /// What is taken.
    document_taken(formats: &str, megabytes: u64) = format!("{formats}, {megabytes} MB como mucho."), format!("{formats}, {megabytes} MB at most.");

    /// It is larger than allowed.
    document_too_large(megabytes: u64) = format!("El archivo pasa de {megabytes} MB."), format!("The file is larger than {megabytes} MB.");

    /// The button that downloads a version.
    document_download_named(name: &str, version: i32) = format!("Descargar {name}, versión {version}"), format!("Download {name}, version {version}");

    /// The button that chooses a file for a document.
    document_choose_for(name: &str) = format!("Elegir archivo: {name}"), format!("Choose file: {name}");

    /// Who asks for more time, and until when.
    extension_line(name: &str, when: &str) = format!("{name} pide plazo hasta el {when}"), format!("{name} asks for time until {when}");

    /// What was decided.
    extension_until_granted(when: &str) = format!("Concedido hasta el {when}"), format!("Granted until {when}");

    /// So much of so much.
    storage_used(used: &str, limit: &str, percent: u64) = format!("{used} de {limit} ({percent} %)"), format!("{used} of {limit} ({percent}%)");

    /// So many documents of so many bytes.
    storage_documents(count: &str, size: &str) = format!("{count} versiones, {size}"), format!("{count} versions, {size}");
}

labels! {
    /// What a file is.
    document_format(DocumentFormat) {
        DocumentFormat::Pdf = "PDF", "PDF";
        DocumentFormat::Zip = "ZIP", "ZIP";
    }

    /// Who hands a document in.
    handed_in_by(HandedInBy) {
        HandedInBy::Students = "Estudiantes", "Students";
        HandedInBy::Tutor = "Tutor o tutora", "Tutor";
    }

    /// What became of a request for more time.
    extension_state(DocumentExtensionState) {
        DocumentExtensionState::Asked = "Pendiente", "Waiting";
        DocumentExtensionState::Granted = "Concedido", "Granted";
        DocumentExtensionState::Refused = "Denegado", "Refused";
    }

    /// Where documents are kept.
    document_store(DocumentStore) {
        DocumentStore::Database = "La base de datos", "The database";
        DocumentStore::Bucket = "El almacén de objetos", "The object store";
    }
}
