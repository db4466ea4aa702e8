//! The lines of a calendar file: unfolded, with their parameters.

/// One property of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its name, in capitals.
    pub(super) name: String,
    /// Its parameters; names in capitals.
    parameters: Vec<(String, String)>,
    /// What it says.
    pub(super) value: String,
}

impl Line {
    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a line of free and busy times is one of busy ones.
    pub(super) fn is_busy(&self) -> bool {
        !self.parameter("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE"))
    }

    /// Whether an invited person said no.
    pub(super) fn is_declined(&self) -> bool {
        self.parameter("PARTSTAT").is_some_and(|answer| answer.eq_ignore_ascii_case("DECLINED"))
    }

    /// Whether an invited person is reached at this address.
    pub(super) fn is_addressed_to(&self, address: &str) -> bool {
        let of = |text: &str| {
            let text = text.trim();
            let bare = text
                .get(..7)
                .filter(|start| start.eq_ignore_ascii_case("mailto:"))
                .map_or(text, |_| &text[7..]);
            bare.eq_ignore_ascii_case(address)
        };
        of(&self.value) || self.parameter("EMAIL").is_some_and(of)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut is_quoted = false;
        let colon = text.char_indices().find_map(|(place, c)| {
            is_quoted ^= c == '"';
            (c == ':' && !is_quoted).then_some(place)
        })?;
        let (head, value) = (&text[..colon], &text[colon + 1..]);
        let mut parts = head.split(';');
        let name = parts.next()?.trim().to_ascii_uppercase();
        let parameters = parts
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.trim().to_ascii_uppercase(), value.trim_matches('"').to_owned()))
            .collect();
        Some(Self { name, parameters, value: value.to_owned() })
    }
}

/// An entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// `VEVENT` or `VFREEBUSY`.
    pub(super) name: String,
    lines: Vec<Line>,
}

impl Component {
    /// The first property of this name.
    pub(super) fn first(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// All properties of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }
}

/// The properties that say anything about time, or that somebody declined. Everything else is
/// forgotten here, before it is looked at.
const READ: [&str; 13] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "UID",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "FREEBUSY",
    "ATTENDEE",
];

/// The entries of a calendar that may say when one is busy, without what is
/// nested in them (alarms); none if there are more than so many.
pub(super) fn components(text: &str, most: usize) -> Option<Vec<Component>> {
    let mut found = Vec::new();
    let mut open: Option<Component> = None;
    let mut nested = 0_u32;
    for line in unfold(text).iter().filter_map(|line| Line::parse(line)) {
        let of = line.value.trim().to_ascii_uppercase();
        match (line.name.as_str(), &mut open) {
            ("BEGIN", Some(_)) => nested += 1,
            ("BEGIN", None) if of == "VEVENT" || of == "VFREEBUSY" => {
                open = Some(Component { name: of, lines: Vec::new() });
            }
            ("END", Some(_)) if nested > 0 => nested -= 1,
            ("END", Some(_)) => {
                found.extend(open.take());
                if found.len() > most {
                    return None;
                }
            }
            // Who else is invited is nobody's business.
            ("ATTENDEE", Some(_)) if !line.is_declined() => {}
            (name, Some(component)) if nested == 0 && READ.contains(&name) => component.lines.push(line),
            _ => {}
        }
    }
    Some(found)
}

/// The address a calendar is named after, as Google does.
pub(super) fn owner(text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| !line.starts_with("BEGIN:VEVENT"));
    let named = lines.filter_map(Line::parse).find(|line| line.name == "X-WR-CALNAME")?;
    let name = named.value.trim();
    (name.contains('@') && !name.contains(char::is_whitespace)).then(|| name.to_owned())
}

/// Lines as they were before they were folded: a blank at the beginning
/// continues the line before.
fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}
