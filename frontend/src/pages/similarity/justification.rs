//! Signing why a flagged document may be defended.

use super::per_cent;
use crate::api::ApiError;
use crate::api::similarity::sign_justification;
use crate::components::{Card, FormActions, FormFrame, TextAreaField, use_toasts};
use crate::format::use_dates;
use crate::hooks::{FieldProblem, use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::similarity::{Similarity, SimilarityAction, SimilarityJustification};
use yew::prelude::*;

/// Letters of the shortest, and of the longest, as the server has it.
const LEAST: usize = 20;
const MOST: usize = 5_000;

/// Properties of [`Justification`].
#[derive(Properties, PartialEq)]
pub(super) struct JustificationProps {
    /// The document.
    pub(super) similarity: Similarity,
    /// What was signed, the newest first.
    pub(super) signed: Vec<SimilarityJustification>,
    /// Somebody signed.
    pub(super) onchange: Callback<()>,
}

/// What was signed, and for those who may the form to do so.
#[component]
pub(super) fn Justification(props: &JustificationProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let one = |signed: &SimilarityJustification| {
        let share = per_cent(t, signed.share_permille);
        html! {
            <div key={signed.signed_at.timestamp_millis().to_string()}>
                <p class="gestfg-words">{ &signed.text }</p>
                <p class="gestfg-subtle gestfg-small">
                    { t.similarity_signed_by(&signed.signed_by.name, &dates.long_date_time(signed.signed_at), &share) }
                </p>
            </div>
        }
    };
    let may = props.similarity.allowed_actions.contains(&SimilarityAction::Sign);
    html! {
        <Card title={t.similarity_justification()}>
            <div class="gestfg-stack">
                if props.signed.is_empty() {
                    <p class="gestfg-subtle">{ t.similarity_nothing_signed() }</p>
                }
                { for props.signed.iter().map(one) }
                if may {
                    <SignForm
                        key={props.signed.len().to_string()}
                        similarity={props.similarity.clone()}
                        is_first={!props.similarity.summary.is_justified}
                        onchange={props.onchange.clone()}
                    />
                }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct SignFormProps {
    similarity: Similarity,
    is_first: bool,
    onchange: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(text: &String) -> Vec<FieldProblem> {
    let count = text.trim().chars().count();
    Check::new()
        .text("/text", text, MOST)
        .when((1..LEAST).contains(&count), "/text", FieldCode::TooShort)
        .done()
}

#[component]
fn SignForm(props: &SignFormProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("justification", String::new, check);
    let guard = use_unsaved_guard(form.is_dirty());
    let onsubmit = {
        let (id, onchange) = (props.similarity.document_id, props.onchange.clone());
        form.on_submit(move |text: String| {
            let (client, toasts, onchange) = (session.client.clone(), toasts.clone(), onchange.clone());
            let guard = guard.clone();
            async move {
                sign_justification(&client, id, text).await?;
                guard.release();
                toasts.done(t.similarity_signed());
                onchange.emit(());
                Ok::<(), ApiError>(())
            }
        })
    };
    html! {
        <FormFrame
            id={form.id.clone()}
            {onsubmit}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/text"])}
        >
            <TextAreaField
                field={form.field("/text", Clone::clone, |value: &mut String, typed| *value = typed)}
                label={t.similarity_why()}
                help={t.similarity_why_help()}
                required=true
                rows={5}
                max={MOST}
            />
            <FormActions
                label={if props.is_first { t.similarity_sign() } else { t.similarity_sign_again() }}
                sending={form.is_sending()}
                disabled={!form.is_dirty()}
            />
        </FormFrame>
    }
}
