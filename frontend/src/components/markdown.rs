//! A text in Markdown, and how it will look.

use super::alert::ProblemAlert;
use super::field::FieldFrame;
use super::fields::{counter, text_area};
use super::remote_view::{Loading, LoadingShape};
use crate::api::projects::render_markdown;
use crate::hooks::{Field, use_action};
use crate::i18n::use_texts;
use patternfly_yew::prelude::Content;
use yew::prelude::*;

/// Properties of [`MarkdownField`].
#[derive(Properties, PartialEq)]
pub struct MarkdownFieldProps {
    /// Its value and what may become of it.
    pub field: Field<String>,
    /// Its label.
    pub label: AttrValue,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// The most characters it takes.
    #[prop_or_default]
    pub max: Option<usize>,
    /// How many lines it shows.
    #[prop_or(8)]
    pub rows: u32,
}

/// Several lines of Markdown with a tab that shows them as the server will
/// draw them.
#[component]
pub fn MarkdownField(props: &MarkdownFieldProps) -> Html {
    let t = use_texts();
    let previewing = use_state_eq(|| false);
    let html = use_state_eq(AttrValue::default);
    let render = {
        let html = html.setter();
        use_action(move |client, markdown: String| {
            let html = html.clone();
            async move {
                html.set(render_markdown(&client, markdown).await?.html.into());
                Ok(())
            }
        })
    };
    let write = use_callback(previewing.setter(), |_: MouseEvent, previewing| previewing.set(false));
    let preview = {
        let (previewing, run, markdown) =
            (previewing.setter(), render.run.clone(), props.field.value.clone());
        Callback::from(move |_: MouseEvent| {
            previewing.set(true);
            run.emit(markdown.clone());
        })
    };
    let toggle = |on: bool, label: &'static str, onclick: Callback<MouseEvent>| {
        html! {
            <div class="pf-v6-c-toggle-group__item">
                <button
                    type="button"
                    class={classes!("pf-v6-c-toggle-group__button", on.then_some("pf-m-selected"))}
                    aria-pressed={if on { "true" } else { "false" }}
                    {onclick}
                >
                    <span class="pf-v6-c-toggle-group__text">{ label }</span>
                </button>
            </div>
        }
    };
    html! {
        <FieldFrame
            id={props.field.id.clone()}
            label={props.label.clone()}
            help={props.help.clone()}
            error={props.field.error}
            aside={counter(&props.field.value, props.max)}
        >
            <div class="pf-v6-c-toggle-group pf-m-compact gestfg-markdown-tabs" role="group" aria-label={t.write_or_preview()}>
                { toggle(!*previewing, t.write(), write) }
                { toggle(*previewing, t.preview(), preview) }
            </div>
            <div hidden={*previewing}>{ text_area(&props.field, props.rows, false) }</div>
            if *previewing {
                <div class="gestfg-preview">
                    if let Some(error) = &render.error {
                        <ProblemAlert error={error.clone()} />
                    } else if render.running {
                        <Loading shape={LoadingShape::Text} />
                    } else if html.is_empty() {
                        <p class="gestfg-subtle">{ t.nothing_to_preview() }</p>
                    } else {
                        <Content>{ Html::from_html_unchecked((*html).clone()) }</Content>
                    }
                </div>
            }
        </FieldFrame>
    }
}
