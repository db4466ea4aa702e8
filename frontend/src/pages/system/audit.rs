//! Who wrote what, when and from where.

use super::audit_diff::Diff;
use crate::api::master::active_degrees;
use crate::api::system::list_audit_log;
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, EmptyState, FilterBar, IconName, ListExport, LoadingShape,
    PageHeader, PageSection, Pager, SearchBox, SelectField, TextField, draw_remote, export_query,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::zone::{Zone, use_zone};
use chrono::{Days, NaiveDate, SecondsFormat};
use gestfg_types::audit::AuditEntry;
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use yew::prelude::*;

/// The kinds of things the log tells of, and what is done to them.
const ENTITIES: [(&str, &[&str]); 14] = [
    (
        "project",
        &[
            "create",
            "update",
            "submit",
            "validate",
            "reject",
            "reopen",
            "publish",
            "unpublish",
            "withdraw",
            "duplicate",
            "delete",
        ],
    ),
    ("assignment", &["create", "cancel", "delete"]),
    ("call", &["create", "update", "open", "delete"]),
    ("evaluation_request", &["create", "withdraw"]),
    ("event", &["create", "update", "delete"]),
    (
        "user",
        &[
            "create",
            "create_admin",
            "update",
            "register",
            "claim_identity",
            "invite",
            "request_reset",
            "set_password",
            "log_in",
            "log_out",
            "refresh_reused",
            "deactivate",
            "reactivate",
            "anonymise",
            "export",
            "delete",
        ],
    ),
    ("import", &["create", "update", "commit", "undo", "delete"]),
    ("degree", &["create", "update", "delete"]),
    ("department", &["create", "update", "delete"]),
    ("area", &["create", "update", "delete"]),
    ("sitting", &["create", "update", "delete"]),
    ("identity_claim", &["confirm", "reject"]),
    ("api_token", &["create", "revoke"]),
    ("retention_settings", &["write", "carry_out"]),
];

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct AuditQuery {
    q: String,
    entity: String,
    entity_id: String,
    action: String,
    actor_id: String,
    degree_id: String,
    from: String,
    to: String,
    cursor: String,
}

impl ListQuery for AuditQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

impl AuditQuery {
    /// What the server is asked: days become moments by the institution's
    /// clock, and the last day counts whole.
    fn filters(&self, zone: &Zone) -> Vec<(&'static str, String)> {
        let number = |text: &str| text.trim().parse::<i64>().map(|id| id.to_string()).unwrap_or_default();
        vec![
            ("q", self.q.clone()),
            ("entity", self.entity.clone()),
            ("entity_id", number(&self.entity_id)),
            ("action", self.action.trim().to_owned()),
            ("actor_id", number(&self.actor_id)),
            ("degree_id", self.degree_id.clone()),
            ("from", start_of(&self.from, 0, zone)),
            ("to", start_of(&self.to, 1, zone)),
            ("cursor", self.cursor.clone()),
        ]
    }
}

/// The first moment of a day, `later` days on; nothing for what is no day.
fn start_of(day: &str, later: u64, zone: &Zone) -> String {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.checked_add_days(Days::new(later)));
    day.map(|day| zone.start_of_day(day).to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

/// The audit log.
#[component]
pub fn AuditLogPage() -> Html {
    let t = use_texts();
    let url = use_query::<AuditQuery>();
    let query = &url.query;
    let zone = use_zone();
    let found =
        use_remote(
            query.filters(&zone),
            |client, filters| async move { list_audit_log(&client, &filters).await },
        );
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect()
    });
    let entities: Vec<Choice> =
        ENTITIES.iter().map(|(entity, _)| Choice::new(entity, t.audit_entity_name(entity))).collect();
    let actions: Vec<Choice> = ENTITIES
        .iter()
        .filter(|(entity, _)| *entity == query.entity)
        .flat_map(|(entity, verbs)| verbs.iter().map(move |verb| format!("{entity}.{verb}")))
        .map(|action| Choice::new(&action, t.audit_action_name(&action)))
        .collect();
    html! {
        <>
            <PageHeader
                title={t.route_audit_log()}
                lead={t.audit_lead()}
                actions={html! { <ListExport path="/audit-log" query={export_query(&query.filters(&zone))} name={t.route_audit_log()} /> }}
            />
            <PageSection>
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={t.audit_search()}
                            value={query.q.clone()}
                            onsearch={url.typed(|query, words| query.q = words)}
                        />
                    </div>
                    <SelectField
                        label={t.audit_entity()}
                        none={t.any()}
                        choices={entities}
                        field={url.filter("filter-entity", &query.entity, |query, value| {
                            query.entity = value;
                            query.action.clear();
                        })}
                    />
                    if !actions.is_empty() {
                        <SelectField
                            label={t.audit_action()}
                            none={t.any_feminine()}
                            choices={actions}
                            field={url.filter("filter-action", &query.action, |query, value| query.action = value)}
                        />
                    }
                    <TextField
                        label={t.audit_entity_id()}
                        kind="number"
                        field={url.typed_filter("filter-entity-id", &query.entity_id, |query, value| query.entity_id = value)}
                    />
                    <SelectField
                        label={t.degree()}
                        none={t.any_feminine()}
                        choices={degree_choices}
                        field={url.filter("filter-degree", &query.degree_id, |query, value| query.degree_id = value)}
                    />
                    <TextField
                        label={t.audit_from()}
                        kind="date"
                        field={url.typed_filter("filter-from", &query.from, |query, value| query.from = value)}
                    />
                    <TextField
                        label={t.audit_to()}
                        kind="date"
                        field={url.typed_filter("filter-to", &query.to, |query, value| query.to = value)}
                    />
                    if !query.actor_id.is_empty() {
                        <TextField
                            label={t.audit_actor()}
                            kind="number"
                            field={url.typed_filter("filter-actor", &query.actor_id, |query, value| query.actor_id = value)}
                        />
                    }
                </FilterBar>
                <div class="gestfg-list">
                    { draw_remote(&found, LoadingShape::Rows, |page: &Page<AuditEntry>| {
                        if page.items.is_empty() && url.is_filtered() {
                            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
                        }
                        if page.items.is_empty() {
                            return html! {
                                <EmptyState icon={IconName::History} title={t.audit_empty()}>{ t.audit_empty_body() }</EmptyState>
                            };
                        }
                        let onactor = url.choose(|query, id| query.actor_id = id);
                        html! {
                            <>
                                <AuditTable rows={page.items.clone()} {onactor} />
                                <Pager
                                    total={page.total}
                                    shown={page.items.len()}
                                    cursor={query.cursor.clone()}
                                    next={page.next_cursor.clone()}
                                    onpage={url.onpage()}
                                />
                            </>
                        }
                    }) }
                </div>
            </PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AuditTableProps {
    rows: Vec<AuditEntry>,
    onactor: Callback<String>,
}

/// The writes, each of which opens to show what it changed.
#[component]
fn AuditTable(props: &AuditTableProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let open = use_state_eq(BTreeSet::<i64>::new);
    let toggle = |id: i64| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*open).clone();
            if !next.remove(&id) {
                next.insert(id);
            }
            open.set(next);
        })
    };
    html! {
        <table class="pf-v6-c-table pf-m-grid-md gestfg-audit">
            <caption class="pf-v6-screen-reader">{ t.route_audit_log() }</caption>
            <thead class="pf-v6-c-table__thead">
                <tr class="pf-v6-c-table__tr">
                    { for [t.audit_when(), t.audit_who(), t.audit_what(), t.audit_thing(), t.audit_details()].into_iter().map(|label| html! {
                        <th class="pf-v6-c-table__th" scope="col">{ label }</th>
                    }) }
                </tr>
            </thead>
            <tbody class="pf-v6-c-table__tbody">
                { for props.rows.iter().map(|entry| {
                    let id = entry.id.0;
                    draw_entry(t, &dates, entry, open.contains(&id), toggle(id), &props.onactor)
                }) }
            </tbody>
        </table>
    }
}

fn draw_entry(
    t: Texts,
    dates: &Dates,
    entry: &AuditEntry,
    open: bool,
    ontoggle: Callback<MouseEvent>,
    onactor: &Callback<String>,
) -> Html {
    let details = format!("audit-{}", entry.id);
    let who =
        if entry.actor_name == "system" { t.audit_system().to_owned() } else { entry.actor_name.clone() };
    let who = match entry.actor_id {
        Some(id) => html! {
            <Button
                label={who}
                kind={ButtonKind::InlineLink}
                onclick={onactor.reform(move |_| id.to_string())}
            />
        },
        None => html! { who },
    };
    let colour = match entry.action.split_once('.').map(|(_, verb)| verb) {
        Some("create") => Colour::Green,
        Some("delete" | "anonymise" | "undo" | "carry_out") => Colour::Red,
        _ => Colour::Blue,
    };
    html! {
        <>
            <tr class="pf-v6-c-table__tr">
                <td class="pf-v6-c-table__td" data-label={t.audit_when()}>{ dates.date_time(entry.at) }</td>
                <td class="pf-v6-c-table__td" data-label={t.audit_who()}>{ who }</td>
                <td class="pf-v6-c-table__td" data-label={t.audit_what()}>
                    <div>
                        <Badge label={t.audit_action_name(&entry.action)} {colour} />
                        if let Some(reason) = &entry.reason {
                            <p class="gestfg-subtle gestfg-breakable">{ reason }</p>
                        }
                    </div>
                </td>
                <td class="pf-v6-c-table__td" data-label={t.audit_thing()}>
                    { t.audit_entity_name(&entry.entity) }
                    if let Some(id) = entry.entity_id {
                        <span class="gestfg-subtle">{ format!(" {id}") }</span>
                    }
                </td>
                <td class="pf-v6-c-table__td" data-label={t.audit_details()}>
                    <Button
                        label={if open { t.audit_hide() } else { t.audit_show() }}
                        kind={ButtonKind::Link}
                        small=true
                        expanded={open}
                        controls={details.clone()}
                        icon={if open { IconName::ChevronDown } else { IconName::ChevronRight }}
                        onclick={ontoggle}
                    />
                </td>
            </tr>
            <tr id={details} class="pf-v6-c-table__tr gestfg-audit__details" hidden={!open}>
                if open {
                    <td class="pf-v6-c-table__td" colspan="5">
                        <div class="gestfg-stack">
                            <Diff before={entry.before.clone()} after={entry.after.clone()} />
                            <p class="gestfg-subtle gestfg-breakable">
                                <code>{ &entry.action }</code>
                                if let Some(address) = &entry.address {
                                    { format!(" · {}: {address}", t.audit_address()) }
                                }
                                if let Some(request) = &entry.request_id {
                                    { format!(" · {}: {request}", t.audit_request()) }
                                }
                            </p>
                        </div>
                    </td>
                }
            </tr>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts_whole() {
        let query =
            AuditQuery { from: "2026-11-02".into(), to: "2026-11-02".into(), ..AuditQuery::default() };
        let filters = query.filters(&Zone::default());
        let found = |name: &str| filters.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        let moment =
            |name: &str| found(name).and_then(|text| text.parse::<chrono::DateTime<chrono::Utc>>().ok());
        let length = moment("to").zip(moment("from")).map(|(to, from)| (to - from).num_hours());
        assert_eq!(length, Some(24));
        assert_eq!(start_of("2026-13-02", 0, &Zone::default()), "");
    }
}
