//! The one way to the server.

use super::error::ApiError;
use crate::session::Credentials;
use gestfg_types::errors::{ErrorCode, Problem};
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::ReadableStream;

/// Where the API lives, on the same origin as the page.
pub const BASE: &str = "/api/v1";

/// Sends requests as the signed-in person. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    credentials: Rc<Credentials>,
    signal: Option<web_sys::AbortSignal>,
    unanswered: Rc<RefCell<Option<Unanswered>>>,
}

/// A creation whose outcome is unknown: sending the same again must not make
/// a second one, so its key is kept.
struct Unanswered {
    request: String,
    key: String,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.credentials, &other.credentials) && self.signal == other.signal
    }
}

/// What the body of a request is.
#[derive(Clone)]
enum Body {
    None,
    Json(String),
    Form(web_sys::FormData),
    File(web_sys::File, &'static str),
}

/// A request being put together.
pub struct Call {
    client: Client,
    method: Method,
    url: String,
    body: Body,
    if_match: Option<i32>,
    creates: bool,
    accept: &'static str,
}

impl Client {
    /// A client that asks with these credentials.
    #[must_use]
    pub fn new(credentials: Rc<Credentials>) -> Self {
        Self { credentials, signal: None, unanswered: Rc::default() }
    }

    /// The same client, whose requests end when `signal` says so.
    #[must_use]
    pub fn with_signal(&self, signal: Option<web_sys::AbortSignal>) -> Self {
        Self { signal, ..self.clone() }
    }

    /// The token to send, as the credentials keep it.
    pub(super) async fn usable_token(&self) -> Result<Option<String>, ApiError> {
        self.credentials.usable_token().await
    }

    /// For how many seconds the token will still do, if there is one.
    #[must_use]
    pub fn token_seconds_left(&self) -> Option<i64> {
        self.credentials.seconds_left()
    }

    /// A new token, after one was refused.
    pub(super) async fn renewed_token(&self) -> Result<String, ApiError> {
        self.credentials.refresh().await
    }

    /// What ends the requests of this client.
    pub(super) const fn signal(&self) -> Option<&web_sys::AbortSignal> {
        self.signal.as_ref()
    }

    fn call(&self, method: Method, path: &str) -> Call {
        Call {
            client: self.clone(),
            method,
            url: format!("{BASE}{path}"),
            body: Body::None,
            if_match: None,
            creates: false,
            accept: "application/json",
        }
    }

    /// Reads.
    #[must_use]
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// Reads a list; empty parameters are left out.
    #[must_use]
    pub fn list(&self, path: &str, query: &impl Serialize) -> Call {
        let text = serde_urlencoded::to_string(query).unwrap_or_default();
        let kept: Vec<&str> =
            text.split('&').filter(|pair| !pair.ends_with('=') && !pair.is_empty()).collect();
        let mark = if kept.is_empty() { "" } else { "?" };
        self.get(&format!("{path}{mark}{}", kept.join("&")))
    }

    /// Does what the path says.
    #[must_use]
    pub fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    /// Creates: repeated after a lost answer, it is still one creation.
    #[must_use]
    pub fn create(&self, path: &str) -> Call {
        Call { creates: true, ..self.call(Method::POST, path) }
    }

    /// Replaces.
    #[must_use]
    pub fn put(&self, path: &str) -> Call {
        self.call(Method::PUT, path)
    }

    /// Changes what is given.
    #[must_use]
    pub fn patch(&self, path: &str) -> Call {
        self.call(Method::PATCH, path)
    }

    /// Removes.
    #[must_use]
    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }
}

impl Call {
    /// With this body, as JSON.
    #[must_use]
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = Body::Json(serde_json::to_string(body).unwrap_or_default());
        self
    }

    /// With this form, files included.
    #[must_use]
    pub fn form(mut self, form: web_sys::FormData) -> Self {
        self.body = Body::Form(form);
        self
    }

    /// With this file as it is, of this media type.
    #[must_use]
    pub fn file(mut self, file: &web_sys::File, media_type: &'static str) -> Self {
        self.body = Body::File(file.clone(), media_type);
        self
    }

    /// Only if it is still at the version that was read.
    #[must_use]
    pub fn if_match(mut self, version: i32) -> Self {
        self.if_match = Some(version);
        self
    }

    /// Sends it and reads the answer.
    ///
    /// # Errors
    /// Whatever kept the answer from coming.
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        let (status, text) = self.text().await?;
        read_body(status, &text)
    }

    async fn text(self) -> Result<(u16, String), ApiError> {
        let response = self.send().await?;
        let text = response.text().await.map_err(|error| network_error(&error))?;
        Ok((response.status(), text))
    }

    /// Sends it; the answer has nothing to read.
    ///
    /// # Errors
    /// Whatever kept it from being done.
    pub async fn done(self) -> Result<(), ApiError> {
        self.send().await.map(|_| ())
    }

    /// Sends it and gives the answer as a file.
    ///
    /// # Errors
    /// Whatever kept the file from coming.
    pub async fn download(mut self) -> Result<Vec<u8>, ApiError> {
        self.accept = "*/*";
        let response = self.send().await?;
        response.binary().await.map_err(|error| network_error(&error))
    }

    /// Sends it and gives the answer as it comes, without end.
    ///
    /// # Errors
    /// Whatever kept the answer from beginning.
    pub async fn stream(mut self) -> Result<ReadableStream, ApiError> {
        self.accept = "text/event-stream";
        let response = self.send().await?;
        response.body().ok_or_else(|| ApiError::Unexpected(response.status()))
    }

    async fn send(self) -> Result<Response, ApiError> {
        let key = self.idempotency_key();
        let token = self.client.credentials.usable_token().await?;
        let had_token = token.is_some();
        let mut answer = self.once(token.as_deref(), key.as_deref()).await;
        if had_token && answer.as_ref().err().and_then(ApiError::code) == Some(ErrorCode::NotAuthenticated) {
            let token = self.client.credentials.refresh().await?;
            answer = self.once(Some(&token), key.as_deref()).await;
        }
        if self.creates {
            self.remember(key, answer.as_ref().err());
        }
        answer
    }

    async fn once(&self, token: Option<&str>, key: Option<&str>) -> Result<Response, ApiError> {
        let mut request = RequestBuilder::new(&self.url)
            .method(self.method.clone())
            .header("Accept", self.accept)
            .abort_signal(self.client.signal.as_ref());
        if let Some(token) = token {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        if let Some(version) = self.if_match {
            request = request.header("If-Match", &format!("\"{version}\""));
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let response = match &self.body {
            Body::None => request.send().await,
            Body::Json(text) => {
                let request = request.header("Content-Type", "application/json").body(text.as_str());
                request.map_err(|error| network_error(&error))?.send().await
            }
            Body::Form(form) => {
                let request = request.body(JsValue::from(form));
                request.map_err(|error| network_error(&error))?.send().await
            }
            Body::File(file, media_type) => {
                let request = request.header("Content-Type", media_type).body(JsValue::from(file));
                request.map_err(|error| network_error(&error))?.send().await
            }
        };
        let response = response.map_err(|error| network_error(&error))?;
        if response.ok() {
            return Ok(response);
        }
        let status = response.status();
        let text = response.text().await.map_err(|error| network_error(&error))?;
        Err(read_refusal(status, &text))
    }

    fn idempotency_key(&self) -> Option<String> {
        if !self.creates {
            return None;
        }
        let request = self.identity();
        let kept = self.client.unanswered.borrow();
        match kept.as_ref() {
            Some(unanswered) if unanswered.request == request => Some(unanswered.key.clone()),
            _ => Some(random_key()),
        }
    }

    fn remember(&self, key: Option<String>, error: Option<&ApiError>) {
        let unknown = matches!(error, Some(ApiError::Network | ApiError::Unexpected(_)));
        let unanswered = key.filter(|_| unknown).map(|key| Unanswered { request: self.identity(), key });
        *self.client.unanswered.borrow_mut() = unanswered;
    }

    fn identity(&self) -> String {
        match &self.body {
            Body::Json(text) => format!("{}\n{text}", self.url),
            Body::None | Body::Form(_) | Body::File(..) => self.url.clone(),
        }
    }
}

fn random_key() -> String {
    let part = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}{:08x}{:08x}", part(), part(), part(), part())
}

fn network_error(error: &gloo_net::Error) -> ApiError {
    match error {
        gloo_net::Error::JsError(js) if js.name == "AbortError" => ApiError::Aborted,
        _ => ApiError::Network,
    }
}

/// Reads a successful answer.
///
/// # Errors
/// When it is not what the contract says.
pub fn read_body<T: DeserializeOwned>(status: u16, text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_error| ApiError::Unexpected(status))
}

/// Reads a refusal; what is no problem document comes from something between
/// us and the server.
#[must_use]
pub fn read_refusal(status: u16, text: &str) -> ApiError {
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => ApiError::Problem(Box::new(problem)),
        Err(_) if matches!(status, 502..=504) => ApiError::Network,
        Err(_) => ApiError::Unexpected(status),
    }
}
