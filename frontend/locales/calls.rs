//! Calls, their phases, and assignments entered in them.

use gestfg_types::calendar::{DutyKind, ProgressStep, StepStanding};
use gestfg_types::calls::{CallRef, CopyKeeps, Phase, PhaseStanding, PhaseWarning, PhaseWarningKind};
use gestfg_types::evaluation_requests::EvaluationRequestState;

labels! {
    /// What a phase is called.
    phase_name(Phase) {
        Phase::ProjectAssignment = "Asignación", "Assignment of projects";
        Phase::EvaluationRequest = "Solicitud de evaluación", "Evaluation requests";
        Phase::CommitteeFormation = "Comisiones", "Committees";
        Phase::MaterialSubmission = "Entrega de material", "Handing in documents";
        Phase::TutorReport = "Informe del tutor", "Tutors' reports";
        Phase::Defence = "Defensa", "Defences";
        Phase::Grading = "Evaluación y notificación al centro", "Marks";
    }

    /// What is done in a phase, for those who see it for the first time.
    phase_meaning(Phase) {
        Phase::ProjectAssignment = "El profesorado asigna sus proyectos a estudiantes.", "Professors give their projects to students.";
        Phase::EvaluationRequest = "Los proyectos se presentan a la convocatoria.", "Projects are entered in the call.";
        Phase::CommitteeFormation = "Coordinación forma las comisiones de evaluación.", "Coordinators form the committees.";
        Phase::MaterialSubmission = "Se entrega la memoria y lo que la acompaña.", "Students hand in the report and what goes with it.";
        Phase::TutorReport = "Cada tutor o tutora escribe su informe.", "Each tutor writes a report.";
        Phase::Defence = "Se defienden los proyectos ante la comisión.", "Projects are defended before their committee.";
        Phase::Grading = "Se cierran las actas y se notifican al centro.", "Marks are closed and sent to the school.";
    }

    /// Where a phase stands.
    phase_standing(PhaseStanding) {
        PhaseStanding::Ahead = "Aún no abierto", "Not open yet";
        PhaseStanding::Open = "Abierto", "Open";
        PhaseStanding::Over = "Terminado", "Over";
    }

    /// Where an evaluation request is.
    request_state(EvaluationRequestState) {
        EvaluationRequestState::Requested = "Presentado", "Entered";
        EvaluationRequestState::Withdrawn = "Retirado", "Withdrawn";
    }

    /// What stays the same when a call is copied.
    copy_keeps(CopyKeeps) {
        CopyKeeps::Date = "El día del mes: el 10 de junio sigue siendo el 10 de junio", "The day of the month: 10 June stays 10 June";
        CopyKeeps::Weekday = "El día de la semana: un jueves sigue siendo un jueves", "The day of the week: a Thursday stays a Thursday";
    }

    /// A step of a student's project.
    progress_step(ProgressStep) {
        ProgressStep::Applied = "Solicitud", "Application";
        ProgressStep::Assigned = "Proyecto asignado", "Project assigned";
        ProgressStep::Requested = "Presentado a convocatoria", "Entered in a call";
        ProgressStep::Documents = "Documentos entregados", "Documents handed in";
        ProgressStep::Defence = "Defensa", "Defence";
        ProgressStep::Mark = "Nota", "Mark";
    }

    /// How a step stands, in a word.
    step_standing(StepStanding) {
        StepStanding::Done = "Hecho", "Done";
        StepStanding::Current = "Ahora", "Now";
        StepStanding::Waiting = "Próximo paso", "Next step";
        StepStanding::Missed = "Fuera de plazo", "Missed";
        StepStanding::Ahead = "Más adelante", "Later";
    }

    /// What to do to take a step.
    step_call(ProgressStep) {
        ProgressStep::Applied = "Solicita los proyectos que prefieras o habla con quien tutoriza el que quieras.", "Apply for the projects you prefer, or talk to the tutor of the one you want.";
        ProgressStep::Assigned = "Busca un proyecto y habla con su tutor o tutora para que te lo asigne.", "Find a project and talk to its tutor, who will assign it to you.";
        ProgressStep::Requested = "Presenta tu proyecto a la convocatoria.", "Enter your project in the call.";
        ProgressStep::Documents = "Entrega la memoria y los demás documentos.", "Hand in your report and the other documents.";
        ProgressStep::Defence = "Prepara la defensa.", "Prepare your defence.";
        ProgressStep::Mark = "La nota aparecerá aquí cuando se publique.", "Your mark will show here once it is published.";
    }

    /// What a duty asks for.
    duty(DutyKind) {
        DutyKind::FindProject = "Encuentra un proyecto", "Find a project";
        DutyKind::RequestEvaluation = "Presenta el proyecto a la convocatoria", "Enter the project in the call";
        DutyKind::HandInMaterial = "Entrega los documentos", "Hand in the documents";
        DutyKind::Defend = "Prepara la defensa", "Prepare your defence";
        DutyKind::AssignProjects = "Asigna tus proyectos publicados", "Assign your published projects";
        DutyKind::WriteTutorReports = "Escribe los informes de tutoría", "Write your tutor reports";
        DutyKind::MarkDefences = "Califica las defensas de tus comisiones", "Mark the defences of your committees";
        DutyKind::FormCommittees = "Forma las comisiones", "Form the committees";
        DutyKind::CloseMarks = "Cierra las actas", "Close the marks";
        DutyKind::ValidateProjects = "Valida los proyectos enviados", "Decide on the submitted projects";
    }
}

texts! {
    route_calls = "Convocatorias", "Calls";
    route_call = "Convocatoria", "Call";
    route_admin_calls = "Convocatorias y plazos", "Calls and dates";
    route_call_editor = "Fechas de la convocatoria", "Dates of the call";
    route_call_requests = "Proyectos presentados", "Projects entered";
    route_assignment = "Proyecto asignado", "Assigned project";
    route_my_project = "Mi proyecto", "My project";

    // The timeline.
    phase = "Fase", "Phase";
    phase_from = "Desde", "From";
    phase_until = "Hasta", "Until";
    dates = "Fechas", "Dates";
    no_dates_yet = "Sin fechas todavía", "No dates yet";
    ends_today = "Termina hoy", "Ends today";
    ends_tomorrow = "Termina mañana", "Ends tomorrow";
    opens_today = "Se abre hoy", "Opens today";
    opens_tomorrow = "Se abre mañana", "Opens tomorrow";

    // Calls for everybody.
    calls_lead = "Los plazos de cada titulación, de la asignación del proyecto a la nota.", "The dates of each degree, from the assignment of a project to its mark.";
    calls_mine = "Mis titulaciones", "My degrees";
    calls_all_degrees = "Todas las titulaciones", "All degrees";
    calls_which = "Cuáles se ven", "Which ones are shown";
    calls_current_only = "En curso y próximas", "Current and coming";
    calls_also_past = "También las pasadas", "Past ones too";
    calls_empty = "No hay convocatorias en curso", "There are no current calls";
    calls_empty_body = "Cuando coordinación abra una, sus plazos aparecerán aquí.", "Once a coordinator opens one, its dates will show here.";
    call_see = "Ver la convocatoria", "See the call";
    calls_see_all = "Ver todas las convocatorias", "See all calls";
    call_timeline = "Plazos", "Timeline";
    call_what_you_can_do = "Qué puedes hacer", "What you can do";
    call_nothing_to_do = "Ahora mismo no tienes nada que hacer en esta convocatoria.", "There is nothing for you to do in this call right now.";
    call_manage_dates = "Cambiar las fechas", "Change the dates";
    call_manage_requests = "Proyectos presentados", "Projects entered";
    call_draft = "Borrador", "Draft";
    call_open_now = "Abierta", "Open";
    call_over = "Terminada", "Over";
    calls_of_my_degrees = "Plazos de mis titulaciones", "Dates of my degrees";

    // The office's calls.
    admin_calls_lead = "Una por titulación, curso y tipo, con las fechas de sus siete fases. Nadie las ve hasta que se abren.", "One for each degree, year and sitting, with the dates of its seven phases. Nobody sees them until they are opened.";
    call_new = "Nueva convocatoria", "New call";
    call_create = "Crear el borrador", "Create the draft";
    call_create_body = "Se crea un borrador sin fechas; las escribes a continuación.", "This makes a draft without dates; you fill them in next.";
    call_created = "Se ha creado el borrador. Escribe ahora sus fechas.", "The draft was created. Fill in its dates now.";
    admin_calls_empty = "Todavía no hay convocatorias", "There are no calls yet";
    admin_calls_empty_body = "Crea la primera. Las del curso siguiente se copian de esta con todas sus fechas.", "Make the first one. Next year's are copied from it with all their dates.";
    sitting = "Tipo", "Sitting";
    choose_sitting = "Elige un tipo", "Choose a sitting";
    academic_year_help = "El año en que empieza el curso: 2026 para 2026/27.", "The year it starts in: 2026 for 2026/27.";
    call_requests_column = "Presentados", "Entered";
    call_warnings_column = "Avisos", "Warnings";
    call_copy = "Copiar a otro curso", "Copy to another year";
    call_copy_title = "Copiar la convocatoria a otro curso", "Copy the call to another year";
    call_copy_body = "Se crea un borrador con las mismas fases. Las horas no cambian; después puedes retocar las fechas.", "This makes a draft with the same phases. Times of day stay; you may adjust the dates afterwards.";
    call_copy_keeps = "Qué se conserva", "What stays the same";
    call_copied = "Se ha creado la copia. Repasa sus fechas.", "The copy was made. Look over its dates.";
    call_open = "Abrir la convocatoria", "Open the call";
    call_open_title = "¿Abrir la convocatoria?", "Open the call?";
    call_open_body = "Todo el mundo verá sus fechas y desde ahora cuentan: fuera de plazo no se podrá asignar ni presentar. Recibirán un aviso los estudiantes de la titulación, quienes tutorizan sus proyectos y quien la coordina.", "Everybody will see its dates, and they count from now on: nothing can be assigned or entered outside them. The degree's students, the tutors of its projects and its coordinators will be told.";
    call_open_warnings = "Antes de abrirla, mira estos avisos. No impiden abrirla.", "Before opening it, look at these warnings. They do not stand in the way.";
    call_opened = "La convocatoria está abierta y se ha avisado a los interesados.", "The call is open and those concerned were told.";
    call_delete_title = "¿Eliminar la convocatoria?", "Remove the call?";
    call_delete_body = "Desaparece con sus fechas. Solo es posible mientras no haya proyectos presentados a ella.", "It disappears with its dates. This is only possible while no project is entered in it.";
    call_save_first = "Para abrirla, escribe las fechas de alguna fase y guarda los cambios.", "To open it, fill in the dates of a phase and save your changes.";
    call_editor_lead = "Las horas son las de la institución. El final de cada fase es el último minuto que cuenta.", "Times are those of the institution. The end of a phase is the last minute that counts.";
    call_is_open_note = "La convocatoria está abierta: los cambios valen en cuanto se guardan.", "The call is open: changes count as soon as they are saved.";
    call_end_before_start = "Tiene que ser posterior al comienzo.", "It must be later than the beginning.";
    call_data = "Datos", "Details";
    call_conflict_title = "Otra persona ha cambiado esta convocatoria", "Someone else changed this call";
    call_conflict_body = "Lo que has escrito sigue aquí. Puedes guardarlo encima de lo suyo o cargar lo que hay ahora.", "What you typed is still here. You may save it on top of theirs, or load what is there now.";
    call_conflict_theirs = "Lo que difiere de lo tuyo, tal y como está ahora:", "What differs from yours, as it is now:";
    no_warnings = "Sin huecos ni solapamientos.", "No holes and no overlaps.";

    // Entering an assignment.
    request_enter = "Presentar a convocatoria", "Enter in a call";
    request_enter_title = "Presentar el proyecto a una convocatoria", "Enter the project in a call";
    request_enter_body = "El proyecto queda presentado para su evaluación. Se avisará a quienes lo hacen y a quienes lo tutorizan.", "The project is entered for evaluation. Its students and tutors will be told.";
    request_confirm = "Presentar", "Enter";
    request_no_calls = "No hay ninguna convocatoria abierta", "There is no open call";
    request_no_calls_body = "Coordinación todavía no ha abierto ninguna de esta titulación.", "The coordinators have not opened any for this degree yet.";
    request_entered = "El proyecto se ha presentado.", "The project was entered.";
    request_withdraw = "Retirar", "Withdraw";
    request_withdraw_title = "¿Retirar el proyecto de la convocatoria?", "Withdraw the project from the call?";
    request_withdraw_body = "Deja de estar presentado. Mientras dure el plazo se puede volver a presentar. Se avisará a quienes lo hacen y a quienes lo tutorizan.", "It is no longer entered. It may be entered again while the dates last. Its students and tutors will be told.";
    request_withdraw_title_short = "Retirar de la convocatoria", "Withdraw from the call";
    request_withdrawn = "El proyecto se ha retirado de la convocatoria.", "The project was withdrawn from the call.";
    override_reason = "Motivo para hacerlo fuera de plazo", "Reason to do it outside the dates";
    override_reason_help = "Tu papel lo permite. El motivo queda en el registro de cambios.", "Your role allows it. The reason is kept in the audit log.";

    // Requests of a call.
    requests_tab = "Presentados", "Entered";
    requests_pending_tab = "Sin presentar", "Not entered";
    requests_search = "Buscar por título o persona", "Search by title or person";
    requests_empty = "Nadie se ha presentado todavía", "Nobody has entered yet";
    requests_empty_body = "Cuando se presenten proyectos aparecerán aquí. También puedes presentarlos tú desde «Sin presentar».", "Projects will show here once they are entered. You may also enter them yourself under “Not entered”.";
    requests_pending_empty = "Todos los proyectos en curso están presentados", "Every project under way is entered";
    requests_pending_empty_body = "Aquí aparecen las asignaciones activas de la titulación que no están en ninguna convocatoria.", "Active assignments of the degree that are in no call show here.";
    requested_on = "Presentado", "Entered";
    requests_export_csv = "Exportar CSV", "Export CSV";
    requests_export_xlsx = "Exportar Excel", "Export Excel";
    requests_select = "Elegir", "Select";
    requests_select_all = "Elegir todos los de esta página", "Select all on this page";
    requests_bulk_title = "Presentar varios proyectos", "Enter several projects";
    requests_bulk_body = "Cada uno se presenta por su cuenta: si alguno no puede, los demás siguen adelante.", "Each one is entered on its own: if one cannot be, the others go on.";
    request_result_done = "Presentado", "Entered";
    requests_retry_with_reason = "Puedes repetir los que faltan escribiendo un motivo.", "You may repeat the missing ones by giving a reason.";

    // An assignment.
    assignment_data = "Datos de la asignación", "The assignment";
    assignment_requests = "Convocatorias", "Calls";
    assignment_no_requests = "Todavía no se ha presentado a ninguna convocatoria.", "It has not been entered in any call yet.";
    requested_filter = "Presentación", "Entry";
    requested_yes = "Presentadas", "Entered";
    requested_no = "Sin presentar", "Not entered";

    // The student's project.
    my_project_lead = "En qué punto está tu proyecto y qué toca hacer ahora.", "Where your project stands and what to do now.";
    my_project_empty = "Todavía no tienes titulación", "You have no degree yet";
    my_project_empty_body = "Cuando coordinación te matricule en una, aquí verás los pasos de tu proyecto.", "Once a coordinator enrols you in one, the steps of your project will show here.";
    my_project_steps = "Pasos de tu proyecto", "Steps of your project";
    my_project_now = "Qué toca ahora", "What to do now";
    my_project_finished = "Has dado todos los pasos.", "You have taken every step.";
    my_project_thread = "Ver el proyecto y sus mensajes", "See the project and its messages";
    step_missed_body = "El plazo terminó sin que dieras este paso. Habla con quien coordina tu titulación o espera a la próxima convocatoria.", "Its dates ended before you took this step. Talk to your degree's coordinator or wait for the next call.";
    step_no_dates = "Todavía no hay fechas: se anunciarán cuando se abra la convocatoria.", "There are no dates yet: they will be announced when the call is opened.";
    find_project = "Buscar un proyecto", "Find a project";
}

phrases! {
    /// A call by its sitting and year.
    call_name(sitting: &str, year: &str) = format!("{sitting} {year}"), format!("{sitting} {year}");
    /// A refusal: the phase is over.
    phase_closed(name: &str, when: &str) = format!("El plazo «{name}» se cerró el {when}."), format!("“{name}” closed on {when}.");
    /// A refusal: the phase is ahead.
    phase_ahead(name: &str, when: &str) = format!("El plazo «{name}» se abre el {when}."), format!("“{name}” opens on {when}.");
    /// A refusal: the phase is over, and another call's is ahead.
    phase_between(name: &str, closed: &str, opens: &str) = format!("El plazo «{name}» se cerró el {closed}. El siguiente se abre el {opens}."), format!("“{name}” closed on {closed}. The next one opens on {opens}.");
    /// A refusal: the phase has no dates.
    phase_undated(name: &str) = format!("El plazo «{name}» no tiene fechas en ninguna convocatoria abierta."), format!("“{name}” has no dates in any open call.");
    /// How many days a phase still lasts.
    days_left(days: i64) = format!("Quedan {days} días"), format!("{days} days left");
    /// In how many days a phase opens.
    opens_in(days: i64) = format!("Faltan {days} días"), format!("In {days} days");
    /// Until when, in short.
    until(when: &str) = format!("Hasta el {when}"), format!("Until {when}");
    /// From when to when, in short.
    from_until(from: &str, until: &str) = format!("Del {from} al {until}"), format!("From {from} to {until}");
    /// When something opens, in short.
    opens_on(when: &str) = format!("Se abre el {when}"), format!("Opens on {when}");
    /// When something closed, in short.
    closed_on(when: &str) = format!("Se cerró el {when}"), format!("Closed on {when}");
    /// When a step was taken.
    done_on(when: &str) = format!("El {when}"), format!("On {when}");
    /// What a table of phases is about.
    phases_of(call: &str) = format!("Fases de {call}"), format!("Phases of {call}");
    /// Between two phases lie days that belong to none.
    warn_hole(before: &str, after: &str) = format!("Hay días libres entre «{before}» y «{after}»."), format!("There are days between “{before}” and “{after}” that belong to neither.");
    /// A phase begins before the former has ended.
    warn_overlap(before: &str, after: &str) = format!("«{after}» empieza antes de que termine «{before}»."), format!("“{after}” begins before “{before}” has ended.");
    /// A phase begins before the former begins.
    warn_order(before: &str, after: &str) = format!("«{after}» empieza antes que «{before}»."), format!("“{after}” begins before “{before}” begins.");
    /// A step that was not taken in time.
    step_missed(step: &str) = format!("No llegaste a tiempo al paso «{step}»"), format!("You did not take the step “{step}” in time");
    /// A phase has no dates.
    warn_missing(phase: &str) = format!("«{phase}» no tiene fechas."), format!("“{phase}” has no dates.");
    /// How many warnings there are.
    count_warnings(count: usize) = match count {
        1 => "1 aviso".to_owned(),
        n => format!("{n} avisos"),
    }, match count {
        1 => "1 warning".to_owned(),
        n => format!("{n} warnings"),
    };
    /// The label of a button that enters those chosen.
    requests_enter_chosen(count: usize) = match count {
        0 => "Presentar los elegidos".to_owned(),
        1 => "Presentar 1 proyecto".to_owned(),
        n => format!("Presentar {n} proyectos"),
    }, match count {
        0 => "Enter those selected".to_owned(),
        1 => "Enter 1 project".to_owned(),
        n => format!("Enter {n} projects"),
    };
    /// What became of several.
    requests_outcome(done: usize, all: usize) = format!("Se han presentado {done} de {all}."), format!("{done} of {all} were entered.");
    /// How many things a duty is about.
    duty_count(count: i64) = format!("{count} pendientes"), format!("{count} to do");
    /// The label of a checkbox in a row.
    select_named(name: &str) = format!("Elegir «{name}»"), format!("Select “{name}”");
    /// The label of a button that takes the dates of a phase away.
    clear_phase_named(name: &str) = format!("Quitar las fechas de «{name}»"), format!("Remove the dates of “{name}”");
    /// The label of a button that copies a call.
    copy_named(name: &str) = format!("Copiar «{name}» a otro curso"), format!("Copy “{name}” to another year");
    /// The label of a button that opens a call.
    open_named(name: &str) = format!("Abrir «{name}»"), format!("Open “{name}”");
    /// The label of a link to the requests of a call.
    requests_of(name: &str) = format!("Proyectos presentados a «{name}»"), format!("Projects entered in “{name}”");
}

impl crate::i18n::Texts {
    /// What is odd about the dates of a call, in a sentence.
    #[must_use]
    pub fn phase_warning(self, warning: PhaseWarning) -> String {
        let name = self.phase_name(warning.phase);
        let before = warning.other.map_or("", |other| self.phase_name(other));
        match warning.kind {
            PhaseWarningKind::Missing => self.warn_missing(name),
            PhaseWarningKind::Hole => self.warn_hole(before, name),
            PhaseWarningKind::Overlap => self.warn_overlap(before, name),
            PhaseWarningKind::OutOfOrder => self.warn_order(before, name),
        }
    }

    /// A call by its sitting and year, e.g. `Junio 2026/27`.
    #[must_use]
    pub fn call_title(self, call: &CallRef) -> String {
        self.call_name(&call.sitting.name, &crate::format::academic_year(call.academic_year))
    }

    /// A call with its degree, e.g. `GII · Junio 2026/27`.
    #[must_use]
    pub fn call_full_title(self, call: &CallRef) -> String {
        format!("{} · {}", call.degree.code, self.call_title(call))
    }
}
