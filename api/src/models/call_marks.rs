//! Everything the final marks of a call are made of, gathered.

use crate::domain::completeness::{Candidate, Judge};
use crate::domain::grading::sheet_mark;
use crate::models::settlement::NOT_PASSED_BEFORE;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{CallId, DefenceId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::rubrics::RubricRole;
use gestfg_types::users::PersonRef;
use std::collections::HashMap;

/// A student of a call, as stored.
#[derive(Debug, Clone, QueryableByName)]
pub struct CandidateRow {
    /// Their defence.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub defence_id: Option<i64>,
    /// How it stands.
    #[diesel(sql_type = Nullable<Text>)]
    pub state: Option<String>,
    /// When it begins.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub starts_at: Option<DateTime<Utc>>,
    /// Before which committee.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub committee_id: Option<i64>,
    /// The committee's number.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub committee_number: Option<i16>,
    /// Who.
    #[diesel(sql_type = BigInt)]
    pub student_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub student_name: String,
    /// Their DNI.
    #[diesel(sql_type = Nullable<Text>)]
    pub student_dni: Option<String>,
    /// Their project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// Its tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// Its co-tutor.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub cotutor_id: Option<i64>,
    /// The co-tutor's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub cotutor_name: Option<String>,
    /// What the president said.
    #[diesel(sql_type = Nullable<Text>)]
    pub agreed: Option<String>,
}

/// A student of a call with everything their mark is made of.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// As stored.
    pub row: CandidateRow,
    /// For the rules.
    pub candidate: Candidate,
}

#[derive(QueryableByName)]
struct SitterRow {
    #[diesel(sql_type = BigInt)]
    committee_id: i64,
    #[diesel(sql_type = BigInt)]
    professor_id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    presides: bool,
}

#[derive(QueryableByName)]
struct SheetMarks {
    #[diesel(sql_type = BigInt)]
    defence_id: i64,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = BigInt)]
    author_id: i64,
    #[diesel(sql_type = Jsonb)]
    marks: serde_json::Value,
}

/// The students entered in a call in the order of the alphabet, or the one of a defence.
///
/// # Errors
/// When the database cannot answer.
pub fn gather(conn: &mut PgConnection, call: CallId, only: Option<DefenceId>) -> QueryResult<Vec<Gathered>> {
    let only = only.map(|id| id.0);
    let rows: Vec<CandidateRow> = diesel::sql_query(format!(
        "SELECT d.id AS defence_id, d.state, d.starts_at, d.committee_id, k.number AS committee_number, u.id AS student_id,
            u.first_name || ' ' || u.last_name AS student_name, u.dni AS student_dni, p.id AS project_id, p.title AS project_title,
            p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name, p.cotutor_id,
            o.first_name || ' ' || o.last_name AS cotutor_name, a.mark::text AS agreed
         FROM evaluation_requests r JOIN assignment_students s ON s.assignment_id = r.assignment_id
         JOIN users u ON u.id = s.student_id JOIN projects p ON p.id = r.project_id JOIN users t ON t.id = p.tutor_id
         LEFT JOIN users o ON o.id = p.cotutor_id
         LEFT JOIN defences d ON d.evaluation_request_id = r.id AND d.student_id = s.student_id AND d.state <> 'cancelled'
         LEFT JOIN committees k ON k.id = d.committee_id LEFT JOIN agreed_marks a ON a.defence_id = d.id
         WHERE r.call_id = $1 AND r.state = 'requested' AND ($2 IS NULL OR d.id = $2) AND {NOT_PASSED_BEFORE}
         ORDER BY fold_text(u.last_name), fold_text(u.first_name), u.id",
    ))
    .bind::<BigInt, _>(call.0)
    .bind::<Nullable<BigInt>, _>(only)
    .load(conn)?;
    let mut judges: HashMap<i64, Vec<Judge>> = HashMap::new();
    let sitters = diesel::sql_query(
        "SELECT c.committee_id, c.professor_id, u.first_name || ' ' || u.last_name AS name,
            COALESCE(s.acting_for, s.seat) = 'president' AS presides
         FROM committee_sitters c JOIN committees k ON k.id = c.committee_id JOIN users u ON u.id = c.professor_id
         JOIN committee_seats s ON s.committee_id = c.committee_id AND s.professor_id = c.professor_id
         WHERE k.call_id = $1 ORDER BY c.committee_id, COALESCE(s.acting_for, s.seat) <> 'president', COALESCE(s.acting_for, s.seat)",
    )
    .bind::<BigInt, _>(call.0)
    .load::<SitterRow>(conn)?;
    for SitterRow { committee_id, professor_id, name, presides } in sitters {
        let person = PersonRef { id: UserId(professor_id), name };
        judges.entry(committee_id).or_default().push(Judge { person, presides, mark: None });
    }
    let sheets = handed_in(conn, call, only)?;
    Ok(rows.into_iter().map(|row| combine(row, &judges, &sheets)).collect())
}

/// Sheets that count, by defence.
fn handed_in(
    conn: &mut PgConnection,
    call: CallId,
    only: Option<i64>,
) -> QueryResult<HashMap<i64, Vec<SheetMarks>>> {
    let sheets: Vec<SheetMarks> = diesel::sql_query(
        "SELECT s.defence_id, s.role, s.author_id, jsonb_agg(jsonb_build_array(m.mark::text, c.weight) ORDER BY c.position) AS marks
         FROM mark_sheets s JOIN defences d ON d.id = s.defence_id JOIN committees k ON k.id = d.committee_id
         JOIN rubric_criteria c ON c.rubric_id = s.rubric_id
         LEFT JOIN sheet_marks m ON m.sheet_id = s.id AND m.position = c.position
         WHERE k.call_id = $1 AND s.state = 'handed_in' AND ($2 IS NULL OR d.id = $2)
         GROUP BY s.id",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<Nullable<BigInt>, _>(only)
    .load(conn)?;
    let mut by_defence: HashMap<i64, Vec<SheetMarks>> = HashMap::new();
    for sheet in sheets {
        by_defence.entry(sheet.defence_id).or_default().push(sheet);
    }
    Ok(by_defence)
}

fn combine(
    row: CandidateRow,
    judges: &HashMap<i64, Vec<Judge>>,
    sheets: &HashMap<i64, Vec<SheetMarks>>,
) -> Gathered {
    let own = row.defence_id.and_then(|id| sheets.get(&id)).map(Vec::as_slice).unwrap_or_default();
    let mark_of = |wanted: &dyn Fn(&&SheetMarks) -> bool| {
        let sheet = own.iter().find(wanted)?;
        let marks: Vec<(Option<Mark>, i16)> = serde_json::from_value(sheet.marks.clone()).ok()?;
        sheet_mark(marks)
    };
    let mut judges = row.committee_id.and_then(|id| judges.get(&id)).cloned().unwrap_or_default();
    for judge in &mut judges {
        let by = |sheet: &&SheetMarks| {
            sheet.role == RubricRole::Committee.as_str() && sheet.author_id == judge.person.id.0
        };
        judge.mark = mark_of(&by);
    }
    let person = |id: i64, name: &str| PersonRef { id: UserId(id), name: name.to_owned() };
    let candidate = Candidate {
        defence: row.defence_id.map(DefenceId),
        student: person(row.student_id, &row.student_name),
        state: row.state.as_deref().and_then(DefenceState::from_name),
        tutor: person(row.tutor_id, &row.tutor_name),
        cotutor: row.cotutor_id.zip(row.cotutor_name.as_deref()).map(|(id, name)| person(id, name)),
        tutor_mark: mark_of(&|sheet| sheet.role == RubricRole::Tutor.as_str()),
        judges,
        agreed: row.agreed.as_deref().and_then(|mark| mark.parse().ok()),
    };
    Gathered { row, candidate }
}

/// Whether somebody presides over a committee of this call.
///
/// # Errors
/// When the database cannot answer.
pub fn presides(conn: &mut PgConnection, call: CallId, person: UserId) -> QueryResult<bool> {
    diesel::select(
        diesel::dsl::sql::<Bool>(
            "EXISTS (SELECT 1 FROM committee_sitters c JOIN committees k ON k.id = c.committee_id
            JOIN committee_seats s ON s.committee_id = c.committee_id AND s.professor_id = c.professor_id
            WHERE COALESCE(s.acting_for, s.seat) = 'president' AND k.call_id = ",
        )
        .bind::<BigInt, _>(call.0)
        .sql(" AND c.professor_id = ")
        .bind::<BigInt, _>(person.0)
        .sql(")"),
    )
    .get_result(conn)
}

/// What a professor has to mark, or has marked.
#[derive(Debug, Clone, QueryableByName)]
pub struct DutyRow {
    /// Of which defence.
    #[diesel(sql_type = BigInt)]
    pub defence_id: i64,
    /// As what.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// How far the sheet is.
    #[diesel(sql_type = Nullable<Text>)]
    pub sheet_state: Option<String>,
    /// Whether they preside over the committee.
    #[diesel(sql_type = Bool)]
    pub presides: bool,
}

/// The reports a professor writes and the defences they judge, of live calls and past ones, the
/// latest first.
///
/// # Errors
/// When the database cannot answer.
pub fn duties(conn: &mut PgConnection, professor: UserId) -> QueryResult<Vec<DutyRow>> {
    diesel::sql_query(
        "SELECT d.id AS defence_id, w.role, s.state AS sheet_state, w.presides FROM defences d
         JOIN evaluation_requests r ON r.id = d.evaluation_request_id AND r.state = 'requested'
         JOIN projects p ON p.id = r.project_id
         JOIN LATERAL (
             SELECT 'tutor' AS role, false AS presides WHERE p.tutor_id = $1
             UNION ALL SELECT 'committee', COALESCE(e.acting_for, e.seat) = 'president' FROM committee_sitters c
                 JOIN committee_seats e ON e.committee_id = c.committee_id AND e.professor_id = c.professor_id
                 WHERE c.committee_id = d.committee_id AND c.professor_id = $1
         ) w ON true
         LEFT JOIN mark_sheets s ON s.defence_id = d.id AND s.role = w.role AND (s.role = 'tutor' OR s.author_id = $1)
         WHERE d.state <> 'cancelled' ORDER BY d.starts_at DESC NULLS FIRST, d.id LIMIT 500",
    )
    .bind::<BigInt, _>(professor.0)
    .load(conn)
}
