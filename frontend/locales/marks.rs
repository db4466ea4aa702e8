//! Rubrics, marks, claims and minutes.

use gestfg_types::grading::{Agreement, Band, DayKind, HonoursRule};
use gestfg_types::marks::SheetState;
use gestfg_types::minutes::{ClaimState, MinutesState};
use gestfg_types::rubrics::RubricRole;

labels! {
    /// What a final mark is called.
    mark_band(Band) {
        Band::NotPresented = "No presentado", "Not presented";
        Band::Fail = "Suspenso", "Fail";
        Band::Pass = "Aprobado", "Pass";
        Band::Good = "Notable", "Good";
        Band::Excellent = "Sobresaliente", "Excellent";
    }

    /// How the members of a committee come to one mark.
    mark_agreement(Agreement) {
        Agreement::Mean = "La media de las notas de sus miembros", "The mean of its members' marks";
        Agreement::Median = "La mediana de las notas de sus miembros", "The median of its members' marks";
        Agreement::President = "La dice quien preside", "The president says it";
    }

    /// Which days of the claim window count.
    mark_day_kind(DayKind) {
        DayKind::Natural = "Días naturales", "All days";
        DayKind::Working = "Días laborables", "Working days";
    }

    /// How many honours there are.
    mark_honours_rule(HonoursRule) {
        HonoursRule::Share = "Un porcentaje de los matriculados", "A share of the enrolled";
        HonoursRule::Unlimited = "Sin límite", "No limit";
        HonoursRule::None = "Ninguna", "None";
    }

    /// How far a sheet is.
    sheet_state(SheetState) {
        SheetState::Draft = "En borrador", "Draft";
        SheetState::HandedIn = "Entregada", "Handed in";
    }

    /// How minutes stand.
    minutes_state(MinutesState) {
        MinutesState::Provisional = "Notas provisionales", "Provisional marks";
        MinutesState::Closed = "Acta cerrada", "Closed";
        MinutesState::Reopened = "Reabierta", "Opened again";
    }

    /// How a claim stands.
    mark_claim_state(ClaimState) {
        ClaimState::Open = "Pendiente de respuesta", "Waits for an answer";
        ClaimState::Upheld = "Estimada", "Upheld";
        ClaimState::Rejected = "Desestimada", "Rejected";
    }

    /// Whose rubric it is.
    rubric_role(RubricRole) {
        RubricRole::Tutor = "Informe del tutor", "Tutor report";
        RubricRole::Committee = "Comisión de evaluación", "Committee";
    }
}

texts! {
    route_marking = "Calificar", "Marking";
    route_defence_marks = "Calificación", "Marks";
    route_call_grading = "Notas y acta", "Marks and minutes";
    route_my_marks = "Mis notas", "My marks";
    route_verification = "Comprobar un acta", "Check minutes";
    route_grading_settings = "Cómo se califica", "How it is marked";

    // What one has to mark.
    marking_lead = "Los informes y las defensas que te toca calificar. Lo que escribes se guarda solo.", "The reports and defences you mark. What you write is saved by itself.";
    marking_empty = "No tienes nada que calificar", "You have nothing to mark";
    marking_empty_body = "Aquí aparecerán los trabajos que tutorizas cuando se presenten a una convocatoria, y las defensas de tus comisiones.", "The projects you tutor will show here once they are entered in a call, and the defences of your committees.";
    marking_todo = "Pendiente", "To do";
    marking_done = "Entregado", "Handed in";
    marking_begin = "Calificar", "Mark";
    marking_go_on = "Seguir", "Go on";
    marking_look = "Ver", "Look";

    // The marks of a defence.
    sheet_report = "Informe del tutor", "Tutor report";
    sheet_mine = "Mis notas", "My marks";
    sheet_mark = "Nota (0 a 10)", "Mark (0 to 10)";
    sheet_mark_wrong = "De 0 a 10, con un decimal como mucho.", "From 0 to 10, with one decimal at most.";
    sheet_remark = "Comentario (opcional)", "Remark (optional)";
    sheet_remarks_report = "Valoración del tutor", "The tutor's words";
    sheet_remarks_report_help = "La lee la comisión al entregarla, y tu estudiante cuando se cierre el acta.", "Read by the committee once handed in, and by your student once the minutes are closed.";
    sheet_remarks_committee = "Observaciones para la comisión", "Remarks for the committee";
    sheet_remarks_committee_help = "No las lee el estudiante.", "Not read by the student.";
    sheet_total = "Nota con estos pesos", "Mark by these weights";
    sheet_hand_in = "Entregar y firmar", "Hand in and sign";
    sheet_hand_in_help = "Al entregar, tus notas cuentan. Mientras no se publiquen puedes retirarlas para cambiarlas.", "Once handed in, your marks count. Until they are published you can take them back to change them.";
    sheet_take_back = "Retirar para cambiar", "Take back to change";
    sheet_stale_title = "Estas notas se han cambiado en otra ventana", "These marks were changed in another window";
    sheet_stale_body = "Lo que has escrito aquí no se ha guardado. Elige con qué te quedas.", "What you wrote here was not saved. Choose what to keep.";
    sheet_reason = "Motivo para calificar fuera de plazo", "Why marks are written outside the dates";
    sheet_reason_help = "Queda en el registro de actividad.", "It is kept in the audit log.";
    sheet_nothing = "Todavía sin empezar", "Not begun yet";
    sheet_on_behalf = "Escribir en su nombre", "Write on their behalf";
    sheet_locked = "Ahora no se puede cambiar: está fuera de plazo o las notas están publicadas.", "It cannot be changed now: outside the dates, or the marks are published.";
    sheet_levels = "Niveles", "Levels";
    sheet_handed_in = "Entregado y firmado.", "Handed in and signed.";
    sheet_taken_back = "Puedes volver a cambiarlo.", "You can change it again.";
    marks_members = "Notas de la comisión", "The committee's marks";
    marks_outcome = "Resultado", "Outcome";
    marks_tutor = "Tutor", "Tutor";
    marks_committee = "Comisión", "Committee";
    marks_final = "Nota final", "Final mark";
    marks_not_yet = "Aún no", "Not yet";
    marks_agreed = "Nota de la comisión", "The committee's mark";
    marks_agreed_body = "En esta titulación la dice quien preside, a la vista de las de todos.", "In this degree the president says it, with everybody's at hand.";
    marks_agreed_remarks = "Observaciones", "Remarks";
    marks_when = "Defensa", "Defence";
    rubric_role_column = "Como", "As";
    marks_came = "¿Se ha presentado?", "Did they come?";
    marks_held = "Se ha presentado", "They came";
    marks_not_presented = "No se ha presentado", "They did not come";

    // The marks and minutes of a call.
    grading_lead = "De las notas de cada comisión al acta: publicar, atender reclamaciones, cerrar.", "From each committee's marks to the minutes: publish, answer claims, close.";
    grading_missing = "Falta para publicar", "Missing before publication";
    grading_missing_close = "Falta para cerrar", "Missing before closing";
    grading_missing_other = "Hay otra cosa pendiente.", "Something else is missing.";
    grading_missing_decide = "Decide quién recibe matrícula de honor.", "Decide who gets honours.";
    grading_nothing_missing = "No falta nada: se pueden publicar.", "Nothing is missing: they can be published.";
    grading_publish = "Publicar las notas provisionales", "Publish provisional marks";
    grading_publish_body = "Cada estudiante verá su nota y podrá reclamar hasta que acabe el plazo. Desde ese momento nadie cambia notas, salvo por una reclamación.", "Each student will see their mark and can claim until the window ends. From then on nobody changes marks but for a claim.";
    grading_published = "Notas publicadas.", "Marks published.";
    grading_no_window = "Sin plazo de reclamación", "No claim window";
    grading_students = "Estudiantes", "Students";
    grading_position = "N.º", "No.";
    grading_band = "Calificación", "Grade";
    grading_student = "Estudiante", "Student";
    grading_nobody = "Nadie se ha presentado a esta convocatoria.", "Nobody is entered in this call.";
    grading_honours = "Matrículas de honor", "Honours";
    grading_honours_tied = "Hay empate en las últimas: elige quién la recibe.", "There is a tie at the end: choose who gets them.";
    grading_honours_none = "Nadie llega a la nota que piden.", "Nobody has the mark they ask for.";
    grading_honours_title = "Matrícula de honor", "Honours";
    grading_claims = "Reclamaciones", "Claims";
    grading_claims_none = "No hay reclamaciones.", "There are no claims.";
    claim_answer = "Responder", "Answer";
    claim_answer_label = "Respuesta", "Answer";
    claim_uphold = "Estimar: la comisión ya ha cambiado la nota, o se le da la razón", "Uphold: the committee has changed the mark, or the student is right";
    claim_outcome = "Resolución", "Decision";
    claim_answer_body = "Si la reclamación tiene razón, la comisión cambia antes sus notas (mientras esté abierta puede hacerlo) y después se responde.", "If the claim is right, the committee changes its marks first (it can while the claim is open) and then it is answered.";
    claim_answered = "Respuesta enviada.", "Answer sent.";
    claim_marks = "Ver sus notas", "See its marks";
    minutes_close = "Cerrar el acta", "Close the minutes";
    minutes_close_body = "Las notas pasan a ser definitivas y quedan congeladas; el acta recibe su número y su código de verificación. Reabrirla exige un motivo.", "Marks become definitive and are frozen; the minutes get their number and their verification code. Opening them again needs a reason.";
    minutes_close_reason = "Motivo para cerrar antes de que acabe el plazo", "Why they are closed before the window ends";
    minutes_closed_done = "Acta cerrada.", "Minutes closed.";
    minutes_reopen = "Reabrir", "Open again";
    minutes_reopen_body = "El acta deja de estar en vigor y las notas se pueden cambiar. Publicarlas y cerrarlas de nuevo hace otra edición; esta se conserva. El motivo se comunica a todas las personas afectadas.", "The minutes are no longer in force and marks can be changed. Publishing and closing again makes another edition; this one is kept. The reason is told to everybody concerned.";
    minutes_reopen_reason = "Motivo", "Reason";
    minutes_reopened_done = "Acta reabierta.", "Minutes opened again.";
    minutes_pdf = "Acta en PDF", "Minutes as PDF";
    minutes_pdf_provisional = "Notas en PDF", "Marks as PDF";
    minutes_code = "Código de verificación", "Verification code";
    minutes_editions = "Ediciones", "Editions";
    minutes_edition = "Edición", "Edition";

    // One's own marks.
    my_marks_lead = "Las notas publicadas de tus trabajos, y cómo reclamar.", "The published marks of your projects, and how to claim.";
    my_marks_empty = "Todavía no hay notas publicadas", "No marks are published yet";
    my_marks_empty_body = "Cuando se publiquen las de tu convocatoria recibirás un aviso y las verás aquí.", "When those of your call are published you will be told, and see them here.";
    my_marks_definitive = "Definitiva", "Definitive";
    my_marks_provisional = "Provisional", "Provisional";
    my_marks_claim = "Reclamar", "Claim";
    my_marks_claim_title = "Reclamar contra la nota", "Claim against the mark";
    my_marks_claim_body = "La leen la comisión y la coordinación, que te responderán. Solo puedes reclamar una vez.", "It is read by the committee and the coordinators, who will answer. You can claim only once.";
    my_marks_claim_text = "Qué reclamas y por qué", "What you claim, and why";
    my_marks_claimed = "Reclamación enviada.", "Claim sent.";
    my_marks_my_claim = "Tu reclamación", "Your claim";
    my_marks_answer = "Respuesta", "Answer";
    my_marks_report = "Informe del tutor", "Tutor report";

    // Verification.
    verification_lead = "Escribe el código que figura en el acta para saber si es auténtica y si está en vigor.", "Type the code printed on the minutes to know whether they are authentic and in force.";
    verification_check = "Comprobar", "Check";
    verification_unknown = "Ningún acta tiene ese código.", "No minutes have that code.";
    verification_right = "Acta auténtica y en vigor", "Authentic, and in force";
    verification_replaced = "Acta auténtica, pero ya no está en vigor: se reabrió después", "Authentic, but no longer in force: they were opened again later";
    verification_broken = "Lo guardado no coincide con lo que se cerró", "What is stored is not what was closed";
    verification_number = "Número de acta", "Number";
    verification_call = "Convocatoria", "Call";
    verification_closed = "Cierre", "Closed";
    verification_students = "Estudiantes", "Students";

    // Rubrics and rules.
    rubrics_lead = "Las rúbricas de tutores y comisiones, y cómo salen de ellas las notas finales.", "The rubrics of tutors and committees, and how final marks are made of them.";
    rubric_name = "Nombre de la rúbrica", "Name of the rubric";
    rubric_criterion = "Criterio", "Criterion";
    rubric_description = "Qué comprende", "What it comprises";
    rubric_weight = "Peso (%)", "Weight (%)";
    rubric_levels = "Niveles, uno por línea: desde qué nota y qué significa", "Levels, one a line: from which mark on, and what it means";
    rubric_levels_help = "Por ejemplo: «5 Suficiente, con carencias».", "For example: “5 Sufficient, with gaps”.";
    rubric_add = "Añadir criterio", "Add a criterion";
    rubric_remove = "Quitar este criterio", "Remove this criterion";
    rubric_up = "Subir", "Move up";
    rubric_down = "Bajar", "Move down";
    rubric_save = "Guardar como versión nueva", "Save as a new version";
    rubric_saved = "Rúbrica guardada. Vale para lo que aún no ha empezado a calificarse.", "Rubric saved. It holds for whatever is not being marked yet.";
    rubric_kept = "Las convocatorias que ya se están calificando, y las notas pasadas, conservan su versión.", "Calls that are being marked already, and past marks, keep their version.";
    rubric_levels_wrong = "Cada línea empieza por una nota de 0 a 10, de menor a mayor.", "Each line begins with a mark from 0 to 10, in ascending order.";
    grading_tutor_weight = "Peso del tutor (%)", "Tutor's share (%)";
    grading_agreement = "Nota de la comisión", "The committee's mark";
    grading_pass_mark = "Nota para aprobar", "Mark that passes";
    grading_claim_days = "Días para reclamar", "Days to claim";
    grading_day_kind = "Qué días cuentan", "Which days count";
    grading_holidays = "Festivos, uno por línea (AAAA-MM-DD)", "Holidays, one a line (YYYY-MM-DD)";
    grading_honours_rule = "Matrículas de honor", "Honours";
    grading_honours_percent = "Porcentaje de los matriculados", "Share of the enrolled (%)";
    grading_honours_small = "Con menos matriculados que estos hay una", "With fewer enrolled there is one";
    grading_honours_mark = "Nota mínima para matrícula", "Lowest mark for honours";
    grading_enrolled = "Matriculados en el curso", "Enrolled in the year";
    grading_enrolled_help = "En blanco: quienes tienen un trabajo de ese curso o se han presentado en él.", "Left blank: who has a project of the year or was entered in it.";
    grading_settings_title = "Notas finales", "Final marks";
    grading_default = "Nadie las ha escrito aún para esta titulación: son las habituales.", "Nobody has written them for this degree yet: these are the usual ones.";
}

phrases! {
    /// What is owed of a criterion.
    criterion_weight(weight: i16) = format!("{weight} %"), format!("{weight} %");
    /// Which committee.
    marks_committee_number(number: i16) = format!("Comisión {number}"), format!("Committee {number}");
    /// How many sheets wait.
    marking_count(count: usize) = format!("{count} por entregar"), format!("{count} to hand in");
    /// How many criteria have a mark.
    sheet_progress(done: usize, all: usize) = format!("{done} de {all} criterios"), format!("{done} of {all} criteria");
    /// From a mark on.
    level_from(mark: &str) = format!("Desde {mark}"), format!("From {mark}");
    /// The student has no defence.
    missing_defence(student: &str) = format!("{student} no tiene defensa."), format!("{student} has no defence.");
    /// Nobody has said whether they came.
    missing_outcome(student: &str) = format!("No consta si {student} se presentó."), format!("Nobody has said whether {student} came.");
    /// The tutor owes the report.
    missing_report(professor: &str, student: &str) = format!("{professor} no ha entregado el informe de {student}."), format!("{professor} has not handed in the report on {student}.");
    /// A member owes marks.
    missing_marks(professor: &str, student: &str) = format!("{professor} no ha entregado sus notas de {student}."), format!("{professor} has not handed in marks for {student}.");
    /// The president owes a word.
    missing_agreed(professor: &str, student: &str) = format!("{professor} no ha dicho la nota de la comisión de {student}."), format!("{professor} has not said the committee's mark for {student}.");
    /// A claim waits.
    missing_answer(student: &str) = format!("La reclamación de {student} espera respuesta."), format!("The claim of {student} waits for an answer.");
    /// How the final mark is made.
    grading_weights(tutor: i16) = format!("Tutor {tutor} %, comisión {} %", 100 - tutor), format!("Tutor {tutor} %, committee {} %", 100 - tutor);
    /// How many honours there are and are left.
    grading_quota(quota: i64, given: i64, enrolled: i64) = format!("{quota} en el curso ({enrolled} matriculados); {given} ya dadas en otras convocatorias."), format!("{quota} in the year ({enrolled} enrolled); {given} given in other calls.");
    /// How many can be chosen.
    grading_places(places: i64) = format!("Quedan {places}."), format!("{places} left.");
    /// Until when one can claim.
    claims_until(when: &str) = format!("Se puede reclamar hasta el {when}"), format!("Claims until {when}");
    /// The window is over.
    claims_over(when: &str) = format!("El plazo de reclamación acabó el {when}"), format!("The claim window ended on {when}");
    /// The number of minutes.
    minutes_number(number: i32) = format!("Acta n.º {number}"), format!("Minutes no. {number}");
    /// When they were closed and by whom.
    minutes_closed_on(when: &str, by: &str) = format!("Cerrada el {when} por {by}"), format!("Closed on {when} by {by}");
    /// The version of a rubric.
    rubric_version(version: i32) = format!("Versión {version}"), format!("Version {version}");
    /// What the weights add to.
    rubric_sum(sum: i32) = format!("Los pesos suman {sum} de 100."), format!("The weights add to {sum} of 100.");
    /// Mark before a claim and after.
    claim_from_to(before: &str, after: &str) = format!("Nota: {before} → {after}"), format!("Mark: {before} → {after}");
    /// The mark claimed against.
    claim_against(mark: &str) = format!("Nota reclamada: {mark}"), format!("Mark claimed against: {mark}");
    /// A criterion in the editor.
    rubric_criterion_number(number: usize) = format!("Criterio {number}"), format!("Criterion {number}");
}

impl crate::i18n::Texts {
    /// A decimal as people of the language write it.
    #[must_use]
    pub fn decimal(self, text: &str) -> String {
        match self.language() {
            gestfg_types::session::Language::Es => text.replace('.', ","),
            gestfg_types::session::Language::En => text.to_owned(),
        }
    }
}
