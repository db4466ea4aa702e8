//! The columns an import may have.

use crate::imports::ImportKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field a column can hold. Which ones a kind takes is in
/// [`ImportKind::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// Ordinal number; understood, never stored.
    Number,
    /// Tutor: e-mail, DNI or full name.
    Tutor,
    /// Co-tutor: e-mail, DNI or full name.
    Cotutor,
    /// Kind of project.
    Kind,
    /// Title.
    Title,
    /// How many students.
    StudentCount,
    /// Description.
    Description,
    /// Prior knowledge.
    PriorKnowledge,
    /// Hardware and software.
    Resources,
    /// First student: e-mail or DNI.
    #[serde(rename = "student_1")]
    Student1,
    /// First student's name.
    #[serde(rename = "student_1_name")]
    Student1Name,
    /// Second student.
    #[serde(rename = "student_2")]
    Student2,
    /// Second student's name.
    #[serde(rename = "student_2_name")]
    Student2Name,
    /// Third student.
    #[serde(rename = "student_3")]
    Student3,
    /// Third student's name.
    #[serde(rename = "student_3_name")]
    Student3Name,
    /// Degree, by code or name.
    Degree,
    /// Code.
    Code,
    /// Name.
    Name,
    /// Area, by name.
    Area,
    /// Level: grado/máster, bachelor/master.
    Level,
    /// E-mail address.
    Email,
    /// DNI/NIE.
    Dni,
    /// Given name.
    FirstName,
    /// Family names.
    LastName,
    /// Department, by code or name.
    Department,
}

impl ImportField {
    /// As it travels and is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Tutor => "tutor",
            Self::Cotutor => "cotutor",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::StudentCount => "student_count",
            Self::Description => "description",
            Self::PriorKnowledge => "prior_knowledge",
            Self::Resources => "resources",
            Self::Student1 => "student_1",
            Self::Student1Name => "student_1_name",
            Self::Student2 => "student_2",
            Self::Student2Name => "student_2_name",
            Self::Student3 => "student_3",
            Self::Student3Name => "student_3_name",
            Self::Degree => "degree",
            Self::Code => "code",
            Self::Name => "name",
            Self::Area => "area",
            Self::Level => "level",
            Self::Email => "email",
            Self::Dni => "dni",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Department => "department",
        }
    }
}

impl ImportKind {
    /// The fields of this kind, in the order of its template.
    #[must_use]
    pub const fn fields(self) -> &'static [ImportField] {
        use ImportField as F;
        match self {
            Self::Projects => &[
                F::Number,
                F::Tutor,
                F::Cotutor,
                F::Kind,
                F::Title,
                F::StudentCount,
                F::Description,
                F::PriorKnowledge,
                F::Resources,
                F::Degree,
            ],
            Self::PreassignedProjects => &[
                F::Number,
                F::Tutor,
                F::Cotutor,
                F::Kind,
                F::Title,
                F::StudentCount,
                F::Student1,
                F::Student1Name,
                F::Student2,
                F::Student2Name,
                F::Student3,
                F::Student3Name,
                F::Description,
                F::PriorKnowledge,
                F::Resources,
                F::Degree,
            ],
            Self::Departments => &[F::Code, F::Name, F::Area],
            Self::Degrees => &[F::Code, F::Name, F::Level],
            Self::Professors => &[F::Email, F::Dni, F::FirstName, F::LastName, F::Department],
            Self::Students => &[F::Email, F::Dni, F::FirstName, F::LastName, F::Degree],
        }
    }

    /// The fields without which no row can be valid.
    #[must_use]
    pub const fn required_fields(self) -> &'static [ImportField] {
        use ImportField as F;
        match self {
            Self::Projects => &[F::Tutor, F::Title],
            Self::PreassignedProjects => &[F::Tutor, F::Title, F::Student1],
            Self::Departments => &[F::Code, F::Name],
            Self::Degrees => &[F::Code, F::Name, F::Level],
            Self::Professors => &[F::Email, F::FirstName, F::LastName, F::Department],
            Self::Students => &[F::FirstName, F::LastName],
        }
    }
}
