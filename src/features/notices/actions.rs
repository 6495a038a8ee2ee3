//! Changes of notices: load · ask the domain · store and record.

use super::{store, wire::DeliveryIn};
use crate::{
    domain::{
        course::{Course, Moment},
        event::Event,
        id::Id,
        listing::Listing,
        notice::{Notice, NoticeChannel, NoticeError, NoticeLetter, NoticeStep},
        settings::Settings,
        vehicle::Vehicle,
    },
    features::vehicles,
    platform::{db::Tx, problem::Problem},
};

type NoticeKey = (Id<Vehicle>, Id<Notice>);

/// Writes the notice of a listing, in the transaction that records the listing.
///
/// # Errors
/// The database fails.
pub fn write(tx: &mut Tx<'_>, settings: &Settings, listing: &Listing) -> Result<(), Problem> {
    let id = tx.mint();
    let notice = Notice {
        id,
        vehicle: listing.vehicle,
        listing: listing.id,
        number: number(tx, id),
        letter: NoticeLetter::for_listing(listing, settings),
        course: Course::begin(NoticeStep::Written, tx.moment()),
    };
    store::insert(tx.conn(), &notice)?;
    let Notice { listing, number, .. } = notice;
    tx.record(notice.vehicle, Event::NoticeWritten { notice: id, listing, number });
    Ok(())
}

/// `G`, the local time to the millisecond, and digits that nobody guesses.
fn number(tx: &Tx<'_>, id: Id<Notice>) -> String {
    let id = id.to_string();
    let (_, tail) = id.split_at(id.len() - 8);
    format!("G{}{}", tx.at().local_digits(), tail.to_uppercase())
}

/// The notice is on its way; one that failed is sent again.
///
/// # Errors
/// No such notice (404), or it is on its way, has arrived or was withdrawn (409).
pub fn send_notice(tx: &mut Tx<'_>, key: NoticeKey, channel: NoticeChannel) -> Result<Notice, Problem> {
    advance(tx, key, |notice, moment| notice.send(channel, moment))
}

/// The notice has reached the owner.
///
/// # Errors
/// No such notice (404), it was not sent (409), or the time cannot be (422).
pub fn deliver(tx: &mut Tx<'_>, key: NoticeKey, told: &DeliveryIn) -> Result<Notice, Problem> {
    let delivered_at = told.delivered_at.unwrap_or(tx.at());
    advance(tx, key, |notice, moment| notice.deliver(delivered_at, told.proof.clone(), moment))
}

/// The notice has not reached the owner.
///
/// # Errors
/// No such notice (404), or it was not sent (409).
pub fn fail_notice(tx: &mut Tx<'_>, key: NoticeKey, reason: &str) -> Result<Notice, Problem> {
    advance(tx, key, |notice, moment| notice.fail(reason.to_owned(), moment))
}

/// The listing was lifted, so a notice that has not arrived is not needed any more.
///
/// # Errors
/// The database fails.
pub fn withdraw(tx: &mut Tx<'_>, listing: &Listing) -> Result<(), Problem> {
    let moment = tx.moment();
    let of_listing = |notice: &Notice| notice.listing == listing.id;
    for notice in store::of_vehicle(tx.conn(), listing.vehicle)?.into_iter().filter(of_listing) {
        if let Ok(notice) = notice.withdraw(moment) {
            save(tx, &notice)?;
        }
    }
    Ok(())
}

fn advance(
    tx: &mut Tx<'_>,
    (vehicle, id): NoticeKey,
    step: impl FnOnce(Notice, Moment) -> Result<Notice, NoticeError>,
) -> Result<Notice, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let notice = store::load(tx.conn(), vehicle, id)?.ok_or_else(Problem::not_found)?;

    let notice = step(notice, tx.moment()).map_err(refused)?;

    save(tx, &notice)?;
    Ok(notice)
}

fn save(tx: &mut Tx<'_>, notice: &Notice) -> Result<(), Problem> {
    store::save(tx.conn(), notice)?;
    let Notice { id, listing, .. } = *notice;
    tx.record(notice.vehicle, Event::NoticeAdvanced { notice: id, listing, state: notice.course.state() });
    Ok(())
}

fn refused(error: NoticeError) -> Problem {
    match error {
        NoticeError::Step(error) => error.into(),
        NoticeError::Time => Problem::invalid(
            "/delivered_at",
            "time",
            error.to_string(),
            "送达时间不得早于告知书出具时间，也不得晚于当前时间",
        ),
    }
}
