//! The interface as the server gives it out.

use crate::support::TestApp;
use crate::support::actors::send;
use reqwest::Method;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A built interface of four files.
fn built() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gestfg-web-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(folder.join("assets/0123")).expect("a folder");
    for (name, content) in [
        ("index.html", "<!doctype html><title>GesTFG</title>"),
        ("assets/0123/app.wasm", "plain"),
        ("assets/0123/app.wasm.br", "brotli"),
        ("favicon.svg", "<svg/>"),
    ] {
        std::fs::write(folder.join(name), content).expect("a file");
    }
    folder
}

#[actix_web::test]
async fn pages_have_the_right_status_and_files_their_caching() {
    let folder = built();
    let app = TestApp::start_with(&[("ASSETS_DIR", folder.to_str().expect("a path"))]);
    let visitor = app.visitor();
    for (path, status) in [
        ("//", 200),
        ("//projects", 200),
        ("//projects/12", 200),
        ("//set-password?token=x", 200),
        ("//nowhere", 404),
        ("//projects/abc", 404),
    ] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text().contains("GesTFG")), (status, true), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    for path in ["//wp-login.php", "//assets/0123/missing.js", "//index.html"] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text().contains("GesTFG")), (404, false), "{path}");
    }
    let request = |coding: &str| {
        visitor.request(Method::GET, "//assets/0123/app.wasm").header("Accept-Encoding", coding.to_owned())
    };
    let packed = send(request("gzip, br")).await;
    assert_eq!((packed.text().as_str(), packed.header("content-encoding")), ("brotli", "br"));
    assert_eq!(packed.header("content-type"), "application/wasm");
    assert_eq!(packed.header("cache-control"), "public, max-age=31536000, immutable");
    let plain = send(request("br;q=0")).await;
    assert_eq!(plain.text(), "plain");
    let again = send(request("br").header("If-None-Match", packed.header("etag").to_owned())).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    send(visitor.request(Method::POST, "//projects")).await.expect_status(405);
    std::fs::remove_dir_all(folder).expect("cleaned up");
}

#[actix_web::test]
async fn the_api_documents_need_nothing_from_elsewhere() {
    let app = TestApp::start();
    let visitor = app.visitor();
    assert_eq!(visitor.get("//api/docs").await.header("location"), "/api/docs/");
    let page = visitor.get("//api/docs/").await;
    page.expect_status(200);
    assert!(!page.text().contains("http://") && !page.text().contains("https://"), "{}", page.text());
    let document = visitor.get("/openapi.json").await.json(200);
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn server_and_interface_know_the_same_pages() {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend/src/route.rs"))
        .expect("the router of the interface");
    let routed: BTreeSet<String> = source
        .split("#[at(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| *path != "/404")
        .map(|path| {
            let parts: Vec<_> =
                path.split('/').map(|part| if part.starts_with(':') { "{}" } else { part }).collect();
            parts.join("/")
        })
        .collect();
    let served: BTreeSet<String> = gestfg::pages::PATHS.iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(routed, served);
}
