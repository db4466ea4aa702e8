//! Everything that reads what strangers wrote, given the worst that is kept in
//! `tests/fuzz/corpus` and what chance makes of it.
//!
//! It happens in a process of its own, with as much memory as the smallest
//! server has and a watch that ends it: a crash, a hang or a gigabyte is then a
//! failure like any other. `scripts/fuzz-parsers` runs the same for longer.

use std::hash::Hasher;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How much work one input may be, for a server built for debugging.
const LIMIT: Duration = Duration::from_secs(20);
/// What all of it may take of memory.
const MEMORY: u64 = 400 * 1024 * 1024;
/// The longest input that chance makes.
const LONGEST: usize = 256 * 1024;

/// Something that reads.
type Reader = fn(&[u8]);

/// Each reader with words that mean something to it.
const READERS: &[(&str, Reader, &[&str])] = &[
    (
        "sheets",
        sheets,
        &[
            "1048576",
            "uniqueCount=\"9999999\"",
            "table:number-rows-repeated=\"1048576\"",
            "<xf/>",
            "<si><t/></si>",
            "r:id=\"rId1\"",
            "A1:XFD1048576",
            "\u{feff}",
            "&#x0;",
            "xml:space=\"preserve\"",
        ],
    ),
    (
        "calendars",
        calendars,
        &[
            "RRULE:FREQ=SECONDLY",
            "FREQ=YEARLY",
            ";BYHOUR=0,1,2,3",
            ";BYSETPOS=-1",
            ";INTERVAL=65535",
            ";UNTIL=99991231",
            "DTSTART:00010101",
            "DTEND:99991231T235959Z",
            "DURATION:P99999W",
            "BEGIN:VEVENT\n",
            "END:VEVENT\n",
            "TZID=",
            "\n ",
            "EXDATE:",
            "RDATE:",
        ],
    ),
    (
        "markdown",
        markdown,
        &[
            "[",
            "](",
            "**",
            "_",
            "> ",
            "`",
            "<b>",
            "</b>",
            "<svg",
            "&#x6a;",
            "javascript:",
            "|-|",
            "\n\n",
            "<!--",
            "<style>",
            "<math>",
        ],
    ),
    (
        "words",
        words,
        &["@", ".", "X1234567L", "12345678Z", "\u{202e}", "\u{0}", "ı", "İ", "ﬃ", "\u{301}", " "],
    ),
    ("tokens", tokens, &["eyJ", ".", "none", "gtk_", "=", "-", "_", "{\"alg\":\"HS256\"}"]),
    (
        "bodies",
        bodies,
        &["{", "[", "\"", "null", "1e999", "-0", "\\u0000", "\\ud800", "18446744073709551616", ","],
    ),
    ("plans", plans, &["4294967295", "-1", "1e308", "null", "[]", "{}", "\"\""]),
    (
        "deposits",
        deposits,
        &[
            "/Length 99999999",
            "stream\n",
            "endstream",
            "<<",
            ">>",
            "/FlateDecode",
            "/Kids [",
            "obj",
            "%PDF-1.7",
            "/Type/ObjStm",
        ],
    ),
];

fn sheets(bytes: &[u8]) {
    if let Ok(book) = gestfg::sheets::read(bytes, None) {
        assert!(book.sheet.rows.len() <= gestfg_types::imports::MAX_ROWS + gestfg::sheets::SPARE_ROWS);
        let _ = gestfg::sheets::read(bytes, Some(&book.sheet.name));
    }
}

fn calendars(bytes: &[u8]) {
    let at = |text: &str| text.parse().expect("a moment");
    let window = (at("2026-11-23T09:00:00Z"), at("2027-12-28T09:00:00Z"));
    let zone = chrono_tz::Europe::Madrid;
    if let Ok(read) = gestfg::busy_calendar::read(bytes, Some("eva.muestra@ugr.es"), window, zone) {
        let apart = read.busy.windows(2).all(|pair| pair[0].1 < pair[1].0);
        assert!(apart && read.busy.iter().all(|(from, to)| from < to), "times are in order and apart");
    }
}

fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // No longer than any field that takes it.
    let text: String = text.chars().take(gestfg_types::projects::TEXT_MAX).collect();
    let html = gestfg::domain::markdown::render(&text).to_lowercase();
    for bad in [
        "<script", "<iframe", "<img", "<svg", "<object", "<embed", "<form", "<style", "<link", "<meta",
        "<math",
    ] {
        assert!(!html.contains(bad), "{bad}");
    }
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        assert!(!tag.contains("href=\"javascript:") && !tag.contains("href=\"data:"), "{tag}");
        // What is quoted is a value and no name.
        let names = tag.split('"').step_by(2).collect::<String>();
        assert!(!names.contains(" on") && !names.contains(" style=") && !names.contains(" src"), "{tag}");
    }
    let short = gestfg::domain::markdown::excerpt(&text, 200);
    assert!(short.chars().count() <= 201);
}

fn words(bytes: &[u8]) {
    use gestfg::domain::{dni::Dni, email::Email, text};
    let given = String::from_utf8_lossy(bytes);
    if let Ok(dni) = Dni::parse(&given) {
        assert_eq!(Dni::parse(dni.as_str()).expect("its own spelling").as_str(), dni.as_str());
    }
    if let Ok(email) = Email::parse(&given) {
        assert_eq!(Email::parse(email.as_str()).expect("its own spelling").as_str(), email.as_str());
        assert!(!email.as_str().contains(['\r', '\n', ' ']), "{email:?}");
        let _ = email.name_to_go_by();
    }
    let line = text::one_line(&given);
    assert_eq!(text::one_line(&line), line);
    let _ = (text::fold(&given), text::first_words(&given, 40));
    let _ = (gestfg::import::fold::name_key(&given), gestfg::import::fold::header_words(&given));
}

fn tokens(bytes: &[u8]) {
    use gestfg::pagination::Cursor;
    let text = String::from_utf8_lossy(bytes);
    let now = "2026-11-23T09:00:00Z".parse().expect("a moment");
    let keys = gestfg::auth::token::TokenKeys::new("a secret that is only used in tests");
    // Nothing here was signed by anybody who knows this secret.
    assert!(keys.verify(&text, now).is_none());
    let _ = Cursor::read::<(i64,)>(&text);
    let _ = Cursor::read::<(String, i64)>(&text);
    let _ = Cursor::read::<(Option<chrono::DateTime<chrono::Utc>>, i64)>(&text);
    let _ = gestfg::auth::secret_token::digest(&text);
}

fn bodies(bytes: &[u8]) {
    use gestfg_types::{errors::Problem, imports::ImportOptions, projects::CreateProject};
    if let Ok(problem) = serde_json::from_slice::<Problem>(bytes) {
        let again = serde_json::to_vec(&problem).expect("JSON");
        assert_eq!(serde_json::from_slice::<Problem>(&again).expect("what we wrote"), problem);
    }
    let _ = serde_json::from_slice::<ImportOptions>(bytes);
    let _ = serde_json::from_slice::<CreateProject>(bytes);
    let _ = serde_json::from_slice::<serde_json::Value>(bytes);
}

fn plans(bytes: &[u8]) {
    use gestfg_planner::command::{Problem, check, plan};
    let text = String::from_utf8_lossy(bytes);
    for problem in [Problem::Allocation, Problem::Committees, Problem::Timetable] {
        let control = gestfg_planner::control::Control::new(1, Duration::from_millis(50));
        if let Ok(solution) = plan(problem, &text, &control) {
            check(problem, &text, &solution).expect("what it planned it can judge");
        }
    }
}

/// By the process that reads documents, as the server does it.
fn deposits(bytes: &[u8]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gestfg"))
        .arg("read-deposit")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("its input");
    // It may die before it has read everything: that is what it is for.
    let _ = input.write_all(bytes);
    drop(input);
    let mut said = Vec::new();
    let output = child.stdout.take().expect("its output");
    output.take(64 * 1024 * 1024).read_to_end(&mut said).expect("its words");
    if child.wait().expect("its end").success() {
        let text: gestfg::deposit_text::DepositText = serde_json::from_slice(&said).expect("what it read");
        assert!(!text.text.contains('\0') && text.text.len() <= 4 * 1024 * 1024);
    }
}

fn corpus(reader: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz/corpus").join(reader);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.clone(), std::fs::read(&path).expect("its bytes")))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{reader} has a corpus");
    files
}

/// Chance that can be repeated (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }
}

fn mutated(chance: &mut Chance, seeds: &[(PathBuf, Vec<u8>)], words: &[&str]) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].1.clone();
    // What is inside a zip, more often than the zip: few bytes of it would stay one.
    if bytes.starts_with(b"PK\x03\x04")
        && chance.below(4) > 0
        && let Some(repacked) = repacked(chance, &bytes, words)
    {
        return repacked;
    }
    bytes.truncate(LONGEST);
    let other = &seeds[chance.below(seeds.len())].1;
    for _ in 0..=chance.below(8) {
        change(chance, &mut bytes, other, words);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(chance: &mut Chance, bytes: &mut Vec<u8>, other: &[u8], words: &[&str]) {
    let at = chance.below(bytes.len() + 1);
    let span = chance.below(1 + bytes.len().saturating_sub(at).min(64));
    match chance.below(8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = [0, 0xff, 0x7f, 0x80, b'<', b'"', b'\n', b'9'][chance.below(8)],
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..at + span)),
        4 => {
            let piece = bytes[at..at + span].to_vec();
            let times = 1 << chance.below(10);
            let repeated = piece.repeat(times);
            bytes.splice(at..at, repeated.into_iter().take(LONGEST));
        }
        5 => {
            let from = chance.below(other.len() + 1);
            let to = from + chance.below(1 + other.len().saturating_sub(from).min(512));
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        _ => {
            let word = words[chance.below(words.len())].as_bytes();
            let end = if chance.below(2) == 0 { at } else { (at + word.len()).min(bytes.len()) };
            bytes.splice(at..end, word.iter().copied());
        }
    }
}

/// The same zip with one part changed.
fn repacked(chance: &mut Chance, bytes: &[u8], words: &[&str]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.is_empty() || archive.len() > 40 {
        return None;
    }
    let chosen = chance.below(archive.len());
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.take(LONGEST as u64).read_to_end(&mut content).ok()?;
        if index == chosen {
            let copy = content.clone();
            for _ in 0..=chance.below(6) {
                change(chance, &mut content, &copy, words);
            }
            content.truncate(4 * LONGEST);
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
        written.write_all(&content).ok()?;
    }
    Some(written.finish().ok()?.into_inner())
}

/// The most memory this process has had, in MiB, and back to what it has now.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How long this process has been at work, whatever else the machine does.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ');
    // In hundredths of a second: for itself, and for the system.
    let ticks = fields.skip(12).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// Ends the process when one input takes too much work. What it began with is in `began`.
fn watch(began: &'static AtomicU64) -> std::sync::mpsc::Sender<()> {
    let (sender, stopped) = channel::<()>();
    std::thread::spawn(move || {
        while matches!(stopped.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout)) {
            let work = worked().saturating_sub(Duration::from_millis(began.load(Ordering::Relaxed)));
            if work > LIMIT {
                eprintln!("an input takes more work than {LIMIT:?}");
                std::process::abort();
            }
        }
    });
    sender
}

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What the process of its own does. `FUZZ_READER` names one reader, `FUZZ_MILLISECONDS` says how
/// long chance is given, `FUZZ_SEED` which chance, `FUZZ_INPUT` where the input at hand is kept.
#[test]
#[ignore = "run in a process of its own by the test below and by scripts/fuzz-parsers"]
fn reads_what_it_is_given() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    static BEGAN: AtomicU64 = AtomicU64::new(0);
    setrlimit(Resource::Data, Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) }).expect("a limit");
    let input = PathBuf::from(std::env::var("FUZZ_INPUT").expect("a place for the input"));
    let wanted = std::env::var("FUZZ_READER").unwrap_or_default();
    let time = Duration::from_millis(variable("FUZZ_MILLISECONDS", 500));
    let stop = watch(&BEGAN);
    for (name, read, words) in READERS.iter().filter(|reader| wanted.is_empty() || reader.0 == wanted) {
        let seeds = corpus(name);
        let give = |bytes: &[u8]| {
            std::fs::write(&input, bytes).expect("the input is kept");
            BEGAN.store(u64::try_from(worked().as_millis()).unwrap_or(0), Ordering::Relaxed);
            let before = Instant::now();
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| read(bytes))) {
                println!("{name} panics");
                std::panic::resume_unwind(panic);
            }
            before.elapsed()
        };
        peak_memory();
        let mut slowest = (Duration::ZERO, String::new());
        for (path, bytes) in &seeds {
            println!("{name}: {}", path.display());
            let took = give(bytes);
            if took > slowest.0 {
                slowest = (took, path.display().to_string());
            }
        }
        let kept = peak_memory();
        let mut chance = Chance({
            let mut hasher = std::hash::DefaultHasher::new();
            hasher.write(name.as_bytes());
            hasher.write_u64(variable("FUZZ_SEED", 1));
            hasher.finish() | 1
        });
        let begun = Instant::now();
        let (mut count, mut longest) = (0_u32, Duration::ZERO);
        while begun.elapsed() < time {
            longest = longest.max(give(&mutated(&mut chance, &seeds, words)));
            count += 1;
        }
        println!(
            "{name}: {} kept, slowest {:?} ({}), {kept} MiB; {count} by chance, slowest {longest:?}, {} MiB",
            seeds.len(),
            slowest.0,
            slowest.1,
            peak_memory(),
        );
    }
    drop(stop);
}

#[test]
fn nothing_that_is_read_hangs_or_fells_the_reader() {
    let input = std::env::temp_dir().join(format!("gestfg-fuzz-{}", std::process::id()));
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "attacks::parsers::reads_what_it_is_given",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("FUZZ_INPUT", &input)
        .output()
        .expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<_> = said.lines().rev().take(6).collect();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "the reader died ({}) of {}; it goes into tests/fuzz/corpus when mended\n{}\n{complaint}",
        output.status,
        input.display(),
        lines.into_iter().rev().collect::<Vec<_>>().join("\n"),
    );
    std::fs::remove_file(input).expect("cleaned up");
}
