//! Documents that are hard to read, and servers that go away.

use super::{Deposits, report, text};
use gestfg::jobs::similarity::{compare_next, read_next};
use gestfg::models::similarity_check;
use gestfg_types::documents::Document;
use gestfg_types::similarity::SimilarityState;
use std::io::Write;
use uuid::Uuid;

async fn state_of(deposits: &Deposits, bytes: &[u8]) -> SimilarityState {
    let id = deposits.hand_in(0, bytes).await;
    deposits.work().await;
    deposits.seen_by(deposits.stage.tutor, id).await.summary.state
}

/// A PDF by hand, whose catalogue is this.
fn pdf_of(catalogue: &str) -> Vec<u8> {
    let head = "%PDF-1.7\n";
    let object = format!("1 0 obj\n{catalogue}\nendobj\n");
    let table = head.len() + object.len();
    let entry = head.len();
    format!(
        "{head}{object}xref\n0 2\n0000000000 65535 f \n{entry:010} 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    )
    .into_bytes()
}

#[actix_web::test]
async fn what_cannot_be_read_is_said_and_harms_nobody() {
    let deposits = Deposits::set();
    assert_eq!(
        state_of(&deposits, b"%PDF-1.7\nand nothing of it is true").await,
        SimilarityState::Unreadable
    );
    let nested = format!("<</Type/Catalog/X {}{}>>", "[".repeat(500_000), "]".repeat(500_000));
    assert_eq!(state_of(&deposits, &pdf_of(&nested)).await, SimilarityState::Unreadable);
    let scanned = report("Página escaneada");
    assert_eq!(state_of(&deposits, &scanned).await, SimilarityState::WithoutText);
    let mut cut = report(&text(1, 400));
    cut.truncate(cut.len() / 2);
    let cut = state_of(&deposits, &cut).await;
    assert!(matches!(cut, SimilarityState::Unreadable | SimilarityState::WithoutText), "{cut:?}");
    // And the next one is read.
    assert_eq!(state_of(&deposits, &report(&text(1, 400))).await, SimilarityState::Done);
}

#[actix_web::test]
async fn the_pdfs_of_an_archive_are_read_together() {
    let deposits = Deposits::set();
    let degree = deposits.stage.degree;
    deposits.stage.run(&format!(
        "INSERT INTO similarity_settings (degree_id, academic_year, rules) VALUES ({degree}, 2026, '{{\"kinds\": [\"annexes\"]}}')"
    ));
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("a/uno.pdf", report(&text(1, 150))),
        ("leeme.txt", b"nada".to_vec()),
        ("roto.pdf", b"%PDF-1.7 roto".to_vec()),
        ("dos.pdf", report(&text(2, 150))),
    ] {
        archive.start_file(name, options).expect("an entry");
        archive.write_all(&bytes).expect("its bytes");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let made: Document = deposits.send(0, "annexes", &bytes).await.expect(201);
    deposits.work().await;
    let found = deposits.seen_by(deposits.stage.tutor, made.id).await;
    assert_eq!(found.summary.state, SimilarityState::Done);
    assert_eq!(found.is_whole, Some(false), "one of them was broken");
    assert!((300..330).contains(&found.words.expect("words")), "{found:?}");
}

#[actix_web::test]
async fn several_servers_share_the_work_and_each_document_is_done_once() {
    let deposits = Deposits::set();
    let (state, reader) = (&deposits.stage.app.state, &deposits.reader);
    let first = deposits.hand_in(0, &report(&text(1, 300))).await;
    let second = deposits.hand_in(1, &report(&text(1, 300))).await;
    let (one, two, three) =
        futures_util::join!(read_next(state, reader), read_next(state, reader), read_next(state, reader));
    let read = [one, two, three].map(|done| done.expect("read"));
    assert_eq!(read.into_iter().filter(|done| *done).count(), 2);
    let (one, two) = futures_util::join!(compare_next(state), compare_next(state));
    let _ = (one.expect("compared"), two.expect("compared"));
    deposits.work().await;
    let found = deposits.seen_by(deposits.stage.tutor, first).await;
    assert_eq!(found.summary.share_permille, Some(0), "the earlier one is never the copy");
    let found = deposits.seen_by(deposits.stage.tutor, second).await;
    assert_eq!(found.summary.share_permille, Some(1000));
}

#[actix_web::test]
async fn what_a_killed_server_had_in_hand_is_taken_up_and_later_ones_wait_for_it() {
    let deposits = Deposits::set();
    let state = &deposits.stage.app.state;
    let first = deposits.hand_in(0, &report(&text(1, 300))).await;
    let second = deposits.hand_in(1, &report(&text(1, 300))).await;
    let mut conn = deposits.stage.app.conn();
    let taken = similarity_check::claim(&mut conn, Uuid::new_v4(), state.clock.now()).expect("a claim");
    assert_eq!(taken.expect("the first").document_id, first.0);
    deposits.work().await;
    let waiting = deposits.seen_by(deposits.stage.tutor, second).await;
    assert_eq!(waiting.summary.state, SimilarityState::Read, "the earlier one may be its source");
    deposits.stage.at("2026-11-23T09:04:00Z");
    deposits.work().await;
    for (document, share) in [(first, 0), (second, 1000)] {
        let found = deposits.seen_by(deposits.stage.tutor, document).await;
        assert_eq!(found.summary.share_permille, Some(share));
    }
}

#[actix_web::test]
async fn a_document_that_takes_its_servers_with_it_is_given_up() {
    let deposits = Deposits::set();
    let id = deposits.hand_in(0, &report(&text(1, 300))).await;
    deposits.stage.run(&format!("UPDATE similarity_checks SET attempts = 3 WHERE document_id = {id}"));
    deposits.work().await;
    let found = deposits.seen_by(deposits.stage.tutor, id).await;
    assert_eq!(found.summary.state, SimilarityState::Unreadable);
}
