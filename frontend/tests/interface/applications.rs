use crate::draw::{draw, words};
use gestfg_frontend::components::{RankItem, RankList, Ranking};
use gestfg_frontend::i18n::Texts;
use gestfg_types::allocation_runs::{AllocationReason, AllocationReasonCode};
use gestfg_types::session::Language;
use yew::prelude::*;

fn list(readonly: bool) -> Html {
    let item = |id: i64, label: &'static str| RankItem { id, label: label.into(), body: html! { label } };
    html! {
        <RankList
            id="ranks"
            label="Proyectos que pides"
            items={vec![item(1, "Redes"), item(2, "Grafos"), item(3, "Robots")]}
            ranking={Ranking(vec![vec![2], vec![3, 1]])}
            ties=true
            {readonly}
            onchange={Callback::noop()}
        />
    }
}

#[tokio::test]
async fn an_order_says_each_place_and_how_to_move() {
    let html = draw(|| list(false)).await;
    let said = words(&html);
    let (first, second) = (said.find("Grafos").unwrap(), said.find("Robots").unwrap());
    assert!(first < second, "{said}");
    assert!(said.contains("Puesto 1.") && said.matches("Puesto 2.").count() == 2, "{said}");
    assert!(html.contains("aria-label=\"Bajar «Grafos»\""));
    assert!(html.contains("aria-label=\"Separar «Robots» de su puesto\""));
    // What is first and alone cannot go up.
    let up = html.split("id=\"ranks-2-up\"").nth(1).unwrap();
    assert!(up[..up.find('>').unwrap()].contains("disabled"));
}

#[tokio::test]
async fn an_order_that_only_shows_has_no_buttons() {
    let html = draw(|| list(true)).await;
    assert!(!html.contains("<button"));
    assert!(words(&html).contains("Robots"));
}

#[test]
fn every_reason_is_a_sentence_of_its_own_in_both_languages() {
    use AllocationReasonCode as Code;
    let codes = [
        Code::BetterObtained,
        Code::EqualObtained,
        Code::PinnedElsewhere,
        Code::NotEligible,
        Code::TeamTooLarge,
        Code::TakenByAgreement,
        Code::FullWithHigherRecord,
        Code::FullByTieBreak,
        Code::FullWithPreferredByTutor,
        Code::FullWithEquals,
        Code::TutorAtCapacity,
        Code::NoRoomForTeam,
        Code::TradedForMoreMatched,
        Code::TradedForLowerLimit,
        Code::TradedForBetterWhole,
        Code::EqualAlternative,
    ];
    for language in [Language::Es, Language::En] {
        let mut said: Vec<String> = codes
            .into_iter()
            .map(|code| {
                let reason =
                    AllocationReason { code, places: Some(1), limit: Some(2), ahead_by: None, lottery: None };
                Texts::of(language).allocation_reason(&reason)
            })
            .collect();
        assert!(said.iter().all(|sentence| sentence.ends_with('.')), "{said:?}");
        said.sort();
        said.dedup();
        assert_eq!(said.len(), codes.len());
    }
}
