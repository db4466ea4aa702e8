//! Statistics, charts, and lists as files.

use gestfg_types::grading::Band;
use gestfg_types::statistics::StatisticsGrouping;

texts! {
    route_statistics = "Estadísticas", "Statistics";
    statistics_lead = "Hasta dónde llegan los proyectos: cuántos se ofertan, se asignan y se defienden.", "How far projects come: how many are offered, assigned and defended.";
    statistics_group_by = "Agrupar por", "Group by";
    statistics_from = "Desde el curso", "From academic year";
    statistics_to = "Hasta el curso", "To academic year";
    statistics_gather = "Reunir los datos ahora", "Gather the figures now";
    statistics_gathered = "Los datos se han reunido de nuevo.", "The figures were gathered anew.";
    statistics_rounded = "Cifras redondeadas a múltiplos de 5 (≈)", "Figures rounded to multiples of 5 (≈)";
    statistics_rounded_body = "Para que nadie pueda reconocer a una persona, cada parte pequeña se redondea antes de sumar, y de los grupos de menos de cinco estudiantes solo se dice cuántos proyectos hay. Quien tiene responsabilidad sobre una titulación o un departamento ve los suyos exactos.", "So that nobody can be recognised, each small part is rounded before it is added up, and of groups of fewer than five students only the projects are counted. Whoever has duties over a degree or a department sees theirs exactly.";
    statistics_empty = "No hay proyectos que contar", "There are no projects to count";
    statistics_empty_body = "Elige otros cursos u otra titulación.", "Choose other years or another degree.";
    statistics_stages = "Hasta dónde llegan los proyectos", "How far projects come";
    statistics_table = "Cifras", "Figures";
    statistics_all = "Total", "All";
    statistics_group = "Grupo", "Group";
    statistics_offered = "Ofertados", "Offered";
    statistics_validated = "Validados", "Validated";
    statistics_published = "Publicados", "Published";
    statistics_assigned = "Asignados", "Assigned";
    statistics_students = "Estudiantes", "Students";
    statistics_entered = "Presentados", "Entered";
    statistics_defended = "Defendidos", "Defended";
    statistics_not_presented = "No presentados", "Not presented";
    statistics_passed = "Aprobados", "Passed";
    statistics_honours = "Matrículas de honor", "Honours";
    statistics_marks = "Calificaciones de las actas cerradas", "Marks of closed minutes";
    statistics_mark = "Calificación", "Mark";
    statistics_days = "Días hasta la defensa (mediana)", "Days to the defence (median)";
    statistics_ranks = "Qué opción obtuvo cada asignación", "Which choice each assignment was";
    statistics_rank = "Opción", "Choice";
    statistics_tutor_loads = "Tutores según sus proyectos asignados", "Tutors by their assigned projects";
    statistics_tutors = "Tutores", "Tutors";
    statistics_seat_loads = "Profesorado según sus puestos en comisiones", "Professors by their seats in committees";
    statistics_professors = "Profesorado", "Professors";
    statistics_seats = "Puestos", "Seats";
    statistics_committee_loads = "Comisiones según sus defensas", "Committees by their defences";
    statistics_committees = "Comisiones", "Committees";
    statistics_defences = "Defensas", "Defences";
    statistics_projects = "Proyectos", "Projects";
    statistics_area = "Área", "Area";
    figure_hidden = "no se muestra", "not shown";
    list_csv = "Exportar CSV", "Export CSV";
    list_xlsx = "Exportar Excel", "Export Excel";
    chart_table = "Ver las cifras", "See the figures";
}

phrases! {
    /// When the figures were gathered.
    statistics_gathered_at(at: &str) = format!("Datos reunidos el {at}."), format!("Figures gathered on {at}.");
    /// What a chart is, read out.
    chart_label(title: &str) = format!("Gráfico: {title}. Las cifras están en la tabla que sigue."), format!("Chart: {title}. The figures are in the table below.");
}

labels! {
    /// What a band of marks is called.
    statistics_band(Band) {
        Band::NotPresented = "No presentado", "Not presented";
        Band::Fail = "Suspenso", "Fail";
        Band::Pass = "Aprobado", "Pass";
        Band::Good = "Notable", "Good";
        Band::Excellent = "Sobresaliente", "Excellent";
    }

    /// What projects are counted by.
    statistics_grouping(StatisticsGrouping) {
        StatisticsGrouping::Year = "Curso", "Academic year";
        StatisticsGrouping::Degree = "Titulación", "Degree";
        StatisticsGrouping::Department = "Departamento", "Department";
        StatisticsGrouping::Area = "Área", "Area";
        StatisticsGrouping::Tutor = "Tutor", "Tutor";
    }
}
