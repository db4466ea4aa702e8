//! The OpenAPI document: what handlers declare, plus what they share.

use actix_web::App;
use actix_web::http::Method;
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ClosedPhase, ErrorCode, FieldCode, FieldError, Problem, Usage};
use gestfg_types::personal::{PersonalData, PersonalSection};
use gestfg_types::similarity::SimilarityQuestion;
use std::sync::LazyLock;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{IntoResponses, Modify, OpenApi};
use utoipa_actix_web::AppExt;

/// Refusals any operation may answer, in one word: `Problems`.
#[derive(IntoResponses)]
#[allow(dead_code)]
pub enum Problems {
    /// The request was refused; `code` says why.
    #[response(status = "4XX", content_type = "application/problem+json")]
    Refused(#[to_schema] Problem),
    /// The server could not answer; `code` says whether to try again.
    #[response(status = "5XX", content_type = "application/problem+json")]
    Failed(#[to_schema] Problem),
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "GesTFG",
        description = "Final-degree projects of a university faculty: from the offer to the minutes.\n\nEvery refusal is `application/problem+json` with a `code` of the closed list in `ErrorCode`. Lists answer `{items, next_cursor, total}`; pass `next_cursor` as `cursor` for the next page. Edits carry the `ETag` they saw in `If-Match`. Creations accept an `Idempotency-Key`.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(
        Problem, ErrorCode, FieldError, FieldCode, Usage, ClosedPhase, Phase, SimilarityQuestion, PersonalData, PersonalSection
    )),
    modifiers(&Security)
)]
struct Base;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme(
            "bearer",
            SecurityScheme::Http(Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build()),
        );
        components.add_security_scheme(
            "refresh_cookie",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("gestfg_refresh"))),
        );
    }
}

/// The whole document, without a server; made when it is first asked for.
#[must_use]
pub fn document() -> &'static Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        App::new()
            .into_utoipa_app()
            .openapi(Base::openapi())
            .configure(crate::routes::api)
            .split_for_parts()
            .1
    });
    &DOCUMENT
}

/// Every path of the document with its methods.
static METHODS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    document().paths.paths.iter().map(|(pattern, item)| (pattern.as_str(), methods(item))).collect()
});

/// The methods of a path whose end is written out in the document.
fn methods_of_named(path: &str) -> Option<&'static [&'static str]> {
    let end = path.rsplit('/').next();
    METHODS
        .iter()
        .filter(|(pattern, _)| pattern.rsplit('/').next() == end && fits(pattern, path))
        .min_by_key(|(pattern, _)| pattern.matches('{').count())
        .map(|(_, methods)| methods.as_slice())
}

/// Whether a path is one of those that the document writes like this.
fn fits(pattern: &str, path: &str) -> bool {
    pattern.split('/').count() == path.split('/').count()
        && pattern.split('/').zip(path.split('/')).all(|(a, b)| a.starts_with('{') || a == b)
}

/// Whether the document writes the end of this path out, without this method.
#[must_use]
pub fn lacks_method(path: &str, method: &Method) -> bool {
    // Whoever answers GET answers HEAD.
    let method = if method == Method::HEAD { Method::GET.as_str() } else { method.as_str() };
    methods_of_named(path).is_some_and(|methods| !methods.contains(&method))
}

/// The methods that exist at a path, as an `Allow` header lists them; none where there is no operation.
#[must_use]
pub fn allowed_methods(path: &str) -> Option<String> {
    if let Some(methods) = methods_of_named(path) {
        return Some(methods.join(", "));
    }
    let mut found: Vec<_> =
        METHODS.iter().filter(|(pattern, _)| fits(pattern, path)).flat_map(|(_, list)| list).collect();
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then(|| found.into_iter().copied().collect::<Vec<_>>().join(", "))
}

fn methods(item: &utoipa::openapi::PathItem) -> Vec<&'static str> {
    let operations = [
        ("DELETE", &item.delete),
        ("GET", &item.get),
        ("PATCH", &item.patch),
        ("POST", &item.post),
        ("PUT", &item.put),
    ];
    operations.into_iter().filter(|(_, operation)| operation.is_some()).map(|(name, _)| name).collect()
}
