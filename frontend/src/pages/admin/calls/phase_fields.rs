//! The fields of a phase.

use super::draft::{Draft, pointer};
use crate::components::{Button, ButtonKind, IconName, PhaseWarnings, TextField};
use crate::hooks::FormHandle;
use crate::i18n::Texts;
use gestfg_types::calls::{Phase, PhaseWarning, PhaseWarningKind};
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

/// Begin and end of a phase, and what is odd about them. That a phase has no
/// dates needs no warning beside its empty fields.
pub(super) fn phase_fields(
    form: &FormHandle<Draft>,
    phase: Phase,
    warnings: &[PhaseWarning],
    t: Texts,
) -> Html {
    let name = t.phase_name(phase);
    let window = form.values().window(phase);
    let own: Vec<PhaseWarning> = warnings
        .iter()
        .filter(|warning| warning.phase == phase && warning.kind != PhaseWarningKind::Missing)
        .copied()
        .collect();
    let from = form.field(
        pointer(phase, "starts_at"),
        |draft| draft.window(phase).from.clone(),
        move |draft, value| draft.window_mut(phase).from = value,
    );
    let until = form.field(
        pointer(phase, "ends_at"),
        |draft| draft.window(phase).until.clone(),
        move |draft, value| draft.window_mut(phase).until = value,
    );
    let clear = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            form.edit(move |draft| *draft.window_mut(phase) = Default::default());
        })
    };
    let filled = !window.from.is_empty() || !window.until.is_empty();
    let backwards = until.error == Some(FieldCode::OutOfRange);
    html! {
        <div role="group" aria-label={name} class="gestfg-phase-fields">
            <TextField field={from} label={t.phase_from()} kind="datetime-local" />
            <TextField
                field={until}
                label={t.phase_until()}
                kind="datetime-local"
                says={backwards.then(|| AttrValue::Static(t.call_end_before_start()))}
            />
            <div class="gestfg-phase-fields__clear">
                if filled {
                    <Button
                        label={t.clear_phase_named(name)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Times}
                        icon_only=true
                        onclick={clear}
                    />
                }
            </div>
            if !own.is_empty() {
                <div class="gestfg-phase-fields__warnings"><PhaseWarnings warnings={own} /></div>
            }
        </div>
    }
}
