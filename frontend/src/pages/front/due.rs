//! What is due next for the reader, and the dates of their degrees.

use crate::api::assignments::list_assignments;
use crate::api::availability::list_polls;
use crate::api::calls::current_calls;
use crate::api::duties::my_duties;
use crate::api::projects::list_projects;
use crate::api::{ApiError, Client};
use crate::components::{Card, Icon, IconName, LoadingShape, PageSection, RouteLink, countdown, draw_remote};
use crate::format::{Dates, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::pages::applications::open_rounds;
use crate::pages::calls::{CallCard, own_degrees};
use crate::route::Route;
use crate::session::use_session;
use crate::zone::now;
use chrono::{DateTime, Utc};
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::availability::{AvailabilityPoll, PollAction};
use gestfg_types::calendar::{Duties, Duty, DutyKind};
use gestfg_types::calls::{Call, CallRef, PhaseStanding};
use gestfg_types::ids::DegreeId;
use gestfg_types::pagination::Page;
use gestfg_types::session::Permission;
use gestfg_types::updates::UpdateTopic;
use patternfly_yew::prelude::{Level, Size, Title};
use yew::prelude::*;
use yew_router::prelude::*;

/// Something due, and where to do it.
#[derive(Clone, PartialEq)]
struct Due {
    text: String,
    /// In which call, until when.
    more: Option<String>,
    icon: IconName,
    to: Route,
    query: Option<AttrValue>,
}

impl Due {
    fn new(text: String, icon: IconName, to: Route, query: &'static str) -> Self {
        let query = (!query.is_empty()).then_some(AttrValue::Static(query));
        Self { text, more: None, icon, to, query }
    }
}

/// What is due without a date: projects on their way, and claims.
#[derive(Default, PartialEq)]
struct Counts {
    queue: u64,
    rejected: u64,
    drafts: u64,
    validated: u64,
    claims: u64,
    /// The calls of polls that wait for an answer.
    polls: Vec<CallRef>,
    assignment: Option<(gestfg_types::ids::AssignmentId, String)>,
    rounds: Vec<AllocationRound>,
}

/// How many projects there are under these filters.
pub(super) async fn count(client: &Client, filters: &[(&str, &str)]) -> Result<u64, ApiError> {
    let mut query = filters.to_vec();
    query.push(("limit", "1"));
    Ok(list_projects(client, &query).await?.total)
}

/// Counts what is due for somebody with these permissions.
async fn counts(
    client: Client,
    permissions: Vec<Permission>,
    studied: Option<Vec<DegreeId>>,
) -> Result<Counts, ApiError> {
    let mut counts = Counts::default();
    if permissions.contains(&Permission::ValidateProjects) {
        counts.queue = count(&client, &[("queue", "true")]).await?;
    }
    if permissions.contains(&Permission::CreateProjects) {
        counts.rejected = count(&client, &[("mine", "true"), ("state", "rejected")]).await?;
        counts.validated = count(&client, &[("mine", "true"), ("state", "validated")]).await?;
        let waits = |poll: &AvailabilityPoll| {
            poll.allowed_actions.contains(&PollAction::Answer) && poll.deadline > now()
        };
        let polls = list_polls(&client, None).await?.items;
        counts.polls = polls.into_iter().filter(waits).map(|poll| poll.call).collect();
        counts.drafts = count(&client, &[("mine", "true"), ("state", "draft")]).await?;
    }
    if permissions.contains(&Permission::ManageStudents) || permissions.contains(&Permission::ManagePeople) {
        let claims: Page<serde_json::Value> = client.get("/identity-claims?limit=1").fetch().await?;
        counts.claims = claims.total;
    }
    if let Some(degrees) = studied {
        let filters = [("mine", "true"), ("state", "active"), ("limit", "1")];
        let page = list_assignments(&client, &filters).await?;
        counts.assignment = page.items.into_iter().next().map(|found| (found.id, found.project_title));
        if counts.assignment.is_none() {
            counts.rounds = open_rounds(&client, &degrees).await?;
        }
    }
    Ok(counts)
}

const fn icon_of(kind: DutyKind) -> IconName {
    match kind {
        DutyKind::FindProject => IconName::Search,
        DutyKind::RequestEvaluation => IconName::Send,
        DutyKind::HandInMaterial => IconName::Upload,
        DutyKind::Defend => IconName::Graduation,
        DutyKind::AssignProjects => IconName::UserPlus,
        DutyKind::WriteTutorReports | DutyKind::MarkDefences => IconName::Edit,
        DutyKind::FormCommittees => IconName::Users,
        DutyKind::CloseMarks => IconName::Archive,
        DutyKind::ValidateProjects => IconName::Tasks,
    }
}

/// Until when, or from when, with how long that is when it is near.
fn when(duty: &Duty, at: DateTime<Utc>, t: Texts, dates: &Dates) -> Vec<String> {
    let standing = if duty.is_open { PhaseStanding::Open } else { PhaseStanding::Ahead };
    let said = match (duty.is_open, duty.opens_at, duty.closes_at) {
        (true, _, Some(closes)) => t.until(&dates.deadline(closes)),
        (false, Some(opens), _) => t.opens_on(&dates.date_time(opens)),
        _ => return Vec::new(),
    };
    let (from, to) = (duty.opens_at.unwrap_or(at), duty.closes_at.unwrap_or(at));
    std::iter::once(said).chain(countdown(standing, from, to, at, t, dates)).collect()
}

fn due_of(duty: &Duty, at: DateTime<Utc>, t: Texts, dates: &Dates) -> Due {
    let (path, query) = duty.path.split_once('?').unwrap_or((&duty.path, ""));
    let mut more: Vec<String> = duty.call.iter().map(|call| t.call_full_title(call)).collect();
    more.extend(when(duty, at, t, dates));
    let text = match duty.count {
        ..=1 => t.duty(duty.kind).to_owned(),
        count => format!("{} · {}", t.duty(duty.kind), t.duty_count(count)),
    };
    Due {
        text,
        more: (!more.is_empty()).then(|| more.join(" · ")),
        icon: icon_of(duty.kind),
        to: Route::recognize(path).unwrap_or(Route::Front),
        query: (!query.is_empty()).then(|| AttrValue::from(query.to_owned())),
    }
}

/// What has a date first, in the order of the server, then the rest. A queue
/// that is a duty already is not said twice.
fn dues(duties: &Duties, found: &Counts, at: DateTime<Utc>, t: Texts, dates: &Dates) -> Vec<Due> {
    let mut dues: Vec<Due> = duties.items.iter().map(|duty| due_of(duty, at, t, dates)).collect();
    for round in &found.rounds {
        let more =
            format!("{} · {}", t.call_full_title(&round.call), t.until(&dates.deadline(round.closes_at)));
        dues.push(Due {
            text: t.duty_choose_projects().to_owned(),
            more: Some(more),
            icon: IconName::Sort,
            to: Route::Applications,
            query: None,
        });
    }
    let validating = duties.items.iter().any(|duty| duty.kind == DutyKind::ValidateProjects);
    let mut add = |total: u64, text: String, icon, to, query: &'static str| {
        if total > 0 {
            dues.push(Due::new(text, icon, to, query));
        }
    };
    if !validating {
        add(found.queue, t.due_validation(found.queue), IconName::Tasks, Route::Validation, "");
    }
    add(found.rejected, t.due_rejected(found.rejected), IconName::Edit, Route::MyProjects, "state=rejected");
    add(
        found.validated,
        t.due_validated(found.validated),
        IconName::Globe,
        Route::MyProjects,
        "state=validated",
    );
    add(found.drafts, t.due_drafts(found.drafts), IconName::Send, Route::MyProjects, "state=draft");
    add(found.claims, t.due_claims(found.claims), IconName::Shield, Route::Claims, "");
    if let Some((_, title)) = &found.assignment {
        add(1, t.your_project(title), IconName::Graduation, Route::MyProject, "");
    }
    dues.extend(found.polls.iter().map(|call| Due {
        text: t.due_poll(&t.call_full_title(call)),
        more: None,
        icon: IconName::Calendar,
        to: Route::Availability,
        query: Some(format!("call_id={}", call.id).into()),
    }));
    dues
}

/// Properties of [`Overview`].
#[derive(Properties, PartialEq)]
pub(super) struct OverviewProps {
    /// What the reader may do.
    pub(super) permissions: Vec<Permission>,
    /// What stands between what is due and the timelines.
    pub(super) children: Html,
}

/// What is due for the reader, and the timelines of the degrees it is about.
#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let duties = use_remote((), |client, ()| async move { my_duties(&client).await });
    let studied = session.me().and_then(|me| me.roles.student.as_ref());
    let studied = studied.map(|degrees| degrees.iter().map(|degree| degree.id).collect::<Vec<_>>());
    let counted = use_remote((props.permissions.clone(), studied), |client, (permissions, studied)| {
        counts(client, permissions, studied)
    });
    let calls = use_remote((), |client, ()| async move { current_calls(&client, None).await });
    use_updates(
        &[
            UpdateTopic::Calls,
            UpdateTopic::Assignments,
            UpdateTopic::EvaluationRequests,
            UpdateTopic::Projects,
        ],
        &duties.refresh,
    );
    use_updates(
        &[
            UpdateTopic::Projects,
            UpdateTopic::Assignments,
            UpdateTopic::AllocationRounds,
            UpdateTopic::Availability,
        ],
        &counted.refresh,
    );
    use_updates(&[UpdateTopic::Calls], &calls.refresh);

    let mut degrees = own_degrees(&session);
    if let Some(duties) = &duties.latest {
        degrees.extend(duties.items.iter().filter_map(|duty| duty.call.as_ref()).map(|call| call.degree.id));
    }
    let list = |found: &Duties| {
        draw_remote(&counted, LoadingShape::Rows, |counts: &Counts| {
            draw_dues(&dues(found, counts, now(), t, &dates), t)
        })
    };
    html! {
        <>
            <PageSection>
                <Card title={t.due_for_you()}>{ draw_remote(&duties, LoadingShape::Rows, list) }</Card>
            </PageSection>
            { props.children.clone() }
            if let Some(page) = &calls.latest {
                { timelines(page, &degrees, t) }
            }
        </>
    }
}

fn draw_dues(dues: &[Due], t: Texts) -> Html {
    if dues.is_empty() {
        return html! { <p class="gestfg-subtle">{ t.nothing_due() }</p> };
    }
    html! {
        <ul class="gestfg-dues" role="list">
            { for dues.iter().map(|due| html! {
                <li>
                    <RouteLink to={due.to.clone()} query={due.query.clone()} class="gestfg-due">
                        <span class="gestfg-due__icon"><Icon name={due.icon} /></span>
                        <span>
                            { &due.text }
                            if let Some(more) = &due.more {
                                <span class="gestfg-due__more">{ more }</span>
                            }
                        </span>
                        <Icon name={IconName::ChevronRight} />
                    </RouteLink>
                </li>
            }) }
        </ul>
    }
}

fn timelines(page: &Page<Call>, degrees: &[DegreeId], t: Texts) -> Html {
    let mine: Vec<&Call> = page.items.iter().filter(|call| degrees.contains(&call.call.degree.id)).collect();
    if mine.is_empty() {
        return html! {};
    }
    html! {
        <PageSection>
            <div class="gestfg-stack">
                <div class="gestfg-task">
                    <Title level={Level::H2} size={Size::Large}>{ t.calls_of_my_degrees() }</Title>
                    <RouteLink to={Route::Calls}>{ t.calls_see_all() }</RouteLink>
                </div>
                { for mine.into_iter().enumerate().map(|(index, call)| html! {
                    <CallCard key={call.call.id.0} call={call.clone()} with_degree=true open={index == 0} />
                }) }
            </div>
        </PageSection>
    }
}
