//! Committees and timetables: runs of the planner, versions, and rules.

use gestfg_types::planning::{CommitteePlanState, PlanningKind, PlanningState};

labels! {
    /// What a run works out.
    planning_kind(PlanningKind) {
        PlanningKind::Committees = "Comisiones", "Committees";
        PlanningKind::Timetable = "Horario de defensas", "Timetable of defences";
        PlanningKind::Repair = "Reparación tras un cambio", "Repair after a change";
        PlanningKind::Allocation = "Adjudicación", "Allocation";
    }

    /// Where a run is.
    planning_state(PlanningState) {
        PlanningState::Queued = "En espera", "Waiting";
        PlanningState::Running = "En marcha", "Running";
        PlanningState::Done = "Terminado", "Done";
        PlanningState::Failed = "Sin resultado", "No result";
        PlanningState::Cancelled = "Detenido", "Stopped";
    }

    /// Where a version is.
    plan_state(CommitteePlanState) {
        CommitteePlanState::Draft = "Borrador", "Draft";
        CommitteePlanState::Published = "Publicada", "Published";
        CommitteePlanState::Superseded = "Sustituida", "Superseded";
    }
}

names! {
    /// What a run is at.
    planning_stage {
        "placing" = "Buscando sitio para cada proyecto", "Finding a place for each project";
        "proving" = "Comprobando que no se puede mejor", "Proving that it cannot be better";
        "improving" = "Mejorando lo encontrado", "Improving what was found";
        "explaining" = "Buscando el motivo de lo que no cabe", "Finding out why the rest has no place";
        _ = "Preparando los datos", "Getting the data ready";
    }

    /// Why a run made no version.
    planning_problem {
        "infeasible" = "Ningún reparto cumple todas las reglas.", "No plan keeps every rule.";
        "unknown" = "No se encontró un reparto en el tiempo dado. Prueba con más tiempo.", "None was found in the time given. Try with more time.";
        "unsound" = "Los datos se contradicen y no se puede ni empezar.", "The data contradict each other: it cannot even begin.";
        _ = "El planificador falló. Inténtalo de nuevo.", "The planner failed. Try again.";
    }

    /// A sort of conflict.
    planning_reason {
        "professors_short" = "Hay menos profesorado disponible que puestos.", "There are fewer professors than seats.";
        "areas_short" = "Muy pocas áreas tienen profesorado suficiente.", "Too few areas have enough professors.";
        "presidents_short" = "Faltan personas que puedan presidir.", "There are too few people who may preside.";
        "interests" = "Los conflictos de interés dejan proyectos sin comisión.", "Conflicts of interest leave projects without a committee.";
        "pins" = "Lo fijado se contradice o incumple reglas.", "What was pinned contradicts itself or the rules.";
        "no_common_hour" = "Sus personas no tienen ninguna hora en común.", "Its people share no free hour.";
        "no_room" = "No hay sala abierta a las horas en que coinciden.", "No room is open at the hours its people share.";
        "no_panel" = "Falta alguien para un puesto a las horas en que coinciden.", "At the hours its people share a seat has nobody.";
        "people_short" = "Varias defensas necesitan a las mismas personas más horas de las que tienen.", "Several defences need the same people for more hours than they have.";
        "rooms_short" = "Hacen falta más salas de las que hay a esas horas.", "More rooms are needed than are open at those hours.";
        "competition" = "Estas defensas no caben todas.", "These defences cannot all be placed.";
        "workload" = "Alguien tendría más defensas de las que puede.", "Somebody would attend more defences than they may.";
        "committee_full" = "A su comisión no le queda un bloque libre.", "Its committee has no free block left.";
        _ = "No se conoce el motivo exacto.", "The exact reason is not known.";
    }

    /// A rule or wish of a plan that is not kept.
    plan_rule {
        "unknown" = "Nombra algo que ya no existe.", "It names something that is not there any more.";
        "seat_count" = "Hay puestos sin ocupar.", "Some seats are not taken.";
        "not_free" = "Está exento o no puede acudir.", "Is excused or away.";
        "seat_twice" = "Ocupa dos puestos.", "Has two seats.";
        "spread" = "Dos titulares son de la misma área.", "Two full seats are of one area.";
        "president" = "No puede presidir.", "May not preside.";
        "interest" = "Juzgaría un proyecto propio o en el que tiene interés.", "Would judge a project of their own or one they have an interest in.";
        "project_count" = "Un proyecto no tiene exactamente una comisión.", "A project does not have exactly one committee.";
        "load" = "Las comisiones quedan con cargas demasiado distintas.", "The committees' loads differ too much.";
        "committee_count" = "No es el número de comisiones pedido.", "It is not the number of committees asked for.";
        "pin" = "Lo fijado tiene que quedarse donde está.", "What is pinned has to stay.";
        "claim" = "La versión dice de sí misma algo que no es así.", "The version says of itself what is not so.";
        "uneven_load" = "Las cargas difieren en más de una defensa.", "Loads differ by more than one defence.";
        "over_target" = "Tiene más defensas de las deseadas.", "Has more defences than wished.";
        "area_absent" = "Nadie de su área lo juzga.", "Nobody of its area judges it.";
        "junior_president" = "Hay vocales con más antigüedad que la presidencia.", "A member is senior to the president.";
        "placed_twice" = "Una defensa está puesta dos veces.", "A defence is placed twice.";
        "outside_day" = "Queda fuera del horario del día.", "It is outside its day.";
        "pause" = "Cae en una pausa.", "It falls in a pause.";
        "window" = "Queda fuera de su plazo.", "It is outside its window.";
        "room_closed" = "La sala está cerrada a esa hora.", "The room is closed then.";
        "room_taken" = "La sala está ocupada a esa hora.", "The room is taken then.";
        "room_too_small" = "La sala es demasiado pequeña.", "The room is too small.";
        "room_not_allowed" = "No puede ser en esa sala.", "It may not be in that room.";
        "person_away" = "Alguien no puede a esa hora.", "Somebody cannot come then.";
        "person_twice" = "Alguien estaría en dos sitios a la vez.", "Somebody would be in two places at once.";
        "not_eligible" = "No puede ocupar ese puesto.", "May not take that seat.";
        "excluded" = "Tiene un conflicto de interés.", "Has a conflict of interest.";
        "too_many" = "Tendría demasiadas defensas.", "Would attend too many defences.";
        "too_many_per_day" = "Tendría demasiadas defensas en un día.", "Would attend too many defences on one day.";
        "team" = "Un equipo tiene que defender seguido y en la misma sala.", "A team defends in a row and in one room.";
        "committee_block" = "Las defensas de una comisión en un día van seguidas y en una sala.", "The defences of a committee on one day are in a row and in one room.";
        "unplaced" = "Una defensa no tiene hora.", "A defence has no time.";
        "if_needed" = "Alguien acude a una hora que ofreció solo si hacía falta.", "Somebody comes at a time they offered only if needed.";
        "substitute" = "Una suplencia ocupa el puesto de un titular.", "A substitute sits for a full seat.";
        _ = "Incumple una regla.", "It breaks a rule.";
    }

    /// What a measure counts; fewer is better unless said.
    plan_objective {
        "changes" = "Cambios respecto a lo vigente", "Changes from what is in force";
        "outsiders" = "Puestos de quien no tutoriza en la convocatoria", "Seats of people who tutor nobody in the call";
        "service" = "Servicio anterior de quienes participan", "Past service of those called";
        "affinity" = "Proyectos sin nadie de su área", "Projects without anybody of their area";
        "expertise" = "Temas sin especialista", "Subjects without an expert";
        "seniority" = "Vocales con más antigüedad que su presidencia", "Members senior to their president";
        "back_to_back" = "Defensas seguidas de una misma persona (mejor cuantas más)", "Defences of a person in a row (more is better)";
        "days" = "Días de asistencia en total", "Days of attendance in all";
        "room_changes" = "Cambios de sala", "Changes of room";
        "waiting" = "Huecos de espera", "Slots of waiting";
        "balance" = "Desigualdad de carga", "Uneven load";
        "subjects" = "Temas sin cubrir", "Subjects not covered";
        "if_needed" = "Horas ofrecidas solo si hace falta", "Hours offered only if needed";
        "wishes" = "Coste de las personas elegidas", "Cost of the people chosen";
        "early_finish" = "Última hora ocupada", "Last slot in use";
        _ = "Otra medida", "Another measure";
    }
}

texts! {
    route_plans = "Comisiones y horario", "Committees and timetable";
    plans_lead = "El planificador propone comisiones y horarios como borradores. Nada se ve fuera de aquí hasta que se publica.", "The planner proposes committees and timetables as drafts. Nothing shows outside this page until it is published.";
    plans_runs = "Cálculos", "Runs";
    plans_versions = "Versiones", "Versions";
    plans_empty = "Todavía no hay versiones", "There are no versions yet";
    plans_empty_body = "Calcula las comisiones a partir de los proyectos presentados. Cada cálculo hace una versión nueva y no toca las demás.", "Have the committees worked out from the projects entered. Each run makes a new version and touches no other.";
    plan_start = "Calcular", "Plan";
    plan_start_title = "Nuevo cálculo", "New run";
    plan_start_body = "Se hace en segundo plano y crea una versión nueva. Puedes detenerlo cuando quieras.", "It runs in the background and makes a new version. You may stop it at any time.";
    plan_started = "Cálculo en marcha.", "The run has started.";
    plan_what = "Qué se calcula", "What is worked out";
    plan_from = "A partir de la versión", "Starting from version";
    plan_from_help = "Se respeta lo fijado en ella. El horario y la reparación necesitan una.", "What is pinned in it is kept. A timetable and a repair need one.";
    plan_from_none = "De cero", "From nothing";
    plan_seed = "Semilla", "Seed";
    plan_seed_help = "La misma semilla da el mismo resultado.", "The same seed gives the same result.";
    plan_limit = "Tiempo máximo, en segundos", "Time limit, in seconds";
    plan_limit_help = "De 1 a 300.", "From 1 to 300.";
    plan_stop = "Detener", "Stop";
    plan_stopping = "Deteniendo…", "Stopping…";
    plan_stopped = "Se ha pedido detenerlo.", "It was asked to stop.";
    plan_one_run = "Hay un cálculo en marcha: espera a que termine o detenlo.", "A run is under way: wait until it ends or stop it.";
    plan_why_failed = "Motivos", "Reasons";
    plan_version = "Versión", "Version";
    plan_made = "Creada", "Made";
    plan_committees = "Comisiones", "Committees";
    plan_scheduled = "Defensas con hora", "Defences with a time";
    plan_no_timetable = "Sin horario", "No timetable";
    plan_rename = "Cambiar el nombre", "Rename";
    plan_name = "Nombre", "Name";
    plan_name_help = "Por ejemplo «Con la sala grande». Vacío: solo el número.", "E.g. “With the large room”. Empty: its number alone.";
    plan_renamed = "Nombre guardado.", "Name saved.";
    plan_restored = "Copiada a un borrador nuevo.", "Copied to a new draft.";
    plan_delete_title = "¿Eliminar esta versión?", "Remove this version?";
    plan_delete_body = "El borrador se pierde. Lo publicado no cambia.", "The draft is lost. What is published does not change.";
    plan_compare_title = "Comparar versiones", "Compare versions";
    plan_compare_with = "Comparar con", "Compare with";
    plan_compare_choose = "Elige otra versión", "Choose another version";
    plan_compare_same = "Las dos versiones son iguales.", "The two versions are the same.";
    plan_seats_changed = "Puestos que cambian", "Seats that differ";
    plan_projects_changed = "Proyectos en otra comisión", "Projects in another committee";
    plan_defences_changed = "Defensas a otra hora o en otra sala", "Defences at another time or in another room";
    plan_measures = "Medidas", "Measures";
    plan_download = "Descargar", "Download";
    plan_download_committees = "Comisiones", "Committees";
    plan_download_timetable = "Horario", "Timetable";
    plan_download_note = "Lo que no está publicado lo dice en cada página y en el nombre del archivo.", "What is not published says so on every page and in the name of the file.";
    plan_measure = "Medida", "Measure";
    plan_proved_best = "(demostrado: no hay mejor)", "(proved: none is better)";
    plan_before = "Antes", "Before";
    plan_after = "Ahora", "Now";
    plan_nobody = "nadie", "nobody";
    plan_nowhere = "sin sitio", "nowhere";
    plan_runs_empty = "Todavía no se ha calculado nada.", "Nothing was worked out yet.";
    plan_board_lead = "Cada cambio se comprueba al momento. Lo que incumple una regla no se guarda; lo que solo no conviene, se avisa.", "Every change is checked at once. What breaks a rule is not saved; what is only not wished is pointed out.";
    plan_board_manners = "Arrastra un nombre sobre otro para intercambiarlos, o un proyecto a otra comisión. Con teclado: espacio o Intro para cogerlo, flechas para elegir el destino, Intro para soltarlo, Escape para dejarlo.", "Drag a name onto another to swap them, or a project to another committee. By keyboard: space or enter picks it up, arrows choose where, enter drops it, escape lets it go.";
    plan_timetable = "Horario de defensas", "Timetable of defences";
    plan_hour = "Hora", "Time";
    plan_room = "Sala", "Room";
    plan_take_out = "Sin hora: sacarla del horario", "No time: take it out of the timetable";
    plan_no_timetable_body = "Calcula el horario a partir de estas comisiones: se hace en una versión nueva.", "Have the timetable worked out from these committees: that makes a new version.";
    plan_shortage = "Dónde falta sitio", "Where time is short";
    plan_shortage_lead = "Se calcula con la disponibilidad que conoce esta versión y con lo que ya tiene hora.", "Worked out from the availability this version knows and from what has a time already.";
    plan_as_grid = "Cuadrícula", "Grid";
    plan_as_list = "Lista por días", "List by day";
    plan_days = "Días", "Days";
    plan_day = "Día", "Day";
    plan_free = "libre", "free";
    plan_closed = "cerrado", "closed";
    plan_chosen = "Defensa elegida", "Chosen defence";
    plan_choose_defence = "Elige una defensa para moverla o fijarla.", "Choose a defence to move it or pin it.";
    plan_without_hour = "sin hora", "no time";
    plan_whole_session = "Mover toda la sesión de su comisión ese día", "Move the whole session of its committee that day";
    plan_move_to = "Mover a…", "Move to…";
    plan_pin = "Fijar", "Pin";
    plan_session = "Toda la sesión", "Whole session";
    plan_take_out_now = "Sacar del horario", "Take out";
    plan_let_go = "Soltar sin mover", "Let go";
    plan_grid_manners = "Arrastra una defensa a otra hora o sala, o sobre otra para cambiarlas; sobre un día, para abrirlo. Con teclado: las flechas recorren la cuadrícula, Av Pág y Re Pág cambian de día, espacio o Intro coge la defensa, las flechas eligen, Intro la suelta y Escape la deja.", "Drag a defence to another time or room, or onto another to change places; over a day to open it. By keyboard: arrows move around the grid, page up and page down change the day, space or enter picks a defence up, arrows choose, enter drops it, escape lets it go.";
    plan_done_though = "Hecho, aunque no conviene", "Done, though it is not wished";
    plan_show_all = "Ver todo", "Show all";
    plan_what_changes = "Qué cambia", "What changes";
    plan_person = "Persona", "Person";
    plan_student = "Estudiante", "Student";
    plan_project = "Proyecto", "Project";
    plan_tutors = "Tutoría", "Tutors";
    plan_committee = "Comisión", "Committee";
    plan_hours_of = "Horas en común de", "Common hours of";
    plan_common_hours = "Horas en común: cuántas de estas personas están libres", "Common hours: how many of these people are free";
    plan_nearest_hours = "Las horas más cercanas", "The nearest hours";
    plan_everybody_free = "Pueden todas.", "Everybody can come.";
    plan_no_room_left = "No queda ninguna sala.", "No room is left.";
    plan_scarce_people = "Personas con menos margen", "People with the least to spare";
    plan_scarce_rooms = "Salas con menos margen", "Rooms with the least to spare";
    plan_scarce_days = "Días con menos margen", "Days with the least to spare";
    plan_open_hours = "Horas posibles", "Hours there are";
    plan_wanted_hours = "Horas que hacen falta", "Hours wanted";
    plan_used_hours = "Horas ocupadas", "Hours in use";
    plan_spare = "Margen", "To spare";
    why_taken_out = "Se sacó del horario a mano.", "It was taken out by hand.";
    why_not_in_time = "No se le encontró sitio en el tiempo dado.", "No place was found for it in the time given.";
    why_no_room_suits = "Ninguna sala le sirve.", "No room suits it.";
    why_pinned_in_vain = "Está fijada donde no puede ser.", "It is pinned to where it cannot be.";
    why_no_version = "No hay ninguna versión de la que partir.", "There is no version to start from.";
    why_no_dates = "La convocatoria no tiene fechas de defensa.", "The call has no dates for its defences.";
    why_no_slots = "No cabe ningún turno entre las fechas y las horas de las defensas.", "No slot fits between the dates and the hours of the defences.";
    why_no_projects = "No hay proyectos presentados a la convocatoria.", "No project is entered in the call.";
    why_no_rooms = "No hay ninguna sala para las defensas.", "There is no room to hold defences in.";
    why_minimal = "Bastaría con que cambiara uno solo de estos hechos.", "If any one of these facts changed there would be a place.";
    repair_title = "Dar sitio a la defensa", "Give the defence a place";
    repair_accept = "Hacer estos cambios", "Make these changes";
    repair_agreed = "Está de acuerdo: anotarlo y recalcular", "They agree: note it and plan again";
    repair_ask_body = "Pregúntale antes. Se anotará que puede a esa hora y el horario se calculará de nuevo en otra versión, con los menos cambios posibles.", "Ask them first. It is noted that they can come then, and the timetable is worked out again in another version, with as few changes as possible.";
    repair_opened = "Abrir la sala y recalcular", "Open the room and plan again";
    repair_open_body = "La sala deja de estar cerrada solo a esa hora, para todas las convocatorias, y el horario se calculará de nuevo en otra versión, con los menos cambios posibles. Si quien la ocupa es otra convocatoria, no se puede.", "The room is no longer closed at that time only, for all calls, and the timetable is worked out again in another version, with as few changes as possible. That cannot be when another call is in it.";
    plan_rerun_committees = "Recalcular las comisiones", "Plan the committees again";
    plan_rerun_timetable = "Recalcular el horario", "Plan the timetable again";
    plan_run_timetable = "Calcular el horario", "Plan the timetable";
    plan_rerun_body = "Lo fijado se queda donde está; lo demás cambia lo menos posible. Esta versión no se toca.", "What is pinned stays; the rest changes as little as possible. This version is left alone.";
    plan_something_changed = "Algo ha cambiado…", "Something has changed…";
    plan_repair = "Reparar", "Repair";
    plan_repair_body = "Se anota el cambio y se busca otra versión con los menos cambios posibles. Verás las diferencias antes de seguir con ella.", "The change is noted and another version sought with as few changes as possible. You will see the differences before going on with it.";
    plan_what_changed = "Qué ha cambiado", "What has changed";
    plan_already_noted = "Ya está anotado (disponibilidad, salas, solicitudes)", "It is noted already (availability, rooms, requests)";
    plan_person_away = "Alguien no puede venir", "Somebody cannot come";
    plan_room_lost = "Una sala no se puede usar", "A room cannot be used";
    plan_choose_person = "Elige a la persona", "Choose the person";
    plan_choose_room = "Elige la sala", "Choose the room";
    plan_from_when = "Desde", "From";
    plan_until_when = "Hasta", "Until";
    plan_outcome_body = "Es un borrador nuevo: esta versión sigue como está hasta que la dejes.", "It is a new draft: this version stays as it is until you leave it.";
    plan_differences = "Ver las diferencias", "Show the differences";
    plan_pinned = "Fijado", "Pinned";
    plan_seats = "Puestos", "Seats";
    plan_projects = "Proyectos", "Projects";
    plan_fixed = "Esta versión no se puede cambiar. Cópiala a un borrador nuevo para seguir a partir de ella.", "This version cannot be changed. Copy it to a new draft to go on from it.";
    plan_changed = "Cambio guardado.", "Change saved.";
    plan_refused = "El cambio no se ha hecho: incumple reglas", "The change was not made: it breaks rules";
    plan_violations = "Reglas que incumple", "Rules it breaks";
    plan_warnings = "Lo que no conviene", "What is not wished";
    plan_no_committees = "No hay comisiones: no había proyectos presentados.", "There are no committees: no project was entered.";
    plan_move = "Mover", "Move";
    plan_move_title = "Mover a otro sitio", "Move elsewhere";
    plan_move_where = "A dónde", "Where to";
    plan_move_choose = "Elige un destino", "Choose where";
    plan_move_fits = "Cumple todas las reglas.", "It keeps every rule.";
    plan_here_already = "Ya está ahí.", "It is there already.";
    plan_would_break = "Incumpliría reglas", "It would break rules";
    plan_would_warn = "Se puede, aunque no conviene", "It may be done, though it is not wished";
    plan_publish = "Publicar", "Publish";
    plan_publish_title = "¿Publicar las comisiones y el horario?", "Publish the committees and the timetable?";
    plan_publish_body = "Todo el mundo las verá, en lugar de lo publicado antes. Se comprueba otra vez con los datos de ahora.", "Everybody will see them, in place of what was published before. They are checked again against the present data.";
    plan_publish_refused = "No se puede publicar: incumple reglas", "It cannot be published: it breaks rules";
    plan_told_seat = "por su puesto en una comisión", "of a seat in a committee";
    plan_told_defence = "por una defensa", "of a defence";
    plan_told_both = "por su puesto y por una defensa", "of a seat and of a defence";
    plan_earlier_runs = "Cálculos anteriores", "Earlier runs";
}

phrases! {
    /// A version as it is called.
    plan_label(number: i32, name: Option<&str>) = match name {
        Some(name) => format!("Versión {number} · {name}"),
        None => format!("Versión {number}"),
    }, match name {
        Some(name) => format!("Version {number} · {name}"),
        None => format!("Version {number}"),
    };
    /// From which version another was made.
    plan_based_on(number: i32) = format!("a partir de la {number}"), format!("from version {number}");
    /// The label of a button that fetches a part of a version in a format.
    plan_download_as(part: &str, format: &str) = format!("{part}, {format}"), format!("{part}, {format}");
    /// What no timetable has more of.
    plan_at_most(bound: i64) = format!("(ningún horario pasa de {bound})"), format!("(no timetable has more than {bound})");
    /// What no plan goes below.
    plan_at_least(bound: i64) = format!("(demostrado: nunca menos de {bound})"), format!("(proved: never less than {bound})");
    /// How many of the students have a place, at most how many could.
    plan_placed(placed: usize, bound: usize) = format!("{placed} de {bound} estudiantes con sitio"), format!("{placed} of {bound} students placed");
    /// A committee by its number.
    committee_label(number: usize) = format!("Comisión {number}"), format!("Committee {number}");
    /// The label of a button that copies a version.
    plan_restore_named(name: &str) = format!("Copiar «{name}» a un borrador nuevo"), format!("Copy “{name}” to a new draft");
    /// The label of a button that renames a version.
    plan_rename_named(name: &str) = format!("Cambiar el nombre de «{name}»"), format!("Rename “{name}”");
    /// The label of a button that compares a version.
    plan_compare_named(name: &str) = format!("Comparar «{name}» con otra"), format!("Compare “{name}” with another");
    /// With what a run was asked for.
    plan_run_facts(seed: i64, seconds: i16) = format!("semilla {seed}, hasta {seconds} s"), format!("seed {seed}, up to {seconds} s");
    /// A seat of a committee by its place.
    seat_name(seat: usize, full: usize) = match seat {
        0 => "Presidencia".to_owned(),
        n if n < full => format!("Vocal {n}"),
        n => format!("Suplente {}", n + 1 - full),
    }, match seat {
        0 => "President".to_owned(),
        n if n < full => format!("Member {n}"),
        n => format!("Substitute {}", n + 1 - full),
    };
    /// How many defences a committee has.
    plan_defences(count: usize) = match count {
        1 => "1 defensa".to_owned(),
        n => format!("{n} defensas"),
    }, match count {
        1 => "1 defence".to_owned(),
        n => format!("{n} defences"),
    };
    /// How many students a project has.
    plan_students(count: usize) = match count {
        1 => "1 estudiante".to_owned(),
        n => format!("{n} estudiantes"),
    }, match count {
        1 => "1 student".to_owned(),
        n => format!("{n} students"),
    };
    /// The label of a button that asks where something should go.
    plan_move_named(name: &str) = format!("Mover «{name}» a…"), format!("Move “{name}” to…");
    /// The label of a button that fixes something where it is.
    plan_pin_named(name: &str) = format!("Fijar «{name}» donde está"), format!("Pin “{name}” where it is");
    /// Changing places with somebody.
    plan_swap_with(name: &str, committee: &str, seat: &str) = format!("Intercambiar con {name} ({committee}, {seat})"), format!("Swap with {name} ({committee}, {seat})");
    /// Giving the seat to somebody without one.
    plan_replace_by(name: &str) = format!("Dar el puesto a {name} (sin puesto)"), format!("Give the seat to {name} (no seat)");
    /// Says what was picked up.
    plan_held(name: &str) = format!("Has cogido: {name}. Elige el destino."), format!("Picked up: {name}. Choose where to put it.");
    /// How many people will be told.
    plan_told_count(count: usize) = match count {
        0 => "No se avisará a nadie".to_owned(),
        1 => "Se avisará a 1 persona".to_owned(),
        n => format!("Se avisará a {n} personas"),
    }, match count {
        0 => "Nobody will be told".to_owned(),
        1 => "1 person will be told".to_owned(),
        n => format!("{n} people will be told"),
    };
    /// Says that it was published.
    plan_published(told: usize) = format!("Publicado. Personas avisadas: {told}."), format!("Published. People told: {told}.");
    /// How many defences have no time yet.
    plan_without_time(count: usize) = match count {
        1 => "1 defensa se publicaría sin hora".to_owned(),
        n => format!("{n} defensas se publicarían sin hora"),
    }, match count {
        1 => "1 defence would be published without a time".to_owned(),
        n => format!("{n} defences would be published without a time"),
    };
    /// How many defences found no place.
    plan_unplaced(count: usize) = match count {
        1 => "1 defensa no tiene sitio".to_owned(),
        n => format!("{n} defensas no tienen sitio"),
    }, match count {
        1 => "1 defence has no place".to_owned(),
        n => format!("{n} defences have no place"),
    };
    /// A slot of a day by its number.
    plan_slot(number: usize) = format!("turno {number}"), format!("slot {number}");
    /// The seat of a committee, where the number of full seats is not known.
    seat_of_committee(committee: usize, seat: usize) = match seat {
        0 => format!("Comisión {committee}, presidencia"),
        n => format!("Comisión {committee}, puesto {}", n + 1),
    }, match seat {
        0 => format!("Committee {committee}, president"),
        n => format!("Committee {committee}, seat {}", n + 1),
    };
    /// Says where something goes.
    plan_goes_to(name: &str, place: &str) = format!("{name} pasa a: {place}"), format!("{name} goes to: {place}");
    /// Changing places with a project of another committee.
    plan_exchange_with(title: &str, committee: &str) = format!("Intercambiar con «{title}» ({committee})"), format!("Swap with “{title}” ({committee})");
    /// A wish that is met less well.
    plan_gets_worse(what: &str, before: i64, after: i64) = format!("Empeora «{what}»: de {before} a {after}."), format!("Worse “{what}”: from {before} to {after}.");
    /// Two parts of an enumeration.
    plan_and(most: &str, last: &str) = format!("{most} y {last}"), format!("{most} and {last}");
    /// An enumeration of which only the beginning is named.
    plan_and_others(most: &str, rest: usize) = format!("{most} y {rest} más"), format!("{most} and {rest} more");
    /// The name of the grid of a day.
    plan_grid_of(day: &str) = format!("Horario del {day}"), format!("Timetable of {day}");
    /// Says that everything has a time.
    plan_all_placed(count: usize) = match count {
        1 => "La única defensa tiene hora.".to_owned(),
        n => format!("Las {n} defensas tienen hora."),
    }, match count {
        1 => "The only defence has a time.".to_owned(),
        n => format!("All {n} defences have a time."),
    };
    /// How many repairs were found.
    plan_repairs_count(count: usize) = match count {
        1 => "Qué ayudaría: 1 propuesta".to_owned(),
        n => format!("Qué ayudaría: {n} propuestas, la más sencilla primero"),
    }, match count {
        1 => "What would help: 1 proposal".to_owned(),
        n => format!("What would help: {n} proposals, the plainest first"),
    };
    /// The label of a button that shows what a repair would change.
    plan_look_at_repair(place: &str) = format!("Ver qué cambiaría con {place}"), format!("See what {place} would change");
    /// A defence by its student.
    plan_defence_of(student: &str) = format!("Defensa de {student}"), format!("Defence of {student}");
    /// Whose hours are shown.
    plan_people_looked_at(count: usize, names: &str) = match count {
        0 => "Nadie.".to_owned(),
        1 => format!("1 persona: {names}."),
        n => format!("{n} personas: {names}."),
    }, match count {
        0 => "Nobody.".to_owned(),
        1 => format!("1 person: {names}."),
        n => format!("{n} people: {names}."),
    };
    /// Who said no to an hour.
    plan_cannot(names: &str) = format!("No puede: {names}."), format!("Cannot come: {names}.");
    /// Who is at another defence.
    plan_judging(names: &str) = format!("En otra defensa: {names}."), format!("At another defence: {names}.");
    /// Committees need more people than are free.
    why_professors_short(committees: i64, seats: i64, needed: i64, free: i64) = format!("{committees} comisiones de {seats} necesitan {needed} profesores y hay {free} libres."), format!("{committees} committees of {seats} need {needed} professors, and {free} are free.");
    /// One committee needs more people than are free.
    why_committee_too_large(seats: i64, free: i64) = format!("Una comisión tiene {seats} puestos y hay {free} profesores libres."), format!("A committee has {seats} seats, and {free} professors are free.");
    /// Too few may preside.
    why_presidents_short(committees: i64, presidents: i64) = format!("{committees} comisiones necesitan presidencia y pueden presidir {presidents} personas."), format!("{committees} committees need a president each, and {presidents} people may preside.");
    /// Too few areas, with how many are free in those that are short.
    why_areas_short(committees: i64, full: i64, areas: &str, all: i64) = if areas.is_empty() {
        format!("{committees} comisiones necesitan {full} titulares de áreas distintas cada una, y solo hay {all} áreas.")
    } else {
        format!("{committees} comisiones necesitan {full} titulares de áreas distintas cada una. Profesorado libre: {areas} (de {all} áreas).")
    }, if areas.is_empty() {
        format!("{committees} committees need {full} full seats of different areas each, and there are only {all} areas.")
    } else {
        format!("{committees} committees need {full} full seats of different areas each. Free professors: {areas} (of {all} areas).")
    };
    /// Pins of committees that break rules.
    why_committee_pins(things: &str) = format!("No puede quedarse donde se fijó: {things}."), format!("Cannot stay where pinned: {things}.");
    /// Conflicts of interest that leave no way.
    why_interests(committees: i64, people: &str, projects: &str) = format!("Con {committees} comisiones no hay reparto en el que no juzguen proyectos en que tienen interés: {people} ({projects})."), format!("With {committees} committees, no seating keeps these from judging projects they have an interest in: {people} ({projects}).");
    /// Committees that were not found in time.
    why_committees_not_found(committees: i64) = format!("No se encontró cómo formar {committees} comisiones en el tiempo dado."), format!("No way to form {committees} committees was found in the time given.");
    /// Committees that were neither found nor proved impossible.
    why_committees_unproved(committees: i64) = format!("No se encontró cómo formar {committees} comisiones, ni la prueba de que no se pueda."), format!("No way to form {committees} committees was found, and no proof that there is none.");
    /// No hour within the window.
    why_outside_window(defences: &str) = format!("No queda ninguna hora dentro de su plazo: {defences}."), format!("No hour is left within its window: {defences}.");
    /// Somebody is never free long enough.
    why_never_free(people: &str) = format!("No tiene ninguna hora libre: {people}."), format!("Has no free hour: {people}.");
    /// People without a common hour.
    why_no_common_hour(people: &str) = format!("No tienen ninguna hora libre en común: {people}."), format!("They share no free hour: {people}.");
    /// The hour at which the fewest are missing.
    why_nearest(hour: &str, people: &str) = format!("La más cercana: {hour}, si puede {people}."), format!("The nearest: {hour}, if {people} can come.");
    /// Rooms that are closed at every common hour.
    why_rooms_closed(rooms: &str, hours: i64) = match hours {
        1 => format!("A la única hora en que coinciden sus personas está cerrada: {rooms}."),
        n => format!("A las {n} horas en que coinciden sus personas está cerrada: {rooms}."),
    }, match hours {
        1 => format!("At the one hour its people share, this is closed: {rooms}."),
        n => format!("At the {n} hours its people share, this is closed: {rooms}."),
    };
    /// Nobody for a seat.
    why_no_panel(roles: &str, hours: i64) = match hours {
        1 => format!("A la única hora que queda nadie puede ocupar el puesto: {roles}."),
        n => format!("A las {n} horas que quedan nadie puede ocupar el puesto: {roles}."),
    }, match hours {
        1 => format!("At the one hour that is left nobody can take the seat: {roles}."),
        n => format!("At the {n} hours that are left nobody can take the seat: {roles}."),
    };
    /// People needed more often than they have hours.
    why_people_short(people: &str, defences: &str, hours: i64) = format!("{people} tendría que estar en las defensas de {defences}, y entre todas solo hay {hours} horas posibles."), format!("{people} would have to be at the defences of {defences}, which have {hours} possible hours between them.");
    /// Too few rooms.
    why_rooms_short(defences: &str, hours: i64) = format!("Las defensas de {defences} necesitan más salas de las abiertas en las {hours} horas que comparten."), format!("The defences of {defences} need more rooms than are open at the {hours} hours they share.");
    /// Defences that cannot all be placed.
    why_competition(defences: &str) = format!("Compiten por las mismas horas y no caben todas: {defences}."), format!("They compete for the same hours and cannot all be placed: {defences}.");
    /// Defences that compete for somebody.
    why_competition_for(defences: &str, people: &str) = format!("Las defensas de {defences} compiten por las horas de {people} y no caben todas."), format!("The defences of {defences} compete for the hours of {people} and cannot all be placed.");
    /// More defences than somebody may attend.
    why_workload(people: &str, defences: &str) = format!("Con las defensas de {defences} tendría más de las que puede: {people}."), format!("With the defences of {defences}, more than they may have: {people}.");
    /// A committee without free time.
    why_committee_full(committee: &str, defences: &str, hours: i64) = format!("A la comisión {committee} no le quedan horas libres seguidas para las defensas de {defences}: hay {hours} comienzos posibles."), format!("Committee {committee} has no run of free hours for the defences of {defences}: there are {hours} possible starts.");
    /// Committees in each other's way.
    why_committees_compete(committees: &str, defences: &str, hours: i64) = format!("Las comisiones {committees} necesitan más salas o a las mismas personas en las {hours} horas que comparten, y no pueden juzgar todas estas defensas: {defences}."), format!("Committees {committees} need more rooms or the same people at the {hours} hours they share, and cannot judge all of these: {defences}.");
    /// Pins that contradict each other.
    why_pins(defences: &str) = format!("No pueden quedarse todas donde se fijaron: {defences}."), format!("They cannot all stay where they are pinned: {defences}.");
    /// Pins for which nothing was found.
    why_pins_not_kept(defences: &str) = format!("En el tiempo dado no se encontró un horario que las deje donde se fijaron: {defences}."), format!("No timetable that leaves them where pinned was found in the time given: {defences}.");
    /// Where a repair puts the defence.
    repair_place(place: &str) = format!("Sería: {place}."), format!("It would be: {place}.");
    /// Whom a repair asks.
    repair_ask(people: &str) = format!("Hay que pedírselo a {people}, que dijo que no podía."), format!("Ask {people}, who said no.");
    /// Which rooms a repair opens.
    repair_open(rooms: &str) = format!("Hay que abrir: {rooms}."), format!("Open: {rooms}.");
    /// Whom else the repair helps.
    repair_also(defences: &str) = format!("También daría sitio a {defences}."), format!("It would give a place to {defences} as well.");
    /// What a run made.
    plan_outcome(version: &str) = format!("De esta versión salió: {version}"), format!("Made from this version: {version}");
    /// Go on with a version.
    plan_accept_version(number: i32) = format!("Seguir con la versión {number}"), format!("Go on with version {number}");
    /// Throw a version away.
    plan_discard_version(number: i32) = format!("Descartar la versión {number}"), format!("Throw version {number} away");
}
