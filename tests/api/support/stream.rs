//! Reading server-sent events as they come.

use super::Client;
use gestfg_types::updates::{Update, UpdateTopic};
use reqwest::Method;
use std::time::Duration;

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream.
pub struct Stream {
    response: reqwest::Response,
    buffer: String,
    /// The last id seen: where to resume from.
    pub last_id: String,
}

/// An event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: i64,
    pub name: String,
    pub data: String,
}

impl Stream {
    /// Open one, which has to begin with this event.
    pub async fn open(client: &Client, last_id: Option<&str>, beginning: &str) -> Self {
        let mut request = client.request(Method::GET, "/updates");
        if let Some(id) = last_id {
            request = request.header("Last-Event-ID", id);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        let mut stream = Self { response, buffer: String::new(), last_id: String::new() };
        let first = stream.next().await.expect("a beginning");
        assert_eq!((first.name.as_str(), first.data.as_str()), (beginning, ""));
        stream
    }

    pub fn header(&self, name: &str) -> &str {
        self.response.headers().get(name).map_or("", |value| value.to_str().expect("readable"))
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.buffer = rest;
                if let Some(event) = parse(&block) {
                    self.last_id = event.id.to_string();
                    return Some(event);
                }
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await;
            let chunk = chunk.expect("something comes in time").expect("a readable stream")?;
            self.buffer.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// The next change, which has to come.
    pub async fn change(&mut self) -> (UpdateTopic, Option<i64>) {
        let event = self.next().await.expect("the stream goes on");
        assert_eq!(event.name, "change");
        let update: Update = serde_json::from_str(&event.data).expect("an update");
        (update.topic, update.subject_id)
    }

    /// Read on until the server ends it, which has to come.
    pub async fn ends(&mut self) {
        while self.next().await.is_some() {}
    }
}

fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(|value| value.trim_start().to_owned())
    };
    let name = field("event")?;
    Some(Event { id: field("id")?.parse().expect("a number"), name, data: field("data")? })
}
