//! Projects, from the catalogue to their assignment.

use crate::format::number;
use crate::i18n::Texts;
use gestfg_types::assignments::AssignmentState;
use gestfg_types::master::Level;
use gestfg_types::projects::{ProjectAction, ProjectState};
use gestfg_types::session::Language;

texts! {
    // The front page.
    welcome = "Trabajos fin de grado y de máster", "Bachelor and master final projects";
    welcome_lead = "Encuentra un proyecto, propón los tuyos y sigue cada paso hasta la defensa.", "Find a project, offer your own, and follow every step up to the defence.";
    search_projects = "Buscar proyectos", "Search projects";
    browse_all = "Ver todos los proyectos", "Browse all projects";
    latest_projects = "Últimos proyectos publicados", "Latest projects";
    by_degree = "Proyectos por titulación", "Projects by degree";
    due_for_you = "Pendiente para ti", "Due for you";
    nothing_due = "No tienes nada pendiente.", "Nothing is due for you.";
    no_projects_yet = "Todavía no hay proyectos publicados", "No projects have been published yet";
    no_projects_yet_body = "Cuando el profesorado publique su oferta aparecerá aquí.", "They will show up here once professors publish their offer.";

    // The catalogue.
    catalogue_lead = "La oferta publicada de trabajos fin de grado (TFG) y fin de máster (TFM).", "The published offer of bachelor (TFG) and master (TFM) projects.";
    sort = "Ordenar", "Sort";
    sort_relevance = "Más relevantes", "Most relevant";
    sort_newest = "Más recientes", "Newest";
    sort_oldest = "Más antiguos", "Oldest";
    sort_title = "Título, de la A a la Z", "Title, A to Z";
    sort_title_reverse = "Título, de la Z a la A", "Title, Z to A";
    sort_updated = "Modificados hace poco", "Recently changed";
    view_list = "Ver como lista", "Show as a list";
    view_cards = "Ver como tarjetas", "Show as cards";
    department = "Departamento", "Department";
    tutor = "Tutor/a", "Tutor";
    cotutor = "Cotutor/a", "Co-tutor";
    kind = "Tipo", "Kind";
    students = "Estudiantes", "Students";
    availability = "Disponibilidad", "Availability";
    free = "Libre", "Free";
    assigned = "Asignado", "Assigned";
    only_free = "Libres", "Free";
    only_assigned = "Asignados", "Assigned";
    level = "Nivel", "Level";
    title_column = "Título", "Title";
    state = "Estado", "State";
    updated = "Modificado", "Changed";
    academic_year = "Curso", "Academic year";
    more_filters = "Más filtros", "More filters";
    fewer_filters = "Menos filtros", "Fewer filters";
    tutor_hidden = "Inicia sesión para ver quién tutoriza.", "Log in to see who tutors it.";

    // A project.
    description = "Descripción", "Description";
    prior_knowledge = "Conocimientos previos", "Prior knowledge";
    resources = "Recursos de hardware y software", "Hardware and software";
    keywords = "Palabras clave", "Keywords";
    similar_projects = "Proyectos parecidos", "Similar projects";
    no_similar = "No hay otros parecidos.", "There are none like it.";
    not_described = "Sin descripción todavía.", "Not described yet.";
    published_on = "Publicado", "Published";
    rejection_reason = "Motivo del rechazo", "Why it was sent back";
    withdrawal_reason = "Motivo de la retirada", "Why it was withdrawn";
    copied_from = "Copiado de un proyecto anterior", "Copied from an earlier project";
    see_original = "Ver el original", "See the original";
    project_data = "Datos del proyecto", "About the project";

    // Steps and their dialogs.
    submit_title = "¿Enviar a validación?", "Hand in for validation?";
    submit_body = "Quien dirige el departamento o coordina la titulación lo revisará. Mientras tanto no podrás editarlo.", "The head of department or the degree's coordinator will look at it. You cannot edit it meanwhile.";
    validate_title = "¿Validar el proyecto?", "Validate the project?";
    validate_body = "Se acepta tal y como está, y su tutor podrá publicarlo.", "It is accepted as it stands, and its tutor may publish it.";
    reject_title = "Devolver el proyecto", "Send the project back";
    reject_body = "Su tutor verá el motivo y podrá corregirlo y volver a enviarlo.", "Its tutor will see the reason and may mend it and hand it in again.";
    reopen_title = "¿Volver a borrador?", "Take it back to draft?";
    reopen_body = "Podrás editarlo y enviarlo de nuevo.", "You may edit it and hand it in again.";
    publish_title = "¿Publicar en el catálogo?", "Publish in the catalogue?";
    publish_body = "Cualquiera podrá verlo, y se podrá asignar a estudiantes.", "Anybody will see it, and it may be assigned to students.";
    unpublish_title = "¿Quitar del catálogo?", "Take it out of the catalogue?";
    unpublish_body = "Dejará de verse en el catálogo. Seguirá validado y se podrá publicar otra vez.", "It will no longer show in the catalogue. It stays validated and may be published again.";
    withdraw_title = "Retirar el proyecto", "Withdraw the project";
    withdraw_body = "Se retira para siempre: queda en el registro, pero nadie podrá volver a publicarlo.", "It is withdrawn for good: it stays on record, but nobody can publish it again.";
    delete_project_title = "¿Eliminar el borrador?", "Remove the draft?";
    delete_project_body = "El borrador desaparece y no se puede recuperar.", "The draft disappears and cannot be brought back.";
    duplicate_title = "¿Copiar al curso actual?", "Copy into the present year?";
    duplicate_body = "Se crea un borrador con los mismos textos, que podrás cambiar antes de enviarlo.", "A draft with the same texts is made, which you may change before handing it in.";
    project_deleted = "El borrador se ha eliminado.", "The draft was removed.";
    project_duplicated = "La copia está lista como borrador.", "The copy is ready as a draft.";

    // The editor.
    title_help = "Único dentro de la titulación y el curso.", "Unique within the degree and year.";
    kind_help = "Por ejemplo T1, T2… según la titulación.", "E.g. T1, T2… as the degree has it.";
    markdown_help = "Puedes usar Markdown: **negrita**, *cursiva*, listas y enlaces.", "You may use Markdown: **bold**, *italics*, lists and links.";
    keywords_help = "Separadas por comas; como mucho 20.", "Separated by commas; 20 at most.";
    students_help = "Cuántos estudiantes pueden hacerlo juntos.", "How many students may do it together.";
    cotutor_help = "Opcional.", "Optional.";
    tutor_yourself = "Si lo dejas vacío, serás tú.", "You, when left empty.";
    choose_degree = "Elige una titulación", "Choose a degree";
    create_draft = "Crear el borrador", "Create the draft";
    draft_created = "El borrador se ha creado. Cuando esté listo, envíalo a validación.", "The draft was created. Hand it in for validation when it is ready.";
    edit_text_only = "Como cotutor puedes cambiar los textos, pero no el resto de los datos.", "As co-tutor you may change the texts, but not the rest.";
    cannot_edit = "Este proyecto no se puede editar en su estado actual.", "This project cannot be edited in its present state.";
    conflict_title = "Otra persona ha guardado cambios mientras escribías", "Someone else saved changes while you were typing";
    conflict_body = "Tu texto sigue aquí y no se ha guardado. Puedes conservarlo y guardarlo encima, o descartarlo y cargar lo que hay ahora.", "Your text is still here and has not been saved. You may keep it and save it on top, or discard it and load what is there now.";
    conflict_changed = "Esto es lo que tiene ahora el servidor en los campos que difieren:", "This is what the server has now where it differs:";
    keep_mine = "Conservar lo mío", "Keep mine";
    load_theirs = "Cargar lo del servidor", "Load the server's";
    mine_kept = "Se conserva tu texto: guárdalo cuando quieras.", "Your text is kept: save it when you like.";

    // Lists of one's own.
    my_projects_lead = "Los proyectos que tutorizas o cotutorizas, en cualquier estado.", "The projects you tutor or co-tutor, in any state.";
    my_projects_empty = "Todavía no tienes proyectos", "You have no projects yet";
    my_projects_empty_body = "Crea un borrador y envíalo a validación cuando esté listo.", "Create a draft and hand it in for validation when it is ready.";
    validation_lead = "Proyectos enviados sobre los que puedes decidir.", "Submitted projects you may decide on.";
    validation_empty = "No hay nada por validar", "Nothing awaits validation";
    validation_empty_body = "Cuando alguien envíe un proyecto aparecerá aquí.", "When somebody hands in a project it will show up here.";
    review = "Revisar", "Review";

    // Assignments.
    assign_title = "Asignar a estudiantes", "Assign to students";
    assign_body = "Escribe el correo institucional o el DNI de cada estudiante. A quien no tenga cuenta se le creará una y recibirá un correo.", "Give the institutional e-mail or the DNI of each student. Those without an account get one, and a mail.";
    add_student = "Añadir estudiante", "Add a student";
    remove_student = "Quitar estudiante", "Remove the student";
    assign = "Asignar", "Assign";
    assignments_lead = "Proyectos con sus estudiantes.", "Projects with their students.";
    assignments_empty = "No hay asignaciones", "There are no assignments";
    assignments_empty_body = "Los proyectos publicados se asignan desde su página.", "Published projects are assigned from their page.";
    assigned_on = "Asignado", "Assigned";
    assigned_by = "Asignado por", "Assigned by";
    cancel_assignment = "Anular", "Cancel";
    cancel_assignment_title = "Anular la asignación", "Cancel the assignment";
    cancel_assignment_body = "El proyecto vuelve a quedar libre y sus estudiantes podrán recibir otro. Se les avisará con el motivo.", "The project is free again and its students may be given another. They will be told the reason.";
    assignment_cancelled = "La asignación se ha anulado.", "The assignment was cancelled.";
    cancelled_because = "Motivo de la anulación", "Why it was cancelled";
    see_project = "Ver el proyecto", "See the project";
    whose = "De quién", "Whose";
    mine_only = "Solo las mías", "Only mine";
    project = "Proyecto", "Project";
}

labels! {
    /// Where a project is in its life.
    project_state(ProjectState) {
        ProjectState::Draft = "Borrador", "Draft";
        ProjectState::Submitted = "Enviado", "Submitted";
        ProjectState::Validated = "Validado", "Validated";
        ProjectState::Rejected = "Devuelto", "Sent back";
        ProjectState::Published = "Publicado", "Published";
        ProjectState::Withdrawn = "Retirado", "Withdrawn";
    }

    /// What can be done with a project.
    project_action(ProjectAction) {
        ProjectAction::Edit = "Editar", "Edit";
        ProjectAction::EditText = "Editar textos", "Edit texts";
        ProjectAction::Delete = "Eliminar", "Remove";
        ProjectAction::Submit = "Enviar a validación", "Hand in";
        ProjectAction::Validate = "Validar", "Validate";
        ProjectAction::Reject = "Devolver", "Send back";
        ProjectAction::Reopen = "Volver a borrador", "Back to draft";
        ProjectAction::Publish = "Publicar", "Publish";
        ProjectAction::Unpublish = "Quitar del catálogo", "Unpublish";
        ProjectAction::Withdraw = "Retirar", "Withdraw";
        ProjectAction::Duplicate = "Duplicar", "Duplicate";
        ProjectAction::Assign = "Asignar", "Assign";
    }

    /// Where an assignment is.
    assignment_state(AssignmentState) {
        AssignmentState::Active = "Activa", "Active";
        AssignmentState::Finished = "Terminada", "Finished";
        AssignmentState::Cancelled = "Anulada", "Cancelled";
    }

    /// Bachelor or master.
    level_name(Level) {
        Level::Bachelor = "Grado", "Bachelor";
        Level::Master = "Máster", "Master";
    }

    /// What a project of this level is called.
    level_project(Level) {
        Level::Bachelor = "TFG", "TFG";
        Level::Master = "TFM", "TFM";
    }
}

phrases! {
    /// How many projects there are.
    count_projects(total: u64) = match total {
        1 => "1 proyecto".to_owned(),
        n => format!("{} proyectos", number(Texts::of(Language::Es), n)),
    }, match total {
        1 => "1 project".to_owned(),
        n => format!("{} projects", number(Texts::of(Language::En), n)),
    };
    /// How many students a project takes.
    count_students(count: i16) = match count {
        1 => "1 estudiante".to_owned(),
        n => format!("{n} estudiantes"),
    }, match count {
        1 => "1 student".to_owned(),
        n => format!("{n} students"),
    };
    /// Projects waiting for one's decision.
    due_validation(total: u64) = match total {
        1 => "1 proyecto espera tu validación".to_owned(),
        n => format!("{n} proyectos esperan tu validación"),
    }, match total {
        1 => "1 project awaits your validation".to_owned(),
        n => format!("{n} projects await your validation"),
    };
    /// Projects sent back to their tutor.
    due_rejected(total: u64) = match total {
        1 => "1 proyecto tuyo ha sido devuelto para corregir".to_owned(),
        n => format!("{n} proyectos tuyos han sido devueltos para corregir"),
    }, match total {
        1 => "1 project of yours was sent back to mend".to_owned(),
        n => format!("{n} projects of yours were sent back to mend"),
    };
    /// Drafts not handed in yet.
    due_drafts(total: u64) = match total {
        1 => "Tienes 1 borrador sin enviar".to_owned(),
        n => format!("Tienes {n} borradores sin enviar"),
    }, match total {
        1 => "You have 1 draft not handed in".to_owned(),
        n => format!("You have {n} drafts not handed in"),
    };
    /// Validated projects not published yet.
    due_validated(total: u64) = match total {
        1 => "1 proyecto tuyo está validado y se puede publicar".to_owned(),
        n => format!("{n} proyectos tuyos están validados y se pueden publicar"),
    }, match total {
        1 => "1 project of yours is validated and may be published".to_owned(),
        n => format!("{n} projects of yours are validated and may be published"),
    };
    /// Identity claims to decide on.
    due_claims(total: u64) = match total {
        1 => "1 identidad por confirmar".to_owned(),
        n => format!("{n} identidades por confirmar"),
    }, match total {
        1 => "1 identity to confirm".to_owned(),
        n => format!("{n} identities to confirm"),
    };
    /// The project a student has.
    your_project(title: &str) = format!("Tu proyecto: {title}"), format!("Your project: {title}");
    /// Greeting on the front page.
    hello(name: &str) = format!("Hola, {name}"), format!("Hello, {name}");
    /// The label of a student's field in the assign dialog.
    student_number(number: usize) = format!("Estudiante {number}: correo o DNI/NIE"), format!("Student {number}: e-mail or DNI/NIE");
    /// What assigning did.
    project_assigned(title: &str) = format!("«{title}» se ha asignado."), format!("“{title}” was assigned.");
    /// The title of a card's link, for those who hear only the link.
    see_project_titled(title: &str) = format!("Ver «{title}»"), format!("See “{title}”");
    /// Where a project is after a step.
    step_done(state: &str) = format!("Hecho. Estado del proyecto: {}.", state.to_lowercase()), format!("Done. The project is now: {}.", state.to_lowercase());
    /// How many students a project takes at most.
    takes_at_most(count: i16) = match count {
        1 => "Admite 1 estudiante.".to_owned(),
        n => format!("Admite hasta {n} estudiantes."),
    }, match count {
        1 => "Takes 1 student.".to_owned(),
        n => format!("Takes up to {n} students."),
    };
}
