//! Projects: from draft to the catalogue and out of it.

use utoipa_actix_web::service_config::ServiceConfig;

mod content;
mod create;
mod delete;
mod find;
mod list;
mod step;
mod update;

/// The operations on projects.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_projects)
        .service(create::create_project)
        .service(find::find_project)
        .service(update::update_project)
        .service(delete::delete_project);
}
