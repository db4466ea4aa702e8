//! States in words, an icon and a colour: never in colour alone.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use gestfg_types::assignments::AssignmentState;
use gestfg_types::projects::ProjectState;
use yew::prelude::*;

/// The colour of a badge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    /// Neutral.
    #[default]
    Grey,
    /// In motion.
    Blue,
    /// Good.
    Green,
    /// Waiting.
    Orange,
    /// Bad.
    Red,
    /// Special.
    Purple,
    /// Halfway.
    Teal,
}

impl Colour {
    const fn class(self) -> &'static str {
        match self {
            Self::Grey => "",
            Self::Blue => "pf-m-blue",
            Self::Green => "pf-m-green",
            Self::Orange => "pf-m-orange",
            Self::Red => "pf-m-red",
            Self::Purple => "pf-m-purple",
            Self::Teal => "pf-m-teal",
        }
    }
}

/// Properties of [`Badge`].
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// What it says.
    pub label: AttrValue,
    /// Its colour.
    #[prop_or_default]
    pub colour: Colour,
    /// Its icon.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Only its outline.
    #[prop_or_default]
    pub outline: bool,
}

/// A short word in a coloured shape.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let class = classes!(
        "pf-v6-c-label",
        "pf-m-compact",
        props.colour.class(),
        props.outline.then_some("pf-m-outline"),
    );
    html! {
        <span {class}>
            <span class="pf-v6-c-label__content">
                if let Some(name) = props.icon {
                    <span class="pf-v6-c-label__icon"><Icon {name} /></span>
                }
                <span class="pf-v6-c-label__text">{ props.label.clone() }</span>
            </span>
        </span>
    }
}

/// Properties of [`ProjectBadge`].
#[derive(Properties, PartialEq)]
pub struct ProjectBadgeProps {
    /// Where the project is in its life.
    pub state: ProjectState,
}

/// Where a project is in its life.
#[component]
pub fn ProjectBadge(props: &ProjectBadgeProps) -> Html {
    let t = use_texts();
    let (icon, colour) = match props.state {
        ProjectState::Draft => (IconName::Edit, Colour::Grey),
        ProjectState::Submitted => (IconName::Clock, Colour::Orange),
        ProjectState::Validated => (IconName::CheckCircle, Colour::Teal),
        ProjectState::Rejected => (IconName::TimesCircle, Colour::Red),
        ProjectState::Published => (IconName::Globe, Colour::Green),
        ProjectState::Withdrawn => (IconName::Archive, Colour::Grey),
    };
    html! { <Badge label={t.project_state(props.state)} {icon} {colour} /> }
}

/// Properties of [`AssignmentBadge`].
#[derive(Properties, PartialEq)]
pub struct AssignmentBadgeProps {
    /// Where the assignment is.
    pub state: AssignmentState,
}

/// Where an assignment is.
#[component]
pub fn AssignmentBadge(props: &AssignmentBadgeProps) -> Html {
    let t = use_texts();
    let (icon, colour) = match props.state {
        AssignmentState::Active => (IconName::User, Colour::Blue),
        AssignmentState::Finished => (IconName::CheckCircle, Colour::Green),
        AssignmentState::Cancelled => (IconName::TimesCircle, Colour::Grey),
    };
    html! { <Badge label={t.assignment_state(props.state)} {icon} {colour} /> }
}

/// Properties of [`TakenBadge`].
#[derive(Properties, PartialEq)]
pub struct TakenBadgeProps {
    /// Whether students have the project.
    pub is_assigned: bool,
}

/// Whether a published project can still be had.
#[component]
pub fn TakenBadge(props: &TakenBadgeProps) -> Html {
    let t = use_texts();
    if props.is_assigned {
        html! { <Badge label={t.assigned()} icon={IconName::User} colour={Colour::Purple} /> }
    } else {
        html! { <Badge label={t.free()} icon={IconName::Check} colour={Colour::Green} /> }
    }
}
