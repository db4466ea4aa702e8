//! Rows as lines, and lines as rows.

use super::{PIECES, Sequence, TableContent};
use crate::models::document::hexadecimal;
use anyhow::{Context, Result, ensure};
use diesel::connection::SimpleConnection;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use sha2::{Digest, Sha256};
use std::io::{BufRead, Read, Write};

/// Lines are put in together up to so many bytes.
const TOGETHER: usize = 1024 * 1024;

/// How values are written does not depend on whose session it is.
const ONE_MANNER: &str = "SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; \
    SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; SET lock_timeout = '30s'; \
    SET idle_in_transaction_session_timeout = 0";

/// A connection for a work that takes as long as it takes.
pub(super) fn connect(url: &str) -> Result<PgConnection> {
    let mut conn = PgConnection::establish(url).context("the database cannot be reached")?;
    conn.batch_execute(ONE_MANNER)?;
    Ok(conn)
}

/// A table, as the catalogue has it.
#[derive(Debug, QueryableByName)]
pub(super) struct Table {
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    types: Vec<String>,
    /// What puts its rows in the one order they are written in.
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
}

/// Every table but the one of migrations and, `document_pieces`, what goes with
/// the documents. Columns are by name: an older database may have others first.
pub(super) fn list(conn: &mut PgConnection) -> QueryResult<Vec<Table>> {
    diesel::sql_query(
        "SELECT c.relname::text AS name,
                array_agg(a.attname::text ORDER BY a.attname COLLATE \"C\") AS columns,
                array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attname COLLATE \"C\") AS types,
                ARRAY(SELECT quote_ident(k.attname) || CASE WHEN k.attcollation <> 0 THEN ' COLLATE \"C\"' ELSE '' END
                      FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY x (number, place)
                      JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = x.number
                      WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY x.place) AS key
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND c.relname NOT IN ('__diesel_schema_migrations', $1)
           AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
         GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE \"C\"",
    )
    .bind::<Text, _>(PIECES)
    .load(conn)
}

/// What each sequence gives next. They are of no moment: asked after the rows
/// were, they are behind none of them.
pub(super) fn sequences(conn: &mut PgConnection) -> QueryResult<Vec<Sequence>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        step: i64,
    }
    let found: Vec<Row> = diesel::sql_query(
        "SELECT sequencename::text AS name, increment_by AS step FROM pg_sequences
         WHERE schemaname = 'public' ORDER BY sequencename COLLATE \"C\"",
    )
    .load(conn)?;
    let mut sequences = Vec::new();
    for Row { name, step } in found {
        // The catalogue forgets where one was restarted that has given nothing since.
        let next = format!(
            "(SELECT CASE WHEN is_called THEN last_value + {step} ELSE last_value END FROM {})",
            quoted(&name)
        );
        let next = diesel::select(diesel::dsl::sql::<BigInt>(&next)).get_result(conn)?;
        sequences.push(Sequence { name, next });
    }
    Ok(sequences)
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// Whether it has a row.
    pub(super) fn is_filled(&self, conn: &mut PgConnection) -> QueryResult<bool> {
        let query = format!("EXISTS (SELECT 1 FROM {})", quoted(&self.name));
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&query)).get_result(conn)
    }

    /// Write its rows, one after the other as they come.
    pub(super) fn write_rows(&self, conn: &mut PgConnection, out: impl Write) -> Result<TableContent> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            line: String,
        }
        let values: Vec<_> = self.columns.iter().map(|column| format!("{}::text", quoted(column))).collect();
        ensure!(!self.key.is_empty(), "the table {} has no key", self.name);
        let query = format!(
            "SELECT to_json(ARRAY[{}]::text[])::text AS line FROM {} ORDER BY {}",
            values.join(", "),
            quoted(&self.name),
            self.key.join(", ")
        );
        let mut out = Counted::new(out);
        let mut rows = 0;
        for row in diesel::sql_query(query).load_iter::<Row, PgRowByRowLoadingMode>(conn)? {
            out.write_all(row?.line.as_bytes())?;
            out.write_all(b"\n")?;
            rows += 1;
        }
        let (_, sha256) = out.finish();
        Ok(TableContent { name: self.name.clone(), columns: self.columns.clone(), rows, sha256 })
    }

    /// Put in what was written.
    pub(super) fn read_rows(&self, conn: &mut PgConnection, mut lines: impl BufRead) -> Result<()> {
        let columns: Vec<_> = self.columns.iter().map(|column| quoted(column)).collect();
        let values: Vec<_> =
            self.types.iter().enumerate().map(|(n, kind)| format!("(line ->> {n})::{kind}")).collect();
        let statement = format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM jsonb_array_elements($1::jsonb) AS line",
            quoted(&self.name),
            columns.join(", "),
            values.join(", ")
        );
        let mut batch = String::from("[");
        let mut is_over = false;
        while !is_over {
            is_over = lines.read_line(&mut batch)? == 0;
            if !is_over && batch.len() < TOGETHER {
                batch.push(',');
                continue;
            }
            let rows = batch.trim_end_matches(['\n', ',']);
            if rows.len() > 1 {
                diesel::sql_query(&statement)
                    .bind::<Text, _>(format!("{rows}]"))
                    .execute(conn)
                    .with_context(|| format!("rows of {} are not taken", self.name))?;
            }
            batch.truncate(1);
        }
        Ok(())
    }

    /// Whether the backup has the same columns of it.
    pub(super) fn fits(&self, content: &TableContent) -> bool {
        self.name == content.name && self.columns == content.columns
    }
}

/// Counts and hashes what passes through.
pub(super) struct Counted<T> {
    inner: T,
    size: u64,
    hasher: Sha256,
}

impl<T> Counted<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner, size: 0, hasher: Sha256::new() }
    }

    /// How many bytes there were, and their SHA-256.
    pub(super) fn finish(self) -> (u64, String) {
        (self.size, hexadecimal(&self.hasher.finalize()))
    }

    fn note(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.hasher.update(bytes);
    }
}

impl<T: Write> Write for Counted<T> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.note(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Counted<T> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.note(&bytes[..count]);
        Ok(count)
    }
}
