//! Documents that are handed in, read, and kept.

mod backup;
mod extensions;
mod hand_in;
mod read;
mod storage;

use crate::routes::projects::Stage;
use crate::support::actors::{Answer, Client, send};
use chrono::{DateTime, Utc};
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use gestfg_types::documents::DocumentSet;
use gestfg_types::ids::{CallId, EvaluationRequestId, UserId};
use reqwest::Method;

/// When handing in begins and ends.
const OPENS: &str = "2027-05-31T22:00:00Z";
const CLOSES: &str = "2027-06-10T22:00:00Z";

/// A team of two that is entered in a call, on the first day of handing in.
struct June {
    stage: Stage,
    mate: UserId,
    call: CallId,
    request: EvaluationRequestId,
}

impl June {
    fn set() -> Self {
        Self::set_with(&[])
    }

    fn set_with(variables: &[(&str, &str)]) -> Self {
        let stage = Stage::set_with(variables);
        let project = stage.project("Un proyecto", "published");
        let (mate, call, request) = stage.with_world(|world| {
            let mate = world.student("Mara Muestra", &[stage.degree]);
            let assignment = world.assignment(project, &[stage.student, mate], stage.tutor);
            let (call, request) = world.request(assignment);
            world.phase(call, "material_submission", OPENS, CLOSES);
            world.phase(call, "tutor_report", OPENS, CLOSES);
            (mate, call, request)
        });
        let june = Self { stage, mate, call, request };
        june.at(OPENS, 3600);
        june
    }

    /// The degree asks for these, as JSON.
    fn rules(&self, documents: &str) {
        let degree = self.stage.degree;
        self.stage.with_world(|world| {
            world.run(&format!(
                "INSERT INTO degree_rules (degree_id, academic_year, rules) VALUES ({degree}, 2026, '{{\"documents\": {documents}}}')"
            ));
        });
    }

    fn at(&self, moment: &str, seconds: i64) {
        let moment: DateTime<Utc> = moment.parse().expect("a moment");
        self.stage.app.state.clock.set(moment + chrono::Duration::seconds(seconds));
    }

    fn be(&self, who: UserId) -> Client {
        self.stage.be(who)
    }

    fn path(&self) -> String {
        format!("/evaluation-requests/{}/documents", self.request)
    }

    async fn set_for(&self, who: UserId) -> DocumentSet {
        self.be(who).get(&self.path()).await.expect(200)
    }

    async fn hand_in(&self, who: UserId, kind: &str, name: &str, bytes: &[u8]) -> Answer {
        self.hand_in_with(who, &format!("kind={kind}&file_name={name}"), bytes).await
    }

    async fn hand_in_with(&self, who: UserId, query: &str, bytes: &[u8]) -> Answer {
        let request = self.be(who).request(Method::POST, &format!("{}?{query}", self.path()));
        send(request.body(bytes.to_vec())).await
    }

    /// Contents there are, in whatever state, and pieces.
    fn stored(&self) -> (i64, i64) {
        #[derive(diesel::QueryableByName)]
        struct Counts {
            #[diesel(sql_type = BigInt)]
            contents: i64,
            #[diesel(sql_type = BigInt)]
            pieces: i64,
        }
        let counts: Counts = diesel::sql_query(
            "SELECT (SELECT count(*) FROM document_contents) AS contents, (SELECT count(*) FROM document_pieces) AS pieces",
        )
        .get_result(&mut self.stage.app.conn())
        .expect("counts");
        (counts.contents, counts.pieces)
    }

    /// Wait until what is cleared away behind an answer is gone.
    async fn becomes_empty(&self) {
        let waiting = async {
            while self.stored() != (0, 0) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("nothing is left");
    }
}

/// A PDF of so many bytes, no two pieces alike.
fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut state = 1_u32;
    bytes.resize_with(size, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    bytes
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    gestfg::models::document::hexadecimal(&Sha256::digest(bytes))
}
