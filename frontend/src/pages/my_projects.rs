//! The projects one tutors or co-tutors.

use super::project::{ProjectActions, ProjectHandle};
use crate::api::projects::list_projects;
use crate::components::{
    ButtonKind, Choice, Column, DataTable, EmptyState, FilterBar, IconName, ListExport, LoadingShape,
    PageHeader, PageSection, Pager, ProjectBadge, RouteLink, SearchBox, SelectField, TableContent,
    TakenBadge, draw_remote, export_query, route_button,
};
use crate::format::{Dates, academic_year, use_dates};
use crate::hooks::{Field, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{Project, ProjectAction, ProjectState, ProjectSummary};
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct MineQuery {
    q: String,
    state: String,
    academic_year: String,
    sort: String,
    cursor: String,
}

impl MineQuery {
    fn filters(&self) -> Vec<(&'static str, String)> {
        let sort = match (self.sort.is_empty(), self.q.is_empty()) {
            (true, true) => "-updated_at".to_owned(),
            _ => self.sort.clone(),
        };
        vec![
            ("mine", "true".to_owned()),
            ("q", self.q.clone()),
            ("state", self.state.clone()),
            ("academic_year", self.academic_year.clone()),
            ("sort", sort),
            ("cursor", self.cursor.clone()),
        ]
    }
}

/// The professor's own projects, in any state.
#[component]
pub fn MyProjectsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let url = use_query::<MineQuery>();
    let query = url.query.clone();
    let remote =
        use_remote(query.filters(), |client, filters| async move { list_projects(&client, &filters).await });
    use_updates(&[UpdateTopic::Projects, UpdateTopic::Assignments], &remote.refresh);

    let onsearch = {
        let (query, adjust) = (query.clone(), url.adjust.clone());
        Callback::from(move |q: String| adjust.emit(MineQuery { q, cursor: String::new(), ..query.clone() }))
    };
    let onstate = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |state: String| {
            go.emit(MineQuery { state, cursor: String::new(), ..query.clone() });
        })
    };
    let onsort = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |sort: String| {
            go.emit(MineQuery { sort, cursor: String::new(), ..query.clone() });
        })
    };
    let onpage = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |cursor: String| go.emit(MineQuery { cursor, ..query.clone() }))
    };
    let onclear = url.go.reform(|()| MineQuery::default());
    let state_field = Field {
        id: "filter-state".into(),
        value: query.state.clone(),
        error: None,
        onchange: onstate,
        onleave: Callback::noop(),
        disabled: false,
    };
    let filtered = !query.q.is_empty() || !query.state.is_empty() || !query.academic_year.is_empty();
    let new =
        || route_button(Route::NewProject, ButtonKind::Primary, Some(IconName::Plus), t.route_new_project());
    let list = |page: &Page<ProjectSummary>| {
        if page.items.is_empty() && filtered {
            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
        }
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::File} title={t.my_projects_empty()} actions={new()}>
                    { t.my_projects_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <>
                <DataTable
                    caption={t.route_my_projects()}
                    content={TableContent::new(&columns(t, &dates, &remote.reload), &page.items).keyed(&page.items, |project| project.id.0)}
                    sort={query.sort.clone()}
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
                title={t.route_my_projects()}
                lead={t.my_projects_lead()}
                actions={html! {
                    <>
                        { new() }
                        <ListExport path="/projects" query={export_query(&query.filters())} name={t.route_my_projects()} />
                    </>
                }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <FilterBar active={filtered} {onclear}>
                        <div class="gestfg-filters__search">
                            <SearchBox label={t.search_projects()} value={query.q.clone()} {onsearch} />
                        </div>
                        <SelectField
                            label={t.state()}
                            none={t.any()}
                            choices={ProjectState::ALL
                                .map(|state| Choice::new(state.as_str(), t.project_state(state)))
                                .to_vec()}
                            field={state_field}
                        />
                    </FilterBar>
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
            html! { <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink> }
        })
        .sorted_by("title"),
        Column::new(t.state(), |project: &ProjectSummary| {
            html! {
                <div class="gestfg-badges">
                    <ProjectBadge state={project.state} />
                    if project.state == ProjectState::Published {
                        <TakenBadge is_assigned={project.is_assigned} />
                    }
                </div>
            }
        }),
        Column::new(t.degree(), |project: &ProjectSummary| html! { &project.degree.code }),
        Column::new(
            t.academic_year(),
            |project: &ProjectSummary| html! { academic_year(project.academic_year) },
        ),
        Column::new(t.updated(), move |project: &ProjectSummary| html! { dates.date(project.updated_at) })
            .sorted_by("updated_at"),
        Column::new(t.actions(), move |project: &ProjectSummary| {
            let only = vec![
                ProjectAction::Submit,
                ProjectAction::Publish,
                ProjectAction::Assign,
                ProjectAction::Edit,
                ProjectAction::EditText,
                ProjectAction::Reopen,
                ProjectAction::Duplicate,
            ];
            html! {
                <ProjectActions project={ProjectHandle::from(project)} {only} small=true onchange={onchange.clone()} />
            }
        }),
    ]
}
