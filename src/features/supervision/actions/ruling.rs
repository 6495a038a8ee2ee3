//! The ruling, what follows from it, and the decision upon an appeal against it.

use super::{advance, record, refused};
use crate::{
    domain::{
        id::Id,
        supervision_case::{SupervisionCase, SupervisionRuling},
    },
    features::{
        stations::{self, NewSuspension},
        supervision::{
            store,
            wire::{SupervisionAppealDecisionIn, SupervisionRulingIn, SupervisionRulingKind, SuspensionIn},
        },
    },
    platform::{db::Tx, problem::Problem},
};

/// The bureau rules. A suspension stands from its instant on.
///
/// # Errors
/// No such case (404), its state or the time for the explanation does not allow it, the suspension overlaps another
/// (409), or a member is missing or does not hold (422).
pub fn rule_supervision(
    tx: &mut Tx<'_>,
    id: Id<SupervisionCase>,
    told: &SupervisionRulingIn,
) -> Result<SupervisionCase, Problem> {
    let case = store::lock(tx.conn(), id)?;

    let reason = told.reason.clone();
    let rule = |ruling, moment| case.clone().rule(ruling, reason.clone(), moment).map_err(refused);
    let case = match (told.ruling, told.suspension, told.refer_to) {
        (SupervisionRulingKind::Dismissed, ..) => rule(SupervisionRuling::Dismissed, tx.moment())?,
        (SupervisionRulingKind::Warned, ..) => rule(SupervisionRuling::Warned, tx.moment())?,
        (SupervisionRulingKind::Referred, _, Some(to)) => rule(SupervisionRuling::Referred(to), tx.moment())?,
        (SupervisionRulingKind::Referred, _, None) => return Err(missing("/refer_to")),
        (SupervisionRulingKind::Suspended, None, _) => return Err(missing("/suspension")),
        (SupervisionRulingKind::Suspended, Some(wanted), _) => {
            // Whether it may be ruled at all is asked first; the same step then carries the suspension.
            rule(SupervisionRuling::Warned, tx.moment())?;
            let suspension = stations::suspend(tx, new_suspension(&case, wanted, &told.reason)?)?;
            rule(SupervisionRuling::Suspended(suspension.id), tx.moment())?
        }
    };

    store::save(tx.conn(), &case)?;
    record(tx, &case);
    Ok(case)
}

/// The bureau decides upon an appeal; one that is upheld ends the suspension.
///
/// # Errors
/// No such case (404), or there is no appeal (409).
pub fn decide_supervision_appeal(
    tx: &mut Tx<'_>,
    id: Id<SupervisionCase>,
    told: &SupervisionAppealDecisionIn,
) -> Result<SupervisionCase, Problem> {
    let case = advance(tx, id, |case, moment| case.decide_appeal(told.upheld, told.reason.clone(), moment))?;
    if let (true, Some(suspension)) = (told.upheld, case.suspension()) {
        stations::end_if_not_over(tx, suspension, &told.reason)?;
    }
    Ok(case)
}

fn new_suspension(case: &SupervisionCase, wanted: SuspensionIn, reason: &str) -> Result<NewSuspension, Problem> {
    let line = if wanted.whole_station {
        None
    } else {
        Some(case.line.ok_or_else(|| missing("/suspension/whole_station"))?)
    };
    Ok(NewSuspension {
        station: case.concerns,
        line,
        case: case.id,
        from: wanted.from,
        until: wanted.until,
        reason: reason.to_owned(),
    })
}

fn missing(pointer: &'static str) -> Problem {
    Problem::invalid(pointer, "missing", "is needed for this ruling", "此决定须填写该项")
}
