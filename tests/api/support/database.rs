//! A database per test, cloned from a migrated template.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The server tests may make databases on: `TEST_DATABASE_URL`, a URL of its
/// maintenance database. `scripts/test` starts one and sets it.
fn server_url() -> url::Url {
    let text = std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL is not set; run scripts/test, or see the README for running one test");
    text.parse().expect("TEST_DATABASE_URL is a URL")
}

fn url_of(database: &str) -> String {
    let mut url = server_url();
    url.set_path(database);
    url.to_string()
}

fn admin() -> PgConnection {
    PgConnection::establish(server_url().as_str()).expect("the test server answers")
}

/// The migrated template: made once per schema, so that a second run is quick.
fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("gestfg_template_{:016x}", fingerprint());
        let mut conn = admin();
        // Test processes may start together; one of them builds.
        conn.batch_execute("SELECT pg_advisory_lock(7426001)").expect("lock");
        let exists: bool = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
            "EXISTS (SELECT 1 FROM pg_database WHERE datname = '{name}')"
        )))
        .get_result(&mut conn)
        .expect("ask for the template");
        if !exists {
            let making = format!("{name}_making");
            conn.batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).expect("clean up");
            conn.batch_execute(&format!("CREATE DATABASE {making} TEMPLATE template0 ENCODING 'UTF8'"))
                .expect("create the template");
            gestfg::db::migrate(&url_of(&making)).expect("migrate the template");
            conn.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).expect("rename");
        }
        name
    })
}

/// Changes whenever a migration does.
fn fingerprint() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("migrations")
        .filter_map(|entry| std::fs::read_to_string(entry.expect("entry").path().join("up.sql")).ok())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

/// A database that lives as long as its test.
pub struct TestDatabase {
    name: String,
    /// Where it is.
    pub url: String,
}

impl TestDatabase {
    pub fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gestfg_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let template = template();
        admin()
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .expect("drop an old one");
        admin()
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
            .expect("clone the template");
        let url = url_of(&name);
        Self { name, url }
    }

    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.url).expect("the test's database answers")
    }

    /// Close its door and throw everyone out, as a server that goes away does.
    pub fn go_away(&self) {
        admin()
            .batch_execute(&format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", self.name))
            .expect("close");
        admin()
            .batch_execute(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
                self.name
            ))
            .expect("throw out");
    }

    /// Let everyone in again.
    pub fn come_back(&self) {
        admin()
            .batch_execute(&format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true", self.name))
            .expect("open");
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let _ = admin().batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}
