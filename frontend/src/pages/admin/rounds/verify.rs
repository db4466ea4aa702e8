//! Verifying an exported allocation here, in the browser, without the server.

use crate::components::{Alert, Button, ButtonKind, Card, IconName, Tone};
use crate::i18n::use_texts;
use gestfg_planner::allocation::{Report, verify_export};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What came of it, with the name of the file.
#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    None,
    Sound(String, usize, usize),
    Broken(String, Vec<String>),
    Refused(String, String),
}

fn judge(name: String, text: &str) -> Verdict {
    match verify_export(text) {
        Err(sentence) => Verdict::Refused(name, sentence),
        Ok(Report { valid: true, measures, .. }) => Verdict::Sound(name, measures.matched, measures.blocking),
        Ok(report) => Verdict::Broken(name, report.violations.into_iter().map(|found| found.text).collect()),
    }
}

/// Takes an exported file and says whether it holds.
#[component]
pub(super) fn Verify() -> Html {
    let t = use_texts();
    let verdict = use_state_eq(|| Verdict::None);
    let input = use_node_ref();
    let onchange = {
        let verdict = verdict.setter();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            let verdict = verdict.clone();
            spawn_local(async move {
                let name = file.name();
                let read = JsFuture::from(file.unchecked_ref::<web_sys::Blob>().text()).await;
                let text = read.ok().and_then(|text| text.as_string()).unwrap_or_default();
                verdict.set(judge(name, &text));
            });
            input.set_value("");
        })
    };
    let onclick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let said = match &*verdict {
        Verdict::None => html! {},
        Verdict::Sound(name, matched, blocking) => html! {
            <Alert tone={Tone::Success} title={t.verify_sound(name)}>{ t.verify_sound_body(*matched, *blocking) }</Alert>
        },
        Verdict::Broken(name, faults) => html! {
            <Alert tone={Tone::Danger} title={t.verify_broken(name)}>
                <ul class="pf-v6-c-list" role="list" lang="en">{ for faults.iter().take(20).map(|fault| html! { <li>{ fault }</li> }) }</ul>
            </Alert>
        },
        Verdict::Refused(name, sentence) => html! {
            <Alert tone={Tone::Danger} title={t.verify_refused(name)}><p lang="en">{ sentence }</p></Alert>
        },
    };
    html! {
        <Card title={t.verify_title()}>
            <div class="gestfg-stack">
                <p>{ t.verify_body() }</p>
                <div>
                    <Button label={t.verify_choose()} kind={ButtonKind::Secondary} icon={IconName::Shield} {onclick} />
                    <input
                        ref={input}
                        id="verify-file"
                        class="gestfg-drop__input"
                        type="file"
                        accept=".json,application/json"
                        tabindex="-1"
                        aria-label={t.verify_choose()}
                        {onchange}
                    />
                </div>
                <div aria-live="polite">{ said }</div>
            </div>
        </Card>
    }
}
