//! Areas, departments, degrees, sittings and rooms.

use super::{ApiError, Client};
use gestfg_types::master::{Area, Degree, Department, MasterAction, Sitting};
use gestfg_types::pagination::Page;
use gestfg_types::rooms::Room;
use gestfg_types::session::Permission;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What the kinds of master data have in common: they are listed,
/// edited and kept in the same way.
pub trait MasterItem: DeserializeOwned + Clone + PartialEq + 'static {
    /// Where the API keeps them.
    const PATH: &'static str;
    /// Who may make one.
    const MADE_BY: Permission;

    /// Its id.
    fn id(&self) -> i64;
    /// What people call it.
    fn title(&self) -> String;
    /// Its version, for `If-Match`.
    fn version(&self) -> i32;
    /// Whether it is offered for choice.
    fn is_active(&self) -> bool;
    /// What the caller may do with it.
    fn allowed_actions(&self) -> &[MasterAction];
}

macro_rules! master_items {
    ($($ty:ty: $path:literal, $made_by:ident, $title:expr;)+) => {$(
        impl MasterItem for $ty {
            const PATH: &'static str = $path;
            const MADE_BY: Permission = Permission::$made_by;

            fn id(&self) -> i64 {
                self.id.0
            }

            fn title(&self) -> String {
                let title: fn(&Self) -> String = $title;
                title(self)
            }

            fn version(&self) -> i32 {
                self.version
            }

            fn is_active(&self) -> bool {
                self.is_active
            }

            fn allowed_actions(&self) -> &[MasterAction] {
                &self.allowed_actions
            }
        }
    )+};
}

master_items! {
    Area: "/areas", ManageMasterData, |area| area.name.clone();
    Department: "/departments", ManageMasterData, |department| format!("{} · {}", department.code, department.name);
    Degree: "/degrees", ManageMasterData, |degree| format!("{} · {}", degree.code, degree.name);
    Sitting: "/sittings", ManageMasterData, |sitting| format!("{} · {}", sitting.code, sitting.name);
    Room: "/rooms", PlanCommittees, |room| room.name.clone();
}

/// Items under these filters.
pub async fn list_items<T: MasterItem>(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<T>, ApiError> {
    client.list(T::PATH, filters).fetch().await
}

/// One item as it stands now.
pub async fn find_item<T: MasterItem>(client: &Client, id: i64) -> Result<T, ApiError> {
    client.get(&format!("{}/{id}", T::PATH)).fetch().await
}

/// Makes an item.
pub async fn create_item<T: MasterItem>(client: &Client, item: &impl Serialize) -> Result<T, ApiError> {
    client.create(T::PATH).json(item).fetch().await
}

/// Changes an item seen at this version.
pub async fn update_item<T: MasterItem>(
    client: &Client,
    id: i64,
    version: i32,
    changes: &impl Serialize,
) -> Result<T, ApiError> {
    client.patch(&format!("{}/{id}", T::PATH)).if_match(version).json(changes).fetch().await
}

/// Offers an item for choice, or no longer.
pub async fn set_active<T: MasterItem>(client: &Client, item: &T, is_active: bool) -> Result<T, ApiError> {
    #[derive(Serialize)]
    struct Activation {
        is_active: bool,
    }
    update_item(client, item.id(), item.version(), &Activation { is_active }).await
}

/// Removes an item; refused with what uses it while it is in use.
pub async fn delete_item<T: MasterItem>(client: &Client, item: &T) -> Result<(), ApiError> {
    client.delete(&format!("{}/{}", T::PATH, item.id())).if_match(item.version()).done().await
}

/// The degrees offered for choice.
pub async fn active_degrees(client: &Client) -> Result<Page<Degree>, ApiError> {
    client.get("/degrees?is_active=true&limit=200").fetch().await
}

/// The departments offered for choice.
pub async fn active_departments(client: &Client) -> Result<Page<Department>, ApiError> {
    client.get("/departments?is_active=true&limit=200").fetch().await
}

/// The areas offered for choice.
pub async fn active_areas(client: &Client) -> Result<Page<Area>, ApiError> {
    client.get("/areas?is_active=true&limit=200").fetch().await
}
