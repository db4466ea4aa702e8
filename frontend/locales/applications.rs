//! Applications for projects: what students ask for, how tutors order them.

use gestfg_types::allocation_rounds::{AllocationRoundState, TutorView};
use gestfg_types::allocation_runs::{
    AllocationMethod, AllocationProblemCode, AllocationReason, AllocationReasonCode, AllocationRunState,
};
use gestfg_types::applications::{ApplicationState, PreferenceStanding};

labels! {
    /// Where a round is.
    round_state(AllocationRoundState) {
        AllocationRoundState::Ahead = "Aún no abierta", "Not open yet";
        AllocationRoundState::Open = "Abierta", "Open";
        AllocationRoundState::Ranking = "Cerrada: los tutores ordenan", "Closed: tutors put in order";
        AllocationRoundState::Closed = "Cerrada, por adjudicar", "Closed, to be allocated";
        AllocationRoundState::Published = "Adjudicada", "Allocated";
        AllocationRoundState::Cancelled = "Anulada", "Called off";
    }

    /// What tutors say of those who apply.
    tutor_view(TutorView) {
        TutorView::Ranking = "Ordenan a quienes piden sus proyectos", "They put those who apply in order";
        TutorView::Shortlist = "Señalan a quienes prefieren", "They point out whom they would rather have";
        TutorView::None = "Nada: decide el expediente", "Nothing: the record decides";
    }

    /// Where an application is.
    application_state(ApplicationState) {
        ApplicationState::Live = "En curso", "Live";
        ApplicationState::Withdrawn = "Retirada", "Taken back";
    }

    /// Whether a project that is asked for can still be had.
    preference_standing(PreferenceStanding) {
        PreferenceStanding::Available = "Disponible", "Available";
        PreferenceStanding::Assigned = "Ya asignado a alguien", "Given to somebody already";
        PreferenceStanding::Unpublished = "Ya no está publicado", "Not published any more";
        PreferenceStanding::TooSmall = "Admite menos estudiantes que tu equipo", "Takes fewer students than your team has";
    }
}

texts! {
    route_applications = "Solicitudes de proyecto", "Applications for projects";
    applications_lead = "Elige los proyectos que quieres y ponlos en orden. Todo se guarda solo; cuenta lo que haya guardado al cerrar la ronda.", "Choose the projects you want and put them in order. Everything is saved as you go; what is saved when the round closes counts.";
    applications_empty = "No hay ninguna ronda de solicitudes", "There is no round of applications";
    applications_empty_body = "Cuando tu titulación abra una, aquí podrás elegir y ordenar proyectos. Mientras tanto, mira la oferta.", "When your degree opens one, you choose and order projects here. Meanwhile, look at the offer.";
    application_choices = "Proyectos que pides", "Projects you ask for";
    application_choices_empty = "Aún no pides ningún proyecto. Búscalos abajo y añádelos.", "You ask for no project yet. Look for them below and add them.";
    application_full = "Tu lista está completa. Quita un proyecto para añadir otro.", "Your list is full. Take a project out to add another.";
    application_order_help = "El primero es el que más quieres. Arrastra, o usa las flechas de cada proyecto.", "The first is the one you want most. Drag, or use the arrows of each project.";
    application_ties_help = "También puedes decir que dos te gustan igual.", "You may also say that two are equally welcome.";
    application_find = "Añadir proyectos", "Add projects";
    application_search = "Buscar por título o tutor", "Search by title or tutor";
    application_add = "Añadir", "Add";
    application_added = "En tu lista", "In your list";
    application_none_found = "Ningún proyecto disponible coincide con la búsqueda.", "No available project matches the search.";
    application_none_offered = "Todavía no hay proyectos disponibles en tu titulación.", "There are no projects available in your degree yet.";
    application_more = "Hay más: afina la búsqueda para verlos.", "There are more: refine the search to see them.";
    application_statement = "Por qué te interesan", "Why they interest you";
    application_statement_help = "La leen los tutores de los proyectos que pides. Es opcional.", "The tutors of the projects you ask for read it. You may leave it empty.";
    application_team = "Equipo", "Team";
    application_team_alone = "Te presentas en solitario.", "You apply on your own.";
    application_team_help = "Invita con su correo institucional. Formará parte del equipo cuando confirme; si no confirma antes del cierre, la solicitud cuenta sin esa persona.", "Invite by institutional address. They join once they confirm; without a yes before the close, the application counts without them.";
    application_team_first = "Añade antes algún proyecto: entonces podrás invitar.", "Add a project first: then you may invite.";
    application_invite = "Invitar", "Invite";
    application_invite_email = "Correo de quien quieres invitar", "Address of whom you invite";
    application_invited = "Invitación enviada.", "The invitation was sent.";
    application_author = "Autor de la solicitud", "Author of the application";
    application_confirmed = "Confirmado", "Confirmed";
    application_unconfirmed = "Sin confirmar", "Not confirmed yet";
    application_unconfirmed_closed = "No confirmó: no participa", "Did not confirm: does not take part";
    application_you = "Tú", "You";
    application_leave = "Dejar el equipo", "Leave the team";
    application_leave_title = "¿Dejar el equipo?", "Leave the team?";
    application_leave_body = "La solicitud sigue adelante para los demás y se les avisa. Podrás presentar otra mientras la ronda siga abierta.", "The application stands for the others, who are told. You may apply anew while the round is open.";
    application_confirm = "Formar parte del equipo", "Join the team";
    application_decline = "Rechazar", "Decline";
    application_joined = "Ya formas parte del equipo.", "You are in the team now.";
    application_left = "Ya no formas parte del equipo.", "You are not in the team any more.";
    application_invitation_body = "Pedís los mismos proyectos y os los asignan juntos. Si ya tenías una solicitud propia, retírala antes.", "You ask for the same projects and get one together. If you have an application of your own, take it back first.";
    application_withdraw = "Retirar la solicitud", "Take the application back";
    application_withdraw_title = "¿Retirar la solicitud?", "Take the application back?";
    application_withdraw_body = "Deja de contar y se avisa a tu equipo si lo tienes. Podrás presentar otra mientras la ronda siga abierta.", "It will not count any more, and your team is told if you have one. You may apply anew while the round is open.";
    application_withdrawn = "La solicitud se ha retirado.", "The application was taken back.";
    application_saved = "Guardado", "Saved";
    application_saving = "Guardando…", "Saving…";
    application_not_saved = "Sin guardar", "Not saved";
    application_waits_network = "No hay conexión con el servidor. Lo que has escrito sigue aquí y se guardará en cuanto vuelva.", "The server cannot be reached. What you wrote is still here and will be saved as soon as it is back.";
    application_waits_session = "Se guardará en cuanto vuelvas a iniciar sesión.", "It will be saved as soon as you log in again.";
    application_stale_title = "La solicitud ha cambiado mientras tanto", "The application has changed in the meantime";
    application_stale_body = "Se ha guardado desde otra ventana o dispositivo, o por alguien del equipo. Lo que has escrito aquí no se ha guardado: elige con qué te quedas.", "It was saved from another window or device, or by somebody of the team. What you wrote here was not saved: choose what to keep.";
    application_take_theirs = "Ver lo guardado y descartar lo mío", "See what is saved and drop mine";
    application_keep_mine = "Guardar lo mío en su lugar", "Save mine in its place";
    application_counts_now = "Esta es la solicitud que cuenta. Ya no se puede cambiar.", "This is the application that counts. It cannot be changed any more.";
    application_none_made = "No presentaste ninguna solicitud en esta ronda.", "You did not apply in this round.";
    application_nothing_chosen = "Tu solicitud no pide ningún proyecto, así que no puede obtener ninguno.", "Your application asks for no project, so it cannot get any.";
    application_has_project = "Ya tienes un proyecto asignado: no hace falta pedir otro.", "You have a project already: there is no need to ask for another.";
    application_on_behalf = "La introdujo la coordinación en tu nombre.", "The coordinator entered it on your behalf.";
    application_read_answer = "Ver el resultado", "See the result";
    application_apply = "Pedir este proyecto", "Ask for this project";
    application_ask_projects = "Pedir proyectos", "Ask for projects";
    application_in_list = "Está en tu lista de proyectos pedidos", "In the list of projects you ask for";
    rank_tied = "Te gusta igual que los otros de su puesto", "As welcome as the others of its place";
    duty_choose_projects = "Elige y ordena los proyectos que quieres", "Choose and order the projects you want";

    route_applicants = "Quién pide mis proyectos", "Applicants to my projects";
    applicants_lead = "Estudiantes y equipos que piden tus proyectos publicados, y lo que dices de ellos para la adjudicación.", "Students and teams who ask for your published projects, and what you say of them for the allocation.";
    applicants_none = "No tienes proyectos publicados", "You have no published projects";
    applicants_none_body = "Publica un proyecto: cuando se abra una ronda, aquí verás quién lo pide.", "Publish a project: when a round opens, you see here who asks for it.";
    applicants_nobody = "Nadie ha pedido este proyecto por ahora.", "Nobody has asked for this project so far.";
    applicants_no_round = "Su titulación no ha abierto ninguna ronda de solicitudes.", "Its degree has opened no round of applications.";
    applicants_order = "Tu orden", "Your order";
    applicants_order_help = "El primero es a quien prefieres. Arrastra, o usa las flechas. Quien dejes fuera va detrás, por expediente.", "The first is whom you would rather have. Drag, or use the arrows. Whoever you leave out comes after, by record.";
    applicants_order_empty = "Aún no has ordenado a nadie.", "You have put nobody in order yet.";
    applicants_rest = "Sin ordenar", "Not in order";
    applicants_rest_none = "Has ordenado a todos.", "You have put everybody in order.";
    applicants_shortlist_help = "Marca a quienes prefieres: van delante de los demás. Entre iguales decide el expediente.", "Tick those you would rather have: they come before the others. Between equals the record decides.";
    applicants_open_help = "En esta ronda decide el expediente: no tienes que hacer nada.", "In this round the record decides: there is nothing for you to do.";
    applicants_shortlisted = "Preferido", "Preferred";
    applicants_statement = "Por qué le interesa", "Why it interests them";
    applicants_statement_none = "No ha escrito por qué le interesa.", "Did not write why it interests them.";
    applicants_stale_body = "Alguien más (cotutor o coordinación) ha cambiado el orden. Elige con cuál te quedas.", "Somebody else (co-tutor or coordinator) has changed the order. Choose which to keep.";
    applicants_stale_title = "El orden ha cambiado mientras tanto", "The order has changed in the meantime";
}

phrases! {
    /// Heads a round.
    round_title(call: &str, number: i16) =
        if number == 1 { format!("{call} · Solicitudes") } else { format!("{call} · Solicitudes, ronda {number}") },
        if number == 1 { format!("{call} · Applications") } else { format!("{call} · Applications, round {number}") };
    /// Says until when one may change things.
    round_closes(when: &str) = format!("Puedes cambiarla hasta el {when}."), format!("You may change it until {when}.");
    /// Says when one may begin.
    round_opens(when: &str) = format!("Podrás pedir proyectos a partir del {when}."), format!("You may ask for projects from {when} on.");
    /// Says when it closed.
    round_closed(when: &str) = format!("Las solicitudes se cerraron el {when}."), format!("Applications closed on {when}.");
    /// Says until when tutors may put in order.
    round_tutors_close(when: &str) = format!("Puedes cambiarlo hasta el {when}."), format!("You may change it until {when}.");
    /// Says that tutors may not any more.
    round_tutors_closed(when: &str) = format!("El plazo terminó el {when}."), format!("The time for it ended on {when}.");
    /// How many projects are in the list, of how many.
    application_used(used: usize, most: i16) = format!("{used} de {most} como máximo"), format!("{used} of {most} at most");
    /// How many students a project takes.
    application_places(places: i16) =
        if places == 1 { "1 estudiante".to_owned() } else { format!("hasta {places} estudiantes") },
        if places == 1 { "1 student".to_owned() } else { format!("up to {places} students") };
    /// How many ask for a project.
    application_counts(all: i64, first: i64) =
        match all { 0 => "nadie lo pide aún".to_owned(), 1 => format!("1 solicitud ({first} como primera opción)"), _ => format!("{all} solicitudes ({first} como primera opción)") },
        match all { 0 => "nobody asks for it yet".to_owned(), 1 => format!("1 application ({first} as first choice)"), _ => format!("{all} applications ({first} as first choice)") };
    /// Adds a project to the list.
    application_add_named(title: &str) = format!("Añadir «{title}» a mi lista"), format!("Add “{title}” to my list");
    /// Heads an invitation.
    application_invitation(author: &str) = format!("{author} te invita a su equipo"), format!("{author} invites you to their team");
    /// Who has not confirmed.
    application_waiting_for(names: &str) = format!("Falta que confirme: {names}."), format!("Not confirmed yet: {names}.");
    /// How large a team may be.
    application_team_most(most: i16) = format!("En esta ronda podéis pedir juntos hasta {most} estudiantes."), format!("In this round up to {most} students may apply together.");
    /// Takes somebody out of the team.
    application_take_out(name: &str) = format!("Quitar a {name} del equipo"), format!("Take {name} out of the team");
    /// Own academic record.
    application_record(record: &str) = format!("Tu expediente: {record}"), format!("Your record: {record}");
    /// Moves up.
    rank_up(name: &str) = format!("Subir «{name}»"), format!("Move “{name}” up");
    /// Moves down.
    rank_down(name: &str) = format!("Bajar «{name}»"), format!("Move “{name}” down");
    /// Ties with the one above.
    rank_tie(name: &str) = format!("«{name}» me gusta igual que el anterior"), format!("“{name}” is as welcome as the one above");
    /// Leaves the tie.
    rank_untie(name: &str) = format!("Separar «{name}» de su puesto"), format!("Give “{name}” a place of its own");
    /// Takes it out.
    rank_remove(name: &str) = format!("Quitar «{name}»"), format!("Take “{name}” out");
    /// Its place, read out before it.
    rank_place(place: usize) = format!("Puesto {place}."), format!("Place {place}.");
    /// Says where it went.
    rank_now(name: &str, place: usize, of: usize) = format!("«{name}» está ahora en el puesto {place} de {of}."), format!("“{name}” is now in place {place} of {of}.");
    /// Says that it is tied.
    rank_now_tied(name: &str, place: usize) = format!("«{name}» comparte ahora el puesto {place}."), format!("“{name}” now shares place {place}.");
    /// Says that it is out.
    rank_gone(name: &str) = format!("«{name}» ya no está en la lista."), format!("“{name}” is not in the list any more.");
    /// How many ask for a project, for its tutor.
    applicants_count(count: usize) =
        match count { 0 => "Nadie lo pide".to_owned(), 1 => "1 solicitud".to_owned(), _ => format!("{count} solicitudes") },
        match count { 0 => "Nobody asks for it".to_owned(), 1 => "1 application".to_owned(), _ => format!("{count} applications") };
    /// Puts somebody at the end of the order.
    applicants_add_named(name: &str) = format!("Añadir a {name} a mi orden"), format!("Add {name} to my order");
    /// Puts somebody on the short list.
    applicants_prefer(name: &str) = format!("Preferir a {name}"), format!("Prefer {name}");
}

labels! {
    /// How projects are given.
    allocation_method(AllocationMethod) {
        AllocationMethod::SerialDictatorship = "Por turno de expediente", "By turns, in order of record";
        AllocationMethod::StableStudentOptimal = "Estable, lo mejor para estudiantes", "Stable, best for students";
        AllocationMethod::StableLecturerOptimal = "Estable, lo mejor para tutores", "Stable, best for tutors";
        AllocationMethod::StableWithTies = "Estable con empates", "Stable with ties";
        AllocationMethod::GreedyMaximum = "El máximo, con más primeras opciones", "The most, with most first choices";
        AllocationMethod::GenerousMaximum = "El máximo, con menos últimas opciones", "The most, with fewest last choices";
        AllocationMethod::MinimumCostMaximum = "El máximo, con menor coste", "The most, at least cost";
    }

    /// What a method does, in a sentence.
    allocation_method_says(AllocationMethod) {
        AllocationMethod::SerialDictatorship = "De mayor a menor expediente, cada cual elige lo mejor de lo que queda.", "From the highest record down, each takes the best of what is left.";
        AllocationMethod::StableStudentOptimal = "Nadie pierde un proyecto frente a alguien a quien el tutor prefiera menos; de todas las formas de lograrlo, la mejor para cada estudiante.", "Nobody loses a project to somebody the tutor likes less; of all ways to achieve it, the best for every student.";
        AllocationMethod::StableLecturerOptimal = "Igual de estable; de todas las formas, la mejor para cada tutor.", "As stable; of all ways, the best for every tutor.";
        AllocationMethod::StableWithTies = "Estable sin romper los empates, y con tantos estudiantes como se pueda.", "Stable without breaking ties, and with as many students as can be.";
        AllocationMethod::GreedyMaximum = "Proyecto para tantos como sea posible; después, el mayor número de primeras opciones, de segundas…", "Projects for as many as possible; then the most first choices, second choices …";
        AllocationMethod::GenerousMaximum = "Proyecto para tantos como sea posible; después, el menor número de últimas opciones, de penúltimas…", "Projects for as many as possible; then the fewest last choices, last but one …";
        AllocationMethod::MinimumCostMaximum = "Proyecto para tantos como sea posible; después, la menor suma de los pesos de cada opción.", "Projects for as many as possible; then the least sum of the weights of the choices.";
    }

    /// Where an allocation is.
    allocation_run_state(AllocationRunState) {
        AllocationRunState::UnderWay = "Calculándose", "Under way";
        AllocationRunState::Draft = "Borrador", "Draft";
        AllocationRunState::Failed = "Sin resultado", "No result";
        AllocationRunState::Cancelled = "Detenida", "Stopped";
        AllocationRunState::Published = "Publicada", "Published";
    }

    /// What stands against a pair.
    allocation_problem(AllocationProblemCode) {
        AllocationProblemCode::ProjectAssigned = "El proyecto ya se asignó a alguien.", "The project was given to somebody.";
        AllocationProblemCode::ProjectUnpublished = "El proyecto ya no está publicado.", "The project is not published any more.";
        AllocationProblemCode::ProjectTooSmall = "El proyecto admite menos estudiantes que el equipo.", "The project takes fewer students than the team has.";
        AllocationProblemCode::StudentAssigned = "Ya tiene un proyecto.", "Has a project already.";
        AllocationProblemCode::ApplicationChanged = "La solicitud se retiró o su equipo es otro.", "The application was taken back, or its team is another.";
    }
}

impl crate::i18n::Texts {
    /// Why somebody did not get a project they asked for, told to them.
    #[must_use]
    pub fn allocation_reason(self, reason: &AllocationReason) -> String {
        use AllocationReasonCode as Code;
        let places = reason.places.unwrap_or(1);
        let all = match places {
            1 => ("Se dio", "It went"),
            _ => ("Todas sus plazas se dieron", "All its places went"),
        };
        let (es, en) = match reason.code {
            Code::BetterObtained => (
                "Has obtenido un proyecto que pusiste por delante.".into(),
                "You got a project that you put before it.".into(),
            ),
            Code::EqualObtained => (
                "Has obtenido otro proyecto que te gustaba igual.".into(),
                "You got another project that was as welcome.".into(),
            ),
            Code::PinnedElsewhere => (
                "Tienes otro proyecto por un acuerdo anterior a la adjudicación.".into(),
                "You have another project by an agreement made before the allocation.".into(),
            ),
            Code::NotEligible => (
                "Ya no estaba disponible cuando se hizo la adjudicación.".into(),
                "It was not available any more when the round was allocated.".into(),
            ),
            Code::TeamTooLarge => (
                format!(
                    "Admite {} y tu equipo es mayor.",
                    self.application_places(i16::try_from(places).unwrap_or(i16::MAX))
                ),
                format!(
                    "It takes {} and your team is larger.",
                    self.application_places(i16::try_from(places).unwrap_or(i16::MAX))
                ),
            ),
            Code::TakenByAgreement => (
                "Estaba dado por un acuerdo anterior a la adjudicación.".into(),
                "It was given by an agreement made before the allocation.".into(),
            ),
            Code::FullWithHigherRecord => {
                (format!("{} a expedientes más altos.", all.0), format!("{} to higher records.", all.1))
            }
            Code::FullByTieBreak if reason.lottery == Some(true) => (
                format!("{} a expedientes al menos tan altos; el empate se decidió por sorteo.", all.0),
                format!("{} to records at least as high; the tie was broken by lot.", all.1),
            ),
            Code::FullByTieBreak => (
                format!(
                    "{} a expedientes al menos tan altos; decidió el criterio de desempate anunciado.",
                    all.0
                ),
                format!("{} to records at least as high; the announced tie-break decided.", all.1),
            ),
            Code::FullWithPreferredByTutor => (
                format!("{} a quienes su tutor puso por delante.", all.0),
                format!("{} to those whom its tutor put first.", all.1),
            ),
            Code::FullWithEquals => (
                format!(
                    "{} a quienes su tutor valoraba al menos igual; entre iguales se decidió de modo que más estudiantes tuvieran proyecto.",
                    all.0
                ),
                format!(
                    "{} to those whom its tutor liked at least as much; between equals it was decided so that more students got a project.",
                    all.1
                ),
            ),
            Code::TutorAtCapacity => {
                let limit = reason.limit.unwrap_or_default();
                let (es, en) = match reason.ahead_by.as_deref() {
                    Some("preference") => ("puestos por delante por el tutor", "whom the tutor put first"),
                    Some("tie_break") => {
                        ("por delante según el desempate anunciado", "ahead by the announced tie-break")
                    }
                    Some("equals") => ("valorados al menos igual", "liked at least as much"),
                    _ => ("con expediente más alto", "with a higher record"),
                };
                (
                    format!("Su tutor llegó al máximo que puede dirigir ({limit}), con otros {es}."),
                    format!("Its tutor reached the most they may take ({limit}), with others {en}."),
                )
            }
            Code::NoRoomForTeam => (
                "Lo que quedaba libre no bastaba para todo tu equipo.".into(),
                "What was left was too little for your whole team.".into(),
            ),
            Code::TradedForMoreMatched => (
                "De haberlo obtenido, menos estudiantes tendrían proyecto.".into(),
                "Had you got it, fewer students would have a project.".into(),
            ),
            Code::TradedForLowerLimit => (
                "De haberlo obtenido, algún tutor quedaría por debajo de su mínimo.".into(),
                "Had you got it, some tutor would be below their minimum.".into(),
            ),
            Code::TradedForBetterWhole => (
                "De haberlo obtenido, el conjunto de las peticiones se cumpliría peor.".into(),
                "Had you got it, all wishes together would be granted worse.".into(),
            ),
            Code::EqualAlternative => (
                "Había otra adjudicación igual de buena en la que lo obtenías; decidió el orden anunciado."
                    .into(),
                "Another allocation as good would have given it to you; the announced order decided.".into(),
            ),
        };
        match self.language() {
            gestfg_types::session::Language::Es => es,
            gestfg_types::session::Language::En => en,
        }
    }
}

texts! {
    route_answer = "Resultado de mi solicitud", "Result of my application";
    answer_got = "Se te ha asignado", "You got";
    answer_nothing = "No has obtenido ningún proyecto en esta ronda", "You got no project in this round";
    answer_nothing_body = "Abajo tienes el motivo de cada uno. Si se abre otra ronda con lo que queda, podrás presentarte.", "Below is the reason for each. If another round opens over what is left, you may apply in it.";
    answer_wishes = "Lo que pedías, una por una", "What you asked for, one by one";
    answer_granted = "Obtenido", "Granted";
    answer_agreed = "Por un acuerdo anterior, aunque no estaba en tu lista.", "By an agreement made before, though it was not in your list.";
    answer_how = "Cómo se decidió", "How it was decided";
    answer_proof = "Huella de los datos con los que se decidió (SHA-256)", "Fingerprint of the data it was decided with (SHA-256)";
    answer_waits = "La adjudicación de esta ronda aún no se ha publicado.", "The allocation of this round has not been published yet.";
    answer_see_assignment = "Ver mi asignación", "See my assignment";
}

phrases! {
    /// Which of the wishes it is.
    answer_rank(rank: usize) = format!("Era tu opción {rank}."), format!("It was your choice {rank}.");
    /// With whom.
    answer_team(names: &str) = format!("Con tu equipo: {names}."), format!("With your team: {names}.");
    /// By which method, when.
    answer_method(method: &str, when: &str, seed: i64) = format!("Método: {method}. Publicada el {when}. Semilla del sorteo: {seed}."), format!("Method: {method}. Published on {when}. Seed of the lottery: {seed}.");
}
