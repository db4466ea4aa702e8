//! `gestfg`: the server and its tools.

use clap::{Parser, Subcommand};
use diesel::{Connection, PgConnection};
use gestfg::backup::{Restoring, Taken, Taking};
use gestfg::clock::Clock;
use gestfg::config::Config;
use gestfg::create_admin::NewAdmin;
use gestfg::invariants::Weight;
use gestfg::plan::Plan;
use gestfg::storage::{self, Bucket, Storage};
use gestfg::{backup, database_url, db, invariants, models, openapi, seed, server};
use gestfg_types::system::Backup;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(version, about = "Final-degree projects of a university faculty")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the interface.
    Server,
    /// Bring the schema of the database up to date.
    Migrate,
    /// Fill an empty database with invented data.
    Seed {
        /// A faculty in the middle of its year.
        #[arg(long, required = true)]
        demo: bool,
        /// How many professors.
        #[arg(long, default_value_t = 60)]
        professors: usize,
        /// How many students.
        #[arg(long, default_value_t = 400)]
        students: usize,
        /// How many projects.
        #[arg(long, default_value_t = 300)]
        projects: usize,
    },
    /// Make an admin, or an admin of someone, and print the link that sets the password.
    CreateAdmin {
        /// Their address; an account that has it is promoted.
        #[arg(long)]
        email: String,
        /// Given name.
        #[arg(long)]
        first_name: String,
        /// Family names.
        #[arg(long)]
        last_name: String,
        /// DNI or NIE.
        #[arg(long)]
        dni: Option<String>,
        /// Read the password from the first line of the standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Hold the data against the rules of the domain; fails if one that can never be right is broken.
    Check,
    /// Write everything there is, documents included, to one file. It holds personal data.
    Backup {
        /// Where to; `-` is the standard output.
        file: PathBuf,
        /// Leave documents that are in the bucket where they are.
        #[arg(long)]
        leave_bucket: bool,
    },
    /// Put a backup back into a database that is empty. Stop the servers first.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Remove what the database has.
        #[arg(long)]
        replace: bool,
        /// Send no mail that waited when the backup was taken.
        #[arg(long)]
        hold_mails: bool,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Compare documents with their bytes, and the bucket's objects with documents.
    CheckDocuments {
        /// Read every byte and compare its SHA-256 too.
        #[arg(long)]
        thorough: bool,
        /// Remove objects of the bucket that belong to no document.
        #[arg(long)]
        remove_strangers: bool,
    },
    /// Read the PDF or ZIP on the standard input and print its text as JSON: what the
    /// server calls for each document, in a process of its own.
    #[command(hide = true)]
    ReadDeposit,
    /// Plan committees or a timetable from a file, without a database.
    Plan {
        /// Which problem.
        #[command(subcommand)]
        problem: Plan,
    },
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command {
        Command::Server => {
            start_log();
            let system = actix_web::rt::System::new();
            system.block_on(server::serve(Config::from_env()?))?;
            // Dropping the system would wait for statements nobody waits for any more, past the
            // moment at which the platform kills.
            std::process::exit(0)
        }
        Command::Migrate => {
            let applied = db::migrate(database_url::from_env()?.reveal())?;
            say(&format!("{} migrations applied", applied.len()))
        }
        Command::Seed { demo: _, professors, students, projects } => {
            let config = Config::from_env()?;
            let mut conn = PgConnection::establish(config.database_url.reveal())?;
            let size = seed::Size { professors, students, projects };
            if seed::demo(&mut conn, &config, size)? {
                say(&format!("seeded {professors} professors, {students} students and {projects} projects"))?;
            } else {
                say("the demonstration data are there already")?;
            }
            for seed::DemoLogIn { role, email } in seed::log_ins(&config) {
                say(&format!("  {role:<20} {email:<32} {}", seed::PASSWORD))?;
            }
            Ok(())
        }
        Command::CreateAdmin { email, first_name, last_name, dni, password_stdin } => {
            let password = password_stdin.then(read_line).transpose()?;
            create_admin(&NewAdmin { email, first_name, last_name, dni, password })
        }
        Command::Check => check(),
        Command::Backup { file, leave_bucket } => back_up(&file, leave_bucket),
        Command::Restore { file, replace, hold_mails } => restore(&file, replace, hold_mails),
        Command::Openapi => say(&openapi::document().to_pretty_json()?),
        Command::CheckDocuments { thorough, remove_strangers } => check_documents(thorough, remove_strangers),
        Command::ReadDeposit => gestfg::deposit_text::read_standard_input(),
        Command::Plan { problem } => say(&problem.run()?),
    }
}

fn check_documents(thorough: bool, remove_strangers: bool) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let storage = Storage::new(db::Db::new(config.database_url.reveal(), 1), config.bucket.clone());
    let found = actix_web::rt::System::new().block_on(storage::check_documents(
        &storage,
        thorough,
        remove_strangers,
    ))?;
    for damage in &found.damaged {
        say(&format!("damaged  {damage}"))?;
    }
    for name in &found.strangers {
        say(&format!("stranger {name}"))?;
    }
    say(&format!(
        "{} documents, {} damaged; {} objects that belong to none",
        found.checked,
        found.damaged.len(),
        found.strangers.len()
    ))?;
    anyhow::ensure!(found.damaged.is_empty(), "documents are damaged");
    Ok(())
}

fn create_admin(admin: &NewAdmin) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let mut conn = PgConnection::establish(config.database_url.reveal())?;
    let made =
        gestfg::create_admin::create_admin(&mut conn, &config.public_url, admin, Clock::system().now())?;
    say(if made.is_new { "the account was made" } else { "the account is an admin's now" })?;
    match made.link {
        Some(link) => say(&format!("good for 24 hours and one use: {link}")),
        None => Ok(()),
    }
}

/// Where everything is: all that backing up and restoring need to be told.
fn places() -> anyhow::Result<(String, Option<Bucket>)> {
    let database = database_url::from_env()?.reveal().to_owned();
    let bucket = std::env::var("STORAGE_URL").ok().filter(|url| !url.trim().is_empty());
    Ok((database, bucket.map(|url| Bucket::open(&url)).transpose()?))
}

fn back_up(file: &Path, leave_bucket: bool) -> anyhow::Result<()> {
    let (database_url, bucket) = places()?;
    let taking = Taking { database_url: &database_url, bucket: bucket.as_ref(), leave_bucket };
    let taken = if file == Path::new("-") {
        backup::take(taking, BufWriter::new(std::io::stdout().lock()))?
    } else {
        // Nobody else may read it, and under its name it is there when it is whole.
        let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let mut writing = tempfile::NamedTempFile::new_in(folder)?;
        let taken = backup::take(taking, BufWriter::new(&mut writing))?;
        writing.as_file().sync_all()?;
        writing.persist(file)?;
        taken
    };
    note_backup(&database_url, &taken);
    // The standard output may be the backup.
    let mut said = std::io::stderr();
    writeln!(
        said,
        "{} tables, {} rows; {} documents, {} bytes; {} documents left in the bucket",
        taken.manifest.tables.len(),
        taken.manifest.rows(),
        taken.manifest.documents.len(),
        taken.manifest.document_bytes(),
        taken.manifest.left_in_bucket
    )?;
    for lost in &taken.lost {
        writeln!(said, "lost before  {lost}")?;
    }
    anyhow::ensure!(taken.lost.is_empty(), "the backup is whole but for documents that had been lost before");
    Ok(())
}

/// So that admins see when the latest was taken. A backup of an older schema,
/// or of a database that takes nothing any more, is a backup all the same.
fn note_backup(database_url: &str, taken: &Taken) {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let row = Backup {
        ended_at: Clock::system().now(),
        row_count: number(taken.manifest.rows()),
        document_count: number(taken.manifest.documents.len() as u64),
        document_bytes: number(taken.manifest.document_bytes()),
        left_in_bucket: number(taken.manifest.left_in_bucket),
    };
    let noted = PgConnection::establish(database_url)
        .map_err(anyhow::Error::from)
        .and_then(|mut conn| Ok(models::system::note_backup(&mut conn, &row)?));
    if let Err(error) = noted {
        let _ = writeln!(std::io::stderr(), "the backup is whole, but could not be noted: {error:#}");
    }
}

fn restore(file: &Path, replace: bool, hold_mails: bool) -> anyhow::Result<()> {
    let (database_url, bucket) = places()?;
    let restoring = Restoring { database_url: &database_url, bucket: bucket.as_ref(), replace, hold_mails };
    let restored = backup::restore(restoring, file)?;
    let manifest = &restored.manifest;
    say(&format!(
        "restored {} tables, {} rows and {} documents of {}; {} migrations since",
        manifest.tables.len(),
        manifest.rows(),
        manifest.documents.len(),
        manifest.taken_at,
        restored.migrated
    ))?;
    if restored.moved_documents > 0 {
        say(&format!("{} documents of the bucket are in the database now", restored.moved_documents))?;
    }
    if manifest.left_in_bucket > 0 {
        say(&format!(
            "{} documents have to be in the bucket: gestfg check-documents",
            manifest.left_in_bucket
        ))?;
    }
    if restored.waiting_mails > 0 {
        say(&format!(
            "{} mails wait and will be sent by the next server that starts; --hold-mails keeps them back",
            restored.waiting_mails
        ))?;
    }
    check()
}

fn check() -> anyhow::Result<()> {
    let mut conn = PgConnection::establish(database_url::from_env()?.reveal())?;
    let breaches = invariants::check(&mut conn)?;
    for breach in &breaches {
        let mark = if breach.weight == Weight::Broken { "broken" } else { "look" };
        let more = if breach.culprits.len() == invariants::SHOWN { "; …" } else { "" };
        say(&format!(
            "{mark}  {}: {}\n        {}{more}",
            breach.name,
            breach.says,
            breach.culprits.join("; ")
        ))?;
    }
    let broken = breaches.iter().filter(|breach| breach.weight == Weight::Broken).count();
    let rules = invariants::INVARIANTS.len();
    say(&format!("{rules} rules, {broken} broken, {} to be looked at", breaches.len() - broken))?;
    anyhow::ensure!(broken == 0, "the data break {broken} rules");
    Ok(())
}

fn read_line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("LOG").unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    // A person at a terminal reads lines; a log drain reads JSON.
    if std::env::var_os("DYNO").is_some() { log.json().init() } else { log.init() }
}
