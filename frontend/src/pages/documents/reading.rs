//! What was handed in for a defence, for those who judge it.

use super::{Documents, Source};
use crate::api::defences::find_defence;
use crate::components::{Crumb, PageHeader, PageSection};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::ids::DefenceId;
use yew::prelude::*;

/// Properties of [`DefenceDocumentsPage`].
#[derive(Properties, PartialEq)]
pub struct DefenceDocumentsPageProps {
    /// Of which defence.
    pub id: DefenceId,
}

/// The documents of one defence.
#[component]
pub fn DefenceDocumentsPage(props: &DefenceDocumentsPageProps) -> Html {
    let t = use_texts();
    let defence = use_remote(props.id, |client, id| async move { find_defence(&client, id).await });
    let lead =
        defence.latest.as_ref().map(|found| format!("{} · {}", found.student.name, found.project_title));
    let crumbs = vec![Crumb { to: Route::Defences, label: t.route_defences().into() }];
    html! {
        <>
            <PageHeader title={t.route_defence_documents()} lead={lead.map(AttrValue::from)} {crumbs} />
            <PageSection><Documents of={Source::Defence(props.id)} /></PageSection>
        </>
    }
}
