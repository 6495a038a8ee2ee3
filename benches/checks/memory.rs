//! What the index takes for each vehicle, and how long a look-up in it takes.

use std::{fs, hint::black_box, time::Instant};

use imfleet::domain::{
    blacklist::{Asked, Index, Wearing},
    time,
    vehicle::plate::{Plate, PlateKind},
};

use super::{register, word};

const LARGEST: usize = 120;
const LOOK_UPS: usize = 1_000_000;

/// Measures by the memory of this process before and after.
pub fn measure(vehicles: usize) {
    let before = resident();
    let mut index = Index::with_room(vehicles + vehicles / 16);
    for number in 0..vehicles {
        index.put(&register::known(number));
    }
    let each = (resident() - before) / vehicles;
    println!(
        "{:<58} {each:>7} B   target {LARGEST} B: {}",
        "index, each of 1,000,000 vehicles",
        word(each <= LARGEST)
    );

    let plates: Vec<_> = (0..LOOK_UPS).map(|number| register::plate(number * 7_919 % vehicles)).collect();
    let asked: Vec<_> = plates.iter().map(|plate| Plate::read(plate).unwrap()).collect();
    let asked =
        asked.into_iter().map(|plate| Asked { plate: Some((plate, Wearing::Kind(PlateKind::LargeCar))), vin: None });
    let (asked, at): (Vec<_>, _) = (asked.collect(), time::Instant::from_micros(1_790_000_000_000_000));
    let began = Instant::now();
    for asked in &asked {
        black_box(index.check(asked, at));
    }
    println!(
        "{:<58} {:>7.0} ns",
        "look-up in memory, with its answer",
        began.elapsed().as_secs_f64() * 1e9 / LOOK_UPS as f64
    );
}

/// The resident memory of this process, bytes.
fn resident() -> usize {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4_096
}
