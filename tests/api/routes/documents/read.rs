//! Reading what was handed in.

use super::{June, pdf, sha256};
use crate::support::actors::{Answer, send};
use gestfg_types::documents::{Document, DocumentSet};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use reqwest::Method;

async fn content(june: &June, who: UserId, id: &Document, headers: &[(&str, &str)]) -> Answer {
    let request = june.be(who).request(Method::GET, &format!("/documents/{}/content", id.id));
    send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

#[actix_web::test]
async fn a_document_is_read_whole_in_part_or_not_again() {
    let june = June::set();
    let student = june.stage.student;
    // Three pieces and a bit.
    let bytes = pdf(3 * 512 * 1024 + 17);
    let made: Document = june.hand_in(student, "report", "memoria%20ñ.pdf", &bytes).await.expect(201);
    let whole = content(&june, student, &made, &[("Accept-Encoding", "gzip, br")]).await;
    whole.expect_status(200);
    assert_eq!(whole.body, bytes);
    let tag = format!("\"{}\"", sha256(&bytes));
    assert_eq!(whole.header("etag"), tag);
    assert_eq!(whole.header("content-type"), "application/pdf");
    assert_eq!(whole.header("content-length"), bytes.len().to_string());
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("cache-control"), "private, no-cache");
    assert!(whole.header("content-security-policy").contains("sandbox"));
    let disposition = whole.header("content-disposition");
    assert!(disposition.starts_with("attachment; ") && disposition.contains("UTF-8''memoria%20%C3%B1.pdf"));

    for (range, from, to) in [
        ("bytes=0-9", 0, 10),
        ("bytes=524287-524288", 524_287, 524_289),
        ("bytes=524288-1572863", 524_288, 1_572_864),
        ("bytes=-5", bytes.len() - 5, bytes.len()),
        ("bytes=1572864-", 1_572_864, bytes.len()),
    ] {
        let part = content(&june, student, &made, &[("Range", range)]).await;
        part.expect_status(206);
        assert_eq!(part.body, bytes[from..to], "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{}", to - 1, bytes.len()));
    }
    let beyond = content(&june, student, &made, &[("Range", "bytes=9999999-")]).await;
    assert_eq!(beyond.header("content-range"), format!("bytes */{}", bytes.len()));
    beyond.refused(ErrorCode::RangeNotSatisfiable);
    content(&june, student, &made, &[("If-None-Match", tag.as_str())]).await.expect_status(304);
    content(&june, student, &made, &[("Range", "bytes=0-9"), ("If-Range", "\"other\"")])
        .await
        .expect_status(200);
    content(&june, student, &made, &[("Range", "bytes=0-9"), ("If-Range", tag.as_str())])
        .await
        .expect_status(206);

    let shown = june.be(student).get(&format!("/documents/{}/content?inline=true", made.id)).await;
    assert!(shown.header("content-disposition").starts_with("inline; "));
    let zip = june.hand_in(student, "annexes", "a.zip", b"PK\x03\x04 a zip").await.expect::<Document>(201);
    let saved = june.be(student).get(&format!("/documents/{}/content?inline=true", zip.id)).await;
    assert!(saved.header("content-disposition").starts_with("attachment; "), "an archive is never shown");
}

#[actix_web::test]
async fn the_committee_reads_and_nobody_else() {
    let june = June::set();
    let made: Document = june.hand_in(june.stage.student, "report", "a.pdf", &pdf(99)).await.expect(201);
    let (substitute, stranger, defence) = june.stage.with_world(|world| {
        let (committee, defence) = {
            let committee = world.committee(june.call);
            (committee, world.defence_of(june.request, june.stage.student, committee))
        };
        world.run(&format!(
            "INSERT INTO committee_seats (committee_id, seat, professor_id) VALUES ({committee}, 'substitute_1', {})",
            june.stage.professor
        ));
        let stranger = world.professor("Zoe Muestra", june.stage.other_department);
        (june.stage.professor, stranger, defence)
    });
    let of_defence = format!("/defences/{defence}/documents");
    let reads = [
        june.stage.student,
        june.mate,
        june.stage.tutor,
        june.stage.cotutor,
        june.stage.coordinator,
        june.stage.admin,
        substitute,
    ];
    for who in reads {
        content(&june, who, &made, &[]).await.expect_status(200);
        let set: DocumentSet = june.be(who).get(&of_defence).await.expect(200);
        assert_eq!(set.places[0].versions, std::slice::from_ref(&made));
    }
    content(&june, stranger, &made, &[]).await.refused(ErrorCode::NotFound);
    june.be(stranger).get(&of_defence).await.refused(ErrorCode::NotFound);
    content(&june, june.stage.head, &made, &[]).await.refused(ErrorCode::Forbidden);
    june.be(june.stage.head).get(&of_defence).await.refused(ErrorCode::Forbidden);
}

#[actix_web::test]
async fn what_was_handed_in_stays_when_it_is_taken_out_of_the_call() {
    let june = June::set();
    let made: Document = june.hand_in(june.stage.student, "report", "a.pdf", &pdf(99)).await.expect(201);
    let withdraw = format!("/evaluation-requests/{}/withdraw", june.request);
    june.be(june.stage.student).act_with(&withdraw, &serde_json::json!({})).await.expect_status(200);
    content(&june, june.stage.student, &made, &[]).await.expect_status(200);
    assert!(june.set_for(june.stage.student).await.places[0].allowed_actions.is_empty());
    june.hand_in(june.stage.student, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::InvalidState);
}
