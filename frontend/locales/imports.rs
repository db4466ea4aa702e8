//! Importing spreadsheets: file, columns, rows, result.

use crate::format::number;
use crate::i18n::Texts;
use gestfg_types::imports::{CommitMode, ImportField, ImportKind, ImportState, ImportSummary, RowOutcome};
use gestfg_types::session::Language;

const ES: Texts = Texts::of(Language::Es);
const EN: Texts = Texts::of(Language::En);

texts! {
    imports_lead = "Hojas de cálculo de la secretaría: se revisan antes de guardar nada y se pueden deshacer.", "Spreadsheets of the secretary's office: looked through before anything is stored, and they can be undone.";
    imports_empty = "Todavía no hay importaciones", "There are no imports yet";
    imports_empty_body = "Sube una hoja de cálculo: primero verás qué pasaría con cada fila, y nada cambia hasta que lo confirmes.", "Upload a spreadsheet: you will first see what would happen to each row, and nothing changes until you confirm.";
    import_file = "Archivo", "File";
    import_kind = "Qué contiene", "What it holds";
    import_rows = "Filas", "Rows";
    import_author = "Subido por", "Uploaded by";
    import_when = "Fecha", "Date";
    import_open = "Abrir", "Open";

    step_file = "Archivo", "File";
    step_columns = "Columnas", "Columns";
    step_rows = "Filas", "Rows";
    step_result = "Resultado", "Result";
    steps = "Pasos de la importación", "Steps of the import";
    step_done_mark = "Hecho:", "Done:";
    step_current_mark = "Paso actual:", "Current step:";

    new_import_lead = "Nada se guarda todavía: en el siguiente paso se comprueba cada fila.", "Nothing is stored yet: each row is checked in the next step.";
    import_degree = "Titulación por defecto", "Default degree";
    import_degree_help = "La de las filas que no indiquen otra.", "That of rows which name no other.";
    import_no_degree = "Ninguna", "None";
    drop_here = "Arrastra aquí la hoja de cálculo", "Drop the spreadsheet here";
    drop_or = "o", "or";
    choose_file = "Elegir un archivo", "Choose a file";
    choose_other_file = "Elegir otro archivo", "Choose another file";
    file_types = "XLSX, XLS, ODS o CSV; como mucho 20 MB y 50.000 filas.", "XLSX, XLS, ODS or CSV; 20 MB and 50,000 rows at most.";
    file_missing = "Elige primero un archivo.", "Choose a file first.";
    file_refused_size = "El archivo es demasiado grande: como mucho 20 MB, 50.000 filas y un contenido razonable al descomprimirlo.", "The file is too large: 20 MB, 50,000 rows and a reasonable content when unpacked at most.";
    file_too_large = "El archivo pasa de 20 MB. Divídelo o quita las imágenes.", "The file is larger than 20 MB. Split it or take the pictures out.";
    file_empty = "El archivo está vacío.", "The file is empty.";
    upload_and_read = "Subir y comprobar", "Upload and check";
    uploading = "Subiendo el archivo…", "Uploading the file…";
    reading_file = "Leyendo y comprobando las filas…", "Reading and checking the rows…";
    cancel_upload = "Cancelar la subida", "Cancel the upload";
    template_download = "Descargar la plantilla", "Download the template";
    template_help = "Una hoja vacía con los encabezados que se reconocen. No hace falta usarla: se entienden los encabezados habituales.", "An empty sheet with the headers that are recognised. You do not have to use it: the usual headers are understood.";
    template_of_kind = "¿Empiezas de cero?", "Starting from scratch?";
    expected_columns = "Columnas que se reconocen", "Columns that are recognised";
    unreadable_file_help = "Comprueba que se abre en tu ordenador y que es XLSX, XLS, ODS o CSV. Si está protegido con contraseña, guárdalo sin ella.", "Check that it opens on your computer and is XLSX, XLS, ODS or CSV. If it is protected by a password, save it without.";

    columns_lead = "Comprueba qué columna se ha tomado para cada dato y corrígelo si hace falta.", "Check which column was taken for each field, and correct it where needed.";
    columns_remembered = "Las columnas se han tomado como en una importación anterior con los mismos encabezados.", "The columns were taken as in an earlier import with the same headers.";
    where_data_is = "Dónde están los datos", "Where the data are";
    sheet = "Hoja", "Sheet";
    header_row = "Fila de encabezados", "Header row";
    first_row = "Primera fila de datos", "First row of data";
    last_row = "Última fila de datos", "Last row of data";
    row_auto_help = "Vacía: se busca sola.", "Empty: found out.";
    field_column = "Dato", "Field";
    taken_from = "Se toma de", "Taken from";
    samples = "Primeros valores", "First values";
    column_unused = "No se usa", "Not used";
    unused_columns = "Columnas de la hoja que no se usan", "Columns of the sheet that are not used";
    unused_columns_body = "No se guarda nada de ellas.", "Nothing of them is stored.";
    no_header = "(sin encabezado)", "(no header)";
    read_again = "Volver a leer", "Read again";
    read_again_help = "Has cambiado dónde están los datos: vuelve a leer para ver sus columnas.", "You changed where the data are: read again to see their columns.";
    see_rows = "Ver las filas", "See the rows";
    check_rows = "Comprobar las filas", "Check the rows";
    field_due = "obligatorio", "required";

    rows_lead = "Así quedaría cada fila. Nada cambia hasta que lo confirmes.", "This is what would become of each row. Nothing changes until you confirm.";
    rows_lead_past = "Así se leyó cada fila.", "This is how each row was read.";
    filter_rows = "Qué filas se muestran", "Which rows are shown";
    all_rows = "Todas", "All";
    with_warnings = "Con avisos", "With warnings";
    row_number = "Fila", "Row";
    outcome = "Qué pasará", "What will happen";
    outcome_past = "Qué pasó", "What happened";
    no_rows_here = "No hay filas así", "There are no such rows";
    no_rows_at_all = "La hoja no tiene filas con datos", "The sheet has no rows with data";
    no_rows_at_all_body = "Vuelve al paso anterior y comprueba la hoja y las filas.", "Go back a step and check the sheet and its rows.";
    back_to_columns = "Volver a las columnas", "Back to the columns";
    commit_all = "Importar todas las filas", "Import all rows";
    commit_valid = "Importar solo las válidas", "Import only the valid ones";
    commit_title = "¿Importar estas filas?", "Import these rows?";
    commit_confirm = "Importar", "Import";
    commit_late_title = "Asignar fuera de plazo", "Assign outside the dates";
    commit_late_body = "Algunas filas asignan trabajos de titulaciones que ahora no están en plazo de asignación. Puedes importarlas si escribes el motivo, que quedará en el registro de cambios.", "Some rows give projects to students of degrees that are outside their dates for it. You can import them if you write down why; the reason is kept in the audit log.";
    commit_late_reason = "Motivo", "Reason";
    commit_undoable = "Se puede deshacer mientras nada dependa de lo importado.", "It can be undone while nothing depends on what was imported.";
    commit_nothing = "No hay nada que importar: todo está ya como en la hoja.", "There is nothing to import: all is as in the sheet already.";
    commit_all_refused = "Para importarlas todas, corrige antes las filas con errores y vuelve a subir el archivo.", "To import them all, mend the rows with errors first and upload the file again.";
    report_download = "Descargar la hoja con los errores", "Download the sheet with its errors";
    report_help = "La misma hoja con una columna más: qué pasa en cada fila.", "The same sheet with one more column: what is wrong with each row.";
    discard = "Descartar", "Discard";
    discard_title = "¿Descartar esta importación?", "Discard this import?";
    discard_body = "El archivo subido se borra del servidor. No cambia nada más.", "The uploaded file is removed from the server. Nothing else changes.";
    discarded = "La importación se ha descartado.", "The import was discarded.";

    commit_done = "Importación terminada", "Import done";
    commit_already = "Ya se había importado antes: esta vez no ha cambiado nada.", "It had been imported before: nothing changed this time.";
    changed_rows_title = "Algunas filas han salido de otra forma que en la vista previa, porque los datos cambiaron entretanto", "Some rows came out otherwise than in the preview, because the data changed in between";
    import_undone_title = "Importación deshecha", "Import undone";
    import_undone_body = "Lo que creó se ha eliminado y lo que cambió vuelve a estar como antes.", "What it made was removed, and what it changed is as it was before.";
    undo = "Deshacer la importación", "Undo the import";
    undo_title = "¿Deshacer la importación?", "Undo the import?";
    undo_body = "Se elimina lo que creó y se devuelve a como estaba lo que cambió. Solo es posible si nada depende ya de ello.", "What it made is removed and what it changed goes back to what it was. This is only possible while nothing depends on it.";
    see_imported_rows = "Ver las filas", "See the rows";
    import_another = "Importar otro archivo", "Import another file";
    all_imports = "Todas las importaciones", "All imports";
    committed_on = "Importado", "Imported";
    undone_on = "Deshecho", "Undone";
    committed_how = "Modo", "Mode";
    not_decided_yet = "Todavía no se ha importado.", "It has not been imported yet.";
}

labels! {
    /// What a spreadsheet holds.
    import_kind_name(ImportKind) {
        ImportKind::Projects = "Oferta de proyectos", "Offer of projects";
        ImportKind::PreassignedProjects = "Proyectos ya asignados", "Projects already assigned";
        ImportKind::Departments = "Departamentos", "Departments";
        ImportKind::Degrees = "Titulaciones", "Degrees";
        ImportKind::Professors = "Profesorado", "Professors";
        ImportKind::Students = "Estudiantes", "Students";
    }

    /// A field a column can hold.
    import_field(ImportField) {
        ImportField::Number = "Número", "Number";
        ImportField::Tutor = "Tutor/a", "Tutor";
        ImportField::Cotutor = "Cotutor/a", "Co-tutor";
        ImportField::Kind = "Tipo", "Kind";
        ImportField::Title = "Título", "Title";
        ImportField::StudentCount = "Nº de estudiantes", "Number of students";
        ImportField::Description = "Descripción", "Description";
        ImportField::PriorKnowledge = "Conocimientos previos", "Prior knowledge";
        ImportField::Resources = "Hardware y software", "Hardware and software";
        ImportField::Student1 = "Estudiante 1", "Student 1";
        ImportField::Student1Name = "Nombre del estudiante 1", "Name of student 1";
        ImportField::Student2 = "Estudiante 2", "Student 2";
        ImportField::Student2Name = "Nombre del estudiante 2", "Name of student 2";
        ImportField::Student3 = "Estudiante 3", "Student 3";
        ImportField::Student3Name = "Nombre del estudiante 3", "Name of student 3";
        ImportField::Degree = "Titulación", "Degree";
        ImportField::Code = "Código", "Code";
        ImportField::Name = "Nombre", "Name";
        ImportField::Area = "Área", "Area";
        ImportField::Level = "Nivel", "Level";
        ImportField::Email = "Correo electrónico", "E-mail";
        ImportField::Dni = "DNI o NIE", "DNI or NIE";
        ImportField::FirstName = "Nombre", "Given name";
        ImportField::LastName = "Apellidos", "Family names";
        ImportField::Department = "Departamento", "Department";
    }

    /// Where an import is.
    import_state(ImportState) {
        ImportState::Previewed = "Sin confirmar", "Not confirmed";
        ImportState::Committed = "Importado", "Imported";
        ImportState::Undone = "Deshecho", "Undone";
    }

    /// What would happen to a row.
    row_outcome(RowOutcome) {
        RowOutcome::Create = "Se crea", "New";
        RowOutcome::Update = "Se modifica", "Changes";
        RowOutcome::Unchanged = "Igual", "The same";
        RowOutcome::Error = "Error", "Error";
    }

    /// What happened to a row.
    row_outcome_past(RowOutcome) {
        RowOutcome::Create = "Creada", "Created";
        RowOutcome::Update = "Modificada", "Changed";
        RowOutcome::Unchanged = "Igual", "The same";
        RowOutcome::Error = "No importada", "Not imported";
    }

    /// How an import was committed.
    commit_mode(CommitMode) {
        CommitMode::All = "Todas las filas o ninguna", "All rows or none";
        CommitMode::Valid = "Solo las filas válidas", "Only valid rows";
    }
}

phrases! {
    /// The heading of an import.
    import_titled(name: &str) = format!("Importación de {name}"), format!("Import of {name}");
    /// The size of a file.
    file_size(kilobytes: u64) = if kilobytes < 1024 { format!("{kilobytes} kB") } else { format!("{},{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024) },
        if kilobytes < 1024 { format!("{kilobytes} kB") } else { format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024) };
    /// How much of a file has gone.
    upload_percent(percent: u8) = format!("{percent} %"), format!("{percent}%");
    /// A filter of rows with how many there are.
    rows_of(label: &str, count: u32) = format!("{label}: {}", number(ES, u64::from(count))), format!("{label}: {}", number(EN, u64::from(count)));
    /// Fields without which no row can be valid.
    columns_missing(fields: &str) = format!("Falta indicar la columna de: {fields}."), format!("No column is set for: {fields}.");
    /// What may have been meant.
    did_you_mean(names: &str) = format!("¿Quizá {names}?"), format!("Did you mean {names}?");
    /// Where the problems of a row are.
    look_at(fields: &str) = format!("Revisa: {fields}"), format!("Look at: {fields}");
    /// How many rows have errors.
    rows_with_errors(count: u32) = match count {
        1 => "1 fila con errores".to_owned(),
        n => format!("{} filas con errores", number(ES, u64::from(n))),
    }, match count {
        1 => "1 row with errors".to_owned(),
        n => format!("{} rows with errors", number(EN, u64::from(n))),
    };
    /// What committing would do, in words.
    commit_body(summary: &ImportSummary) = told(ES, summary, [("fila creará algo nuevo", "filas crearán algo nuevo"), ("fila modificará lo que hay", "filas modificarán lo que hay"), ("fila ya está igual", "filas ya están igual"), ("fila con errores no se importará", "filas con errores no se importarán")]),
        told(EN, summary, [("row will create something new", "rows will create something new"), ("row will change what is there", "rows will change what is there"), ("row is the same already", "rows are the same already"), ("row with errors will not be imported", "rows with errors will not be imported")]);
    /// What committing did, in words.
    commit_outcome(summary: &ImportSummary) = told(ES, summary, [("fila creada", "filas creadas"), ("fila modificada", "filas modificadas"), ("fila que ya estaba igual", "filas que ya estaban igual"), ("fila con errores, no importada", "filas con errores, no importadas")]),
        told(EN, summary, [("row created", "rows created"), ("row changed", "rows changed"), ("row that was the same already", "rows that were the same already"), ("row with errors, not imported", "rows with errors, not imported")]);
    /// The row numbers that came out otherwise.
    changed_rows(rows: &str) = format!("Filas {rows}."), format!("Rows {rows}.");
    /// What was read of the sheet.
    rows_read(count: u32, sheet: &str) = format!("{} filas con datos en la hoja «{sheet}».", number(ES, u64::from(count))), format!("{} rows with data in the sheet “{sheet}”.", number(EN, u64::from(count)));
    /// The label of a select that chooses the column of a field.
    column_of(field: &str) = format!("Columna de «{field}»"), format!("Column of “{field}”");
    /// What opens one import of the list.
    open_import(name: &str) = format!("Abrir la importación de {name}"), format!("Open the import of {name}");
}

fn told(t: Texts, summary: &ImportSummary, words: [(&str, &str); 4]) -> String {
    let counts = [summary.create, summary.update, summary.unchanged, summary.error];
    let parts: Vec<String> = counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, (one, many))| {
            format!("{} {}", number(t, u64::from(count)), if count == 1 { one } else { many })
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("{}.", parts.join(" · ")) }
}
