//! The built interface: read into memory once, served with its compressed twins.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

#[derive(Debug, Clone, Default)]
struct Asset {
    media_type: &'static str,
    etag: String,
    plain: actix_web::web::Bytes,
    brotli: Option<actix_web::web::Bytes>,
    gzip: Option<actix_web::web::Bytes>,
}

/// Every file of the built interface, by path.
#[derive(Debug, Clone, Default)]
pub struct Assets(HashMap<String, Asset>);

impl Assets {
    /// Read a folder; an absent one is an interface that was not built.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let mut found = HashMap::new();
        // Whatever else a wrong folder holds is nobody's to serve.
        if !folder.join("index.html").is_file() {
            tracing::warn!(folder = %folder.display(), "the interface is not built; only the API is served");
            return Self(found);
        }
        if let Err(error) = read(folder, folder, &mut found) {
            tracing::warn!(folder = %folder.display(), %error, "the interface cannot be read; only the API is served");
            found.clear();
        }
        Self(found)
    }

    /// The file at this path, or the page of the single-page application.
    #[must_use]
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let path = request.path().trim_start_matches('/');
        if !matches!(request.method().as_str(), "GET" | "HEAD") {
            return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
        }
        if let Some(asset) = self.0.get(path).filter(|_| path != "index.html") {
            let immutable = path.starts_with("assets/");
            let caching =
                if immutable { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
            return respond(request, asset, caching, 200);
        }
        let looks_like_a_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        match self.0.get("index.html") {
            Some(page) if !looks_like_a_file => {
                let status = if crate::pages::exists(request.path()) { 200 } else { 404 };
                respond(request, page, "no-cache", status)
            }
            None if path.is_empty() => HttpResponse::ServiceUnavailable()
                .content_type("text/plain; charset=utf-8")
                .body("The interface has not been built; the API is at /api/docs.\n"),
            _ => HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("Not found.\n"),
        }
    }
}

fn respond(request: &HttpRequest, asset: &Asset, caching: &'static str, status: u16) -> HttpResponse {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = HttpResponse::build(
        actix_web::http::StatusCode::from_u16(status).unwrap_or(actix_web::http::StatusCode::OK),
    );
    response
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::ETAG, asset.etag.as_str()))
        .insert_header((header::VARY, "Accept-Encoding"));
    if status == 200 && known.is_some_and(|list| list.split(',').any(|tag| tag.trim() == asset.etag)) {
        return HttpResponse::NotModified()
            .insert_header((header::CACHE_CONTROL, caching))
            .insert_header((header::ETAG, asset.etag.as_str()))
            .finish();
    }
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| {
        accepted.split(',').any(|coding| {
            let mut parts = coding.split(';');
            parts.next().is_some_and(|coding| coding.trim() == name) && !parts.any(|p| p.trim() == "q=0")
        })
    };
    response.insert_header((header::CONTENT_TYPE, asset.media_type));
    match (&asset.brotli, &asset.gzip) {
        (Some(body), _) if takes("br") => {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("br")));
            response.body(body.clone())
        }
        (_, Some(body)) if takes("gzip") => {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("gzip")));
            response.body(body.clone())
        }
        _ => {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("identity")));
            response.body(asset.plain.clone())
        }
    }
}

fn read(root: &Path, folder: &Path, found: &mut HashMap<String, Asset>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, found)?;
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else { continue };
        let mut name = relative.to_string_lossy().replace('\\', "/");
        let bytes = actix_web::web::Bytes::from(std::fs::read(&path)?);
        let coding = match path.extension().and_then(|extension| extension.to_str()) {
            Some(coding @ ("br" | "gz")) => {
                name.truncate(name.len() - 3);
                Some(coding.to_owned())
            }
            _ => None,
        };
        let asset = found.entry(name.clone()).or_default();
        match coding.as_deref() {
            Some("br") => asset.brotli = Some(bytes),
            Some(_) => asset.gzip = Some(bytes),
            None => {
                asset.media_type = media_type(&name);
                let digest = Sha256::digest(&bytes);
                asset.etag =
                    format!("\"{}\"", digest.iter().take(12).map(|b| format!("{b:02x}")).collect::<String>());
                asset.plain = bytes;
            }
        }
    }
    Ok(())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
