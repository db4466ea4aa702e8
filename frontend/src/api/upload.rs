//! Sending a file: slow enough to be watched and called off.
//!
//! `fetch` cannot tell how much of a body has gone, so this goes through
//! `XMLHttpRequest`; token, renewal and refusals are the client's.

use super::client::{BASE, Client, read_body, read_refusal};
use super::error::ApiError;
use gestfg_types::errors::ErrorCode;
use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FormData, ProgressEvent, XmlHttpRequest};
use yew::Callback;

/// How much of a file has gone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// Bytes sent.
    pub sent: f64,
    /// Bytes there are.
    pub total: f64,
}

impl Progress {
    /// Whether all has gone and the server is at work.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.total > 0.0 && self.sent >= self.total
    }
}

/// What the body is.
enum Sent<'a> {
    Form(&'a FormData),
    File(&'a File),
}

impl Client {
    /// Sends a form with a file and reads the answer, telling how far it has
    /// come; ends when the client's signal says so.
    ///
    /// # Errors
    /// Whatever kept the answer from coming.
    pub async fn upload<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &FormData,
        onprogress: Callback<Progress>,
    ) -> Result<T, ApiError> {
        self.send_file(path, &Sent::Form(form), onprogress).await
    }

    /// Sends a file as it is; the rest is as for [`Client::upload`].
    ///
    /// # Errors
    /// Whatever kept the answer from coming.
    pub async fn upload_file<T: DeserializeOwned>(
        &self,
        path: &str,
        file: &File,
        onprogress: Callback<Progress>,
    ) -> Result<T, ApiError> {
        self.send_file(path, &Sent::File(file), onprogress).await
    }

    async fn send_file<T: DeserializeOwned>(
        &self,
        path: &str,
        sent: &Sent<'_>,
        onprogress: Callback<Progress>,
    ) -> Result<T, ApiError> {
        let url = format!("{BASE}{path}");
        let token = self.usable_token().await?;
        let mut answer = self.send_once(&url, sent, token.as_deref(), &onprogress).await;
        if token.is_some()
            && answer.as_ref().err().and_then(ApiError::code) == Some(ErrorCode::NotAuthenticated)
        {
            let token = self.renewed_token().await?;
            answer = self.send_once(&url, sent, Some(&token), &onprogress).await;
        }
        let (status, text) = answer?;
        read_body(status, &text)
    }

    async fn send_once(
        &self,
        url: &str,
        sent: &Sent<'_>,
        token: Option<&str>,
        onprogress: &Callback<Progress>,
    ) -> Result<(u16, String), ApiError> {
        let request = XmlHttpRequest::new().map_err(|_error| ApiError::Network)?;
        request.open_with_async("POST", url, true).map_err(|_error| ApiError::Network)?;
        request.set_request_header("Accept", "application/json").map_err(|_error| ApiError::Network)?;
        if let Some(token) = token {
            let value = format!("Bearer {token}");
            request.set_request_header("Authorization", &value).map_err(|_error| ApiError::Network)?;
        }
        let watch = {
            let onprogress = onprogress.clone();
            Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
                onprogress.emit(Progress { sent: event.loaded(), total: event.total() });
            })
        };
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(watch.as_ref().unchecked_ref()));
        }
        let abort = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || {
                let _ = request.abort();
            })
        };
        let signal = self.signal();
        if let Some(signal) = signal {
            signal.set_onabort(Some(abort.as_ref().unchecked_ref()));
        }
        let ended = Promise::new(&mut |resolve, _reject| request.set_onloadend(Some(&resolve)));
        let sending = match sent {
            Sent::Form(form) => request.send_with_opt_form_data(Some(*form)),
            Sent::File(file) => {
                let blob: &Blob = file;
                request
                    .set_request_header("Content-Type", "application/octet-stream")
                    .and_then(|()| request.send_with_opt_blob(Some(blob)))
            }
        };
        sending.map_err(|_error| ApiError::Network)?;
        let _ = JsFuture::from(ended).await;
        if let Some(signal) = signal {
            signal.set_onabort(None);
            if signal.aborted() {
                return Err(ApiError::Aborted);
            }
        }
        let status = request.status().unwrap_or_default();
        let text = request.response_text().ok().flatten().unwrap_or_default();
        match status {
            0 => Err(ApiError::Network),
            200..=299 => Ok((status, text)),
            _ => Err(read_refusal(status, &text)),
        }
    }
}
