//! What somebody tries who means harm. Whatever a rule of the domain forbids
//! is tried beside the rule; here is what belongs to none of them. The list of
//! all that was considered, with where each is tried: `tests/attacks/README.md`.

mod bodies;
mod foreigners;
mod formulas;
mod guesses;
mod other_sites;
mod parsers;
mod paths;
mod slow;
mod tokens;
mod wire;

use crate::support::TestApp;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long a test waits for a server that has to answer or hang up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to the server, for requests no client would write.
async fn connect(app: &TestApp) -> TcpStream {
    let address = app.address.strip_prefix("http://").expect("an address");
    TcpStream::connect(address).await.expect("the server listens")
}

/// What the server says to these bytes until it hangs up, or has said nothing
/// more within `PATIENCE`. The request should ask for `Connection: close`.
async fn raw(app: &TestApp, request: &[u8]) -> String {
    let mut connection = connect(app).await;
    // The server may hang up in the middle of it, which is an answer.
    let _ = connection.write_all(request).await;
    let mut answer = Vec::new();
    let reading = connection.read_to_end(&mut answer);
    let _ = tokio::time::timeout(PATIENCE, reading).await.expect("the server hangs up");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of an answer as it came over the wire; 0 for none.
fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
