//! Everything into one file, and back.

use crate::invariants::faculty;
use crate::support::database::TestDatabase;
use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, RunQueryDsl};
use diesel_migrations::MigrationHarness;
use gestfg::backup::{self, Restored, Restoring, Taken, Taking};
use gestfg::storage::Bucket;
use gestfg::{db, invariants};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::NamedTempFile;

/// Back up as the command does, on a thread that may wait.
pub fn take(database: &str, bucket: Option<&Bucket>, leave_bucket: bool) -> (NamedTempFile, Taken) {
    std::thread::scope(|threads| {
        let taking = threads.spawn(|| {
            let mut file = NamedTempFile::new().expect("a file");
            let taking = Taking { database_url: database, bucket, leave_bucket };
            let taken = backup::take(taking, &mut file).expect("backed up");
            (file, taken)
        });
        taking.join().expect("no panic")
    })
}

/// Restore as the command does, on a thread that may wait.
pub fn restore(restoring: Restoring<'_>, file: &NamedTempFile) -> anyhow::Result<Restored> {
    std::thread::scope(|threads| {
        threads.spawn(|| backup::restore(restoring, file.path())).join().expect("no panic")
    })
}

pub fn into(database: &TestDatabase) -> Restoring<'_> {
    Restoring { database_url: &database.url, bucket: None, replace: false, hold_mails: false }
}

fn refusal(restoring: Restoring<'_>, file: &NamedTempFile) -> String {
    format!("{:#}", restore(restoring, file).expect_err("refused"))
}

fn count(conn: &mut PgConnection, query: &str) -> i64 {
    diesel::select(diesel::dsl::sql::<BigInt>(&format!("({query})"))).get_result(conn).expect("a count")
}

/// Constraints, triggers and indexes, and whether they hold.
fn guards(conn: &mut PgConnection) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        guard: String,
    }
    diesel::sql_query(
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated AS guard
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace
         UNION ALL SELECT tgrelid::regclass || ' ' || pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
         UNION ALL SELECT indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) || indisvalid
         FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace = 'public'::regnamespace
         ORDER BY 1",
    )
    .load::<Row>(conn)
    .expect("the catalogue answers")
    .into_iter()
    .map(|row| row.guard)
    .collect()
}

#[test]
fn the_demonstration_comes_back_as_it_was() {
    let app = faculty();
    let before = guards(&mut app.conn());
    let (file, taken) = take(&app.database.url, None, false);
    assert_eq!(taken.lost, Vec::<String>::new());
    assert_eq!((taken.manifest.documents.len(), taken.manifest.document_bytes()), (3, 12));
    let users = count(&mut app.conn(), "SELECT count(*) FROM users");
    assert!(users > 100 && taken.manifest.rows() > 1000, "{} rows", taken.manifest.rows());

    let other = TestDatabase::create();
    let restored = restore(into(&other), &file).expect("restored");
    assert_eq!(restored.migrated, 0);
    let conn = &mut other.connect();
    assert_eq!(invariants::check(conn).expect("the rules are asked"), Vec::new());
    assert_eq!(guards(conn), before, "everything is guarded as before");
    let facts = "SELECT count(*) FROM project_facts";
    let projects = count(conn, "SELECT count(*) FROM projects");
    assert_eq!(count(conn, facts), projects, "views are gathered");

    let again = take(&other.url, None, false).1.manifest;
    assert_eq!(again.tables, taken.manifest.tables);
    assert_eq!(again.documents, taken.manifest.documents);
    assert_eq!(again.sequences, taken.manifest.sequences);
    assert_eq!(again.migrations, taken.manifest.migrations);

    // Life goes on: numbers are new ones, and what is kept is kept.
    conn.batch_execute("INSERT INTO areas (name) VALUES ('Una más')").expect("a number that is free");
    assert!(conn.batch_execute("UPDATE documents SET file_name = 'otro.pdf'").is_err());
}

#[test]
fn data_are_replaced_only_when_told() {
    let (one, other) = (TestDatabase::create(), TestDatabase::create());
    one.connect().batch_execute("INSERT INTO areas (name) VALUES ('Nueva')").expect("an area");
    other
        .connect()
        .batch_execute("INSERT INTO areas (name) VALUES ('Vieja'), ('Antigua')")
        .expect("two areas");
    let (file, _) = take(&one.url, None, false);
    let refused = refusal(into(&other), &file);
    assert!(refused.contains("not empty (there are areas)"), "{refused}");
    assert_eq!(count(&mut other.connect(), "SELECT count(*) FROM areas"), 2);
    restore(Restoring { replace: true, ..into(&other) }, &file).expect("restored");
    let conn = &mut other.connect();
    assert_eq!(count(conn, "SELECT count(*) FROM areas WHERE name = 'Nueva'"), 1);
    assert_eq!(count(conn, "SELECT count(*) FROM areas"), 1);
    assert_eq!(count(conn, "SELECT count(*) FROM retention_settings"), 1);

    other
        .connect()
        .batch_execute("DROP TABLE __diesel_schema_migrations")
        .expect("as somebody else's database");
    let refused = refusal(Restoring { replace: true, ..into(&other) }, &file);
    assert!(refused.contains("not GesTFG's"), "{refused}");
}

#[test]
fn a_damaged_file_changes_nothing() {
    let (one, other) = (TestDatabase::create(), TestDatabase::create());
    let fill = "INSERT INTO areas (name) SELECT md5(n::text) FROM generate_series(1, 300) n";
    one.connect().batch_execute(fill).expect("areas");
    other.connect().batch_execute("INSERT INTO areas (name) VALUES ('Vieja')").expect("an area");
    let replacing = Restoring { replace: true, ..into(&other) };
    let (file, _) = take(&one.url, None, false);
    let mut bytes = Vec::new();
    std::fs::File::open(file.path()).expect("open").read_to_end(&mut bytes).expect("read");
    let of = |bytes: &[u8]| {
        let mut file = NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        file
    };
    for damaged in [&bytes[..bytes.len() - 1], &bytes[..bytes.len() / 2], &bytes[1000..], b"hola", b""] {
        let refused = refusal(replacing, &of(damaged));
        assert!(refused.contains("backup") || refused.contains("damaged"), "{refused}");
    }
    // One bit, wherever it is: the file says so, or it was one that says nothing.
    for at in (0..bytes.len()).step_by(bytes.len() / 16) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        if restore(replacing, &of(&damaged)).is_ok() {
            assert_eq!(count(&mut other.connect(), "SELECT count(*) FROM areas"), 300);
            other.connect().batch_execute("DELETE FROM areas").expect("back to before");
            other.connect().batch_execute("INSERT INTO areas (name) VALUES ('Vieja')").expect("an area");
        }
        assert_eq!(count(&mut other.connect(), "SELECT count(*) FROM areas"), 1, "at {at}");
    }

    // Rows that no database of ours would have had: refused at the end, and all is undone.
    one.connect()
        .batch_execute(
            "ALTER TABLE departments DROP CONSTRAINT departments_area_fk;
             INSERT INTO departments (code, name, area_id) VALUES ('NADA', 'De ningún área', 999999)",
        )
        .expect("a dangling row");
    other.connect().batch_execute("ALTER SEQUENCE areas_id_seq RESTART WITH 5000").expect("a number");
    let (file, _) = take(&one.url, None, false);
    let refused = refusal(replacing, &file);
    assert!(refused.contains("refers to one that is not there"), "{refused}");
    assert_eq!(count(&mut other.connect(), "SELECT count(*) FROM areas WHERE name = 'Vieja'"), 1);
    let added = "INSERT INTO areas (name) VALUES ('Otra') RETURNING id";
    #[derive(diesel::QueryableByName)]
    struct Added {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let added: Added = diesel::sql_query(added).get_result(&mut other.connect()).expect("sequences too");
    assert_eq!(added.id, 5000);
}

#[test]
fn what_people_write_meanwhile_is_in_it_whole_or_not_at_all() {
    let app = faculty();
    let is_over = AtomicBool::new(false);
    let url = &app.database.url;
    let (file, taken) = std::thread::scope(|threads| {
        let writers: Vec<_> = (0..2)
            .map(|writer| {
                let (is_over, mut conn) = (&is_over, app.conn());
                threads.spawn(move || {
                    let mut done = 0_u32;
                    while !is_over.load(Ordering::Relaxed) {
                        let area = format!("{writer} {done}");
                        conn.batch_execute(&format!(
                            "BEGIN; INSERT INTO areas (name) VALUES ('{area}');
                             INSERT INTO departments (code, name, area_id) SELECT upper(md5(name))::varchar(8), name, id FROM areas WHERE name = '{area}';
                             COMMIT"
                        ))
                        .expect("written");
                        done += 1;
                    }
                    done
                })
            })
            .collect();
        let mut taken = take(url, None, false);
        // As often as it takes for something to be written while it is read.
        while count(&mut app.conn(), "SELECT count(*) FROM areas WHERE name LIKE '0 %'") < 20 {
            taken = take(url, None, false);
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(writers.into_iter().all(|writer| writer.join().expect("no panic") > 0));
        taken
    });
    let other = TestDatabase::create();
    restore(into(&other), &file).expect("every reference is there");
    let conn = &mut other.connect();
    assert_eq!(invariants::check(conn).expect("the rules are asked"), Vec::new());
    let whole = "SELECT count(*) FROM areas a WHERE name ~ '^[01] ' AND NOT EXISTS (SELECT 1 FROM departments d WHERE d.area_id = a.id)";
    assert_eq!(count(conn, whole), 0, "no half of a transaction");
    assert_eq!(take(&other.url, None, false).1.manifest.tables, taken.manifest.tables);
}

#[test]
fn an_older_backup_is_migrated_and_a_later_one_refused() {
    let (one, other) = (TestDatabase::create(), TestDatabase::create());
    let conn = &mut one.connect();
    for _ in 0..3 {
        conn.revert_last_migration(db::MIGRATIONS).expect("an older release");
    }
    conn.batch_execute("INSERT INTO areas (name) VALUES ('De antes')").expect("an area");
    let (file, taken) = take(&one.url, None, false);
    let restored = restore(into(&other), &file).expect("restored");
    assert_eq!(restored.migrated, 3);
    assert!(db::is_migrated(&mut other.connect()).expect("asked"));
    assert_eq!(count(&mut other.connect(), "SELECT count(*) FROM areas WHERE name = 'De antes'"), 1);
    let later = take(&other.url, None, false).1.manifest;
    assert_eq!(later.migrations.len(), taken.manifest.migrations.len() + 3);

    // A database that has nothing at all will do as well.
    other.connect().revert_all_migrations(db::MIGRATIONS).expect("nothing");
    other.connect().batch_execute("DROP TABLE __diesel_schema_migrations").expect("nothing at all");
    assert_eq!(restore(into(&other), &file).expect("restored").migrated, 3);

    conn.run_pending_migrations(db::MIGRATIONS).expect("this release");
    conn.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')")
        .expect("a later release");
    let (file, _) = take(&one.url, None, false);
    let refused = refusal(Restoring { replace: true, ..into(&other) }, &file);
    assert!(refused.contains("the backup is of a later release"), "{refused}");
    let (file, _) = take(&other.url, None, false);
    let refused = refusal(Restoring { replace: true, ..into(&one) }, &file);
    assert!(refused.contains("the database is of a later release"), "{refused}");
}

#[test]
fn mails_that_waited_can_be_held_back() {
    let (one, other) = (TestDatabase::create(), TestDatabase::create());
    one.connect()
        .batch_execute(
            "INSERT INTO outgoing_mails (recipient, kind, language, subject, body, next_attempt_at)
             VALUES ('ana@correo.ugr.es', 'digest', 'es', 'Hola', 'Hola', now())",
        )
        .expect("a mail");
    let (file, _) = take(&one.url, None, false);
    assert_eq!(restore(into(&other), &file).expect("restored").waiting_mails, 1);
    let held = Restoring { hold_mails: true, replace: true, ..into(&other) };
    assert_eq!(restore(held, &file).expect("restored").waiting_mails, 0);
    let waiting = "SELECT count(*) FROM outgoing_mails WHERE next_attempt_at IS NOT NULL";
    assert_eq!(count(&mut other.connect(), waiting), 0);
}
