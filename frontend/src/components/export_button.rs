//! A button that fetches a file and saves it.

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use crate::hooks::ActionHandle;
use yew::prelude::*;

/// A button for one of the formats an export is offered in.
pub fn export_button(export: &ActionHandle<&'static str>, format: &'static str, label: &'static str) -> Html {
    html! {
        <Button
            {label}
            kind={ButtonKind::Secondary}
            icon={IconName::Download}
            busy={export.running}
            onclick={export.run.reform(move |_: MouseEvent| format)}
        />
    }
}
