//! People: oneself, accounts as their keepers see them, names in passing.

use crate::domain::actor::Actor;
use crate::domain::policy;
use crate::models::recipient::language;
use crate::models::user::UserRow;
use gestfg_types::ids::UserId;
use gestfg_types::session::{Me, Roles};

/// The signed-in person.
#[must_use]
pub fn me(row: UserRow, roles: Roles, actor: &Actor) -> Me {
    let UserRow {
        id,
        email,
        dni,
        first_name,
        last_name,
        language: stored,
        is_admin: _,
        is_active: _,
        has_password: _,
        email_verified_at: _,
        anonymised_at: _,
        version,
        created_at: _,
        updated_at: _,
    } = row;
    Me {
        id: UserId(id),
        email,
        dni,
        first_name,
        last_name,
        language: language(&stored),
        roles,
        permissions: policy::permissions(actor),
        version,
    }
}
