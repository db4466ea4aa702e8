//! What becomes of the rows of a file of choices: held against what is known, nothing written.

use super::choices::{Field, Layout, Line};
use crate::domain::allocation::record;
use crate::domain::allocation::round::RoundFacts;
use crate::domain::allocation::wishes::{Asked, checked};
use crate::domain::email::Login;
use crate::domain::text::{FieldErrors, fold};
use gestfg_types::application_files::{
    ApplicationCellError, ApplicationFileRow, ApplicationRowOutcome as Outcome,
};
use gestfg_types::applications::Wish;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use gestfg_types::users::PersonRef;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A student of the degree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their record.
    pub record: Option<String>,
    /// Whether they have a project at the level.
    pub is_busy: bool,
    /// The application they take part in.
    pub application: Option<ApplicationId>,
}

/// What a file is held against.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// Students by address and by DNI/NIE.
    pub students: HashMap<String, Known>,
    /// Projects by folded title; the same title never comes twice.
    pub titles: HashMap<String, ProjectId>,
    /// Projects by id.
    pub projects: BTreeMap<ProjectId, Asked>,
    /// What the applications of the round ask for.
    pub wishes: HashMap<ApplicationId, Vec<Wish>>,
}

/// What to write for those of one row, or of one team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The students, the author of a new application first.
    pub students: Vec<UserId>,
    /// The application they have.
    pub application: Option<ApplicationId>,
    /// What they ask for; none: nothing changes there.
    pub wishes: Option<Vec<Wish>>,
    /// Records that change.
    pub records: Vec<(UserId, String)>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every row, in its order.
    pub rows: Vec<ApplicationFileRow>,
    /// What to write for those without a fault.
    pub entries: Vec<Entry>,
}

/// A row on its own.
struct Read<'a> {
    line: &'a Line,
    student: Option<Known>,
    record: Option<String>,
    wishes: Vec<(Field, Wish)>,
    errors: Vec<ApplicationCellError>,
}

/// Hold the rows against what is known.
#[must_use]
pub fn plan(lines: &[Line], layout: &Layout, round: &RoundFacts, ground: &Ground) -> Plan {
    let mut seen = BTreeSet::new();
    let mut read: Vec<Read<'_>> =
        lines.iter().map(|line| read_line(line, layout, round, ground, &mut seen)).collect();
    let mut teams: Vec<Vec<usize>> = Vec::new();
    let mut named: HashMap<String, usize> = HashMap::new();
    for (n, row) in read.iter().enumerate() {
        match row.line.cells.get(&Field::Team).map(|team| fold(team)) {
            None => teams.push(vec![n]),
            Some(team) => match named.get(&team) {
                Some(at) => teams[*at].push(n),
                None => {
                    named.insert(team, teams.len());
                    teams.push(vec![n]);
                }
            },
        }
    }
    let mut entries = Vec::new();
    let mut outcomes = vec![Outcome::Error; read.len()];
    for team in teams {
        if let Some((entry, outcome)) = judge(&team, &mut read, layout, round, ground) {
            for n in &team {
                let changes_record = entry
                    .records
                    .iter()
                    .any(|(id, _)| read[*n].student.as_ref().is_some_and(|student| student.id == *id));
                let changes = outcome == Outcome::Unchanged && changes_record;
                outcomes[*n] = if changes { Outcome::Update } else { outcome };
            }
            entries.push(entry);
        }
    }
    let rows = read.into_iter().zip(outcomes).map(|(row, outcome)| ApplicationFileRow {
        row: row.line.number,
        outcome,
        student: row.student.map(|student| PersonRef { id: student.id, name: student.name }),
        wishes: row.wishes.len(),
        errors: row.errors,
    });
    Plan { rows: rows.collect(), entries }
}

fn wrong(layout: &Layout, field: Field, code: FieldCode, message: &str) -> ApplicationCellError {
    ApplicationCellError { column: layout.letter(field), code, message: message.to_owned() }
}

fn read_line<'a>(
    line: &'a Line,
    layout: &Layout,
    round: &RoundFacts,
    ground: &Ground,
    seen: &mut BTreeSet<UserId>,
) -> Read<'a> {
    let mut errors = Vec::new();
    let (field, typed) = [Field::Email, Field::Dni]
        .into_iter()
        .find_map(|field| line.cells.get(&field).map(|text| (field, text.as_str())))
        .unwrap_or((Field::Email, ""));
    let student = match Login::parse(typed) {
        Ok(Login::Email(email)) => ground.students.get(email.as_str()).cloned(),
        Ok(Login::Dni(dni)) => ground.students.get(dni.as_str()).cloned(),
        Err(_) => None,
    };
    match &student {
        None if typed.is_empty() => {
            errors.push(wrong(layout, field, FieldCode::Required, "Say whose row this is."));
        }
        None => {
            let sentence = "No student of the degree has this address or DNI/NIE.";
            errors.push(wrong(layout, field, FieldCode::Unknown, sentence));
        }
        Some(known) if !seen.insert(known.id) => {
            let sentence = "This student is in another row already.";
            errors.push(wrong(layout, field, FieldCode::Duplicate, sentence));
        }
        Some(_) => {}
    }
    let record = line.cells.get(&Field::Record).and_then(|text| {
        let found = record::parse(text);
        if found.is_none() {
            let sentence = "A record goes from 0 to 10, with two decimals at most.";
            errors.push(wrong(layout, Field::Record, FieldCode::NotANumber, sentence));
        }
        found
    });
    let mut wishes = Vec::new();
    for (field, text) in &line.cells {
        let Field::Choice(rank) = *field else { continue };
        let parts: Vec<&str> = text.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && !round.ties_allowed {
            let sentence = "Each project has a rank of its own in this round.";
            errors.push(wrong(layout, *field, FieldCode::Duplicate, sentence));
        }
        for part in parts {
            let by_number = part.trim_start_matches('#').parse().ok().map(ProjectId);
            let found = ground
                .titles
                .get(&title_key(part))
                .copied()
                .or(by_number.filter(|id| ground.projects.contains_key(id)));
            match found {
                Some(project_id) => wishes.push((*field, Wish { project_id, rank })),
                None => {
                    let sentence = "No project of the degree has this title or number.";
                    errors.push(wrong(layout, *field, FieldCode::Unknown, sentence));
                }
            }
        }
    }
    if student.as_ref().is_some_and(|known| known.is_busy) && !wishes.is_empty() {
        let sentence = "The student has a project already.";
        errors.push(wrong(layout, field, FieldCode::AlreadyAssigned, sentence));
    }
    Read { line, student, record, wishes, errors }
}

/// A title as it is compared: without case, accents and spaces.
#[must_use]
pub fn title_key(title: &str) -> String {
    fold(title).replace(' ', "")
}

/// What to write for the rows of one team; nothing if one of them is wrong.
fn judge(
    team: &[usize],
    read: &mut [Read<'_>],
    layout: &Layout,
    round: &RoundFacts,
    ground: &Ground,
) -> Option<(Entry, Outcome)> {
    let students: Vec<Known> = team.iter().filter_map(|n| read[*n].student.clone()).collect();
    let first = *team.first()?;
    let applications: BTreeSet<ApplicationId> =
        students.iter().filter_map(|student| student.application).collect();
    let application = applications.first().copied();
    let mut found = Vec::new();
    if team.len() > usize::try_from(round.team_max).unwrap_or(1) {
        let sentence = "More students than a team has in this round.";
        found.push(wrong(layout, Field::Team, FieldCode::TooManyStudents, sentence));
    }
    let together = students.iter().filter(|student| student.application.is_some()).count();
    if applications.len() > 1 || (application.is_some() && together < team.len()) {
        let sentence = "Some of the team apply already, and not together.";
        found.push(wrong(layout, Field::Team, FieldCode::Taken, sentence));
    }
    let asking = team.iter().copied().find(|n| !read[*n].wishes.is_empty()).unwrap_or(first);
    let list: Vec<(Field, Wish)> = read[asking].wishes.clone();
    for n in team {
        let row = &mut read[*n];
        if !row.wishes.is_empty() && row.wishes != list {
            let sentence = "A team has one list of projects.";
            row.errors.push(wrong(layout, Field::Team, FieldCode::Duplicate, sentence));
        }
    }
    let before: BTreeSet<ProjectId> = application
        .and_then(|id| ground.wishes.get(&id))
        .into_iter()
        .flatten()
        .map(|wish| wish.project_id)
        .collect();
    let wanted: Vec<Wish> = list.iter().map(|(_, wish)| *wish).collect();
    let size = i16::try_from(team.len()).unwrap_or(i16::MAX);
    let mut errors = FieldErrors::new();
    let mut wishes = checked(&wanted, round, size, &ground.projects, &before, &mut errors);
    // As they are stored, to be compared.
    wishes.sort_by_key(|wish| (wish.rank, wish.project_id));
    if let Err(refusal) = errors.into_result() {
        found.extend(refusal.problem().errors.into_iter().map(|error| {
            let at = error.pointer.split('/').nth(2).and_then(|n| n.parse::<usize>().ok());
            let field = at.and_then(|n| list.get(n)).map_or(Field::Choice(1), |(field, _)| *field);
            ApplicationCellError { column: layout.letter(field), code: error.code, message: error.message }
        }));
    }
    read[asking].errors.extend(found);
    if team.iter().any(|n| !read[*n].errors.is_empty()) {
        return None;
    }
    let records = team.iter().filter_map(|n| {
        let (student, record) = (read[*n].student.as_ref()?, read[*n].record.clone()?);
        (student.record.as_ref() != Some(&record)).then_some((student.id, record))
    });
    let records: Vec<_> = records.collect();
    let changed = !wishes.is_empty() && application.and_then(|id| ground.wishes.get(&id)) != Some(&wishes);
    let outcome = match (application, changed) {
        (None, true) => Outcome::Create,
        (Some(_), true) => Outcome::Update,
        (_, false) => Outcome::Unchanged,
    };
    let entry = Entry {
        students: students.iter().map(|student| student.id).collect(),
        application,
        wishes: changed.then_some(wishes),
        records,
    };
    Some((entry, outcome))
}
