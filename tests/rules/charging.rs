//! Charging sites: what can be, which day counts, and the vehicles that they serve.

use imfleet::domain::{
    charging::{ChargingSite, Provision, Rates, SiteError, SiteKind},
    quantity::Amount,
    settings::Settings,
};
use rstest::rstest;

use crate::{cast::id, settings::amended, station::day};

const RATES: Rates = Rates { per_connector: 2, per_daily_swap: 3 };

fn site() -> ChargingSite {
    ChargingSite {
        id: id(1),
        kind: SiteKind::Charging,
        name: "客运站".to_owned(),
        operator: "某公司".to_owned(),
        area: "610502".parse().unwrap(),
        power: Amount::whole(960),
        connectors: 16,
        swaps_a_day: 0,
        from: day("2026-06-01"),
        to: Some(day("2026-08-22")),
    }
}

#[rstest]
#[case::the_day_before("2026-05-31", 0)]
#[case::the_first_day("2026-06-01", 32)]
#[case::the_last_day("2026-08-22", 32)]
#[case::the_day_after("2026-08-23", 0)]
fn a_site_counts_from_its_first_day_to_its_last(#[case] on: &str, #[case] vehicles: i64) {
    assert_eq!(site().provision(RATES, day(on)).vehicles, vehicles);
}

#[test]
fn connectors_and_swaps_are_added_by_their_own_rates() {
    let both = ChargingSite { kind: SiteKind::Swap, swaps_a_day: 100, ..site() };
    let sum = both.provision(RATES, day("2026-08-22")).and(site().provision(RATES, day("2026-08-22")));
    let expected =
        Provision { sites: 2, power_kw: Amount::whole(1_920), connectors: 32, swaps_a_day: 100, vehicles: 364 };
    assert_eq!(sum, expected);
}

#[rstest]
#[case(ChargingSite { connectors: 0, ..site() }, Err(SiteError::NoConnectors))]
#[case(ChargingSite { kind: SiteKind::Swap, ..site() }, Err(SiteError::NoSwaps))]
#[case(ChargingSite { to: Some(day("2026-05-31")), ..site() }, Err(SiteError::EndsBeforeItBegins))]
#[case(ChargingSite { to: Some(day("2026-06-01")), ..site() }, Ok(()))]
#[case(ChargingSite { kind: SiteKind::Swap, connectors: 0, swaps_a_day: 1, ..site() }, Ok(()))]
fn a_site_that_contradicts_itself_is_refused(#[case] site: ChargingSite, #[case] expected: Result<(), SiteError>) {
    assert_eq!(site.check(), expected);
}

#[test]
fn the_rates_are_dated_data() {
    assert_eq!(Rates::on(&Settings::delivered(), day("2026-08-22")), RATES);
    let settings = amended([("vehicles_per_connector", "1", "2027-01-01")].into_iter());
    assert_eq!(Rates::on(&settings, day("2027-01-01")).per_connector, 1);
}
