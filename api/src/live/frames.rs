//! What travels: the event stream format of the HTML standard.

use crate::models::update::Published;
use actix_web::web::Bytes;
use std::fmt::Write;

/// A comment, so that nobody between us and the browser thinks the stream dead.
pub(super) const BEAT: Bytes = Bytes::from_static(b":\n\n");

/// How many milliseconds a client waits before it comes again.
const RETRY: u32 = 2000;

fn greeting(event: &str, position: i64) -> String {
    format!("retry: {RETRY}\nid: {position}\nevent: {event}\ndata:\n\n")
}

/// The beginning of a stream that goes on from here.
pub(super) fn hello(position: i64) -> Bytes {
    greeting("hello", position).into()
}

/// The beginning of a stream whose client has to read everything again.
pub(super) fn reset(position: i64) -> Bytes {
    greeting("reset", position).into()
}

/// The beginning of a stream that goes on from `after`, with what was missed.
pub(super) fn resumed(after: i64, position: i64, missed: &[Published]) -> Bytes {
    // Cut in the middle, it must be resumed from the last one that arrived.
    let place = if missed.is_empty() { position.max(after) } else { after };
    let mut text = greeting("hello", place);
    for one in missed {
        push_change(&mut text, one);
    }
    text.into()
}

/// One change.
pub(super) fn change(one: &Published) -> Bytes {
    let mut text = String::new();
    push_change(&mut text, one);
    text.into()
}

fn push_change(text: &mut String, one: &Published) {
    let Some(data) = one.update.as_ref().and_then(|update| serde_json::to_string(update).ok()) else {
        return;
    };
    // Writing into a string cannot fail.
    let _ = write!(text, "id: {}\nevent: change\ndata: {data}\n\n", one.seq);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::concern::Concern;
    use gestfg_types::updates::{Update, UpdateTopic};

    #[test]
    fn a_resumed_stream_begins_where_it_was_left() {
        let update = Update { topic: UpdateTopic::Calls, subject_id: Some(3) };
        let missed = [Published { seq: 8, update: Some(update), concern: Concern::default() }];
        assert_eq!(
            resumed(5, 9, &missed),
            "retry: 2000\nid: 5\nevent: hello\ndata:\n\n\
             id: 8\nevent: change\ndata: {\"topic\":\"calls\",\"subject_id\":3}\n\n"
        );
        assert_eq!(resumed(5, 9, &[]), hello(9));
        // Another server was ahead of this one.
        assert_eq!(resumed(5, 4, &[]), hello(5));
    }
}
