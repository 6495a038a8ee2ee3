//! HTTP of the adapter: always 200 with a string `code`, as shops' software expects; and the bureau's side of it.

use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::{
    actions::{self, Fate},
    store::{self, MessageRow},
    wire::{LinkIn, Message, RepairMessageOut, ReplyOut, ShopTokenIn},
};
use crate::{
    domain::{id::Id, party::Organisation, role::Role},
    features::{access, repairs::RepairOut},
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller, Purpose,
            right::{LinkRepairMessage, ListRepairMessages},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        telemetry,
    },
};

/// A token for a shop's software, by company code and password (the secret of one of the shop's clients).
#[utoipa::path(
    tag = "adapters", request_body = ShopTokenIn,
    responses((status = 200, description = "The token, or the refusal with a `code` other than `1`", body = ReplyOut))
)]
#[post("/v1/adapters/jtt1132/tokens")]
pub async fn issue_jtt1132_token(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let Ok(told) = serde_json::from_slice::<ShopTokenIn>(&body) else {
        return reply(&ReplyOut::failure("报文格式错误"));
    };
    match access::shop_token(&state, &told.companycode, told.companypassword).await {
        Ok(token) => reply(&ReplyOut { access_token: Some(token), ..ReplyOut::success("成功") }),
        Err(problem) => reply(&ReplyOut::failure(problem.kind().title_zh())),
    }
}

/// Uploads a repair record. The same company code and settlement number again answers success and stores nothing.
#[utoipa::path(
    tag = "adapters", request_body = serde_json::Value,
    responses((status = 200, description = "`code` is `1` when the record was taken", body = ReplyOut))
)]
#[post("/v1/adapters/jtt1132/repairs")]
pub async fn upload_jtt1132_repair(request: HttpRequest, body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let (text, _, _) = encoding_rs::UTF_8.decode(&body);
    let message = match Message::read(&text) {
        Ok(message) => message,
        Err(error) => return reply(&ReplyOut::failure(&error.to_string())),
    };
    let Some(caller) = caller_of(&message, &request, &state) else {
        return reply(&ReplyOut::failure("令牌无效或已过期"));
    };
    let ground = state.ground(&caller);
    let taken = state
        .db
        .write("upload_jtt1132_repair", caller.actor(), move |tx| {
            actions::upload_jtt1132_repair(tx, &ground, &message)
        })
        .await;
    reply(&match taken {
        Ok(Fate::Linked) => ReplyOut::success("成功"),
        Ok(Fate::Kept) => ReplyOut::success("成功，待关联检测报告"),
        Ok(Fate::Again) => ReplyOut::success("成功，重复上传"),
        Err(problem) => ReplyOut::failure(problem.kind().title_zh()),
    })
}

fn reply(reply: &ReplyOut) -> HttpResponse {
    HttpResponse::Ok().json(reply)
}

fn caller_of(message: &Message, request: &HttpRequest, state: &State) -> Option<Caller> {
    let claims = state.keys.verify(Purpose::Jtt1132, &message.access_token, state.clock.now()).ok()?;
    state.directory.get().may_act(claims.sub, claims.org).then(|| Caller {
        id: claims.sub,
        organisation: claims.org,
        role: claims.role,
        position: claims.position,
        lines: Vec::new(),
        sandbox: false,
        trace_id: telemetry::trace_id(request),
    })
}

/// Uploaded records that name no report of an open case; a shop sees its own.
#[utoipa::path(
    tag = "adapters", params(PageQuery),
    responses((status = 200, description = "A page of messages that wait", body = Page<RepairMessageOut>))
)]
#[get("/v1/repair-messages")]
pub async fn list_repair_messages(
    caller: Allowed<ListRepairMessages>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after) = (page.size()?, page.after::<Id<MessageRow>>()?);
    let shop = (caller.role == Role::RepairShop).then(|| caller.organisation.into());
    let rows = state.db.read(move |conn| Ok(store::page(conn, shop, after, size)?)).await?;
    let item = |row: MessageRow| RepairMessageOut {
        shop_id: row.shop_id.uuid(),
        message_id: row.id.uuid(),
        settlement_number: row.settlement_number,
        vin: row.vin,
        received_at: row.received_at,
        message: row.message.0,
    };
    Answer::ok(&Page::cut(rows, size, |row| row.id, item)?)
}

/// Ties a waiting message to an open case of the same VIN: it becomes the case's repair.
#[utoipa::path(
    tag = "adapters", request_body = LinkIn,
    params(("shop_id" = uuid::Uuid, Path, description = "The shop that sent it"), ("message_id" = uuid::Uuid, Path, description = "The message")),
    responses((status = 200, description = "The repair", body = RepairOut))
)]
#[post("/v1/repair-messages/{shop_id}/{message_id}/links")]
pub async fn link_repair_message(
    caller: Allowed<LinkRepairMessage>,
    path: web::Path<(Id<Organisation>, Id<MessageRow>)>,
    once: Once,
    body: Body<LinkIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&RepairOut::from(actions::link_repair_message(tx, on, *path, told)?))
        })
        .await
}
