//! Changes of referrals: load · ask the domain · store and record.

use super::{store, wire::ReferralIn};
use crate::{
    domain::{
        case::{Case, Closure, State},
        course::{Course, InvalidStep, Moment},
        event::Event,
        id::Id,
        referral::{Addressee, Matter, Referral, ReferralState, ReferralStep},
        role::Role,
        settings::Settings,
        time::last_day,
        vehicle::Vehicle,
    },
    features::{cases, listings},
    platform::{
        auth::Caller,
        db::Tx,
        problem::{Kind, Problem},
    },
};

type ReferralKey = (Id<Vehicle>, Id<Referral>);

/// Refers a listing, or the ruling upon a case, to another office.
///
/// # Errors
/// Neither or both are named (422), no such listing or case (404); the listing was lifted, or the case was not ruled
/// upon (409).
pub fn refer_matter(
    tx: &mut Tx<'_>,
    settings: &Settings,
    vehicle: Id<Vehicle>,
    told: &ReferralIn,
) -> Result<Referral, Problem> {
    let about = match (told.listing_id, told.case_id) {
        (Some(listing), None) => Matter::Listing(listings::standing(tx, (vehicle, listing))?.id),
        (None, Some(case)) => Matter::Ruling(ruled(&cases::lock(tx.conn(), vehicle, case)?)?),
        _ => {
            return Err(Problem::invalid(
                "/listing_id",
                "one_of",
                "name either listing_id or case_id",
                "listing_id 与 case_id 须且仅须填一项",
            ));
        }
    };

    let today = tx.at().local_day();
    let referral = Referral {
        id: tx.mint(),
        vehicle,
        about,
        to: told.addressee,
        brief: told.brief.clone(),
        answer_by: last_day(today, settings.on("referral_days_to_answer", today)),
        course: Course::begin(ReferralStep::Sent, tx.moment()),
    };

    store::insert(tx.conn(), &referral)?;
    record(tx, &referral);
    Ok(referral)
}

fn ruled(case: &Case) -> Result<Id<Case>, Problem> {
    match case.state {
        State::Closed { closure: Closure::Ruled { .. }, .. } => Ok(case.id),
        _ => Err(Problem::new(Kind::WrongState)
            .because("the case was not ended by a ruling", "该案件未经裁定结案，不能移送")),
    }
}

/// The office takes a step; the bureau may record it for the office.
///
/// # Errors
/// No such referral, or it is for another office (404), or its state does not allow the step (409).
pub fn advance(
    tx: &mut Tx<'_>,
    caller: &Caller,
    key: ReferralKey,
    step: impl FnOnce(Referral, Moment) -> Result<Referral, InvalidStep<ReferralState>>,
) -> Result<Referral, Problem> {
    let referral = store::lock(tx.conn(), key.0, key.1)?;
    if !concerns(caller.role, referral.to) {
        return Err(Problem::not_found());
    }

    let referral = step(referral, tx.moment())?;

    store::save(tx.conn(), &referral)?;
    record(tx, &referral);
    Ok(referral)
}

/// Whether a referral to this office concerns a role: the office itself, and the bureau that sent it.
#[must_use]
pub fn concerns(role: Role, to: Addressee) -> bool {
    role == Role::EcologyBureau || Addressee::of_role(role) == Some(to)
}

fn record(tx: &mut Tx<'_>, referral: &Referral) {
    let state = referral.course.state();
    tx.record(referral.vehicle, Event::ReferralAdvanced { referral: referral.id, state });
}
