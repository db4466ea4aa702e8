//! The steps of a student's project.

use super::icon::{Icon, IconName};
use crate::format::{Dates, use_dates};
use crate::i18n::{Texts, use_texts};
use gestfg_types::calendar::{StepProgress, StepStanding};
use yew::prelude::*;

/// Properties of [`Stepper`].
#[derive(Properties, PartialEq)]
pub struct StepperProps {
    /// The steps in order.
    pub steps: Vec<StepProgress>,
}

/// The dates of a step that matter as it stands.
#[must_use]
pub fn step_dates(step: &StepProgress, t: Texts, dates: &Dates) -> Option<String> {
    match step.standing {
        StepStanding::Done => step.done_at.map(|at| t.done_on(&dates.date(at))),
        StepStanding::Current => step.closes_at.map(|at| t.until(&dates.deadline(at))),
        StepStanding::Missed => step.closes_at.map(|at| t.closed_on(&dates.deadline(at))),
        StepStanding::Waiting | StepStanding::Ahead => step.opens_at.map(|at| t.opens_on(&dates.date(at))),
    }
}

/// How far a project has come: what is done, what to do now, what follows.
#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let step = |(index, step): (usize, &StepProgress)| {
        let (class, icon) = match step.standing {
            StepStanding::Done => ("pf-m-success", Some(IconName::Check)),
            StepStanding::Current => ("pf-m-info", None),
            StepStanding::Missed => ("pf-m-danger", Some(IconName::Danger)),
            StepStanding::Waiting | StepStanding::Ahead => ("pf-m-pending", None),
        };
        let current = matches!(step.standing, StepStanding::Current | StepStanding::Waiting);
        html! {
            <li
                key={step.step.as_str()}
                class={classes!("pf-v6-c-progress-stepper__step", class, current.then_some("pf-m-current"))}
                aria-current={current.then_some("step")}
            >
                <div class="pf-v6-c-progress-stepper__step-connector">
                    <span class="pf-v6-c-progress-stepper__step-icon" aria-hidden="true">
                        if let Some(name) = icon {
                            <Icon {name} />
                        } else {
                            { index + 1 }
                        }
                    </span>
                </div>
                <div class="pf-v6-c-progress-stepper__step-main">
                    <div class="pf-v6-c-progress-stepper__step-title">{ t.progress_step(step.step) }</div>
                    <div class="pf-v6-c-progress-stepper__step-description">
                        <span class={classes!((step.standing == StepStanding::Ahead).then_some("pf-v6-screen-reader"))}>
                            { t.step_standing(step.standing) }
                        </span>
                        if let Some(when) = step_dates(step, t, &dates) {
                            <span class="gestfg-stepper__when">{ when }</span>
                        }
                    </div>
                </div>
            </li>
        }
    };
    html! {
        <div class="gestfg-stepper">
            <ol class="pf-v6-c-progress-stepper" role="list" aria-label={t.my_project_steps()}>
                { for props.steps.iter().enumerate().map(step) }
            </ol>
        </div>
    }
}
