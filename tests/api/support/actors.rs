//! People who make requests.

use gestfg_types::errors::{ErrorCode, Problem};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Somebody at the API.
#[derive(Clone)]
pub struct Client {
    address: String,
    token: Option<String>,
    http: reqwest::Client,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    pub fn new(address: String, token: Option<String>) -> Self {
        // The server's own reqwest leaves the choice of cryptography to us; features add up.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { address, token, http }
    }

    /// The same person at another server.
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// The same place with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A request to a path of the API (`/areas`) or, when it starts with
    /// `//`, of the server (`//health/live`).
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = match path.strip_prefix("//") {
            Some(rest) => format!("{}/{rest}", self.address),
            None if path.starts_with("/api/") => format!("{}{path}", self.address),
            None => format!("{}/api/v1{path}", self.address),
        };
        let request = self.http.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// A verb of the domain on whatever version there is.
    pub async fn act(&self, path: &str) -> Answer {
        send(self.request(Method::POST, path).header("If-Match", "*")).await
    }

    /// The same, with a body.
    pub async fn act_with(&self, path: &str, body: &impl Serialize) -> Answer {
        send(self.request(Method::POST, path).header("If-Match", "*").json(body)).await
    }

    pub async fn patch(&self, path: &str, version: i32, body: &impl Serialize) -> Answer {
        send(self.request(Method::PATCH, path).header("If-Match", format!("\"{version}\"")).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path).header("If-Match", "*")).await
    }
}

/// Send a request that was made by hand.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.bytes().await.expect("a body").to_vec(),
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The body, which must have come with this status.
    #[track_caller]
    pub fn expect<T: DeserializeOwned>(&self, status: u16) -> T {
        self.expect_status(status);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    #[track_caller]
    pub fn json(&self, status: u16) -> Value {
        self.expect(status)
    }

    #[track_caller]
    pub fn expect_status(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
    }

    /// The refusal, which must have this code, its status and its media type.
    #[track_caller]
    pub fn refused(&self, code: ErrorCode) -> Problem {
        let problem: Problem =
            serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()));
        assert_eq!(problem.code, code, "{}", self.text());
        assert_eq!(self.status.as_u16(), code.status());
        assert_eq!(problem.status, code.status());
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert!(!problem.detail.is_empty());
        problem
    }
}
