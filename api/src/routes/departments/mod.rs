//! University departments.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod delete;
mod export;
mod find;
mod list;
mod update;

/// The operations on departments.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_departments)
        .service(export::export_departments)
        .service(create::create_department)
        .service(find::find_department)
        .service(update::update_department)
        .service(delete::delete_department);
}
