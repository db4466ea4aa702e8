//! The steps of the wizard, and where one is.

use crate::components::{Icon, IconName};
use crate::i18n::{Texts, use_texts};
use yew::prelude::*;

/// The steps of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    File,
    Columns,
    Rows,
    Result,
}

impl Step {
    const ALL: [Self; 4] = [Self::File, Self::Columns, Self::Rows, Self::Result];

    const fn label(self, t: Texts) -> &'static str {
        match self {
            Self::File => t.step_file(),
            Self::Columns => t.step_columns(),
            Self::Rows => t.step_rows(),
            Self::Result => t.step_result(),
        }
    }

    /// As it stands in the URL.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Columns => "columns",
            Self::Rows => "rows",
            Self::Result => "result",
        }
    }

    /// The step of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct StepsProps {
    /// Where one is.
    pub(super) current: Step,
    /// The last step that is done.
    #[prop_or_default]
    pub(super) done: Option<Step>,
    /// The steps one may go to.
    #[prop_or_default]
    pub(super) open: Vec<Step>,
    /// Go there.
    #[prop_or_default]
    pub(super) onstep: Callback<Step>,
}

/// The steps in their order; those that are open can be gone to.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let t = use_texts();
    let step = |step: Step| {
        let current = step == props.current;
        let done = props.done.is_some_and(|last| step <= last);
        let (class, mark) = match (current, done) {
            (true, _) => ("pf-m-info", t.step_current_mark()),
            (false, true) => ("pf-m-success", t.step_done_mark()),
            (false, false) => ("pf-m-pending", ""),
        };
        let onclick = props.onstep.reform(move |_: MouseEvent| step);
        html! {
            <li
                key={step.name()}
                class={classes!("pf-v6-c-progress-stepper__step", class, current.then_some("pf-m-current"))}
                aria-current={current.then_some("step")}
            >
                <div class="pf-v6-c-progress-stepper__step-connector">
                    <span class="pf-v6-c-progress-stepper__step-icon" aria-hidden="true">
                        if done && !current {
                            <Icon name={IconName::Check} />
                        } else {
                            { step as usize + 1 }
                        }
                    </span>
                </div>
                <div class="pf-v6-c-progress-stepper__step-main">
                    <div class="pf-v6-c-progress-stepper__step-title">
                        <span class="pf-v6-screen-reader">{ mark }{ " " }</span>
                        if !current && props.open.contains(&step) {
                            <button type="button" class="pf-v6-c-button pf-m-link pf-m-inline" {onclick}>
                                { step.label(t) }
                            </button>
                        } else {
                            { step.label(t) }
                        }
                    </div>
                </div>
            </li>
        }
    };
    html! {
        <nav aria-label={t.steps()} class="gestfg-steps">
            <ol class="pf-v6-c-progress-stepper" role="list">{ for Step::ALL.into_iter().map(step) }</ol>
        </nav>
    }
}
