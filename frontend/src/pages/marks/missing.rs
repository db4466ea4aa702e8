//! What is missing before marks can be published or minutes closed.

use crate::api::ApiError;
use crate::components::{Alert, RouteLink, Tone};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::ids::DefenceId;
use gestfg_types::minutes::{Missing, MissingPart};
use yew::prelude::*;

/// What is missing, as a sentence.
pub(super) fn sentence(t: Texts, missing: &Missing) -> String {
    let student = missing.student.name.as_str();
    let professor = missing.professor.as_ref().map_or("", |person| person.name.as_str());
    match missing.part {
        MissingPart::Defence => t.missing_defence(student),
        MissingPart::Outcome => t.missing_outcome(student),
        MissingPart::TutorReport => t.missing_report(professor, student),
        MissingPart::Marks => t.missing_marks(professor, student),
        MissingPart::AgreedMark => t.missing_agreed(professor, student),
        MissingPart::Answer => t.missing_answer(student),
        MissingPart::Honours => t.grading_missing_decide().to_owned(),
    }
}

/// Properties of [`MissingList`].
#[derive(Properties, PartialEq)]
pub(super) struct MissingListProps {
    /// Everything.
    pub(super) missing: Vec<Missing>,
}

/// Everything that is missing, each with the way to its defence.
#[component]
pub(super) fn MissingList(props: &MissingListProps) -> Html {
    let t = use_texts();
    let item = |missing: &Missing| {
        let words = sentence(t, missing);
        html! {
            <li>
                if let Some(id) = missing.defence_id {
                    <RouteLink to={Route::DefenceMarks { id }}>{ words }</RouteLink>
                } else {
                    { words }
                }
            </li>
        }
    };
    html! {
        <Alert tone={Tone::Warning} title={t.grading_missing()}>
            <ul class="pf-v6-c-list" role="list">{ for props.missing.iter().map(item) }</ul>
        </Alert>
    }
}

/// The defences a refusal names.
pub(super) fn named(error: &ApiError) -> Vec<DefenceId> {
    let ids = error.field_errors().iter().filter_map(|found| found.pointer.strip_prefix("/defences/"));
    ids.filter_map(|id| id.parse().ok().map(DefenceId)).collect()
}
