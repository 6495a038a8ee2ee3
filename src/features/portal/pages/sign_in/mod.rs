//! Signing in and out: the same accounts as those of the API.

use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{self, ServiceConfig},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    features::{
        access::{self, SignInIn},
        portal::{
            HOME,
            frame::{DOOR, Form, Frame, Reader, SESSION, see_other, status_of},
        },
    },
    platform::{body::Body, problem::Problem, state::State},
};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(enter).service(leave);
}

#[derive(Template)]
#[template(path = "pages/sign_in/page.html")]
struct SignIn {
    frame: Frame,
    login: String,
    next: String,
}

#[derive(Deserialize)]
struct Wish {
    next: Option<String>,
}

/// The door. Whoever comes without a cookie gets one, so that this form too has a token.
#[get("/sign-in")]
async fn show(mut reader: Reader, wish: web::Query<Wish>) -> Result<HttpResponse, Problem> {
    let door = reader.at_the_door();
    let cookie = reader.cookie(DOOR, door);
    let frame = Frame::new(reader, "").titled("登录", "Sign in");
    let next = ours(wish.next.as_deref()).to_owned();
    let mut response = Frame::answer(&SignIn { frame, login: String::new(), next })?;
    response.add_cookie(&cookie).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}

/// Lets in who knows the password.
#[post("/sign-in")]
async fn enter(reader: Reader, form: Form, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    match open(&reader, &form, &state).await {
        Ok(secret) => {
            let mut gone = reader.cookie(DOOR, String::new());
            gone.make_removal();
            Ok(HttpResponse::SeeOther()
                .insert_header((header::LOCATION, ours(form.text("next"))))
                .cookie(reader.cookie(SESSION, secret))
                .cookie(gone)
                .finish())
        }
        Err(problem) => {
            let frame = Frame::new(reader, "").titled("登录", "Sign in").with_problem(&problem);
            let page =
                SignIn { frame, login: form.shown("login").to_owned(), next: ours(form.text("next")).to_owned() };
            Frame::answer_with(status_of(&problem), &page)
        }
    }
}

async fn open(reader: &Reader, form: &Form, state: &State) -> Result<String, Problem> {
    let body: Body<SignInIn> = form.body(form.object(&["login", "password"]))?;
    access::open_session(state, reader.visit.clone(), body.value).await
}

/// Ends the session, here and on the server.
#[post("/sign-out")]
async fn leave(reader: Reader, _form: Form, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    if let Some(secret) = reader.session() {
        access::close_session(&state, secret).await?;
    }
    let mut gone = reader.cookie(SESSION, String::new());
    gone.make_removal();
    let mut response = see_other("/portal/sign-in");
    response.add_cookie(&gone).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}

/// A wish to go on to a page of the portal, and to nowhere else.
fn ours(next: Option<&str>) -> &str {
    let plain = |next: &&str| {
        next.starts_with(HOME) && next.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte))
    };
    next.filter(plain).unwrap_or(HOME)
}

#[test]
fn the_door_leads_to_our_own_pages_alone() {
    let strange = ["https://example.cn/", "//example.cn", "/portal/\\example.cn", "/v1/checks", "/portal/a?b=c", ""];
    assert!(strange.into_iter().all(|next| ours(Some(next)) == HOME));
    assert_eq!(ours(Some("/portal/police")), "/portal/police");
}
