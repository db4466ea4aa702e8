//! Who has served in committees, and who may be called.

mod editor;

use crate::api::committees::list_participation;
use crate::api::master::active_departments;
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, DataTable, EmptyState, FilterBar, IconName,
    ListExport, LoadingShape, PageHeader, PageSection, Pager, SearchBox, SelectField, TableContent,
    draw_remote, export_query, use_toasts,
};
use crate::format::academic_year;
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::zone::use_configuration;
use editor::ParticipationDialog;
use gestfg_types::pagination::Page;
use gestfg_types::participation::Participation;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Years beside each other.
const YEARS: i16 = 4;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ParticipationQuery {
    q: String,
    department_id: String,
    exempt: String,
    cursor: String,
}

impl ListQuery for ParticipationQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

fn year_column(t: Texts, year: i16) -> Column<Participation> {
    Column::new(academic_year(year), move |it: &Participation| {
        match it.years.iter().find(|found| found.academic_year == year) {
            Some(found) if found.seats + found.brought > 0 => html! {
                <span title={t.seats_of_year(found.seats, found.brought)}>{ found.seats + found.brought }</span>
            },
            _ => html! { <span class="gestfg-subtle" aria-hidden="true">{ "–" }</span> },
        }
    })
}

/// A row for each professor, a column for each of the last years.
#[component]
pub fn ParticipationPage() -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let url = use_query::<ParticipationQuery>();
    let editing = use_state_eq(|| None::<Participation>);
    let present = use_configuration().map(|configuration| configuration.academic_year);
    let departments = use_remote((), |client, ()| async move { active_departments(&client).await });
    let filters = [
        ("q", url.query.q.clone()),
        ("department_id", url.query.department_id.clone()),
        ("exempt", url.query.exempt.clone()),
        ("cursor", url.query.cursor.clone()),
    ];
    let whole = export_query(&filters);
    let found =
        use_remote(filters, |client, filters| async move { list_participation(&client, &filters).await });
    let close = {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(None))
    };
    let saved = {
        let (editing, refresh) = (editing.setter(), found.refresh.clone());
        Callback::from(move |()| {
            editing.set(None);
            toasts.done(t.saved());
            refresh.emit(());
        })
    };
    let mut columns = vec![Column::new(t.conflict_professor(), |it: &Participation| {
        html! {
            <>
                <strong>{ &it.professor.name }</strong>
                <p class="gestfg-subtle gestfg-small">{ &it.professor.department.code }</p>
            </>
        }
    })];
    let years = present.map_or(0..0, |present| present + 1 - YEARS..present + 1);
    columns.extend(years.map(|year| year_column(t, year)));
    columns.push(Column::new(
        t.participation_total(),
        |it: &Participation| html! { <strong>{ it.total }</strong> },
    ));
    columns.push(Column::new(t.state(), move |it: &Participation| {
        html! {
            <div class="gestfg-badges">
                if it.exempt_from_committees {
                    <Badge label={t.participation_is_exempt()} icon={IconName::EyeOff} colour={Colour::Orange} />
                }
                if !it.may_preside {
                    <Badge label={t.participation_no_preside()} icon={IconName::TimesCircle} />
                }
            </div>
        }
    }));
    columns.push(
        Column::new(t.actions(), {
            let editing = editing.setter();
            move |it: &Participation| {
                let (editing, label) = (editing.clone(), t.participation_edit_named(&it.professor.name));
                let it = it.clone();
                let onclick = Callback::from(move |_: MouseEvent| editing.set(Some(it.clone())));
                html! { <Button {label} kind={ButtonKind::Plain} icon={IconName::Edit} icon_only=true {onclick} /> }
            }
        })
        .of_actions(),
    );
    let list = |page: &Page<Participation>| {
        if page.items.is_empty() {
            let (title, body) = if url.is_filtered() {
                (t.nothing_matches(), t.nothing_matches_body())
            } else {
                (t.participation_empty(), t.participation_empty_body())
            };
            return html! { <EmptyState icon={IconName::Users} {title}>{ body }</EmptyState> };
        }
        html! {
            <>
                <DataTable caption={t.route_participation()} content={TableContent::new(&columns, &page.items)} />
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
    let named = |department: &gestfg_types::master::Department| {
        Choice::new(department.id, format!("{} · {}", department.code, department.name))
    };
    let choices = departments.ready().map_or_else(Vec::new, |page| page.items.iter().map(named).collect());
    let exempt = vec![
        Choice::new("true", t.participation_only_exempt()),
        Choice::new("false", t.participation_not_exempt()),
    ];
    html! {
        <>
            <PageHeader
                title={t.route_participation()}
                lead={t.participation_lead()}
                actions={html! { <ListExport path="/participation" query={whole} name={t.route_participation()} /> }}
            />
            <PageSection>
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={t.participation_search()}
                            value={url.query.q.clone()}
                            onsearch={url.typed(|query, words| query.q = words)}
                        />
                    </div>
                    <SelectField
                        label={t.department()}
                        none={t.any()}
                        {choices}
                        field={url.filter("filter-department", &url.query.department_id, |query, value| query.department_id = value)}
                    />
                    <SelectField
                        label={t.participation_is_exempt()}
                        none={t.any()}
                        choices={exempt}
                        field={url.filter("filter-exempt", &url.query.exempt, |query, value| query.exempt = value)}
                    />
                </FilterBar>
                <div class="gestfg-list">{ draw_remote(&found, LoadingShape::Rows, list) }</div>
            </PageSection>
            if let (Some(it), Some(present)) = (&*editing, present) {
                <ParticipationDialog participation={it.clone()} {present} onclose={close} onsaved={saved} />
            }
        </>
    }
}
