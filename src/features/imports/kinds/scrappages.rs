//! Rows of scrappages: vehicles that a recycler took and dismantled.

use std::{collections::HashMap, sync::LazyLock};

use validator::Validate;

use super::{Batch, Column, ExportPage, Rows, Taken, fleet, read_all};
use crate::{
    domain::{import::Effect, role::Role},
    features::{
        fleet::{ScrappageIn, record_scrappage, standing_scrappages, vehicle_of},
        imports::store,
        vehicles::IdentityIn,
    },
    import::{Mapping, Record, Row, RowFault, cells},
    platform::{
        body::faults,
        db::{AnyConnection, Tx},
        problem::{Fault, Problem},
        state::Ground,
    },
};

/// Scrappages.
pub struct Scrappages;

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let own = [
        Column { field: "recycler", zh: "回收企业编号", also: &["回收企业", "报废回收企业"] },
        Column {
            field: "certificate", zh: "回收证明编号", also: &["报废机动车回收证明编号", "证明编号"]
        },
        Column { field: "scrapped_on", zh: "报废日期", also: &["回收日期"] },
        Column { field: "dismantled_on", zh: "拆解日期", also: &[] },
    ];
    fleet::VEHICLE.into_iter().chain(own).collect()
});

impl Rows for Scrappages {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn needed(&self) -> &'static [&'static str] {
        &["certificate", "scrapped_on"]
    }

    fn importers(&self) -> &'static [Role] {
        &[Role::Recycler, Role::TrafficPolice, Role::EcologyBureau]
    }

    fn read(&self, records: &[Record], mapping: &Mapping) -> Result<Box<dyn Batch>, Vec<RowFault>> {
        Ok(Box::new(ScrappageRows(read_all(records, mapping, read)?)))
    }

    fn page(&self, conn: &mut AnyConnection, after: Option<&str>, size: i64, _: bool) -> Result<ExportPage, Problem> {
        let (some, next) = fleet::next_vehicles(conn, after, size)?;
        let ids: Vec<_> = some.iter().map(|vehicle| vehicle.id).collect();
        let codes = store::organisation_codes(conn)?;
        let kept: HashMap<_, _> = standing_scrappages(conn, &ids)?.into_iter().collect();
        let rows = some.iter().filter_map(|vehicle| {
            let fact = &kept.get(&vehicle.id)?.fact;
            let own = [
                codes.get(&fact.recycler).cloned().unwrap_or_default(),
                fact.certificate.clone(),
                fact.scrapped_on.to_string(),
                fact.dismantled_on.map(|day| day.to_string()).unwrap_or_default(),
            ];
            Some(fleet::name_of(vehicle).into_iter().chain(own).collect())
        });
        Ok((rows.collect(), next))
    }
}

/// A scrappage whose recycler is still a code or a name.
struct Told {
    vehicle: IdentityIn,
    recycler: Option<String>,
    scrappage: ScrappageIn,
}

struct ScrappageRows(Vec<Told>);

impl Batch for ScrappageRows {
    fn take(&self, tx: &mut Tx<'_>, on: &Ground, _: &str) -> Result<Taken, Problem> {
        fleet::take_each(tx, &self.0, |tx, told| {
            let recycler_id = fleet::organisation(on, Role::Recycler, told.recycler.as_ref(), "recycler")?;
            let vehicle = vehicle_of(tx.conn(), &told.vehicle, "")?;
            let scrappage = ScrappageIn { recycler_id, ..told.scrappage.clone() };
            let again = record_scrappage(tx, on, vehicle, &scrappage, "")?.again;
            Ok(if again { Effect::Unchanged } else { Effect::Added })
        })
    }
}

fn read(mut row: Row<'_>) -> Result<Told, Vec<Fault>> {
    let vehicle = fleet::vehicle(&mut row);
    let certificate = row.need("certificate", |cell| cells::short(cell, 64));
    let scrapped_on = row.need("scrapped_on", cells::day);
    let dismantled_on = row.read("dismantled_on", cells::day);
    let recycler = row.text("recycler").map(str::to_owned);
    let scrappage = certificate.zip(scrapped_on).map(|(certificate, scrapped_on)| ScrappageIn {
        recycler_id: None,
        certificate,
        scrapped_on,
        dismantled_on,
    });
    let wrong = scrappage.as_ref().and_then(|told| told.validate().err()).map(|errors| faults(&errors));
    for fault in wrong.unwrap_or_default() {
        row.wrong(fault.pointer.trim_start_matches('/'), "bounds", fault.detail.en, fault.detail.zh);
    }
    row.done(scrappage.map(|scrappage| Told { vehicle, recycler, scrappage }))
}
