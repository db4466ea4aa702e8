//! Registration, passwords, personal tokens and identity claims.

use crate::ids::{ApiTokenId, DegreeId, IdentityClaimId};
use crate::session::Language;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The fewest characters a password has (NIST SP 800-63B asks for 8).
pub const PASSWORD_MIN_CHARS: usize = 10;
/// The fewest different characters a password has.
pub const PASSWORD_MIN_DIFFERENT: usize = 5;

/// A student asks for an account. The answer never tells whether one existed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// An institutional student address.
    #[schema(max_length = 254)]
    pub email: String,
    /// DNI/NIE, when the secretary's office may have it on file already.
    #[serde(default)]
    #[schema(max_length = 20)]
    pub dni: Option<String>,
    /// Given name.
    #[schema(min_length = 1, max_length = 100)]
    pub first_name: String,
    /// Family names.
    #[schema(min_length = 1, max_length = 150)]
    pub last_name: String,
    /// The degree enrolled in.
    #[serde(default)]
    pub degree_id: Option<DegreeId>,
    /// Language of the mails.
    #[serde(default)]
    pub language: Language,
}

/// Ask for a link that sets a new password.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestPasswordReset {
    /// E-mail address or DNI/NIE.
    #[schema(max_length = 320)]
    pub login: String,
}

/// What is always answered to registration and recovery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailPromised {
    /// A sentence for people.
    pub detail: String,
}

/// Set a password by a one-time link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemLink {
    /// The token of the link.
    #[schema(max_length = 200)]
    pub token: String,
    /// The new password.
    #[schema(min_length = 10, max_length = 256)]
    pub password: String,
}

/// Change one's own password; ends every other session.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present password.
    #[schema(max_length = 256)]
    pub current_password: String,
    /// The new one.
    #[schema(min_length = 10, max_length = 256)]
    pub new_password: String,
}

/// Edit one's own profile.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateMe {
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100)]
    pub first_name: Option<String>,
    /// Family names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 150)]
    pub last_name: Option<String>,
    /// Language of the interface and of mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// What a personal token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// Only `GET`.
    Read,
    /// Everything its owner may do, but for passwords and tokens.
    Write,
}

/// A personal token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Make a personal token.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateApiToken {
    /// What to call it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// Days it lives.
    #[schema(minimum = 1, maximum = 366)]
    pub days: u16,
}

/// A personal token with its secret, shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiTokenCreated {
    /// The token to send as `Authorization: Bearer`.
    pub secret: String,
    /// What will be listed from now on.
    pub token: ApiToken,
}

/// Someone registered with the DNI of a pre-loaded student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IdentityClaim {
    /// Its id.
    pub id: IdentityClaimId,
    /// Who registered.
    pub claimant: PersonRef,
    /// The claimant's proven address.
    pub claimant_email: Option<String>,
    /// The student on file.
    pub preloaded: PersonRef,
    /// The DNI both gave.
    pub dni: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}
