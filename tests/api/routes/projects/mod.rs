//! Projects through the front door.

mod catalogue;
mod content;
mod life;
mod search;

use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::builders::World;
use diesel::PgConnection;
use gestfg_types::ids::{DegreeId, DepartmentId, ProjectId, UserId};
use gestfg_types::projects::Project;
use serde_json::{Value, json};

/// A faculty with everybody who has to do with projects.
pub struct Stage {
    pub app: TestApp,
    pub degree: DegreeId,
    pub other_degree: DegreeId,
    pub other_department: DepartmentId,
    pub tutor: UserId,
    pub cotutor: UserId,
    pub professor: UserId,
    pub head: UserId,
    pub coordinator: UserId,
    pub admin: UserId,
    pub student: UserId,
}

impl Stage {
    pub fn set() -> Self {
        Self::set_with(&[])
    }

    /// With some variables set differently.
    pub fn set_with(variables: &[(&str, &str)]) -> Self {
        let app = TestApp::start_with(variables);
        let mut conn = app.conn();
        let mut world = World::new(&mut conn);
        let area = world.area("Computación");
        let department = world.department("LSI", area);
        let other_department = world.department("ATC", area);
        let degree = world.degree("GII", "bachelor");
        let other_degree = world.degree("MII", "master");
        Self {
            degree,
            other_degree,
            other_department,
            tutor: world.professor("Tina Muestra", department),
            cotutor: world.professor("Cosme Muestra", department),
            professor: world.professor("Pilar Muestra", other_department),
            head: world.head("Hugo Muestra", department),
            coordinator: world.coordinator("Clara Muestra", other_department, degree),
            admin: world.admin("Ada Muestra"),
            student: world.student("Eva Muestra", &[degree]),
            app,
        }
    }

    /// A project of the tutor with the co-tutor.
    pub fn project(&self, title: &str, state: &str) -> ProjectId {
        let mut conn = self.app.conn();
        let mut world = World::new(&mut conn);
        let id = world.project(title, self.degree, self.tutor, state);
        world.run(&format!("UPDATE projects SET cotutor_id = {} WHERE id = {id}", self.cotutor));
        id
    }

    pub fn with_world<T>(&self, work: impl FnOnce(&mut World<'_>) -> T) -> T {
        let mut conn: PgConnection = self.app.conn();
        work(&mut World::new(&mut conn))
    }

    pub fn be(&self, user: UserId) -> Client {
        self.app.as_user(user)
    }

    pub fn draft(&self, title: &str) -> Value {
        json!({"degree_id": self.degree, "title": title})
    }
}

/// As the API tells it to this person.
pub async fn read(client: &Client, id: ProjectId) -> Project {
    client.get(&format!("/projects/{id}")).await.expect(200)
}
