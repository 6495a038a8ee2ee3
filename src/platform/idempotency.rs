//! Requests that are safe to repeat: the same `Idempotency-Key` with the same body gets the stored answer.
//!
//! The key is claimed in the transaction of the change, so a repetition that arrives while the first is still
//! under way waits for it instead of being refused, and a key never outlives a change that failed.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};
use uuid::Uuid;

use super::{
    answer::Answer,
    auth::Caller,
    db::{AnyConnection, Tx, on_db},
    problem::{Kind, Problem},
};
use crate::{
    domain::{id::Id, time::Instant},
    schema::idempotency_keys,
};

/// How long a key is known.
const KEPT_H: i64 = 72;

/// The request's `Idempotency-Key`, if it has one.
pub struct Once(Option<String>);

impl FromRequest for Once {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get("Idempotency-Key") else { return ready(Ok(Self(None))) };
        let key = header.to_str().ok().filter(|key| (1..=128).contains(&key.len()));
        ready(key.map(|key| Self(Some(key.to_owned()))).ok_or_else(|| {
            Problem::new(Kind::Unreadable).because(
                "Idempotency-Key takes 1 to 128 visible characters",
                "Idempotency-Key 须为 1 至 128 个可见字符",
            )
        }))
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
struct KeyRow {
    client_id: Id<()>,
    key: String,
    body_hash: String,
    status: i64,
    location: Option<String>,
    answer: String,
    expires_at: Instant,
}

impl Once {
    /// By a key that does not come in the header, such as the one that a form carries.
    #[must_use]
    pub const fn by(key: Option<String>) -> Self {
        Self(key)
    }

    /// Makes the change once: claims the key, or answers what was answered before. A refusal in the inner result
    /// leaves what the change noted, and the key free.
    ///
    /// # Errors
    /// The key was used for another body (422), or what the change answers.
    pub fn run(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        operation: &str,
        body_hash: &[u8; 32],
        change: impl FnOnce(&mut Tx<'_>) -> Result<Result<Answer, Problem>, Problem>,
    ) -> Result<Result<Answer, Problem>, Problem> {
        let Some(key) = &self.0 else { return change(tx) };
        let at = tx.at();
        let claim = KeyRow {
            client_id: caller.id.into(),
            key: format!("{operation} {key}"),
            body_hash: URL_SAFE_NO_PAD.encode(body_hash),
            status: 0,
            location: None,
            answer: String::new(),
            expires_at: at.plus(Duration::hours(KEPT_H)),
        };
        if let Some(first) = claim_or_first(tx.conn(), &claim, at)? {
            return Ok(first.answer_to(&claim));
        }
        match change(tx)? {
            Ok(answer) => {
                keep(tx.conn(), &claim, &answer)?;
                Ok(Ok(answer))
            }
            Err(problem) => {
                release(tx.conn(), &claim)?;
                Ok(Err(problem))
            }
        }
    }
}

impl KeyRow {
    /// What the first request with this key was answered, if this is the same request.
    fn answer_to(self, claim: &Self) -> Result<Answer, Problem> {
        if self.body_hash != claim.body_hash {
            return Err(Problem::new(Kind::IdempotencyKeyReused));
        }
        let status = u16::try_from(self.status).unwrap_or(200);
        Ok(Answer { status, body: self.answer, location: self.location, replayed: true })
    }
}

/// Claims a name that a client may use only once until it expires: the `jti` of its assertions.
///
/// # Errors
/// The database cannot be written.
pub fn claim_name(tx: &mut Tx<'_>, client: Uuid, name: &str, expires_at: Instant) -> Result<bool, Problem> {
    let claim = KeyRow {
        client_id: client.into(),
        key: name.to_owned(),
        body_hash: String::new(),
        status: 0,
        location: None,
        answer: String::new(),
        expires_at,
    };
    let at = tx.at();
    Ok(claim_or_first(tx.conn(), &claim, at)?.is_none())
}

/// Forgets the keys whose time has passed.
///
/// # Errors
/// The database cannot be written.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), Problem> {
    use idempotency_keys::dsl;
    let at = tx.at();
    diesel::delete(dsl::idempotency_keys.filter(dsl::expires_at.lt(at))).execute(tx.conn())?;
    Ok(())
}

/// Claims the key; when it is taken, what its first request was answered.
fn claim_or_first(conn: &mut AnyConnection, claim: &KeyRow, at: Instant) -> Result<Option<KeyRow>, Problem> {
    use idempotency_keys::dsl;
    let mine = dsl::idempotency_keys.filter(dsl::client_id.eq(claim.client_id)).filter(dsl::key.eq(&claim.key));
    diesel::delete(mine.filter(dsl::expires_at.lt(at))).execute(conn)?;
    let claimed = on_db!(conn, |engine| {
        insert_into(dsl::idempotency_keys).values(claim).on_conflict_do_nothing().execute(engine)
    })?;
    if claimed == 1 {
        return Ok(None);
    }
    Ok(mine.select(KeyRow::as_select()).first(conn).optional()?)
}

fn keep(conn: &mut AnyConnection, claim: &KeyRow, answer: &Answer) -> Result<(), Problem> {
    use idempotency_keys::dsl;
    update(dsl::idempotency_keys.find((claim.client_id, &claim.key)))
        .set((
            dsl::status.eq(i64::from(answer.status)),
            dsl::location.eq(&answer.location),
            dsl::answer.eq(&answer.body),
        ))
        .execute(conn)?;
    Ok(())
}

fn release(conn: &mut AnyConnection, claim: &KeyRow) -> Result<(), Problem> {
    diesel::delete(idempotency_keys::table.find((claim.client_id, &claim.key))).execute(conn)?;
    Ok(())
}
