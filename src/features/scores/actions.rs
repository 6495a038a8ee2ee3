//! Joins the counts, the formulas and the intervals.

use std::collections::BTreeMap;

use chrono::Days;

use super::{
    store,
    wire::{CusumOut, FigureOut, ScoreOut},
};
use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        quantity::Amount,
        score::{
            FigureStanding, Indicator, ScoreOf, Share,
            cusum::cusum,
            outcomes::Outcomes,
            similar::{AgeBand, City, Expectation, Group, Peers, Tests},
            standing,
        },
        settings::Settings,
        time::Day,
        vehicle::stage::Stage,
        words::Word,
    },
    features::reports::{self, Asked},
    platform::{db::AnyConnection, problem::Problem},
    statistics::{
        Level,
        intervals::{ShareInterval, ratio, wilson},
    },
};

/// The longest period that is counted at once.
const LONGEST_DAYS: i64 = 1_100;

/// The days of a score, and the dated numbers of its last.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The smallest number that makes a figure.
    pub least: i64,
    /// The smallest number of similar vehicles elsewhere.
    pub peers: i64,
    /// k of the chart, in millionths.
    pub reference: i64,
    /// h of the chart, in millionths.
    pub limit: i64,
}

/// Whose score it is: a station, with a line or an operator of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The station.
    pub station: Id<Organisation>,
    /// The line.
    pub line: Option<Id<Line>>,
    /// The operator.
    pub inspector: Option<String>,
}

/// What is counted of a subject.
#[derive(Debug, Clone, Default)]
struct Counts {
    groups: Vec<Group>,
    follow_up: Share,
    deviation: Share,
    weaker: Share,
    unready: Share,
}

type Counted = BTreeMap<Subject, Counts>;

impl Period {
    /// The period that is asked for.
    ///
    /// # Errors
    /// It ends before it begins, or is too long.
    pub fn read(settings: &Settings, (from, to): (Option<Day>, Option<Day>), today: Day) -> Result<Self, Problem> {
        let to = to.unwrap_or(today);
        let days: u64 = settings.on("score_days", to);
        let from = from.or_else(|| to.checked_sub_days(Days::new(days.saturating_sub(1)))).unwrap_or(to);
        if to < from {
            return Err(Problem::invalid("/to", "order", "ends before it begins", "截止日期早于起始日期"));
        }
        if (to - from).num_days() > LONGEST_DAYS {
            return Err(Problem::invalid("/from", "too_long", "at most 1,100 days", "期间最长 1100 天"));
        }
        let tenths_percent: i64 = settings.on("reinspection_cusum_reference_tenths_percent", to);
        let tenths: i64 = settings.on("reinspection_cusum_limit_tenths", to);
        Ok(Self {
            from,
            to,
            least: settings.on("score_minimum_sample", to),
            peers: settings.on("score_peers_least", to),
            reference: tenths_percent * 1_000,
            limit: tenths * 100_000,
        })
    }
}

/// The scores of the stations of the city, of one when it is named, then with its lines and inspectors.
///
/// # Errors
/// The database fails.
pub fn figures_of_stations(
    conn: &mut AnyConnection,
    period: &Period,
    only: Option<Id<Organisation>>,
) -> Result<Vec<(Subject, ScoreOut)>, Problem> {
    let (counted, whole) = count(conn, period)?;
    let city = City::of(counted.iter().filter(|(of, _)| of.is_station()).flat_map(|(_, counts)| &counts.groups));
    let mut outcomes = reinspections(conn, period)?;
    let every: Share = outcomes.values().fold(Share::default(), |sum, own| sum.and(failures(own)));
    let mut wanted: Vec<_> =
        counted.into_iter().filter(|(of, _)| only.map_or(of.is_station(), |station| of.station == station)).collect();
    if let Some(station) = only
        && wanted.is_empty()
    {
        wanted.push((Subject { station, line: None, inspector: None }, Counts::default()));
    }
    wanted.sort_by_key(|(of, _)| (of.station, of.rank()));
    let scores = wanted.into_iter().map(|(of, counts)| {
        let mut figures = vec![similar(&counts.groups, &city, period)];
        figures.push(share(Indicator::FollowUpPass, counts.follow_up, whole.follow_up, period));
        figures.push(share(Indicator::VerdictDeviation, counts.deviation, whole.deviation, period));
        if of.inspector.is_none() {
            figures.push(share(Indicator::WeakerMethod, counts.weaker, whole.weaker, period));
            figures.push(share(Indicator::UnreadyLine, counts.unready, whole.unready, period));
        }
        let own = if of.is_station() { Some(outcomes.remove(&of.station).unwrap_or_default()) } else { None };
        if let Some(own) = &own {
            figures.push(share(Indicator::ReinspectionFailure, failures(own), every, period));
        }
        let chart = own.map(|own| chart(&own, period));
        let score = ScoreOut {
            of: of.kind(),
            organisation_id: of.station,
            line_id: of.line,
            inspector: of.inspector.clone(),
            figures,
            cusum: chart,
        };
        (of, score)
    });
    Ok(scores.collect())
}

/// The scores of the repair shops of the city that have completed a repair, of one when it is named.
///
/// # Errors
/// The database fails.
pub fn figures_of_shops(
    conn: &mut AnyConnection,
    period: &Period,
    only: Option<Id<Organisation>>,
    today: Day,
) -> Result<Vec<ScoreOut>, Problem> {
    let asked = Asked { from: period.from, to: period.to, as_of: period.to, as_known: today, area: None };
    let mut shops = reports::repair_outcomes(conn, &asked)?;
    let whole = shops.values().fold((Share::default(), Share::default()), |sum, shop| {
        (sum.0.and(shop.first_retest()), sum.1.and(shop.again()))
    });
    if let Some(only) = only {
        let own = shops.remove(&only).unwrap_or_default();
        shops = BTreeMap::from([(only, own)]);
    }
    let score = |(shop, outcomes): (Id<Organisation>, Outcomes)| ScoreOut {
        of: ScoreOf::Shop,
        organisation_id: shop,
        line_id: None,
        inspector: None,
        figures: vec![
            share(Indicator::FirstRetestPass, outcomes.first_retest(), whole.0, period),
            share(Indicator::FailedAgain, outcomes.again(), whole.1, period),
        ],
        cusum: None,
    };
    Ok(shops.into_iter().map(score).collect())
}

impl Subject {
    /// Whether it is a whole station.
    #[must_use]
    pub const fn is_station(&self) -> bool {
        self.line.is_none() && self.inspector.is_none()
    }

    const fn kind(&self) -> ScoreOf {
        match (self.line, &self.inspector) {
            (None, None) => ScoreOf::Station,
            (Some(_), _) => ScoreOf::Line,
            (None, Some(_)) => ScoreOf::Inspector,
        }
    }

    /// The station first, then its lines, then its inspectors.
    fn rank(&self) -> (u8, Option<Id<Line>>, Option<String>) {
        let first = match self.kind() {
            ScoreOf::Station | ScoreOf::Shop => 0,
            ScoreOf::Line => 1,
            ScoreOf::Inspector => 2,
        };
        (first, self.line, self.inspector.clone())
    }
}

/// Counts everything once for the station, once for its line and once for its operator; and the city's sums.
fn count(conn: &mut AnyConnection, period: &Period) -> Result<(Counted, Counts), Problem> {
    let days = (period.from, period.to);
    let (mut counted, mut whole) = (Counted::new(), Counts::default());
    for row in store::first_tests(conn, days)? {
        let place = (row.station_id, row.line_id, row.operator.clone());
        let group = group(row);
        each(&mut counted, place, |counts| counts.groups.push(group.clone()));
    }
    for row in store::follow_ups(conn, days)? {
        let some = Share { hits: row.hits, of: row.total };
        whole.follow_up = whole.follow_up.and(some);
        let place = (row.station_id, row.line_id, row.operator);
        each(&mut counted, place, |counts| counts.follow_up = counts.follow_up.and(some));
    }
    for row in store::deviations(conn, days)? {
        let some = Share { hits: row.hits, of: row.total };
        whole.deviation = whole.deviation.and(some);
        let place = (row.station_id, row.line_id, row.operator);
        each(&mut counted, place, |counts| counts.deviation = counts.deviation.and(some));
    }
    for row in store::accepted(conn, days)? {
        let (weaker, unready) =
            (Share { hits: row.weaker, of: row.total }, Share { hits: row.unready, of: row.total });
        (whole.weaker, whole.unready) = (whole.weaker.and(weaker), whole.unready.and(unready));
        each(&mut counted, (row.station_id, row.line_id, None), |counts| {
            (counts.weaker, counts.unready) = (counts.weaker.and(weaker), counts.unready.and(unready));
        });
    }
    Ok((counted, whole))
}

fn each(
    counted: &mut Counted,
    (station, line, inspector): (Id<Organisation>, Id<Line>, Option<String>),
    mut add: impl FnMut(&mut Counts),
) {
    let whole = Subject { station, line: None, inspector: None };
    add(counted.entry(Subject { line: Some(line), ..whole.clone() }).or_default());
    if inspector.is_some() {
        add(counted.entry(Subject { inspector, ..whole.clone() }).or_default());
    }
    add(counted.entry(whole).or_default());
}

fn group(row: store::FirstTests) -> Group {
    let year = |text: &str| text.parse::<i64>().ok();
    let years = row.registered.as_deref().and_then(year).zip(year(&row.tested)).map(|(from, to)| to - from);
    let stage = Stage::parse(&row.stage).unwrap_or(Stage::Unknown);
    Group {
        station: row.station_id,
        peers: Peers { maker: row.maker, age: AgeBand::of(years), fuel: row.fuel, stage },
        tests: Tests { tests: row.tests, failed: row.failed },
    }
}

/// The outcomes of the drawn tests of each station, `true` a failure.
fn reinspections(
    conn: &mut AnyConnection,
    period: &Period,
) -> Result<BTreeMap<Id<Organisation>, Vec<bool>>, Problem> {
    let mut outcomes = BTreeMap::<_, Vec<bool>>::new();
    for row in store::reinspected(conn, (period.from, period.to))? {
        match row.verdict.as_deref() {
            Some("fail") => outcomes.entry(row.station_id).or_default().push(true),
            Some("pass") => outcomes.entry(row.station_id).or_default().push(false),
            _ => {}
        }
    }
    Ok(outcomes)
}

fn failures(outcomes: &[bool]) -> Share {
    let count = |some: usize| i64::try_from(some).unwrap_or(i64::MAX);
    Share { hits: count(outcomes.iter().filter(|failed| **failed).count()), of: count(outcomes.len()) }
}

fn chart(outcomes: &[bool], period: &Period) -> CusumOut {
    let found = cusum(outcomes, period.reference, period.limit);
    CusumOut {
        reference: Amount::from_micros(period.reference),
        limit: Amount::from_micros(period.limit),
        sums: found.sums.into_iter().map(Amount::from_micros).collect(),
        signal_at: found.signal_at,
    }
}

fn similar(groups: &[Group], city: &City, period: &Period) -> FigureOut {
    let expectation: Expectation = city.expect(groups, period.peers);
    let standing = standing(expectation.tests, period.least);
    let interval = ratio(expectation.failed, expectation.expected, Level::Percent95);
    let counted = Share { hits: expectation.failed, of: expectation.tests };
    let mut figure = figure(Indicator::SimilarFailure, standing, counted, expectation.ratio(), interval);
    figure.expected = Some(Amount::from_micros(expectation.expected));
    figure
}

fn share(indicator: Indicator, own: Share, city: Share, period: &Period) -> FigureOut {
    let interval = wilson(own.hits, own.of, Level::Percent95);
    let mut figure = figure(indicator, standing(own.of, period.least), own, own.millionths(), interval);
    figure.city = city.millionths().map(Amount::from_micros);
    figure
}

/// A figure that stands on too little tells what was counted and nothing more.
fn figure(
    indicator: Indicator,
    standing: FigureStanding,
    counted: Share,
    value: Option<i64>,
    interval: Option<ShareInterval>,
) -> FigureOut {
    let shown = standing == FigureStanding::Shown;
    let interval = interval.filter(|_| shown);
    FigureOut {
        indicator,
        standing,
        hits: counted.hits,
        of: counted.of,
        expected: None,
        value: value.filter(|_| shown).map(Amount::from_micros),
        low: interval.map(|interval| Amount::from_micros(interval.low)),
        high: interval.map(|interval| Amount::from_micros(interval.high)),
        city: None,
    }
}
