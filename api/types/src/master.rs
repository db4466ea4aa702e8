//! Master data: areas, departments, degrees and sittings.

use crate::documents::DocumentRule;
use crate::ids::{AreaId, DegreeId, DepartmentId, SittingId, UserId};
use crate::users::PersonRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What may be done with a piece of master data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MasterAction {
    /// Change it or (de)activate it.
    Edit,
    /// Remove it; refused with what uses it while it is in use.
    Delete,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<MasterAction>,
}

/// Make an area.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateArea {
    /// Its name, unique ignoring case and accents.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

/// Change an area.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateArea {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Whether it is offered for choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// An area named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AreaRef {
    /// Its id.
    pub id: AreaId,
    /// Its name.
    pub name: String,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its code, e.g. `LSI`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The area it counts with.
    pub area: AreaRef,
    /// Who heads it.
    pub head: Option<PersonRef>,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<MasterAction>,
}

/// Make a department.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDepartment {
    /// Its code, unique ignoring case.
    #[schema(min_length = 1, max_length = 20)]
    pub code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The area it counts with.
    pub area_id: AreaId,
}

/// Change a department.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateDepartment {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20)]
    pub code: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// The area it counts with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<AreaId>,
    /// Who heads it: one of its professors; null for nobody.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub head_id: Option<Option<UserId>>,
    /// Whether it is offered for choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// Bachelor or master.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Grado: its projects are TFG.
    Bachelor,
    /// Máster: its projects are TFM.
    Master,
}

/// Rules of a degree that differ between schools. A past academic year keeps
/// the rules it ran under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DegreeRules {
    /// The most students one project may take (1 to 3).
    #[schema(minimum = 1, maximum = 3)]
    pub max_students_per_project: u8,
    /// Whether a submitted project must be validated by someone else before it
    /// is published.
    pub requires_validation: bool,
    /// Kinds a project may have, e.g. T1 to T4; empty: free text.
    #[schema(max_items = 50)]
    pub project_kinds: Vec<String>,
    /// Whether visitors see the names of tutors in the catalogue.
    pub tutors_public: bool,
    /// The documents asked for before a defence, in order.
    #[schema(max_items = 20)]
    pub documents: Vec<DocumentRule>,
}

impl Default for DegreeRules {
    fn default() -> Self {
        Self {
            max_students_per_project: 3,
            requires_validation: true,
            project_kinds: Vec::new(),
            tutors_public: true,
            documents: DocumentRule::usual(),
        }
    }
}

/// A degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Degree {
    /// Its id.
    pub id: DegreeId,
    /// Its code, e.g. `GII`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Bachelor or master.
    pub level: Level,
    /// Professors with duties over it.
    pub coordinators: Vec<PersonRef>,
    /// The rules of the present academic year.
    pub rules: DegreeRules,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<MasterAction>,
}

/// Make a degree.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDegree {
    /// Its code, unique ignoring case.
    #[schema(min_length = 1, max_length = 20)]
    pub code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Bachelor or master.
    pub level: Level,
}

/// Change a degree. A coordinator may change only `rules`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateDegree {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20)]
    pub code: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Bachelor or master; refused while projects exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Professors with duties over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator_ids: Option<Vec<UserId>>,
    /// The rules from the present academic year on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<DegreeRules>,
    /// Whether it is offered for choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// A sitting of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sitting {
    /// Its id.
    pub id: SittingId,
    /// Its code, e.g. `JUN`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place in the year; lists follow it.
    pub position: i16,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<MasterAction>,
}

/// Make a sitting.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSitting {
    /// Its code, unique ignoring case.
    #[schema(min_length = 1, max_length = 20)]
    pub code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Its place in the year.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100)]
    pub position: i16,
}

/// Change a sitting.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSitting {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20)]
    pub code: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Its place in the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub position: Option<i16>,
    /// Whether it is offered for choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// What everyone may know about this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Configuration {
    /// Domains of students' institutional addresses.
    pub student_domains: Vec<String>,
    /// Domains of professors' institutional addresses.
    pub professor_domains: Vec<String>,
    /// The present academic year, by the year it starts in: 2026 for 2026/27.
    pub academic_year: i16,
    /// Language shown to those who have not chosen one.
    pub default_language: crate::session::Language,
    /// The institution's time zone, in which its days begin and end.
    pub time_zone: crate::time_zone::TimeZoneRules,
    /// Whether this installation holds invented demonstration data.
    pub demo: bool,
}
