//! Who asks for one's projects, and whom one would rather have.

use super::saving::SavingNote;
use crate::api::applications::{list_project_applicants, rank_project_applicants};
use crate::api::projects::list_projects;
use crate::api::{ApiError, Client};
use crate::components::{
    Button, ButtonKind, Card, CheckField, EmptyState, IconName, LoadingShape, PageHeader, PageSection,
    RankItem, RankList, Ranking, RouteLink, draw_remote, route_button,
};
use crate::format::use_dates;
use crate::hooks::{Field, Seen, use_action, use_autosave, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::allocation_rounds::TutorView;
use gestfg_types::applications::{ProjectApplicant, ProjectApplicants, RankApplicants};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{ApplicationId, ProjectId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// One's published projects with those who ask for them.
#[component]
pub fn ApplicantsPage() -> Html {
    let t = use_texts();
    let found = use_remote((), |client, ()| async move {
        let filters = [("mine", "true"), ("state", "published"), ("assigned", "false"), ("limit", "200")];
        list_projects(&client, &filters).await
    });
    use_updates(&[UpdateTopic::Projects, UpdateTopic::Assignments], &found.refresh);
    let page = |page: &Page<ProjectSummary>| {
        if page.items.is_empty() {
            let actions = route_button(
                Route::MyProjects,
                ButtonKind::Primary,
                Some(IconName::File),
                t.route_my_projects(),
            );
            return html! {
                <EmptyState icon={IconName::Users} title={t.applicants_none()} {actions}>
                    { t.applicants_none_body() }
                </EmptyState>
            };
        }
        html! {
            <div class="gestfg-stack">
                { for page.items.iter().map(|project| html! {
                    <OfProject key={project.id.0} project={project.clone()} />
                }) }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={Route::Applicants.title(t)} lead={t.applicants_lead()} />
            <PageSection>{ draw_remote(&found, LoadingShape::Cards, page) }</PageSection>
        </>
    }
}

/// Those who ask for a project; none where no round has been opened.
async fn applicants(client: Client, id: ProjectId) -> Result<Option<ProjectApplicants>, ApiError> {
    match list_project_applicants(&client, id).await {
        Err(error) if error.code() == Some(ErrorCode::NotFound) => Ok(None),
        other => other.map(Some),
    }
}

#[derive(Properties, PartialEq)]
struct OfProjectProps {
    project: ProjectSummary,
}

#[component]
fn OfProject(props: &OfProjectProps) -> Html {
    let t = use_texts();
    let id = props.project.id;
    let found = use_remote(id, applicants);
    use_updates(&[UpdateTopic::Applications, UpdateTopic::AllocationRounds], &found.refresh);
    let body = |found: &Option<ProjectApplicants>| match found {
        None => html! { <p class="gestfg-subtle">{ t.applicants_no_round() }</p> },
        Some(found) if found.items.is_empty() => {
            html! { <p class="gestfg-subtle">{ t.applicants_nobody() }</p> }
        }
        Some(found) => html! { <Desk key={found.round_id.0} found={found.clone()} /> },
    };
    html! {
        <Card>
            <div class="gestfg-stack">
                <h2 class="gestfg-subheading">
                    <RouteLink to={Route::Project { id }}>{ &props.project.title }</RouteLink>
                    <span class="gestfg-subtle gestfg-small">{ format!(" · {}", props.project.degree.code) }</span>
                </h2>
                { draw_remote(&found, LoadingShape::Rows, body) }
            </div>
        </Card>
    }
}

/// The names of those who apply together.
fn names(applicant: &ProjectApplicant) -> String {
    applicant.members.iter().map(|member| member.person.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn order(found: &ProjectApplicants) -> Ranking {
    Ranking::of(found.items.iter().filter_map(|one| Some((one.application_id.0, one.rank?))))
}

const fn seen(found: &ProjectApplicants) -> Seen {
    Seen { id: None, version: found.version }
}

/// Somebody with what they write.
fn portrait(applicant: &ProjectApplicant, t: Texts) -> Html {
    html! {
        <>
            <strong>{ names(applicant) }</strong>
            <p class="gestfg-subtle gestfg-small">
                { for applicant.members.iter().filter_map(|member| member.email.as_ref()).map(|email| html! {
                    <><a href={format!("mailto:{email}")}>{ email }</a>{ " " }</>
                }) }
            </p>
            if applicant.statement.is_empty() {
                <p class="gestfg-subtle gestfg-small">{ t.applicants_statement_none() }</p>
            } else {
                <details>
                    <summary>{ t.applicants_statement() }</summary>
                    <p class="gestfg-said">{ &applicant.statement }</p>
                </details>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DeskProps {
    found: ProjectApplicants,
}

/// Putting those who ask for a project in order, or on a short list.
#[component]
fn Desk(props: &DeskProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let found = &props.found;
    let (project, round) = (found.project_id, found.round_id);
    let autosave = use_autosave(
        || (order(found), order(found), seen(found)),
        move |client, (ranking, _): (Ranking, Ranking), known: Seen| async move {
            let groups = ranking.0.iter().map(|group| group.iter().copied().map(ApplicationId).collect());
            let body = RankApplicants { round_id: round, groups: groups.collect(), override_reason: None };
            rank_project_applicants(&client, project, known.version, &body).await.map(|kept| seen(&kept))
        },
    );
    {
        let meet = autosave.meet.clone();
        use_effect_with(found.clone(), move |found| meet.emit((order(found), seen(found))));
    }
    let conflict = {
        let (adopt, insist) = (autosave.adopt.clone(), autosave.insist.clone());
        use_action(move |client, mine: bool| {
            let (adopt, insist) = (adopt.clone(), insist.clone());
            async move {
                let theirs = list_project_applicants(&client, project).await?;
                if mine {
                    insist.emit(seen(&theirs));
                } else {
                    adopt.emit((order(&theirs), seen(&theirs)));
                }
                Ok(())
            }
        })
    };
    let when = if found.may_rank {
        t.round_tutors_close(&dates.long_deadline(found.tutors_close_at))
    } else {
        t.round_tutors_closed(&dates.long_deadline(found.tutors_close_at))
    };
    let (help, body) = match found.tutor_view {
        TutorView::Ranking => {
            let body = html! {
                <InOrder found={found.clone()} ranking={autosave.draft.clone()} onchange={autosave.edit.clone()} />
            };
            (t.applicants_order_help(), body)
        }
        TutorView::Shortlist => {
            let body = html! {
                <Shortlist found={found.clone()} ranking={autosave.draft.clone()} onchange={autosave.edit.clone()} />
            };
            (t.applicants_shortlist_help(), body)
        }
        TutorView::None => {
            let list = html! {
                <ul class="gestfg-offers" role="list">
                    { for found.items.iter().map(|one| html! {
                        <li key={one.application_id.0} class="gestfg-offer">
                            <div class="gestfg-offer__main">{ portrait(one, t) }</div>
                        </li>
                    }) }
                </ul>
            };
            (t.applicants_open_help(), list)
        }
    };
    html! {
        <div class="gestfg-stack">
            <p>
                <strong>{ t.applicants_count(found.items.len()) }</strong>
                { format!(". {help}") }
                if found.tutor_view != TutorView::None {
                    { format!(" {when}") }
                }
            </p>
            if found.may_rank && found.tutor_view != TutorView::None {
                <SavingNote
                    saving={autosave.saving.clone()}
                    onretry={autosave.retry.clone()}
                    stale_title={t.applicants_stale_title()}
                    stale_body={t.applicants_stale_body()}
                    ontheirs={conflict.run.reform(|()| false)}
                    onmine={conflict.run.reform(|()| true)}
                />
            }
            { body }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChoiceProps {
    found: ProjectApplicants,
    ranking: Ranking,
    onchange: Callback<Ranking>,
}

#[component]
fn InOrder(props: &ChoiceProps) -> Html {
    let t = use_texts();
    let found = &props.found;
    let items = found.items.iter().map(|one| RankItem {
        id: one.application_id.0,
        label: names(one).into(),
        body: portrait(one, t),
    });
    let rest: Vec<_> =
        found.items.iter().filter(|one| props.ranking.place(one.application_id.0).is_none()).collect();
    html! {
        <div class="gestfg-columns">
            <section class="gestfg-stack">
                <h3 class="gestfg-subheading">{ t.applicants_order() }</h3>
                if props.ranking.is_empty() {
                    <p class="gestfg-subtle">{ t.applicants_order_empty() }</p>
                }
                <RankList
                    id={AttrValue::from(format!("order-{}", found.project_id))}
                    label={t.applicants_order()}
                    items={items.collect::<Vec<_>>()}
                    ranking={props.ranking.clone()}
                    ties=true
                    readonly={!found.may_rank}
                    onchange={props.onchange.clone()}
                />
            </section>
            <section class="gestfg-stack">
                <h3 class="gestfg-subheading">{ t.applicants_rest() }</h3>
                if rest.is_empty() {
                    <p class="gestfg-subtle">{ t.applicants_rest_none() }</p>
                }
                <ul class="gestfg-offers" role="list">
                    { for rest.into_iter().map(|one| {
                        let next = props.ranking.with(one.application_id.0);
                        html! {
                            <li key={one.application_id.0} class="gestfg-offer">
                                <div class="gestfg-offer__main">{ portrait(one, t) }</div>
                                if found.may_rank {
                                    <Button
                                        label={t.applicants_add_named(&names(one))}
                                        kind={ButtonKind::Secondary}
                                        icon={IconName::Plus}
                                        icon_only=true
                                        onclick={props.onchange.reform(move |_: MouseEvent| next.clone())}
                                    />
                                }
                            </li>
                        }
                    }) }
                </ul>
            </section>
        </div>
    }
}

#[component]
fn Shortlist(props: &ChoiceProps) -> Html {
    let t = use_texts();
    let found = &props.found;
    // A short list is one group.
    let chosen: Vec<i64> = props.ranking.ranked().map(|(id, _)| id).collect();
    let row = |one: &ProjectApplicant| {
        let id = one.application_id.0;
        let onchange = {
            let (chosen, onchange) = (chosen.clone(), props.onchange.clone());
            Callback::from(move |yes: bool| {
                let mut next: Vec<i64> = chosen.iter().copied().filter(|other| *other != id).collect();
                if yes {
                    next.push(id);
                }
                onchange.emit(Ranking(if next.is_empty() { Vec::new() } else { vec![next] }));
            })
        };
        let field = Field {
            id: AttrValue::from(format!("prefer-{}-{id}", found.project_id)),
            value: chosen.contains(&id),
            error: None,
            onchange,
            onleave: Callback::noop(),
            disabled: !found.may_rank,
        };
        html! {
            <li key={id} class="gestfg-offer">
                <div class="gestfg-offer__main">{ portrait(one, t) }</div>
                <CheckField {field} label={t.applicants_prefer(&names(one))} />
            </li>
        }
    };
    html! { <ul class="gestfg-offers" role="list">{ for found.items.iter().map(row) }</ul> }
}
