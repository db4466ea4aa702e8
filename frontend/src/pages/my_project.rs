//! How far a student's project has come, and what to do now.

use super::requests::{EnterDialog, WithdrawDialog};
use crate::api::duties::my_progress;
use crate::api::evaluation_requests::list_requests;
use crate::api::{ApiError, Client};
use crate::components::{
    Alert, Button, ButtonKind, Card, EmptyState, IconName, LoadingShape, PageHeader, PageSection, RouteLink,
    Stepper, Tone, draw_remote, route_button, step_dates,
};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::calendar::{DutyKind, Progress, ProgressStep, StepProgress, StepStanding};
use gestfg_types::evaluation_requests::EvaluationRequest;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// How far one has come, with the requests one may take back.
#[derive(Debug, PartialEq)]
struct Mine {
    progress: Vec<Progress>,
    requests: Vec<EvaluationRequest>,
}

async fn mine(client: Client) -> Result<Mine, ApiError> {
    let progress = my_progress(&client).await?.items;
    let entered = [("mine", "true"), ("state", "requested"), ("limit", "200")];
    let requests = list_requests(&client, &entered).await?.items;
    Ok(Mine { progress, requests })
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Entering(Progress),
    Withdrawing(EvaluationRequest),
}

/// The step that tells what to do: the one to take now, the next one, or the
/// one that was missed.
fn telling(steps: &[StepProgress]) -> Option<&StepProgress> {
    [StepStanding::Current, StepStanding::Missed, StepStanding::Waiting]
        .into_iter()
        .find_map(|wanted| steps.iter().find(|step| step.standing == wanted))
}

/// The steps of one's project, degree by degree.
#[component]
pub fn MyProjectPage() -> Html {
    let t = use_texts();
    let over = use_state_eq(|| Over::Nothing);
    let found = use_remote((), |client, ()| mine(client));
    use_updates(
        &[UpdateTopic::Calls, UpdateTopic::Assignments, UpdateTopic::EvaluationRequests],
        &found.refresh,
    );
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |_: EvaluationRequest| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let page = |mine: &Mine| {
        if mine.progress.is_empty() {
            return html! {
                <EmptyState icon={IconName::Graduation} title={t.my_project_empty()}>{ t.my_project_empty_body() }</EmptyState>
            };
        }
        let request = |progress: &Progress| {
            mine.requests
                .iter()
                .find(|request| Some(request.assignment_id) == progress.assignment_id)
                .cloned()
        };
        html! {
            <div class="gestfg-stack">
                { for mine.progress.iter().map(|progress| html! {
                    <DegreeProgress
                        key={progress.degree.id.0}
                        progress={progress.clone()}
                        request={request(progress)}
                        over={over.setter()}
                    />
                }) }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={Route::MyProject.title(t)} lead={t.my_project_lead()} />
            <PageSection>{ draw_remote(&found, LoadingShape::Cards, page) }</PageSection>
            { match &*over {
                Over::Nothing => html! {},
                Over::Entering(progress) => html! {
                    if let Some(assignment) = progress.assignment_id {
                        <EnterDialog
                            {assignment}
                            title={progress.project_title.clone().unwrap_or_default()}
                            degree={progress.degree.id}
                            call={progress.call.as_ref().map(|call| call.id)}
                            onclose={close}
                            onentered={done}
                        />
                    }
                },
                Over::Withdrawing(request) => html! {
                    <WithdrawDialog request={request.clone()} onclose={close} onwithdrawn={done} />
                },
            } }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DegreeProgressProps {
    progress: Progress,
    request: Option<EvaluationRequest>,
    over: UseStateSetter<Over>,
}

/// The steps in one degree.
#[component]
fn DegreeProgress(props: &DegreeProgressProps) -> Html {
    let t = use_texts();
    let progress = &props.progress;
    let open = |next: Over| {
        let over = props.over.clone();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let withdrawable = props.request.as_ref().filter(|request| !request.allowed_actions.is_empty());
    html! {
        <Card title={format!("{} · {}", progress.degree.code, progress.degree.name)}>
            <div class="gestfg-stack">
                if let (Some(id), Some(title)) = (progress.assignment_id, &progress.project_title) {
                    <p>
                        <RouteLink to={Route::Assignment { id }}><strong>{ title }</strong></RouteLink>
                        if let Some(call) = &progress.call {
                            <span class="gestfg-subtle">
                                { " · " }<RouteLink to={Route::Call { id: call.id }}>{ t.call_title(call) }</RouteLink>
                            </span>
                        }
                    </p>
                }
                <Stepper steps={progress.steps.clone()} />
                <WhatNow progress={progress.clone()} onenter={open(Over::Entering(progress.clone()))} />
                <div class="gestfg-row-actions">
                    if let Some(id) = progress.assignment_id {
                        { route_button(Route::Assignment { id }, ButtonKind::Link, Some(IconName::Mail), t.my_project_thread()) }
                    }
                    if let Some(request) = withdrawable {
                        <Button
                            label={t.request_withdraw_title_short()}
                            kind={ButtonKind::Link}
                            icon={IconName::Undo}
                            onclick={open(Over::Withdrawing(request.clone()))}
                        />
                    }
                </div>
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct WhatNowProps {
    progress: Progress,
    onenter: Callback<MouseEvent>,
}

/// What to do now and until when.
#[component]
fn WhatNow(props: &WhatNowProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let Some(step) = telling(&props.progress.steps) else {
        let actions = route_button(Route::MyMarks, ButtonKind::Secondary, None, Route::MyMarks.title(t));
        return html! { <Alert tone={Tone::Success} title={t.my_project_finished()} {actions} /> };
    };
    let missed = step.standing == StepStanding::Missed;
    let current = step.standing == StepStanding::Current;
    let when = step_dates(step, t, &dates);
    let actions = match step.step {
        ProgressStep::Applied | ProgressStep::Assigned if !missed => html! {
            <>
                { route_button(Route::Applications, ButtonKind::Primary, Some(IconName::Sort), t.application_ask_projects()) }
                { route_button(Route::Catalogue, ButtonKind::Secondary, Some(IconName::Search), t.find_project()) }
            </>
        },
        ProgressStep::Requested if current => html! {
            <Button label={t.request_enter()} icon={IconName::Send} onclick={props.onenter.clone()} />
        },
        ProgressStep::Documents if current => html! {
            if let Some(id) = props.progress.assignment_id {
                { route_button(Route::Assignment { id }, ButtonKind::Primary, Some(IconName::Upload), t.duty(DutyKind::HandInMaterial)) }
            }
        },
        _ => html! {},
    };
    let tone = if missed { Tone::Warning } else { Tone::Info };
    let title =
        if missed { t.step_missed(t.progress_step(step.step)) } else { t.step_call(step.step).to_owned() };
    html! {
        <section aria-label={t.my_project_now()}>
            <Alert {tone} {title} {actions}>
                <p>
                    if let Some(when) = &when {
                        <strong>{ when }</strong>
                    } else {
                        { t.step_no_dates() }
                    }
                </p>
                if missed {
                    <p>{ t.step_missed_body() }</p>
                }
            </Alert>
        </section>
    }
}
