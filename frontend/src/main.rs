//! Mounts the application, nothing else.

fn main() {
    yew::Renderer::<gestfg_frontend::app::App>::new().render();
}
