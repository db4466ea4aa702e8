//! What a row would do, decided by the checks and done by the commit.

use gestfg_types::imports::{CellProblem, RowOutcome};
use gestfg_types::projects::ProjectState;

/// A row that was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its number in the sheet.
    pub number: u32,
    /// What would happen.
    pub outcome: RowOutcome,
    /// What there is to say.
    pub problems: Vec<CellProblem>,
    /// What to write; nothing for rows with errors or without news.
    pub plan: Plan,
}

/// What to write for one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Nothing.
    Nothing,
    /// A department.
    Department(DepartmentPlan),
    /// A degree.
    Degree(DegreePlan),
    /// A professor or a student.
    Person(PersonPlan),
    /// A project, perhaps with its students.
    Project(Box<ProjectPlan>),
}

/// An area, there already or to be made by this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AreaPlan {
    /// This one.
    Known(i64),
    /// One to be made, once per name.
    New(String),
}

/// A department to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentPlan {
    /// The one to change.
    pub existing: Option<i64>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its area.
    pub area: AreaPlan,
}

/// A degree to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DegreePlan {
    /// The one to change.
    pub existing: Option<i64>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `bachelor` or `master`.
    pub level: &'static str,
}

/// The role a file of people gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Teaches.
    Professor,
    /// Studies.
    Student,
}

/// An account to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPlan {
    /// The account to change.
    pub existing: Option<i64>,
    /// Which role.
    pub role: Role,
    /// Address after the import.
    pub email: Option<String>,
    /// DNI/NIE after the import.
    pub dni: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// Department of a professor.
    pub department: Option<i64>,
    /// Degree a student is to be enrolled in, when they are not yet.
    pub enrol: Option<i64>,
    /// Whether to mail a link that sets the first password.
    pub invite: bool,
}

/// A project to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPlan {
    /// The one to change.
    pub existing: Option<i64>,
    /// Its degree.
    pub degree: i64,
    /// The degree's level.
    pub level: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// How many students it takes.
    pub student_count: i16,
    /// Description.
    pub description: String,
    /// Prior knowledge.
    pub prior_knowledge: String,
    /// Hardware and software.
    pub resources: String,
    /// Tutor.
    pub tutor: i64,
    /// Co-tutor.
    pub cotutor: Option<i64>,
    /// The state it will be in.
    pub state: ProjectState,
    /// Students to assign it to.
    pub students: Vec<StudentPlan>,
    /// Whether to assign it to them; no, when it is already.
    pub assign: bool,
}

/// A student of a project that comes assigned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StudentPlan {
    /// This account.
    Known(i64),
    /// An account to be made for an institutional address.
    New {
        /// The address.
        email: String,
        /// Given name.
        first_name: String,
        /// Family names.
        last_name: String,
    },
}
