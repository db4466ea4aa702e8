//! What handlers take beside people and bodies: versions and idempotency keys.

use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::idempotency::{self, Answer};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::future::{Ready, ready};

/// The version an edit saw: the `If-Match` header. As an argument it makes the
/// header obligatory (428).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(Option<i32>);

impl IfMatch {
    /// Refuse to overwrite what the caller has not seen.
    ///
    /// # Errors
    /// `stale_version`.
    pub fn check(self, current: i32) -> AppResult<()> {
        match self.0 {
            Some(seen) if seen != current => Err(AppError::refuse(
                ErrorCode::StaleVersion,
                "Someone else changed it after you read it. Read it again and repeat your change.",
            )),
            _ => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else {
            return ready(Err(AppError::refuse(
                ErrorCode::VersionRequired,
                "Send the version you saw (the ETag) in the If-Match header.",
            )));
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return ready(Ok(Self(None)));
        }
        let version = text.trim_start_matches("W/").trim_matches('"').parse().ok();
        // A tag we never gave out matches nothing (RFC 9110, 13.1.1).
        ready(Ok(Self(Some(version.unwrap_or(-1)))))
    }
}

/// The `ETag` of a version.
#[must_use]
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// The `Idempotency-Key` of a creation, if one was sent.
#[derive(Debug, Clone)]
pub struct Idempotency {
    key: Option<String>,
    scope: String,
}

impl FromRequest for Idempotency {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let scope = format!("{} {}", request.method(), request.path());
        let Some(value) = request.headers().get("idempotency-key") else {
            return ready(Ok(Self { key: None, scope }));
        };
        let key = value.to_str().unwrap_or_default();
        if key.is_empty() || key.len() > 255 {
            return ready(Err(AppError::refuse(
                ErrorCode::InvalidIdempotencyKey,
                "An Idempotency-Key has 1 to 255 visible ASCII characters.",
            )));
        }
        ready(Ok(Self { key: Some(key.to_owned()), scope }))
    }
}

/// Something that was created.
#[derive(Debug, Clone)]
pub struct Created<T> {
    /// Its path.
    pub location: String,
    /// Its version, if it has one.
    pub version: Option<i32>,
    /// Itself.
    pub body: T,
}

impl Idempotency {
    /// Create, or repeat the answer given to the same key before. To be called
    /// inside the transaction that creates, so that both are kept or neither.
    ///
    /// # Errors
    /// `idempotency_conflict`, and those of `create`.
    pub fn once<B: Serialize, T: Serialize>(
        &self,
        conn: &mut PgConnection,
        user: &CurrentUser,
        now: DateTime<Utc>,
        body: &B,
        create: impl FnOnce(&mut PgConnection) -> AppResult<Created<T>>,
    ) -> AppResult<Answer> {
        let hash = |body: &B| -> AppResult<Vec<u8>> {
            let text = serde_json::to_vec(body).map_err(AppError::internal)?;
            Ok(Sha256::new().chain_update(&self.scope).chain_update(text).finalize().to_vec())
        };
        if let Some(key) = &self.key
            && let Some(answer) = idempotency::claim(conn, user.id, key, &hash(body)?, now)?
        {
            return Ok(answer);
        }
        let Created { location, version, body } = create(conn)?;
        let body = serde_json::to_value(body).map_err(AppError::internal)?;
        let answer = Answer { location, etag: version.map(etag), body };
        if let Some(key) = &self.key {
            idempotency::keep(conn, user.id, key, &answer)?;
        }
        Ok(answer)
    }
}

/// 201 with `Location` and `ETag`.
#[must_use]
pub fn created(answer: &Answer) -> HttpResponse {
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, answer.location.as_str()));
    if let Some(tag) = &answer.etag {
        response.insert_header((header::ETAG, tag.as_str()));
    }
    response.json(&answer.body)
}

/// 200 with the `ETag` of a version.
#[must_use]
pub fn versioned<T: Serialize>(version: i32, body: &T) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, etag(version))).json(body)
}
