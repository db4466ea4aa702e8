//! Everybody's conflicts of interest.

use crate::components::{Found, ListExport, Lookup, LookupSelect, PageHeader, PageSection, export_query};
use crate::hooks::{Field, use_query};
use crate::i18n::use_texts;
use crate::pages::conflicts::ConflictList;
use gestfg_types::ids::UserId;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ConflictsQuery {
    professor_id: String,
    name: String,
}

/// The list, of everybody or of one professor.
#[component]
pub fn ConflictsPage() -> Html {
    let t = use_texts();
    let url = use_query::<ConflictsQuery>();
    let professor: Option<UserId> = url.query.professor_id.parse().ok();
    let value = professor.map(|id| Found { id: id.0, name: url.query.name.clone() });
    let onchange = url.go.reform(|found: Option<Found>| {
        found.map_or_else(ConflictsQuery::default, |found| ConflictsQuery {
            professor_id: found.id.to_string(),
            name: found.name,
        })
    });
    let field = Field {
        id: "filter-professor".into(),
        value,
        error: None,
        onchange,
        onleave: Callback::noop(),
        disabled: false,
    };
    html! {
        <>
            <PageHeader
                title={t.route_conflicts()}
                lead={t.conflicts_lead()}
                actions={html! {
                    <ListExport
                        path="/conflicts-of-interest"
                        query={export_query(&[("professor_id", &url.query.professor_id)])}
                        name={t.route_conflicts()}
                    />
                }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-filters">
                        <LookupSelect {field} label={t.conflict_professor()} lookup={Lookup::Professors(None)} />
                    </div>
                    <ConflictList key={url.query.professor_id.clone()} {professor} />
                </div>
            </PageSection>
        </>
    }
}
