//! What became of one's application, and of each wish why not.

use crate::api::allocation_runs::find_allocation_answer;
use crate::components::{
    Alert, Badge, ButtonKind, Card, Colour, Crumb, EmptyState, IconName, LoadingShape, PageHeader,
    PageSection, RouteLink, Tone, draw_remote, route_button,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{Remote, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates_about;
use crate::route::Route;
use gestfg_types::allocation_runs::{AllocationAnswer, AnsweredWish};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::AllocationRoundId;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`AnswerPage`].
#[derive(Properties, PartialEq)]
pub struct AnswerPageProps {
    /// In which round.
    pub id: AllocationRoundId,
}

/// The answer to one's application.
#[component]
pub fn AnswerPage(props: &AnswerPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let found = use_remote(props.id, |client, id| async move { find_allocation_answer(&client, id).await });
    use_updates_about(&[UpdateTopic::AllocationRounds], props.id.0, &found.refresh);
    let crumbs = vec![Crumb { to: Route::Applications, label: t.route_applications().into() }];
    let early =
        matches!(&found.state, Remote::Failed(error) if error.code() == Some(ErrorCode::InvalidState));
    let body = if early {
        html! { <EmptyState icon={IconName::Clock} title={t.answer_waits()} /> }
    } else {
        draw_remote(&found, LoadingShape::Text, |answer| draw(answer, t, &dates))
    };
    html! {
        <>
            <PageHeader title={Route::Answer { id: props.id }.title(t)} {crumbs} />
            <PageSection narrow=true>{ body }</PageSection>
        </>
    }
}

fn draw(answer: &AllocationAnswer, t: Texts, dates: &Dates) -> Html {
    let team = answer.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ");
    let head = match &answer.granted {
        Some(project) => {
            let actions = answer.assignment_id.map(|id| {
                route_button(
                    Route::Assignment { id },
                    ButtonKind::InlineLink,
                    None,
                    t.answer_see_assignment(),
                )
            });
            html! {
                <Alert
                    tone={Tone::Success}
                    title={format!("{}: {}", t.answer_got(), project.title)}
                    actions={actions.unwrap_or_default()}
                >
                    <p>{ &project.tutor.name }</p>
                    <p>
                        { answer.granted_rank.map_or_else(|| t.answer_agreed().to_owned(), |rank| t.answer_rank(rank)) }
                        if answer.members.len() > 1 {
                            { format!(" {}", t.answer_team(&team)) }
                        }
                    </p>
                </Alert>
            }
        }
        None => html! {
            <Alert tone={Tone::Warning} title={t.answer_nothing()}>{ t.answer_nothing_body() }</Alert>
        },
    };
    html! {
        <div class="gestfg-stack">
            { head }
            <Card title={t.answer_wishes()}>
                <ol class="gestfg-ranks" role="list">{ for answer.wishes.iter().map(|found| wish(found, t)) }</ol>
            </Card>
            <Card title={t.answer_how()}>
                <p>
                    { t.answer_method(t.allocation_method(answer.method), &dates.long_date_time(answer.published_at), answer.seed) }
                </p>
                <p>{ t.allocation_method_says(answer.method) }</p>
                <p class="gestfg-subtle gestfg-small">
                    { t.answer_proof() }{ ": " }<code class="gestfg-hash">{ &answer.input_hash }</code>
                </p>
            </Card>
        </div>
    }
}

fn wish(found: &AnsweredWish, t: Texts) -> Html {
    let rank = usize::try_from(found.rank).unwrap_or_default();
    html! {
        <li key={found.project.id.0} class="gestfg-rank">
            <span class="gestfg-rank__number">
                <span class="pf-v6-screen-reader">{ t.rank_place(rank) }</span>
                <span aria-hidden="true">{ rank }</span>
            </span>
            <div class="gestfg-rank__body">
                <RouteLink to={Route::Project { id: found.project.id }}>
                    <strong>{ &found.project.title }</strong>
                </RouteLink>
                <p class="gestfg-subtle gestfg-small">{ &found.project.tutor.name }</p>
                if found.granted {
                    <Badge label={t.answer_granted()} colour={Colour::Green} icon={IconName::CheckCircle} />
                } else if let Some(reason) = &found.reason {
                    <p>{ t.allocation_reason(reason) }</p>
                }
            </div>
        </li>
    }
}
