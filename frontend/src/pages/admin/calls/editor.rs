//! The dates of a call.

use super::conflict::ConflictDialog;
use super::copy::CopyDialog;
use super::create::sitting_choices;
use super::draft::{Draft, by_phase, check};
use super::open::{DeleteDialog, OpenDialog};
use super::phase_fields::phase_fields;
use crate::api::calls::{find_call, update_call};
use crate::api::master::list_items;
use crate::components::{
    Alert, Badge, Button, ButtonKind, Card, Colour, Crumb, FormActions, FormFrame, IconName, LoadingShape,
    PageHeader, PageSection, SelectField, TextField, Timeline, Tone, draw_remote, route_button, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{use_form, use_remote, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::pages::calls::CallBadge;
use crate::route::Route;
use crate::session::use_session;
use crate::zone::{now, use_zone};
use gestfg_types::calls::{Call, CallAction, CallPhase, Phase, PhaseDates, UpdateCall, warnings};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::CallId;
use gestfg_types::master::Sitting;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

/// Properties of [`CallEditorPage`].
#[derive(Properties, PartialEq)]
pub struct CallEditorPageProps {
    /// Which call.
    pub id: CallId,
}

/// The page to write the dates of a call on.
#[component]
pub fn CallEditorPage(props: &CallEditorPageProps) -> Html {
    let t = use_texts();
    let zone = use_zone();
    let found = use_remote(props.id, |client, id| async move { find_call(&client, id).await });
    let Some(call) = found.latest.clone().filter(|_| found.ready().is_some()) else {
        return html! {
            <>
                <PageHeader title={t.route_call_editor()} crumbs={crumbs(t.route_admin_calls())} />
                <PageSection>{ draw_remote(&found, LoadingShape::Rows, |_| html! {}) }</PageSection>
            </>
        };
    };
    // What is typed is typed by the institution's clock: it has to be known.
    html! { <Editor key={zone.name().to_owned()} {call} /> }
}

fn crumbs(label: &'static str) -> Vec<Crumb> {
    vec![Crumb { to: Route::AdminCalls, label: label.into() }]
}

#[derive(Clone, Copy, PartialEq)]
enum Over {
    Nothing,
    Opening,
    Copying,
    Deleting,
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    call: Rc<Call>,
}

/// What is sent to save a draft: its sitting and year only as long as they may
/// change.
fn changes(base: &Call, draft: &Draft, phases: Vec<PhaseDates>) -> UpdateCall {
    let is_draft = base.opened_at.is_none();
    UpdateCall {
        sitting_id: draft.sitting_id.parse().ok().filter(|id| is_draft && *id != base.call.sitting.id),
        academic_year: draft
            .academic_year
            .trim()
            .parse()
            .ok()
            .filter(|year| is_draft && *year != base.call.academic_year),
        phases: Some(phases),
    }
}

/// The phases as they are typed, to draw them.
fn drawn(phases: &[PhaseDates]) -> Vec<CallPhase> {
    let draw = |found: &PhaseDates| CallPhase {
        phase: found.phase,
        starts_at: found.starts_at,
        ends_at: found.ends_at,
        standing: found.standing(now()),
    };
    phases.iter().map(draw).collect()
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let navigator = use_navigator();
    // What is typed is based on this: saving is refused if it is not the
    // server's latest.
    let base = use_state(|| Rc::clone(&props.call));
    let theirs = use_state(|| None::<Rc<Call>>);
    let over = use_state_eq(|| Over::Nothing);
    let form = use_form("call", || Draft::of(&props.call, &dates), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let sittings =
        use_remote((), |client, ()| async move { list_items::<Sitting>(&client, &[("limit", "200")]).await });
    let call = Rc::clone(&base);
    let id = call.call.id;
    let may = |action: CallAction| call.allowed_actions.contains(&action);

    let adopt = {
        let (base, form, dates) = (base.setter(), form.clone(), dates.clone());
        Callback::from(move |call: Rc<Call>| {
            form.reset(Draft::of(&call, &dates));
            base.set(call);
        })
    };
    let onsubmit = form.on_submit({
        let (client, base, theirs) = (session.client.clone(), Rc::clone(&call), theirs.setter());
        let (adopt, dates) = (adopt.clone(), dates.clone());
        move |draft: Draft| {
            let (client, base, theirs) = (client.clone(), Rc::clone(&base), theirs.clone());
            let (adopt, toasts) = (adopt.clone(), toasts.clone());
            let phases = draft.phases(&dates);
            async move {
                let changes = changes(&base, &draft, phases.clone());
                match update_call(&client, id, base.version, &changes).await {
                    Ok(saved) => {
                        adopt.emit(Rc::new(saved));
                        toasts.done(t.saved());
                        Ok(())
                    }
                    Err(error) => {
                        if error.code() == Some(ErrorCode::StaleVersion) {
                            theirs.set(Some(Rc::new(find_call(&client, id).await?)));
                        }
                        Err(by_phase(error, &phases))
                    }
                }
            }
        }
    });
    let go = {
        let (guard, navigator) = (guard, navigator);
        Callback::from(move |route: Route| {
            guard.release();
            if let Some(navigator) = &navigator {
                navigator.push(&route);
            }
        })
    };
    let ask = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let dialog = match *over {
        Over::Nothing => html! {},
        Over::Opening => {
            let (close, adopt) = (close.clone(), adopt.clone());
            let onopened = Callback::from(move |opened: Call| {
                close.emit(());
                adopt.emit(Rc::new(opened));
            });
            html! { <OpenDialog call={(*call).clone()} onclose={let over = over.setter(); move |()| over.set(Over::Nothing)} {onopened} /> }
        }
        Over::Copying => html! {
            <CopyDialog
                call={(*call).clone()}
                onclose={close.clone()}
                oncopied={go.reform(|copy: Call| Route::CallEditor { id: copy.call.id })}
            />
        },
        Over::Deleting => html! {
            <DeleteDialog call={(*call).clone()} onclose={close.clone()} ondeleted={go.reform(|()| Route::AdminCalls)} />
        },
    };
    let conflict = (*theirs).clone().map(|found| {
        let keep = {
            let (base, theirs, form) = (base.clone(), theirs.setter(), form.clone());
            let (dates, found) = (dates.clone(), Rc::clone(&found));
            Callback::from(move |()| {
                let there = Draft::of(&found, &dates);
                let merged = Draft::merged(&Draft::of(&base, &dates), form.values(), &there);
                form.reset(there);
                form.edit(move |values| *values = merged);
                base.set(Rc::clone(&found));
                theirs.set(None);
            })
        };
        let load = {
            let (adopt, theirs, found) = (adopt.clone(), theirs.setter(), Rc::clone(&found));
            Callback::from(move |()| {
                adopt.emit(Rc::clone(&found));
                theirs.set(None);
            })
        };
        html! { <ConflictDialog mine={form.values().clone()} theirs={found} onkeep={keep} onload={load} /> }
    });
    let is_draft = call.opened_at.is_none();
    let actions = html! {
        <>
            if may(CallAction::Open) {
                <Button
                    label={t.call_open()}
                    icon={IconName::Globe}
                    disabled={form.is_dirty() || call.phases.is_empty()}
                    onclick={ask(Over::Opening)}
                />
            }
            if may(CallAction::ManageRequests) && !is_draft {
                { route_button(Route::CallRequests { id }, ButtonKind::Secondary, Some(IconName::List), t.call_manage_requests()) }
                { route_button(Route::CallRounds { id }, ButtonKind::Secondary, Some(IconName::Sort), t.route_call_rounds()) }
                { route_button(Route::CallAvailability { id }, ButtonKind::Secondary, Some(IconName::Calendar), t.route_call_availability()) }
                { route_button(Route::CallPlans { id }, ButtonKind::Secondary, Some(IconName::Grid), t.route_plans()) }
                { route_button(Route::CallGrading { id }, ButtonKind::Secondary, Some(IconName::Archive), t.route_call_grading()) }
            }
            if may(CallAction::Copy) {
                <Button label={t.call_copy()} kind={ButtonKind::Secondary} icon={IconName::Copy} onclick={ask(Over::Copying)} />
            }
            if may(CallAction::Delete) {
                <Button label={t.delete()} kind={ButtonKind::Tertiary} icon={IconName::Trash} onclick={ask(Over::Deleting)} />
            }
        </>
    };
    html! {
        <>
            <PageHeader
                title={t.call_full_title(&call.call)}
                lead={t.call_editor_lead()}
                crumbs={crumbs(t.route_admin_calls())}
                aside={html! { <CallBadge call={(*call).clone()} /> }}
                {actions}
            />
            <PageSection>
                if !may(CallAction::Edit) {
                    <Alert tone={Tone::Warning} title={t.cannot_edit()} />
                }
                <FormFrame
                    id={form.id.clone()}
                    {onsubmit}
                    failure={form.failure().filter(|error| error.code() != Some(ErrorCode::StaleVersion)).cloned()}
                    elsewhere={form.errors_elsewhere(&["/phases", "/sitting_id", "/academic_year"])}
                >
                    if is_draft {
                        <Card title={t.call_data()}>
                            <div class="gestfg-form-row">
                                <SelectField
                                    field={form.field("/sitting_id", |draft| draft.sitting_id.clone(), |draft, id| draft.sitting_id = id)}
                                    label={t.sitting()}
                                    required=true
                                    choices={sittings.ready().map_or_else(Vec::new, |page| sitting_choices(&page.items))}
                                />
                                <TextField
                                    field={form.field("/academic_year", |draft| draft.academic_year.clone(), |draft, year| draft.academic_year = year)}
                                    label={t.academic_year()}
                                    help={t.academic_year_help()}
                                    kind="number"
                                    required=true
                                />
                            </div>
                        </Card>
                    } else {
                        <Alert title={t.call_is_open_note()} />
                    }
                    { phases_card(&form, &call, &dates) }
                    if may(CallAction::Edit) {
                        <FormActions
                            label={t.save()}
                            sending={form.is_sending()}
                            disabled={!form.is_dirty()}
                            oncancel={go.reform(|()| Route::AdminCalls)}
                        />
                    }
                    if may(CallAction::Open) && (form.is_dirty() || call.phases.is_empty()) {
                        <p class="gestfg-subtle">{ t.call_save_first() }</p>
                    }
                </FormFrame>
            </PageSection>
            { dialog }
            { conflict }
        </>
    }
}

/// The seven phases: their fields, and their bars as they are typed.
fn phases_card(form: &crate::hooks::FormHandle<Draft>, call: &Call, dates: &Dates) -> Html {
    let t = dates.texts();
    let typed = form.values().phases(dates);
    let odd = warnings(&typed);
    let fields: Vec<Html> = Phase::ALL.iter().map(|phase| phase_fields(form, *phase, &odd, t)).collect();
    let count = if odd.is_empty() {
        html! { <Badge label={t.no_warnings()} icon={IconName::CheckCircle} colour={Colour::Green} /> }
    } else {
        html! { <Badge label={t.count_warnings(odd.len())} icon={IconName::Warning} colour={Colour::Orange} /> }
    };
    html! {
        <Card title={t.call_timeline()} actions={html! { <span role="status">{ count }</span> }}>
            <Timeline
                caption={t.phases_of(&t.call_full_title(&call.call))}
                phases={drawn(&typed)}
                now={now()}
                all=true
                {fields}
            />
        </Card>
    }
}
