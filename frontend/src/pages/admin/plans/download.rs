//! A version as files.

use crate::api::planning::export_committee_plan;
use crate::components::{Button, ButtonKind, IconName, ProblemAlert};
use crate::download::{media_type, save_file};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use gestfg_types::ids::CommitteePlanId;
use yew::prelude::*;

/// Properties of [`Downloads`].
#[derive(Properties, PartialEq)]
pub(super) struct DownloadsProps {
    /// Which version.
    pub(super) plan: CommitteePlanId,
    /// Its number.
    pub(super) number: i32,
    /// Whether it has a timetable.
    pub(super) timed: bool,
}

/// Its committees and its timetable, to print or to work on.
#[component]
pub(super) fn Downloads(props: &DownloadsProps) -> Html {
    let t = use_texts();
    let export = {
        let (plan, number) = (props.plan, props.number);
        use_action(move |client, (part, format): (&'static str, &'static str)| async move {
            let bytes = export_committee_plan(&client, plan, part, format).await?;
            save_file(&format!("{part}-{number}.{format}"), media_type(format), &bytes);
            Ok(())
        })
    };
    let button = |part: &'static str, name: &'static str, format: &'static str| {
        html! {
            <Button
                label={t.plan_download_as(name, &format.to_ascii_uppercase())}
                kind={ButtonKind::Secondary}
                icon={IconName::Download}
                small=true
                busy={export.running}
                onclick={export.run.reform(move |_: MouseEvent| (part, format))}
            />
        }
    };
    let part = |part: &'static str, name: &'static str| {
        html! {
            <div class="gestfg-row-actions gestfg-row-actions--start">
                { button(part, name, "pdf") }
                { button(part, name, "xlsx") }
                { button(part, name, "csv") }
            </div>
        }
    };
    html! {
        <details>
            <summary>{ t.plan_download() }</summary>
            <div class="gestfg-stack">
                if let Some(error) = &export.error {
                    <ProblemAlert error={error.clone()} />
                }
                <p class="gestfg-subtle gestfg-small">{ t.plan_download_note() }</p>
                { part("committees", t.plan_download_committees()) }
                if props.timed {
                    { part("timetable", t.plan_download_timetable()) }
                }
            </div>
        </details>
    }
}
