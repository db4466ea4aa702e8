//! The service outside, played by a plain server in here.

use super::{Deposits, report, text};
use crate::support::actors::{Answer, send};
use gestfg::config::Config;
use gestfg::jobs::similarity::{Asker, ask_next};
use gestfg::similarity_signature::{SIGNATURE, TIMESTAMP, sign};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::{SimilarityQuestion, SimilarityServiceState};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

const SECRET: &str = "a secret both sides have for tests";

/// What came to the service: headers and body.
struct Arrived {
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Arrived {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        });
        found.unwrap_or_default()
    }

    fn question(&self) -> SimilarityQuestion {
        serde_json::from_slice(&self.body).expect("a question")
    }
}

/// A service that gives these answers, one after the other.
fn service(answers: &'static [&'static str]) -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/ask", listener.local_addr().expect("an address"));
    let (sender, arrived) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let (mut headers, mut length) = (Vec::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).expect("a line");
                let line = line.trim_end().to_owned();
                if line.is_empty() {
                    break;
                }
                if let Some(told) = line.to_lowercase().strip_prefix("content-length: ") {
                    length = told.parse().expect("a length");
                }
                headers.push(line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .expect("answered");
            sender.send(Arrived { headers, body }).expect("the test waits");
        }
    });
    (url, arrived)
}

/// Deposits of a degree that asks the service.
fn asking(url: &str) -> (Deposits, Asker) {
    let deposits = Deposits::set_with(&[("SIMILARITY_URL", url), ("SIMILARITY_SECRET", SECRET)]);
    deposits.stage.run(&format!(
        "INSERT INTO similarity_settings (degree_id, academic_year, rules) VALUES ({}, 2026, '{{\"asks_service\": true}}')",
        deposits.stage.degree
    ));
    let asker = Asker::from_config(&deposits.stage.app.state.config).expect("a client").expect("a service");
    (deposits, asker)
}

fn path_of<'a>(deposits: &Deposits, url: &'a str) -> &'a str {
    url.strip_prefix(&deposits.stage.app.address).expect("a link to us")
}

async fn answer(deposits: &Deposits, question: &SimilarityQuestion, body: &Value, forged: bool) -> Answer {
    let state = &deposits.stage.app.state;
    let service = state.config.similarity_service.as_ref().expect("a service");
    let (at, body) = (state.clock.now().timestamp().to_string(), body.to_string());
    let signature = sign(service, &at, &question.id, if forged { b"{}" } else { body.as_bytes() });
    let visitor = deposits.stage.app.visitor();
    let request = visitor.request(Method::POST, path_of(deposits, &question.answer_url));
    send(request.header(TIMESTAMP, at).header(SIGNATURE, signature).body(body)).await
}

async fn hand_in(deposits: &Deposits) -> DocumentId {
    let id = deposits.hand_in(0, &report(&text(1, 300))).await;
    deposits.work().await;
    id
}

#[actix_web::test]
async fn a_question_is_signed_the_document_fetched_once_and_the_answer_taken_once() {
    let (url, arrived) = service(&["202 Accepted"]);
    let (deposits, asker) = asking(&url);
    let stage = &deposits.stage;
    let id = hand_in(&deposits).await;
    assert!(ask_next(&stage.app.state, &asker).await.expect("asked"));
    assert!(!ask_next(&stage.app.state, &asker).await.expect("nothing more"));
    let came = arrived.recv().expect("a question");
    let question = came.question();
    let service = stage.app.state.config.similarity_service.as_ref().expect("a service");
    assert_eq!(came.header(SIGNATURE), sign(service, came.header(TIMESTAMP), &question.id, &came.body));

    let visitor = stage.app.visitor();
    let content = path_of(&deposits, &question.content_url);
    visitor.get(&content.replace("token=", "token=x")).await.refused(ErrorCode::NotFound);
    let got = visitor.get(content).await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "application/pdf"));
    assert_eq!(super::super::documents::sha256(&got.body), question.sha256);
    visitor.get(content).await.refused(ErrorCode::NotFound);

    let asked = deposits.seen_by(stage.tutor, id).await;
    assert_eq!(asked.service.expect("asked").state, SimilarityServiceState::Asked);
    let found = json!({"share_permille": 420, "report_url": "https://similarity.example.org/r/1"});
    answer(&deposits, &question, &found, true).await.refused(ErrorCode::NotAuthenticated);
    let script = json!({"share_permille": 420, "report_url": "javascript:alert(1)"});
    answer(&deposits, &question, &script, false).await.refused(ErrorCode::ValidationFailed);
    answer(&deposits, &question, &found, false).await.expect_status(204);
    answer(&deposits, &question, &found, false).await.expect_status(204);
    answer(&deposits, &question, &json!({"share_permille": 1}), false).await.refused(ErrorCode::InvalidState);

    let seen = deposits.seen_by(stage.tutor, id).await;
    assert!(seen.summary.is_flagged && seen.summary.share_permille == Some(420));
    assert_eq!(seen.service.expect("it answered").report_url.as_deref(), found["report_url"].as_str());
    assert_eq!(
        stage.be(stage.tutor).get("/notifications").await.json(200)["items"][0]["kind"],
        "similarity_flagged"
    );
    let log = stage.be(stage.coordinator).get("/audit-log?entity=similarity_report").await.json(200);
    assert_eq!(log["items"][0]["after"]["share_permille"], 420);
    assert!(deposits.seen_by(stage.students[0], id).await.service.is_none());
}

#[actix_web::test]
async fn a_service_that_fails_is_asked_again_later_with_another_link() {
    let (url, arrived) = service(&[
        "503 Service Unavailable",
        "307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/",
        "200 OK",
    ]);
    let (deposits, asker) = asking(&url);
    let stage = &deposits.stage;
    let id = hand_in(&deposits).await;
    let mut questions = Vec::new();
    for (moment, is_due) in
        [("09:00:00", true), ("09:00:59", false), ("09:01:00", true), ("09:04:00", true), ("12:00:00", false)]
    {
        stage.at(&format!("2026-11-23T{moment}Z"));
        assert_eq!(ask_next(&stage.app.state, &asker).await.expect("tried"), is_due, "{moment}");
        if is_due {
            questions.push(arrived.recv().expect("a question").question());
        }
    }
    assert!(questions.iter().all(|question| question.id == questions[0].id));
    let seen = deposits.seen_by(stage.tutor, id).await;
    assert_eq!(seen.service.expect("asked").state, SimilarityServiceState::Asked);
    // Links of earlier questions are dead, and the last one ends after an hour.
    for question in &questions {
        let content = path_of(&deposits, &question.content_url);
        stage.app.visitor().get(content).await.refused(ErrorCode::NotFound);
    }
}

#[actix_web::test]
async fn a_signature_that_was_found_greater_later_needs_another() {
    let (url, arrived) = service(&["200 OK"]);
    let (deposits, asker) = asking(&url);
    let stage = &deposits.stage;
    // Only the second is asked about.
    stage.run("UPDATE similarity_settings SET rules = '{}'");
    let original = deposits.hand_in(0, &report(&text(1, 300))).await;
    stage.run("UPDATE similarity_settings SET rules = '{\"asks_service\": true}'");
    let half: Vec<_> = text(1, 300).split(' ').take(150).map(str::to_owned).collect();
    let copy = deposits.hand_in(1, &report(&format!("{} {}", half.join(" "), text(2, 300)))).await;
    deposits.work().await;
    assert!(original < copy);
    let path = format!("/documents/{copy}/similarity/justifications");
    let why = json!({"text": "Es el mismo capítulo de fundamentos, citado como tal."});
    stage.be(stage.tutor).post(&path, &why).await.expect_status(201);
    assert!(deposits.seen_by(stage.tutor, copy).await.summary.is_justified);
    assert!(ask_next(&stage.app.state, &asker).await.expect("asked"));
    let question = arrived.recv().expect("a question").question();
    answer(&deposits, &question, &json!({"share_permille": 800}), false).await.expect_status(204);
    let seen = deposits.seen_by(stage.tutor, copy).await;
    assert!(seen.summary.is_flagged && !seen.summary.is_justified);
    stage.be(stage.tutor).post(&path, &why).await.expect_status(201);
    assert!(deposits.seen_by(stage.tutor, copy).await.summary.is_justified);
}

#[test]
fn students_work_goes_nowhere_in_the_clear() {
    let config = |url: &str, secret: &str| {
        Config::from_lookup(|name| match name {
            "DATABASE_URL" => Some("postgres://nowhere".to_owned()),
            "JWT_SECRET" => Some("a secret that is only used in tests".to_owned()),
            "SIMILARITY_URL" => Some(url.to_owned()),
            "SIMILARITY_SECRET" => Some(secret.to_owned()),
            _ => None,
        })
    };
    for (url, secret, is_fine) in [
        ("https://similarity.example.org/ask", SECRET, true),
        ("http://127.0.0.1:9000/ask", SECRET, true),
        ("http://localhost:9000/ask", SECRET, true),
        ("http://similarity.example.org/ask", SECRET, false),
        ("http://169.254.169.254/latest", SECRET, false),
        ("ftp://similarity.example.org/", SECRET, false),
        ("file:///etc/passwd", SECRET, false),
        ("https://similarity.example.org/ask", "short", false),
    ] {
        assert_eq!(config(url, secret).is_ok(), is_fine, "{url} {secret}");
    }
}
