//! People: oneself, accounts as their keepers see them, names in passing.

use crate::domain::actor::Actor;
use crate::domain::{people, policy};
use crate::models::api_token::ApiTokenRow;
use crate::models::people::Person;
use crate::models::professor::ProfessorRow;
use crate::models::recipient::language;
use crate::models::user::UserRow;
use gestfg_types::accounts::{ApiToken, TokenScope};
use gestfg_types::ids::{ApiTokenId, DepartmentId, UserId};
use gestfg_types::session::{DepartmentRef, Me, Roles};
use gestfg_types::users::{Professor, User};

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

/// An account, for one of its keepers.
#[must_use]
pub fn user(person: Person, viewer: &Actor) -> User {
    let allowed_actions = people::allowed_actions(viewer, &person.facts());
    let Person { row, roles } = person;
    let UserRow {
        id,
        email,
        dni,
        first_name,
        last_name,
        language: stored,
        is_admin: _,
        is_active,
        has_password,
        email_verified_at: _,
        anonymised_at: _,
        version,
        created_at,
        updated_at,
    } = row;
    User {
        id: UserId(id),
        email,
        dni,
        first_name,
        last_name,
        language: language(&stored),
        roles,
        is_active,
        has_password,
        created_at,
        updated_at,
        version,
        allowed_actions,
    }
}

/// A professor, for everyone.
#[must_use]
pub fn professor(row: ProfessorRow) -> Professor {
    let ProfessorRow { id, first_name, last_name, department: (department, code, name) } = row;
    Professor {
        id: UserId(id),
        name: format!("{first_name} {last_name}"),
        department: DepartmentRef { id: DepartmentId(department), code, name },
    }
}

/// A personal token, for its owner.
#[must_use]
pub fn api_token(row: ApiTokenRow) -> ApiToken {
    let ApiTokenRow { id, name, scope, created_at, expires_at, last_used_at } = row;
    let scope = if scope == "write" { TokenScope::Write } else { TokenScope::Read };
    ApiToken { id: ApiTokenId(id), name, scope, created_at, expires_at, last_used_at }
}
