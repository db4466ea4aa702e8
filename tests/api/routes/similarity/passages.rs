//! What is found, and who reads of it.

use super::{Deposits, report, text};
use gestfg_types::documents::DocumentSet;
use gestfg_types::errors::ErrorCode;
use gestfg_types::similarity::{SimilarityAction, SimilarityState};

#[actix_web::test]
async fn a_copied_chapter_is_found_and_shown_beside_its_source() {
    let deposits = Deposits::set();
    let [original, copy] = deposits.copy().await;
    let stage = &deposits.stage;

    let first = deposits.seen_by(stage.tutor, original).await;
    assert_eq!((first.summary.state, first.summary.share_permille), (SimilarityState::Done, Some(0)));
    assert!(!first.summary.is_flagged && first.allowed_actions.is_empty());

    let found = deposits.seen_by(stage.tutor, copy).await;
    let share = found.summary.share_permille.expect("a share");
    assert!((230..=250).contains(&share), "{share}");
    assert!(found.summary.is_flagged && !found.summary.is_justified);
    assert_eq!((found.compared_with, found.is_whole), (Some(1), Some(true)));
    assert_eq!(found.pages, found.pages_read);
    assert_eq!(found.allowed_actions, [SimilarityAction::Sign]);
    let matches = found.matches.expect("the tutor sees them");
    assert_eq!(matches.len(), 1);
    assert_eq!(matches[0].project_title, format!("Trabajo de {}", stage.students[0]));
    assert_eq!((matches[0].degree_code.as_str(), matches[0].tutor.as_str()), ("GII", "Tania Muestra"));
    let words: i32 = matches[0].passages.iter().map(|passage| passage.words).sum();
    assert_eq!(words, matches[0].words);
    assert!((190..=200).contains(&words), "{words}");
    for passage in &matches[0].passages {
        assert_eq!(passage.text.split(' ').count(), usize::try_from(passage.words).expect("words"));
        assert!(text(1, 600).contains(&passage.text) && passage.text == passage.earlier_text, "{passage:?}");
    }

    let told = stage.be(stage.tutor).get("/notifications").await.json(200);
    assert_eq!(told["items"][0]["kind"], "similarity_flagged");
    assert_eq!(told["items"][0]["path"], format!("/documents/{copy}/similarity"));
}

#[actix_web::test]
async fn students_read_how_much_it_is_and_not_whose() {
    let deposits = Deposits::set();
    let [original, copy] = deposits.copy().await;
    let stage = &deposits.stage;

    let own = deposits.seen_by(stage.students[1], copy).await;
    assert!(own.summary.is_flagged && own.summary.share_permille.is_some());
    assert!(own.matches.is_none() && own.justifications.is_none() && own.service.is_none());
    assert!(own.allowed_actions.is_empty());
    let path = format!("/evaluation-requests/{}/documents", deposits.requests[1]);
    let set: DocumentSet = stage.be(stage.students[1]).get(&path).await.expect(200);
    assert_eq!(set.places[0].versions[0].similarity, Some(own.summary));

    // The committee reads, and signs nothing.
    let judged = deposits.seen_by(stage.judges[1], copy).await;
    assert_eq!(judged.matches.expect("passages").len(), 1);
    assert!(judged.allowed_actions.is_empty());
    for (who, document) in [(stage.students[1], original), (stage.students[0], copy), (stage.stranger, copy)]
    {
        let path = format!("/documents/{document}/similarity");
        stage.be(who).get(&path).await.refused(ErrorCode::NotFound);
    }
    stage
        .app
        .visitor()
        .get(&format!("/documents/{copy}/similarity"))
        .await
        .refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn nobody_is_held_against_themselves_and_the_later_one_is_flagged() {
    let deposits = Deposits::set();
    let stage = &deposits.stage;
    let same = report(&text(1, 600));
    let first = deposits.hand_in(0, &same).await;
    let again = deposits.hand_in(0, &same).await;
    let other = deposits.hand_in(1, &same).await;
    deposits.work().await;
    for own in [first, again] {
        let found = deposits.seen_by(stage.coordinator, own).await;
        assert_eq!((found.summary.share_permille, found.compared_with), (Some(0), Some(0)));
    }
    let found = deposits.seen_by(stage.coordinator, other).await;
    assert_eq!(found.summary.share_permille, Some(1000));
    assert_eq!(found.matches.expect("passages").len(), 1, "of two versions one");
    // A long passage is cut where it is shown.
    let other = deposits.seen_by(stage.admin, other).await;
    assert!(other.matches.expect("passages")[0].passages[0].text.chars().count() <= 3002);
}

#[actix_web::test]
async fn what_everybody_writes_does_not_count() {
    let deposits = Deposits::set();
    deposits.stage.run(&format!(
        "INSERT INTO similarity_settings (degree_id, academic_year, rules) VALUES ({}, 2026, '{{\"common_limit\": 1}}')",
        deposits.stage.degree
    ));
    let form = text(9, 200);
    deposits.hand_in(0, &report(&format!("{form} {}", text(1, 200)))).await;
    let second = deposits.hand_in(1, &report(&format!("{form} {}", text(2, 200)))).await;
    deposits.work().await;
    let found = deposits.seen_by(deposits.stage.tutor, second).await;
    assert!(found.summary.share_permille >= Some(450), "one other is not everybody: {found:?}");
    // A third has the form too, and now it is in two.
    deposits
        .stage
        .run("UPDATE similarity_settings SET rules = '{\"common_limit\": 1, \"kinds\": [\"annexes\"]}'");
    let mut third = None;
    for n in 0..2 {
        let made = deposits.send(n, "annexes", &report(&format!("{form} {}", text(5, 200)))).await;
        third = Some(made.expect::<gestfg_types::documents::Document>(201).id);
        deposits.work().await;
    }
    let found = deposits.seen_by(deposits.stage.tutor, third.expect("a document")).await;
    let share = found.summary.share_permille.expect("a share");
    assert!((450..=520).contains(&share), "only what is not the form: {share}");
}
