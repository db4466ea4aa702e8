//! The timetable as a file.

use crate::api::client::BASE;
use crate::api::defences::{defences_feed, export_committees, export_defences};
use crate::components::{ButtonKind, Icon, IconName, ProblemAlert, export_button};
use crate::download::{media_type, save_file};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::program::Program;
use crate::session::use_session;
use yew::prelude::*;

/// Properties of [`Exports`].
#[derive(Properties, PartialEq)]
pub(super) struct ExportsProps {
    /// Which defences, as the server's query.
    pub(super) query: AttrValue,
}

fn link(href: String, icon: IconName, label: &'static str) -> Html {
    html! {
        <a class={ButtonKind::Secondary.class()} {href} download="">
            <span class="pf-v6-c-button__icon pf-m-start"><Icon name={icon} /></span>
            <span class="pf-v6-c-button__text">{ label }</span>
        </a>
    }
}

/// As spreadsheets and as a calendar.
#[component]
pub(super) fn Exports(props: &ExportsProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let spreadsheet = |format: &str, label: &'static str| {
        link(format!("{BASE}/defences/export?{}&format={format}", props.query), IconName::Download, label)
    };
    html! {
        <>
            if Program::HAS_SESSIONS && session.me().is_some() {
                <Spreadsheets query={props.query.clone()} />
            } else {
                { spreadsheet("csv", t.defences_csv()) }
                { spreadsheet("xlsx", t.defences_xlsx()) }
            }
            { link(defences_feed(&props.query), IconName::Feed, t.defences_ics()) }
        </>
    }
}

/// For whoever is signed in: with names, which a plain link could not ask for.
#[component]
fn Spreadsheets(props: &ExportsProps) -> Html {
    let t = use_texts();
    let export = {
        let query = props.query.clone();
        use_action(move |client, format: &'static str| {
            let query = query.clone();
            async move {
                let bytes = export_defences(&client, &query, format).await?;
                save_file(&format!("defensas.{format}"), media_type(format), &bytes);
                Ok(())
            }
        })
    };
    let committees = {
        // Of the whole call, whatever is left out of the timetable.
        let call = props.query.split('&').next().unwrap_or_default().to_owned();
        use_action(move |client, format: &'static str| {
            let call = call.clone();
            async move {
                let bytes = export_committees(&client, &call, format).await?;
                save_file(&format!("comisiones.{format}"), media_type(format), &bytes);
                Ok(())
            }
        })
    };
    html! {
        <>
            { export_button(&export, "pdf", t.defences_pdf()) }
            { export_button(&committees, "pdf", t.committees_pdf()) }
            { export_button(&export, "csv", t.defences_csv()) }
            { export_button(&export, "xlsx", t.defences_xlsx()) }
            if let Some(error) = export.error.as_ref().or(committees.error.as_ref()) {
                <ProblemAlert error={error.clone()} />
            }
        </>
    }
}
