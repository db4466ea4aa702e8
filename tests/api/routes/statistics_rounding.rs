//! What visitors read of statistics, and what they cannot make of it.

use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::builders::World;
use gestfg_types::statistics::{Statistics, StatisticsFigures};

/// Year, degree, department, and how many failed, passed, were good and excellent.
type Part = (i16, &'static str, &'static str, [i64; 4]);

const PARTS: [Part; 8] = [
    (2025, "GII", "LSI", [1, 0, 0, 0]),
    (2025, "GII", "ATC", [3, 4, 1, 1]),
    (2025, "MDB", "LSI", [0, 1, 1, 0]),
    (2025, "MDB", "ATC", [0, 2, 0, 1]),
    (2026, "GII", "LSI", [0, 0, 0, 3]),
    (2026, "GII", "ATC", [2, 5, 4, 1]),
    (2026, "MDB", "ATC", [0, 1, 1, 0]),
    (2026, "MDB", "DEC", [0, 5, 5, 0]),
];
const GROUPINGS: [&str; 4] = ["year", "degree", "department", "area"];

/// What somebody asks for; none is any.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slice {
    year: Option<i16>,
    degree: Option<&'static str>,
    department: Option<&'static str>,
    area: Option<&'static str>,
}

fn area_of(department: &str) -> &'static str {
    if department == "ATC" { "Redes" } else { "Lenguajes" }
}

impl Slice {
    fn students(self) -> i64 {
        let parts = PARTS.iter().filter(|(year, degree, department, _)| {
            self.year.is_none_or(|wanted| wanted == *year)
                && self.degree.is_none_or(|wanted| wanted == *degree)
                && self.department.is_none_or(|wanted| wanted == *department)
                && self.area.is_none_or(|wanted| wanted == area_of(department))
        });
        parts.flat_map(|(.., bands)| bands).sum()
    }

    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for year in [None, Some(2025), Some(2026)] {
            for degree in [None, Some("GII"), Some("MDB")] {
                for department in [None, Some("LSI"), Some("ATC"), Some("DEC")] {
                    for area in [None, Some("Lenguajes")] {
                        all.push(Self { year, degree, department, area });
                    }
                }
            }
        }
        all
    }

    /// The one group of it with this name.
    fn narrowed(self, grouping: &str, code: &str) -> Self {
        match grouping {
            "year" => Self { year: Some(code[..4].parse().expect("a year")), ..self },
            "degree" => Self { degree: PARTS.iter().map(|part| part.1).find(|one| *one == code), ..self },
            "department" => {
                Self { department: PARTS.iter().map(|part| part.2).find(|one| *one == code), ..self }
            }
            _ => Self { area: Some(if code == "Redes" { "Redes" } else { "Lenguajes" }), ..self },
        }
    }
}

struct Faculty {
    app: TestApp,
    admin: Client,
    ids: Vec<(&'static str, i64)>,
}

impl Faculty {
    fn id(&self, name: &str) -> i64 {
        self.ids.iter().find(|(one, _)| *one == name).expect("a name").1
    }

    async fn read(&self, client: &Client, slice: Slice, grouping: &str) -> Statistics {
        let mut path = format!("/statistics?group_by={grouping}");
        if let Some(year) = slice.year {
            path.push_str(&format!("&from={year}&to={year}"));
        }
        let ids = [("degree_id", slice.degree), ("department_id", slice.department), ("area_id", slice.area)];
        for (name, wanted) in ids {
            if let Some(wanted) = wanted {
                path.push_str(&format!("&{name}={}", self.id(wanted)));
            }
        }
        client.get(&path).await.expect(200)
    }
}

/// A project and a student for each mark, all defended, all minutes closed.
async fn faculty() -> Faculty {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let (languages, networks) = (world.area("Lenguajes"), world.area("Redes"));
    let (lsi, atc, dec) = (
        world.department("LSI", languages),
        world.department("ATC", networks),
        world.department("DEC", languages),
    );
    let (gii, mdb) =
        (world.degree_without_calls("GII", "bachelor"), world.degree_without_calls("MDB", "master"));
    let admin = world.admin("Alma Administra");
    for (name, department) in [("Tutora LSI", lsi), ("Tutora ATC", atc), ("Tutora DEC", dec)] {
        world.professor(name, department);
    }
    let sitting = world.sitting("JUN");
    world.run("INSERT INTO rooms (name) VALUES ('Aula')");
    for year in [2025, 2026] {
        for degree in [gii, mdb] {
            world.run(&format!(
                "WITH c AS (INSERT INTO calls (degree_id, academic_year, sitting_id, opened_at)
                     VALUES ({degree}, {year}, {sitting}, now()) RETURNING id, degree_id, academic_year),
                 k AS (INSERT INTO committees (call_id, number) SELECT id, 1 FROM c)
                 INSERT INTO minutes (call_id, degree_id, academic_year, edition, rules, published_at, claims_until)
                 SELECT id, degree_id, academic_year, 1, '{{}}', now(), now() FROM c"
            ));
        }
    }
    let mut count = 0;
    for (year, degree, department, bands) in PARTS {
        for (band, many) in ["fail", "pass", "good", "excellent"].into_iter().zip(bands) {
            for _ in 0..many {
                count += 1;
                let student = world.student(&format!("Alba Uno{count}"), &[]);
                world.run(&mark(year, degree, department, band, student.0, count));
            }
        }
    }
    world.run(
        "UPDATE minutes SET state = 'closed', number = 1, closed_at = now(), content = 'x', digest = 'x', code = 'c' || id",
    );
    let admin = app.as_user(admin);
    admin.act("/statistics/gather").await.expect_status(204);
    let ids = vec![
        ("GII", gii.0),
        ("MDB", mdb.0),
        ("LSI", lsi.0),
        ("ATC", atc.0),
        ("DEC", dec.0),
        ("Lenguajes", languages.0),
        ("Redes", networks.0),
    ];
    Faculty { app, admin, ids }
}

fn mark(year: i16, degree: &str, department: &str, band: &str, student: i64, count: i64) -> String {
    let mark = match band {
        "fail" => "3.0",
        "pass" => "6.0",
        "good" => "8.0",
        _ => "9.5",
    };
    format!(
        "WITH p AS (INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, tutor_id, state,
                 submitted_at, validated_at, published_at)
             SELECT d.id, d.level, {year}, 'Proyecto {count}', 1, 'Descripción', u.id, 'published', now(), now(), now()
             FROM degrees d, users u WHERE d.code = '{degree}' AND u.first_name = 'Tutora' AND u.last_name = '{department}'
             RETURNING id, degree_id, level, student_count, tutor_id),
         a AS (INSERT INTO assignments (project_id, level, capacity, assigned_by)
             SELECT id, level, student_count, tutor_id FROM p RETURNING id, project_id, level, capacity),
         s AS (INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
             SELECT id, {student}, 1, level, capacity FROM a),
         r AS (INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
             SELECT c.id, p.degree_id, p.id, a.id FROM p JOIN a ON a.project_id = p.id
             JOIN calls c ON c.degree_id = p.degree_id AND c.academic_year = {year} RETURNING id, call_id),
         f AS (INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at, state)
             SELECT r.id, {student}, k.id, o.id, t.at, t.at + interval '20 minutes', 'held'
             FROM r JOIN committees k ON k.call_id = r.call_id, rooms o,
                  (SELECT timestamptz '2027-06-01 08:00Z' + {count} * interval '30 minutes' AS at) t RETURNING id)
         INSERT INTO minutes_entries (minutes_id, position, defence_id, student_id, mark, band)
         SELECT m.id, {count}, f.id, {student}, {mark}, '{band}' FROM f, r JOIN minutes m ON m.call_id = r.call_id"
    )
}

/// Those that say something of students.
fn of_students(figures: &StatisticsFigures) -> [Option<i64>; 6] {
    let StatisticsFigures { students, entered, defended, not_presented, passed, honours, .. } = figures;
    [*students, *entered, *defended, *not_presented, *passed, *honours]
}

fn of_projects(figures: &StatisticsFigures) -> [Option<i64>; 4] {
    [figures.offered, figures.validated, figures.published, figures.assigned]
}

#[actix_web::test]
async fn no_small_number_comes_out_of_any_answers_put_together() {
    let faculty = faculty().await;
    let visitor = faculty.app.visitor();
    let mut answers: Vec<(Slice, StatisticsFigures)> = Vec::new();
    for slice in Slice::all() {
        for grouping in GROUPINGS {
            let found = faculty.read(&visitor, slice, grouping).await;
            assert!(found.is_rounded && found.loads.is_none());
            let marks: Vec<_> = found.marks.iter().map(|band| band.count).collect();
            let ranks = found.granted_ranks.iter().map(|count| count.count);
            let mut numbers: Vec<_> = marks.iter().copied().chain(ranks).collect();
            let groups =
                found.groups.iter().map(|group| (slice.narrowed(grouping, code(group)), &group.figures));
            for (slice, figures) in groups.chain([(slice, &found.total)]) {
                numbers.extend(of_projects(figures));
                numbers.extend(of_students(figures));
                assert_eq!(figures.median_days_to_defence, None);
                if slice.students() < 5 {
                    assert_eq!(of_students(figures), [None; 6], "{slice:?}");
                }
                answers.push((slice, figures.clone()));
            }
            if slice.students() < 5 {
                assert_eq!(marks, [None; 4], "{slice:?}");
            }
            // Whatever is added to or taken from each other: nothing from one to four.
            assert!(numbers.iter().flatten().all(|count| count % 5 == 0), "{slice:?}: {numbers:?}");
            // What the groups leave of the total is never a hidden group of few.
            let told: i64 = found.groups.iter().filter_map(|group| group.figures.students).sum();
            let hidden: i64 = found
                .groups
                .iter()
                .filter(|group| group.figures.students.is_none())
                .map(|group| slice.narrowed(grouping, code(group)).students())
                .sum();
            let rest = found.total.students.unwrap_or_default() - told;
            assert!(rest >= 0, "{slice:?} by {grouping}");
            if (1..5).contains(&hidden) && slice.degree.is_some() {
                assert_eq!(rest, 0, "{slice:?} by {grouping}");
            }
        }
    }
    // The same question by another way has the same answer: no second rounding to compare with.
    for (slice, figures) in &answers {
        let same = answers.iter().filter(|(other, _)| other == slice);
        for (_, other) in same {
            assert_eq!(other, figures, "{slice:?}");
        }
    }
}

fn code(group: &gestfg_types::statistics::StatisticsGroup) -> &str {
    group.code.as_deref().unwrap_or(&group.name)
}

#[actix_web::test]
async fn sums_stay_close_to_the_truth_and_duties_see_it() {
    let faculty = faculty().await;
    let visitor = faculty.app.visitor();
    let any = Slice { year: None, degree: None, department: None, area: None };
    let exact = faculty.read(&faculty.admin, any, "year").await;
    assert!(!exact.is_rounded && exact.groups.iter().all(|group| !group.is_rounded));
    assert_eq!((exact.total.students, exact.total.passed), (Some(42), Some(36)));
    let told = faculty.read(&visitor, any, "year").await;
    // Six parts with students at most are added up, and each is wrong by four at most.
    let far = |one: Option<i64>, other: Option<i64>| (one.unwrap_or(999) - other.unwrap_or(-999)).abs();
    assert!(far(told.total.students, exact.total.students) <= 4 * 6, "{told:?}");
    assert!(far(told.total.offered, exact.total.offered) <= 4 * 8, "{told:?}");
    let ten = Slice { year: Some(2026), degree: Some("MDB"), department: Some("DEC"), area: None };
    let found = faculty.read(&visitor, ten, "year").await;
    let marks: Vec<_> = found.marks.iter().map(|band| band.count).collect();
    assert_eq!(found.total.students, Some(10), "a multiple of five stays as it is");
    assert_eq!(marks, [Some(0), Some(5), Some(5), Some(0)]);
    // One student of a department in a year: the marks of nobody.
    let one = Slice { year: Some(2025), degree: Some("GII"), department: Some("LSI"), area: None };
    let found = faculty.read(&visitor, one, "year").await;
    assert!(found.marks.iter().all(|band| band.count.is_none()), "{:?}", found.marks);
}
