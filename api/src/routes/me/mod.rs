//! One's own account.

use utoipa_actix_web::service_config::ServiceConfig;

mod calendar_feed;
mod due;
mod export;
mod find;
mod notification_preferences;
mod password;
mod tokens;
mod update;

/// The operations on oneself.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(find::find_me)
        .service(update::update_me)
        .service(password::change_password)
        .service(export::export_me)
        .service(tokens::list_tokens)
        .service(tokens::create_token)
        .service(calendar_feed::find_calendar_feed)
        .service(calendar_feed::create_calendar_feed)
        .service(calendar_feed::delete_calendar_feed)
        .service(due::list_duties)
        .service(due::find_progress)
        .service(tokens::revoke_token)
        .service(notification_preferences::find_preferences)
        .service(notification_preferences::update_preferences);
}
