//! Reports held against earlier ones, from handing in to the defence.

mod defence;
mod passages;
mod reading;
mod service;
mod settings;

use super::marks::Stage;
use crate::support::TestApp;
use crate::support::actors::{Answer, send};
use crate::support::builders::World;
use gestfg::deposit_text::Reader;
use gestfg::jobs::similarity::{compare_next, read_next};
use gestfg_types::documents::Document;
use gestfg_types::ids::{DocumentId, EvaluationRequestId, UserId};
use gestfg_types::similarity::Similarity;
use reqwest::Method;

/// Two students of one tutor, each with a project, who hand in today and
/// defend tomorrow.
struct Deposits {
    stage: Stage,
    requests: [EvaluationRequestId; 2],
    reader: Reader,
}

impl Deposits {
    fn set() -> Self {
        Self::set_with(&[])
    }

    fn set_with(variables: &[(&str, &str)]) -> Self {
        let stage = Stage::set_in(TestApp::start_with(variables));
        let mut conn = stage.app.conn();
        World::new(&mut conn).phase(
            stage.call,
            "material_submission",
            "2026-11-20T00:00:00Z",
            "2026-11-30T00:00:00Z",
        );
        let requests = stage.defences.map(|defence| request_of(&mut conn, defence));
        let reader = Reader::by(env!("CARGO_BIN_EXE_gestfg").into());
        Self { stage, requests, reader }
    }

    async fn send(&self, n: usize, kind: &str, bytes: &[u8]) -> Answer {
        let path =
            format!("/evaluation-requests/{}/documents?kind={kind}&file_name=memoria", self.requests[n]);
        let request = self.stage.be(self.stage.students[n]).request(Method::POST, &path);
        send(request.body(bytes.to_vec())).await
    }

    async fn hand_in(&self, n: usize, bytes: &[u8]) -> DocumentId {
        self.send(n, "report", bytes).await.expect::<Document>(201).id
    }

    /// What the server does by itself every few seconds.
    async fn work(&self) {
        let state = &self.stage.app.state;
        while read_next(state, &self.reader).await.expect("read")
            || compare_next(state).await.expect("compared")
        {}
    }

    /// The first hands in a report, the second one of which a quarter is taken from it.
    async fn copy(&self) -> [DocumentId; 2] {
        let original = self.hand_in(0, &report(&text(1, 600))).await;
        let copied: Vec<_> = text(1, 600).split(' ').skip(100).take(200).map(str::to_owned).collect();
        let copy = format!("{} {} {}", text(2, 300), copied.join(" "), text(3, 300));
        let copy = self.hand_in(1, &report(&copy)).await;
        self.work().await;
        [original, copy]
    }

    async fn seen_by(&self, who: UserId, document: DocumentId) -> Similarity {
        self.stage.be(who).get(&format!("/documents/{document}/similarity")).await.expect(200)
    }
}

fn request_of(conn: &mut diesel::PgConnection, defence: i64) -> EvaluationRequestId {
    use diesel::prelude::*;
    use gestfg::schema::defences as f;
    EvaluationRequestId(
        f::table.find(defence).select(f::evaluation_request_id).first(conn).expect("a request"),
    )
}

/// So many invented words, others for each number.
fn text(number: u32, count: usize) -> String {
    let syllables =
        ["ba", "ce", "di", "fó", "gu", "lan", "me", "ni", "ñor", "pu", "ra", "se", "tí", "vo", "zu", "cla"];
    let mut state = number.wrapping_mul(747_796_405) | 1;
    let mut word = || {
        let mut word = String::new();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            word.push_str(syllables[(state >> 28) as usize]);
        }
        word
    };
    (0..count).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// A PDF that says this, on as many pages as it takes.
fn report(text: &str) -> Vec<u8> {
    let mut document = gestfg::pdf::Document::new("Memoria", "es", |page, _| page.to_string());
    document.paragraph(text);
    document.write().expect("a PDF")
}
