//! Ways out of the folder of the interface, and names that are none.

use super::{raw, status};
use crate::support::TestApp;
use std::path::PathBuf;

const SECRET: &str = "what nobody is to read";

/// A built interface beside something secret.
fn built() -> (PathBuf, PathBuf) {
    let root = std::env::temp_dir().join(format!("gestfg-web-{}", uuid::Uuid::new_v4()));
    let folder = root.join("web");
    std::fs::create_dir_all(folder.join("assets/0123")).expect("a folder");
    for (name, content) in [
        ("web/index.html", "<!doctype html><title>GesTFG</title>"),
        ("web/assets/0123/app.js", "1"),
        ("secret.txt", SECRET),
        ("secret", SECRET),
    ] {
        std::fs::write(root.join(name), content).expect("a file");
    }
    (root, folder)
}

#[actix_web::test]
async fn no_path_leads_out_of_the_interface() {
    let (root, folder) = built();
    let app = TestApp::start_with(&[("ASSETS_DIR", folder.to_str().expect("a path"))]);
    let here = root.to_str().expect("a path");
    let mut paths = vec![
        "/%00".to_owned(),
        "/assets/0123/app.js%00.html".to_owned(),
        "/assets/0123/app.js/..".to_owned(),
        format!("//{here}/secret.txt"),
        format!("/{}", here.replace('/', "%2f")),
        "/file:///etc/passwd".to_owned(),
        "/assets/0123/app.js::$DATA".to_owned(),
        "/.git/config".to_owned(),
        "/.env".to_owned(),
        "/~root/.ssh/id_rsa".to_owned(),
        "/assets/".to_owned(),
    ];
    for up in [
        "..",
        "%2e%2e",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%ef%bc%8e%ef%bc%8e",
        "..;",
        "....",
        "..%00",
        "%2e%2e%2f..",
    ] {
        for slash in ["/", "%2f", "%5c", "\\", "%252f", "//", "%c0%af"] {
            for name in ["secret.txt", "secret"] {
                paths.push(format!("/{up}{slash}{name}"));
                paths.push(format!("/assets/{up}{slash}{up}{slash}{name}"));
                paths.push(format!("/api/docs/{up}{slash}{up}{slash}{name}"));
            }
        }
    }
    for path in &paths {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = raw(&app, request.as_bytes()).await;
        assert!(!answer.contains(SECRET) && !answer.contains("root:"), "{path}: {answer}");
        let code = status(&answer);
        assert!((300..500).contains(&code) || code == 200 && answer.contains("<title>"), "{path}: {answer}");
    }
    assert!(paths.len() > 400);
    std::fs::remove_dir_all(root).expect("cleaned up");
}
