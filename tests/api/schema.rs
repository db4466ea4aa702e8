//! Conventions of the database itself.

use crate::support::database::TestDatabase;
use diesel::RunQueryDsl;
use diesel::sql_types::Text;

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn names(sql: &str) -> Vec<String> {
    let database = TestDatabase::create();
    diesel::sql_query(sql)
        .load::<Name>(&mut database.connect())
        .expect("the catalogue answers")
        .into_iter()
        .map(|row| row.name)
        .collect()
}

#[test]
fn every_table_says_what_it_is_for() {
    let silent = names(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '__diesel_schema_migrations'
           AND obj_description(c.oid) IS NULL",
    );
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn every_foreign_key_has_an_index_that_starts_with_it() {
    let slow = names(
        "SELECT k.conrelid::regclass || '.' || k.conname AS name FROM pg_constraint k
         WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT EXISTS (
             SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid
               AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)",
    );
    assert_eq!(slow, Vec::<String>::new());
}

#[test]
fn every_migration_can_be_undone_and_done_again() {
    use diesel_migrations::MigrationHarness;
    let database = TestDatabase::create();
    let mut conn = database.connect();
    conn.revert_all_migrations(gestfg::db::MIGRATIONS).expect("undone");
    conn.run_pending_migrations(gestfg::db::MIGRATIONS).expect("done again");
}
