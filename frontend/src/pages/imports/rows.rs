//! The third step: what would become of each row.

use super::decide::DecideBar;
use super::row_table::RowTable;
use super::steps::Step;
use crate::api::imports::list_rows;
use crate::components::{Button, ButtonKind, EmptyState, IconName, LoadingShape, Pager, draw_remote};
use crate::hooks::{ListQuery, QueryHandle, use_remote};
use crate::i18n::use_texts;
use gestfg_types::imports::{Import, ImportCommitted, ImportRow, ImportState, RowOutcome};
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// The step, which rows and which page, as they stand in the URL.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RowsQuery {
    pub(super) step: String,
    pub(super) show: String,
    pub(super) cursor: String,
}

impl ListQuery for RowsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

impl RowsQuery {
    fn filters(&self) -> Vec<(&'static str, String)> {
        let shown = match self.show.as_str() {
            "" => None,
            "warning" => Some(("problem", "warning".to_owned())),
            outcome => Some(("outcome", outcome.to_owned())),
        };
        let page = [("cursor", self.cursor.clone()), ("limit", "50".to_owned())];
        shown.into_iter().chain(page).collect()
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RowsStepProps {
    pub(super) import: Import,
    pub(super) url: QueryHandle<RowsQuery>,
    pub(super) onstep: Callback<Step>,
    pub(super) oncommitted: Callback<ImportCommitted>,
    pub(super) onstale: Callback<()>,
}

/// The rows, what to show of them, and what to do with them all.
#[component]
pub(super) fn RowsStep(props: &RowsStepProps) -> Html {
    let t = use_texts();
    let (import, url) = (&props.import, &props.url);
    let summary = import.summary;
    let past = import.state != ImportState::Previewed;
    // Read again means other rows under the same address.
    let deps = (import.id, import.options.clone(), import.state, summary, url.query.filters());
    let found =
        use_remote(
            deps,
            |client, (id, _, _, _, filters)| async move { list_rows(&client, id, &filters).await },
        );
    let label = |outcome: RowOutcome| if past { t.row_outcome_past(outcome) } else { t.row_outcome(outcome) };
    let filters = [
        ("", t.all_rows(), summary.rows),
        ("create", label(RowOutcome::Create), summary.create),
        ("update", label(RowOutcome::Update), summary.update),
        ("unchanged", label(RowOutcome::Unchanged), summary.unchanged),
        ("error", label(RowOutcome::Error), summary.error),
        ("warning", t.with_warnings(), summary.warning),
    ];
    let show = url.choose(|query, show| query.show = show);
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-subtle">{ t.rows_read(summary.rows, &import.layout.sheet) }</p>
            <DecideBar
                import={import.clone()}
                oncommitted={props.oncommitted.clone()}
                onstale={props.onstale.clone()}
            />
            <div class="gestfg-toggles" role="group" aria-label={t.filter_rows()}>
                { for filters.into_iter().map(|(name, label, count)| {
                    let chosen = url.query.show == name;
                    html! {
                        <button
                            key={name}
                            type="button"
                            class={classes!("gestfg-toggle", (!name.is_empty()).then(|| format!("gestfg-toggle--{name}")))}
                            aria-pressed={if chosen { "true" } else { "false" }}
                            disabled={count == 0 && !chosen}
                            onclick={show.reform(move |_: MouseEvent| name.to_owned())}
                        >
                            { t.rows_of(label, count) }
                        </button>
                    }
                }) }
            </div>
            { draw_remote(&found, LoadingShape::Rows, |page: &Page<ImportRow>| {
                if page.items.is_empty() && url.query.show.is_empty() {
                    return html! {
                        <EmptyState icon={IconName::File} title={t.no_rows_at_all()}>{ t.no_rows_at_all_body() }</EmptyState>
                    };
                }
                if page.items.is_empty() {
                    return html! { <EmptyState title={t.no_rows_here()} /> };
                }
                html! {
                    <>
                        <RowTable import={import.clone()} rows={page.items.clone()} />
                        <Pager
                            total={page.total}
                            shown={page.items.len()}
                            cursor={url.query.cursor.clone()}
                            next={page.next_cursor.clone()}
                            onpage={url.onpage()}
                        />
                    </>
                }
            }) }
            <div>
                <Button
                    label={t.back_to_columns()}
                    kind={ButtonKind::Link}
                    icon={IconName::ChevronLeft}
                    onclick={props.onstep.reform(|_| Step::Columns)}
                />
            </div>
        </div>
    }
}
