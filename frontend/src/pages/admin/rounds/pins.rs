//! Agreements made before the allocation.

use super::applications::names;
use crate::api::allocation_runs::{delete_allocation_pin, list_allocation_pins, write_allocation_pin};
use crate::api::applications::list_offered_projects;
use crate::components::{
    Button, ButtonKind, Choice, Column, DataTable, EditorDialog, EmptyState, IconName, LoadingShape,
    ProblemAlert, RouteLink, SearchBox, SelectField, TableContent, TextAreaField, draw_remote, use_toasts,
};
use crate::hooks::{FieldProblem, use_action, use_form, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates_about;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::allocation_runs::{AllocationPin, AllocationPins, PinAllocation};
use gestfg_types::applications::Application;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{AllocationRoundId, ApplicationId};
use gestfg_types::projects::REASON_MAX;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`Pins`].
#[derive(Properties, PartialEq)]
pub(super) struct PinsProps {
    /// Of which round.
    pub(super) round: AllocationRound,
}

/// The agreements of a round.
#[component]
pub(super) fn Pins(props: &PinsProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let id = props.round.id;
    let found = use_remote(id, |client, id| async move { list_allocation_pins(&client, id).await });
    use_updates_about(&[UpdateTopic::AllocationRounds], id.0, &found.refresh);
    let delete = {
        let refresh = found.refresh.clone();
        use_action(move |client, application: ApplicationId| {
            let (refresh, toasts) = (refresh.clone(), toasts.clone());
            async move {
                delete_allocation_pin(&client, id, application).await?;
                toasts.done(t.pin_gone());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let live = props.round.settled_at.is_none();
    let people = |pin: &AllocationPin| {
        pin.application.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let columns = {
        let run = delete.run.clone();
        [
            Column::new(t.students(), move |pin: &AllocationPin| html! { people(pin) }),
            Column::new(t.project(), |pin: &AllocationPin| {
                html! {
                    <>
                        <RouteLink to={Route::Project { id: pin.project.id }}>{ &pin.project.title }</RouteLink>
                        <p class="gestfg-subtle gestfg-small">{ &pin.project.tutor.name }</p>
                    </>
                }
            }),
            Column::new(t.reason(), |pin: &AllocationPin| {
                html! {
                    <>
                        { &pin.reason }
                        if let Some(by) = &pin.pinned_by {
                            <p class="gestfg-subtle gestfg-small">{ &by.name }</p>
                        }
                    </>
                }
            }),
            Column::new(t.actions(), move |pin: &AllocationPin| {
                let application = pin.application.id;
                html! {
                    if live {
                        <Button
                            label={t.pin_delete(&people(pin))}
                            kind={ButtonKind::Plain}
                            icon={IconName::Trash}
                            icon_only=true
                            onclick={run.reform(move |_: MouseEvent| application)}
                        />
                    }
                }
            })
            .of_actions(),
        ]
    };
    let list = |pins: &AllocationPins| {
        if pins.items.is_empty() {
            return html! { <EmptyState icon={IconName::Pin} title={t.pins_empty()}>{ t.pins_empty_body() }</EmptyState> };
        }
        html! { <DataTable caption={t.round_tab_pins()} content={TableContent::new(&columns, &pins.items)} /> }
    };
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-subtle">{ t.pins_lead() }</p>
            if let Some(error) = &delete.error {
                <ProblemAlert error={error.clone()} />
            }
            { draw_remote(&found, LoadingShape::Rows, list) }
        </div>
    }
}

/// Properties of [`PinDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct PinDialogProps {
    /// In which round.
    pub(super) round: AllocationRoundId,
    /// Whose.
    pub(super) application: Application,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was noted.
    pub(super) ondone: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    project: String,
    /// What the project is called: it stays chosen while others are looked for.
    title: AttrValue,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(values.project.is_empty(), "/project_id", FieldCode::Required)
        .text("/reason", &values.reason, REASON_MAX)
        .done()
}

/// Asks which project was agreed on, and why.
#[component]
pub(super) fn PinDialog(props: &PinDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let words = use_state_eq(String::new);
    let form = use_form("pin", Values::default, check);
    let offered = use_remote((props.round, (*words).clone()), |client, (round, words)| async move {
        list_offered_projects(&client, round, &[("q", words.as_str()), ("limit", "50")]).await
    });
    let wished = props.application.preferences.iter();
    let mut choices: Vec<Choice> = wished
        .map(|wish| {
            Choice::new(wish.project_id, format!("{}. {} · {}", wish.rank, wish.title, wish.tutor.name))
        })
        .collect();
    let asked = |id: i64| props.application.preferences.iter().any(|wish| wish.project_id.0 == id);
    let others =
        offered.latest.iter().flat_map(|page| &page.items).filter(|found| !asked(found.project_id.0));
    choices.extend(
        others.map(|found| Choice::new(found.project_id, format!("{} · {}", found.title, found.tutor.name))),
    );
    let chosen = form.values();
    if !chosen.project.is_empty() && choices.iter().all(|choice| choice.value.as_str() != chosen.project) {
        choices.insert(0, Choice::new(&chosen.project, chosen.title.clone()));
    }
    let onsubmit = {
        let (round, application, ondone) = (props.round, props.application.id, props.ondone.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, ondone) = (session.client.clone(), toasts.clone(), ondone.clone());
            async move {
                let Ok(project_id) = values.project.parse() else { return Ok(()) };
                let pin = PinAllocation { project_id, reason: values.reason.trim().to_owned() };
                write_allocation_pin(&client, round, application, &pin).await?;
                toasts.done(t.pin_noted());
                ondone.emit(());
                Ok(())
            }
        })
    };
    let onsearch = {
        let words = words.setter();
        Callback::from(move |typed: String| words.set(typed))
    };
    html! {
        <EditorDialog
            title={t.pin_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/project_id", "/reason"])}
            onclose={props.onclose.clone()}
            confirm={t.pin_note()}
        >
            <p><strong>{ names(&props.application.members) }</strong></p>
            <p>{ t.pin_body() }</p>
            <SearchBox id="pin-search" label={t.application_search()} value={(*words).clone()} {onsearch} />
            <SelectField
                field={form.field("/project_id", |v| v.project.clone(), {
                    let choices = choices.clone();
                    move |values, project: String| {
                        let known = choices.iter().find(|choice| choice.value.as_str() == project);
                        values.title = known.map(|choice| choice.label.clone()).unwrap_or_default();
                        values.project = project;
                    }
                })}
                label={t.project()}
                required=true
                none={t.pin_choose()}
                {choices}
            />
            <TextAreaField
                field={form.field("/reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                label={t.reason()}
                required=true
                rows={3}
                max={REASON_MAX}
            />
        </EditorDialog>
    }
}
