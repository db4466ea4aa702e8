//! What the checks need to know of the database, loaded in a few questions
//! whatever the number of rows.

use super::fold::{fold, name_key};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text};
use gestfg_types::master::DegreeRules;
use std::collections::HashMap;

/// Whether what is read is about to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only to look.
    Read,
    /// Locked until the transaction ends.
    Lock,
}

impl Access {
    fn clause(self, table: &str) -> String {
        match self {
            Self::Read => String::new(),
            Self::Lock => format!(" FOR UPDATE OF {table}"),
        }
    }
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $sql:ty => $rust:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, QueryableByName, serde::Serialize)]
        pub struct $name { $($(#[$fdoc])* #[diesel(sql_type = $sql)] pub $field: $rust,)+ }
    };
}

row! {
    /// An area.
    AreaFact {
        /// Its id.
        id: BigInt => i64,
        /// Its name.
        name: Text => String,
    }
}

row! {
    /// A department.
    DepartmentFact {
        /// Its id.
        id: BigInt => i64,
        /// Its code.
        code: Text => String,
        /// Its name.
        name: Text => String,
        /// Its area.
        area_id: BigInt => i64,
        /// Who heads it.
        head_id: Nullable<BigInt> => Option<i64>,
        /// Whether it is offered for choice.
        is_active: Bool => bool,
        /// Grows with every edit.
        version: Integer => i32,
    }
}

row! {
    /// A degree.
    DegreeFact {
        /// Its id.
        id: BigInt => i64,
        /// Its code.
        code: Text => String,
        /// Its name.
        name: Text => String,
        /// `bachelor` or `master`.
        level: Text => String,
        /// Whether it is offered for choice.
        is_active: Bool => bool,
        /// Grows with every edit.
        version: Integer => i32,
        /// Whether it has projects.
        has_projects: Bool => bool,
    }
}

row! {
    /// An account and the roles it has.
    PersonFact {
        /// Its id.
        id: BigInt => i64,
        /// Address.
        email: Nullable<Text> => Option<String>,
        /// DNI/NIE.
        dni: Nullable<Text> => Option<String>,
        /// Given name.
        first_name: Text => String,
        /// Family names.
        last_name: Text => String,
        /// Whether it may log in.
        is_active: Bool => bool,
        /// Grows with every edit.
        version: Integer => i32,
        /// Department of a professor.
        department_id: Nullable<BigInt> => Option<i64>,
        /// Whether it is a student's.
        is_student: Bool => bool,
        /// Degrees a student is enrolled in.
        degrees: Array<BigInt> => Vec<i64>,
    }
}

row! {
    /// A project that has the title of a row.
    ProjectFact {
        /// Which of the titles asked for.
        place: BigInt => i64,
        /// Its id.
        id: BigInt => i64,
        /// Its degree.
        degree_id: BigInt => i64,
        /// Title.
        title: Text => String,
        /// Kind.
        kind: Text => String,
        /// How many students it takes.
        student_count: SmallInt => i16,
        /// Description.
        description: Text => String,
        /// Prior knowledge.
        prior_knowledge: Text => String,
        /// Hardware and software.
        resources: Text => String,
        /// Tutor.
        tutor_id: BigInt => i64,
        /// Co-tutor.
        cotutor_id: Nullable<BigInt> => Option<i64>,
        /// The tutor's department.
        department_id: BigInt => i64,
        /// State.
        state: Text => String,
        /// Grows with every edit.
        version: Integer => i32,
        /// Students of its active assignment, in order of their ids.
        students: Array<BigInt> => Vec<i64>,
    }
}

/// All areas, by folded name.
///
/// # Errors
/// When the database cannot answer.
pub fn areas(conn: &mut PgConnection) -> QueryResult<HashMap<String, AreaFact>> {
    let rows: Vec<AreaFact> = diesel::sql_query("SELECT id, name FROM areas ORDER BY id").load(conn)?;
    Ok(rows.into_iter().map(|row| (fold(&row.name), row)).collect())
}

/// All departments.
///
/// # Errors
/// When the database cannot answer.
pub fn departments(conn: &mut PgConnection, access: Access) -> QueryResult<Vec<DepartmentFact>> {
    diesel::sql_query(format!(
        "SELECT id, code, name, area_id, head_id, is_active, version FROM departments d ORDER BY id{}",
        access.clause("d")
    ))
    .load(conn)
}

/// All degrees.
///
/// # Errors
/// When the database cannot answer.
pub fn degrees(conn: &mut PgConnection, access: Access) -> QueryResult<Vec<DegreeFact>> {
    diesel::sql_query(format!(
        "SELECT id, code, name, level, is_active, version,
                EXISTS (SELECT 1 FROM projects p WHERE p.degree_id = d.id) AS has_projects
         FROM degrees d ORDER BY id{}",
        access.clause("d")
    ))
    .load(conn)
}

/// The rules of each degree in an academic year.
///
/// # Errors
/// When the database cannot answer.
pub fn rules(conn: &mut PgConnection, year: i16) -> QueryResult<HashMap<i64, DegreeRules>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        degree_id: i64,
        #[diesel(sql_type = Jsonb)]
        rules: serde_json::Value,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT ON (degree_id) degree_id, rules FROM degree_rules
         WHERE academic_year <= $1 ORDER BY degree_id, academic_year DESC",
    )
    .bind::<SmallInt, _>(year)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.degree_id, serde_json::from_value(row.rules).unwrap_or_default()))
        .collect())
}

const PERSON: &str =
    "SELECT u.id, u.email, u.dni, u.first_name, u.last_name, u.is_active, u.version, p.department_id,
        s.user_id IS NOT NULL AS is_student,
        ARRAY(SELECT sd.degree_id FROM student_degrees sd WHERE sd.student_id = u.id ORDER BY 1) AS degrees
     FROM users u LEFT JOIN professors p ON p.user_id = u.id LEFT JOIN students s ON s.user_id = u.id
     WHERE u.anonymised_at IS NULL";

/// The accounts with one of these addresses or DNI/NIE.
///
/// # Errors
/// When the database cannot answer.
pub fn people(
    conn: &mut PgConnection,
    emails: &[String],
    dnis: &[String],
    access: Access,
) -> QueryResult<Vec<PersonFact>> {
    // Two questions, since an OR over two indexes is planned as neither.
    diesel::sql_query(format!(
        "{PERSON} AND u.id IN (SELECT id FROM users WHERE email = ANY($1) UNION SELECT id FROM users WHERE dni = ANY($2))
         ORDER BY u.id{}",
        access.clause("u")
    ))
    .bind::<Array<Text>, _>(emails)
    .bind::<Array<Text>, _>(dnis)
    .load(conn)
}

/// Every professor, or every student, to look names up in.
///
/// # Errors
/// When the database cannot answer.
pub fn everyone(conn: &mut PgConnection, professors: bool) -> QueryResult<Vec<PersonFact>> {
    let role = if professors { "p.user_id IS NOT NULL" } else { "s.user_id IS NOT NULL" };
    diesel::sql_query(format!("{PERSON} AND {role} ORDER BY u.id")).load(conn)
}

/// Projects of a year, not withdrawn, that have one of these titles in their degree.
///
/// # Errors
/// When the database cannot answer.
pub fn projects(
    conn: &mut PgConnection,
    year: i16,
    titles: &[String],
    degrees: &[i64],
    access: Access,
) -> QueryResult<HashMap<usize, ProjectFact>> {
    let rows: Vec<ProjectFact> = diesel::sql_query(format!(
        "SELECT w.place, p.id, p.degree_id, p.title, p.kind, p.student_count, p.description, p.prior_knowledge, p.resources,
                p.tutor_id, p.cotutor_id, t.department_id, p.state, p.version,
                ARRAY(SELECT s.student_id FROM assignment_students s JOIN assignments a ON a.id = s.assignment_id
                      WHERE a.project_id = p.id AND a.is_active ORDER BY 1) AS students
         FROM unnest($1, $2) WITH ORDINALITY AS w(title, degree_id, place)
         JOIN projects p ON p.degree_id = w.degree_id AND p.academic_year = $3 AND p.state <> 'withdrawn'
            AND p.title_key = lower(regexp_replace(w.title, '\\s+', '', 'g'))
         JOIN professors t ON t.user_id = p.tutor_id
         ORDER BY p.id{}",
        access.clause("p")
    ))
    .bind::<Array<Text>, _>(titles)
    .bind::<Array<BigInt>, _>(degrees)
    .bind::<SmallInt, _>(year)
    .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| Some((usize::try_from(row.place - 1).ok()?, row))).collect())
}

/// The projects these students are actively assigned to, with its level.
///
/// # Errors
/// When the database cannot answer.
pub fn active_projects(
    conn: &mut PgConnection,
    students: &[i64],
) -> QueryResult<HashMap<(i64, String), (i64, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        student_id: i64,
        #[diesel(sql_type = Text)]
        level: String,
        #[diesel(sql_type = BigInt)]
        project_id: i64,
        #[diesel(sql_type = Text)]
        title: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT s.student_id, s.level, a.project_id, p.title FROM assignment_students s
         JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id
         WHERE s.student_id = ANY($1) AND s.is_active",
    )
    .bind::<Array<BigInt>, _>(students)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| ((row.student_id, row.level), (row.project_id, row.title))).collect())
}

/// Something with a code and a name, looked up by either.
#[derive(Debug)]
pub struct Lookup<T> {
    items: Vec<T>,
    codes: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
}

impl<T> Lookup<T> {
    /// By the folded code and name of each.
    pub fn new(items: Vec<T>, keys: impl Fn(&T) -> (&str, &str)) -> Self {
        let (mut codes, mut names) = (HashMap::new(), HashMap::<String, Vec<usize>>::new());
        for (place, item) in items.iter().enumerate() {
            let (code, name) = keys(item);
            codes.insert(fold(code), place);
            names.entry(name_key(name)).or_default().push(place);
        }
        Self { items, codes, names }
    }

    /// The one with this code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&T> {
        self.items.get(*self.codes.get(&fold(code))?)
    }

    /// The one with this code or, if only one has it, this name.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&T> {
        self.by_code(text).or_else(|| match self.names.get(&name_key(text)).map(Vec::as_slice) {
            Some([only]) => self.items.get(*only),
            _ => None,
        })
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[T] {
        &self.items
    }
}
