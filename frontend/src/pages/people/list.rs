//! The list of accounts.

use crate::api::master::{active_degrees, active_departments};
use crate::api::people::list_users;
use crate::components::{
    Badge, ButtonKind, Choice, Colour, Column, DataTable, EmptyState, FilterBar, IconName, ListExport,
    LoadingShape, PageHeader, PageSection, Pager, RouteLink, SearchBox, SelectField, TableContent,
    draw_remote, export_query, route_button,
};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::pagination::Page;
use gestfg_types::session::{Permission, Roles};
use gestfg_types::users::User;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct PeopleQuery {
    q: String,
    role: String,
    department_id: String,
    degree_id: String,
    is_active: String,
    sort: String,
    cursor: String,
}

impl ListQuery for PeopleQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// The list of accounts one keeps.
#[component]
pub fn PeoplePage() -> Html {
    let t = use_texts();
    let session = use_session();
    let url = use_query::<PeopleQuery>();
    let query = &url.query;
    let all = session.may(Permission::ManagePeople);
    let found = use_remote(query.clone(), |client, query| async move { list_users(&client, &query).await });
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let departments = use_remote((), |client, ()| async move { active_departments(&client).await });
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect()
    });
    let department_choices: Vec<Choice> = departments.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect()
    });
    let roles = vec![
        Choice::new("admin", t.role_filter_admin()),
        Choice::new("coordinator", t.role_filter_coordinator()),
        Choice::new("head", t.role_filter_head()),
        Choice::new("professor", t.role_filter_professor()),
        Choice::new("student", t.role_filter_student()),
    ];
    let create = if all {
        route_button(Route::NewPerson, ButtonKind::Primary, Some(IconName::UserPlus), t.route_new_person())
    } else {
        Html::default()
    };
    let lead = if all { t.people_lead() } else { t.people_lead_students() };
    let filtered = {
        let bare =
            PeopleQuery { sort: query.sort.clone(), cursor: query.cursor.clone(), ..PeopleQuery::default() };
        *query != bare
    };
    html! {
        <>
            <PageHeader
                title={t.route_people()}
                {lead}
                actions={html! {
                    <>
                        { create.clone() }
                        <ListExport path="/users" query={export_query(query)} name={t.route_people()} />
                    </>
                }}
            />
            <PageSection>
                <FilterBar active={filtered} onclear={url.onclear()}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={t.search_people()}
                            value={query.q.clone()}
                            onsearch={url.typed(|query, words| query.q = words)}
                        />
                    </div>
                    if all {
                        <SelectField
                            label={t.role()}
                            none={t.any()}
                            choices={roles}
                            field={url.filter("filter-role", &query.role, |query, value| query.role = value)}
                        />
                        <SelectField
                            label={t.department()}
                            none={t.any()}
                            choices={department_choices}
                            field={url.filter("filter-department", &query.department_id, |query, value| query.department_id = value)}
                        />
                    }
                    <SelectField
                        label={t.degree()}
                        none={t.any_feminine()}
                        choices={degree_choices}
                        field={url.filter("filter-degree", &query.degree_id, |query, value| query.degree_id = value)}
                    />
                    <SelectField
                        label={t.person_state()}
                        none={t.any()}
                        choices={vec![
                            Choice::new("true", t.access_filter_active()),
                            Choice::new("false", t.access_filter_inactive()),
                        ]}
                        field={url.filter("filter-active", &query.is_active, |query, value| query.is_active = value)}
                    />
                </FilterBar>
                <div class="gestfg-list">
                    { draw_remote(&found, LoadingShape::Rows, |page: &Page<User>| {
                        if page.items.is_empty() && filtered {
                            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
                        }
                        if page.items.is_empty() {
                            return html! {
                                <EmptyState icon={IconName::Users} title={t.people_empty()} actions={create.clone()}>
                                    { t.people_empty_body() }
                                </EmptyState>
                            };
                        }
                        html! {
                            <>
                                <DataTable
                                    caption={t.route_people()}
                                    content={TableContent::new(&columns(t), &page.items)}
                                    sort={if query.sort.is_empty() { "name".to_owned() } else { query.sort.clone() }}
                                    onsort={url.choose(|query, sort| query.sort = sort)}
                                />
                                <Pager
                                    total={page.total}
                                    shown={page.items.len()}
                                    cursor={query.cursor.clone()}
                                    next={page.next_cursor.clone()}
                                    onpage={url.onpage()}
                                />
                            </>
                        }
                    }) }
                </div>
            </PageSection>
        </>
    }
}

fn columns(t: Texts) -> Vec<Column<User>> {
    vec![
        Column::new(t.person_name(), |user: &User| {
            html! {
                <RouteLink to={Route::Person { id: user.id }}>
                    { format!("{}, {}", user.last_name, user.first_name) }
                </RouteLink>
            }
        })
        .sorted_by("name"),
        Column::new(t.email(), |user: &User| {
            let address = user.email.clone().unwrap_or_else(|| "—".to_owned());
            html! { <span class="gestfg-breakable">{ address }</span> }
        }),
        Column::new(t.dni(), |user: &User| html! { user.dni.clone().unwrap_or_else(|| "—".to_owned()) }),
        Column::new(t.person_roles(), move |user: &User| role_badges(t, &user.roles)),
        Column::new(t.person_state(), move |user: &User| access_badge(t, user)),
    ]
}

/// Whether somebody may log in, in a badge.
pub(super) fn access_badge(t: Texts, user: &User) -> Html {
    if !user.is_active {
        html! { <Badge label={t.account_inactive()} icon={IconName::Archive} /> }
    } else if user.has_password {
        html! { <Badge label={t.account_active()} icon={IconName::Check} colour={Colour::Green} /> }
    } else {
        html! { <Badge label={t.account_no_password()} icon={IconName::Key} colour={Colour::Orange} /> }
    }
}

/// What somebody is, in badges.
pub(super) fn role_badges(t: Texts, roles: &Roles) -> Html {
    let mut badges: Vec<(String, Colour)> = Vec::new();
    if roles.admin {
        badges.push((t.role_admin().to_owned(), Colour::Red));
    }
    if let Some(department) = &roles.head_of {
        badges.push((t.role_head(&department.code), Colour::Purple));
    }
    if !roles.coordinates.is_empty() {
        let codes: Vec<&str> = roles.coordinates.iter().map(|degree| degree.code.as_str()).collect();
        badges.push((t.role_coordinator(&codes.join(", ")), Colour::Teal));
    }
    if let Some(department) = &roles.professor {
        badges.push((t.role_professor(&department.code), Colour::Blue));
    }
    if let Some(degrees) = &roles.student {
        let codes: Vec<&str> = degrees.iter().map(|degree| degree.code.as_str()).collect();
        let label =
            if codes.is_empty() { t.role_student().to_owned() } else { t.role_student_of(&codes.join(", ")) };
        badges.push((label, Colour::Grey));
    }
    if badges.is_empty() {
        return html! { <span class="gestfg-subtle">{ t.without_roles() }</span> };
    }
    html! {
        <div class="gestfg-badges">
            { for badges.into_iter().map(|(label, colour)| html! { <Badge {label} {colour} /> }) }
        </div>
    }
}
