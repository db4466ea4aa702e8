//! Projects that wait for a decision.

use super::project::{ProjectActions, ProjectHandle};
use crate::api::projects::list_projects;
use crate::components::{
    Column, DataTable, EmptyState, IconName, ListExport, LoadingShape, PageHeader, PageSection, Pager,
    RouteLink, SearchBox, TableContent, draw_remote, export_query,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{Project, ProjectAction, ProjectSummary};
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct QueueQuery {
    q: String,
    sort: String,
    cursor: String,
}

/// The queue of whoever validates.
#[component]
pub fn ValidationPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<QueueQuery>();
    let query = url.query.clone();
    let sort = if query.sort.is_empty() && query.q.is_empty() {
        "updated_at".to_owned()
    } else {
        query.sort.clone()
    };
    let filters = vec![
        ("queue", "true".to_owned()),
        ("q", query.q.clone()),
        ("sort", sort.clone()),
        ("cursor", query.cursor.clone()),
    ];
    let whole = export_query(&filters);
    let remote = use_remote(filters, |client, filters| async move { list_projects(&client, &filters).await });
    use_updates(&[UpdateTopic::Projects, UpdateTopic::Assignments], &remote.refresh);
    let onsearch = {
        let (query, adjust) = (query.clone(), url.adjust.clone());
        Callback::from(move |q: String| adjust.emit(QueueQuery { q, cursor: String::new(), ..query.clone() }))
    };
    let onsort = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |sort: String| {
            go.emit(QueueQuery { sort, cursor: String::new(), ..query.clone() });
        })
    };
    let onpage = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |cursor: String| go.emit(QueueQuery { cursor, ..query.clone() }))
    };
    let list = |page: &Page<ProjectSummary>| {
        if page.items.is_empty() {
            return if query.q.is_empty() {
                html! {
                    <EmptyState icon={IconName::CheckCircle} title={t.validation_empty()}>
                        { t.validation_empty_body() }
                    </EmptyState>
                }
            } else {
                html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> }
            };
        }
        html! {
            <>
                <DataTable
                    caption={t.route_validation()}
                    content={TableContent::new(&columns(t, &dates, &remote.reload), &page.items).keyed(&page.items, |project| project.id.0)}
                    sort={sort.clone()}
                    {onsort}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    {onpage}
                />
            </>
        }
    };
    html! {
        <>
            <PageHeader
                title={t.route_validation()}
                lead={t.validation_lead()}
                actions={html! { <ListExport path="/projects" query={whole} name={t.route_validation()} /> }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <SearchBox label={t.search_projects()} value={query.q.clone()} {onsearch} />
                    { draw_remote(&remote, LoadingShape::Rows, list) }
                </div>
            </PageSection>
        </>
    }
}

fn columns(t: Texts, dates: &Dates, reload: &Callback<()>) -> Vec<Column<ProjectSummary>> {
    let dates = dates.clone();
    let onchange = reload.reform(|_: Option<Project>| ());
    vec![
        Column::new(t.title_column(), |project: &ProjectSummary| {
            html! {
                <>
                    <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink>
                    <p class="gestfg-subtle gestfg-clamp">{ &project.excerpt }</p>
                </>
            }
        })
        .sorted_by("title"),
        Column::new(t.tutor(), |project: &ProjectSummary| {
            html! { project.tutor.as_ref().map(|tutor| tutor.name.clone()).unwrap_or_default() }
        }),
        Column::new(t.degree(), |project: &ProjectSummary| html! { &project.degree.code }),
        Column::new(t.updated(), move |project: &ProjectSummary| html! { dates.date(project.updated_at) })
            .sorted_by("updated_at"),
        Column::new(t.actions(), move |project: &ProjectSummary| {
            let only = vec![ProjectAction::Validate, ProjectAction::Reject];
            html! {
                <ProjectActions project={ProjectHandle::from(project)} {only} small=true onchange={onchange.clone()} />
            }
        }),
    ]
}
