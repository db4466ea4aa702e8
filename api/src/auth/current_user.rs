//! The person behind a request, as an argument of its handler.

use crate::config::Config;
use crate::domain::actor::Actor;
use crate::error::{AppError, AppResult};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use gestfg_types::accounts::TokenScope;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ApiTokenId;
use gestfg_types::session::Language;
use std::future::{Ready, ready};
use std::ops::Deref;
use uuid::Uuid;

/// Where a request came from, for the audit log.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The client's address, as far as the proxy is trusted.
    pub address: Option<String>,
    /// The request's id.
    pub request_id: Option<String>,
}

/// By which key a person came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Logged in, under this log-in.
    Session(Uuid),
    /// A personal API token.
    ApiToken(ApiTokenId, TokenScope),
}

/// The signed-in person. As an argument: no token, no further (401), before
/// the body is looked at.
#[derive(Debug, Clone)]
pub struct CurrentUser {
    /// What rules need to know of them.
    pub actor: Actor,
    /// Given name and family names.
    pub name: String,
    /// The language of their mails.
    pub language: Language,
    /// By which key they came in.
    pub key: Key,
    /// From where.
    pub origin: Origin,
}

impl Deref for CurrentUser {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl CurrentUser {
    /// The log-in they came by.
    ///
    /// # Errors
    /// `forbidden` for API tokens: passwords and tokens are for people.
    pub fn session(&self) -> AppResult<Uuid> {
        match self.key {
            Key::Session(id) => Ok(id),
            Key::ApiToken(..) => Err(AppError::forbidden("Personal tokens cannot do this; log in.")),
        }
    }
}

impl FromRequest for CurrentUser {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(find(request).ok_or_else(|| AppError::code_only(ErrorCode::NotAuthenticated)))
    }
}

fn find(request: &HttpRequest) -> Option<CurrentUser> {
    request.extensions().get::<CurrentUser>().cloned()
}

/// When the access token of a request runs out; personal tokens live longer
/// than any request.
#[derive(Debug, Clone, Copy)]
pub struct ValidUntil(pub Option<DateTime<Utc>>);

impl FromRequest for ValidUntil {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().copied().unwrap_or(Self(None))))
    }
}

/// Whoever is asking, signed in or not.
#[derive(Debug, Clone)]
pub struct Viewer(pub Option<CurrentUser>);

impl Viewer {
    /// What rules need to know of them.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.0.as_ref().map(|user| &user.actor)
    }

    /// Their language, or the institution's.
    #[must_use]
    pub fn language(&self, config: &Config) -> Language {
        self.0.as_ref().map_or(config.default_language, |user| user.language)
    }
}

impl FromRequest for Viewer {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(find(request))))
    }
}

/// A signed-in admin (else 401 or 403, before the body is looked at).
#[derive(Debug, Clone)]
pub struct Admin(pub CurrentUser);

impl Deref for Admin {
    type Target = CurrentUser;
    fn deref(&self) -> &CurrentUser {
        &self.0
    }
}

impl FromRequest for Admin {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match find(request) {
            None => Err(AppError::code_only(ErrorCode::NotAuthenticated)),
            Some(user) if user.is_admin => Ok(Self(user)),
            Some(_) => Err(AppError::forbidden("Only an admin may do this.")),
        })
    }
}

impl FromRequest for Origin {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_default()))
    }
}
