use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::degree::{self, DegreeChanges, level_text};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use diesel::PgConnection;
use gestfg_types::documents::{DocumentRule, HandedInBy};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::DegreeId;
use gestfg_types::master::{Degree, DegreeRules, UpdateDegree};

/// Change a degree. An admin all of it; its coordinators its rules.
#[utoipa::path(
    tag = "degrees",
    params(("id" = DegreeId, Path), ("If-Match" = String, Header)),
    request_body = UpdateDegree,
    responses((status = 200, body = Degree, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/degrees/{id}")]
pub(super) async fn update_degree(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DegreeId>,
    body: web::Json<UpdateDegree>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let UpdateDegree { code, name, level, mut coordinator_ids, rules, is_active } = body.into_inner();
    let only_rules = code.is_none()
        && name.is_none()
        && level.is_none()
        && coordinator_ids.is_none()
        && is_active.is_none();
    policy::may_edit_degree(&user, id, only_rules)?;
    let mut errors = FieldErrors::new();
    let code = code.map(|code| errors.line("/code", &code, 1, 20));
    let name = name.map(|name| errors.line("/name", &name, 1, 200));
    let rules = rules.map(|rules| check_rules(&mut errors, rules));
    if let Some(ids) = &mut coordinator_ids {
        ids.sort_unstable();
        ids.dedup();
    }
    errors.into_result()?;
    let changes =
        DegreeChanges { code, name, level: level.map(|level| level_text(level).to_owned()), is_active };
    let (actor, year) = (user.actor.clone(), state.academic_year());
    let degree = state
        .db
        .write(move |conn| {
            let locked = degree::lock(conn, id)?;
            version.check(locked.version)?;
            let before = degree::find(conn, id, year)?;
            if changes.level.as_ref().is_some_and(|level| *level != locked.level) {
                refuse_while_used(conn, id)?;
            }
            degree::update(conn, id, &changes)?;
            if let Some(people) = &coordinator_ids {
                if let Some(stranger) = degree::not_professors(conn, people)?.first() {
                    let index = people.iter().position(|id| id == stranger).unwrap_or_default();
                    return Err(AppError::invalid_field(
                        format!("/coordinator_ids/{index}"),
                        FieldCode::NotAProfessor,
                        "Coordinators are active professors.",
                    ));
                }
                degree::set_coordinators(conn, id, people)?;
            }
            if let Some(rules) = &rules {
                degree::set_rules(conn, id, year, rules)?;
            }
            let after = degree::find(conn, id, year)?;
            Entry::new("degree.update", id.0)
                .degree(id)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(degree.row.version, &views::master::degree(degree.clone(), Some(&actor))))
}

fn refuse_while_used(conn: &mut PgConnection, id: DegreeId) -> AppResult<()> {
    let used_by =
        degree::usage(conn, id)?.into_iter().filter(|usage| usage.kind == "projects").collect::<Vec<_>>();
    if used_by.is_empty() {
        return Ok(());
    }
    Err(AppError::used(ErrorCode::InUse, "The level cannot change while the degree has projects.", used_by))
}

fn check_rules(errors: &mut FieldErrors, mut rules: DegreeRules) -> DegreeRules {
    if !(1..=3).contains(&rules.max_students_per_project) {
        errors.push(
            "/rules/max_students_per_project",
            FieldCode::OutOfRange,
            "A project takes 1 to 3 students.",
        );
    }
    if rules.project_kinds.len() > 50 {
        errors.push("/rules/project_kinds", FieldCode::TooLong, "At most 50 kinds fit.");
    }
    rules.project_kinds = rules
        .project_kinds
        .iter()
        .enumerate()
        .map(|(n, kind)| errors.line(&format!("/rules/project_kinds/{n}"), kind, 1, 100))
        .collect();
    rules.documents = check_documents(errors, rules.documents);
    rules
}

fn check_documents(errors: &mut FieldErrors, documents: Vec<DocumentRule>) -> Vec<DocumentRule> {
    if documents.len() > 20 {
        errors.push("/rules/documents", FieldCode::TooLong, "At most 20 documents fit.");
    }
    let codes: Vec<String> = documents.iter().map(|rule| rule.code.clone()).collect();
    let checked = documents.into_iter().enumerate().map(|(n, mut rule)| {
        let at = |field: &str| format!("/rules/documents/{n}/{field}");
        if !is_code(&rule.code) {
            let sentence = "A code has 1 to 30 small letters, digits and `_`, and begins with a letter.";
            errors.push(at("code"), FieldCode::InvalidCharacter, sentence);
        } else if codes[..n].contains(&rule.code) {
            errors.push(at("code"), FieldCode::Duplicate, "Another document of the set has this code.");
        }
        rule.name = errors.line(&at("name"), &rule.name, 1, 100);
        rule.formats.sort_unstable();
        rule.formats.dedup();
        if rule.formats.is_empty() {
            errors.push(at("formats"), FieldCode::Required, "Say what it may be.");
        }
        if rule.each_student && rule.by == HandedInBy::Tutor {
            let sentence = "What the tutor hands in is for the team.";
            errors.push(at("each_student"), FieldCode::NotAllowed, sentence);
        }
        rule
    });
    checked.collect()
}

fn is_code(code: &str) -> bool {
    let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    (1..=30).contains(&code.len())
        && code.bytes().all(fits)
        && code.starts_with(|first: char| first.is_ascii_lowercase())
}
