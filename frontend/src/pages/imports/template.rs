//! Empty spreadsheets to begin with.

use crate::api::imports::import_template;
use crate::components::{Button, ButtonKind, IconName, ProblemAlert};
use crate::download::{XLSX, save_file};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::imports::ImportKind;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct TemplateBoxProps {
    pub(super) kind: ImportKind,
}

/// What columns a kind has, and a sheet that has them.
#[component]
pub(super) fn TemplateBox(props: &TemplateBoxProps) -> Html {
    let t = use_texts();
    let kind = props.kind;
    let download = use_action(move |client, kind: ImportKind| async move {
        let bytes = import_template(&client, kind).await?;
        save_file(&format!("{}.xlsx", kind.as_str()), XLSX, &bytes);
        Ok(())
    });
    let required = kind.required_fields();
    html! {
        <div class="gestfg-stack">
            <p>{ t.template_help() }</p>
            <div>
                <Button
                    label={t.template_download()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::Download}
                    busy={download.running}
                    onclick={download.run.reform(move |_| kind)}
                />
            </div>
            if let Some(error) = &download.error {
                <ProblemAlert error={error.clone()} />
            }
            <div>
                <h3 class="gestfg-subheading">{ t.expected_columns() }</h3>
                <ul class="gestfg-chips" role="list">
                    { for kind.fields().iter().map(|field| html! {
                        <li class="pf-v6-c-label pf-m-compact pf-m-outline">
                            <span class="pf-v6-c-label__content">
                                <span class="pf-v6-c-label__text">
                                    { t.import_field(*field) }
                                    if required.contains(field) {
                                        <span aria-hidden="true">{ " *" }</span>
                                        <span class="pf-v6-screen-reader">{ format!(" ({})", t.field_due()) }</span>
                                    }
                                </span>
                            </span>
                        </li>
                    }) }
                </ul>
            </div>
        </div>
    }
}
