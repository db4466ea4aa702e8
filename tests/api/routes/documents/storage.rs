//! Where documents are, and what is left when something breaks.

use super::{June, pdf};
use crate::support::actors::send;
use diesel::RunQueryDsl;
use gestfg::storage::{Incoming, check_documents};
use gestfg_types::documents::{Document, DocumentStore, StorageUsage};
use gestfg_types::errors::ErrorCode;
use reqwest::Method;
use std::path::PathBuf;

/// A folder that stands in for a bucket; a real one is in `tests/e2e/documents.test.mjs`.
pub struct Place {
    folder: PathBuf,
    pub url: String,
}

impl Place {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("gestfg-documents-{}", uuid::Uuid::new_v4()));
        let url = format!("file://{}", folder.display());
        Self { folder, url }
    }

    pub fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder.join("documents"));
        entries.map(|all| all.map(|file| file.expect("a file").path()).collect()).unwrap_or_default()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn read(june: &June, made: &Document) -> crate::support::actors::Answer {
    june.be(june.stage.student).get(&format!("/documents/{}/content", made.id)).await
}

#[actix_web::test]
async fn what_is_handed_in_cannot_be_changed_even_behind_our_back() {
    let june = June::set();
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(9)).await.expect::<Document>(201);
    for change in [
        "UPDATE documents SET file_name = 'otro.pdf'",
        "UPDATE document_contents SET size = 1",
        "UPDATE document_pieces SET bytes = 'x'",
        "DELETE FROM document_contents",
    ] {
        assert!(diesel::sql_query(change).execute(&mut june.stage.app.conn()).is_err(), "{change}");
    }
}

#[actix_web::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    for place in [None, Some(Place::new())] {
        let june = match &place {
            None => June::set(),
            Some(place) => June::set_with(&[("STORAGE_URL", place.url.as_str())]),
        };
        let pieces = futures_util::stream::iter((0..200).map(|n| match n {
            0 => Ok(pdf(65_536)),
            1..100 => Ok(vec![7_u8; 65_536]),
            _ => Err(std::io::Error::other("the cable was pulled")),
        }));
        let path = format!("{}?kind=report&file_name=a.pdf", june.path());
        let request = june.be(june.stage.student).request(Method::POST, &path);
        assert!(request.body(reqwest::Body::wrap_stream(pieces)).send().await.is_err());
        june.becomes_empty().await;
        assert!(june.set_for(june.stage.student).await.places[0].versions.is_empty());
        if let Some(place) = place {
            assert_eq!(place.files(), Vec::<PathBuf>::new());
        }
    }
}

#[actix_web::test]
async fn what_a_killed_server_left_is_cleared_away_and_cannot_be_kept() {
    for place in [None, Some(Place::new())] {
        let june = match &place {
            None => June::set(),
            Some(place) => June::set_with(&[("STORAGE_URL", place.url.as_str())]),
        };
        let state = &june.stage.app.state;
        let mut incoming = Incoming::begin(&state.storage, &state.clock).await.expect("room");
        incoming.take(&pdf(11 * 1024 * 1024)).await.expect("taken");
        if let Some(place) = &place {
            assert_eq!(place.files().len(), 1, "under way");
        }
        // It falls silent, as after a kill: nobody drops it.
        assert_eq!(state.storage.discard_silent(state.clock.now()).await.expect("asked"), 0);
        let later = state.clock.now() + chrono::Duration::minutes(4);
        assert_eq!(state.storage.discard_silent(later).await.expect("cleared"), 1);
        assert_eq!(june.stored(), (0, 0));
        if let Some(place) = &place {
            assert_eq!(place.files(), Vec::<PathBuf>::new());
        }
        assert!(incoming.take(&pdf(11 * 1024 * 1024)).await.is_err(), "it was given up");
        incoming.kept();
    }
}

#[actix_web::test]
async fn a_bucket_keeps_documents_and_says_when_it_lost_one() {
    let place = Place::new();
    let june = June::set_with(&[("STORAGE_URL", place.url.as_str())]);
    let bytes = pdf(11 * 1024 * 1024 + 3);
    let made: Document = june.hand_in(june.stage.student, "report", "a.pdf", &bytes).await.expect(201);
    assert_eq!(june.stored(), (1, 0));
    assert_eq!(read(&june, &made).await.body, bytes);
    let path = format!("/documents/{}/content", made.id);
    let request = june.be(june.stage.student).request(Method::GET, &path);
    let part = send(request.header("Range", "bytes=5242879-5242881")).await;
    assert_eq!(part.body, bytes[5_242_879..5_242_882]);
    let storage = &june.stage.app.state.storage;
    let sound = check_documents(storage, true, false).await.expect("checked");
    assert_eq!((sound.checked, sound.damaged.len(), sound.strangers.len()), (1, 0, 0));

    // The bucket goes away in the middle of the day, and comes back.
    let away = place.folder.with_extension("away");
    std::fs::rename(&place.folder, &away).expect("gone");
    read(&june, &made).await.refused(ErrorCode::Unavailable);
    std::fs::write(&place.folder, "not a folder").expect("a stone in the way");
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::Unavailable);
    assert_eq!(june.set_for(june.stage.student).await.places[0].versions, std::slice::from_ref(&made));
    std::fs::remove_file(&place.folder).expect("the way is free");
    std::fs::rename(&away, &place.folder).expect("back");
    assert_eq!(read(&june, &made).await.body, bytes);

    let file = place.files().remove(0);
    std::fs::write(place.folder.join("documents").join(uuid::Uuid::new_v4().to_string()), "x")
        .expect("written");
    let damaged = {
        let mut other = bytes.clone();
        other[7] ^= 1;
        other
    };
    std::fs::write(&file, &damaged).expect("damaged");
    let found = check_documents(storage, false, false).await.expect("checked");
    assert_eq!((found.damaged.len(), found.strangers.len()), (0, 1), "sizes are right");
    let found = check_documents(storage, true, true).await.expect("checked");
    assert_eq!((found.damaged.len(), found.strangers.len()), (1, 1));
    std::fs::remove_file(&file).expect("lost");
    let found = check_documents(storage, false, false).await.expect("checked");
    assert_eq!((found.damaged.len(), found.strangers.len()), (1, 0), "{:?}", found.damaged);
}

#[actix_web::test]
async fn admins_see_how_much_room_is_left() {
    let june = June::set_with(&[("DATABASE_SIZE_LIMIT_MB", "1")]);
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(600_000)).await.expect::<Document>(201);
    let usage: StorageUsage = june.be(june.stage.admin).get("/storage").await.expect(200);
    assert_eq!(usage.store, DocumentStore::Database);
    assert_eq!((usage.documents_in_database, usage.document_bytes_in_database), (1, 600_000));
    assert_eq!(usage.database_limit_bytes, Some(1024 * 1024));
    assert!(usage.is_nearly_full && usage.database_bytes > 1024 * 1024);
    let june = June::set();
    let usage: StorageUsage = june.be(june.stage.admin).get("/storage").await.expect(200);
    assert!(!usage.is_nearly_full);
}
