//! Words that many pages share: the frame, lists, forms, dialogs.

use crate::components::Tone;
use crate::format::number;
use gestfg_types::session::Language;

texts! {
    // The frame.
    skip_to_content = "Saltar al contenido", "Skip to content";
    main_menu = "Menú principal", "Main menu";
    show_menu = "Mostrar el menú", "Show the menu";
    hide_menu = "Ocultar el menú", "Hide the menu";
    breadcrumb = "Ruta de navegación", "Breadcrumb";
    messages = "Mensajes", "Messages";
    account_of = "Cuenta de", "Account of";
    menu_work = "Mi trabajo", "My work";
    menu_management = "Gestión", "Management";
    menu_system = "Sistema", "System";
    theme_system = "Tema: el del sistema. Cambiar a claro", "Theme: the system's. Change to light";
    theme_light = "Tema: claro. Cambiar a oscuro", "Theme: light. Change to dark";
    theme_dark = "Tema: oscuro. Cambiar al del sistema", "Theme: dark. Change to the system's";

    // The places.
    route_front = "Inicio", "Home";
    route_catalogue = "Proyectos", "Projects";
    route_project = "Proyecto", "Project";
    route_register = "Crear cuenta", "Create an account";
    route_recover = "Recuperar el acceso", "Recover access";
    route_set_password = "Elegir contraseña", "Set a password";
    route_profile = "Mi perfil", "My profile";
    route_my_projects = "Mis proyectos", "My projects";
    route_new_project = "Nuevo proyecto", "New project";
    route_edit_project = "Editar proyecto", "Edit project";
    route_validation = "Por validar", "Awaiting validation";
    route_assignments = "Asignaciones", "Assignments";
    route_imports = "Importaciones", "Imports";
    route_new_import = "Nueva importación", "New import";
    route_import = "Importación", "Import";
    route_people = "Personas", "People";
    route_new_person = "Nueva persona", "New person";
    route_person = "Persona", "Person";
    route_claims = "Identidades por confirmar", "Identity claims";
    route_areas = "Áreas", "Areas";
    route_departments = "Departamentos", "Departments";
    route_degrees = "Titulaciones", "Degrees";
    route_rooms = "Aulas", "Rooms";
    route_sittings = "Tipos de convocatoria", "Sittings";
    route_audit_log = "Registro de cambios", "Audit log";
    route_outbox = "Correo saliente", "Outbox";
    route_not_found = "Página no encontrada", "Page not found";

    // Lists.
    results = "Resultados", "Results";
    loading = "Cargando…", "Loading…";
    retry = "Reintentar", "Try again";
    pages = "Páginas", "Pages";
    first_page = "Primera página", "First page";
    previous_page = "Anterior", "Previous";
    next_page = "Siguiente", "Next";
    filters = "Filtros", "Filters";
    clear_filters = "Quitar filtros", "Clear filters";
    clear_search = "Borrar la búsqueda", "Clear the search";
    search = "Buscar", "Search";
    any = "Todos", "All";
    any_feminine = "Todas", "All";
    actions = "Acciones", "Actions";
    nothing_matches = "Nada coincide con los filtros", "Nothing matches the filters";
    nothing_matches_body = "Prueba con otras palabras o quita algún filtro.", "Try other words or remove a filter.";

    // Forms and dialogs.
    save = "Guardar", "Save";
    cancel = "Cancelar", "Cancel";
    close = "Cerrar", "Close";
    clear = "Quitar", "Clear";
    edit = "Editar", "Edit";
    delete = "Eliminar", "Delete";
    yes = "Sí", "Yes";
    no = "No", "No";
    back = "Volver", "Back";
    saved = "Los cambios se han guardado.", "Your changes were saved.";
    required_note = "Los campos con * son obligatorios.", "Fields marked with * are required.";
    problems_elsewhere = "El servidor ha señalado además:", "The server also pointed out:";
    reason = "Motivo", "Reason";
    write_or_preview = "Escribir o ver el resultado", "Write or preview";
    write = "Escribir", "Write";
    preview = "Vista previa", "Preview";
    nothing_to_preview = "Todavía no hay nada escrito.", "Nothing has been written yet.";
    type_a_name = "Escribe parte del nombre", "Type part of the name";
    nobody_found = "No se ha encontrado a nadie", "Nobody was found";
    leave_title = "¿Salir sin guardar?", "Leave without saving?";
    leave_body = "Lo que has escrito en esta página no se ha guardado y se perderá.", "What you typed on this page has not been saved and will be lost.";
    leave_without_saving = "Salir sin guardar", "Leave without saving";
    copy = "Copiar", "Copy";
    copied = "Copiado.", "Copied.";

    // Nowhere to go.
    not_found_title = "Esta página no existe", "This page does not exist";
    not_found_body = "Puede que el enlace esté mal escrito o que lo que buscas se haya retirado.", "The link may be mistyped, or what you are looking for was taken back.";
    go_to_front = "Ir al inicio", "Go to the front page";
    forbidden_title = "No puedes entrar aquí", "You cannot go in here";
    forbidden_body = "Tu cuenta no tiene permiso para ver esta página. Si crees que debería tenerlo, habla con la secretaría.", "Your account is not allowed to see this page. If you think it should be, talk to the secretary's office.";
}

labels! {
    /// How a message is meant, for those who do not see its colour.
    tone(Tone) {
        Tone::Info = "Información:", "Information:";
        Tone::Success = "Hecho:", "Done:";
        Tone::Warning = "Atención:", "Warning:";
        Tone::Danger = "Error:", "Error:";
    }

    /// The name of a language, in the language of the reader.
    language_name(Language) {
        Language::Es = "Español", "Spanish";
        Language::En = "Inglés", "English";
    }
}

phrases! {
    /// What the button over a column does.
    sort_by(column: &str) = format!("Ordenar por {}", column.to_lowercase()), format!("Sort by {}", column.to_lowercase());
    /// How many items a list has and how many of them are shown.
    total_items(total: u64, shown: usize) = match (total, shown) {
        (1, _) => "1 resultado".to_owned(),
        (total, shown) if total == shown as u64 => format!("{} resultados", number(self_es(), total)),
        (total, shown) => format!("{shown} de {} resultados", number(self_es(), total)),
    }, match (total, shown) {
        (1, _) => "1 result".to_owned(),
        (total, shown) if total == shown as u64 => format!("{} results", number(self_en(), total)),
        (total, shown) => format!("{shown} of {} results", number(self_en(), total)),
    };
}

const fn self_es() -> crate::i18n::Texts {
    crate::i18n::Texts::of(Language::Es)
}

const fn self_en() -> crate::i18n::Texts {
    crate::i18n::Texts::of(Language::En)
}
