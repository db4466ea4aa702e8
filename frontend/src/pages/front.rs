//! The front page: search, what is due, the latest offer.

use crate::api::master::active_degrees;
use crate::api::projects::list_projects;
use crate::api::{ApiError, Client};
use crate::components::{
    ButtonKind, Card, EmptyState, Icon, IconName, LoadingShape, PageSection, ProjectCard, RouteLink,
    SearchBox, draw_remote, route_button,
};
use crate::hooks::{use_remote, use_title};
use crate::i18n::use_texts;
use crate::pages::events::Announcements;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::master::Degree;
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;
use gestfg_types::session::Permission;
use patternfly_yew::prelude::{Level, Size, Title};
use yew::prelude::*;
use yew_router::prelude::*;

/// How many of the latest projects are shown.
const LATEST: &str = "6";

/// Something due, and where to do it.
#[derive(Clone, PartialEq)]
struct Due {
    text: String,
    icon: IconName,
    to: Route,
    query: Option<AttrValue>,
}

/// Numbers behind what is due.
#[derive(Default, PartialEq)]
struct Counts {
    queue: u64,
    rejected: u64,
    drafts: u64,
    validated: u64,
    claims: u64,
    assignment: Option<(gestfg_types::ids::ProjectId, String)>,
}

async fn count(client: &Client, filters: &[(&str, &str)]) -> Result<u64, ApiError> {
    let mut query = filters.to_vec();
    query.push(("limit", "1"));
    Ok(list_projects(client, &query).await?.total)
}

/// Counts what is due for somebody with these permissions.
async fn counts(client: Client, permissions: Vec<Permission>, student: bool) -> Result<Counts, ApiError> {
    let mut counts = Counts::default();
    if permissions.contains(&Permission::ValidateProjects) {
        counts.queue = count(&client, &[("queue", "true")]).await?;
    }
    if permissions.contains(&Permission::CreateProjects) {
        counts.rejected = count(&client, &[("mine", "true"), ("state", "rejected")]).await?;
        counts.validated = count(&client, &[("mine", "true"), ("state", "validated")]).await?;
        counts.drafts = count(&client, &[("mine", "true"), ("state", "draft")]).await?;
    }
    if permissions.contains(&Permission::ManageStudents) || permissions.contains(&Permission::ManagePeople) {
        let claims: Page<serde_json::Value> = client.get("/identity-claims?limit=1").fetch().await?;
        counts.claims = claims.total;
    }
    if student {
        let filters = [("mine", "true"), ("state", "active"), ("limit", "1")];
        let page = crate::api::assignments::list_assignments(&client, &filters).await?;
        counts.assignment =
            page.items.into_iter().next().map(|found| (found.project_id, found.project_title));
    }
    Ok(counts)
}

/// The front page.
#[component]
pub fn FrontPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let navigator = use_navigator();
    use_title("");
    let onsearch = Callback::from(move |words: String| {
        if let Some(navigator) = navigator.as_ref().filter(|_| !words.is_empty()) {
            let _ = navigator.push_with_query(&Route::Catalogue, [("q", words)]);
        }
    });
    let greeting = match session.me() {
        Some(me) => t.hello(&me.first_name),
        None => t.welcome().to_owned(),
    };
    html! {
        <>
            <section class="pf-v6-c-page__main-section gestfg-hero">
                <div class="gestfg-hero__inner">
                    <h1 class="gestfg-hero__title">{ greeting }</h1>
                    <p class="gestfg-hero__lead">{ t.welcome_lead() }</p>
                    <div class="gestfg-hero__search">
                        <SearchBox label={t.search_projects()} value="" {onsearch} />
                        { route_button(Route::Catalogue, ButtonKind::Link, None, t.browse_all()) }
                    </div>
                </div>
            </section>
            if let Some(me) = session.me() {
                <DueSection
                    key={me.id.0}
                    permissions={me.permissions.clone()}
                    student={me.roles.student.is_some()}
                />
            }
            <Announcements />
            <Latest />
            <ByDegree />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DueSectionProps {
    permissions: Vec<Permission>,
    student: bool,
}

#[component]
fn DueSection(props: &DueSectionProps) -> Html {
    let t = use_texts();
    let remote = use_remote((props.permissions.clone(), props.student), |client, (permissions, student)| {
        counts(client, permissions, student)
    });
    let list = |found: &Counts| {
        let mut dues = Vec::new();
        let mut add = |total: u64, text: String, icon, to, query: &'static str| {
            if total > 0 {
                let query = (!query.is_empty()).then_some(AttrValue::Static(query));
                dues.push(Due { text, icon, to, query });
            }
        };
        add(found.queue, t.due_validation(found.queue), IconName::Tasks, Route::Validation, "");
        add(
            found.rejected,
            t.due_rejected(found.rejected),
            IconName::Edit,
            Route::MyProjects,
            "state=rejected",
        );
        add(
            found.validated,
            t.due_validated(found.validated),
            IconName::Globe,
            Route::MyProjects,
            "state=validated",
        );
        add(found.drafts, t.due_drafts(found.drafts), IconName::Send, Route::MyProjects, "state=draft");
        add(found.claims, t.due_claims(found.claims), IconName::Shield, Route::Claims, "");
        if let Some((id, title)) = &found.assignment {
            add(1, t.your_project(title), IconName::Graduation, Route::Project { id: *id }, "");
        }
        if dues.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.nothing_due() }</p> };
        }
        html! {
            <ul class="gestfg-dues" role="list">
                { for dues.into_iter().map(|due| html! {
                    <li>
                        <RouteLink to={due.to} query={due.query} class="gestfg-due">
                            <span class="gestfg-due__icon"><Icon name={due.icon} /></span>
                            <span>{ due.text }</span>
                            <Icon name={IconName::ChevronRight} />
                        </RouteLink>
                    </li>
                }) }
            </ul>
        }
    };
    html! {
        <PageSection>
            <Card title={t.due_for_you()}>{ draw_remote(&remote, LoadingShape::Rows, list) }</Card>
        </PageSection>
    }
}

#[component]
fn Latest() -> Html {
    let t = use_texts();
    let remote = use_remote((), |client, ()| async move {
        list_projects(&client, &[("state", "published"), ("sort", "-published_at"), ("limit", LATEST)]).await
    });
    let list = |page: &Page<ProjectSummary>| {
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Book} title={t.no_projects_yet()}>{ t.no_projects_yet_body() }</EmptyState>
            };
        }
        html! {
            <ul class="gestfg-cards" role="list">
                { for page.items.iter().map(|project| html! {
                    <li key={project.id.0}><ProjectCard project={project.clone()} /></li>
                }) }
            </ul>
        }
    };
    html! {
        <PageSection>
            <div class="gestfg-gap-after">
                <Title level={Level::H2} size={Size::Large}>{ t.latest_projects() }</Title>
            </div>
            { draw_remote(&remote, LoadingShape::Cards, list) }
        </PageSection>
    }
}

/// Degrees with how many projects each offers.
async fn degrees_with_counts(client: Client) -> Result<Vec<(Degree, u64)>, ApiError> {
    let mut counted = Vec::new();
    for degree in active_degrees(&client).await?.items {
        let id = degree.id.to_string();
        let total = count(&client, &[("degree_id", &id), ("state", "published")]).await?;
        counted.push((degree, total));
    }
    Ok(counted)
}

#[component]
fn ByDegree() -> Html {
    let t = use_texts();
    let remote = use_remote((), |client, ()| degrees_with_counts(client));
    let list = |degrees: &Vec<(Degree, u64)>| {
        html! {
            <ul class="gestfg-dues" role="list">
                { for degrees.iter().map(|(degree, total)| html! {
                    <li key={degree.id.0}>
                        <RouteLink
                            to={Route::Catalogue}
                            query={AttrValue::from(format!("degree_id={}", degree.id))}
                            class="gestfg-due"
                        >
                            <span class="gestfg-due__icon"><Icon name={IconName::Graduation} /></span>
                            <span>{ &degree.name }</span>
                            <span class="gestfg-subtle">{ t.count_projects(*total) }</span>
                        </RouteLink>
                    </li>
                }) }
            </ul>
        }
    };
    html! {
        <PageSection>
            <Card title={t.by_degree()}>{ draw_remote(&remote, LoadingShape::Rows, list) }</Card>
        </PageSection>
    }
}
