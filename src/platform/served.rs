//! What is served where, so that a wrong method on a known path is told from an unknown path.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::header::{ALLOW, HeaderValue},
    web,
};
use utoipa::openapi::OpenApi;

use super::problem::{Kind, Problem};

/// The paths of the contract and the methods of each.
#[derive(Debug, Clone)]
pub struct Served(Vec<(String, String)>);

impl Served {
    /// Reads them from the contract.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        let methods = |item: &utoipa::openapi::PathItem| {
            let known = [
                ("GET", item.get.is_some()),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ];
            known.into_iter().filter_map(|(method, served)| served.then_some(method)).collect::<Vec<_>>().join(", ")
        };
        Self(document.paths.paths.iter().map(|(path, item)| (path.clone(), methods(item))).collect())
    }

    /// The methods of a path, as `Allow` lists them.
    fn allowed(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(served, _)| fits(served, path)).map(|(_, methods)| methods.as_str())
    }
}

/// Whether a path is of a pattern with `{…}` in some places.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut places, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (places.next(), parts.next()) {
            (None, None) => return true,
            (Some(place), Some(part)) if place == part || (place.starts_with('{') && !part.is_empty()) => {}
            _ => return false,
        }
    }
}

/// Answers what no operation answers: 405 with `Allow` on a path that is served, else 404.
pub async fn not_served(request: HttpRequest, served: web::Data<Served>) -> HttpResponse {
    let Some(allow) = served.allowed(request.path()).and_then(|methods| HeaderValue::from_str(methods).ok()) else {
        return Problem::not_found().error_response();
    };
    let mut response = Problem::new(Kind::MethodNotAllowed).error_response();
    response.headers_mut().insert(ALLOW, allow);
    response
}
