//! What a professor has to mark.

use super::read::sheet_badge;
use crate::api::marks::list_marking_duties;
use crate::components::{
    ButtonKind, Card, Column, DataTable, EmptyState, IconName, LoadingShape, PageHeader, PageSection,
    RouteLink, TableContent, draw_remote, route_button,
};
use crate::format::{Dates, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::calls::CallRef;
use gestfg_types::defences::DefenceState;
use gestfg_types::marks::{MarkingDuties, MarkingDuty, SheetState};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// The sheets of the reader, call by call.
#[component]
pub fn MarkingPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let found = use_remote((), |client, ()| async move { list_marking_duties(&client).await });
    use_updates(&[UpdateTopic::Marks, UpdateTopic::Defences], &found.refresh);
    let page = |duties: &MarkingDuties| {
        if duties.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Check} title={t.marking_empty()}>{ t.marking_empty_body() }</EmptyState>
            };
        }
        let mut calls: Vec<(CallRef, Vec<MarkingDuty>)> = Vec::new();
        for duty in &duties.items {
            match calls.iter_mut().find(|(call, _)| call.id == duty.call.id) {
                Some((_, of_call)) => of_call.push(duty.clone()),
                None => calls.push((duty.call.clone(), vec![duty.clone()])),
            }
        }
        html! {
            <div class="gestfg-stack">
                { for calls.into_iter().map(|(call, duties)| of_call(&call, duties, t, &dates)) }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={Route::Marking.title(t)} lead={t.marking_lead()} />
            <PageSection>{ draw_remote(&found, LoadingShape::Rows, page) }</PageSection>
        </>
    }
}

fn waits(duty: &MarkingDuty) -> bool {
    duty.state != Some(SheetState::HandedIn) && duty.defence_state != DefenceState::NotPresented
}

fn of_call(call: &CallRef, mut duties: Vec<MarkingDuty>, t: Texts, dates: &Dates) -> Html {
    // What waits comes first, in the order of time.
    duties.sort_by_key(|duty| (!waits(duty), duty.starts_at, duty.defence_id, duty.role));
    let waiting = duties.iter().filter(|duty| waits(duty)).count();
    let title = if waiting == 0 {
        t.call_full_title(call)
    } else {
        format!("{} · {}", t.call_full_title(call), t.marking_count(waiting))
    };
    let id = call.id;
    let grading = duties.iter().any(|duty| duty.presides).then(|| {
        route_button(
            Route::CallGrading { id },
            ButtonKind::Link,
            Some(IconName::Archive),
            t.route_call_grading(),
        )
    });
    let when = {
        let dates = dates.clone();
        move |duty: &MarkingDuty| match duty.starts_at {
            Some(at) => html! { dates.date_time(at) },
            None => html! { "—" },
        }
    };
    let columns = vec![
        Column::new(t.grading_student(), |duty: &MarkingDuty| {
            html! {
                <>
                    <strong>{ &duty.student.name }</strong>
                    <p class="gestfg-subtle gestfg-small">{ &duty.project_title }</p>
                </>
            }
        }),
        Column::new(t.rubric_role_column(), move |duty: &MarkingDuty| html! { t.rubric_role(duty.role) }),
        Column::new(t.marks_when(), when),
        Column::new(t.state(), move |duty: &MarkingDuty| {
            if duty.defence_state == DefenceState::NotPresented {
                html! { t.marks_not_presented() }
            } else {
                sheet_badge(t, duty.state)
            }
        }),
        Column::new("", move |duty: &MarkingDuty| {
            let words = match duty.state {
                None => t.marking_begin(),
                Some(SheetState::Draft) => t.marking_go_on(),
                Some(SheetState::HandedIn) => t.marking_look(),
            };
            let kind = if waits(duty) { ButtonKind::Primary } else { ButtonKind::Secondary };
            let label = format!("{words}: {}, {}", duty.student.name, t.rubric_role(duty.role));
            html! {
                <RouteLink to={Route::DefenceMarks { id: duty.defence_id }} class={kind.class()} {label}>{ words }</RouteLink>
            }
        })
        .of_actions(),
    ];
    html! {
        <Card key={id.0} {title} actions={grading.unwrap_or_default()}>
            <DataTable caption={t.call_full_title(call)} content={TableContent::new(&columns, &duties)} compact=true />
        </Card>
    }
}
