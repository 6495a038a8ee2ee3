//! HTTP of the changes as server-sent events: a stream that begins where the reader stopped and ends when the service
//! does.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{ACCEPT, CACHE_CONTROL, CONTENT_ENCODING},
    web::{self, Bytes},
};
use futures_util::stream;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    features::feeds::{
        actions,
        wire::{ChangesOut, FollowQuery, not_negative},
    },
    platform::{
        auth::{Allowed, right::FollowChanges},
        feed,
        problem::{Kind, Problem},
        state::State,
        streams::Place,
    },
};

/// How often a stream looks whether the feed has moved; the look is in memory.
const LOOK: Duration = Duration::from_millis(100);
/// How often a silent stream shows that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a stream lives, as long as a token: the reader comes back with a new one.
const LONGEST: Duration = Duration::from_secs(900);
/// Changes that are told in one breath.
const BREATH: i64 = 200;

/// The changes as server-sent events; `id` is the number, so that `Last-Event-ID` resumes without a gap.
///
/// Without `Last-Event-ID` and `after` the stream begins now. A silent stream sends a comment every 15 seconds; it ends
/// after 15 minutes or when access is revoked. Four streams at most for each client.
#[utoipa::path(
    tag = "feeds",
    params(FollowQuery, ("Last-Event-ID" = Option<i64>, Header, description = "The last number that is known")),
    responses((status = 200, description = "The stream; the data of each event is a `ChangeOut`", body = String, content_type = "text/event-stream"))
)]
#[get("/v1/listings/events")]
pub async fn follow_changes(
    caller: Allowed<FollowChanges>,
    request: HttpRequest,
    query: web::Query<FollowQuery>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let begin = beginning(&request, &query)?;
    let place = state.streams.enter(caller.id)?;
    let last = match begin {
        Some(known) => known,
        None => state.db.read(|conn| Ok(feed::head(conn)?)).await?,
    };
    let stopping = state.streams.stopping();
    let (begun, client, home) = (Instant::now(), caller.id, caller.organisation);
    let follower =
        Follower { state, client, home, last, begun, beat: begun, greeted: false, stopping, _place: place };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // Packed, events would wait for one another.
        .insert_header((CONTENT_ENCODING, "identity"))
        .streaming(stream::unfold(follower, Follower::next)))
}

/// From where the reader wants the feed; it must be a reader of event streams.
fn beginning(request: &HttpRequest, query: &FollowQuery) -> Result<Option<i64>, Problem> {
    let accepts = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
    if !accepts.is_some_and(|accept| accept.contains("text/event-stream")) {
        let (en, zh) = ("send `Accept: text/event-stream`", "请发送 Accept: text/event-stream");
        return Err(Problem::new(Kind::Unreadable).because(en, zh));
    }
    let Some(header) = request.headers().get("Last-Event-ID") else {
        return query.after.map(|after| not_negative("/after", after)).transpose();
    };
    let number = header.to_str().ok().and_then(|text| text.parse::<i64>().ok()).filter(|number| *number >= 0);
    let (en, zh) = ("Last-Event-ID is the number of a change", "Last-Event-ID 须为变更序号");
    number.map(Some).ok_or_else(|| Problem::new(Kind::Unreadable).because(en, zh))
}

/// One reader of the feed.
struct Follower {
    state: web::Data<State>,
    client: Uuid,
    home: Uuid,
    last: i64,
    begun: Instant,
    beat: Instant,
    greeted: bool,
    stopping: watch::Receiver<bool>,
    _place: Place,
}

impl Follower {
    /// The next words of the stream; none ends it.
    async fn next(mut self) -> Option<(Result<Bytes, Problem>, Self)> {
        if !self.greeted {
            self.greeted = true;
            return Some((Ok(Bytes::from_static(b"retry: 2000\n\n")), self));
        }
        loop {
            if self.is_over() {
                return None;
            }
            if self.state.db.published().max(self.state.streams.seen()) > self.last {
                match self.read_on().await {
                    Ok(told) if told.is_empty() => {}
                    told => return Some((told, self)),
                }
            }
            if self.beat.elapsed() >= HEARTBEAT {
                self.beat = Instant::now();
                return Some((Ok(Bytes::from_static(b": alive\n\n")), self));
            }
            drop(tokio::time::timeout(LOOK, self.stopping.changed()).await);
        }
    }

    fn is_over(&self) -> bool {
        let may_act = self.state.directory.get().may_act(self.client, self.home);
        *self.stopping.borrow() || !may_act || self.begun.elapsed() >= LONGEST
    }

    async fn read_on(&mut self) -> Result<Bytes, Problem> {
        let after = self.last;
        let read = self.state.db.read(move |conn| actions::changes(conn, after, BREATH)).await?;
        self.last = read.next;
        self.beat = Instant::now();
        Ok(events(&read)?.into())
    }
}

fn events(read: &ChangesOut) -> Result<String, Problem> {
    let mut told = String::new();
    for change in &read.items {
        let data = serde_json::to_string(change).map_err(|error| Problem::internal(&error))?;
        let (id, event) = (change.sequence, change.changed);
        write!(told, "id: {id}\nevent: {event}\ndata: {data}\n\n").map_err(|error| Problem::internal(&error))?;
    }
    Ok(told)
}
