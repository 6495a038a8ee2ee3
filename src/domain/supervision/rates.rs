//! Rates beside those of similar vehicles elsewhere: what a station's own fleet would have shown at all other stations.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Chances, Fold, Measured, Peers, Rules, Subject};
use crate::domain::{
    finding::{FindingKind, Standing},
    id::Id,
    party::Organisation,
};

/// Which way a rate may be odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// Far fewer than elsewhere.
    TooFew,
    /// Far more than elsewhere.
    TooMany,
}

#[derive(Default)]
struct Sums {
    hits: i64,
    total: i64,
    /// Hits to be expected, in millionths.
    expected: i128,
    elsewhere: (i64, i64),
}

/// Compares the stations of a finding's counts; the groups are groups of similar vehicles.
pub fn compare(kind: FindingKind, odd: Odd, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
    let least = rules.number("finding_least_tests");
    let mut stations: BTreeMap<&str, Sums> = BTreeMap::new();
    for (_, members) in fold.groups(kind) {
        let all = members.values().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        for (station, cell) in members {
            let rest = (all.0 - cell.0, all.1 - cell.1);
            // A kind of vehicle that is hardly tested elsewhere says nothing of the station.
            if rest.1 >= least {
                let sums = stations.entry(station).or_default();
                (sums.hits, sums.total) = (sums.hits + cell.0, sums.total + cell.1);
                sums.elsewhere = (sums.elsewhere.0 + rest.0, sums.elsewhere.1 + rest.1);
                sums.expected += i128::from(cell.1) * i128::from(rest.0) * 1_000_000 / i128::from(rest.1);
            }
        }
    }
    let told = stations.into_iter().filter_map(|(station, sums)| Some((station.parse().ok()?, sums)));
    told.map(|(station, sums)| judge(kind, odd, (station, &sums), rules, chances)).collect()
}

fn judge(
    kind: FindingKind,
    odd: Odd,
    (station, sums): (Id<Organisation>, &Sums),
    rules: &Rules<'_>,
    chances: &dyn Chances,
) -> Measured {
    let Sums { hits, total, .. } = *sums;
    let share = i64::try_from(sums.expected / i128::from(total.max(1))).unwrap_or_default();
    let seen = i128::from(hits) * 100_000_000;
    let (chance, far) = match odd {
        Odd::TooFew => (
            chances.at_most(hits, total, share),
            seen <= sums.expected * i128::from(100 - rules.number("finding_too_few_percent").min(100)),
        ),
        Odd::TooMany => (
            chances.at_least(hits, total, share),
            seen >= sums.expected * i128::from(100 + rules.number("finding_too_many_percent")),
        ),
    };
    let standing = if total < rules.number("finding_least_tests") {
        Standing::InsufficientData
    } else if far && chance <= rules.number("finding_chance_millionths") {
        Standing::Found
    } else {
        Standing::InOrder
    };
    Measured {
        standing,
        peers: Some(Peers {
            group: "similar_vehicles_elsewhere".to_owned(),
            numerator: sums.elsewhere.0,
            denominator: sums.elsewhere.1,
        }),
        chance: Some(chance),
        interval: chances.interval(hits, total),
        facts: json!({ "expected_share_millionths": share }),
        ..Measured::found(kind, Subject::organisation(station), json!({})).of(hits, total)
    }
}
