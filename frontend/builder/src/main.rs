//! `build-frontend`: cargo, wasm-bindgen, style sheets, fonts and compression in one command.
//!
//! Everything that the page loads lands in one folder named after its content
//! (`assets/<hash>/`), so it may be cached for ever; `index.html` beside it is
//! the only file whose name stays.

mod compile;
mod compress;
mod output;
mod report;
mod styles;
mod trim;
mod usage;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};

/// First load over the wire, in bytes: what the interface may cost at most.
const BUDGET: u64 = 450_000;

/// How the interface is compiled.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// Small: what is deployed.
    Web,
    /// Quick to build: for working on it.
    WebDev,
}

impl Profile {
    /// Name of the cargo profile.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Web => "web-release",
            Self::WebDev => "web-dev",
        }
    }
}

/// Builds the static assets of the GesTFG interface.
#[derive(Parser)]
#[command(name = "build-frontend", version)]
struct Arguments {
    /// How to compile the interface.
    #[arg(long, value_enum, default_value = "web")]
    profile: Profile,
    /// Folder that receives `index.html` and `assets/`.
    #[arg(long, default_value = "target/web")]
    out: PathBuf,
    /// Fail when the first load is heavier than 450 kB over the wire.
    #[arg(long)]
    check_budget: bool,
    /// Build again even if nothing changed.
    #[arg(long)]
    force: bool,
    /// List the unused components left out of the style sheet.
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::say(&format!("build-frontend: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let root = find_root()?;
    let packages = root.join("node_modules/@patternfly/patternfly");
    ensure!(packages.is_dir(), "PatternFly is missing: run `npm ci` in {} first", root.display());

    let programs = compile::programs(&root, arguments.profile)?;
    let out = if arguments.out.is_absolute() { arguments.out } else { root.join(arguments.out) };
    let stamp = output::stamp(&root, &programs, arguments.profile)?;
    if !arguments.force && output::is_current(&out, &stamp) {
        report::say(&format!("interface up to date in {}", out.display()));
        return report::check(&out, arguments.profile, arguments.check_budget);
    }

    let staging = output::Staging::new(&out)?;
    for program in &programs {
        compile::bind(program, staging.path(), arguments.profile)?;
    }
    compile::forget_snippets(&programs, staging.path())?;
    // The last one has every page.
    let whole = programs.last().context("nothing was compiled")?;
    let usage = usage::Usage::read(&root, &whole.wasm)?;
    styles::build(&root, &usage, staging.path(), arguments.verbose)?;
    for name in ["boot.js", "start.js", "favicon.svg"] {
        copy(&root.join("frontend/static").join(name), &staging.path().join(name))?;
    }
    compress::folder(staging.path(), arguments.profile)?;
    let assets = staging.publish()?;
    output::write_index(&root, &out, &assets, &programs, arguments.profile)?;
    output::remember(&out, &stamp)?;
    report::print(&out, arguments.profile)?;
    report::check(&out, arguments.profile, arguments.check_budget)
}

/// The checkout: the nearest folder upwards that holds this project's lock file.
fn find_root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("no working directory")?;
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("frontend/index.html").is_file())
        .map(Path::to_path_buf)
        .context("run build-frontend inside a checkout of GesTFG")
}

/// `std::fs::copy` that names the files when it fails.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to)
        .map(|_bytes| ())
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
