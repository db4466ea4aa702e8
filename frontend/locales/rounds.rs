//! Rounds for those who keep them: applications, agreements, allocations.

use gestfg_types::allocation_runs::AllocationTeamRecord;
use gestfg_types::application_files::ApplicationRowOutcome;

labels! {
    /// Which record counts for a team.
    team_record(AllocationTeamRecord) {
        AllocationTeamRecord::Mean = "La media de sus miembros", "The mean of its members";
        AllocationTeamRecord::Lowest = "El más bajo", "The lowest";
        AllocationTeamRecord::Highest = "El más alto", "The highest";
    }

    /// What becomes of a row.
    choices_outcome_of(ApplicationRowOutcome) {
        ApplicationRowOutcome::Create = "Nueva", "New";
        ApplicationRowOutcome::Update = "Cambia", "Changes";
        ApplicationRowOutcome::Unchanged = "Igual", "As it is";
        ApplicationRowOutcome::Error = "Con errores", "With errors";
    }
}

texts! {
    route_call_rounds = "Rondas de solicitud", "Rounds of applications";
    route_round = "Ronda", "Round";
    route_run = "Adjudicación", "Allocation";
    rounds_lead = "En cada ronda el alumnado pide proyectos, los tutores dicen a quién prefieren y se adjudica. La siguiente reparte lo que quede.", "In each round students ask for projects, tutors say whom they prefer, and projects are allocated. The next one shares out what is left.";
    rounds_empty = "Esta convocatoria no tiene rondas", "This call has no rounds";
    rounds_empty_body = "Abre la primera: di cuándo se piden proyectos, cuántos y qué dicen los tutores.", "Open the first: say when projects are asked for, how many, and what tutors say.";
    round_new = "Nueva ronda", "New round";
    round_edit = "Editar ronda", "Edit round";
    round_saved = "La ronda se ha guardado.", "The round was saved.";
    round_number = "Ronda", "Round";
    round_dates = "Plazo para pedir", "Applications open";
    round_applications = "Solicitudes", "Applications";
    round_second_may = "Puedes abrir otra ronda sobre los proyectos y estudiantes que quedan libres.", "You may open another round over the projects and students that are left.";
    round_one_at_a_time = "Para abrir otra, publica o anula la que está en curso.", "To open another, publish or call off the present one.";
    round_no_phase = "La convocatoria no tiene fechas de asignación de proyectos: ponlas antes.", "The call has no dates for assigning projects: set them first.";
    round_opens_at = "Se abre", "Opens";
    round_closes_at = "Último minuto para pedir", "Last minute to apply";
    round_tutors_close_at = "Último minuto para los tutores", "Last minute for tutors";
    round_tutor_view = "Qué dicen los tutores", "What tutors say";
    round_max_preferences = "Proyectos por solicitud, como mucho (1 a 20)", "Most projects per application (1 to 20)";
    round_team_max = "Estudiantes por equipo, como mucho", "Most students in a team";
    round_tutor_limit = "Máximo de proyectos por tutor", "Most projects per tutor";
    round_tutor_limit_help = "Vacío: sin límite.", "Empty: no limit.";
    round_ties = "Se pueden empatar proyectos", "Projects may be tied";
    round_show_counts = "El alumnado ve cuántas solicitudes tiene cada proyecto", "Students see how many ask for each project";
    round_show_counts_help = "Ayuda a repartirse, y también invita a jugar con el orden.", "It helps people spread out, and also invites playing with the order.";
    round_cancel = "Anular ronda", "Call the round off";
    round_cancel_title = "¿Anular la ronda?", "Call the round off?";
    round_cancel_body = "Sus solicitudes dejan de contar y no se adjudica nada. Después podrás abrir otra.", "Its applications count no more and nothing is allocated. Afterwards you may open another.";
    round_cancelled = "La ronda se ha anulado.", "The round was called off.";
    round_parts = "Partes de la ronda", "Parts of the round";
    round_tab_applications = "Solicitudes", "Applications";
    round_tab_pins = "Acuerdos previos", "Agreements made before";
    round_tab_runs = "Adjudicaciones", "Allocations";
    round_search = "Buscar por estudiante o proyecto", "Search by student or project";
    round_nobody = "Todavía no hay solicitudes", "There are no applications yet";
    round_nobody_body = "Aparecerán según se guarden. También puedes cargarlas de una hoja de cálculo o introducirlas.", "They show as they are saved. You may also load them from a spreadsheet, or enter them.";
    round_no_record = "sin expediente", "no record";
    round_record = "Expediente", "Record";
    round_saved_at = "Guardada", "Saved";
    round_wishes = "Proyectos que pide", "Projects asked for";
    record_edit = "Cambiar el expediente", "Change the record";
    record_help = "La nota media, de 0 a 10 con dos decimales como mucho. Vacío: no consta. Las adjudicaciones ya calculadas no cambian.", "The average mark, 0 to 10 with two decimals at most. Empty: none on file. Allocations worked out already do not change.";
    run_name_help = "Para reconocerla entre las demás. Vacío: sin nombre.", "To know it among the others. Empty: no name.";
    applications_export_xlsx = "Exportar XLSX", "Export XLSX";
    applications_export_csv = "Exportar CSV", "Export CSV";

    behalf_enter = "Introducir solicitud", "Enter an application";
    behalf_title = "Solicitud en nombre de un estudiante", "Application on behalf of a student";
    behalf_body = "Cuenta como si la hubiera presentado: queda anotado quién la introdujo, y se considera confirmada por todos.", "It counts as if they had applied: it is noted who entered it, and all count as having confirmed.";
    behalf_student = "Correo o DNI/NIE", "E-mail address or DNI/NIE";
    behalf_others = "Resto del equipo", "The rest of the team";
    behalf_others_help = "Sus correos, separados por espacios.", "Their addresses, separated by spaces.";
    behalf_entered = "La solicitud se ha introducido.", "The application was entered.";

    choices_file = "Cargar hoja de cálculo", "Load a spreadsheet";
    choices_body = "Una fila por estudiante, con su correo o DNI y columnas «Expediente», «Opción 1», «Opción 2»… (título o número del proyecto; «|» entre los que gustan igual) y «Equipo» si lo hay. Primero verás qué pasaría; nada cambia hasta que lo aceptes.", "One row per student, with address or DNI and columns “Expediente” (record), “Opción 1”, “Opción 2” … (title or number of the project; “|” between those equally welcome) and “Equipo” (team) if there is one. First you see what would happen; nothing changes until you accept.";
    choices_take = "Aceptar todo", "Take it all";
    choices_row = "Fila", "Row";
    choices_outcome = "Qué pasa", "What happens";
    choices_errors = "Errores", "Errors";
    choices_columns = "Columnas reconocidas", "Columns recognised";
    choices_preview = "Qué pasaría, fila a fila", "What would happen, row by row";

    pins_lead = "Lo acordado antes de la ronda se respeta: esa solicitud obtiene ese proyecto, con el motivo a la vista de la coordinación.", "What was agreed before the round is kept: that application gets that project, with its reason for coordinators to see.";
    pins_empty = "No hay acuerdos previos", "There are no agreements";
    pins_empty_body = "Para anotar uno, usa el alfiler de la solicitud en la pestaña de solicitudes.", "To note one, use the pin of the application in the applications tab.";
    pin_title = "Anotar un acuerdo previo", "Note an agreement made before";
    pin_body = "La adjudicación le dará este proyecto, lo haya pedido o no.", "The allocation gives them this project, whether they asked for it or not.";
    pin_choose = "Elige un proyecto", "Choose a project";
    pin_note = "Anotar", "Note it";
    pin_noted = "El acuerdo se ha anotado.", "The agreement was noted.";
    pin_gone = "El acuerdo se ha quitado.", "The agreement was taken back.";

    runs_lead = "Prueba varios métodos sobre los mismos datos congelados y compáralos. Nada se ve fuera de aquí hasta que publicas una.", "Try several methods over the same frozen data and compare them. Nothing shows outside this page until you publish one.";
    runs_empty = "Todavía no hay adjudicaciones", "There are no allocations yet";
    runs_empty_body = "Elige uno o varios métodos: cada cual calcula un borrador sobre los mismos datos.", "Choose one or more methods: each works out a draft over the same data.";
    run_start = "Adjudicar", "Allocate";
    run_start_title = "Nueva adjudicación", "New allocation";
    run_start_body = "Cada método marcado hace un borrador, todos sobre los mismos datos congelados.", "Each method ticked makes a draft, all over the same frozen data.";
    run_methods = "Métodos", "Methods";
    run_inputs = "Datos", "Data";
    run_inputs_help = "Los mismos datos permiten comparar métodos.", "The same data let methods be compared.";
    run_inputs_now = "Los de ahora", "Those of now";
    run_weights = "Pesos de las opciones", "Weights of the choices";
    run_weights_help = "Solo para «menor coste»: coste de la 1.ª, la 2.ª… Vacío: 1, 2, 3…", "Only for “least cost”: cost of the 1st, the 2nd … Empty: 1, 2, 3 …";
    run_team_record = "Expediente de un equipo", "Record of a team";
    run_run = "Adjudicación", "Allocation";
    run_deleted = "El borrador se ha eliminado.", "The draft was thrown away.";
    run_delete_title = "¿Eliminar este borrador?", "Throw this draft away?";
    run_delete_body = "Los demás no cambian, y puede volver a calcularse.", "The others do not change, and it can be worked out again.";
    run_compare_with = "Comparar con", "Compare with";
    run_differences = "A quién cambia", "Who is treated differently";
    run_other_inputs = "No se calcularon sobre los mismos datos: parte de las diferencias viene de ahí.", "They were not worked out over the same data: some differences come from there.";
    run_publish = "Publicar", "Publish";
    run_publish_title = "Publicar la adjudicación", "Publish the allocation";
    run_publish_refused = "No se puede publicar tal como está", "It cannot be published as it stands";
    run_inputs_changed = "Los datos han cambiado desde que se calculó", "The data have changed since it was worked out";
    run_inputs_changed_body = "Puedes volver a calcularla, o publicarla así con un motivo.", "You may have it worked out again, or publish it with a reason.";
    run_under_way = "Se está calculando", "It is being worked out";
    run_under_way_body = "Esta página se actualiza sola.", "This page updates by itself.";
    run_no_result = "No hay resultado", "There is no result";
    run_export_json = "JSON verificable", "Verifiable JSON";
    run_file = "adjudicacion", "allocation";
    run_measures = "Medidas", "Measures";
    run_checked = "Comprobada en este navegador: cumple todas las reglas y lo que promete su método.", "Checked in this browser: it keeps every rule and what its method promises.";
    run_not_sound = "La comprobación en este navegador encuentra fallos. No la publiques.", "The check in this browser finds faults. Do not publish it.";
    run_tutors = "Carga de cada tutor", "Load of each tutor";
    run_stable = "Ninguna pareja bloqueante", "No blocking pair";
    run_blocking_body = "Estudiante y tutor preferirían tenerse el uno al otro. Los métodos que no prometen estabilidad lo permiten a cambio de otras cosas.", "Student and tutor would both rather have each other. Methods that do not promise stability allow it in exchange for other things.";
    run_would_rather = "Quién lo preferiría", "Who would rather have it";
    run_pairs = "Quién obtiene qué", "Who gets what";
    run_agreed = "Acuerdo previo", "Agreement made before";
    because_room = "Queda sitio en el proyecto y con el tutor.", "There is room in the project and with the tutor.";
    because_own = "Ya está con ese tutor, en un proyecto que le gusta menos.", "Is with that tutor already, in a project liked less.";
    because_project = "El tutor lo prefiere a alguien que tiene ese proyecto.", "The tutor prefers them to somebody who has that project.";
    because_tutor = "El tutor lo prefiere a alguien que tiene otro de sus proyectos.", "The tutor prefers them to somebody who has another of their projects.";
    measure_matched = "Con proyecto", "With a project";
    measure_students = "Estudiantes con proyecto", "Students with a project";
    measure_first = "Primera opción", "First choice";
    measure_mean = "Opción media", "Mean choice";
    measure_worst = "Peor opción", "Worst choice";
    measure_blocking = "Parejas bloquean\u{ad}tes", "Blocking pairs";
    measure_empty = "Proyectos sin dar", "Projects not given";
    measure_choice = "Opción", "Choice";
    measure_nothing = "Nada", "Nothing";
    measure_tutors = "Tutores", "Tutors";
    measure_projects = "Proyectos", "Projects";
    chart_profile = "Qué opción obtiene cada solicitud", "Which choice each application gets";
    chart_tutors = "Cuántos tutores tienen cuántos proyectos", "How many tutors have how many projects";
    one_more_title = "Qué daría una plaza más", "What one more place would give";
    one_more_body = "Cada fila se ha recalculado con una plaza más en ese proyecto.", "Each row was worked out again with one more place in that project.";
    one_more_wanted = "Lo preferirían", "Would rather have it";
    one_more_matched = "Más con proyecto", "More with a project";
    one_more_better = "Mejoran", "Better off";
    one_more_worse = "Empeoran", "Worse off";
    why_not_title = "Por qué no", "Why not";
    why_not_who = "Solicitud", "Application";
    why_not_choose = "Elige una", "Choose one";
    verify_title = "Verificar un archivo exportado", "Verify an exported file";
    verify_body = "Comprueba en este navegador, sin el servidor, que un archivo «JSON verificable» cumple todas las reglas y que sus datos son los de su huella.", "Checks in this browser, without the server, that a “verifiable JSON” file keeps every rule and that its data are those of its fingerprint.";
    verify_choose = "Elegir archivo JSON", "Choose a JSON file";
}

phrases! {
    /// A round in a list.
    round_label(number: i16) = format!("Ronda {number}"), format!("Round {number}");
    /// The dates of the phase a round must be inside of.
    round_inside(from: &str, until: &str) = format!("Todo dentro de la fase de asignación: del {from} al {until}."), format!("All inside the phase of assignment: from {from} to {until}.");
    /// A choice by its place.
    round_choice(rank: usize) = format!("{rank}.ª"), match rank { 1 => "1st".to_owned(), 2 => "2nd".to_owned(), 3 => "3rd".to_owned(), _ => format!("{rank}th") };
    /// Takes the rows that are right.
    choices_take_valid(wrong: usize) = format!("Aceptar sin las {wrong} filas con errores"), format!("Take it without the {wrong} rows with errors");
    /// What a file would do.
    choices_summary(create: usize, update: usize, unchanged: usize, error: usize) =
        format!("Nuevas: {create}. Cambian: {update}. Iguales: {unchanged}. Con errores: {error}."),
        format!("New: {create}. Changing: {update}. As they are: {unchanged}. With errors: {error}.");
    /// Says that a file was taken.
    choices_taken(rows: usize) = format!("Filas aceptadas: {rows}."), format!("Rows taken: {rows}.");
    /// Rows that are not drawn.
    choices_more(rows: usize) = format!("Y {rows} filas más."), format!("And {rows} more rows.");
    /// Names a column.
    choices_column(letter: &str) = format!("Columna {letter}"), format!("Column {letter}");
    /// Pins an application.
    pin_named(names: &str) = format!("Anotar un acuerdo previo de {names}"), format!("Note an agreement of {names}");
    /// Takes a pin away.
    pin_delete(names: &str) = format!("Quitar el acuerdo de {names}"), format!("Take the agreement of {names} back");
    /// A run by its number.
    run_number(number: i32) = format!("N.º {number}"), format!("No. {number}");
    /// Names inputs by the run that was worked out over them.
    run_inputs_of(number: i32) = format!("Los mismos que la n.º {number}"), format!("The same as no. {number}");
    /// The beginning of the hash of the inputs.
    run_hash(hash: &str) = format!("datos {hash}"), format!("data {hash}");
    /// Stops a run.
    run_stop(name: &str) = format!("Detener {name}"), format!("Stop {name}");
    /// Says that runs were started.
    runs_started(count: usize) = if count == 1 { "La adjudicación se está calculando.".to_owned() } else { format!("{count} adjudicaciones se están calculando.") }, if count == 1 { "The allocation is being worked out.".to_owned() } else { format!("{count} allocations are being worked out.") };
    /// The heading of a dialog.
    record_title(name: &str) = format!("Expediente de {name}"), format!("Record of {name}");
    /// The label of a button.
    record_edit_named(name: &str) = format!("Cambiar el expediente de {name}"), format!("Change the record of {name}");
    /// Heads a comparison.
    run_compare_title(name: &str) = format!("Comparar {name}"), format!("Compare {name}");
    /// How many are treated differently.
    run_compare_summary(all: usize, better: usize, worse: usize) =
        format!("Cambia para {all} solicitudes: {better} mejoran y {worse} empeoran en esta."),
        format!("It differs for {all} applications: {better} are better off and {worse} worse off in this one.");
    /// Says what publishing does.
    run_publish_body(assignments: usize, students: usize, unmatched: usize) =
        format!("Se asignan {assignments} proyectos a {students} estudiantes y se avisa a cada estudiante y tutor. Sin proyecto quedan {unmatched} solicitudes, que también reciben su respuesta. No se puede deshacer de golpe."),
        format!("{assignments} projects are assigned to {students} students, and each student and tutor is told. {unmatched} applications stay without a project and get their answer as well. It cannot be undone in one go.");
    /// Says that it was published.
    run_published(assignments: usize, told: usize) = format!("Publicada: {assignments} proyectos asignados, {told} personas avisadas."), format!("Published: {assignments} projects assigned, {told} people told.");
    /// The proof that nobody is passed over.
    run_stable_body(examined: usize) = format!("Se examinaron una a una las {examined} peticiones: en ninguna preferirían estudiante y tutor tenerse el uno al otro."), format!("All {examined} wishes were examined one by one: in none would student and tutor both rather have each other.");
    /// How many blocking pairs there are.
    run_blocking(count: usize) = format!("Parejas bloqueantes: {count}"), format!("Blocking pairs: {count}");
    /// Says that a file holds.
    verify_sound(name: &str) = format!("{name} es correcto"), format!("{name} is sound");
    /// What was found in it.
    verify_sound_body(matched: usize, blocking: usize) = format!("Cumple todas las reglas. Con proyecto: {matched}. Parejas bloqueantes: {blocking}."), format!("It keeps every rule. With a project: {matched}. Blocking pairs: {blocking}.");
    /// Says that a file breaks rules.
    verify_broken(name: &str) = format!("{name} incumple reglas"), format!("{name} breaks rules");
    /// Says that a file cannot be verified.
    verify_refused(name: &str) = format!("{name} no se puede verificar"), format!("{name} cannot be verified");
}
