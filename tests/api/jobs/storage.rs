use super::told;
use crate::support::TestApp;
use crate::support::builders::World;
use chrono::{DateTime, Utc};
use gestfg::config::Config;
use gestfg::jobs::watch_storage;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[actix_web::test]
async fn admins_hear_once_that_room_gets_tight_and_again_after_it_was_not() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    world.admin("Ada Muestra");
    world.user("Nadie Muestra", "ugr.es");
    // Any database is larger than the one plan and smaller than the other.
    let tight = Config { database_size_limit: 1024, ..(*app.state.config).clone() };
    let roomy = Config { database_size_limit: 1 << 40, ..(*app.state.config).clone() };
    let without = Config { database_size_limit: 0, ..(*app.state.config).clone() };
    for (config, moment, expected) in [
        (&without, "2026-11-20T09:00:00Z", vec![]),
        (&roomy, "2026-11-20T09:00:00Z", vec![]),
        // Once a day.
        (&tight, "2026-11-20T10:00:00Z", vec![]),
        (&tight, "2026-11-21T00:00:00Z", vec!["Ada"]),
        (&tight, "2026-11-22T00:00:00Z", vec![]),
        (&roomy, "2026-11-23T00:00:00Z", vec![]),
        (&tight, "2026-11-24T00:00:00Z", vec!["Ada"]),
    ] {
        watch_storage(&mut conn, config, at(moment)).expect("looked");
        assert_eq!(told(&mut conn, "storage_nearly_full"), expected, "{moment}");
    }
}

#[actix_web::test]
async fn several_workers_tell_it_once() {
    let app = TestApp::start();
    World::new(&mut app.conn()).admin("Ada Muestra");
    let tight = Config { database_size_limit: 1024, ..(*app.state.config).clone() };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                watch_storage(&mut app.conn(), &tight, at("2026-11-20T09:00:00Z")).expect("looked");
            });
        }
    });
    assert_eq!(told(&mut app.conn(), "storage_nearly_full"), ["Ada"]);
}
