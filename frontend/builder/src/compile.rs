//! From Rust sources to a JavaScript module and its WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::Profile;

/// A program of the interface: its module's name and its raw WebAssembly file.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) wasm: PathBuf,
}

/// Compiles the interface. For deployment it is three programs, each with all
/// of the one before: for visitors, with what students and tutors do, and with
/// the pages of the office. While working on it, the last one is all.
pub(crate) fn programs(root: &Path, profile: Profile) -> Result<Vec<Program>> {
    if profile == Profile::WebDev {
        return Ok(vec![Program { name: VISITOR, wasm: build(root, profile, OFFICE)? }]);
    }
    [VISITOR, MEMBER, OFFICE]
        .into_iter()
        .map(|name| {
            // All come out of cargo under the same name: keep each before making the next.
            let wasm = build(root, profile, name)?;
            let kept = wasm.with_file_name(format!("gestfg-frontend-{name}.wasm"));
            fs::copy(&wasm, &kept).with_context(|| format!("cannot keep {}", kept.display()))?;
            Ok(Program { name, wasm: kept })
        })
        .collect()
}

/// Name of the program for visitors, which needs no feature.
pub(crate) const VISITOR: &str = "gestfg";
/// Name of the program with what students and tutors do, and of its feature.
pub(crate) const MEMBER: &str = "member";
/// Name of the program with the pages of the office, and of its feature.
pub(crate) const OFFICE: &str = "office";

/// Compiles one program and answers the path of the raw WebAssembly file.
fn build(root: &Path, profile: Profile, program: &str) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--package", "gestfg-frontend", "--bin", "gestfg-frontend"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile.name()])
        .arg("--no-default-features")
        .args(if program == VISITOR { None } else { Some(["--features", program]) }.into_iter().flatten())
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .context("cargo could not be started")?;
    ensure!(output.status.success(), "the interface does not compile");
    find_artifact(&String::from_utf8_lossy(&output.stdout))
        .context("cargo reported no WebAssembly file for gestfg-frontend")
}

/// Looks for the program among cargo's messages, one JSON object per line.
fn find_artifact(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| message["target"]["name"] == "gestfg-frontend")
        .filter_map(|message| {
            let files = message["filenames"].as_array()?.clone();
            files.iter().filter_map(Value::as_str).find(|file| file.ends_with(".wasm")).map(PathBuf::from)
        })
        .next_back()
}

/// Writes `<name>.js`, `<name>_bg.wasm` and the snippets of our dependencies.
pub(crate) fn bind(program: &Program, out: &Path, profile: Profile) -> Result<()> {
    let release = profile == Profile::Web;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&program.wasm)
        .out_name(program.name)
        .typescript(false)
        .debug(!release)
        .keep_debug(!release)
        .remove_name_section(release)
        .remove_producers_section(release);
    if let Err(error) = bindgen.web(true).and_then(|bindgen| bindgen.generate(out)) {
        bail!("wasm-bindgen failed on {}: {error:#}", program.wasm.display());
    }
    Ok(())
}

/// Deletes the scripts of our dependencies when no program imports any: what is compiled
/// in and never called leaves its script behind, and nobody should be sent it.
pub(crate) fn forget_snippets(programs: &[Program], out: &Path) -> Result<()> {
    let snippets = out.join("snippets");
    if !snippets.is_dir() {
        return Ok(());
    }
    for program in programs {
        let script = out.join(format!("{}.js", program.name));
        let text =
            fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
        if text.contains("snippets/") {
            return Ok(());
        }
    }
    fs::remove_dir_all(&snippets).with_context(|| format!("cannot remove {}", snippets.display()))
}

#[cfg(test)]
mod tests {
    use super::find_artifact;

    #[test]
    fn the_artifact_is_found_among_other_messages() {
        let messages = concat!(
            "not json\n",
            r#"{"reason":"compiler-artifact","target":{"name":"serde"},"filenames":["/t/libserde.rlib"]}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"name":"gestfg-frontend"},"filenames":["/t/gestfg-frontend.wasm"]}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        assert_eq!(find_artifact(messages), Some("/t/gestfg-frontend.wasm".into()));
        assert_eq!(find_artifact(""), None);
    }
}
