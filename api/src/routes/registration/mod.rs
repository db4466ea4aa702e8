//! Students who make themselves known.

use crate::app::AppState;
use crate::auth::Origin;
use crate::auth::even_time::even_time;
use crate::auth::throttle::Attempt;
use crate::domain::dni::Dni;
use crate::domain::email::{Email, Login};
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::mail::{Letter, outbox};
use crate::models::audit::{Author, Entry};
use crate::models::user::{self, NewUser};
use crate::models::{identity_claim, people, recipient, roles};
use crate::openapi::Problems;
use crate::routes::users::{check_degrees, parse_dni};
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::accounts::{MailPromised, Register};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, UserId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on registrations.
pub fn configure(config: &mut ServiceConfig) {
    config.service(register);
}

/// Ask for an account with an institutional student address.
///
/// The answer is the same, in words and in time, whether or not there is an
/// account already; the mail tells its owner. A DNI proves nothing: given that
/// of a student on file, a coordinator decides whether the two are one.
#[utoipa::path(
    tag = "registration",
    request_body = Register,
    responses((status = 202, body = MailPromised), Problems),
    security(())
)]
#[post("/registration")]
async fn register(
    origin: Origin,
    state: web::Data<AppState>,
    body: web::Json<Register>,
) -> AppResult<HttpResponse> {
    let registration = Registration::parse(&state, body.into_inner())?;
    let attempt = Attempt::send_mail(&state.config, &registration.email, &origin);
    let (now, public_url) = (state.clock.now(), state.config.public_url.clone());
    even_time(async {
        state.db.write(move |conn| attempt.count(conn, now)).await?;
        state
            .db
            .write(move |conn| {
                if let Some(degree) = registration.degree {
                    check_degrees(conn, "/degree_id", &[degree], &[])?;
                }
                registration.admit(conn, &public_url, &Author::system(origin), now)
            })
            .await
    })
    .await?;
    Ok(HttpResponse::Accepted().json(MailPromised {
        detail: "A mail is on its way to this address; its link sets the password.".to_owned(),
    }))
}

struct Registration {
    email: String,
    dni: Option<Dni>,
    first_name: String,
    last_name: String,
    degree: Option<DegreeId>,
    language: &'static str,
}

impl Registration {
    fn parse(state: &AppState, body: Register) -> AppResult<Self> {
        let Register { email, dni, first_name, last_name, degree_id, language } = body;
        let mut errors = FieldErrors::new();
        let email = match Email::parse(&email) {
            Ok(email) if email.is_of(&state.config.student_domains) => email.into_string(),
            Ok(_) => {
                let domains = state.config.student_domains.join(", ");
                let message = format!("Register with your student address, under {domains}.");
                errors.push("/email", FieldCode::NotInstitutional, message);
                String::new()
            }
            Err(code) => {
                errors.push("/email", code, "This is not an e-mail address.");
                String::new()
            }
        };
        let registration = Self {
            email,
            dni: dni.and_then(|text| parse_dni(&mut errors, &text)).and_then(|dni| Dni::parse(&dni).ok()),
            first_name: errors.line("/first_name", &first_name, 1, 100),
            last_name: errors.line("/last_name", &last_name, 1, 150),
            degree: degree_id,
            language: language.as_str(),
        };
        errors.into_result()?;
        Ok(registration)
    }

    /// Make the account, or write to whoever has the address already.
    fn admit(
        &self,
        conn: &mut PgConnection,
        public_url: &str,
        author: &Author,
        now: DateTime<Utc>,
    ) -> AppResult<()> {
        let new = NewUser {
            email: Some(self.email.clone()),
            // Not the DNI: whoever registers first would own it.
            dni: None,
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            language: self.language.to_owned(),
            is_admin: false,
        };
        let Some(row) = user::create_unless_taken(conn, &new)? else {
            return self.remind(conn, public_url, now);
        };
        let id = UserId(row.id);
        roles::set_degrees(conn, id, Some(self.degree.as_slice()))?;
        Entry::new("user.register", row.id).after(&people::find(conn, id)?).record(conn, author)?;
        self.claim(conn, id, author)?;
        outbox::invite(conn, public_url, id, now)?;
        Ok(())
    }

    fn remind(&self, conn: &mut PgConnection, public_url: &str, now: DateTime<Utc>) -> AppResult<()> {
        let Ok(email) = Email::parse(&self.email) else { return Ok(()) };
        let Some(id) = user::find_by_login(conn, &Login::Email(email))? else { return Ok(()) };
        let Some(to) = recipient::find(conn, id)? else { return Ok(()) };
        if user::find(conn, id)?.has_password {
            outbox::send_reset(conn, public_url, (id, &to), now, |token| Letter::AccountExists { token })?;
        } else {
            outbox::invite(conn, public_url, id, now)?;
        }
        Ok(())
    }

    fn claim(&self, conn: &mut PgConnection, id: UserId, author: &Author) -> AppResult<()> {
        if let Some(dni) = &self.dni
            && identity_claim::propose(conn, id, dni)?
        {
            Entry::new("user.claim_identity", id.0).record(conn, author)?;
        }
        Ok(())
    }
}
