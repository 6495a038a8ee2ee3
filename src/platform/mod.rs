//! What every feature stands on: the database doors, the journal, problems, access, the clock, pages and bodies.

pub mod accounts;
pub mod answer;
pub mod auth;
pub mod body;
pub mod check_log;
pub mod clock;
pub mod courier;
pub mod db;
pub mod feed;
pub mod file;
pub mod follow;
pub mod held;
pub mod idempotency;
pub mod journal;
pub mod lockout;
pub mod openapi;
pub mod outbox;
pub mod page;
pub mod problem;
pub mod served;
pub mod state;
pub mod streams;
pub mod telemetry;
pub mod throttle;
pub mod told;
pub mod watched;
