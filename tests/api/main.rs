//! The API through its front door: a real server over a real Postgres, a
//! database per test.

// A test binary has no outside: everything in it is as public as it needs.
#![allow(unreachable_pub)]
// A test that cannot go on stops and says where.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod attacks;
mod backup;
mod invariants;
mod jobs;
mod openapi;
mod pages;
mod permissions;
mod routes;
mod schema;
mod support;
