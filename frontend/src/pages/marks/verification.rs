//! Checking minutes by the code printed on them; public.

use super::minutes::grouped;
use crate::api::marks::verify_minutes;
use crate::components::{
    Alert, Card, FormActions, FormFrame, IconName, LoadingShape, PageHeader, PageSection, TextField, Tone,
    draw_remote,
};
use crate::format::use_dates;
use crate::hooks::{use_form, use_query, use_remote};
use crate::i18n::use_texts;
use crate::route::Route;
use crate::validation::Check;
use gestfg_types::errors::ErrorCode;
use gestfg_types::minutes::Verification;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// What is asked for, in the URL: it is printed on the minutes as a link.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    code: String,
}

/// Asks for a code, and says what is known of it.
#[component]
pub fn VerificationPage() -> Html {
    let t = use_texts();
    let url = use_query::<Asked>();
    let form = use_form(
        "verification",
        || url.query.code.clone(),
        |code| Check::new().text("/code", code, 60).done(),
    );
    let onsubmit = {
        let go = url.go.clone();
        form.on_submit(move |code: String| {
            go.emit(Asked { code: code.trim().to_owned() });
            async { Ok(()) }
        })
    };
    html! {
        <>
            <PageHeader title={Route::Verification.title(t)} lead={t.verification_lead()} />
            <PageSection narrow=true>
                <div class="gestfg-stack">
                    <FormFrame id={form.id.clone()} {onsubmit}>
                        <TextField
                            field={form.field("/code", String::clone, |code, typed| *code = typed)}
                            label={t.minutes_code()}
                            required=true
                            autocomplete="off"
                        />
                        <FormActions label={t.verification_check()} icon={IconName::Shield} />
                    </FormFrame>
                    if !url.query.code.is_empty() {
                        <Answer key={url.query.code.clone()} code={url.query.code.clone()} />
                    }
                </div>
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    code: String,
}

#[component]
fn Answer(props: &AnswerProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    // A code that nobody knows is an answer too.
    let found = use_remote(props.code.clone(), |client, code| async move {
        match verify_minutes(&client, &code).await {
            Err(error) if matches!(error.code(), Some(ErrorCode::NotFound)) => Ok(None),
            other => other.map(Some),
        }
    });
    draw_remote(&found, LoadingShape::Text, |known: &Option<Verification>| {
        let Some(known) = known else {
            return html! { <Alert tone={Tone::Danger} title={t.verification_unknown()} urgent=true /> };
        };
        let (tone, title) = match (known.is_intact, known.is_current) {
            (false, _) => (Tone::Danger, t.verification_broken()),
            (true, true) => (Tone::Success, t.verification_right()),
            (true, false) => (Tone::Warning, t.verification_replaced()),
        };
        html! {
            <div class="gestfg-stack" role="status">
                <Alert {tone} {title} />
                <Card>
                    <dl class="gestfg-facts">
                        <dt>{ t.verification_call() }</dt>
                        <dd>{ format!("{} · {}", known.call.degree.name, t.call_title(&known.call)) }</dd>
                        <dt>{ t.verification_number() }</dt>
                        <dd>{ format!("{} ({} {})", known.number, t.minutes_edition(), known.edition) }</dd>
                        <dt>{ t.verification_closed() }</dt>
                        <dd>{ dates.long_date_time(known.closed_at) }</dd>
                        <dt>{ t.verification_students() }</dt>
                        <dd>{ known.entry_count }</dd>
                        <dt>{ t.minutes_code() }</dt>
                        <dd>{ grouped(&known.code) }</dd>
                        <dt>{ "SHA-256" }</dt>
                        <dd class="gestfg-digest">{ &known.digest }</dd>
                    </dl>
                </Card>
            </div>
        }
    })
}
