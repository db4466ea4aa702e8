//! Accounts, for those who keep them.

use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::people::may_keep_people;
use crate::error::{AppError, AppResult};
use crate::models::people::{self, PeopleFilter, PeopleKey, PeopleOrder};
use crate::pagination::{PageParams, Window};
use crate::views;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DegreeId;
use std::future::{Ready, ready};
use std::ops::Deref;
use utoipa_actix_web::service_config::ServiceConfig;

mod anonymise;
mod create;
mod delete;
mod export;
mod fields;
mod find;
mod invite;
mod list;
mod standing;
mod update;

pub(crate) use fields::{check_degrees, dni as parse_dni};

/// The operations on accounts.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_users)
        .service(export::export_users)
        .service(create::create_user)
        .service(find::find_user)
        .service(update::update_user)
        .service(delete::delete_user)
        .service(standing::deactivate_user)
        .service(standing::reactivate_user)
        .service(invite::invite_user)
        .service(anonymise::preview_anonymisation)
        .service(anonymise::anonymise_user);
}

/// Someone who keeps accounts: an admin, or a coordinator (else 401 or 403,
/// before the body is looked at).
#[derive(Debug, Clone)]
pub(crate) struct Keeper(pub(crate) CurrentUser);

impl Keeper {
    /// The degrees whose students are all they may see; none for an admin, who sees everybody.
    pub(crate) fn within(&self) -> Option<&[DegreeId]> {
        (!self.is_admin).then_some(&self.coordinates)
    }
}

impl Deref for Keeper {
    type Target = CurrentUser;
    fn deref(&self) -> &CurrentUser {
        &self.0
    }
}

impl FromRequest for Keeper {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(CurrentUser::from_request(request, payload).into_inner().and_then(|user| {
            may_keep_people(&user)?;
            Ok(Self(user))
        }))
    }
}

/// A page of those accounts that this keeper may see.
pub(crate) async fn list_people(
    state: &AppState,
    keeper: &Keeper,
    mut filter: PeopleFilter,
    order: PeopleOrder,
    page: PageParams<PeopleKey>,
) -> AppResult<HttpResponse> {
    let fits = match (&page.after, order) {
        (None, _) => true,
        (Some(PeopleKey::Created(..)), order) => order == PeopleOrder::Created,
        (Some(PeopleKey::Name(..)), order) => order != PeopleOrder::Created,
    };
    if !fits {
        return Err(AppError::refuse(ErrorCode::InvalidCursor, "The cursor belongs to another order."));
    }
    filter.within = keeper.within().map(<[DegreeId]>::to_vec);
    let window: Window<_> = state.db.run(move |conn| Ok(people::list(conn, &filter, order, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(|person| views::users::user(person, keeper))))
}
