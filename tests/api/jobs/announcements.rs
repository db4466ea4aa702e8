use super::{count, told};
use crate::support::TestApp;
use crate::support::builders::World;
use chrono::{DateTime, Utc};
use gestfg::jobs::tell_announcements;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[actix_web::test]
async fn an_announcement_is_told_to_its_audience_when_it_is_published() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let (lsi, atc) = (world.department("LSI", area), world.department("ATC", area));
    let (gii, mii) = (world.degree("GII", "bachelor"), world.degree("MII", "master"));
    let tina = world.professor("Tina Muestra", lsi);
    world.professor("Otilia Muestra", atc);
    world.coordinator("Clara Muestra", atc, gii);
    world.student("Eva Muestra", &[gii]);
    world.student("Luis Muestra", &[mii]);
    let gone = world.student("Gala Muestra", &[gii]);
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {gone}"));
    let author = world.admin("Ada Muestra");
    world.project("Uno", gii, tina, "published");
    let now = at("2026-11-23T09:00:00Z");
    for (audience, whose, expected) in [
        ("public", "NULL, NULL".to_owned(), vec!["Clara", "Eva", "Luis", "Otilia", "Tina"]),
        ("students", "NULL, NULL".to_owned(), vec!["Eva", "Luis"]),
        ("professors", "NULL, NULL".to_owned(), vec!["Clara", "Otilia", "Tina"]),
        ("degree", format!("{gii}, NULL"), vec!["Clara", "Eva", "Tina"]),
        ("department", format!("NULL, {lsi}"), vec!["Tina"]),
    ] {
        World::new(&mut conn).run(&format!(
            "INSERT INTO events (kind, title, body, audience, degree_id, department_id, publish_at, author_id)
             VALUES ('announcement', 'Charla', '**A las 12** en el aula', '{audience}', {whose}, '2026-11-23T09:00:00Z', {author})"
        ));
        tell_announcements(&mut conn, &app.state.config, at("2026-11-23T08:59:59Z")).expect("told");
        assert_eq!(told(&mut conn, "announcement"), Vec::<String>::new(), "not yet");
        tell_announcements(&mut conn, &app.state.config, now).expect("told");
        assert_eq!(told(&mut conn, "announcement"), expected, "{audience}");
        tell_announcements(&mut conn, &app.state.config, now).expect("told");
        assert_eq!(told(&mut conn, "announcement"), Vec::<String>::new(), "once");
    }
    assert_eq!(count(&app, author), 0, "who wrote it knows");
}

#[actix_web::test]
async fn what_is_no_news_is_only_noted() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    world.student("Eva Muestra", &[]);
    let now = at("2026-11-23T09:00:00Z");
    for (publish, expire) in
        [("2026-11-20T09:00:00Z", "'2026-11-23T09:00:00Z'"), ("2026-11-16T09:00:00Z", "NULL")]
    {
        world.run(&format!(
            "INSERT INTO events (kind, title, audience, publish_at, expires_at) VALUES ('announcement', 'Charla', 'public', '{publish}', {expire})"
        ));
    }
    world.run(
        "INSERT INTO events (kind, title, audience, publish_at, starts_at, ends_at)
         VALUES ('entry', 'Cierre', 'public', '2026-11-20T09:00:00Z', '2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z')",
    );
    tell_announcements(&mut conn, &app.state.config, now).expect("told");
    assert_eq!(told(&mut conn, "announcement"), Vec::<String>::new());
    use diesel::prelude::*;
    use gestfg::schema::events as e;
    let noted: i64 = e::table.filter(e::told_at.eq(now)).count().get_result(&mut conn).expect("a count");
    assert_eq!(noted, 2);
}

#[actix_web::test]
async fn several_workers_tell_it_once() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    world.student("Eva Muestra", &[]);
    world.run(
        "INSERT INTO events (kind, title, audience, publish_at)
         SELECT 'announcement', 'Charla ' || n, 'students', '2026-11-23T09:00:00Z' FROM generate_series(1, 20) n",
    );
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                tell_announcements(&mut app.conn(), &app.state.config, app.state.clock.now()).expect("told");
            });
        }
    });
    assert_eq!(told(&mut conn, "announcement").len(), 20);
}
