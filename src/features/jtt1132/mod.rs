//! The adapter for repair shops' software: the JT/T 1132 family of messages as it is seen in the field.
//!
//! `wire` reads the variants into one `Message`; `actions` ties it to the failing report that it names, or keeps it
//! until exact rules or a person link it. To bear another variant: a case in `wire::unwrap` or `wire::Loose`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{Fate, upload_jtt1132_repair};
pub use wire::Message;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::issue_jtt1132_token)
        .service(endpoints::upload_jtt1132_repair)
        .service(endpoints::list_repair_messages)
        .service(endpoints::link_repair_message);
}
