//! People: oneself, accounts as their keepers see them, names in passing.

use crate::domain::actor::Actor;
use crate::domain::{people, policy};
use crate::models::api_token::ApiTokenRow;
use crate::models::identity_claim::ClaimRow;
use crate::models::people::Person;
use crate::models::professor::ProfessorRow;
use crate::models::recipient::language;
use crate::models::user::UserRow;
use gestfg_types::accounts::{ApiToken, IdentityClaim, TokenScope};
use gestfg_types::ids::{ApiTokenId, DepartmentId, IdentityClaimId, UserId};
use gestfg_types::session::{DepartmentRef, Me, Roles};
use gestfg_types::users::{PersonRef, Professor, User};

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

/// A claim, for those who decide on it.
#[must_use]
pub fn identity_claim(row: ClaimRow) -> IdentityClaim {
    let ClaimRow {
        id,
        created_at,
        claimant_id,
        claimant_name,
        claimant_email,
        preloaded_id,
        preloaded_name,
        dni,
    } = row;
    IdentityClaim {
        id: IdentityClaimId(id),
        claimant: PersonRef { id: UserId(claimant_id), name: claimant_name },
        claimant_email,
        preloaded: PersonRef { id: UserId(preloaded_id), name: preloaded_name },
        dni,
        created_at,
    }
}
