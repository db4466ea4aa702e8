//! Projects: from draft to the catalogue and out of it.

use utoipa_actix_web::service_config::ServiceConfig;

mod content;
mod create;
mod delete;
mod duplicate;
mod export;
mod find;
mod list;
mod publish;
mod reject;
mod reopen;
mod similar;
mod step;
mod submit;
mod unpublish;
mod update;
mod validate;
mod withdraw;

pub(super) use step::given;

/// The operations on projects.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_projects)
        .service(export::export_projects)
        .service(create::create_project)
        .service(find::find_project)
        .service(update::update_project)
        .service(delete::delete_project)
        .service(submit::submit_project)
        .service(validate::validate_project)
        .service(reject::reject_project)
        .service(reopen::reopen_project)
        .service(publish::publish_project)
        .service(unpublish::unpublish_project)
        .service(withdraw::withdraw_project)
        .service(duplicate::duplicate_project)
        .service(similar::similar_projects);
}
