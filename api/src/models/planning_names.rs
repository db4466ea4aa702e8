//! What the things are called that a plan names.

use crate::domain::planning::{Draft, ids, words::Words};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use gestfg_types::ids::{AreaId, EvaluationRequestId, RoomId, UserId};
use gestfg_types::planning::{PlanArea, PlanDay, PlanNames, PlanPerson, PlanProject, PlanRoom};
use gestfg_types::users::PersonRef;
use std::collections::{BTreeMap, BTreeSet};

/// What a plan names, and the words for the planner's sentences.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// By kind.
    pub names: PlanNames,
    /// By the planner's names.
    pub words: Words,
}

impl Named {
    /// Somebody the plan names.
    #[must_use]
    pub fn person(&self, id: UserId) -> Option<PersonRef> {
        let person = self.names.people.iter().find(|person| person.id == id)?;
        Some(PersonRef { id, name: person.name.clone() })
    }

    /// The title of a project the plan names.
    #[must_use]
    pub fn title(&self, request: EvaluationRequestId) -> String {
        let project = self.names.projects.iter().find(|project| project.request_id == request);
        project.map(|project| project.title.clone()).unwrap_or_default()
    }

    /// Add what another names.
    pub fn and(&mut self, other: Self) {
        let Self { names, .. } = other;
        for person in names.people {
            if !self.names.people.iter().any(|known| known.id == person.id) {
                self.names.people.push(person);
            }
        }
        for project in names.projects {
            if !self.names.projects.iter().any(|known| known.request_id == project.request_id) {
                self.names.projects.push(project);
            }
        }
        for room in names.rooms {
            if !self.names.rooms.iter().any(|known| known.id == room.id) {
                self.names.rooms.push(room);
            }
        }
        for day in names.days {
            if !self.names.days.iter().any(|known| known.day == day.day) {
                self.names.days.push(day);
            }
        }
    }
}

#[derive(QueryableByName)]
struct Person {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    department: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    area_id: Option<i64>,
}

#[derive(QueryableByName)]
struct Thing {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Entered {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Array<BigInt>)]
    tutors: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    students: Vec<i64>,
}

/// What is named in a plan.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, draft: &Draft) -> QueryResult<Named> {
    let projects = projects(conn, draft)?;
    let mut wanted: BTreeSet<i64> = draft
        .question
        .professors
        .iter()
        .filter_map(|professor| ids::person_of(&professor.id))
        .map(|id| id.0)
        .collect();
    let seated = draft.answer.committees.iter().flat_map(|committee| &committee.seats);
    wanted.extend(seated.filter_map(ids::person_of).map(|id| id.0));
    wanted.extend(projects.iter().flat_map(|project| project.tutors.iter().chain(&project.students)));
    let people: BTreeMap<i64, Person> = people(conn, wanted.into_iter().collect())?;
    let areas: BTreeSet<i64> = people.values().filter_map(|person| person.area_id).collect();
    let areas = things(conn, "areas", areas.into_iter().collect())?;
    let asked = draft.timetable.iter().flat_map(|timetable| &timetable.question.rooms);
    let rooms: BTreeSet<i64> = asked.filter_map(|room| ids::room_of(&room.id)).map(|id| id.0).collect();
    let rooms = things(conn, "rooms", rooms.into_iter().collect())?;
    Ok(assemble(draft, &people, areas, &projects, rooms))
}

fn assemble(
    draft: &Draft,
    people: &BTreeMap<i64, Person>,
    areas: Vec<Thing>,
    projects: &[Entered],
    rooms: Vec<Thing>,
) -> Named {
    let mut words = Words::default();
    let reference = |id: &i64| PersonRef {
        id: UserId(*id),
        name: people.get(id).map(|person| person.name.clone()).unwrap_or_default(),
    };
    for (id, person) in people {
        words.call(format!("person-{id}"), &person.name);
    }
    for area in &areas {
        words.call(format!("area-{}", area.id), &area.name);
    }
    for room in &rooms {
        words.call(format!("room-{}", room.id), &room.name);
    }
    for (at, _) in draft.answer.committees.iter().enumerate() {
        words.call(ids::committee(at).0, (at + 1).to_string());
    }
    for project in projects {
        let title = format!("“{}”", project.title);
        words.call(format!("project-{}", project.id), &title);
        words.call(format!("team-{}", project.id), &title);
        for student in &project.students {
            let name = ids::defence(EvaluationRequestId(project.id), UserId(*student)).0;
            words.call(name, format!("the defence of {}", reference(student).name));
        }
    }
    let hours = draft.timetable.as_ref().map(|timetable| &timetable.hours);
    let names = PlanNames {
        people: people
            .values()
            .filter_map(|person| {
                Some(PlanPerson {
                    id: UserId(person.id),
                    name: person.name.clone(),
                    department: person.department.clone()?,
                    area_id: AreaId(person.area_id?),
                })
            })
            .collect(),
        areas: areas.into_iter().map(|area| PlanArea { id: AreaId(area.id), name: area.name }).collect(),
        projects: projects
            .iter()
            .map(|project| PlanProject {
                request_id: EvaluationRequestId(project.id),
                title: project.title.clone(),
                tutors: project.tutors.iter().map(reference).collect(),
                students: project.students.iter().map(reference).collect(),
            })
            .collect(),
        rooms: rooms.into_iter().map(|room| PlanRoom { id: RoomId(room.id), name: room.name }).collect(),
        days: hours
            .iter()
            .flat_map(|hours| &hours.days)
            .map(|day| PlanDay { day: day.day.to_string(), slots: day.slots.clone() })
            .collect(),
        slot_minutes: hours.map_or(0, |hours| hours.slot_minutes),
    };
    Named { names, words }
}

fn people(conn: &mut PgConnection, ids: Vec<i64>) -> QueryResult<BTreeMap<i64, Person>> {
    let rows: Vec<Person> = diesel::sql_query(
        "SELECT u.id, u.first_name || ' ' || u.last_name AS name, d.code AS department, d.area_id FROM users u
         LEFT JOIN professors p ON p.user_id = u.id LEFT JOIN departments d ON d.id = p.department_id
         WHERE u.id = ANY($1) ORDER BY u.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)?;
    Ok(rows.into_iter().map(|person| (person.id, person)).collect())
}

fn things(conn: &mut PgConnection, table: &str, ids: Vec<i64>) -> QueryResult<Vec<Thing>> {
    diesel::sql_query(format!("SELECT id, name FROM {table} WHERE id = ANY($1) ORDER BY fold_text(name), id"))
        .bind::<Array<BigInt>, _>(ids)
        .load(conn)
}

fn projects(conn: &mut PgConnection, draft: &Draft) -> QueryResult<Vec<Entered>> {
    let asked = draft.question.projects.iter().map(|project| &project.id);
    let held = draft.answer.committees.iter().flat_map(|committee| &committee.projects);
    let requests: BTreeSet<i64> = asked.chain(held).filter_map(ids::request_of).map(|id| id.0).collect();
    diesel::sql_query(
        "SELECT r.id, p.title, array_remove(ARRAY[p.tutor_id, p.cotutor_id], NULL) AS tutors,
             ARRAY(SELECT a.student_id FROM assignment_students a WHERE a.assignment_id = r.assignment_id
                 ORDER BY a.position) AS students
         FROM evaluation_requests r JOIN projects p ON p.id = r.project_id WHERE r.id = ANY($1)
         ORDER BY p.title_folded, r.id",
    )
    .bind::<Array<BigInt>, _>(requests.into_iter().collect::<Vec<_>>())
    .load(conn)
}
