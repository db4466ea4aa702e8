//! Asking a service outside.

use crate::app::AppState;
use crate::auth::secret_token;
use crate::config::{Config, SimilarityService};
use crate::error::AppResult;
use crate::models::document::hexadecimal;
use crate::models::similarity_report::{self, Due, LINK};
use crate::routes::BASE;
use crate::similarity_signature::{SIGNATURE, TIMESTAMP, sign};
use chrono::{DateTime, Utc};
use gestfg_types::similarity::SimilarityQuestion;
use std::time::Duration;

/// How long the service may take to say that it has understood.
const PATIENCE: Duration = Duration::from_secs(15);

/// What asks the service.
#[derive(Debug, Clone)]
pub struct Asker {
    service: SimilarityService,
    client: reqwest::Client,
}

impl Asker {
    /// As the configuration says; none without a service.
    ///
    /// # Errors
    /// When no client is to be had.
    pub fn from_config(config: &Config) -> anyhow::Result<Option<Self>> {
        let Some(service) = config.similarity_service.clone() else { return Ok(None) };
        // What sends the requests has no cryptography of its own; ours is ring.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            // It is asked where the configuration says, and nowhere it would send us.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(service.url.scheme() == "https")
            .user_agent("GesTFG")
            .build()?;
        Ok(Some(Self { service, client }))
    }
}

/// Ask what is due to be asked. Says whether there was something.
///
/// # Errors
/// When the database cannot be reached. A service that does not listen is asked
/// again after 1, 3, 9 … minutes.
pub async fn ask_next(state: &AppState, asker: &Asker) -> AppResult<bool> {
    let (token, now) = (secret_token::generate(), state.clock.now());
    let hidden = token.clone();
    let due = state.db.write(move |conn| Ok(similarity_report::claim_due(conn, &hidden, now)?)).await?;
    let Some(due) = due else { return Ok(false) };
    let error = ask(state, asker, &due, &token, now).await.err();
    if let Some(error) = &error {
        tracing::warn!(
            document = due.document_id,
            attempt = due.attempts,
            error,
            "the similarity service was not reached"
        );
    }
    state.db.write(move |conn| Ok(similarity_report::set_asked(conn, &due, error.as_deref())?)).await?;
    Ok(true)
}

async fn ask(
    state: &AppState,
    asker: &Asker,
    due: &Due,
    token: &str,
    now: DateTime<Utc>,
) -> Result<(), String> {
    let here = format!("{}{BASE}/similarity-reports/{}", state.config.public_url, due.id);
    let question = SimilarityQuestion {
        id: due.id.to_string(),
        media_type: due.media_type.clone(),
        size: due.size,
        sha256: hexadecimal(&due.sha256),
        content_url: format!("{here}/content?token={token}"),
        expires_at: now + LINK,
        answer_url: format!("{here}/answer"),
    };
    let body = serde_json::to_vec(&question).map_err(|error| error.to_string())?;
    let timestamp = now.timestamp().to_string();
    let signature = sign(&asker.service, &timestamp, &question.id, &body);
    let answer = asker
        .client
        .post(asker.service.url.clone())
        .header("Content-Type", "application/json")
        .header(TIMESTAMP, timestamp)
        .header(SIGNATURE, signature)
        .body(body)
        .send()
        .await
        // Its address may hold a secret.
        .map_err(|error| error.without_url().to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("it answered {}", answer.status())) }
}
