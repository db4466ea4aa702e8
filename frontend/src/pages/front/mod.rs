//! The front page: search, what is due, the dates, the latest offer.

mod due;

use crate::api::master::active_degrees;
use crate::api::projects::list_projects;
use crate::api::{ApiError, Client};
use crate::components::{
    ButtonKind, Card, EmptyState, Icon, IconName, LoadingShape, PageSection, ProjectCard, RouteLink,
    SearchBox, draw_remote, route_button,
};
use crate::hooks::{use_remote, use_title};
use crate::i18n::use_texts;
use crate::pages::defences::{MyDefences, Published};
use crate::pages::events::Announcements;
use crate::route::Route;
use crate::session::use_session;
use due::{Overview, count};
use gestfg_types::master::Degree;
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;
use patternfly_yew::prelude::{Level, Size, Title};
use yew::prelude::*;
use yew_router::prelude::*;

/// How many of the latest projects are shown.
const LATEST: &str = "6";

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
                <Overview
                    key={me.id.0}
                    permissions={me.permissions.clone()}
                >
                    <MyDefences />
                    <Announcements />
                </Overview>
            } else {
                <Announcements />
            }
            <Published />
            <Latest />
            <ByDegree />
        </>
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
