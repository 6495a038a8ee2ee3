//! What became of repairs: the first retest after each, and whether the vehicle failed again within 90 days.

use std::collections::{BTreeMap, HashMap};

use diesel::{BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, names};
use crate::{
    domain::{
        id::Id,
        inspection::InspectionKind,
        party::Organisation,
        repair::{RepairProgress, RepairState},
        role::Role::{self, EcologyBureau, TransportBureau},
        score::outcomes::{Outcomes, Tested},
        time::{Day, Instant},
        vehicle::Vehicle,
        verdict::Verdict,
    },
    platform::{
        db::{AnyConnection, Json},
        problem::{Problem, Text, text},
    },
    schema::{inspections, repairs},
};

/// Repair outcomes by shop.
pub struct RepairOutcomes;

/// Vehicles whose tests are read at a time.
const AT_A_TIME: usize = 500;

/// A completed repair.
struct Done {
    shop: Id<Organisation>,
    vehicle: Id<Vehicle>,
    at: Instant,
}

impl Report for RepairOutcomes {
    fn name(&self) -> &'static str {
        "repair_outcomes"
    }

    fn title(&self) -> Text {
        text("Repair outcomes by shop", "维修成效（按维修站）")
    }

    fn definitions(&self) -> Text {
        text(
            "Repairs completed in the period. First retest: the vehicle's first test that counts after the repair was \
             completed. Failed again: another test that counts failed within 90 days after that pass; only passes \
             whose 90 days are over on the day, or that failed before, are in this share.",
            "期间内竣工的维修；首次复检指竣工后首次计入统计的检验；90天内复超指该次合格后90天内又有计入统计的检验不合格，\
             仅统计至统计日已满90天或已复超者。",
        )
    }

    fn source(&self) -> &'static str {
        "JT/T 1132.2; 环大气〔2020〕31号"
    }

    fn readers(&self) -> &'static [Role] {
        &[TransportBureau, EcologyBureau]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("shop", "Shop code", "维修站编号", ""),
            column("shop_name", "Shop", "维修站", ""),
            column("repairs", "Completed repairs", "竣工维修", "次 repairs"),
            column("retested", "Retested", "已复检", "次 repairs"),
            column("passed", "Passed at the first retest", "首次复检合格", "次 repairs"),
            column("pass_percent", "First-retest pass rate", "首次复检合格率", "%"),
            column("watched", "Passes watched for 90 days", "满90天观察", "次 passes"),
            column("failed_again", "Failed again within 90 days", "90天内复超", "次 passes"),
            column("failed_again_percent", "90-day re-fail rate", "90天复超率", "%"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let shops = outcomes(conn, asked)?;
        let known = names::organisations(conn)?;
        let mut rows: Vec<_> =
            shops.into_iter().map(|(shop, outcomes)| (names::of_organisation(&known, shop), outcomes)).collect();
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.into_iter().try_for_each(|(shop, outcomes)| emit(shop.into_iter().chain(cells(&outcomes)).collect()))
    }
}

/// What became of the repairs of every shop.
///
/// # Errors
/// The database fails.
pub fn outcomes(conn: &mut AnyConnection, asked: &Asked) -> Result<BTreeMap<Id<Organisation>, Outcomes>, Problem> {
    let done = completed(conn, asked)?;
    let mut shops = BTreeMap::<Id<Organisation>, Outcomes>::new();
    for some in done.chunks(AT_A_TIME) {
        let tests = tests_of(conn, asked, some)?;
        for repair in some {
            let tests = tests.get(&repair.vehicle).map(Vec::as_slice).unwrap_or_default();
            shops.entry(repair.shop).or_default().add(repair.at, tests, asked.as_of);
        }
    }
    Ok(shops)
}

fn completed(conn: &mut AnyConnection, asked: &Asked) -> Result<Vec<Done>, Problem> {
    let (first, end) = asked.span();
    let rows: Vec<(Id<Organisation>, Id<Vehicle>, Json<RepairProgress>)> = repairs::table
        .filter(repairs::state.eq(RepairState::Completed))
        .filter(repairs::recorded_at.lt(end.min(asked.unknown_from())))
        .order((repairs::vehicle_id, repairs::id))
        .select((repairs::shop_id, repairs::vehicle_id, repairs::progress))
        .load(conn)?;
    let done = rows.into_iter().filter_map(|(shop, vehicle, progress)| match progress.0 {
        RepairProgress::Completed { at } if at >= first && at < end.min(asked.unknown_from()) => {
            Some(Done { shop, vehicle, at })
        }
        _ => None,
    });
    Ok(done.collect())
}

fn tests_of(
    conn: &mut AnyConnection,
    asked: &Asked,
    repairs: &[Done],
) -> Result<HashMap<Id<Vehicle>, Vec<Tested>>, Problem> {
    use inspections::dsl;
    let known = asked.unknown_from();
    let mut vehicles: Vec<Id<Vehicle>> = repairs.iter().map(|repair| repair.vehicle).collect();
    vehicles.dedup();
    let counted = dsl::inspections
        .filter(dsl::counted.eq(true))
        .filter(dsl::kind.ne_all([InspectionKind::Trial, InspectionKind::Comparison]))
        .filter(dsl::ended_on.le(asked.as_of))
        .filter(dsl::recorded_at.lt(known))
        .filter(dsl::superseded_at.is_null().or(dsl::superseded_at.assume_not_null().ge(known)))
        .filter(dsl::vehicle_id.eq_any(&vehicles))
        .select((dsl::vehicle_id, dsl::ended_at, dsl::ended_on, dsl::verdict));
    let rows: Vec<(Id<Vehicle>, Instant, Day, Verdict)> = counted.load(conn)?;
    let mut tests = HashMap::<Id<Vehicle>, Vec<Tested>>::new();
    for (vehicle, at, day, verdict) in rows {
        tests.entry(vehicle).or_default().push((at, day, verdict));
    }
    for tests in tests.values_mut() {
        tests.sort_unstable();
    }
    Ok(tests)
}

fn cells(outcomes: &Outcomes) -> [Cell; 7] {
    [
        Cell::Count(outcomes.repairs),
        Cell::Count(outcomes.retested),
        Cell::Count(outcomes.passed),
        Cell::percent(outcomes.passed, outcomes.retested),
        Cell::Count(outcomes.watched),
        Cell::Count(outcomes.failed_again),
        Cell::percent(outcomes.failed_again, outcomes.watched),
    ]
}
