//! The catalogue of published projects.

use crate::api::master::{active_degrees, active_departments};
use crate::api::projects::list_projects;
use crate::components::{
    Button, ButtonKind, Choice, Column, DataTable, EmptyState, FilterBar, IconName, LoadingShape, PageHeader,
    PageSection, Pager, ProfessorSelect, ProjectCard, RouteLink, SearchBox, SelectField, TableContent,
    TakenBadge, TextField, draw_remote,
};
use crate::hooks::{Field, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;
use gestfg_types::updates::UpdateTopic;
use gestfg_types::users::PersonRef;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Filters, order, page and view, as they stand in the URL.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct CatalogueQuery {
    q: String,
    degree_id: String,
    department_id: String,
    tutor_id: String,
    tutor: String,
    kind: String,
    level: String,
    students: String,
    assigned: String,
    sort: String,
    cursor: String,
    view: String,
}

impl CatalogueQuery {
    /// What the server is asked: all but how we show it.
    fn filters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("state", "published".to_owned()),
            ("q", self.q.clone()),
            ("degree_id", self.degree_id.clone()),
            ("department_id", self.department_id.clone()),
            ("tutor_id", self.tutor_id.clone()),
            ("kind", self.kind.clone()),
            ("level", self.level.clone()),
            ("students", self.students.clone()),
            ("assigned", self.assigned.clone()),
            ("sort", self.sort.clone()),
            ("cursor", self.cursor.clone()),
            ("limit", "24".to_owned()),
        ]
    }

    fn is_filtered(&self) -> bool {
        let bare = Self {
            sort: self.sort.clone(),
            view: self.view.clone(),
            cursor: self.cursor.clone(),
            ..Self::default()
        };
        *self != bare
    }
}

/// The catalogue.
#[component]
pub fn CataloguePage() -> Html {
    let t = use_texts();
    let session = use_session();
    let url = use_query::<CatalogueQuery>();
    let query = url.query.clone();
    let wider = use_state_eq(|| false);
    let found =
        use_remote(query.filters(), |client, filters| async move { list_projects(&client, &filters).await });
    use_updates(&[UpdateTopic::Projects, UpdateTopic::Assignments], &found.refresh);
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let departments = use_remote((), |client, ()| async move { active_departments(&client).await });

    // Any other filter begins the list anew.
    let change = |change: fn(&mut CatalogueQuery, String)| {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |value: String| {
            let mut next = query.clone();
            change(&mut next, value);
            next.cursor = String::new();
            go.emit(next);
        })
    };
    let typed = |change: fn(&mut CatalogueQuery, String)| {
        let (query, adjust) = (query.clone(), url.adjust.clone());
        Callback::from(move |value: String| {
            let mut next = query.clone();
            change(&mut next, value);
            next.cursor = String::new();
            adjust.emit(next);
        })
    };
    let filter = |id: &'static str, value: &str, onchange: Callback<String>| Field {
        id: AttrValue::Static(id),
        value: value.to_owned(),
        error: None,
        onchange,
        onleave: Callback::noop(),
        disabled: false,
    };
    let onpage = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |cursor: String| go.emit(CatalogueQuery { cursor, ..query.clone() }))
    };
    let onclear = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |()| {
            go.emit(CatalogueQuery { view: query.view.clone(), ..CatalogueQuery::default() });
        })
    };
    let ontutor = {
        let (query, go) = (query.clone(), url.go.clone());
        Callback::from(move |person: Option<PersonRef>| {
            let mut next = CatalogueQuery { cursor: String::new(), ..query.clone() };
            next.tutor_id = person.as_ref().map(|person| person.id.to_string()).unwrap_or_default();
            next.tutor = person.map(|person| person.name).unwrap_or_default();
            go.emit(next);
        })
    };
    let tutor = Field {
        id: AttrValue::Static("filter-tutor"),
        value: query.tutor_id.parse::<UserId>().ok().map(|id| PersonRef { id, name: query.tutor.clone() }),
        error: None,
        onchange: ontutor,
        onleave: Callback::noop(),
        disabled: false,
    };
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name)))
            .collect()
    });
    let department_choices: Vec<Choice> = departments.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect()
    });
    let in_wider =
        [&query.tutor_id, &query.kind, &query.level, &query.students].iter().any(|value| !value.is_empty());
    let show_wider = *wider || in_wider;
    let as_list = query.view == "list";

    html! {
        <>
            <PageHeader title={t.route_catalogue()} lead={t.catalogue_lead()} />
            <PageSection>
                <FilterBar active={query.is_filtered()} {onclear}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={t.search_projects()}
                            value={query.q.clone()}
                            onsearch={typed(|query, words| query.q = words)}
                        />
                    </div>
                    <SelectField
                        label={t.degree()}
                        none={t.any_feminine()}
                        choices={degree_choices}
                        field={filter("filter-degree", &query.degree_id, change(|query, id| query.degree_id = id))}
                    />
                    <SelectField
                        label={t.department()}
                        none={t.any()}
                        choices={department_choices}
                        field={filter("filter-department", &query.department_id, change(|query, id| query.department_id = id))}
                    />
                    <SelectField
                        label={t.availability()}
                        none={t.any()}
                        choices={vec![Choice::new("false", t.only_free()), Choice::new("true", t.only_assigned())]}
                        field={filter("filter-assigned", &query.assigned, change(|query, value| query.assigned = value))}
                    />
                    if show_wider {
                        <SelectField
                            label={t.level()}
                            none={t.any()}
                            choices={vec![Choice::new("bachelor", "TFG"), Choice::new("master", "TFM")]}
                            field={filter("filter-level", &query.level, change(|query, value| query.level = value))}
                        />
                        <SelectField
                            label={t.students()}
                            none={t.any()}
                            choices={(1..=3).map(|count| Choice::new(count, count.to_string())).collect::<Vec<_>>()}
                            field={filter("filter-students", &query.students, change(|query, value| query.students = value))}
                        />
                        <TextField
                            label={t.kind()}
                            field={filter("filter-kind", &query.kind, typed(|query, value| query.kind = value))}
                        />
                        <ProfessorSelect label={t.tutor()} field={tutor} />
                    } else {
                        <Button
                            label={t.more_filters()}
                            kind={ButtonKind::Link}
                            icon={IconName::Filter}
                            onclick={let wider = wider.clone(); move |_: MouseEvent| wider.set(true)}
                        />
                    }
                </FilterBar>
                <div class="gestfg-list-tools">
                    <SelectField
                        label={t.sort()}
                        none={if query.q.is_empty() { t.sort_newest() } else { t.sort_relevance() }}
                        choices={sort_choices(t, &query.q)}
                        field={filter("sort", &query.sort, change(|query, sort| query.sort = sort))}
                    />
                    <div class="gestfg-view-switch">
                        <Button
                            label={t.view_cards()}
                            kind={ButtonKind::Plain}
                            icon={IconName::Grid}
                            icon_only=true
                            pressed={!as_list}
                            onclick={change(|query, _| query.view = String::new()).reform(|_| String::new())}
                        />
                        <Button
                            label={t.view_list()}
                            kind={ButtonKind::Plain}
                            icon={IconName::List}
                            icon_only=true
                            pressed={as_list}
                            onclick={change(|query, _| query.view = "list".to_owned()).reform(|_| String::new())}
                        />
                    </div>
                </div>
                { draw_remote(&found, LoadingShape::Cards, |page: &Page<ProjectSummary>| {
                    if page.items.is_empty() {
                        return if query.is_filtered() {
                            html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> }
                        } else {
                            html! {
                                <EmptyState icon={IconName::Book} title={t.no_projects_yet()}>
                                    { t.no_projects_yet_body() }
                                </EmptyState>
                            }
                        };
                    }
                    html! {
                        <>
                            <h2 class="pf-v6-screen-reader">{ t.results() }</h2>
                            if as_list {
                                <DataTable
                                    caption={t.route_catalogue()}
                                    content={TableContent::new(&columns(t, session.me().is_some()), &page.items)}
                                    sort={query.sort.clone()}
                                    onsort={change(|query, sort| query.sort = sort)}
                                />
                            } else {
                                <ul class="gestfg-cards" role="list">
                                    { for page.items.iter().map(|project| html! {
                                        <li key={project.id.0}><ProjectCard project={project.clone()} /></li>
                                    }) }
                                </ul>
                            }
                            <Pager
                                total={page.total}
                                shown={page.items.len()}
                                cursor={query.cursor.clone()}
                                next={page.next_cursor.clone()}
                                {onpage}
                            />
                        </>
                    }
                }) }
            </PageSection>
        </>
    }
}

fn sort_choices(t: Texts, words: &str) -> Vec<Choice> {
    let mut choices = vec![
        Choice::new("published_at", t.sort_oldest()),
        Choice::new("title", t.sort_title()),
        Choice::new("-title", t.sort_title_reverse()),
        Choice::new("-updated_at", t.sort_updated()),
    ];
    if !words.is_empty() {
        choices.insert(0, Choice::new("-published_at", t.sort_newest()));
    }
    choices
}

fn columns(t: Texts, signed_in: bool) -> Vec<Column<ProjectSummary>> {
    let mut columns = vec![
        Column::new(t.title_column(), |project: &ProjectSummary| {
            html! { <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink> }
        })
        .sorted_by("title"),
        Column::new(t.degree(), |project: &ProjectSummary| html! { &project.degree.code }),
        Column::new(t.department(), |project: &ProjectSummary| html! { &project.department.code }),
        Column::new(t.tutor(), move |project: &ProjectSummary| match &project.tutor {
            Some(tutor) => html! { &tutor.name },
            None if signed_in => html! { "—" },
            None => html! { <span class="gestfg-subtle">{ t.tutor_hidden() }</span> },
        }),
        Column::new(t.students(), |project: &ProjectSummary| html! { project.student_count }),
    ];
    columns.push(Column::new(t.availability(), |project: &ProjectSummary| {
        html! { <TakenBadge is_assigned={project.is_assigned} /> }
    }));
    columns
}
