//! The imports so far.

use crate::api::imports::list_imports;
use crate::components::{
    Badge, ButtonKind, Colour, Column, DataTable, EmptyState, IconName, ListExport, LoadingShape, PageHeader,
    PageSection, Pager, RouteLink, TableContent, draw_remote, route_button,
};
use crate::format::{Dates, number, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::imports::{Import, ImportState};
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ImportsQuery {
    cursor: String,
}

impl ListQuery for ImportsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// The list of imports.
#[component]
pub fn ImportsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<ImportsQuery>();
    let found = use_remote(url.query.cursor.clone(), |client, cursor| async move {
        list_imports(&client, &[("cursor", cursor)]).await
    });
    let create =
        route_button(Route::NewImport, ButtonKind::Primary, Some(IconName::Upload), t.route_new_import());
    let actions = html! {
        <>
            <ListExport path="/imports" name={t.route_imports()} />
            { create.clone() }
        </>
    };
    html! {
        <>
            <PageHeader title={t.route_imports()} lead={t.imports_lead()} {actions} />
            <PageSection>
                { draw_remote(&found, LoadingShape::Rows, |page: &Page<Import>| {
                    if page.items.is_empty() {
                        return html! {
                            <EmptyState icon={IconName::Upload} title={t.imports_empty()} actions={create.clone()}>
                                { t.imports_empty_body() }
                            </EmptyState>
                        };
                    }
                    html! {
                        <>
                            <DataTable
                                caption={t.route_imports()}
                                content={TableContent::new(&columns(t, &dates), &page.items)}
                            />
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
            </PageSection>
        </>
    }
}

fn columns(t: Texts, dates: &Dates) -> Vec<Column<Import>> {
    let dates = dates.clone();
    vec![
        Column::new(t.import_file(), |import: &Import| {
            html! { <RouteLink to={Route::Import { id: import.id }}>{ &import.file_name }</RouteLink> }
        }),
        Column::new(t.import_kind(), move |import: &Import| html! { t.import_kind_name(import.kind) }),
        Column::new(t.state(), |import: &Import| html! { <ImportBadge state={import.state} /> }),
        Column::new(t.import_rows(), move |import: &Import| {
            html! {
                <>
                    { number(t, u64::from(import.summary.rows)) }
                    if import.summary.error > 0 {
                        <span class="gestfg-subtle">{ format!(" · {}", t.rows_with_errors(import.summary.error)) }</span>
                    }
                </>
            }
        }),
        Column::new(t.import_author(), |import: &Import| html! { &import.created_by.name }),
        Column::new(t.import_when(), move |import: &Import| html! { dates.date_time(import.created_at) }),
    ]
}

#[derive(Properties, PartialEq)]
pub(super) struct ImportBadgeProps {
    pub(super) state: ImportState,
}

/// Where an import is.
#[component]
pub(super) fn ImportBadge(props: &ImportBadgeProps) -> Html {
    let t = use_texts();
    let (icon, colour) = match props.state {
        ImportState::Previewed => (IconName::Clock, Colour::Orange),
        ImportState::Committed => (IconName::CheckCircle, Colour::Green),
        ImportState::Undone => (IconName::Undo, Colour::Grey),
    };
    html! { <Badge label={t.import_state(props.state)} {icon} {colour} /> }
}
