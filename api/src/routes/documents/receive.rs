//! Taking the bytes of a document as they come, never beyond the limit.

use crate::domain::documents::{HEAD, sniff};
use crate::error::{AppError, AppResult};
use crate::storage::Incoming;
use actix_web::web::{Bytes, Payload};
use futures_util::StreamExt;
use gestfg_types::documents::DocumentFormat;
use gestfg_types::errors::ErrorCode;
use std::time::Duration;

/// How long an upload may bring nothing.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes read and thrown away after a refusal, so that a browser which is
/// still sending gets to see it.
const DRAINED: u64 = 64 * 1024 * 1024;

/// Take everything, as long as it is one of these formats and not too large.
pub(super) async fn receive(
    incoming: &mut Incoming,
    body: &mut Payload,
    formats: &[DocumentFormat],
    limit: u64,
) -> AppResult<DocumentFormat> {
    let (mut head, mut format) = (Vec::with_capacity(HEAD), None);
    while let Some(bytes) = next(body).await? {
        if format.is_none() {
            head.extend_from_slice(&bytes[..bytes.len().min(HEAD - head.len())]);
            if head.len() == HEAD {
                format = Some(known(&head, formats)?);
            }
        }
        if incoming.size() + bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        incoming.take(&bytes).await?;
    }
    format.map_or_else(|| known(&head, formats), Ok)
}

fn known(head: &[u8], formats: &[DocumentFormat]) -> AppResult<DocumentFormat> {
    if let Some(format) = sniff(head).filter(|format| formats.contains(format)) {
        return Ok(format);
    }
    let wanted: Vec<_> = formats.iter().map(|format| format.as_str().to_uppercase()).collect();
    Err(AppError::refuse(
        ErrorCode::UnsupportedMediaType,
        format!("By its content the file is no {}.", wanted.join(" and no ")),
    ))
}

/// The refusal of what is larger than allowed.
pub(super) fn too_large(limit: u64) -> AppError {
    AppError::refuse(ErrorCode::TooLarge, format!("A document has at most {} MB.", limit / (1024 * 1024)))
}

async fn next(body: &mut Payload) -> AppResult<Option<Bytes>> {
    let broken = |cause: String| {
        AppError::refuse(ErrorCode::MalformedRequest, format!("The upload broke off: {cause}."))
    };
    match tokio::time::timeout(PATIENCE, body.next()).await {
        Ok(Some(bytes)) => bytes.map(Some).map_err(|error| broken(error.to_string())),
        Ok(None) => Ok(None),
        Err(silence) => Err(broken(silence.to_string())),
    }
}

/// Read on after a refusal, up to a point.
pub(super) async fn drain(body: &mut Payload) {
    let mut seen = 0_u64;
    while let Ok(Some(bytes)) = next(body).await {
        seen += bytes.len() as u64;
        if seen > DRAINED {
            return;
        }
    }
}
