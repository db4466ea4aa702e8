//! Server-sent events, read from the bytes as they come.

/// An event of the stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamEvent {
    /// Its name; empty when it has none.
    pub name: String,
    /// Its data, lines joined.
    pub data: String,
    /// The place to resume from once it has been dealt with; empty when the
    /// stream has not said any yet.
    pub id: String,
}

/// Puts events together from pieces that end anywhere, also within a letter.
///
/// Other than the standard asks of a browser, an event that has a name and no
/// data counts: ours begin with one.
#[derive(Debug, Default)]
pub struct StreamParser {
    line: Vec<u8>,
    after_return: bool,
    event: StreamEvent,
    has_data: bool,
}

impl StreamParser {
    /// A parser at the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes and gives the events that they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<StreamEvent> {
        let mut events = Vec::new();
        for byte in bytes {
            let after_return = std::mem::replace(&mut self.after_return, *byte == b'\r');
            match byte {
                // The second half of a line end.
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.take_line(&String::from_utf8_lossy(&line)));
                }
                _ => self.line.push(*byte),
            }
        }
        events
    }

    fn take_line(&mut self, line: &str) -> Option<StreamEvent> {
        if line.is_empty() {
            return self.complete();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.name),
            "data" => {
                if self.has_data {
                    self.event.data.push('\n');
                }
                self.has_data = true;
                self.event.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.event.id),
            // A comment keeps the line alive; anything else is for others.
            _ => {}
        }
        None
    }

    fn complete(&mut self) -> Option<StreamEvent> {
        let id = self.event.id.clone();
        let event = std::mem::replace(&mut self.event, StreamEvent { id, ..StreamEvent::default() });
        let said = std::mem::take(&mut self.has_data) || !event.name.is_empty();
        said.then_some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, data: &str, id: &str) -> StreamEvent {
        StreamEvent { name: name.to_owned(), data: data.to_owned(), id: id.to_owned() }
    }

    #[test]
    fn events_come_whole_however_the_bytes_are_cut() {
        let text = "event: hello\nid: 7\n\n: still here\n\nevent: change\r\nid: 8\r\ndata: {\"topic\":\r\ndata:  \"ñandú\"}\r\n\r\ndata\n\n";
        let expected =
            [event("hello", "", "7"), event("change", "{\"topic\":\n \"ñandú\"}", "8"), event("", "", "8")];
        assert_eq!(StreamParser::new().feed(text.as_bytes()), expected);
        for size in 1..7 {
            let mut parser = StreamParser::new();
            let found: Vec<_> = text.as_bytes().chunks(size).flat_map(|piece| parser.feed(piece)).collect();
            assert_eq!(found, expected, "in pieces of {size}");
        }
    }

    #[test]
    fn what_has_not_ended_is_no_event_yet() {
        let mut parser = StreamParser::new();
        assert_eq!(parser.feed(b"event: change\ndata: 1\n"), []);
        assert_eq!(parser.feed(b"\n"), [event("change", "1", "")]);
    }

    #[test]
    fn comments_and_unknown_fields_say_nothing() {
        let mut parser = StreamParser::new();
        assert_eq!(parser.feed(b":\n\n: ping\n\nretry: 10\n\nfoo\n\n"), []);
    }

    #[test]
    fn the_place_is_kept_until_another_is_named() {
        let mut parser = StreamParser::new();
        let events = parser.feed(b"id: 3\ndata: a\n\ndata: b\n\nid: 4\n\ndata: c\n\n");
        let places: Vec<_> = events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(places, ["3", "3", "4"]);
    }
}
