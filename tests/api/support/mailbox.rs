//! What the server has written to people.

use diesel::prelude::*;
use gestfg::schema::outgoing_mails::dsl::{body, id, kind, outgoing_mails, recipient};

/// Kind and body of every mail to this address, oldest first.
pub fn mails_to(conn: &mut PgConnection, address: &str) -> Vec<(String, String)> {
    outgoing_mails
        .filter(recipient.eq(address))
        .order(id)
        .select((kind, body))
        .load(conn)
        .expect("the outbox")
}

/// The token of the link in the last mail to this address.
#[track_caller]
pub fn link_token(conn: &mut PgConnection, address: &str) -> String {
    let (_, text) = mails_to(conn, address).pop().expect("a mail");
    let (_, rest) = text.split_once("/set-password?token=").expect("a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}
