//! Logging in, registering, passwords and one's own profile.

use gestfg_types::accounts::TokenScope;

texts! {
    log_in = "Iniciar sesión", "Log in";
    log_out = "Cerrar sesión", "Log out";
    log_in_again = "Vuelve a iniciar sesión", "Log in again";
    log_in_first = "Para ver esta página tienes que iniciar sesión.", "You have to log in to see this page.";
    login_label = "Correo o DNI/NIE", "E-mail or DNI/NIE";
    password = "Contraseña", "Password";
    show_password = "Mostrar la contraseña", "Show the password";
    hide_password = "Ocultar la contraseña", "Hide the password";
    forgot_password = "¿Has olvidado la contraseña?", "Forgot your password?";
    no_account = "¿Eres estudiante y no tienes cuenta?", "Are you a student without an account?";
    have_account = "¿Ya tienes cuenta?", "Do you already have an account?";
    demo_hint = "Demostración: los datos son inventados.", "Demonstration: the data are invented.";

    register_lead = "Con tu correo institucional de estudiante. Te enviaremos un enlace para elegir la contraseña.", "With your institutional student e-mail. We will send you a link to set your password.";
    email = "Correo electrónico", "E-mail";
    dni = "DNI o NIE", "DNI or NIE";
    dni_help = "Opcional. Sirve para unir tu cuenta con la ficha que ya tenga la secretaría.", "Optional. It joins your account with the record the secretary's office may already have.";
    first_name = "Nombre", "Given name";
    last_name = "Apellidos", "Family names";
    degree = "Titulación", "Degree";
    no_degree_yet = "Todavía no lo sé", "I do not know yet";
    preferred_language = "Idioma", "Language";
    preferred_language_help = "El de la aplicación y el de los correos que recibes.", "Of the application and of the mails you get.";
    create_account = "Crear la cuenta", "Create the account";
    check_your_mail = "Revisa tu correo", "Check your mail";
    register_promised = "Si la dirección puede tener cuenta, en unos minutos recibirás un enlace para elegir la contraseña. Vale durante 24 horas.", "If this address may have an account, you will get a link to set your password within minutes. It is good for 24 hours.";

    recover_lead = "Te enviaremos un enlace para elegir una contraseña nueva.", "We will send you a link to set a new password.";
    send_link = "Enviar el enlace", "Send the link";
    recover_promised = "Si la cuenta existe, en unos minutos recibirás un enlace para elegir una contraseña nueva. Vale durante 24 horas.", "If the account exists, you will get a link to set a new password within minutes. It is good for 24 hours.";
    nothing_arrived = "¿No llega nada? Mira en el correo no deseado o pide otro enlace.", "Nothing arrived? Look in your spam folder or ask for another link.";

    new_password = "Contraseña nueva", "New password";
    repeat_password = "Repite la contraseña", "Repeat the password";
    passwords_differ = "Las dos contraseñas no son iguales.", "The two passwords are not the same.";
    rule_length = "Al menos 10 caracteres", "At least 10 characters";
    rule_varied = "Al menos 5 caracteres distintos", "At least 5 different characters";
    rule_same = "Las dos contraseñas son iguales", "The two passwords are the same";
    rule_met = "Cumplido:", "Met:";
    rule_unmet = "Falta:", "Missing:";
    set_password = "Guardar la contraseña", "Set the password";
    password_set = "La contraseña se ha guardado. Ya puedes iniciar sesión.", "Your password was set. You can log in now.";
    link_incomplete = "A este enlace le falta una parte. Cópialo entero desde el correo o pide uno nuevo.", "Part of this link is missing. Copy it whole from the mail or ask for a new one.";
    ask_new_link = "Pedir un enlace nuevo", "Ask for a new link";

    my_data = "Mis datos", "My data";
    my_data_fixed = "El correo y el DNI solo los cambia la secretaría.", "Only the secretary's office changes e-mail and DNI.";
    my_roles = "Qué soy", "What I am";
    change_password = "Cambiar la contraseña", "Change the password";
    change_password_help = "Al cambiarla se cierran tus sesiones en otros dispositivos.", "Changing it ends your sessions on other devices.";
    current_password = "Contraseña actual", "Present password";
    password_changed = "La contraseña se ha cambiado.", "Your password was changed.";

    tokens = "Tokens de la API", "API tokens";
    tokens_help = "Permiten a otros programas actuar en tu nombre. Trátalos como contraseñas.", "They let other programs act for you. Treat them like passwords.";
    token_none = "No tienes ningún token.", "You have no tokens.";
    token_new = "Nuevo token", "New token";
    token_name = "Nombre", "Name";
    token_name_help = "Para reconocerlo: dónde lo vas a usar.", "To recognise it by: where you will use it.";
    token_scope = "Qué permite", "What it allows";
    token_days = "Días de validez", "Days it lives";
    token_days_help = "De 1 a 366.", "From 1 to 366.";
    token_create = "Crear el token", "Create the token";
    token_created = "Copia el token ahora: no volverá a mostrarse.", "Copy the token now: it will not be shown again.";
    token_created_at = "Creado", "Created";
    token_expires = "Caduca", "Expires";
    token_last_used = "Último uso", "Last used";
    never = "Nunca", "Never";
    token_revoke = "Revocar", "Revoke";
    token_revoke_title = "¿Revocar el token?", "Revoke the token?";
    token_revoked = "El token se ha revocado.", "The token was revoked.";

    role_admin = "Administración", "Admin";
    role_student = "Estudiante", "Student";
    role_none = "Todavía no tienes ningún papel asignado.", "You have not been given any role yet.";
}

labels! {
    /// What a personal token allows.
    token_scope_name(TokenScope) {
        TokenScope::Read = "Solo leer", "Read only";
        TokenScope::Write = "Leer y escribir", "Read and write";
    }
}

phrases! {
    /// Which addresses may register.
    register_domains(domains: &str) = format!("Tiene que terminar en {domains}."), format!("It has to end in {domains}.");
    /// What revoking a token does.
    token_revoke_body(name: &str) = format!("Los programas que usan «{name}» dejarán de funcionar al momento. No se puede deshacer."), format!("Programs that use “{name}” will stop working at once. This cannot be undone.");
    /// A professor of a department.
    role_professor(department: &str) = format!("Profesorado de {department}"), format!("Professor of {department}");
    /// The head of a department.
    role_head(department: &str) = format!("Dirección de {department}"), format!("Head of {department}");
    /// The coordinator of degrees.
    role_coordinator(degrees: &str) = format!("Coordinación de {degrees}"), format!("Coordinator of {degrees}");
    /// A student of degrees.
    role_student_of(degrees: &str) = format!("Estudiante de {degrees}"), format!("Student of {degrees}");
}
