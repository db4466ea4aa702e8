//! Which field a header means.

use super::fold::header_words;
use gestfg_types::imports::{ImportField, ImportKind};
use std::sync::LazyLock;

/// How a header was understood; the better one wins a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// Each word is the beginning of the one meant.
    Abbreviated,
    /// Word for word.
    Exact,
}

/// Headers of each field, folded, without the words that say nothing.
fn phrases(kind: ImportKind, field: ImportField) -> Vec<String> {
    use ImportField as F;
    let fixed: &[&str] = match field {
        F::Number => &["num", "numero", "no", "n", "number", "orden", "no orden", "id"],
        F::Tutor => &[
            "tutor",
            "tutora",
            "tutor 1",
            "tutor principal",
            "profesor",
            "profesora",
            "profesor tutor",
            "director",
            "directora",
            "supervisor",
            "email tutor",
            "e mail tutor",
            "correo tutor",
            "tutor email",
            "nombre tutor",
        ],
        F::Cotutor => &[
            "cotutor",
            "cotutora",
            "co tutor",
            "co tutora",
            "tutor 2",
            "segundo tutor",
            "codirector",
            "codirectora",
            "cosupervisor",
            "co supervisor",
            "email cotutor",
            "correo cotutor",
            "cotutor email",
            "nombre cotutor",
        ],
        F::Kind => &["tipo", "tipologia", "modalidad", "kind", "type"],
        F::Title => &["titulo", "title", "tema"],
        F::StudentCount => &[
            "no alumnos",
            "n alumnos",
            "num alumnos",
            "numero alumnos",
            "alumnos",
            "no estudiantes",
            "n estudiantes",
            "num estudiantes",
            "numero estudiantes",
            "estudiantes",
            "plazas",
            "no plazas",
            "student count",
            "students",
            "number students",
            "max alumnos",
            "maximo alumnos",
        ],
        F::Description => {
            &["descripcion", "description", "resumen", "descripcion breve", "breve descripcion", "abstract"]
        }
        F::PriorKnowledge => &[
            "conocimientos previos",
            "conocimiento previo",
            "prior knowledge",
            "requisitos",
            "requisitos previos",
            "prerrequisitos",
            "conocimientos",
            "prerequisites",
        ],
        F::Resources => &[
            "hardware software",
            "software hardware",
            "hw sw",
            "recursos",
            "resources",
            "medios",
            "material",
            "recursos hardware software",
            "hardware software necesario",
            "recursos necesarios",
        ],
        F::Degree => &[
            "titulacion",
            "degree",
            "grado",
            "estudios",
            "carrera",
            "plan estudios",
            "codigo titulacion",
            "titulaciones",
            "degree code",
            "grado master",
        ],
        F::Code => &["codigo", "code", "cod", "siglas", "acronimo", "abreviatura"],
        F::Name if kind == ImportKind::Departments => {
            &["nombre", "name", "denominacion", "departamento", "department", "nombre departamento"]
        }
        F::Name => &["nombre", "name", "denominacion", "titulacion", "degree", "nombre titulacion"],
        F::Area => &["area", "area conocimiento", "nombre area", "area name"],
        F::Level => &["nivel", "level", "tipo", "grado master", "tipo estudios"],
        F::Email => &[
            "email",
            "e mail",
            "mail",
            "correo",
            "correo electronico",
            "correo e",
            "email address",
            "direccion correo",
            "correo institucional",
            "email institucional",
        ],
        F::Dni => &[
            "dni",
            "nif",
            "nie",
            "dni nie",
            "dni nif",
            "nif nie",
            "documento",
            "dni pasaporte",
            "national id",
        ],
        F::FirstName => &["nombre", "first name", "name", "given name", "nombres"],
        F::LastName => &["apellidos", "apellido", "last name", "surname", "family name", "last names"],
        F::Department => {
            &["departamento", "department", "dpto", "depto", "dept", "dep", "codigo departamento"]
        }
        F::Student1 | F::Student2 | F::Student3 | F::Student1Name | F::Student2Name | F::Student3Name => {
            return student_phrases(field);
        }
    };
    fixed.iter().map(|phrase| (*phrase).to_owned()).collect()
}

fn student_phrases(field: ImportField) -> Vec<String> {
    use ImportField as F;
    let (number, ordinal, is_name) = match field {
        F::Student1 => ("1", "primer", false),
        F::Student2 => ("2", "segundo", false),
        F::Student3 => ("3", "tercer", false),
        F::Student1Name => ("1", "primer", true),
        F::Student2Name => ("2", "segundo", true),
        _ => ("3", "tercer", true),
    };
    let mut all = Vec::new();
    for who in ["alumno", "alumna", "estudiante", "student"] {
        let called = [format!("{who} {number}"), format!("{ordinal} {who}")];
        for (place, called) in called.iter().enumerate() {
            if is_name {
                for name in
                    ["nombre", "name", "nombre apellidos", "apellidos nombre", "nombre completo", "full name"]
                {
                    all.push(format!("{name} {called}"));
                    all.push(format!("{called} {name}"));
                }
            } else {
                all.push(called.clone());
                for id in
                    ["email", "e mail", "correo", "dni", "nif", "dni nie", "email dni", "e mail dni", "id"]
                {
                    all.push(format!("{id} {called}"));
                    all.push(format!("{called} {id}"));
                }
            }
            // A lone student needs no number.
            if number == "1" && place == 0 {
                let bare: Vec<String> = all.iter().map(|phrase| phrase.replace(" 1", "")).collect();
                all.extend(bare);
            }
        }
    }
    if is_name {
        all.extend([format!("nombre {number}"), format!("name {number}")]);
    } else {
        all.extend(["dni", "email", "correo"].map(|id| format!("{id} {number}")));
    }
    all
}

type Phrases = Vec<(ImportField, Vec<Vec<String>>)>;

static TABLE: LazyLock<Vec<(ImportKind, Phrases)>> = LazyLock::new(|| {
    let words = |phrase: &String| phrase.split(' ').map(str::to_owned).collect();
    ImportKind::ALL
        .into_iter()
        .map(|kind| {
            let of = |field: &ImportField| (*field, phrases(kind, *field).iter().map(words).collect());
            (kind, kind.fields().iter().map(of).collect())
        })
        .collect()
});

/// The field a header means in a file of this kind; none when it means
/// nothing, or two things equally well.
#[must_use]
pub fn recognise(kind: ImportKind, header: &str) -> Option<(ImportField, Match)> {
    if header.chars().count() > 120 {
        return None;
    }
    let words = header_words(header);
    let joined = words.concat();
    if joined.is_empty() {
        return None;
    }
    let (_, fields) = TABLE.iter().find(|(known, _)| *known == kind)?;
    let exact = fields.iter().find(|(_, phrases)| phrases.iter().any(|phrase| phrase.concat() == joined));
    if let Some((field, _)) = exact {
        return Some((*field, Match::Exact));
    }
    let mut shortened =
        fields.iter().filter(|(_, phrases)| phrases.iter().any(|phrase| shortens(&words, phrase)));
    match (shortened.next(), shortened.next()) {
        (Some((field, _)), None) => Some((*field, Match::Abbreviated)),
        _ => None,
    }
}

/// Whether each word is the beginning of the one in the same place.
fn shortens(words: &[String], phrase: &[String]) -> bool {
    words.len() == phrase.len()
        && words
            .iter()
            .zip(phrase)
            .all(|(word, whole)| word == whole || (word.len() >= 3 && whole.starts_with(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImportField as F;
    use ImportKind as K;

    #[test]
    fn headers_of_real_files_are_recognised() {
        for (kind, header, field) in [
            (K::Projects, "NUM.", F::Number),
            (K::Projects, "Nº", F::Number),
            (K::Projects, "TUTOR", F::Tutor),
            (K::Projects, "Tutor/a (e-mail o nombre completo)", F::Tutor),
            (K::Projects, "COTUTOR", F::Cotutor),
            (K::Projects, "Co-tutor/a", F::Cotutor),
            (K::Projects, "TIPO", F::Kind),
            (K::Projects, "TÍTULO", F::Title),
            (K::Projects, "Titulo del TFG", F::Title),
            (K::Projects, "Nº ALUMNOS", F::StudentCount),
            (K::Projects, "N.º de\nalumnos", F::StudentCount),
            (K::Projects, "NÚM. ALUMN.", F::StudentCount),
            (K::Projects, "DESCRIPCIÓN", F::Description),
            (K::Projects, "DESCRIP.", F::Description),
            (K::Projects, "CONOC. PREV.", F::PriorKnowledge),
            (K::Projects, "Prior knowledge", F::PriorKnowledge),
            (K::Projects, "HARDW./SOFTW.", F::Resources),
            (K::Projects, "TITULACIÓN", F::Degree),
            (K::PreassignedProjects, "ALUMNO 1", F::Student1),
            (K::PreassignedProjects, "Alumno/a", F::Student1),
            (K::PreassignedProjects, "ALUMNO2", F::Student2),
            (K::PreassignedProjects, "DNI/NIE ALUMNO 3", F::Student3),
            (K::PreassignedProjects, "student_2_name", F::Student2Name),
            (K::PreassignedProjects, "Nombre y apellidos alumno 1", F::Student1Name),
            (K::PreassignedProjects, "Nº ALUMNOS", F::StudentCount),
            (K::Departments, "codigo", F::Code),
            (K::Departments, "nombre", F::Name),
            (K::Departments, "ÁREA", F::Area),
            (K::Degrees, "nivel", F::Level),
            (K::Professors, "first_name", F::FirstName),
            (K::Professors, "last_name", F::LastName),
            (K::Professors, "E-mail", F::Email),
            (K::Professors, "Correo electrónico", F::Email),
            (K::Professors, "dpto.", F::Department),
            (K::Students, "N.I.F.", F::Dni),
            (K::Students, "titulacion", F::Degree),
        ] {
            assert_eq!(recognise(kind, header).map(|(field, _)| field), Some(field), "{header}");
        }
    }

    #[test]
    fn what_is_not_ours_is_not_taken() {
        for (kind, header) in [
            (K::Professors, "is_admin"),
            (K::Professors, "password"),
            (K::Students, "rol"),
            (K::Projects, "TIT."),
            (K::Projects, "observaciones"),
            (K::Projects, "…"),
            (K::Projects, ""),
        ] {
            assert_eq!(recognise(kind, header), None, "{header}");
        }
    }

    #[test]
    fn every_field_name_of_the_contract_is_a_header() {
        for kind in K::ALL {
            for field in kind.fields() {
                assert_eq!(recognise(kind, field.as_str()).map(|(found, _)| found), Some(*field), "{kind:?}");
            }
        }
    }
}
