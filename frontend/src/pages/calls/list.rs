//! The calls, degree by degree.

use super::CallCard;
use crate::api::calls::list_calls;
use crate::api::master::active_degrees;
use crate::components::{
    Choice, EmptyState, FilterBar, IconName, LoadingShape, PageHeader, PageSection, SelectField, draw_remote,
};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use crate::session::{Session, use_session};
use gestfg_types::calls::Call;
use gestfg_types::ids::DegreeId;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use patternfly_yew::prelude::{Level, Size, Title};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Up to this many calls are shown with their timelines from the beginning.
const FEW: usize = 3;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct CallsQuery {
    /// `all`, or the id of a degree; one's own when there are any.
    degree: String,
    /// `true`: also those that are over.
    past: String,
    #[serde(skip)]
    cursor: String,
}

impl ListQuery for CallsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// The degrees somebody studies or coordinates.
pub(crate) fn own_degrees(session: &Session) -> Vec<DegreeId> {
    let Some(me) = session.me() else { return Vec::new() };
    let studied = me.roles.student.iter().flatten();
    let mut own: Vec<DegreeId> = studied.chain(&me.roles.coordinates).map(|degree| degree.id).collect();
    own.sort_unstable();
    own.dedup();
    own
}

/// Calls under the name of their degree, in the order of the degrees' names;
/// within one they keep their order.
fn by_degree(calls: &[Call]) -> Vec<(String, Vec<&Call>)> {
    let mut groups: Vec<(String, Vec<&Call>)> = Vec::new();
    for call in calls {
        let name = format!("{} · {}", call.call.degree.code, call.call.degree.name);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, group)) => group.push(call),
            None => groups.push((name, vec![call])),
        }
    }
    groups.sort_by(|one, other| one.0.cmp(&other.0));
    groups
}

/// The opened calls with their timelines.
#[component]
pub fn CallsPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let url = use_query::<CallsQuery>();
    let own = own_degrees(&session);
    let query = url.query.clone();
    let degree: Option<DegreeId> = query.degree.parse().ok();
    let filters = [
        ("degree_id", degree.map(|id| id.to_string()).unwrap_or_default()),
        ("state", "open".to_owned()),
        ("current", if query.past == "true" { String::new() } else { "true".to_owned() }),
        ("limit", "200".to_owned()),
    ];
    let found = use_remote(filters, |client, filters| async move { list_calls(&client, &filters).await });
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    use_updates(&[UpdateTopic::Calls], &found.refresh);

    let mut choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name)))
            .collect()
    });
    if !own.is_empty() {
        choices.insert(0, Choice::new("all", t.calls_all_degrees()));
    }
    let none = if own.is_empty() { t.calls_all_degrees() } else { t.calls_mine() };
    let only_own = !own.is_empty() && query.degree.is_empty();
    let list = |page: &Page<Call>| {
        let wanted = |call: &&Call| !only_own || own.contains(&call.call.degree.id);
        let shown: Vec<Call> = page.items.iter().filter(wanted).cloned().collect();
        if shown.is_empty() {
            return html! {
                <EmptyState icon={IconName::Calendar} title={t.calls_empty()}>{ t.calls_empty_body() }</EmptyState>
            };
        }
        let few = shown.len() <= FEW;
        html! {
            <div class="gestfg-stack">
                { for by_degree(&shown).into_iter().map(|(name, calls)| html! {
                    <section key={name.clone()} class="gestfg-stack">
                        <Title level={Level::H2} size={Size::Large}>{ name }</Title>
                        { for calls.into_iter().enumerate().map(|(index, call)| html! {
                            <CallCard key={call.call.id.0} call={call.clone()} open={few || (only_own && index == 0)} />
                        }) }
                    </section>
                }) }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={Route::Calls.title(t)} lead={t.calls_lead()} />
            <PageSection>
                <div class="gestfg-stack">
                    <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                        <SelectField
                            label={t.degree()}
                            {none}
                            {choices}
                            field={url.filter("filter-degree", &query.degree, |query, value| query.degree = value)}
                        />
                        <SelectField
                            label={t.calls_which()}
                            none={t.calls_current_only()}
                            choices={vec![Choice::new("true", t.calls_also_past())]}
                            field={url.filter("filter-past", &query.past, |query, value| query.past = value)}
                        />
                    </FilterBar>
                    { draw_remote(&found, LoadingShape::Rows, list) }
                </div>
            </PageSection>
        </>
    }
}
