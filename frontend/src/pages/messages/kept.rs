//! The part of a thread that has been read from the server so far.

use gestfg_types::messages::Message;
use gestfg_types::pagination::Page;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::Reducible;

/// Messages in the order they were written, without holes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept {
    messages: BTreeMap<i64, Message>,
    older: Option<String>,
    begun: bool,
}

/// What comes from the server.
pub(super) enum Came {
    /// The newest page.
    Newest(Rc<Page<Message>>),
    /// The page before the oldest message kept.
    Older(Page<Message>),
    /// A message just written here.
    Written(Message),
}

impl Kept {
    pub(super) fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// The cursor of the page before, if there is one.
    pub(super) const fn older(&self) -> Option<&String> {
        self.older.as_ref()
    }

    /// The newest message, if anything was written yet.
    pub(super) fn newest(&self) -> Option<&Message> {
        self.messages.values().next_back()
    }

    /// The first message that was new when it came here.
    pub(super) fn first_unread(&self) -> Option<i64> {
        self.messages.values().find(|message| !message.is_read && !message.is_own).map(|message| message.id.0)
    }

    fn take(&mut self, messages: &[Message]) {
        for message in messages {
            // What was new stays marked while the thread is looked at.
            self.messages.entry(message.id.0).or_insert_with(|| message.clone());
        }
    }
}

impl Reducible for Kept {
    type Action = Came;

    fn reduce(self: Rc<Self>, came: Came) -> Rc<Self> {
        let mut next = (*self).clone();
        match came {
            Came::Newest(page) => {
                let known = |message: &Message| next.messages.contains_key(&message.id.0);
                // More came at once than a page holds: what is between is not
                // known, so begin anew.
                let torn = page.next_cursor.is_some() && !page.items.iter().any(known);
                if torn || !next.begun {
                    next = Self { older: page.next_cursor.clone(), begun: true, ..Self::default() };
                }
                next.take(&page.items);
            }
            Came::Older(page) => {
                next.older.clone_from(&page.next_cursor);
                next.take(&page.items);
            }
            Came::Written(message) => next.take(&[message]),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gestfg_types::ids::MessageId;

    fn message(id: i64) -> Message {
        Message {
            id: MessageId(id),
            author: None,
            is_own: false,
            body: id.to_string(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            is_read: id < 5,
        }
    }

    fn page(ids: &[i64], older: Option<&str>) -> Page<Message> {
        Page {
            items: ids.iter().map(|id| message(*id)).collect(),
            next_cursor: older.map(str::to_owned),
            total: 9,
        }
    }

    fn ids(kept: &Kept) -> Vec<i64> {
        kept.messages().map(|message| message.id.0).collect()
    }

    fn newest(kept: Rc<Kept>, ids: &[i64], older: Option<&str>) -> Rc<Kept> {
        kept.reduce(Came::Newest(Rc::new(page(ids, older))))
    }

    #[test]
    fn pages_join_in_the_order_of_writing() {
        let kept = newest(Rc::default(), &[6, 5, 4], Some("a"));
        let kept = kept.reduce(Came::Older(page(&[3, 2], None)));
        let kept = newest(kept, &[8, 7, 6], Some("b"));
        let kept = kept.reduce(Came::Written(message(9)));
        assert_eq!(ids(&kept), [2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(kept.older(), None);
        assert_eq!(kept.first_unread(), Some(5));
    }

    #[test]
    fn a_hole_begins_the_thread_anew() {
        let kept = newest(Rc::default(), &[3, 2], Some("a"));
        let kept = newest(kept, &[9, 8, 7], Some("b"));
        assert_eq!(ids(&kept), [7, 8, 9]);
        assert_eq!(kept.older().map(String::as_str), Some("b"));
    }

    #[test]
    fn the_first_message_of_all_needs_no_overlap() {
        let kept = newest(Rc::default(), &[], None);
        assert!(kept.is_empty());
        let kept = newest(kept, &[1], None);
        assert_eq!(ids(&kept), [1]);
    }
}
