use crate::draw::{draw, words};
use gestfg_frontend::api::ApiError;
use gestfg_frontend::api::client::read_refusal;
use gestfg_frontend::components::{LoadingShape, draw_remote};
use gestfg_frontend::hooks::{Remote, RemoteHandle};
use std::rc::Rc;
use yew::prelude::*;

fn handle(state: Remote<String>, latest: Option<&str>) -> RemoteHandle<String> {
    RemoteHandle {
        state,
        latest: latest.map(|text| Rc::new(text.to_owned())),
        reload: Callback::noop(),
        refresh: Callback::noop(),
        replace: Callback::noop(),
    }
}

fn view(state: Remote<String>, latest: Option<&str>) -> Html {
    draw_remote(&handle(state, latest), LoadingShape::Rows, |text| html! { <p>{ text }</p> })
}

#[tokio::test]
async fn what_is_on_its_way_says_so() {
    for html in [draw(|| view(Remote::Idle, None)).await, draw(|| view(Remote::Loading, None)).await] {
        assert!(html.contains("role=\"status\""));
        assert_eq!(words(&html), "Cargando…");
    }
}

#[tokio::test]
async fn the_former_answer_stays_while_the_next_comes() {
    let html = draw(|| view(Remote::Loading, Some("antes"))).await;
    assert!(html.contains("aria-busy=\"true\""));
    assert_eq!(words(&html), "antes");
}

#[tokio::test]
async fn what_came_is_drawn() {
    let html = draw(|| view(Remote::Ready(Rc::new("aquí".to_owned())), None)).await;
    assert_eq!(words(&html), "aquí");
}

#[tokio::test]
async fn a_failure_says_why_and_offers_to_retry() {
    let html = draw(|| view(Remote::Failed(ApiError::Network), Some("antes"))).await;
    assert!(html.contains("role=\"alert\""));
    assert!(words(&html).ends_with("Reintentar"));
    assert!(!html.contains("antes"));
}

#[tokio::test]
async fn a_fault_of_the_server_gives_the_code_to_quote() {
    let html = draw(|| {
        let text =
            r#"{"type":"about:blank","code":"internal","title":"","status":500,"detail":"","request_id":"abc-1"}"#;
        view(Remote::Failed(read_refusal(500, text)), None)
    })
    .await;
    assert!(html.contains("abc-1"));
}
