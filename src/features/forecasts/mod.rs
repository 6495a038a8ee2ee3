//! Forecasts: where a target will end its year at the present pace, what the rest of the year needs, and when what is to be
//! cleared will be gone. Everything goes out from a standing; the arithmetic is `statistics::forecast`.

mod actions;
mod endpoints;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::forecast_target);
}
