//! Logging in, out and getting back in.

use super::{ApiError, Client};
use gestfg_types::accounts::{MailPromised, RedeemLink, Register, RequestPasswordReset};
use gestfg_types::master::Configuration;
use gestfg_types::session::{LogIn, SessionOpened};

/// Opens a session.
pub async fn log_in(client: &Client, credentials: &LogIn) -> Result<SessionOpened, ApiError> {
    client.post("/session").json(credentials).fetch().await
}

/// Ends the session on the server.
pub async fn log_out(client: &Client) -> Result<(), ApiError> {
    client.delete("/session").done().await
}

/// Asks for an account.
pub async fn register(client: &Client, request: &Register) -> Result<MailPromised, ApiError> {
    client.create("/registration").json(request).fetch().await
}

/// Asks for a link that sets a new password.
pub async fn request_password_reset(
    client: &Client,
    request: &RequestPasswordReset,
) -> Result<MailPromised, ApiError> {
    client.create("/password-resets").json(request).fetch().await
}

/// Sets a password by a one-time link.
pub async fn redeem_link(client: &Client, request: &RedeemLink) -> Result<(), ApiError> {
    client.post("/password-resets/redeem").json(request).done().await
}

/// What everyone may know about this installation.
pub async fn configuration(client: &Client) -> Result<Configuration, ApiError> {
    client.get("/configuration").fetch().await
}
