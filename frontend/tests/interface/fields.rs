use crate::draw::{draw, words};
use gestfg_frontend::components::{Choice, ConfirmDialog, SelectField, TextField};
use gestfg_frontend::hooks::Field;
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

fn field(error: Option<FieldCode>) -> Field<String> {
    Field {
        id: "project-title".into(),
        value: "Redes".to_owned(),
        error,
        onchange: Callback::noop(),
        onleave: Callback::noop(),
        disabled: false,
    }
}

#[tokio::test]
async fn a_field_is_tied_to_its_label_and_its_help() {
    let html =
        draw(|| html! { <TextField field={field(None)} label="Título" help="Corto" required=true /> }).await;
    assert!(html.contains("for=\"project-title\""));
    assert!(html.contains("id=\"project-title\""));
    assert!(html.contains("aria-describedby=\"project-title-help\""));
    assert!(html.contains("id=\"project-title-help\""));
    assert!(html.contains("aria-required=\"true\""));
    assert!(!html.contains("aria-invalid"));
    assert_eq!(words(&html), "Título * Corto");
}

#[tokio::test]
async fn what_is_wrong_takes_the_place_of_the_help() {
    let html = draw(|| {
        html! { <TextField field={field(Some(FieldCode::TooLong))} label="Título" help="Corto" /> }
    })
    .await;
    assert!(html.contains("aria-invalid=\"true\""));
    assert_eq!(words(&html), "Título Es demasiado largo.");
}

#[tokio::test]
async fn the_counter_shows_near_the_end() {
    let html = draw(|| html! { <TextField field={field(None)} label="Título" max=6 /> }).await;
    assert_eq!(words(&html), "Título 5/6");
    let html = draw(|| html! { <TextField field={field(None)} label="Título" max=250 /> }).await;
    assert_eq!(words(&html), "Título");
}

#[tokio::test]
async fn the_chosen_value_is_selected() {
    let html = draw(|| {
        let choices = vec![Choice::new("Redes", "Redes de datos"), Choice::new(2, "Dos")];
        html! { <SelectField field={field(None)} label="Tipo" none="Ninguno" {choices} /> }
    })
    .await;
    assert_eq!(words(&html), "Tipo Ninguno Redes de datos Dos");
    assert!(html.contains("<option value=\"Redes\" selected"));
}

#[tokio::test]
async fn a_dialog_says_what_will_happen_and_can_be_left() {
    let html = draw(|| {
        html! {
            <ConfirmDialog
                title="¿Retirar?"
                confirm="Retirar"
                danger=true
                onconfirm={Callback::noop()}
                oncancel={Callback::noop()}
            >
                <p>{ "Se retira para siempre." }</p>
            </ConfirmDialog>
        }
    })
    .await;
    assert!(html.starts_with("<dialog"));
    assert_eq!(words(&html), "¿Retirar? Se retira para siempre. Retirar Cancelar");
}
