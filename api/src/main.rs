//! `gestfg`: the server and its tools.

use anyhow::Context;
use clap::{Parser, Subcommand};
use diesel::{Connection, PgConnection};
use gestfg::clock::Clock;
use gestfg::config::Config;
use gestfg::create_admin::NewAdmin;
use gestfg::invariants::Weight;
use gestfg::plan::Plan;
use gestfg::storage::{self, Storage};
use gestfg::{db, invariants, openapi, seed, server};
use std::io::Write;

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
            actix_web::rt::System::new().block_on(server::serve(Config::from_env()?))
        }
        Command::Migrate => {
            let url = std::env::var("DATABASE_URL").context("DATABASE_URL is not set")?;
            let applied = db::migrate(&url)?;
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

fn check() -> anyhow::Result<()> {
    let url = std::env::var("DATABASE_URL").context("DATABASE_URL is not set")?;
    let breaches = invariants::check(&mut PgConnection::establish(&url)?)?;
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
