//! The passages in common, side by side.

use super::per_cent;
use crate::components::Card;
use crate::format::academic_year;
use crate::i18n::{Texts, use_texts};
use gestfg_types::similarity::{SimilarityMatch, SimilarityPassage};
use yew::prelude::*;

/// Properties of [`Matches`].
#[derive(Properties, PartialEq)]
pub(super) struct MatchesProps {
    /// The earlier projects, the most alike first.
    pub(super) matches: Vec<SimilarityMatch>,
}

/// Each earlier project with what is in both; the first is open.
#[component]
pub(super) fn Matches(props: &MatchesProps) -> Html {
    let t = use_texts();
    let one = |(at, found): (usize, &SimilarityMatch)| {
        let year = academic_year(found.academic_year);
        html! {
            <details key={at} open={at == 0} class="gestfg-match">
                <summary>
                    <strong>{ &found.project_title }</strong>
                    { format!(" · {}", t.similarity_match_share(&per_cent(t, found.share_permille), found.words)) }
                    <span class="gestfg-subtle gestfg-small">
                        { format!(" · {}", t.similarity_source(&found.degree_code, &year, &found.tutor)) }
                    </span>
                </summary>
                <ol class="gestfg-passages" role="list">
                    { for found.passages.iter().map(|passage| draw(t, passage)) }
                </ol>
            </details>
        }
    };
    html! {
        <Card title={t.similarity_matches()}>
            if props.matches.is_empty() {
                <p class="gestfg-subtle">{ t.similarity_no_matches() }</p>
            } else {
                <div class="gestfg-stack">{ for props.matches.iter().enumerate().map(one) }</div>
            }
        </Card>
    }
}

fn draw(t: Texts, passage: &SimilarityPassage) -> Html {
    let side = |title: &str, word: i32, text: &str| {
        html! {
            <figure class="gestfg-passage__side">
                <figcaption class="gestfg-small">
                    <strong>{ title.to_owned() }</strong>
                    <span class="gestfg-subtle">{ format!(", {}", t.similarity_from_word(word)) }</span>
                </figcaption>
                <blockquote>{ text.to_owned() }</blockquote>
            </figure>
        }
    };
    html! {
        <li key={passage.word} class="gestfg-passage">
            <p class="gestfg-small gestfg-subtle">{ t.similarity_passage(passage.words) }</p>
            <div class="gestfg-passage__sides">
                { side(t.similarity_here(), passage.word, &passage.text) }
                { side(t.similarity_there(), passage.earlier_word, &passage.earlier_text) }
            </div>
        </li>
    }
}
