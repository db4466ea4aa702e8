//! A project as everyone sees it.

use super::actions::{ProjectActions, ProjectHandle};
use crate::api::projects::{find_project, similar_projects};
use crate::components::{
    Alert, Badge, Card, Crumb, LoadingShape, PageHeader, PageSection, ProjectCard, RouteLink, Tone,
    draw_remote, project_badges,
};
use crate::format::{Dates, academic_year, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates_about;
use crate::pages::applications::ApplyLink;
use crate::pages::requests::WindowNote;
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::calls::Phase;
use gestfg_types::ids::ProjectId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{Project, ProjectAction, ProjectState, ProjectSummary};
use gestfg_types::updates::UpdateTopic;
use patternfly_yew::prelude::{Content, Level, Size, Title};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

/// Properties of [`ProjectPage`].
#[derive(Properties, PartialEq)]
pub struct ProjectPageProps {
    /// Which project.
    pub id: ProjectId,
}

/// A project, what may be done with it, and others like it.
#[component]
pub fn ProjectPage(props: &ProjectPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let navigator = use_navigator();
    let remote = use_remote(props.id, |client, id| async move { find_project(&client, id).await });
    use_updates_about(&[UpdateTopic::Projects], props.id.0, &remote.refresh);
    let crumbs = vec![Crumb { to: Route::Catalogue, label: t.route_catalogue().into() }];
    let Some(project) =
        remote.latest.clone().filter(|_| !matches!(remote.state, crate::hooks::Remote::Failed(_)))
    else {
        return html! {
            <>
                <PageHeader title={t.route_project()} {crumbs} />
                <PageSection>{ draw_remote(&remote, LoadingShape::Text, |_| html! {}) }</PageSection>
            </>
        };
    };
    let onchange = {
        let (replace, reload) = (remote.replace.clone(), remote.reload.clone());
        Callback::from(move |changed: Option<Project>| match changed {
            Some(project) => replace.emit(Rc::new(project)),
            None => reload.emit(()),
        })
    };
    let deletable = project.summary.allowed_actions.contains(&ProjectAction::Delete);
    let onchange = if deletable {
        // Nothing is left to be seen of a removed draft.
        Callback::from(move |changed: Option<Project>| match changed {
            Some(project) => onchange.emit(Some(project)),
            None => {
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::MyProjects);
                }
            }
        })
    } else {
        onchange
    };
    let summary = &project.summary;
    let aside = html! { <div class="gestfg-badges">{ project_badges(summary, t) }</div> };
    let is_tutor = session.me().zip(summary.tutor.as_ref()).is_some_and(|(me, tutor)| me.id == tutor.id);
    let tutors_out_of_dates = is_tutor
        && summary.state == ProjectState::Published
        && !summary.is_assigned
        && !summary.allowed_actions.contains(&ProjectAction::Assign);
    let studies = session
        .me()
        .is_some_and(|me| me.roles.student.iter().flatten().any(|degree| degree.id == summary.degree.id));
    let may_be_asked_for = studies && summary.state == ProjectState::Published && !summary.is_assigned;
    let actions = if session.me().is_none() || summary.allowed_actions.is_empty() {
        html! {}
    } else {
        html! { <ProjectActions project={ProjectHandle::from(summary)} {onchange} /> }
    };
    html! {
        <>
            <PageHeader key={summary.title.clone()} title={summary.title.clone()} {crumbs} {aside} />
            <PageSection>
                <div class="gestfg-stack">
                    { actions }
                    if may_be_asked_for {
                        <ApplyLink project={summary.id} degree={summary.degree.id} />
                    }
                    if tutors_out_of_dates {
                        <WindowNote degree={summary.degree.id} phase={Phase::ProjectAssignment} />
                    }
                    { notices(&project, t) }
                    <div class="gestfg-columns">
                        <Card>
                            { text(t.description(), &project.description_html, Some(t.not_described())) }
                            { text(t.prior_knowledge(), &project.prior_knowledge_html, None) }
                            { text(t.resources(), &project.resources_html, None) }
                        </Card>
                        <Card title={t.project_data()}>{ facts(&project, session.me().is_some(), t, &dates) }</Card>
                    </div>
                </div>
            </PageSection>
            <Similar id={props.id} />
        </>
    }
}

fn notices(project: &Project, t: Texts) -> Html {
    html! {
        <>
            if let Some(reason) = &project.rejection_reason {
                <Alert tone={Tone::Warning} title={t.rejection_reason()}><p>{ reason }</p></Alert>
            }
            if let Some(reason) = &project.withdrawal_reason {
                <Alert tone={Tone::Info} title={t.withdrawal_reason()}><p>{ reason }</p></Alert>
            }
        </>
    }
}

/// A part of the text. The HTML was made and cleaned by the server from
/// Markdown; nothing else is ever drawn this way.
fn text(title: &'static str, html: &str, otherwise: Option<&'static str>) -> Html {
    let body = match (html.trim().is_empty(), otherwise) {
        (true, None) => return html! {},
        (true, Some(otherwise)) => html! { <p class="gestfg-subtle">{ otherwise }</p> },
        (false, _) => Html::from_html_unchecked(html.to_owned().into()),
    };
    html! {
        <section class="gestfg-gap-after">
            <Title level={Level::H2} size={Size::Large}>{ title }</Title>
            <div class="gestfg-prose"><Content>{ body }</Content></div>
        </section>
    }
}

fn facts(project: &Project, signed_in: bool, t: Texts, dates: &Dates) -> Html {
    let summary = &project.summary;
    let fact = |term: &'static str, value: Html| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    let tutor = match &summary.tutor {
        Some(tutor) => html! { &tutor.name },
        None if signed_in => html! { "—" },
        None => html! { <span class="gestfg-subtle">{ t.tutor_hidden() }</span> },
    };
    html! {
        <dl class="gestfg-facts">
            { fact(t.tutor(), tutor) }
            if let Some(cotutor) = &summary.cotutor {
                { fact(t.cotutor(), html! { &cotutor.name }) }
            }
            { fact(t.department(), html! { format!("{} · {}", summary.department.code, summary.department.name) }) }
            { fact(t.degree(), html! {
                <RouteLink to={Route::Catalogue} query={AttrValue::from(format!("degree_id={}", summary.degree.id))}>
                    { format!("{} · {}", summary.degree.code, summary.degree.name) }
                </RouteLink>
            }) }
            { fact(t.students(), html! { t.count_students(summary.student_count) }) }
            { fact(t.academic_year(), html! { academic_year(summary.academic_year) }) }
            if let Some(at) = project.published_at {
                { fact(t.published_on(), html! { dates.date(at) }) }
            }
            if !summary.keywords.is_empty() {
                { fact(t.keywords(), html! {
                    <div class="gestfg-badges">
                        { for summary.keywords.iter().map(|word| html! { <Badge label={word.clone()} /> }) }
                    </div>
                }) }
            }
            if let Some(id) = project.duplicated_from {
                { fact(t.copied_from(), html! {
                    <RouteLink to={Route::Project { id }}>{ t.see_original() }</RouteLink>
                }) }
            }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
struct SimilarProps {
    id: ProjectId,
}

#[component]
fn Similar(props: &SimilarProps) -> Html {
    let t = use_texts();
    let remote = use_remote(props.id, |client, id| async move { similar_projects(&client, id).await });
    let list = |page: &Page<ProjectSummary>| {
        if page.items.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.no_similar() }</p> };
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
                <Title level={Level::H2} size={Size::Large}>{ t.similar_projects() }</Title>
            </div>
            { draw_remote(&remote, LoadingShape::Cards, list) }
        </PageSection>
    }
}
