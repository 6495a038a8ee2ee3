//! HTTP of tokens: the token request, signing in and out, and the public keys.

use actix_web::{Error, HttpRequest, get, http::StatusCode, http::header, post, web};

use crate::{
    features::access::{
        actions,
        wire::{SignInIn, SignOutIn, TokenIn, TokenOut, Visit, refused},
    },
    platform::{
        answer::Answer,
        body::Body,
        problem::{Kind, Problem},
        state::State,
        telemetry,
    },
};

/// Issues an access token, good for 15 minutes (RFC 6749).
///
/// Machines use `client_credentials` with `client_secret_basic`, `client_secret_post` or `private_key_jwt` (RFC 7523,
/// `EdDSA`). People use `refresh_token`: each refresh token is good for one exchange, and one that comes a second time
/// ends the sign-in. Refusals carry the member `error` of RFC 6749.
#[utoipa::path(
    tag = "access",
    request_body(content = TokenIn, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Issued", body = TokenOut))
)]
#[post("/oauth/token")]
pub async fn issue_token(
    state: web::Data<State>,
    request: HttpRequest,
    form: Result<web::Form<TokenIn>, Error>,
) -> Result<Answer, Problem> {
    let form = form.map_err(|error| misread(&error))?.into_inner();
    let authorization = request.headers().get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let grant = form.read(authorization)?;
    actions::issue_token(&state, visit(&request), grant).await
}

/// The public keys of the access tokens (RFC 7517).
#[utoipa::path(
    tag = "access",
    responses((status = 200, description = "The keys", body = serde_json::Value))
)]
#[get("/.well-known/jwks.json")]
pub async fn read_keys(state: web::Data<State>) -> Result<Answer, Problem> {
    Answer::ok(&state.keys.jwks())
}

/// Signs a person in.
///
/// After five failures each further attempt locks the login for twice as long. No answer tells which logins exist.
#[utoipa::path(
    tag = "access",
    request_body = SignInIn,
    responses((status = 200, description = "Signed in", body = TokenOut))
)]
#[post("/v1/sign-ins")]
pub async fn sign_in(state: web::Data<State>, request: HttpRequest, body: Body<SignInIn>) -> Result<Answer, Problem> {
    actions::sign_in(&state, visit(&request), body.value).await
}

/// Signs a person out: the refresh tokens of the sign-in end, the access token runs out within 15 minutes.
#[utoipa::path(
    tag = "access",
    request_body = SignOutIn,
    responses((status = 204, description = "Signed out, or the token did not hold anyway"))
)]
#[post("/v1/sign-outs")]
pub async fn sign_out(state: web::Data<State>, body: Body<SignOutIn>) -> Result<Answer, Problem> {
    actions::sign_out(&state, &body.value).await
}

fn visit(request: &HttpRequest) -> Visit {
    Visit { address: request.peer_addr().map(|peer| peer.ip()), trace_id: telemetry::trace_id(request) }
}

/// The form cannot be read: `invalid_request`, whatever its status.
fn misread(error: &Error) -> Problem {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Kind::TooLarge).with("error", "invalid_request"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(Kind::UnsupportedMediaType)
            .because("send application/x-www-form-urlencoded", "请以 application/x-www-form-urlencoded 提交")
            .with("error", "invalid_request"),
        _ => refused("invalid_request", "the form cannot be read", "表单无法解析"),
    }
}
