//! Published defences: the timetable everybody reads.

use crate::models::defence::DefenceFilter;
use gestfg_types::ids::{CallId, CommitteeId, RoomId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod export;
mod feed;
mod find;
mod list;
pub(super) mod print;
mod update;

/// The operations on defences.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_defences)
        .service(export::export_defences)
        .service(feed::defences_feed)
        .service(find::find_defence)
        .service(update::update_defence);
}

/// Which defences of a call are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Of which call.
    #[param(value_type = i64)]
    call_id: CallId,
    /// Before which committee.
    #[param(value_type = Option<i64>)]
    committee_id: Option<CommitteeId>,
    /// In which room.
    #[param(value_type = Option<i64>)]
    room_id: Option<RoomId>,
    /// Of a project this professor tutors or a committee they sit in, or this student's; students
    /// only for those who are signed in.
    #[param(value_type = Option<i64>)]
    person_id: Option<UserId>,
}

impl Wanted {
    /// Visitors do not find students.
    fn filter(&self, hides_students: bool) -> DefenceFilter {
        DefenceFilter {
            call: Some(self.call_id),
            committee: self.committee_id,
            room: self.room_id,
            person: self.person_id,
            hides_students,
            ..DefenceFilter::default()
        }
    }
}
