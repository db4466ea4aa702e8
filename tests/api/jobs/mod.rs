//! What the background worker does, called as it calls it: with a moment.

mod announcements;
mod digests;
mod mails;
mod reminders;
mod storage;

use crate::support::TestApp;
use diesel::prelude::*;
use gestfg::schema::{notifications as n, users as u};
use gestfg_types::ids::UserId;

/// Who was told of this kind of thing, by first name and in order, and forget it.
fn told(conn: &mut PgConnection, kind: &str) -> Vec<String> {
    let mut names: Vec<String> = n::table
        .inner_join(u::table)
        .filter(n::kind.eq(kind))
        .select(u::first_name)
        .load(conn)
        .expect("notifications");
    diesel::delete(n::table.filter(n::kind.eq(kind))).execute(conn).expect("forgotten");
    names.sort();
    names
}

/// How many notifications somebody has.
fn count(app: &TestApp, user: UserId) -> i64 {
    n::table.filter(n::user_id.eq(user.0)).count().get_result(&mut app.conn()).expect("a count")
}
