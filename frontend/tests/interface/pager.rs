use crate::draw::{draw, words};
use gestfg_frontend::components::Pager;
use yew::prelude::*;

#[tokio::test]
async fn a_list_of_one_page_has_no_buttons() {
    let html = draw(|| html! { <Pager total=3 shown=3 onpage={Callback::noop()} /> }).await;
    assert_eq!(words(&html), "3 resultados");
    assert!(!html.contains("<button"));
}

#[tokio::test]
async fn the_first_page_leads_only_onwards() {
    let html = draw(
        || html! { <Pager total=60 shown=25 next={Some("abc".to_owned())} onpage={Callback::noop()} /> },
    )
    .await;
    assert_eq!(words(&html), "25 de 60 resultados Anterior Siguiente");
    let buttons: Vec<&str> = html.split("<button").skip(1).collect();
    assert!(buttons[0].contains("disabled"));
    assert!(!buttons[1].contains("disabled"));
}

#[tokio::test]
async fn the_last_page_leads_only_back() {
    let html = draw(|| html! { <Pager total=60 shown=10 cursor="xyz" onpage={Callback::noop()} /> }).await;
    let buttons: Vec<&str> = html.split("<button").skip(1).collect();
    assert!(!buttons[0].contains("disabled"));
    assert!(buttons[1].contains("disabled"));
}
