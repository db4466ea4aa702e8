//! A call.

use super::CallBadge;
use super::card::pressing;
use super::tasks::Tasks;
use crate::api::calls::find_call;
use crate::components::{
    Badge, ButtonKind, Card, Crumb, Icon, IconName, LoadingShape, PageHeader, PageSection, RouteLink,
    Timeline, draw_remote, route_button,
};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates_about;
use crate::route::Route;
use crate::session::use_session;
use crate::zone::now;
use gestfg_types::calls::{Call, CallAction, Phase};
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`CallPage`].
#[derive(Properties, PartialEq)]
pub struct CallPageProps {
    /// Which call.
    pub id: CallId,
}

/// A call with its dates, and what the reader can do in it.
#[component]
pub fn CallPage(props: &CallPageProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let found = use_remote(props.id, |client, id| async move { find_call(&client, id).await });
    use_updates_about(&[UpdateTopic::Calls], props.id.0, &found.refresh);
    let call = found.latest.clone();
    let defended = |call: &Call| call.phases.iter().any(|found| found.phase == Phase::Defence);
    let title = call.as_ref().map_or_else(|| t.route_call().to_owned(), |call| t.call_full_title(&call.call));
    let lead = call.as_ref().map(|call| AttrValue::from(call.call.degree.name.clone()));
    let aside = call.as_ref().map(|call| {
        html! {
            <>
                <CallBadge call={(**call).clone()} />
                if let Some(phase) = pressing(&call.phases) {
                    <Badge label={t.phase_name(phase.phase)} icon={IconName::Clock} outline=true />
                }
            </>
        }
    });
    let studies = |degree: DegreeId| {
        session.me().is_some_and(|me| me.roles.student.iter().flatten().any(|found| found.id == degree))
    };
    let actions = call.as_ref().map(|call| {
        let may = |action: CallAction| call.allowed_actions.contains(&action);
        html! {
            <>
                if studies(call.call.degree.id) {
                    { route_button(
                        Route::Applications,
                        ButtonKind::Primary,
                        Some(IconName::Sort),
                        t.route_applications(),
                    ) }
                }
                if Route::Applicants.audience().includes(&session) {
                    { route_button(
                        Route::Applicants,
                        ButtonKind::Secondary,
                        Some(IconName::Users),
                        t.route_applicants(),
                    ) }
                }
                if call.opened_at.is_some() && defended(call) {
                    <RouteLink
                        to={Route::Defences}
                        query={AttrValue::from(format!("call_id={}", props.id))}
                        class={ButtonKind::Secondary.class()}
                    >
                        <span class="pf-v6-c-button__icon pf-m-start"><Icon name={IconName::Users} /></span>
                        <span class="pf-v6-c-button__text">{ t.defences_of_call() }</span>
                    </RouteLink>
                }
                if may(CallAction::ManageRequests) {
                    { route_button(
                        Route::CallRequests { id: props.id },
                        ButtonKind::Secondary,
                        Some(IconName::List),
                        t.call_manage_requests(),
                    ) }
                }
                if may(CallAction::Edit) {
                    { route_button(
                        Route::CallEditor { id: props.id },
                        ButtonKind::Secondary,
                        Some(IconName::Edit),
                        t.call_manage_dates(),
                    ) }
                }
            </>
        }
    });
    let page = |call: &Call| {
        let title = t.call_full_title(&call.call);
        html! {
            <div class="gestfg-stack">
                if session.me().is_some() && call.opened_at.is_some() {
                    <Tasks call={call.clone()} />
                }
                <Card title={t.call_timeline()}>
                    <Timeline
                        caption={t.phases_of(&title)}
                        phases={call.phases.clone()}
                        now={now()}
                        detailed=true
                        all=true
                    />
                </Card>
            </div>
        }
    };
    html! {
        <>
            <PageHeader
                {title}
                {lead}
                crumbs={vec![Crumb { to: Route::Calls, label: t.route_calls().into() }]}
                aside={aside.unwrap_or_default()}
                actions={actions.unwrap_or_default()}
            />
            <PageSection>{ draw_remote(&found, LoadingShape::Rows, page) }</PageSection>
        </>
    }
}
