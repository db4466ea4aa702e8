//! Announcements and entries of the calendar.

use gestfg_types::events::{EventAudience, EventKind};

texts! {
    route_event = "Aviso", "Announcement";
    route_events = "Avisos y eventos", "Announcements and events";
    route_edit_event = "Editar aviso o evento", "Edit announcement or event";

    announcements = "Avisos", "Announcements";
    pinned = "Fijado", "Pinned";
    event_without_text = "Sin más texto.", "No further text.";
    event_for = "Para quién", "For whom";
    event_author = "Escrito por", "Written by";

    // The list.
    events_lead = "Lo que aparece en la portada y en el calendario.", "What shows on the front page and in the calendar.";
    events_empty = "Todavía no hay avisos ni eventos", "No announcements or events yet";
    events_empty_body = "Escribe el primero: quienes lo tengan que ver lo encontrarán en la portada o en el calendario.", "Write the first one: those it is for will find it on the front page or in the calendar.";
    search_events = "Buscar avisos y eventos", "Search announcements and events";
    event_new = "Nuevo aviso o evento", "New announcement or event";
    event_scheduled = "Programado", "Scheduled";
    event_visible = "Visible", "Visible";
    event_expired = "Caducado", "Expired";
    event_delete_title = "¿Eliminar?", "Delete?";
    event_delete_body = "Dejará de verse en la portada y en el calendario, también en los de quienes estén suscritos. No se puede deshacer.", "It will no longer show on the front page or in the calendar, nor in those of subscribers. This cannot be undone.";

    // The editor.
    event_kind_help = "Un aviso sale en la portada; un evento, en el calendario en su fecha.", "An announcement shows on the front page; an event in the calendar on its date.";
    event_for_help = "Solo lo verán estas personas.", "Only these people will see it.";
    choose = "Elige…", "Choose…";
    when_and_where = "Cuándo y dónde", "When and where";
    event_starts = "Empieza", "Begins";
    event_ends = "Termina", "Ends";
    event_last_day = "Último día", "Last day";
    event_text = "Texto", "Text";
    event_publish = "Publicar el", "Publish on";
    event_expires = "Visible hasta", "Visible until";
    event_expires_help = "Vacío: sin fin.", "Empty: without end.";
    event_pin = "Fijar arriba", "Pin to the top";
    event_pin_help = "Se queda por encima de los demás avisos de la portada.", "It stays above the other announcements of the front page.";
}

phrases! {
    /// The clock of the moment of publication.
    event_publish_help(zone: &str) = format!("Vacío: ahora mismo. Hora de {zone}."), format!("Empty: right now. {zone} time.");
    /// A degree as an audience.
    event_for_degree(code: &str, name: &str) = format!("Titulación: {code} · {name}"), format!("Degree: {code} · {name}");
    /// A department as an audience.
    event_for_department(code: &str, name: &str) = format!("Departamento: {code} · {name}"), format!("Department: {code} · {name}");
}

labels! {
    /// What kind of event it is.
    event_kind(EventKind) {
        EventKind::Announcement = "Aviso", "Announcement";
        EventKind::Entry = "Evento", "Event";
    }

    /// For whom an event is.
    event_audience(EventAudience) {
        EventAudience::Public = "Todo el mundo", "Everybody";
        EventAudience::Students = "Estudiantes", "Students";
        EventAudience::Professors = "Profesorado", "Professors";
        EventAudience::Degree = "Una titulación", "A degree";
        EventAudience::Department = "Un departamento", "A department";
    }
}
