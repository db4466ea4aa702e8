//! Drawing a piece of the interface as text.

use gestfg_frontend::i18n::LanguageProvider;
use gestfg_types::session::Language;
use yew::ServerRenderer;
use yew::prelude::*;

#[derive(Properties)]
struct FrameProps {
    language: Language,
    draw: fn() -> Html,
}

impl PartialEq for FrameProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

#[component]
fn Frame(props: &FrameProps) -> Html {
    html! { <LanguageProvider fixed={props.language}>{ (props.draw)() }</LanguageProvider> }
}

/// Draws in a language.
pub(crate) async fn draw_in(language: Language, draw: fn() -> Html) -> String {
    ServerRenderer::<Frame>::with_props(move || FrameProps { language, draw })
        .hydratable(false)
        .render()
        .await
}

/// Draws in Spanish.
pub(crate) async fn draw(draw: fn() -> Html) -> String {
    draw_in(Language::Es, draw).await
}

/// The words of some markup.
pub(crate) fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
