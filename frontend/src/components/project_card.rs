//! A project at a glance.

use super::badge::{Badge, ProjectBadge, TakenBadge};
use super::link::RouteLink;
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::projects::{ProjectState, ProjectSummary};
use yew::prelude::*;

/// Properties of [`ProjectCard`].
#[derive(Properties, PartialEq)]
pub struct ProjectCardProps {
    /// The project.
    pub project: ProjectSummary,
}

/// A project as a card; the whole card leads to it.
#[component]
pub fn ProjectCard(props: &ProjectCardProps) -> Html {
    let t = use_texts();
    let project = &props.project;
    html! {
        <article class="pf-v6-c-card gestfg-project-card">
            <div class="pf-v6-c-card__body gestfg-project-card__head">
                <div class="gestfg-badges">
                    { project_badges(project, t) }
                </div>
                <h3 class="gestfg-project-card__title">
                    <RouteLink to={Route::Project { id: project.id }}>{ &project.title }</RouteLink>
                </h3>
                if !project.excerpt.is_empty() {
                    <p class="gestfg-project-card__excerpt">{ &project.excerpt }</p>
                }
            </div>
            <div class="pf-v6-c-card__footer gestfg-project-card__foot">
                if let Some(tutor) = &project.tutor {
                    <span>{ &tutor.name }</span>
                }
                <span>{ format!("{} · {}", project.degree.code, project.department.code) }</span>
                <span>{ t.count_students(project.student_count) }</span>
            </div>
        </article>
    }
}

/// What a project is, where it stands and whether it can be had, as badges.
pub fn project_badges(project: &ProjectSummary, t: crate::i18n::Texts) -> Html {
    html! {
        <>
            <Badge label={t.level_project(project.level)} outline=true />
            if !project.kind.is_empty() {
                <Badge label={project.kind.clone()} outline=true />
            }
            if project.state == ProjectState::Published {
                <TakenBadge is_assigned={project.is_assigned} />
            } else {
                <ProjectBadge state={project.state} />
            }
        </>
    }
}
