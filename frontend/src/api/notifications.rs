//! What people are told, and how they want to be told.

use super::{ApiError, Client};
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::{
    Notification, NotificationPreference, NotificationPreferences, ReadNotifications, UnreadCounts,
    Unsubscribed,
};
use gestfg_types::pagination::Page;
use serde::Serialize;

/// The inbox under these filters, the newest first.
pub async fn list_notifications(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<Notification>, ApiError> {
    client.list("/notifications", filters).fetch().await
}

/// How many things wait to be read.
pub async fn unread_counts(client: &Client) -> Result<UnreadCounts, ApiError> {
    client.get("/notifications/unread").fetch().await
}

/// Marks one as read.
pub async fn read_notification(client: &Client, id: NotificationId) -> Result<(), ApiError> {
    client.post(&format!("/notifications/{id}/read")).done().await
}

/// Marks all as read up to the latest that was seen.
pub async fn read_notifications(client: &Client, up_to: NotificationId) -> Result<(), ApiError> {
    client.post("/notifications/read").json(&ReadNotifications { up_to }).done().await
}

/// How one wants to be told, kind by kind.
pub async fn notification_preferences(client: &Client) -> Result<NotificationPreferences, ApiError> {
    client.get("/me/notification-preferences").fetch().await
}

/// Wants to be told otherwise of one kind; the others stay.
pub async fn update_notification_preference(
    client: &Client,
    preference: NotificationPreference,
) -> Result<NotificationPreferences, ApiError> {
    let change = NotificationPreferences { items: vec![preference] };
    client.patch("/me/notification-preferences").json(&change).fetch().await
}

/// Ends the mails that a link in one of them is about.
pub async fn unsubscribe(client: &Client, token: &str) -> Result<Unsubscribed, ApiError> {
    client.post(&format!("/unsubscribe/{token}")).fetch().await
}
