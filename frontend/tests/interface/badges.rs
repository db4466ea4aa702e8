use crate::draw::{draw, draw_in, words};
use gestfg_frontend::components::{AssignmentBadge, ProjectBadge, TakenBadge};
use gestfg_types::assignments::AssignmentState;
use gestfg_types::projects::ProjectState;
use gestfg_types::session::Language;
use yew::prelude::*;

fn every_state() -> Html {
    html! { <>{ for ProjectState::ALL.map(|state| html! { <ProjectBadge {state} /> }) }</> }
}

#[tokio::test]
async fn a_state_is_said_in_words_and_by_an_icon() {
    let html = draw(every_state).await;
    assert_eq!(words(&html), "Borrador Enviado Validado Devuelto Publicado Retirado");
    assert_eq!(html.matches("<svg").count(), ProjectState::ALL.len());
    let english = draw_in(Language::En, every_state).await;
    assert_eq!(words(&english), "Draft Submitted Validated Sent back Published Withdrawn");
}

#[tokio::test]
async fn whether_a_project_can_be_had_is_not_colour_alone() {
    let html = draw(|| {
        html! {
            <>
                <TakenBadge is_assigned=true />
                <TakenBadge is_assigned=false />
                <AssignmentBadge state={AssignmentState::Cancelled} />
            </>
        }
    })
    .await;
    assert_eq!(words(&html), "Asignado Libre Anulada");
    assert_eq!(html.matches("<svg").count(), 3);
}
