//! Documents in a backup, wherever their bytes are.

use super::storage::Place;
use super::{June, pdf};
use crate::backup::{into, restore, take};
use crate::support::database::TestDatabase;
use gestfg::backup::Restoring;
use gestfg::db::Db;
use gestfg::storage::{Bucket, Storage, check_documents};
use gestfg_types::documents::Document;
use std::sync::Arc;

/// Every document there is has its bytes; says how many there are.
async fn sound(database: &TestDatabase, bucket: Option<&Arc<Bucket>>) -> usize {
    let storage = Storage::new(Db::new(&database.url, 1), bucket.cloned());
    let found = check_documents(&storage, true, false).await.expect("checked");
    assert_eq!((found.damaged, found.strangers), (Vec::new(), Vec::new()));
    found.checked
}

#[actix_web::test]
async fn documents_of_a_bucket_come_back_into_any() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let june = June::set_with(&[("STORAGE_URL", place.url.as_str())]);
    let student = june.stage.student;
    june.hand_in(student, "report", "a.pdf", &pdf(11 * 1024 * 1024 + 3)).await.expect::<Document>(201);
    june.hand_in(student, "report", "b.pdf", &pdf(5 * 1024 * 1024)).await.expect::<Document>(201);
    let (from, url) = (Bucket::open(&place.url).expect("a bucket"), &june.stage.app.database.url);
    let (file, taken) = take(url, Some(&from), false);
    assert_eq!((taken.manifest.documents.len(), taken.lost), (2, Vec::new()));

    let (other, bucket) = (TestDatabase::create(), Arc::new(Bucket::open(&elsewhere.url).expect("a bucket")));
    let restoring = Restoring { bucket: Some(&bucket), ..into(&other) };
    assert_eq!(restore(restoring, &file).expect("restored").moved_documents, 0);
    assert_eq!(sound(&other, Some(&bucket)).await, 2);
    let again = take(&other.url, Some(&bucket), false).1.manifest;
    assert_eq!(again.documents, taken.manifest.documents);
    assert_eq!(again.tables, taken.manifest.tables);

    // A bucket that has them, one of them damaged: that one is written anew.
    let damaged = elsewhere.files().remove(0);
    std::fs::write(&damaged, pdf(9)).expect("damaged");
    restore(Restoring { replace: true, ..restoring }, &file).expect("restored");
    assert_eq!(sound(&other, Some(&bucket)).await, 2);

    // Without one they are in the database, and the rehearsal touches nobody's bucket.
    let rehearsal = TestDatabase::create();
    assert_eq!(restore(into(&rehearsal), &file).expect("restored").moved_documents, 2);
    assert_eq!(sound(&rehearsal, None).await, 2);
}

#[actix_web::test]
async fn a_bucket_that_keeps_its_own_copies_is_left_alone() {
    let place = Place::new();
    let june = June::set_with(&[("STORAGE_URL", place.url.as_str())]);
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(9)).await.expect::<Document>(201);
    let url = &june.stage.app.database.url;
    let (file, taken) = take(url, None, true);
    assert_eq!((taken.manifest.documents.len(), taken.manifest.left_in_bucket), (0, 1));
    let other = TestDatabase::create();
    restore(into(&other), &file).expect("restored");
    let bucket = Arc::new(Bucket::open(&place.url).expect("a bucket"));
    assert_eq!(sound(&other, Some(&bucket)).await, 1);

    // What the bucket has lost is said, and the rest is backed up.
    std::fs::remove_file(place.files().remove(0)).expect("lost");
    let (_, taken) = take(url, Some(&bucket), false);
    assert_eq!((taken.lost.len(), taken.manifest.documents.len()), (1, 0));
}

#[actix_web::test]
async fn documents_in_the_database_come_back_in_their_pieces() {
    let june = June::set();
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(1_200_000)).await.expect::<Document>(201);
    let (file, taken) = take(&june.stage.app.database.url, None, false);
    assert_eq!(taken.manifest.document_bytes(), 1_200_000);
    let other = TestDatabase::create();
    restore(into(&other), &file).expect("restored");
    assert_eq!(sound(&other, None).await, 1);
}
