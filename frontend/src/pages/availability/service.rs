//! How often the reader has served in committees.

use crate::api::committees::find_participation;
use crate::components::{Column, DataTable, LoadingShape, TableContent, draw_remote};
use crate::format::academic_year;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use gestfg_types::ids::UserId;
use gestfg_types::participation::{Participation, YearOfService};
use yew::prelude::*;

/// Properties of [`OwnService`].
#[derive(Properties, PartialEq)]
pub(super) struct OwnServiceProps {
    /// The reader.
    pub(super) professor: UserId,
}

/// Seats year by year.
#[component]
pub(super) fn OwnService(props: &OwnServiceProps) -> Html {
    let t = use_texts();
    let found =
        use_remote(props.professor, |client, id| async move { find_participation(&client, id).await });
    let columns = vec![
        Column::new(t.academic_year(), |year: &YearOfService| html! { academic_year(year.academic_year) }),
        Column::new(t.seats(), |year: &YearOfService| html! { year.seats + year.brought }),
    ];
    draw_remote(&found, LoadingShape::Text, |found: &Participation| {
        if found.years.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.participation_own_none() }</p> };
        }
        let content = TableContent::new(&columns, &found.years);
        html! { <DataTable caption={t.participation_own()} {content} compact=true /> }
    })
}
