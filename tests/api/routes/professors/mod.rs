use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::builders::World;
use gestfg_types::pagination::Page;
use gestfg_types::users::Professor;

async fn names(client: &Client, path: &str) -> Vec<String> {
    let page: Page<Professor> = client.get(path).await.expect(200);
    assert_eq!(page.total as usize, page.items.len());
    page.items.into_iter().map(|professor| professor.name).collect()
}

#[actix_web::test]
async fn visitors_find_only_whom_the_catalogue_shows_them() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let (lsi, atc) = (world.department("LSI", area), world.department("ATC", area));
    let (open, shy) = (world.degree("GII", "bachelor"), world.degree("MII", "master"));
    world.run(&format!(
        "INSERT INTO degree_rules (degree_id, academic_year, rules) VALUES ({shy}, 2020, '{{\"tutors_public\": false}}')"
    ));
    let shown = world.professor("Álvaro Público", lsi);
    let hidden = world.professor("Berta Discreta", lsi);
    let drafting = world.professor("Carla Borrador", atc);
    let gone = world.professor("Diego Ido", atc);
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {gone}"));
    world.project("Uno", open, shown, "published");
    world.project("Dos", shy, hidden, "published");
    world.project("Tres", open, drafting, "draft");
    let student = world.student("Eva Muestra", &[]);

    assert_eq!(names(&app.visitor(), "/professors").await, ["Álvaro Público"]);
    let eva = app.as_user(student);
    assert_eq!(names(&eva, "/professors").await, ["Carla Borrador", "Berta Discreta", "Álvaro Público"]);
    assert_eq!(names(&eva, "/professors?q=ALVARO").await, ["Álvaro Público"]);
    assert_eq!(names(&eva, &format!("/professors?department_id={atc}")).await, ["Carla Borrador"]);
    let text = eva.get("/professors").await.text();
    assert!(!text.contains('@') && !text.contains("dni"), "{text}");
}
