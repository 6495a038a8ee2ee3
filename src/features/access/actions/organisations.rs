//! Registering, suspending and reinstating organisations.

use super::{overtaken, supervised, taken, wrong_standing};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::Organisation,
        role::{Role, Standing, StandingError},
    },
    features::access::{
        store::{self, OrganisationFilter, OrganisationRow, Step},
        wire::{OrganisationIn, OrganisationOut, OrganisationQuery, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::Caller,
        db::{AnyConnection, Tx},
        page::Page,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Registers an organisation.
///
/// # Errors
/// There is one of its role and code.
pub fn add_organisation(tx: &mut Tx<'_>, new: &OrganisationIn) -> Result<OrganisationOut, Problem> {
    let row = OrganisationRow {
        id: tx.mint(),
        role: new.role,
        code: new.code.clone(),
        name: new.name.clone(),
        area: new.area.to_string(),
        credit_code: new.credit_code.clone(),
        legal_person: new.legal_person.clone(),
        standing: Standing::Active,
        standing_reason: None,
        registered_at: tx.at(),
        changed_at: tx.at(),
    };

    if !store::insert_organisation(tx.conn(), &row)? {
        return Err(taken("/code", "an organisation of this kind has this code", "同类单位中已有此编码"));
    }
    tx.record(row.id, Event::OrganisationRegistered { organisation: row.id, role: row.role });
    Ok(row.into())
}

/// Registers an organisation that the caller's role supervises.
pub fn register_organisation(tx: &mut Tx<'_>, ground: &Ground, new: &OrganisationIn) -> Result<Answer, Problem> {
    if !ground.caller.role.supervises(new.role) {
        return Err(Problem::new(Kind::Forbidden)
            .because("your role does not register organisations of this kind", "您的角色无权登记此类单位"));
    }

    let made = add_organisation(tx, new)?;
    Answer::created(&made, format!("/v1/organisations/{}", made.id))
}

/// Suspends an organisation: all of its people and clients stop acting.
pub fn suspend_organisation(
    tx: &mut Tx<'_>,
    ground: &Ground,
    id: Id<Organisation>,
    why: &ReasonIn,
) -> Result<Answer, Problem> {
    if ground.caller.organisation == id.uuid() {
        return Err(
            Problem::new(Kind::WrongState).because("an organisation does not suspend itself", "单位不能暂停自身")
        );
    }
    let reason = why.reason.clone();
    let event = Event::OrganisationSuspended { organisation: id, reason };
    step(tx, ground, id, Standing::suspend, why, event)
}

/// Lets a suspended organisation act again.
pub fn reinstate_organisation(
    tx: &mut Tx<'_>,
    ground: &Ground,
    id: Id<Organisation>,
    why: &ReasonIn,
) -> Result<Answer, Problem> {
    let reason = why.reason.clone();
    let event = Event::OrganisationReinstated { organisation: id, reason };
    step(tx, ground, id, Standing::reinstate, why, event)
}

fn step(
    tx: &mut Tx<'_>,
    ground: &Ground,
    id: Id<Organisation>,
    step: fn(Standing) -> Result<Standing, StandingError>,
    why: &ReasonIn,
    event: Event,
) -> Result<Answer, Problem> {
    let mut organisation = supervised(tx.conn(), &ground.caller, id)?;

    let to = step(organisation.standing).map_err(wrong_standing)?;

    let step = Step { from: organisation.standing, to, reason: &why.reason, at: tx.at() };
    overtaken(store::step_organisation(tx.conn(), id, &step)?)?;
    tx.record(id, event);
    organisation.standing = to;
    organisation.standing_reason = Some(why.reason.clone());
    Answer::ok(&OrganisationOut::from(organisation))
}

/// Organisations, as the caller may see them.
pub fn list_organisations(
    conn: &mut AnyConnection,
    caller: &Caller,
    query: &OrganisationQuery,
) -> Result<Page<OrganisationOut>, Problem> {
    let page = query.page();
    let size = page.size()?;
    let filter = OrganisationFilter { role: query.role, after: page.after()?, limit: size + 1 };
    let rows = store::organisations(conn, &filter)?;
    Page::cut(rows, size, |row| row.id, |row| seen_by(caller, row))
}

fn seen_by(caller: &Caller, row: OrganisationRow) -> OrganisationOut {
    let whole = caller.role.supervises(row.role) || caller.organisation == row.id.uuid();
    let out = OrganisationOut::from(row);
    if whole { out } else { OrganisationOut { credit_code: None, legal_person: None, standing_reason: None, ..out } }
}

impl From<OrganisationRow> for OrganisationOut {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            role: row.role,
            code: row.code,
            name: row.name,
            area: row.area,
            credit_code: row.credit_code,
            legal_person: row.legal_person,
            standing: row.standing,
            standing_reason: row.standing_reason,
            registered_at: row.registered_at,
        }
    }
}

/// The organisation is of a kind that has lines.
pub(super) fn must_be_station(organisation: &OrganisationRow) -> Result<(), Problem> {
    if organisation.role == Role::InspectionStation {
        return Ok(());
    }
    Err(Problem::new(Kind::WrongState).because("only an inspection station has lines", "仅排放检验机构设有检测线"))
}
