//! The extractor that stands in a handler's signature: this caller, allowed this operation.

use std::{
    future::{Ready, ready},
    marker::PhantomData,
    net::IpAddr,
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use ipnet::IpNet;

use super::{Caller, Right, TokenError, right::SANDBOXED};
use crate::platform::{
    problem::{Kind, Problem},
    state::State,
    telemetry,
};

/// The caller of an operation that the right `R` allows.
pub struct Allowed<R> {
    caller: Caller,
    right: PhantomData<R>,
}

impl<R> Deref for Allowed<R> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<R: Right> FromRequest for Allowed<R> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticate(request).and_then(Self::of))
    }
}

impl<R: Right> Allowed<R> {
    /// A caller who is known already, such as the holder of a session of the portal.
    ///
    /// # Errors
    /// The role lacks the right (403).
    pub fn of(caller: Caller) -> Result<Self, Problem> {
        if !R::ROLES.contains(&caller.role) {
            return Err(Problem::new(Kind::Forbidden));
        }
        if caller.sandbox && !SANDBOXED.contains(&R::OPERATION) {
            return Err(Problem::new(Kind::Forbidden)
                .because("a sandbox client sees the sandbox alone", "沙箱客户端仅可访问沙箱"));
        }
        Ok(Self { caller, right: PhantomData })
    }
}

fn authenticate(request: &HttpRequest) -> Result<Caller, Problem> {
    let state = request.app_data::<web::Data<State>>().ok_or_else(|| Problem::internal(&"no state"))?;
    let token = bearer(request).ok_or_else(|| {
        unauthenticated("send an access token as `Authorization: Bearer …`", "请在 Authorization 头中携带访问令牌")
    })?;
    let claims = state.verified.claims(&state.keys, token, state.clock.now()).map_err(|error| match error {
        TokenError::NotOurs => unauthenticated("the token is not valid here", "令牌无效"),
        TokenError::Expired => unauthenticated("the token has expired", "令牌已过期"),
    })?;
    if !state.directory.get().may_act(claims.sub, claims.org) {
        return Err(unauthenticated("access has been revoked or suspended", "访问权限已被撤销或暂停"));
    }
    if !is_within(&claims.networks, request.peer_addr().map(|peer| peer.ip())) {
        return Err(unauthenticated("this client may not call from here", "该客户端不允许从当前网络访问"));
    }
    Ok(Caller {
        id: claims.sub,
        organisation: claims.org,
        role: claims.role,
        position: claims.position,
        lines: claims.lines.clone(),
        sandbox: claims.sandbox,
        trace_id: telemetry::trace_id(request),
    })
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Whether an address lies in one of a client's networks; a client without networks may call from anywhere.
#[must_use]
pub fn is_within(networks: &[IpNet], address: Option<IpAddr>) -> bool {
    // A socket for both families shows an IPv4 peer as ::ffff:a.b.c.d.
    let address = address.map(|address| address.to_canonical());
    networks.is_empty() || address.is_some_and(|address| networks.iter().any(|network| network.contains(&address)))
}

fn unauthenticated(en: &'static str, zh: &'static str) -> Problem {
    Problem::new(Kind::Unauthenticated).because(en, zh)
}
