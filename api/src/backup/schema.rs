//! The schema around rows that are put back: at the step they were written at,
//! with its guards taken down meanwhile. The owner of the tables may do all of it.

use super::tables::{Table, quoted};
use super::{Manifest, PIECES, Sequence};
use crate::db::MIGRATIONS;
use anyhow::{Context, Result, anyhow};
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationConnection, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::MigrationHarness;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Whether the database has been migrated by us.
pub(super) fn is_ours(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::sql::<Bool>("to_regclass('public.__diesel_schema_migrations') IS NOT NULL"))
        .get_result(conn)
}

/// Bring an empty schema to the step a backup was written at.
pub(super) fn move_to(conn: &mut PgConnection, manifest: &Manifest) -> Result<()> {
    let ours = ours()?;
    let applied = applied(conn)?;
    // Where nothing was ever migrated there is no table to note it in.
    conn.setup()?;
    // The newest is undone first.
    for migration in ours.iter().rev() {
        let version = migration.name().version().to_string();
        if applied.contains(&version) && !manifest.migrations.contains(&version) {
            conn.revert_migration(migration)
                .map_err(|error| anyhow!("{version} cannot be undone: {error}"))?;
        }
    }
    for migration in &ours {
        let version = migration.name().version().to_string();
        if !applied.contains(&version) && manifest.migrations.contains(&version) {
            conn.run_migration(migration).map_err(|error| anyhow!("{version} failed: {error}"))?;
        }
    }
    Ok(())
}

/// Bring it from there to this release's.
pub(super) fn move_on(conn: &mut PgConnection) -> Result<usize> {
    let applied =
        conn.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow!("a migration failed: {error}"))?;
    Ok(applied.len())
}

/// Neither the backup nor the database may be of a later release than this.
pub(super) fn ensure_known(conn: &mut PgConnection, manifest: &Manifest) -> Result<()> {
    let ours: Vec<_> = ours()?.iter().map(|migration| migration.name().version().to_string()).collect();
    let later = |versions: &[String]| versions.iter().find(|version| !ours.contains(version)).cloned();
    if let Some(version) = later(&manifest.migrations) {
        anyhow::bail!("the backup is of a later release, which had the migration {version}");
    }
    if let Some(version) = later(&applied(conn)?) {
        anyhow::bail!("the database is of a later release, which has the migration {version}");
    }
    Ok(())
}

fn ours() -> Result<Vec<Box<dyn Migration<Pg>>>> {
    let mut found = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|error| anyhow!("migrations cannot be read: {error}"))?;
    found.sort_by(|one, other| one.name().version().cmp(&other.name().version()));
    Ok(found)
}

/// What has been applied, in order. The harness would make its table first,
/// which a transaction that only reads may not.
pub(super) fn applied(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    if !is_ours(conn)? {
        return Ok(Vec::new());
    }
    diesel::sql_query("SELECT version::text AS name FROM __diesel_schema_migrations ORDER BY version")
        .load::<Name>(conn)
        .map(|found| found.into_iter().map(|row| row.name).collect())
}

/// A foreign key, as it can be taken away and put back.
#[derive(QueryableByName)]
struct ForeignKey {
    #[diesel(sql_type = Text)]
    away: String,
    #[diesel(sql_type = Text)]
    back: String,
}

/// What was taken down and has to be put up again.
pub(super) struct Guards {
    tables: Vec<String>,
    keys: Vec<ForeignKey>,
}

/// Take down triggers of ours and foreign keys: rows come in the order of their
/// tables, and as they were.
pub(super) fn lower_guards(conn: &mut PgConnection, tables: &[Table]) -> Result<Guards> {
    let tables: Vec<_> = tables.iter().map(|table| table.name.as_str()).chain([PIECES]).map(quoted).collect();
    let keys: Vec<ForeignKey> = diesel::sql_query(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
                format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
         FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
         ORDER BY conrelid, conname",
    )
    .load(conn)?;
    for key in &keys {
        conn.batch_execute(&key.away)?;
    }
    for table in &tables {
        conn.batch_execute(&format!("ALTER TABLE {table} DISABLE TRIGGER USER"))?;
    }
    Ok(Guards { tables, keys })
}

impl Guards {
    /// Put them up again: every reference is looked at once more.
    pub(super) fn raise(self, conn: &mut PgConnection) -> Result<()> {
        // What a table still has to check keeps it from being altered.
        conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
        for key in &self.keys {
            conn.batch_execute(&key.back).context("a row refers to one that is not there")?;
        }
        for table in &self.tables {
            conn.batch_execute(&format!("ALTER TABLE {table} ENABLE TRIGGER USER"))?;
        }
        Ok(())
    }
}

/// Unlike `setval`, this is undone with the transaction.
pub(super) fn set_sequence(conn: &mut PgConnection, sequence: &Sequence) -> QueryResult<()> {
    let name = quoted(&sequence.name);
    conn.batch_execute(&format!("ALTER SEQUENCE {name} RESTART WITH {}", sequence.next))
}

/// Gather anew what is gathered from rows.
pub(super) fn refresh_views(conn: &mut PgConnection) -> QueryResult<()> {
    let views: Vec<Name> = diesel::sql_query(
        "SELECT matviewname::text AS name FROM pg_matviews WHERE schemaname = 'public' ORDER BY 1",
    )
    .load(conn)?;
    for view in views {
        conn.batch_execute(&format!("REFRESH MATERIALIZED VIEW {}", quoted(&view.name)))?;
    }
    Ok(())
}
