//! Dialogs, on the browser's own `dialog` element: it keeps the focus inside,
//! closes by Escape and gives the focus back.

use super::alert::ProblemAlert;
use super::button::{Button, ButtonKind};
use super::fields::TextAreaField;
use super::form::FormFrame;
use super::icon::IconName;
use crate::api::ApiError;
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::validation::Check;
use gestfg_types::projects::REASON_MAX;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// What it holds.
    pub children: Html,
    /// Its buttons.
    #[prop_or_default]
    pub footer: Html,
    /// The person wants it closed: by its cross or by Escape.
    pub onclose: Callback<()>,
    /// Wider than usual.
    #[prop_or_default]
    pub wide: bool,
    /// Whether it must stay for now.
    #[prop_or_default]
    pub busy: bool,
}

/// A dialog, open as long as it is drawn.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let t = use_texts();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
                focus_first_field(dialog);
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let oncancel = {
        let (onclose, busy) = (props.onclose.clone(), props.busy);
        Callback::from(move |event: Event| {
            event.prevent_default();
            if !busy {
                onclose.emit(());
            }
        })
    };
    let class = classes!("gestfg-dialog", props.wide.then_some("gestfg-dialog--wide"));
    html! {
        <dialog ref={node} {class} aria-labelledby="gestfg-dialog-title" {oncancel}>
            <div class="pf-v6-c-modal-box">
                <div class="pf-v6-c-modal-box__close">
                    <Button
                        label={t.close()}
                        kind={ButtonKind::Plain}
                        icon={IconName::Times}
                        icon_only=true
                        disabled={props.busy}
                        onclick={props.onclose.reform(|_| ())}
                    />
                </div>
                <header class="pf-v6-c-modal-box__header">
                    <div class="pf-v6-c-modal-box__header-main">
                        <h2 class="pf-v6-c-modal-box__title" id="gestfg-dialog-title">
                            <span class="pf-v6-c-modal-box__title-text">{ props.title.clone() }</span>
                        </h2>
                    </div>
                </header>
                <div class="pf-v6-c-modal-box__body">{ props.children.clone() }</div>
                if props.footer != Html::default() {
                    <footer class="pf-v6-c-modal-box__footer">{ props.footer.clone() }</footer>
                }
            </div>
        </dialog>
    }
}

/// The browser would begin at the cross: begin where there is something to
/// fill in.
fn focus_first_field(dialog: &HtmlDialogElement) {
    let fields = dialog.query_selector_all("input:not([disabled]), textarea, select").ok();
    let fields: Vec<HtmlElement> = fields
        .iter()
        .flat_map(|list| (0..list.length()).filter_map(|index| list.item(index)))
        .filter_map(|node| node.dyn_into().ok())
        .collect();
    let is_empty = |field: &&HtmlElement| {
        let input = field.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.value().is_empty());
        input || field.dyn_ref::<HtmlTextAreaElement>().is_some_and(|area| area.value().is_empty())
    };
    if let Some(field) = fields.iter().find(is_empty).or(fields.first()) {
        let _ = field.focus();
    }
}

/// Properties of [`ConfirmDialog`].
#[derive(Properties, PartialEq)]
pub struct ConfirmDialogProps {
    /// The question.
    pub title: AttrValue,
    /// What will happen, in words.
    pub children: Html,
    /// What doing it is called.
    pub confirm: AttrValue,
    /// Whether it takes something away.
    #[prop_or_default]
    pub danger: bool,
    /// Whether it is being done.
    #[prop_or_default]
    pub busy: bool,
    /// Why the last try failed.
    #[prop_or_default]
    pub error: Option<ApiError>,
    /// Do it.
    pub onconfirm: Callback<()>,
    /// Leave it.
    pub oncancel: Callback<()>,
}

/// Asks before doing something, saying what will happen.
#[component]
pub fn ConfirmDialog(props: &ConfirmDialogProps) -> Html {
    let t = use_texts();
    let footer = html! {
        <>
            <Button
                label={props.confirm.clone()}
                kind={if props.danger { ButtonKind::Danger } else { ButtonKind::Primary }}
                busy={props.busy}
                onclick={props.onconfirm.reform(|_| ())}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={props.busy}
                onclick={props.oncancel.reform(|_| ())}
            />
        </>
    };
    html! {
        <Dialog title={props.title.clone()} {footer} busy={props.busy} onclose={props.oncancel.clone()}>
            if let Some(error) = &props.error {
                <div class="gestfg-gap-after"><ProblemAlert error={error.clone()} /></div>
            }
            { props.children.clone() }
        </Dialog>
    }
}

/// Properties of [`ReasonDialog`].
#[derive(Properties, PartialEq)]
pub struct ReasonDialogProps {
    /// The question.
    pub title: AttrValue,
    /// What will happen, in words.
    pub children: Html,
    /// The label of the reason's field.
    pub label: AttrValue,
    /// What doing it is called.
    pub confirm: AttrValue,
    /// Whether it takes something away.
    #[prop_or_default]
    pub danger: bool,
    /// Whether it is being done.
    #[prop_or_default]
    pub busy: bool,
    /// Why the last try failed.
    #[prop_or_default]
    pub error: Option<ApiError>,
    /// Do it for this reason.
    pub onconfirm: Callback<String>,
    /// Leave it.
    pub oncancel: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check_reason(reason: &String) -> Vec<FieldProblem> {
    Check::new().text("/reason", reason, REASON_MAX).done()
}

/// Asks for a reason before doing something.
#[component]
pub fn ReasonDialog(props: &ReasonDialogProps) -> Html {
    let t = use_texts();
    let form = use_form("reason", String::new, check_reason);
    let onsubmit = {
        let onconfirm = props.onconfirm.clone();
        form.on_submit(move |reason: String| {
            onconfirm.emit(reason.trim().to_owned());
            std::future::ready(Ok(()))
        })
    };
    let footer = html! {
        <>
            <Button
                label={props.confirm.clone()}
                kind={if props.danger { ButtonKind::Danger } else { ButtonKind::Primary }}
                submit=true
                form={form.id.clone()}
                busy={props.busy}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={props.busy}
                onclick={props.oncancel.reform(|_| ())}
            />
        </>
    };
    let field = form.field("/reason", String::clone, |reason, value| *reason = value);
    html! {
        <Dialog title={props.title.clone()} {footer} busy={props.busy} onclose={props.oncancel.clone()}>
            <FormFrame id={form.id.clone()} {onsubmit} failure={props.error.clone()}>
                <div>{ props.children.clone() }</div>
                <TextAreaField {field} label={props.label.clone()} required=true max={REASON_MAX} rows={4} />
            </FormFrame>
        </Dialog>
    }
}
