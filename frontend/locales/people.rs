//! Accounts and identity claims.

use gestfg_types::users::UserAction;

texts! {
    people_lead = "Cuentas de administración, profesorado y estudiantes.", "Accounts of admins, professors and students.";
    people_lead_students = "Estudiantes de las titulaciones que coordinas.", "Students of the degrees you coordinate.";
    search_people = "Buscar por nombre, correo o DNI", "Search by name, e-mail or DNI";
    people_empty = "Todavía no hay nadie", "Nobody is here yet";
    people_empty_body = "Crea la primera cuenta o importa profesorado y estudiantes desde una hoja de cálculo.", "Make the first account, or import professors and students from a spreadsheet.";
    person_name = "Nombre", "Name";
    person_roles = "Papeles", "Roles";
    person_state = "Acceso", "Access";
    role = "Papel", "Role";
    role_filter_admin = "Administración", "Admins";
    role_filter_coordinator = "Coordinación", "Coordinators";
    role_filter_head = "Dirección de departamento", "Heads of department";
    role_filter_professor = "Profesorado", "Professors";
    role_filter_student = "Estudiantes", "Students";
    account_active = "Puede entrar", "May log in";
    account_inactive = "Desactivada", "Deactivated";
    account_no_password = "Sin contraseña", "No password yet";
    without_roles = "Sin papel", "No role";
    access_filter_active = "Cuentas activas", "Active accounts";
    access_filter_inactive = "Cuentas desactivadas", "Deactivated accounts";

    person_data = "Datos", "Data";
    person_account = "Cuenta", "Account";
    new_person_lead = "Recibirá un correo con un enlace para elegir su contraseña.", "They get a mail with a link to set their password.";
    email_or_dni_help = "Hace falta el correo, el DNI o los dos.", "An e-mail address, a DNI, or both.";
    mail_language = "Idioma de los correos", "Language of the mails";
    make_admin = "Administra la aplicación", "Runs the application";
    make_admin_help = "Puede verlo y cambiarlo todo.", "May see and change everything.";
    make_professor = "Es profesorado", "Is a professor";
    make_professor_help = "Propone y tutoriza proyectos.", "Offers and tutors projects.";
    make_student = "Es estudiante", "Is a student";
    make_student_help = "Puede recibir un proyecto.", "May be given a project.";
    enrolled_in = "Titulaciones en las que está", "Degrees enrolled in";
    choose_department = "Elige un departamento", "Choose a department";
    duties_elsewhere = "La dirección se asigna en el departamento y la coordinación en la titulación.", "Heads are set on their department, coordinators on their degree.";
    person_created_on = "Creada", "Made";
    person_updated_on = "Último cambio", "Last change";
    create_person = "Crear la cuenta", "Make the account";
    person_created = "La cuenta se ha creado.", "The account was made.";
    person_history = "Ver sus cambios en el registro", "See its changes in the audit log";
    person_deeds = "Ver lo que ha hecho", "See what they did";
    nothing_to_change = "No puedes cambiar los datos de esta persona.", "You may not change this person's data.";

    deactivate_person_title = "¿Desactivar esta cuenta?", "Deactivate this account?";
    deactivate_person_body = "Se cierran sus sesiones y no podrá entrar. Sus proyectos y asignaciones no cambian, y se puede reactivar.", "Their sessions end and they cannot log in. Their projects and assignments stay, and the account can be activated again.";
    reactivate_person_title = "¿Reactivar esta cuenta?", "Activate this account again?";
    reactivate_person_body = "Podrá volver a entrar con su contraseña.", "They may log in again with their password.";
    invite_person_title = "¿Enviar un enlace de acceso?", "Send a link to get in?";
    invite_person_body = "Recibirá un correo con un enlace para elegir su contraseña. Vale 24 horas y una sola vez; los enlaces anteriores dejan de valer.", "They get a mail with a link to set their password. It is good for 24 hours and once; earlier links stop working.";
    delete_person_title = "¿Eliminar esta cuenta?", "Remove this account?";
    delete_person_body = "Desaparece para siempre. Solo es posible si no tiene historia: proyectos, asignaciones o importaciones. Si la tiene, anonimízala.", "It disappears for good. This is only possible without history: projects, assignments or imports. Anonymise it otherwise.";
    anonymise_person_title = "¿Anonimizar a esta persona?", "Anonymise this person?";
    anonymise_person_body = "Se borra lo que la identifica y no podrá volver a entrar. No se puede deshacer.", "What names them is removed and they cannot log in again. This cannot be undone.";
    anonymise_instead = "Se puede anonimizar: se borra lo que la identifica y se conserva la historia.", "You may anonymise it: what names the person is removed, the history stays.";
    deactivated_person = "La cuenta se ha desactivado.", "The account was deactivated.";
    reactivated_person = "La cuenta vuelve a estar activa.", "The account is active again.";
    invited_person = "El enlace se ha enviado.", "The link was sent.";
    deleted_person = "La cuenta se ha eliminado.", "The account was removed.";
    anonymised_person = "La persona se ha anonimizado.", "The person was anonymised.";

    claims_lead = "Alguien se ha registrado con el DNI de un estudiante que la secretaría ya tenía. Comprueba que es la misma persona antes de unirlos.", "Somebody registered with the DNI of a student the office already had on file. Make sure they are the same person before joining them.";
    claims_empty = "No hay identidades por confirmar", "There are no identities to confirm";
    claims_empty_body = "Cuando alguien se registre con el DNI de un estudiante ya cargado aparecerá aquí.", "When somebody registers with the DNI of a student on file they will show up here.";
    claim_claimant = "Se ha registrado", "Who registered";
    claim_preloaded = "Ficha de la secretaría", "Record on file";
    claim_date = "Fecha", "Date";
    claim_confirm = "Es la misma persona", "Same person";
    claim_reject = "No lo es", "Not the same";
    claim_confirm_title = "¿Unir las dos fichas?", "Join the two records?";
    claim_reject_title = "Rechazar la identidad", "Reject the identity";
    claim_reject_body = "Las dos fichas quedan separadas y la cuenta registrada no recibe nada del estudiante cargado.", "The two records stay apart, and the account that registered gets nothing of the student on file.";
    claim_confirmed = "Las dos fichas son ahora una.", "The two records are one now.";
    claim_rejected = "La identidad se ha rechazado.", "The identity was rejected.";
}

labels! {
    /// What can be done with an account.
    user_action(UserAction) {
        UserAction::Edit = "Editar", "Edit";
        UserAction::Deactivate = "Desactivar", "Deactivate";
        UserAction::Reactivate = "Reactivar", "Activate again";
        UserAction::Invite = "Enviar enlace de acceso", "Send a link to get in";
        UserAction::Delete = "Eliminar", "Remove";
        UserAction::Anonymise = "Anonimizar", "Anonymise";
    }
}

phrases! {
    /// What joining two records does.
    claim_confirm_body(claimant: &str, preloaded: &str) = format!("La cuenta de {claimant} pasa a ser la del estudiante {preloaded}, con sus titulaciones y su proyecto si lo tiene. No se puede deshacer."), format!("The account of {claimant} becomes that of the student {preloaded}, with their degrees and their project if they have one. This cannot be undone.");
}
