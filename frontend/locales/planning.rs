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
    plan_measure = "Medida", "Measure";
    plan_before = "Antes", "Before";
    plan_after = "Ahora", "Now";
    plan_nobody = "nadie", "nobody";
    plan_nowhere = "sin sitio", "nowhere";
    plan_runs_empty = "Todavía no se ha calculado nada.", "Nothing was worked out yet.";
    plan_board_lead = "Cada cambio se comprueba al momento. Lo que incumple una regla no se guarda; lo que solo no conviene, se avisa.", "Every change is checked at once. What breaks a rule is not saved; what is only not wished is pointed out.";
    plan_board_manners = "Arrastra un nombre sobre otro para intercambiarlos, o un proyecto a otra comisión. Con teclado: espacio o Intro para cogerlo, flechas para elegir el destino, Intro para soltarlo, Escape para dejarlo.", "Drag a name onto another to swap them, or a project to another committee. By keyboard: space or enter picks it up, arrows choose where, enter drops it, escape lets it go.";
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
}
