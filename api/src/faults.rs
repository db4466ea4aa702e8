//! Errors nobody expected, noted where an admin sees them. Noting one never
//! keeps an answer waiting and never fails it; when there are many at once,
//! some are only in the log.

use crate::app::AppState;
use crate::error::AppError;
use crate::metrics::route_of;
use crate::models::system;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;
use gestfg_types::errors::ErrorCode;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How much of an error is kept.
const LENGTH: usize = 500;

/// Who notes errors: one at a time.
#[derive(Clone)]
pub struct Faults(Arc<Semaphore>);

impl Default for Faults {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

/// Notes requests that failed for a reason of ours, after their answer.
///
/// # Errors
/// Those of the service within.
pub async fn note(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let response = next.call(request).await?;
    if let Some(text) = unexpected(&response) {
        note_down(&response, &text);
    }
    Ok(response)
}

/// The cause of a failure, if it was ours.
fn unexpected<B>(response: &ServiceResponse<B>) -> Option<String> {
    if response.status().as_u16() != 500 {
        return None;
    }
    let error = response.response().error()?.as_error::<AppError>()?;
    (error.code() == ErrorCode::Internal).then(|| error.cause().unwrap_or_default())
}

fn note_down<B>(response: &ServiceResponse<B>, text: &str) {
    let request = response.request();
    let Some(state) = request.app_data::<web::Data<AppState>>() else { return };
    let Ok(turn) = Arc::clone(&state.faults.0).try_acquire_owned() else { return };
    let (db, now) = (state.db.clone(), state.clock.now());
    let row = system::NewError {
        happened_at: now,
        request_id: crate::request_log::current_id().unwrap_or_default(),
        operation: format!("{} {}", request.method(), route_of(request)),
        error: scrub(text),
    };
    actix_web::rt::spawn(async move {
        if let Err(error) = db.write(move |conn| Ok(system::note_error(conn, &row)?)).await {
            tracing::warn!(%error, "an error could not be noted");
        }
        drop(turn);
    });
}

/// An error without what may be of a person: addresses, numbers, and texts in
/// quotes that are no name of ours.
fn scrub(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (n, part) in text.split('"').enumerate() {
        let is_quoted = n % 2 == 1;
        if n > 0 {
            kept.push('"');
        }
        if is_quoted && !is_name(part) {
            kept.push('…');
        } else {
            kept.push_str(&without_words_of_people(part));
        }
    }
    kept.chars().take(LENGTH).collect()
}

/// Names of tables, columns and constraints, as ours are.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !text.chars().all(|c| c.is_ascii_digit())
}

fn without_words_of_people(text: &str) -> String {
    let hides = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        word.contains('@') || digits > 4
    };
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            if hides(bare) { word.replacen(bare, "…", 1) } else { word.to_owned() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::scrub;

    #[test]
    fn what_may_be_of_a_person_is_left_out() {
        for (text, kept) in [
            (
                r#"null value in column "tutor_id" of relation "projects" violates not-null constraint"#,
                r#"null value in column "tutor_id" of relation "projects" violates not-null constraint"#,
            ),
            (
                r#"invalid input syntax for type bigint: "Marta Muestra""#,
                r#"invalid input syntax for type bigint: "…""#,
            ),
            ("no mail for ana@correo.ugr.es today", "no mail for … today"),
            ("DNI 12345678Z, id 42, at 10.20.30.40", "DNI … id 42, at …"),
            (r#"an open "quote of Marta"#, r#"an open "…"#),
            ("", ""),
        ] {
            assert_eq!(scrub(text), kept);
        }
        assert_eq!(scrub(&"ñ ".repeat(600)).chars().count(), 500);
    }
}
