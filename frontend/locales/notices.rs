//! Notifications, preferences and threads.

use gestfg_types::notifications::{MailPreference, NotificationKind};

texts! {
    route_inbox = "Notificaciones", "Notifications";
    route_unsubscribe = "Dejar de recibir correos", "Stop receiving mails";
    route_messages = "Mensajes", "Messages";

    // Inbox.
    inbox_all = "Todas", "All";
    inbox_preferences = "Elegir qué recibo y cómo", "Choose what I receive and how";
    inbox_empty = "Todavía no hay notificaciones", "No notifications yet";
    inbox_empty_body = "Aquí se te avisará de lo que ocurra con tus proyectos, tus convocatorias y tus mensajes.", "You will be told here what happens to your projects, your calls and your messages.";
    inbox_all_read = "No queda nada por leer", "Nothing left to read";
    inbox_all_read_body = "Las notificaciones nuevas aparecerán aquí en cuanto lleguen.", "New notifications will show here as soon as they come.";
    notification_new = "Nueva", "New";
    mark_all_read = "Marcar todas como leídas", "Mark all as read";
    all_marked_read = "Todas las notificaciones están leídas.", "All notifications are marked as read.";

    // Preferences.
    preferences = "Preferencias de notificación", "Notification preferences";
    preferences_help = "Los cambios se guardan al momento. Los correos sobre tu propia cuenta, como los enlaces para elegir contraseña, se envían siempre.", "Changes are saved at once. Mails about your own account, such as the links that set a password, are always sent.";
    preference_kind = "De qué", "About";
    preference_in_app = "En GesTFG", "In GesTFG";
    preference_mail = "Por correo", "By mail";
    preference_saved = "Preferencia guardada.", "Preference saved.";

    // The end of mails.
    unsubscribe = "Dejar de recibirlos", "Stop receiving them";
    unsubscribe_body = "Dejarás de recibir por correo los avisos del mismo tipo que el mensaje desde el que has llegado. Seguirás viéndolos dentro de GesTFG.", "You will no longer receive mails of the same kind as the one you came from. You will still see such notifications within GesTFG.";
    unsubscribe_no_token = "Al enlace le falta una parte. Ábrelo de nuevo desde el correo.", "A part of the link is missing. Open it again from the mail.";
    unsubscribe_preferences = "Ver todas mis preferencias", "See all my preferences";
    unsubscribed_digest = "Ya no recibirás el resumen diario.", "You will not receive the daily digest any more.";
    unsubscribed_body = "Puedes volver a activarlos cuando quieras en tu perfil.", "You can have them back at any time in your profile.";

    // Threads.
    threads_lead = "Conversaciones entre estudiantes y tutores de cada trabajo asignado.", "Threads between the students and tutors of each assignment.";
    threads_all = "Todas", "All";
    threads_all_read = "No hay mensajes sin leer", "No unread messages";
    threads_empty = "Todavía no tienes conversaciones", "You have no threads yet";
    threads_empty_body = "Cuando haya un trabajo asignado, aquí podréis escribiros estudiantes y tutores.", "Once there is an assignment, its students and tutors can write to each other here.";
    thread = "Conversación", "Thread";
    thread_empty = "Todavía no hay mensajes.", "No messages yet.";
    thread_older = "Ver mensajes anteriores", "See earlier messages";
    thread_closed = "La asignación está anulada: ya no se puede escribir en esta conversación.", "The assignment was cancelled: nothing can be written into this thread any more.";
    thread_ended = "Cerrada", "Closed";
    messages_new = "Mensajes nuevos", "New messages";
    message_own = "Tú", "You";
    message_author_gone = "Cuenta eliminada", "Deleted account";
    message_write = "Escribe un mensaje", "Write a message";
    message_help = "Lo verán los estudiantes y tutores de este trabajo. Ctrl + Intro para enviar.", "The students and tutors of this project will see it. Ctrl + Enter to send.";
    message_send = "Enviar", "Send";
}

phrases! {
    /// A message that has just come, to be read out.
    message_from(author: &str, body: &str) = format!("Mensaje de {author}: {body}"), format!("Message from {author}: {body}");
    /// How many messages of a thread are new.
    messages_unread(count: i64) = match count { 1 => "1 nuevo".to_owned(), _ => format!("{count} nuevos") }, format!("{count} new");
    /// The filter of threads with something new, with how much there is.
    threads_unread(count: i64) = if count > 0 { format!("Sin leer ({count})") } else { "Sin leer".to_owned() }, if count > 0 { format!("Unread ({count})") } else { "Unread".to_owned() };
    /// The filter of what has not been read, with how much there is.
    inbox_unread(count: i64) = if count > 0 { format!("Sin leer ({count})") } else { "Sin leer".to_owned() }, if count > 0 { format!("Unread ({count})") } else { "Unread".to_owned() };
    /// What the tick beside a notification does.
    mark_read(title: &str) = format!("Marcar como leída: {title}"), format!("Mark as read: {title}");
    /// The check box of a kind.
    preference_in_app_of(kind: &str) = format!("{kind}: mostrar en GesTFG"), format!("{kind}: show in GesTFG");
    /// The choice of mails of a kind.
    preference_mail_of(kind: &str) = format!("{kind}: recibir por correo"), format!("{kind}: receive by mail");
    /// What has ended.
    unsubscribed(kind: &str) = format!("Ya no recibirás correos sobre: {kind}."), format!("You will not receive mails any more about: {kind}.");
    /// What the bell says.
    unread_notifications(count: i64) = match count {
        0 => "Notificaciones: ninguna sin leer".to_owned(),
        1 => "Notificaciones: 1 sin leer".to_owned(),
        _ => format!("Notificaciones: {count} sin leer"),
    }, match count {
        0 => "Notifications: none unread".to_owned(),
        _ => format!("Notifications: {count} unread"),
    };
}

labels! {
    /// What a kind of notification is about.
    notification_kind(NotificationKind) {
        NotificationKind::ProjectSubmitted = "Proyectos que esperan mi decisión", "Projects that wait for my decision";
        NotificationKind::ProjectValidated = "Mis proyectos validados", "My projects validated";
        NotificationKind::ProjectRejected = "Mis proyectos devueltos", "My projects sent back";
        NotificationKind::ProjectPublished = "Mis proyectos publicados", "My projects published";
        NotificationKind::ProjectWithdrawn = "Mis proyectos retirados", "My projects withdrawn";
        NotificationKind::Assigned = "Asignaciones nuevas", "New assignments";
        NotificationKind::AssignmentCancelled = "Asignaciones anuladas", "Assignments cancelled";
        NotificationKind::ClaimWaiting = "Identidades por confirmar", "Identity claims to confirm";
        NotificationKind::ClaimDecided = "Decisión sobre mi identidad", "The decision on my identity";
        NotificationKind::CallOpened = "Convocatorias abiertas", "Calls opened";
        NotificationKind::PhaseOpens = "Plazos que empiezan", "Phases that begin";
        NotificationKind::PhaseCloses = "Plazos que van a terminar", "Phases about to end";
        NotificationKind::PhaseMoved = "Plazos que cambian", "Dates that change";
        NotificationKind::EvaluationRequested = "Presentaciones a convocatoria", "Evaluation requests";
        NotificationKind::EvaluationWithdrawn = "Presentaciones retiradas", "Evaluation requests withdrawn";
        NotificationKind::CommitteeSeat = "Puestos en comisiones de evaluación", "Seats in evaluation committees";
        NotificationKind::DefenceScheduled = "Comisión, día y hora de las defensas", "Committee, day and time of defences";
        NotificationKind::MarksPublished = "Calificaciones provisionales", "Provisional marks";
        NotificationKind::MarkClaimed = "Reclamaciones de calificaciones", "Claims against marks";
        NotificationKind::ClaimAnswered = "Respuestas a mis reclamaciones", "Answers to my claims";
        NotificationKind::MinutesClosed = "Calificaciones definitivas", "Definitive marks";
        NotificationKind::MinutesReopened = "Actas reabiertas", "Minutes opened again";
        NotificationKind::CalledIn = "Sustituciones en comisiones", "Substitutes called in to committees";
        NotificationKind::AllocationRound = "Rondas de solicitud de proyectos", "Rounds of applications for projects";
        NotificationKind::Team = "Invitaciones y cambios de equipo", "Invitations to teams and changes in them";
        NotificationKind::AllocationResult = "Resultado de las adjudicaciones", "Results of allocations";
        NotificationKind::AvailabilityPoll = "Peticiones de disponibilidad para tribunales", "Requests for availability for committees";
        NotificationKind::DocumentReceipt = "Resguardo de lo que entrego", "Receipts for what I hand in";
        NotificationKind::SimilarityFlagged = "Coincidencias que hay que justificar en lo que entregan mis estudiantes", "Passages in common to be justified in what my students hand in";
        NotificationKind::DocumentHandedIn = "Documentos que entregan mis estudiantes", "Documents my students hand in";
        NotificationKind::ExtensionAsked = "Peticiones de más plazo de entrega", "Requests for more time to hand in";
        NotificationKind::ExtensionDecided = "Decisiones sobre el plazo de entrega", "Decisions on more time to hand in";
        NotificationKind::StorageNearlyFull = "Espacio de almacenamiento casi lleno", "Storage nearly full";
        NotificationKind::Announcement = "Avisos de la secretaría y coordinación", "Announcements";
        NotificationKind::Message = "Mensajes", "Messages";
    }

    /// Whether and when a mail is written.
    mail_preference(MailPreference) {
        MailPreference::Now = "Al momento", "At once";
        MailPreference::Digest = "Resumen diario", "Daily digest";
        MailPreference::Never = "Nunca", "Never";
    }
}
