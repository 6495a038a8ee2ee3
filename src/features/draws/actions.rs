//! Drawing, and drawing again to show that it was by lot.

use super::{
    store,
    wire::{DrawIn, DrawOut, DrawnOut},
};
use crate::{
    domain::{
        draw::{Candidate, Draw, Risk, Seed, Spread, StationRisk, draw, risk, weights},
        event::Event,
        id::Id,
        quantity::Amount,
        score::Indicator,
        time::Day,
    },
    features::{
        scores::{self, Period, ScoreOut},
        supervision,
    },
    platform::{
        db::{AnyConnection, Tx},
        problem::Problem,
        state::Ground,
    },
};

/// Draws tests that passed, to be made again: by a seed of the service's own, more of them where the risk is higher.
///
/// # Errors
/// The days are out of order, or there is nothing to draw from (422).
pub fn draw_reinspections(tx: &mut Tx<'_>, on: &Ground, told: &DrawIn) -> Result<DrawOut, Problem> {
    let at = tx.at();
    let spread = spread(tx.conn(), on, told, at.local_day())?;
    let frame = store::frame(tx.conn(), (told.from, told.to), at)?;
    if frame.is_empty() {
        return Err(Problem::invalid("/from", "no_tests", "no test passed in these days", "期间内没有合格检验"));
    }

    let size = usize::try_from(told.size).unwrap_or(usize::MAX);
    let seed = Seed(rand::random());
    let made = Draw { id: tx.mint(), seed, from: told.from, to: told.to, size, frame: frame.len(), spread, at };
    let items = again(&made, &frame);

    store::insert(tx.conn(), &made, &items)?;
    let drawn = u64::try_from(items.len()).unwrap_or(u64::MAX);
    tx.record(on.caller.home(), Event::ReinspectionsDrawn { draw: made.id, size: drawn });
    Ok(DrawOut::new(made, items, None))
}

/// A draw with what was drawn, drawn again from its seed.
///
/// # Errors
/// There is no such draw (404), or the database fails.
pub fn read_draw(conn: &mut AnyConnection, id: Id<Draw>) -> Result<DrawOut, Problem> {
    let (made, items) = store::load(conn, id)?.ok_or_else(Problem::not_found)?;
    let frame = store::frame(conn, (made.from, made.to), made.at)?;
    let repeats = frame.len() == made.frame && again(&made, &frame) == items;
    Ok(DrawOut::new(made, items, Some(repeats)))
}

fn again(made: &Draw, frame: &[Candidate]) -> Vec<DrawnOut> {
    let risk_of = |station| made.spread.risk_of(station);
    let drawn = draw(made.seed, made.size, made.spread.weights, frame, risk_of);
    let out = |(risk, drawn): (Risk, Candidate)| DrawnOut {
        risk,
        vehicle_id: drawn.vehicle,
        inspection_id: drawn.inspection,
        station_id: drawn.station,
    };
    drawn.into_iter().map(out).collect()
}

fn spread(conn: &mut AnyConnection, on: &Ground, told: &DrawIn, today: Day) -> Result<Spread, Problem> {
    if told.to < told.from {
        return Err(Problem::invalid("/to", "order", "ends before it begins", "截止日期早于起始日期"));
    }
    let settings = &on.lawbook.settings;
    let period = Period::read(settings, (None, Some(told.to)), today)?;
    let open = supervision::open_against(conn)?;
    let scores = scores::figures_of_stations(conn, &period, None)?;
    let station = |score: &ScoreOut| StationRisk {
        station_id: score.organisation_id,
        risk: risk(open.contains(&score.organisation_id), signalled(score), similar_high(score)),
    };
    let stations = scores.iter().map(|(_, score)| station(score)).collect();
    Ok(Spread { weights: weights(settings, today), stations })
}

fn signalled(score: &ScoreOut) -> bool {
    score.cusum.as_ref().is_some_and(|chart| chart.signal_at.is_some())
}

fn similar_high(score: &ScoreOut) -> Option<i64> {
    let figure = score.figures.iter().find(|figure| figure.indicator == Indicator::SimilarFailure)?;
    figure.high.map(Amount::micros)
}
