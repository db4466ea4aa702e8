//! When professors can come, with whom they are in conflict, how committees are
//! made, and who has served in them.

use crate::format::academic_year;
use gestfg_types::availability::{AvailabilityAnswer, UnavailabilitySource};
use gestfg_types::committee_settings::{TimetableMode, TimetableObjective};

labels! {
    /// Whether somebody can come.
    availability_answer(AvailabilityAnswer) {
        AvailabilityAnswer::Yes = "Sí", "Yes";
        AvailabilityAnswer::IfNeeded = "Si hace falta", "If needed";
        AvailabilityAnswer::No = "No", "No";
    }

    /// Who said that somebody cannot come.
    availability_source(UnavailabilitySource) {
        UnavailabilitySource::Poll = "En persona", "In person";
        UnavailabilitySource::CalendarFile = "Calendario subido", "Uploaded calendar";
        UnavailabilitySource::Office = "Coordinación", "Coordinators";
    }

    /// What is decided beforehand about the people of a defence.
    timetable_mode(TimetableMode) {
        TimetableMode::Standing = "Comisión fija: juzga un bloque de defensas", "Standing committee: judges a block of defences";
        TimetableMode::FixedPanel = "Tribunal dado: cada defensa trae a su gente", "Fixed panel: each defence comes with its people";
        TimetableMode::FreePanel = "Tribunal libre: se busca a la gente de cada defensa", "Free panel: people are found for each defence";
    }

    /// What matters in a timetable.
    timetable_objective(TimetableObjective) {
        TimetableObjective::Changes = "Cambiar lo menos posible", "Change as little as possible";
        TimetableObjective::BackToBack = "Defensas seguidas y en la misma aula", "Defences in a row and in one room";
        TimetableObjective::Days = "Venir pocos días", "Come on few days";
        TimetableObjective::RoomChanges = "Cambiar poco de aula", "Change rooms rarely";
        TimetableObjective::Waiting = "Esperar poco entre defensas", "Wait little between defences";
        TimetableObjective::Balance = "Reparto equilibrado", "An even share";
        TimetableObjective::Subjects = "Alguien que conozca el tema", "Somebody who knows the subject";
        TimetableObjective::IfNeeded = "Usar poco las horas «si hace falta»", "Rarely use hours given “if needed”";
        TimetableObjective::Wishes = "Atender las preferencias sobre personas", "Meet wishes about people";
        TimetableObjective::EarlyFinish = "Terminar pronto", "Finish early";
    }
}

texts! {
    // One's own availability.
    route_availability = "Mi disponibilidad", "My availability";
    availability_lead = "Di cuándo no puedes estar en un tribunal, o solo si hace falta. Lo que no marques cuenta como sí.", "Say when you cannot sit in a committee, or only if needed. What you leave out counts as yes.";
    availability_brush = "Marcar con", "Mark as";
    availability_manners = "Pulsa una hora o arrastra sobre varias. Con teclado: flechas para moverte, mayúsculas y flechas para elegir varias, espacio para marcar; 1, 2 y 3 marcan sí, si hace falta y no.", "Press an hour or drag over several. By keyboard: arrows to move, Shift and arrows to choose several, Space to mark; 1, 2 and 3 mark yes, if needed and no.";
    availability_grid = "Horas de la semana", "Hours of the week";
    availability_time = "Hora", "Time";
    availability_range = "Marcar un periodo", "Mark a period";
    availability_range_title = "Marcar un periodo", "Mark a period";
    availability_range_body = "Para varios días o semanas de una vez, o para decir por qué. Sustituye a lo dicho antes de ese tiempo.", "For several days or weeks at once, or to say why. It takes the place of what was said of that time.";
    availability_from = "Desde", "From";
    availability_until = "Hasta", "Until";
    availability_can = "¿Puede ser?", "Is it possible?";
    availability_note = "Motivo, si quieres darlo", "Reason, if you want to give it";
    availability_note_help = "Lo lee quien forma las comisiones.", "Read by those who form committees.";
    availability_said_by = "Lo dice", "Said by";
    availability_saved = "Guardado.", "Saved.";
    availability_saving = "Guardando…", "Saving…";
    availability_week_list = "Lo dicho de esta semana", "What was said of this week";
    availability_week_free = "Nada marcado esta semana: cuenta como disponible.", "Nothing is marked this week: it counts as available.";
    availability_no_windows = "No hay fechas de defensas próximas. Puedes marcar cualquier semana; se tendrá en cuenta cuando las haya.", "No defences have dates ahead. You can mark any week; it will count once there are some.";
    availability_go_to = "Semanas de defensas", "Weeks of defences";
    availability_earlier = "Semana anterior", "Week before";
    availability_later = "Semana siguiente", "Next week";

    // Polls that ask oneself.
    polls_for_me = "Te preguntan", "You are asked";
    polls_none = "Ahora mismo nadie te pregunta. Lo que marques se guarda igualmente.", "Nobody is asking you right now. What you mark is kept all the same.";
    poll_done = "Ya está todo dicho", "I have said it all";
    poll_done_help = "Si puedes siempre, pulsa sin más.", "If you can always come, just press.";
    poll_answered = "Respuesta registrada. Gracias.", "Your answer was noted. Thank you.";
    poll_closed = "Plazo terminado", "Past its deadline";

    // The calendar file.
    file_card = "Tu calendario", "Your calendar";
    file_lead = "Sube un archivo iCalendar (.ics) exportado de tu programa. Solo se guarda cuándo estás ocupado: ni títulos, ni lugares, ni personas.", "Upload an iCalendar file (.ics) from your calendar program. Only when you are busy is kept: no titles, no places, no people.";
    file_choose = "Subir un calendario", "Upload a calendar";
    file_replace = "Subir otro en su lugar", "Upload another instead";
    file_remove = "Quitar el calendario", "Remove the calendar";
    file_remove_title = "¿Quitar lo leído de tu calendario?", "Remove what was read from your calendar?";
    file_remove_body = "Las horas ocupadas de tu calendario vuelven a contar como disponibles. Lo que marcaste a mano se queda.", "The busy hours of your calendar count as available again. What you marked by hand stays.";
    file_removed = "Calendario quitado.", "The calendar was removed.";
    file_none = "No hay ningún calendario subido.", "No calendar was uploaded.";
    file_preview_title = "Qué quedaría ocupado", "What would be busy";
    file_preview_save = "Guardar estas horas", "Keep these times";
    file_read_title = "Calendario leído", "The calendar was read";

    // Polls, for those who keep the degree.
    route_call_availability = "Disponibilidad del profesorado", "Availability of professors";
    poll_lead = "Pregunta al profesorado de la convocatoria cuándo puede estar en los tribunales.", "Ask the professors of the call when they can sit in its committees.";
    poll_ask = "Preguntar", "Ask";
    poll_ask_title = "Preguntar al profesorado", "Ask the professors";
    poll_ask_body = "Recibirán un aviso quienes tutorizan proyectos de la titulación este curso. Se les recuerda antes de que acabe el plazo.", "Those who tutor projects of the degree this year will be told. They are reminded before the deadline.";
    poll_edit_title = "Cambiar la pregunta", "Change the question";
    poll_deadline = "Responder hasta", "Answer until";
    poll_deadline_help = "El último minuto que cuenta, antes de que acaben las defensas.", "The last minute that counts, before the defences end.";
    poll_message = "Mensaje", "Message";
    poll_message_help = "Se añade al aviso.", "It is added to the notice.";
    poll_asked_done = "Se ha preguntado al profesorado.", "The professors were asked.";
    poll_empty = "Todavía no se ha preguntado", "Nobody was asked yet";
    poll_empty_body = "Pregunta cuándo puede cada cual; mientras no digan nada cuentan como disponibles.", "Ask when each can come; as long as they say nothing they count as available.";
    poll_needs_dates = "Antes hay que abrir la convocatoria y dar fechas a sus defensas.", "Open the call and date its defences first.";
    poll_delete_title = "¿Retirar la pregunta?", "Withdraw the question?";
    poll_delete_body = "Se olvida quién ha respondido. Lo que cada cual marcó se conserva.", "Who answered is forgotten. What each of them marked is kept.";
    poll_deleted = "Pregunta retirada.", "The question was withdrawn.";
    poll_remind = "Recordar", "Remind";
    poll_remind_title = "¿Escribir otra vez a quienes no han respondido?", "Write again to those who have not answered?";
    poll_reminded = "Recordatorio enviado.", "The reminder was sent.";
    poll_answers = "Respuestas", "Answers";
    poll_who_answered = "Quiénes", "Who";
    poll_only_answered = "Han respondido", "Have answered";
    poll_only_silent = "No han respondido", "Have not answered";
    poll_answer_at = "Respuesta", "Answer";
    poll_not_yet = "Sin respuesta", "No answer";
    poll_hours_no = "No puede", "Cannot";
    poll_hours_if_needed = "Si hace falta", "If needed";
    poll_nobody = "Nadie a quien preguntar", "Nobody to ask";
    poll_nobody_body = "Se pregunta a quien tutoriza proyectos de la titulación este curso y no está exento.", "Those who tutor projects of the degree this year and are not exempt are asked.";
    poll_on_behalf = "Dar por respondida", "Note as answered";
    poll_on_behalf_done = "Respuesta anotada.", "The answer was noted.";
    poll_on_behalf_help = "Lo que marques aquí se guarda en su nombre, como dicho por coordinación.", "What you mark here is kept on their behalf, as said by the coordinators.";
    poll_back_to_all = "Volver a la lista", "Back to the list";
    poll_asked = "Preguntado", "Asked";
    poll_last_reminder = "Último recordatorio", "Last reminder";

    // Conflicts of interest.
    route_conflicts = "Conflictos de interés", "Conflicts of interest";
    conflicts_lead = "A quién no puede juzgar cada cual, o con quién no puede coincidir, además de lo que se sigue de la tutoría.", "Whom each may not judge, or sit beside, besides what follows from tutoring.";
    conflicts_own_lead = "A quién no puedes juzgar, o con quién no puedes coincidir en una comisión. Tus propios proyectos ya se tienen en cuenta.", "Whom you may not judge, or sit beside in a committee. Your own projects are taken into account already.";
    conflicts_empty = "No hay conflictos declarados", "No conflicts were declared";
    conflicts_empty_body = "Los que se declaren se respetan al formar las comisiones.", "Those that are declared are kept when committees are formed.";
    conflict_declare = "Declarar un conflicto", "Declare a conflict";
    conflict_declared = "Conflicto declarado.", "The conflict was declared.";
    conflict_withdrawn = "Conflicto retirado.", "The conflict was taken back.";
    conflict_professor = "Profesor o profesora", "Professor";
    conflict_with = "Con", "With";
    conflict_project = "Un proyecto", "A project";
    conflict_student = "Un estudiante", "A student";
    conflict_other = "Otro profesor o profesora", "Another professor";
    conflict_project_help = "No juzgará este proyecto.", "They will not judge this project.";
    conflict_student_help = "No juzgará a esta persona.", "They will not judge this person.";
    conflict_other_help = "No coincidirán en una comisión.", "They will not sit in one committee.";
    conflict_reason_help = "Lo leen la persona y quienes forman comisiones.", "Read by the person and those who form committees.";
    conflict_delete_title = "¿Retirar este conflicto?", "Take this conflict back?";
    conflict_delete_body = "Dejará de tenerse en cuenta al formar comisiones.", "It will not count any more when committees are formed.";
    conflict_delete = "Retirar", "Take back";
    conflict_declared_at = "Declarado", "Declared";
    nothing_found = "No se ha encontrado nada", "Nothing was found";
    type_a_title = "Escribe parte del título", "Type part of the title";

    // Settings of committees.
    route_committee_settings = "Reglas de las comisiones", "Rules of committees";
    settings_lead = "Cómo se forman las comisiones y el horario de la titulación en un curso. Los cursos anteriores conservan las suyas.", "How the committees and the timetable of the degree are made in a year. Years before keep theirs.";
    settings_saved = "Reglas guardadas.", "The rules were saved.";
    settings_read_only = "Solo quien coordina la titulación puede cambiarlas.", "Only a coordinator of the degree can change them.";
    settings_committees = "Comisiones", "Committees";
    settings_day = "Horario", "Day";
    settings_members = "Vocales", "Members";
    settings_members_help = "Además de la presidencia: 1 o 2.", "Besides the president: 1 or 2.";
    settings_substitutes = "Suplentes", "Substitutes";
    settings_substitutes_help = "De 0 a 2.", "From 0 to 2.";
    settings_areas = "Titulares de áreas distintas", "Full seats of different areas";
    settings_areas_help = "Dos titulares de una comisión no son de la misma área.", "Two full seats of a committee are not of one area.";
    settings_one_seat = "Un puesto por persona y convocatoria", "One seat for each person and call";
    settings_one_seat_help = "Nadie está en dos comisiones de la misma convocatoria.", "Nobody sits in two committees of one call.";
    settings_target = "Defensas por comisión", "Defences for each committee";
    settings_target_help = "Las que se buscan, de 1 a 100.", "As many as are wished, from 1 to 100.";
    settings_seniority = "Antigüedad para presidir, en años", "Seniority to preside, in years";
    settings_seniority_help = "Años desde que es permanente. Vacío: no se pide.", "Years since becoming permanent. Empty: none is asked for.";
    settings_slot = "Duración de una defensa, en minutos", "Length of a defence, in minutes";
    settings_break = "Descanso tras cada una, en minutos", "Break after each, in minutes";
    settings_day_starts = "La primera empieza a las", "The first begins at";
    settings_day_ends = "La última acaba a las", "The last ends at";
    settings_pause_starts = "Pausa desde", "Pause from";
    settings_pause_ends = "Pausa hasta", "Pause until";
    settings_pause_help = "Vacío: sin pausa.", "Empty: no pause.";
    settings_mode = "Cómo son los tribunales", "What panels are like";
    settings_objectives = "Qué importa en el horario", "What matters in the timetable";
    settings_objectives_lead = "Por orden, lo más importante arriba. Arrastra o usa las flechas. Siempre se colocan primero todas las defensas que se pueda y se cambia lo menos posible lo vigente.", "In order, the most important first. Drag or use the arrows. Placing as many defences as possible and changing little of what is in force always come first.";
    settings_objectives_usual = "Volver al orden habitual", "Back to the usual order";
    settings_default = "Nadie las ha escrito todavía: son las habituales. Al guardar valen desde este curso.", "Nobody has written them yet: these are the usual ones. Once saved they hold from this year on.";
    settings_link = "Reglas de las comisiones", "Rules of committees";

    // Participation.
    route_participation = "Participación", "Participation";
    participation_lead = "Puestos en comisiones de cada curso, quién puede presidir y quién está exento.", "Seats in committees of each year, who may preside and who is exempt.";
    participation_empty = "No hay profesorado", "There are no professors";
    participation_empty_body = "Da de alta al profesorado en Personas o impórtalo.", "Add professors under People, or import them.";
    participation_total = "Total", "Total";
    participation_edit_title = "Participación", "Participation";
    participation_may_preside = "Puede presidir", "May preside";
    participation_exempt = "Exento de comisiones", "Exempt from committees";
    participation_exempt_help = "No se le llama ni se le pregunta.", "They are neither called nor asked.";
    participation_seniority = "Permanente desde el año", "Permanent since the year";
    participation_seniority_help = "Vacío: no lo es o no se sabe.", "Empty: they are not, or it is not known.";
    participation_brought = "Puestos en comisiones que no se formaron aquí", "Seats in committees not formed here";
    participation_no_preside = "No preside", "Does not preside";
    participation_is_exempt = "Exento", "Exempt";
    participation_only_exempt = "Solo exentos", "Exempt only";
    participation_not_exempt = "Sin exentos", "Without exempt ones";
    participation_search = "Buscar por nombre", "Search by name";
    participation_own = "Tu participación", "Your participation";
    participation_own_none = "Todavía no has estado en ninguna comisión.", "You have not served in a committee yet.";
    seats = "Puestos", "Seats";

    // Closures of rooms.
    route_room = "Cierres del aula", "Closures of the room";
    closures_lead = "Mientras está cerrada no se pone ninguna defensa en ella.", "While it is closed no defence is placed there.";
    closure_new = "Cerrar el aula", "Close the room";
    closure_created = "Cierre guardado.", "The closure was saved.";
    closure_removed = "El aula vuelve a estar disponible.", "The room is available again.";
    closure_reason = "Motivo", "Reason";
    closures_empty = "No hay cierres previstos", "No closures are planned";
    closures_empty_body = "El aula está disponible siempre. Ciérrala cuando haya obras, exámenes u otros actos.", "The room is always available. Close it for works, exams or other events.";
    closure_remove_title = "¿Quitar este cierre?", "Remove this closure?";
    closure_remove = "Reabrir el aula", "Reopen the room";
    closures_past = "También los pasados", "Past ones too";
    closures_ahead_only = "Solo los próximos", "Only those ahead";
}

phrases! {
    /// An hour of a day and what was said of it.
    availability_cell(day: &str, time: &str, answer: &str) = format!("{day}, {time}: {answer}"), format!("{day}, {time}: {answer}");
    /// The button over a day.
    availability_whole_day(day: &str, answer: &str) = format!("Todo el {day}: {answer}"), format!("All of {day}: {answer}");
    /// The button beside an hour.
    availability_whole_row(time: &str, answer: &str) = format!("A las {time} toda la semana: {answer}"), format!("At {time} all week: {answer}");
    /// What was just marked.
    availability_marked(days: &str, from: &str, to: &str, answer: &str) = format!("{days}, de {from} a {to}: {answer}."), format!("{days}, {from} to {to}: {answer}.");
    /// The label of a button that forgets one time.
    availability_forget(when: &str) = format!("Volver a poner sí: {when}"), format!("Back to yes: {when}");
    /// Whose availability is shown.
    availability_of(name: &str) = format!("Disponibilidad de {name}"), format!("Availability of {name}");
    /// What a poll asks.
    poll_title(call: &str) = format!("¿Cuándo puedes estar en los tribunales de {call}?"), format!("When can you sit in the committees of {call}?");
    /// When one answered.
    poll_answered_on(when: &str) = format!("Respondiste el {when}. Puedes seguir cambiándolo."), format!("You answered on {when}. You can still change it.");
    /// How many answered.
    poll_progress(answered: i64, asked: i64) = format!("{answered} de {asked} han respondido"), format!("{answered} of {asked} have answered");
    /// How many will be written to.
    poll_remind_body(silent: i64) = match silent {
        1 => "Se escribirá a la persona que falta.".to_owned(),
        n => format!("Se escribirá a las {n} personas que faltan."),
    }, match silent {
        1 => "The one who is missing will be written to.".to_owned(),
        n => format!("The {n} who are missing will be written to."),
    };
    /// The label of a button that opens somebody's answers.
    poll_see(name: &str) = format!("Ver y marcar la disponibilidad de {name}"), format!("See and mark when {name} can come");
    /// The label of a button that notes somebody's answer.
    poll_note_answer(name: &str) = format!("Dar por respondida la pregunta a {name}"), format!("Note that {name} has answered");
    /// A length of time in hours.
    hours_of(minutes: i64) = format!("{} h", hours(minutes, ',')), format!("{} h", hours(minutes, '.'));
    /// What a file held.
    file_read(entries: u32, ignored: u32, kept: u32) = format!("{entries} entradas: {kept} periodos ocupados guardados y {ignored} entradas sin efecto (canceladas, libres o pasadas). Donde ya habías dicho algo, sigue valiendo lo tuyo."), format!("{entries} entries: {kept} busy times kept and {ignored} entries without effect (cancelled, free or past). Where you had said something, that still holds.");
    /// How far a file was read.
    file_read_until(from: &str, until: &str) = format!("Leído del {from} al {until}. Los periodos de tu calendario llevan un icono en la semana."), format!("Read from {from} to {until}. Times from your calendar have an icon in the week.");
    /// What is kept of a file.
    file_preview(entries: u32, ignored: u32, kept: u32) = format!("{entries} entradas: {kept} periodos pasarían a «no puedo» y {ignored} entradas no tienen efecto (canceladas, libres o pasadas). Todavía no se ha guardado nada."), format!("{entries} entries: {kept} times would become a no, and {ignored} entries have no effect (cancelled, free or past). Nothing is kept yet.");
    /// Over which time a calendar file is looked at.
    file_preview_until(from: &str, until: &str) = format!("Del {from} al {until}. Donde ya dijiste algo, sigue valiendo lo tuyo; lo que dijera un calendario anterior se sustituye."), format!("From {from} to {until}. What you said yourself still holds; what an earlier calendar said is replaced.");
    /// From when to when somebody is busy.
    file_busy_hours(from: &str, to: &str) = format!("{from}–{to}"), format!("{from}–{to}");
    /// How many days of a list are left out.
    file_more_days(count: usize) = format!("… y {count} días más"), format!("… and {count} more days");
    /// How many times of a calendar are kept.
    file_kept(count: u64) = match count {
        1 => "1 periodo ocupado guardado de tu calendario.".to_owned(),
        n => format!("{n} periodos ocupados guardados de tu calendario."),
    }, match count {
        1 => "1 busy time is kept from your calendar.".to_owned(),
        n => format!("{n} busy times are kept from your calendar."),
    };
    /// The label of a button that takes a conflict back.
    conflict_delete_named(name: &str) = format!("Retirar el conflicto con {name}"), format!("Take back the conflict with {name}");
    /// From which year the rules come.
    settings_written_for(year: i16) = format!("Escritas para {}; al guardar valen desde el curso elegido.", academic_year(year)), format!("Written for {}; once saved they hold from the chosen year on.", academic_year(year));
    /// The label of a button that moves something up.
    order_up(name: &str) = format!("Subir «{name}»"), format!("Move “{name}” up");
    /// The label of a button that moves something down.
    order_down(name: &str) = format!("Bajar «{name}»"), format!("Move “{name}” down");
    /// Where something is now.
    order_moved(name: &str, place: usize, of: usize) = format!("«{name}»: puesto {place} de {of}."), format!("“{name}”: place {place} of {of}.");
    /// Seats of a year, and how many of them were brought.
    seats_of_year(seats: i64, brought: i64) = format!("{seats} aquí y {brought} de antes"), format!("{seats} here and {brought} from before");
    /// The label of a button that edits somebody's participation.
    participation_edit_named(name: &str) = format!("Editar la participación de {name}"), format!("Edit the participation of {name}");
    /// The label of a button that removes a closure.
    closure_remove_named(when: &str) = format!("Quitar el cierre: {when}"), format!("Remove the closure: {when}");
    /// The label of the link to the closures of a room.
    closures_of(name: &str) = format!("Cierres de {name}"), format!("Closures of {name}");
    /// From a moment to another.
    between(from: &str, until: &str) = format!("{from} – {until}"), format!("{from} – {until}");
    /// What is due: answering a poll.
    due_poll(call: &str) = format!("Di cuándo puedes estar en los tribunales de {call}"), format!("Say when you can sit in the committees of {call}");
}

/// Hours with half ones, e.g. `2,5`.
fn hours(minutes: i64, point: char) -> String {
    match (minutes / 60, (minutes % 60) * 10 / 60) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}{point}{tenth}"),
    }
}
