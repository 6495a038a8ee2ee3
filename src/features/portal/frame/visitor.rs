//! Somebody who is signed in: in a handler's signature, nobody else gets there.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web};

use super::{Frame, Reader};
use crate::{
    features::{
        access::{self, Session},
        portal::pages::Page,
    },
    platform::{
        auth::{Allowed, Caller, Right},
        problem::{Kind, Problem},
        state::State,
    },
};

/// The holder of a session.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// What the request tells.
    pub reader: Reader,
    /// The session.
    pub session: Session,
}

impl Visitor {
    /// In which capacity the visitor acts.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        &self.session.caller
    }

    /// The frame of a page that is the visitor's.
    ///
    /// # Errors
    /// The page is for other roles (403).
    pub fn open(&self, page: &'static Page) -> Result<Frame, Problem> {
        if !page.roles.contains(&self.caller().role) {
            return Err(Problem::new(Kind::Forbidden));
        }
        Ok(Frame::new(self.reader.clone(), page.title(self.reader.language)).of_page(page).for_visitor(self))
    }

    /// The visitor as the caller of an operation.
    ///
    /// # Errors
    /// The role lacks the right (403).
    pub fn allowed<R: Right>(&self) -> Result<Allowed<R>, Problem> {
        Allowed::of(self.caller().clone())
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = request.app_data::<web::Data<State>>().ok_or_else(|| Problem::internal(&"no state"))?;
            let reader = Reader::of(&request);
            let session = match &reader.session {
                Some(secret) => access::session(state, reader.visit.clone(), secret).await?,
                None => None,
            };
            let session = session.ok_or_else(|| Problem::new(Kind::Unauthenticated))?;
            let visitor = Self { reader, session };
            // So that a problem is shown in the visitor's own frame.
            request.extensions_mut().insert(visitor.clone());
            Ok(visitor)
        })
    }
}
