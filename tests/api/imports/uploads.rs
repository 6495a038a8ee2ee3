//! Uploads: who may, what is refused before it is kept, formats, repetition, and workers that stop.

use imfleet::{
    domain::role::Role::{EcologyBureau, RepairShop, TrafficPolice, TransportBureau},
    features,
};
use reqwest::Method;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::json;

use super::{HEADERS, car, cars, counts, import, jobs, settled, tally, upload};
use crate::harness::World;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn workbook(rows: &[String]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell {
                "1750" => sheet.write_number(row, column, 1750.0).unwrap(),
                "2015/6/18" => {
                    let day = ExcelDateTime::from_ymd(2015, 6, 18).unwrap();
                    sheet.write_with_format(row, column, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap()
                }
                text => sheet.write_string(row, column, text).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

on_both_engines! {
    fn a_file_in_gb18030_and_a_workbook_mean_what_a_file_in_utf_8_means(world: &World) {
        let police = world.machine(TrafficPolice);
        let gb18030 = encoding_rs::GB18030.encode(&cars(1..=3)).0.into_owned();
        let told = import(world, &police, "", gb18030);
        assert_eq!((&told["encoding"], tally(&told)), (&json!("gb18030"), [3, 0, 0, 0]));
        assert_eq!(tally(&import(world, &police, "", cars(1..=3))), [0, 0, 3, 0]);
        let rows: Vec<String> = std::iter::once(HEADERS.to_owned()).chain((1..=4).map(car)).collect();
        let posted = upload(world, &police, "kind=vehicles", XLSX, workbook(&rows)).expect(201);
        let told = settled(world, &police, posted["import_id"].as_str().unwrap());
        assert_eq!((&told["format"], tally(&told)), (&json!("xlsx"), [1, 0, 3, 0]));
    }

    fn columns_that_the_dictionary_does_not_know_are_named_by_the_sender(world: &World) {
        let police = world.machine(TrafficPolice);
        let file = cars([1]).replace("车架号", "VIN号").replace("燃料种类", "油品");
        let refused = upload(world, &police, "kind=vehicles", "text/csv", file.clone()).problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/fuel");
        let told = import(world, &police, "&map=油品=fuel,VIN号=vin,区县=-", file);
        assert_eq!((tally(&told), &told["ignored_columns"]), ([1, 0, 0, 0], &json!(["区县"])));
        assert!(told["columns"].as_array().unwrap().contains(&json!({ "column": "油品", "field": "fuel" })));
    }

    fn what_is_no_file_of_the_kind_is_refused_before_it_is_kept(world: &World) {
        let police = world.machine(TrafficPolice);
        let wrong = [cars([1]).into_bytes(), vec![0xFF]].concat();
        upload(world, &police, "kind=vehicles", "text/csv", wrong).problem(422, "invalid");
        upload(world, &police, "kind=vehicles", "text/csv", "").problem(422, "invalid");
        upload(world, &police, "kind=vehicles", XLSX, b"PK\x03\x04 no book".to_vec()).problem(422, "invalid");
        upload(world, &police, "kind=gates", "text/csv", cars([1])).problem(400, "unreadable");
        upload(world, &police, "kind=vehicles&chunk=5", "text/csv", cars([1])).problem(400, "unreadable");
        upload(world, &police, "kind=vehicles", "application/json", cars([1])).problem(415, "unsupported-media-type");
        upload(world, &police, "kind=vehicles", "text/csv", vec![b'a'; (32 << 20) + 1]).problem(413, "too-large");
        assert_eq!(jobs(world), [0, 0]);
    }

    fn an_import_is_its_own_offices_to_know(world: &World) {
        let police = world.machine(TrafficPolice);
        let id = import(world, &police, "", cars([1]))["import_id"].as_str().unwrap().to_owned();
        for path in [format!("/v1/imports/{id}"), format!("/v1/imports/{id}/errors")] {
            world.get(&world.machine(EcologyBureau), &path).problem(404, "not-found");
            world.get(&world.machine(RepairShop), &path).problem(403, "forbidden");
        }
        assert_eq!(world.get(&police, "/v1/imports").expect(200)["items"][0]["import_id"], json!(id));
        assert_eq!(world.get(&world.machine(EcologyBureau), "/v1/imports").expect(200)["items"], json!([]));
        let transport = world.machine(TransportBureau);
        upload(world, &transport, "kind=vehicles", "text/csv", cars([1])).problem(403, "forbidden");
    }

    fn an_upload_that_is_sent_again_with_its_key_is_one_import(world: &World) {
        let police = world.machine(TrafficPolice);
        let send = |file: String| {
            let request = world.request(Method::POST, "/v1/imports?kind=vehicles").header("Idempotency-Key", "k-1");
            world.send(request.bearer_auth(&police).header("Content-Type", "text/csv").body(file))
        };
        let (first, again) = (send(cars([1])).expect(201), send(cars([1])).expect(201));
        assert_eq!(first["import_id"], again["import_id"]);
        send(cars([2])).problem(422, "idempotency-key-reused");
    }

    fn two_workers_at_once_take_every_chunk_once(world: &World) {
        let police = world.machine(TrafficPolice);
        let posted = upload(world, &police, "kind=vehicles", "text/csv", cars(1..=3_000)).expect(201);
        let other = world.another_process();
        world.wait_for(async {
            let (one, two) = futures_util::future::join(features::work(world.state()), features::work(&other)).await;
            one.and(two).unwrap();
        });
        let told = settled(world, &police, posted["import_id"].as_str().unwrap());
        assert_eq!((tally(&told), counts(world)[0]), ([3_000, 0, 0, 0], 3_000));
    }

    fn what_is_old_is_forgotten_with_its_file(world: &World) {
        let id = import(world, &world.machine(TrafficPolice), "", cars([1]))["import_id"].as_str().unwrap().to_owned();
        world.wait(chrono::Duration::days(31));
        world.tick();
        world.get(&world.machine(TrafficPolice), &format!("/v1/imports/{id}")).problem(404, "not-found");
        assert_eq!((jobs(world), counts(world)[0]), ([0, 0], 1));
    }
}
