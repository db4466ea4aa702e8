//! A version: its committees, its timetable, where time is short, and what was worked out from it.

use super::board::Board;
use super::committees::Committees;
use super::download::Downloads;
use super::grid::Grid;
use super::list::is_open;
use super::printed::Printed;
use super::publish::PublishDialog;
use super::rerun::Rerun;
use super::shortage::Shortage;
use super::timetable::Timetable;
use crate::api::ApiError;
use crate::api::calls::find_call;
use crate::api::planning::find_committee_plan;
use crate::components::{
    Alert, Badge, Button, ButtonKind, Crumb, IconName, LoadingShape, PageHeader, PageSection, ProblemAlert,
    TextAreaField, Toggle, ToggleGroup, Tone, draw_remote,
};
use crate::hooks::{Field, RemoteHandle, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates_about;
use crate::route::Route;
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{CommitteePlan, CommitteePlanAction, CommitteePlanSummary, PlanReport};
use gestfg_types::projects::REASON_MAX;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CommitteePlanPage`].
#[derive(Properties, PartialEq)]
pub struct CommitteePlanPageProps {
    /// Which version.
    pub id: CommitteePlanId,
}

/// Which part of the version is looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct View {
    #[serde(default)]
    view: String,
}

/// A version as it was read.
struct Sheet {
    board: Rc<Board>,
    grid: Option<Rc<Grid>>,
    report: Rc<PlanReport>,
}

/// A version of committees, with everything the checker says of it.
#[component]
pub fn CommitteePlanPage(props: &CommitteePlanPageProps) -> Html {
    let t = use_texts();
    let found = use_remote(props.id, |client, id| async move { find_committee_plan(&client, id).await });
    use_updates_about(&[UpdateTopic::CommitteePlans], props.id.0, &found.refresh);
    let publishing = use_state_eq(|| false);
    let open = |value: bool| {
        let publishing = publishing.setter();
        Callback::from(move |()| publishing.set(value))
    };
    let plan = found.latest.clone();
    let key = plan.as_ref().map(|plan| (plan.summary.id, plan.summary.version));
    let sheet = {
        let plan = plan.clone();
        use_memo(key, move |_| plan.as_deref().and_then(read))
    };
    let call = plan.as_ref().map(|plan| plan.summary.call_id);
    let call = use_remote(call, |client, call| async move {
        match call {
            Some(call) => find_call(&client, call).await.map(Some),
            None => Ok(None),
        }
    });
    let call = call.latest.as_deref().and_then(Option::as_ref);
    let title = plan.as_ref().map_or_else(
        || t.plan_version().to_owned(),
        |plan| t.plan_label(plan.summary.number, plan.summary.name.as_deref()),
    );
    let mut crumbs = vec![Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() }];
    if let Some(plan) = &plan {
        let id = plan.summary.call_id;
        crumbs.push(Crumb { to: Route::CallPlans { id }, label: t.route_plans().into() });
    }
    let may_publish = plan.as_ref().is_some_and(|plan| {
        let allowed = &plan.summary.allowed_actions;
        allowed.contains(&CommitteePlanAction::Publish)
            || allowed.contains(&CommitteePlanAction::PublishWithReason)
    });
    let print = Callback::from(|_: MouseEvent| {
        let _ = gloo_utils::window().print();
    });
    let actions = html! {
        <>
            <Button label={t.print()} kind={ButtonKind::Secondary} icon={IconName::Printer} onclick={print} />
            if may_publish {
                <Button label={t.plan_publish()} icon={IconName::Globe} onclick={open(true).reform(|_: MouseEvent| ())} />
            }
        </>
    };
    let aside = plan.as_ref().map_or_else(Html::default, |plan| {
        html! { <Badge label={t.plan_state(plan.summary.state)} /> }
    });
    let draw = |plan: &CommitteePlan| match &*sheet {
        Some(sheet) => html! {
            <>
                <Version
                    key={plan.summary.id.to_string()}
                    summary={plan.summary.clone()}
                    board={Rc::clone(&sheet.board)}
                    grid={sheet.grid.clone()}
                    report={Rc::clone(&sheet.report)}
                    call={call.map_or_else(String::new, |call| t.call_full_title(&call.call))}
                    closed={call.is_some_and(|call| !is_open(call))}
                    remote={Remote(found.clone())}
                />
                if *publishing {
                    <PublishDialog
                        plan={plan.summary.clone()}
                        board={Rc::clone(&sheet.board)}
                        onclose={open(false)}
                        onpublished={{
                            let (close, refresh) = (open(false), found.refresh.clone());
                            Callback::from(move |()| {
                                close.emit(());
                                refresh.emit(());
                            })
                        }}
                    />
                }
            </>
        },
        None => html! { <ProblemAlert error={ApiError::Unexpected(200)} /> },
    };
    html! {
        <>
            <PageHeader {title} lead={t.plan_board_lead()} {crumbs} {actions} {aside} />
            <PageSection>{ draw_remote(&found, LoadingShape::Cards, draw) }</PageSection>
        </>
    }
}

fn read(plan: &CommitteePlan) -> Option<Sheet> {
    let board = Board::read(plan)?;
    let grid = Grid::read(plan, &board);
    Some(Sheet { board, grid, report: Rc::new(plan.report.clone()) })
}

/// The version as the page keeps it; what is drawn depends on the version alone.
struct Remote(RemoteHandle<CommitteePlan>);

impl PartialEq for Remote {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What those need who change a version.
#[derive(Clone, PartialEq)]
pub(super) struct Kept {
    /// The version, with what may be done to it.
    pub(super) summary: CommitteePlanSummary,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// Why it is changed outside the dates.
    pub(super) reason: AttrValue,
    /// It was changed: show this instead.
    pub(super) onchanged: Callback<Rc<CommitteePlan>>,
}

#[derive(Properties, PartialEq)]
struct VersionProps {
    summary: CommitteePlanSummary,
    board: Rc<Board>,
    grid: Option<Rc<Grid>>,
    report: Rc<PlanReport>,
    call: String,
    closed: bool,
    remote: Remote,
}

/// One part of the version at a time, and what all of them need.
#[component]
fn Version(props: &VersionProps) -> Html {
    let t = use_texts();
    let query = use_query::<View>();
    let reason = use_state_eq(String::new);
    let allowed = &props.summary.allowed_actions;
    let due = !allowed.contains(&CommitteePlanAction::Edit);
    let editable = !due || allowed.contains(&CommitteePlanAction::EditWithReason);
    let kept = Kept {
        summary: props.summary.clone(),
        editable,
        reason: AttrValue::from((*reason).clone()),
        onchanged: props.remote.0.replace.clone(),
    };
    let field = Field {
        id: "board-reason".into(),
        value: (*reason).clone(),
        error: None,
        onchange: {
            let reason = reason.setter();
            Callback::from(move |value: String| reason.set(value))
        },
        onleave: Callback::noop(),
        disabled: false,
    };
    let view = match query.query.view.as_str() {
        known @ ("timetable" | "hours") => known,
        _ => "committees",
    };
    let toggles = vec![
        Toggle::new("committees", t.plan_committees()),
        Toggle::new("timetable", t.plan_timetable()),
        Toggle::new("hours", t.plan_shortage()),
    ];
    let onview = query.go.reform(|view: String| View { view });
    let part = match (view, &props.grid) {
        ("timetable", _) => html! {
            <Timetable {kept} board={Rc::clone(&props.board)} grid={props.grid.clone()} report={Rc::clone(&props.report)} />
        },
        ("hours", Some(grid)) => html! { <Shortage grid={Rc::clone(grid)} /> },
        ("hours", None) => html! { <p>{ t.plan_no_timetable_body() }</p> },
        _ => html! {
            <Committees {kept} board={Rc::clone(&props.board)} report={Rc::clone(&props.report)} />
        },
    };
    html! {
        <>
            <div class="gestfg-stack gestfg-no-print">
                if !editable {
                    <Alert tone={Tone::Info} title={t.plan_fixed()} />
                } else if due {
                    <TextAreaField {field} label={t.override_reason()} help={t.override_reason_help()} required=true rows={2} max={REASON_MAX} />
                }
                <Rerun summary={props.summary.clone()} board={Rc::clone(&props.board)} grid={props.grid.clone()} due={props.closed} />
                <Downloads plan={props.summary.id} number={props.summary.number} timed={props.grid.is_some()} />
                <ToggleGroup label={t.view()} {toggles} chosen={view.to_owned()} onchange={onview} />
                { part }
            </div>
            <Printed call={props.call.clone()} board={Rc::clone(&props.board)} grid={props.grid.clone()} />
        </>
    }
}
