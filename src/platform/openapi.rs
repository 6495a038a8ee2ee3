//! What every operation of the contract has in common: its security and the problems it may answer.

use utoipa::{
    ToSchema,
    openapi::{
        Components, ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder,
        path::Operation,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::auth::right;

/// The problems that operations share: the name of each among the components, and what it means.
const PROBLEMS: &[(&str, &str)] = &[
    ("Unreadable", "Unreadable"),
    ("Busy", "Busy; try again"),
    ("Fault", "A fault of the service"),
    ("Unauthenticated", "No token, or one that does not hold"),
    ("Forbidden", "The role lacks this right"),
    ("NotFound", "Not there, or not yours to know"),
    ("WrongState", "The present state does not allow it"),
    ("TooLarge", "The body is too large"),
    ("UnsupportedType", "Not application/json in UTF-8"),
    ("Invalid", "Readable, but some values do not hold"),
    ("TooManyRequests", "Too many requests"),
    ("InvalidParameter", "A parameter does not hold"),
];

/// Completes the document that the routes made.
pub fn complete(document: &mut OpenApi) {
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme("bearer", bearer);
    for (name, description) in PROBLEMS {
        components.responses.insert((*name).to_owned(), RefOr::T(problem_response(description)));
    }
    for (path, item) in &mut document.paths.paths {
        let methods = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in methods.into_iter().flatten() {
            complete_operation(path, operation);
        }
    }
}

fn complete_operation(path: &str, operation: &mut Operation) {
    let name = operation.operation_id.clone().unwrap_or_default();
    let needs_right = right::ALL.iter().any(|(right, _)| *right == name);
    let bearer = SecurityRequirement::new::<_, _, String>("bearer", []);
    operation.security = Some(if needs_right { vec![bearer] } else { Vec::new() });
    let mut problems = vec![("400", "Unreadable"), ("503", "Busy"), ("500", "Fault")];
    if needs_right {
        problems.extend([("401", "Unauthenticated"), ("403", "Forbidden")]);
    }
    if path.contains('{') {
        problems.push(("404", "NotFound"));
    }
    if operation.request_body.is_some() {
        problems.extend([
            ("404", "NotFound"),
            ("409", "WrongState"),
            ("413", "TooLarge"),
            ("415", "UnsupportedType"),
            ("422", "Invalid"),
            ("429", "TooManyRequests"),
        ]);
    } else {
        problems.push(("422", "InvalidParameter"));
    }
    for (status, name) in problems {
        let shared = RefOr::Ref(Ref::from_response_name(name));
        operation.responses.responses.entry(status.to_owned()).or_insert(shared);
    }
}

fn problem_response(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemOut"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build()
}

/// A problem (RFC 9457), as every refusal and fault answers it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `Problem` writes")]
pub struct ProblemOut {
    /// A stable address that explains the kind of problem.
    #[schema(example = "/problems/invalid")]
    r#type: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong here.
    detail: Option<String>,
    /// The path that was asked.
    instance: String,
    /// Names this request in the service's logs.
    trace_id: Option<String>,
    /// The values that do not hold.
    errors: Option<Vec<FaultOut>>,
}

/// A value that does not hold.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `Problem` writes")]
pub struct FaultOut {
    /// JSON pointer into the body.
    #[schema(example = "/readings/idle/co_percent")]
    pointer: String,
    /// A stable word for machines.
    code: String,
    /// What is wrong and how to mend it.
    detail: String,
}
