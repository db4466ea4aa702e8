//! Rubrics worth beginning with.

use super::people::Faculty;
use crate::models::rubric;
use diesel::prelude::*;
use gestfg_types::ids::DegreeId;
use gestfg_types::mark::Mark;
use gestfg_types::rubrics::{Criterion, RubricLevel, RubricRole, WriteRubric};

/// Criterion, what it comprises, weight.
type Preset = (&'static str, &'static str, i16);

const TUTOR: &[Preset] = &[
    ("Trabajo continuado", "Constancia, cumplimiento de los plazos y reuniones preparadas.", 30),
    ("Autonomía e iniciativa", "Decide con criterio, busca soluciones y sabe cuándo preguntar.", 30),
    ("Calidad del resultado", "El producto o el estudio cumple lo que se propuso.", 25),
    ("Memoria", "Escrita con claridad y rigor, con sus fuentes.", 15),
];
const COMMITTEE: &[Preset] = &[
    ("Memoria", "Estructura, claridad, corrección y bibliografía.", 30),
    ("Contenido técnico", "Dificultad, método y calidad de la solución.", 35),
    ("Exposición", "Orden, tiempo y uso de los medios.", 20),
    ("Respuestas", "Comprende las preguntas y las responde con solvencia.", 15),
];
const LEVELS: [(i16, &str); 4] = [
    (0, "Insuficiente: no alcanza lo que se espera de un trabajo de fin de estudios."),
    (50, "Suficiente, con carencias que se notan."),
    (70, "Bien: cumple lo que se espera, con detalles que mejorar."),
    (90, "Excelente: destaca entre los trabajos del curso."),
];

/// They take the place of the one criterion every degree begins with.
pub(super) fn fill(conn: &mut PgConnection, faculty: &Faculty) -> QueryResult<()> {
    for (degree, _) in &faculty.degrees {
        for (role, criteria) in [(RubricRole::Tutor, TUTOR), (RubricRole::Committee, COMMITTEE)] {
            rubric::create(conn, DegreeId(*degree), role, 2, &preset(role, criteria))?;
        }
    }
    Ok(())
}

fn preset(role: RubricRole, criteria: &[Preset]) -> WriteRubric {
    let levels = LEVELS.iter().filter_map(|(tenths, text)| {
        Some(RubricLevel { from: Mark::of_tenths(*tenths)?, description: (*text).to_owned() })
    });
    let levels: Vec<_> = levels.collect();
    let name = if role == RubricRole::Tutor { "Informe del tutor" } else { "Comisión de evaluación" };
    let criteria = criteria.iter().map(|(name, description, weight)| Criterion {
        name: (*name).to_owned(),
        description: (*description).to_owned(),
        weight: *weight,
        levels: levels.clone(),
    });
    WriteRubric { name: name.to_owned(), criteria: criteria.collect() }
}
