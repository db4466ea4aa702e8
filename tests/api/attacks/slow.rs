//! Connections that are opened and hardly used.

use super::{connect, status};
use crate::support::TestApp;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The server's own limits are 10 s for a head and 20 s for a body.
const HEAD: Duration = Duration::from_secs(10);
const BODY: Duration = Duration::from_secs(20);

/// Sends a byte now and then until the server hangs up; what it said, and when.
async fn trickle(mut connection: TcpStream, begin: String, drop: &'static [u8]) -> (String, Duration) {
    let started = Instant::now();
    connection.write_all(begin.as_bytes()).await.expect("it takes the beginning");
    let (mut read, mut write) = connection.split();
    let mut answer = Vec::new();
    let reading = async {
        let mut block = [0; 1024];
        // An answer, the end, or a connection that is no more: to the server it is over.
        if let Ok(count) = read.read(&mut block).await {
            answer.extend_from_slice(&block[..count]);
        }
    };
    let writing = async {
        let mut tick = tokio::time::interval(Duration::from_millis(500));
        loop {
            tick.tick().await;
            if write.write_all(drop).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = reading => {}
        () = writing => {}
        () = tokio::time::sleep(Duration::from_secs(60)) => {}
    }
    (String::from_utf8_lossy(&answer).into_owned(), started.elapsed())
}

#[actix_web::test]
async fn who_sends_a_byte_now_and_then_is_hung_up_on_and_others_are_served() {
    let app = TestApp::start();
    let mut waiting = Vec::new();
    for n in 0..60 {
        let connection = connect(&app).await;
        // In the middle of a head, or before the first byte.
        let begin = if n % 2 == 0 { "GET /api/v1/areas HTTP/1.1\r\nHost: localhost\r\nX-A: " } else { "G" };
        waiting.push(actix_web::rt::spawn(trickle(connection, begin.to_owned(), b"a")));
    }
    let mut uploading = Vec::new();
    for (path, media_type, begin) in [
        ("session", "application/json", "{\"login\":\""),
        ("registration", "application/json", "{\"email\":\""),
        ("password-resets", "application/json", "{\"login\":\""),
    ] {
        for length in ["Content-Length: 200000", "Transfer-Encoding: chunked"] {
            let chunked = length.starts_with('T');
            let begin = if chunked { format!("{:x}\r\n{begin}\r\n", begin.len()) } else { begin.to_owned() };
            let head = format!(
                "POST /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\n{length}\r\n\r\n{begin}"
            );
            let drop: &'static [u8] = if chunked { b"1\r\na\r\n" } else { b"a" };
            uploading.push(actix_web::rt::spawn(trickle(connect(&app).await, head, drop)));
        }
    }
    // While they are at it, everybody else is served.
    let visitor = app.visitor();
    let started = Instant::now();
    for _ in 0..50 {
        visitor.get("/areas").await.expect_status(200);
    }
    assert!(started.elapsed() < HEAD, "{:?}", started.elapsed());

    for connection in waiting {
        let (answer, took) = connection.await.expect("it ended");
        assert!(answer.is_empty() || status(&answer) == 408, "{answer}");
        assert!(took < HEAD + Duration::from_secs(8), "{took:?}");
    }
    for connection in uploading {
        let (answer, took) = connection.await.expect("it ended");
        assert!(answer.is_empty() || (400..500).contains(&status(&answer)), "{answer}");
        assert!(took >= HEAD && took < BODY + Duration::from_secs(10), "{took:?}");
    }
    visitor.get("/areas").await.expect_status(200);
}
