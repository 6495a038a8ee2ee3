//! HTTP of listings.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{ListingIn, ListingOut, ListingsOut},
};
use crate::{
    domain::{id::Id, listing::Listing, notice::Notice, vehicle::Vehicle},
    features::notices::{DeliveryIn, NoticeOut},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{BlacklistVehicle, DeliverNotice, LiftListing, ReadListings},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// Puts a vehicle on the blacklist by a reasoned decision.
#[utoipa::path(
    tag = "listings", request_body = ListingIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Listed", body = ListingOut))
)]
#[post("/v1/vehicles/{vehicle_id}/listings")]
pub async fn blacklist_vehicle(
    caller: Allowed<BlacklistVehicle>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<ListingIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let listing = actions::blacklist_vehicle(tx, &on.lawbook, *path, told)?;
            Answer::created(&ListingOut::at(&listing, tx.at()), format!("/v1/vehicles/{}/listings", *path))
        })
        .await
}

/// Lifts a listing; it stays in the history.
#[utoipa::path(
    tag = "listings", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("listing_id" = uuid::Uuid, Path, description = "The listing")),
    responses((status = 200, description = "Lifted", body = ListingOut))
)]
#[post("/v1/vehicles/{vehicle_id}/listings/{listing_id}/lifts")]
pub async fn lift_listing(
    caller: Allowed<LiftListing>,
    path: web::Path<(Id<Vehicle>, Id<Listing>)>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let listing = actions::lift_listing(tx, *path, &told.reason)?;
            Answer::ok(&ListingOut::at(&listing, tx.at()))
        })
        .await
}

/// The notice of a listing has reached the owner; a listing that waits for it takes effect when the owner's time is over.
#[utoipa::path(
    tag = "notices", request_body = DeliveryIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("notice_id" = uuid::Uuid, Path, description = "The notice")),
    responses((status = 200, description = "Delivered", body = NoticeOut))
)]
#[post("/v1/vehicles/{vehicle_id}/notices/{notice_id}/deliveries")]
pub async fn deliver_notice(
    caller: Allowed<DeliverNotice>,
    path: web::Path<(Id<Vehicle>, Id<Notice>)>,
    once: Once,
    body: Body<DeliveryIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&NoticeOut::from(actions::deliver_notice(tx, *path, told)?))
        })
        .await
}

/// A vehicle's listings, also those lifted.
#[utoipa::path(
    tag = "listings", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The listings, the newest first", body = ListingsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/listings")]
pub async fn read_listings(
    _caller: Allowed<ReadListings>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let now = state.clock.now();
    let listings = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    let items: Vec<_> = listings.iter().map(|listing| ListingOut::at(listing, now)).collect();
    Answer::ok(&ListingsOut { listed: items.iter().any(|item| item.in_effect), items })
}
