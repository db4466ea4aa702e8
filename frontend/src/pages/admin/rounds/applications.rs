//! What is asked for in a round.

use super::behalf::BehalfDialog;
use super::file::FileDialog;
use super::pins::PinDialog;
use super::round::RoundQuery;
use crate::api::applications::{export_applications, list_applications};
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, DataTable, EmptyState, FilterBar, IconName,
    LoadingShape, Pager, ProblemAlert, RouteLink, SearchBox, SelectField, TableContent, draw_remote,
    export_button,
};
use crate::download::{media_type, save_file};
use crate::format::{Dates, use_dates};
use crate::hooks::{QueryHandle, use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::pages::people::RecordDialog;
use crate::route::Route;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundAction as Action};
use gestfg_types::applications::{Application, ApplicationMember, ApplicationState};
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use gestfg_types::users::PersonRef;
use yew::prelude::*;

/// Properties of [`Applications`].
#[derive(Properties, PartialEq)]
pub(super) struct ApplicationsProps {
    /// In which round.
    pub(super) round: AllocationRound,
    /// The filters.
    pub(super) url: QueryHandle<RoundQuery>,
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    OnBehalf,
    FromFile,
    Pinning(Application),
    Recording(PersonRef, Option<String>),
}

/// In which state applications are listed: live ones, unless others are asked for.
fn state(query: &RoundQuery) -> &str {
    if query.state.is_empty() { "live" } else { &query.state }
}

/// The applications of a round, to be searched, exported, entered.
#[component]
pub(super) fn Applications(props: &ApplicationsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let over = use_state_eq(|| Over::Nothing);
    let (round, url) = (&props.round, &props.url);
    let found = use_remote((round.id, url.query.clone()), |client, (round, query)| async move {
        let round = round.to_string();
        let filters = [
            ("round_id", round.as_str()),
            ("q", &query.q),
            ("state", state(&query)),
            ("limit", "50"),
            ("cursor", &query.cursor),
        ];
        list_applications(&client, &filters).await
    });
    use_updates(&[UpdateTopic::Applications], &found.refresh);
    let export = {
        let (round, query) = (round.clone(), url.query.clone());
        use_action(move |client, format: &'static str| {
            let (round, query) = (round.clone(), query.clone());
            async move {
                let id = round.id.to_string();
                let filters = [
                    ("round_id", id.as_str()),
                    ("q", &query.q),
                    ("state", state(&query)),
                    ("format", format),
                ];
                let bytes = export_applications(&client, &filters).await?;
                let of = &round.call;
                let name = format!(
                    "{}-{}-{}-{}.{format}",
                    of.degree.code, of.academic_year, of.sitting.code, round.number
                );
                save_file(&name, media_type(format), &bytes);
                Ok(())
            }
        })
    };
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let may = |action: Action| round.allowed_actions.contains(&action);
    let on_behalf = may(Action::ApplyOnBehalf) || may(Action::ApplyOnBehalfWithReason);
    let due = !may(Action::ApplyOnBehalf);
    let pin = {
        let over = over.setter();
        Callback::from(move |found: Application| over.set(Over::Pinning(found)))
    };
    let record = {
        let over = over.setter();
        Callback::from(move |(who, record)| over.set(Over::Recording(who, record)))
    };
    let allocates = may(Action::Allocate) && round.settled_at.is_none();
    let columns = columns(t, &dates, allocates.then_some(Desk { pin, record }));
    let tools = html! {
        <div class="gestfg-row-actions">
            if on_behalf {
                <Button label={t.behalf_enter()} kind={ButtonKind::Primary} icon={IconName::Plus} onclick={open(Over::OnBehalf)} />
                <Button label={t.choices_file()} kind={ButtonKind::Secondary} icon={IconName::Upload} onclick={open(Over::FromFile)} />
            }
            { export_button(&export, "xlsx", t.applications_export_xlsx()) }
            { export_button(&export, "csv", t.applications_export_csv()) }
        </div>
    };
    let list = |page: &Page<Application>| {
        if page.items.is_empty() {
            let (title, body) = if url.query.q.is_empty() {
                (t.round_nobody(), t.round_nobody_body())
            } else {
                (t.nothing_matches(), t.nothing_matches_body())
            };
            return html! { <EmptyState icon={IconName::Users} {title}>{ body }</EmptyState> };
        }
        html! {
            <>
                <DataTable
                    caption={t.round_tab_applications()}
                    content={TableContent::new(&columns, &page.items).keyed(&page.items, |found| found.id.0)}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={url.query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    html! {
        <div class="gestfg-stack">
            { tools }
            if let Some(error) = &export.error {
                <ProblemAlert error={error.clone()} />
            }
            <FilterBar onclear={url.onclear()} active={!url.query.q.is_empty() || !url.query.state.is_empty()}>
                <SearchBox
                    label={t.round_search()}
                    value={url.query.q.clone()}
                    onsearch={url.typed(|query, words| query.q = words)}
                />
                <SelectField
                    field={url.filter("application-state", &url.query.state, |query, state| query.state = state)}
                    label={t.state()}
                    none={t.application_state(ApplicationState::Live)}
                    choices={vec![Choice::new("withdrawn", t.application_state(ApplicationState::Withdrawn))]}
                />
            </FilterBar>
            { draw_remote(&found, LoadingShape::Rows, list) }
            { match &*over {
                Over::Nothing => html! {},
                Over::OnBehalf => html! { <BehalfDialog round={round.clone()} {due} onclose={close} ondone={done} /> },
                Over::FromFile => html! { <FileDialog round={round.clone()} {due} onclose={close} ondone={done} /> },
                Over::Pinning(found) => html! {
                    <PinDialog round={round.id} application={found.clone()} onclose={close} ondone={done} />
                },
                Over::Recording(student, record) => html! {
                    <RecordDialog
                        student={student.clone()}
                        record={record.clone()}
                        onclose={close}
                        ondone={done.reform(|_: Option<String>| ())}
                    />
                },
            } }
        </div>
    }
}

/// The names of those who apply together.
pub(super) fn names(members: &[ApplicationMember]) -> String {
    members.iter().map(|member| member.person.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What those who allocate do with an application.
struct Desk {
    pin: Callback<Application>,
    record: Callback<(PersonRef, Option<String>)>,
}

fn columns(t: Texts, dates: &Dates, desk: Option<Desk>) -> Vec<Column<Application>> {
    let dates = dates.clone();
    let (pin, record) = desk.map(|desk| (desk.pin, desk.record)).unzip();
    let mut columns = vec![
        Column::new(t.students(), move |found: &Application| {
            let edit = |member: &ApplicationMember| {
                let record = record.as_ref()?;
                let (who, present) = (member.person.clone(), member.record.clone());
                Some(html! {
                    <Button
                        label={t.record_edit_named(&who.name)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Edit}
                        icon_only=true
                        small=true
                        onclick={record.reform(move |_: MouseEvent| (who.clone(), present.clone()))}
                    />
                })
            };
            html! {
                <ul class="gestfg-plain" role="list">
                    { for found.members.iter().map(|member| html! {
                        <li key={member.person.id.0}>
                            { &member.person.name }
                            <span class="gestfg-subtle gestfg-small">
                                { format!(" · {}", member.record.as_deref().unwrap_or(t.round_no_record())) }
                            </span>
                            { edit(member) }
                            if member.confirmed_at.is_none() {
                                { " " }
                                <Badge label={t.application_unconfirmed()} colour={Colour::Orange} icon={IconName::Clock} />
                            }
                        </li>
                    }) }
                </ul>
            }
        }),
        Column::new(t.round_wishes(), |found: &Application| {
            html! {
                <ul class="gestfg-plain" role="list">
                    { for found.preferences.iter().map(|wish| html! {
                        <li key={wish.project_id.0}>
                            { format!("{}. ", wish.rank) }
                            <RouteLink to={Route::Project { id: wish.project_id }}>{ &wish.title }</RouteLink>
                        </li>
                    }) }
                </ul>
            }
        }),
        Column::new(
            t.round_saved_at(),
            move |found: &Application| html! { dates.date_time(found.updated_at) },
        ),
    ];
    if let Some(pin) = pin {
        columns.push(
            Column::new(t.actions(), move |found: &Application| {
                let onclick = {
                    let found = found.clone();
                    pin.reform(move |_: MouseEvent| found.clone())
                };
                html! {
                    <Button
                        label={t.pin_named(&names(&found.members))}
                        kind={ButtonKind::Plain}
                        icon={IconName::Pin}
                        icon_only=true
                        {onclick}
                    />
                }
            })
            .of_actions(),
        );
    }
    columns
}
