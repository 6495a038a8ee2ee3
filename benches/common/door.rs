//! Intake through the write door: what every result costs before HTTP.

use imfleet::{
    features::inspections::{InspectionIn, record_inspections},
    platform::db::DatabaseUrl,
};

use super::{
    City, Figure,
    city::{self, Folder},
    in_flight,
};

/// Records as many of the city's results as the time allows.
pub async fn record(city: &City, folder: &Folder, database: &DatabaseUrl, at_a_time: usize) -> Figure {
    let state = city::open(database, folder).await;
    let ground = state.ground(&city.caller);
    let results = city.results.iter().map(|result| serde_json::from_value(result.clone()).unwrap());
    let results: Vec<InspectionIn> = results.collect();
    let post = async move |sent: InspectionIn| {
        let ground = ground.clone();
        let recorded = state.db.write("record_inspection", ground.caller.actor(), move |tx| {
            record_inspections(tx, &ground, std::slice::from_ref(&sent))?
                .remove(0)
                .map(|recorded| recorded.inspection)
        });
        recorded.await.unwrap();
    };
    in_flight(at_a_time, results, 1, post).await
}
