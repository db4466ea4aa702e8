use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::text::{FieldErrors, first_words};
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::message::{self, ThreadRow};
use crate::models::update::Change;
use crate::notices;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Duration, Utc};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AssignmentId, UserId};
use gestfg_types::messages::{BODY_MAX, CreateMessage, Message};
use gestfg_types::updates::UpdateTopic;
use gestfg_types::users::PersonRef;
use serde_json::json;

/// How long somebody who was told that there is something to read is not told
/// again for every further message of the thread.
const TOLD_FOR: Duration = Duration::minutes(10);
/// How much of a message its notice shows.
const EXCERPT: usize = 300;

/// Write to the others of an assignment.
///
/// They are told, but for those who left a message of the last ten minutes in
/// this thread unread: they know. A cancelled assignment can only be read.
#[utoipa::path(
    tag = "messages",
    params(("id" = AssignmentId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body = CreateMessage,
    responses((status = 201, body = Message, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/assignments/{id}/messages")]
pub(super) async fn create_message(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<AssignmentId>,
    body: web::Json<CreateMessage>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let answer = state
        .db
        .write(move |conn| {
            message::find_thread(conn, user.id, id)?;
            idempotency.once(conn, &user, now, &body, |conn| {
                message::lock_thread(conn, id)?;
                // Read after the lock was got: what it waited for counts.
                let thread = message::find_thread(conn, user.id, id)?;
                if thread.state == "cancelled" {
                    return Err(AppError::refuse(
                        ErrorCode::InvalidState,
                        "The assignment was cancelled: its messages can only be read.",
                    ));
                }
                let text = given(&body)?;
                let written = message::create(conn, id, user.id, &text, now)?;
                // That somebody wrote is noted, not what: nobody else reads it.
                Entry::new("message.create", written)
                    .after(&json!({"assignment_id": id}))
                    .record(conn, &(&user).into())?;
                tell(conn, &config, now, &user, &thread, (written, &text))?;
                let row = message::load(conn, &[written])?.pop().ok_or(diesel::result::Error::NotFound)?;
                Ok(Created {
                    location: format!("{BASE}/assignments/{id}/messages"),
                    version: None,
                    body: views::messages::message(row, user.id, thread.last_read_id),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn given(body: &CreateMessage) -> AppResult<String> {
    let mut errors = FieldErrors::new();
    let text = errors.paragraphs("/body", &body.body, BODY_MAX);
    if text.is_empty() {
        errors.push("/body", FieldCode::Required, "A message says something.");
    }
    errors.into_result()?;
    Ok(text)
}

fn tell(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    author: &CurrentUser,
    thread: &ThreadRow,
    (written, text): (i64, &str),
) -> AppResult<()> {
    let assignment = AssignmentId(thread.assignment_id);
    let unaware = message::list_unaware(conn, assignment, author.id, written, now - TOLD_FOR)?;
    let letter = Letter::Message {
        assignment,
        title: thread.project_title.clone(),
        author: author.name.clone(),
        excerpt: first_words(text, EXCERPT),
    };
    notices::tell(conn, config, now, &unaware, &letter)?;
    let others: Vec<PersonRef> = serde_json::from_value(thread.others.clone()).unwrap_or_default();
    let people = others.into_iter().map(|person| person.id).chain([author.id]).collect::<Vec<UserId>>();
    Change::of(UpdateTopic::Messages).subject(assignment.0).people(people).publish(conn)?;
    Ok(())
}
