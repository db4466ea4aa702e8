//! The published timetable: committees and defences.

use gestfg_types::defences::DefenceState;

labels! {
    /// How a defence stands.
    defence_state(DefenceState) {
        DefenceState::Planned = "Prevista", "Planned";
        DefenceState::Held = "Celebrada", "Held";
        DefenceState::NotPresented = "No presentado", "Did not attend";
        DefenceState::Cancelled = "Suspendida", "Cancelled";
    }
}

names! {
    /// A seat as the server names it.
    committee_seat {
        "president" = "Presidencia", "President";
        "member_1" = "Vocal 1", "Member 1";
        "member_2" = "Vocal 2", "Member 2";
        "substitute_1" = "Suplente 1", "Substitute 1";
        "substitute_2" = "Suplente 2", "Substitute 2";
        _ = "Puesto", "Seat";
    }
}

texts! {
    route_defences = "Tribunales", "Defences";
    defences_lead = "Cuándo, dónde y ante quién se defiende cada proyecto.", "When, where and before whom each project is defended.";
    defences_none = "Todavía no hay ningún horario publicado", "No timetable was published yet";
    defences_none_body = "Cuando se publiquen las comisiones y las defensas de una convocatoria aparecerán aquí.", "Once the committees and defences of a call are published they will show here.";
    defences_view = "Ordenado por", "Arranged by";
    defences_by_day = "Día", "Day";
    defences_by_room = "Aula", "Room";
    defences_by_committee = "Comisión", "Committee";
    defences_search = "Buscar por persona o título", "Search by person or title";
    defences_day = "Día", "Day";
    defences_room = "Aula", "Room";
    defences_committee = "Comisión", "Committee";
    defences_time = "Hora", "Time";
    defences_student = "Estudiante", "Student";
    defences_project = "Proyecto", "Project";
    defences_tutors = "Tutoría", "Tutors";
    defences_mine = "Solo las mías", "Only mine";
    defences_all = "Todas", "All";
    defences_which = "Cuáles", "Which";
    defences_without_time = "Sin hora todavía", "Without a time yet";
    defences_without_room = "Sin aula todavía", "Without a room yet";
    defences_csv = "CSV", "CSV";
    defences_xlsx = "XLSX", "XLSX";
    defences_ics = "Calendario (ICS)", "Calendar (ICS)";
    defences_published = "Tribunales publicados", "Published defences";
    defences_of_call = "Ver los tribunales", "See the defences";
    defences_see_mine = "Ver todas", "See all";
    defences_my_next = "Mis próximos tribunales", "My next defences";
    defence_edit_title = "Estado y observaciones de la defensa", "State and remarks of the defence";
    defence_remarks = "Observaciones", "Remarks";
    defence_remarks_help = "Las lee todo el mundo.", "Everybody reads them.";
    call_in = "Llamar a un suplente", "Call a substitute in";
    call_in_body = "Se avisará a la comisión y a quienes defienden ante ella. El motivo lo leen la comisión y coordinación.", "The committee and those who defend before it will be told. The reason is read by the committee and the coordinators.";
    call_in_who = "Suplente", "Substitute";
    call_in_for = "En lugar de", "In place of";
    call_in_back = "Nadie: vuelve a ser suplente", "Nobody: back to substitute";
    call_in_done = "Cambio guardado y avisado.", "The change was saved and told.";
    call_in_why = "Motivo", "Reason";
    call_in_impossible = "No puede sustituir ahora", "They cannot step in now";
    defences_pdf = "PDF", "PDF";
    committees_pdf = "Comisiones en PDF", "Committees as PDF";
    committee_ics = "Calendario de esta comisión", "Calendar of this committee";
    committee_people = "Miembros", "Members";
    committee_no_defences = "Sin defensas.", "No defences.";
}

phrases! {
    /// Whom a substitute acts for.
    seat_acts_for(seat: &str) = format!("actúa como {}", seat.to_ascii_lowercase()), format!("acts as {}", seat.to_ascii_lowercase());
    /// Who takes somebody's place.
    seat_replaced_by(name: &str) = format!("le sustituye {name}"), format!("replaced by {name}");
    /// A seat with who has it.
    seat_of(seat: &str, name: &str) = format!("{seat}: {name}"), format!("{seat}: {name}");
    /// The label of a button that edits a defence.
    defence_edit_named(title: &str) = format!("Estado y observaciones de «{title}»"), format!("State and remarks of “{title}”");
    /// The label of a button that calls a substitute in.
    call_in_named(number: i16) = format!("Llamar a un suplente en la comisión {number}"), format!("Call a substitute in for committee {number}");
    /// Why a substitute cannot step in.
    call_in_away(count: usize) = format!("Ha dicho que no puede a la hora de {count} de las defensas pendientes."), format!("They said no to the time of {count} of the defences ahead.");
    /// Why a substitute cannot step in.
    call_in_elsewhere(count: usize) = format!("Está en otra comisión a la hora de {count} de las defensas pendientes."), format!("They sit in another committee at the time of {count} of the defences ahead.");
    /// It was done although it was not wished.
    call_in_if_needed(count: usize) = format!("Cambio guardado y avisado. Ojo: {count} de las defensas caen en horas que ofreció solo si hacía falta."), format!("The change was saved and told. Note: {count} of the defences are in hours they offered only if needed.");
    /// A committee by its number.
    committee_numbered(number: i16) = format!("Comisión {number}"), format!("Committee {number}");
    /// How many defences there are.
    defences_count(count: usize) = match count {
        1 => "1 defensa".to_owned(),
        n => format!("{n} defensas"),
    }, match count {
        1 => "1 defence".to_owned(),
        n => format!("{n} defences"),
    };
}
