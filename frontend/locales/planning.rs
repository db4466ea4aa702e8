//! Committees and timetables: runs of the planner, versions, and rules.

use gestfg_types::planning::{CommitteePlanState, PlanningKind, PlanningState};

labels! {
    /// What a run works out.
    planning_kind(PlanningKind) {
        PlanningKind::Committees = "Comisiones", "Committees";
        PlanningKind::Timetable = "Horario de defensas", "Timetable of defences";
        PlanningKind::Repair = "Reparación tras un cambio", "Repair after a change";
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
