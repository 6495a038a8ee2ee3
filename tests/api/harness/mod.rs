//! What every test stands on: a service with its own database, a clock that stands, and one of every role.

mod cast;
mod database;
mod receiver;
mod reply;
mod server;
mod world;

pub use database::{Database, Engine};
pub use receiver::{Reaction, Received, Receiver};
pub use reply::Reply;
pub use world::{World, seconds};

/// Makes of each story two tests, `story::sqlite` and `story::postgres`.
macro_rules! on_both_engines {
    ($(fn $name:ident($world:ident: &World) $body:block)+) => {$(
        mod $name {
            #[allow(clippy::wildcard_imports, unused_imports, reason = "the story sees what stands around it")]
            use super::*;

            fn story($world: &World) $body

            #[test]
            fn sqlite() {
                story(&World::start(crate::harness::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                story(&World::start(crate::harness::Engine::Postgres));
            }
        }
    )+};
}
