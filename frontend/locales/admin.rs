//! Areas, departments, degrees, sittings and rooms.

use crate::format::number;
use gestfg_types::session::Language;

texts! {
    active = "En uso", "In use";
    inactive = "Desactivado", "Deactivated";
    only_active = "Solo en uso", "Only in use";
    only_inactive = "Solo desactivados", "Only deactivated";
    offered = "Disponibilidad", "Standing";
    activate = "Activar", "Activate";
    deactivate = "Desactivar", "Deactivate";
    activated = "Vuelve a estar disponible.", "It is offered for choice again.";
    deactivated = "Ya no se ofrece para elegir.", "It is no longer offered for choice.";
    deleted = "Se ha eliminado.", "It was removed.";
    created = "Se ha creado.", "It was created.";
    code = "Código", "Code";
    name = "Nombre", "Name";
    area = "Área", "Area";
    delete_master_body = "Desaparece para siempre. Solo es posible si nada lo usa; si algo lo usa, desactívalo para que deje de ofrecerse.", "It disappears for good. This is only possible while nothing uses it; otherwise deactivate it so that it is no longer offered.";
    deactivate_body = "Lo que ya lo usa no cambia; solo deja de ofrecerse para elegir. Se puede volver a activar cuando se quiera.", "What uses it stays as it is; it is just no longer offered for choice. You may activate it again whenever you like.";
    deactivate_instead = "Desactivar en su lugar", "Deactivate it instead";
    in_use_hint = "Puedes desactivarlo: lo que lo usa no cambia y deja de ofrecerse para elegir.", "You may deactivate it: what uses it stays as it is, and it is no longer offered for choice.";
    load_current = "Cargar lo que hay ahora", "Load what is there now";
    stale_body = "Lo que has escrito no se ha guardado. Al cargar lo que hay ahora se pierde.", "What you typed was not saved. Loading what is there now discards it.";
    search_by_name = "Buscar por código o nombre", "Search by code or name";
    search_by_plain_name = "Buscar por nombre", "Search by name";

    areas_lead = "Agrupan departamentos afines.", "Groups of kindred departments.";
    area_new = "Nueva área", "New area";
    area_edit = "Editar el área", "Edit the area";
    areas_empty = "Todavía no hay áreas", "There are no areas yet";
    areas_empty_body = "Crea la primera, o importa los departamentos: sus áreas se crean con ellos.", "Make the first one, or import the departments: their areas are made along.";

    departments_lead = "A cada proyecto le corresponde el departamento de su tutor.", "A project belongs to the department of its tutor.";
    department_new = "Nuevo departamento", "New department";
    department_edit = "Editar el departamento", "Edit the department";
    departments_empty = "Todavía no hay departamentos", "There are no departments yet";
    departments_empty_body = "Crea el primero o impórtalos desde una hoja de cálculo.", "Make the first one, or import them from a spreadsheet.";
    head = "Dirección", "Head";
    head_help = "Una persona de su profesorado. Valida los proyectos del departamento.", "One of its professors. Validates the department's projects.";
    no_head = "Sin asignar", "Nobody";
    choose_area = "Elige un área", "Choose an area";

    degrees_lead = "Grados y másteres, quién los coordina y sus normas de este curso.", "Bachelor and master degrees, who coordinates them, and their rules of this year.";
    degree_new = "Nueva titulación", "New degree";
    degree_edit = "Editar la titulación", "Edit the degree";
    degrees_empty = "Todavía no hay titulaciones", "There are no degrees yet";
    degrees_empty_body = "Crea la primera o impórtalas desde una hoja de cálculo.", "Make the first one, or import them from a spreadsheet.";
    coordinators = "Coordinación", "Coordinators";
    coordinators_help = "Profesorado que decide sobre los proyectos y estudiantes de la titulación. Puede ser más de una persona.", "Professors who decide on the degree's projects and students. There may be several.";
    add_coordinator = "Añadir a la coordinación", "Add a coordinator";
    no_coordinators = "Nadie la coordina todavía.", "Nobody coordinates it yet.";
    level_fixed_help = "No se puede cambiar cuando ya tiene proyectos.", "It cannot be changed once it has projects.";
    rules = "Normas de este curso", "Rules of this year";
    rules_lead = "Valen desde el curso actual; los anteriores conservan las suyas.", "They hold from the present academic year on; past years keep theirs.";
    rule_max_students = "Máximo de estudiantes por proyecto", "Most students per project";
    rule_requires_validation = "Los proyectos se validan antes de publicarse", "Projects are validated before they are published";
    rule_requires_validation_help = "Otra persona (dirección, coordinación o administración) tiene que darlos por buenos.", "Someone else (head, coordinator or admin) has to approve them.";
    rule_tutors_public = "Las visitas ven quién tutoriza cada proyecto", "Visitors see who tutors each project";
    rule_tutors_public_help = "Si no, el nombre solo se muestra a quien ha iniciado sesión.", "Otherwise the name is shown only to those who have logged in.";
    rule_kinds = "Tipos de proyecto", "Kinds of project";
    rule_kinds_help = "Separados por comas, por ejemplo: T1, T2, T3. Si queda vacío, el tipo es texto libre.", "Separated by commas, e.g. T1, T2, T3. When empty, the kind is free text.";
    rules_free_kinds = "Tipo libre", "Any kind";
    rule_validated = "Con validación", "Validated";
    rule_not_validated = "Sin validación", "Not validated";
    level_change_refused = "El nivel no se puede cambiar: la titulación ya tiene proyectos.", "The level cannot be changed: the degree already has projects.";

    sittings_lead = "Las convocatorias ordinarias y extraordinarias del curso, en el orden en que ocurren.", "The sittings of the year, in the order they take place.";
    sitting_new = "Nuevo tipo de convocatoria", "New sitting";
    sitting_edit = "Editar el tipo de convocatoria", "Edit the sitting";
    sittings_empty = "Todavía no hay tipos de convocatoria", "There are no sittings yet";
    sittings_empty_body = "Crea la primera, por ejemplo «JUN · Junio».", "Make the first one, e.g. “JUN · June”.";
    rooms_lead = "Los lugares donde se celebran las defensas. Las comparten todas las titulaciones.", "Where defences are held. All degrees share them.";
    room_new = "Nueva aula", "New room";
    room_edit = "Editar el aula", "Edit the room";
    rooms_empty = "Todavía no hay aulas", "There are no rooms yet";
    rooms_empty_body = "Crea la primera, por ejemplo «Aula 1.4».", "Make the first one, e.g. “Room 1.4”.";
    rooms_search = "Buscar por nombre o edificio", "Search by name or building";
    building = "Edificio", "Building";
    capacity = "Aforo", "Capacity";
    capacity_help = "Cuántas personas caben, de 1 a 10 000. Déjalo vacío si no se sabe.", "How many people fit in, from 1 to 10,000. Leave it empty if nobody counted.";
    closures_ahead = "Cierres previstos", "Closures ahead";
    room_notes = "Notas para quien planifica", "Notes for those who plan";
    position = "Orden", "Position";
    position_help = "De 0 a 100: el lugar que ocupa en el curso.", "From 0 to 100: its place in the year.";
}

phrases! {
    /// Asks before removing something.
    delete_master_title(name: &str) = format!("¿Eliminar «{name}»?"), format!("Remove “{name}”?");
    /// Asks before deactivating something.
    deactivate_title(name: &str) = format!("¿Desactivar «{name}»?"), format!("Deactivate “{name}”?");
    /// The label of a button that edits one row.
    edit_named(name: &str) = format!("Editar «{name}»"), format!("Edit “{name}”");
    /// The label of a button that removes one row.
    delete_named(name: &str) = format!("Eliminar «{name}»"), format!("Remove “{name}”");
    /// The label of a button that activates one row.
    activate_named(name: &str) = format!("Activar «{name}»"), format!("Activate “{name}”");
    /// The label of a button that deactivates one row.
    deactivate_named(name: &str) = format!("Desactivar «{name}»"), format!("Deactivate “{name}”");
    /// The label of a button that takes somebody out of a list.
    remove_named(name: &str) = format!("Quitar a {name}"), format!("Remove {name}");
    /// How many students a project of the degree may take, in short.
    rule_up_to_students(count: u8) = match count {
        1 => "1 estudiante".to_owned(),
        n => format!("Hasta {n} estudiantes"),
    }, match count {
        1 => "1 student".to_owned(),
        n => format!("Up to {n} students"),
    };
    /// A number in the reader's manner.
    grouped(value: u64) = number(crate::i18n::Texts::of(Language::Es), value), number(crate::i18n::Texts::of(Language::En), value);
}
