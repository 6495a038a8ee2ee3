//! Public tips: one decision each, and the reason that the citizen reads.

use imfleet::domain::{
    observation::{Photo, Place},
    tip::{Tip, TipError, TipProgress, TipSighting, TipState},
    words::Word,
};

use crate::cast::{august, car, id};

#[test]
fn a_tip_is_decided_once() {
    for decided in [
        received().accept((car(), id(71)), "已立案".to_owned(), august(23)),
        received().dismiss("看不清号牌".to_owned(), august(23)),
    ] {
        let decided = decided.unwrap();
        let state = decided.state_name();
        assert!(decided.reason().is_some());
        assert_eq!(decided.clone().accept((car(), id(72)), "再".to_owned(), august(24)), Err(TipError(state)));
        assert_eq!(decided.dismiss("再".to_owned(), august(24)), Err(TipError(state)));
    }
}

#[test]
fn every_state_comes_back_from_its_document() {
    let tips = [
        received(),
        received().accept((car(), id(71)), "已立案".to_owned(), august(23)).unwrap(),
        received().dismiss("看不清号牌".to_owned(), august(23)).unwrap(),
    ];
    for (tip, state) in tips.iter().zip(TipState::ALL) {
        assert_eq!(tip.state_name(), *state);
        let document = serde_json::to_value(&tip.progress).unwrap();
        assert_eq!(document["state"], state.word());
        assert_eq!(serde_json::from_value::<TipProgress>(document).unwrap(), tip.progress);
    }
}

fn received() -> Tip {
    Tip {
        id: id(81),
        sighting: TipSighting {
            plate: "陕E12345".parse().unwrap(),
            plate_colour: None,
            place: Place { name: "渭清路口".to_owned(), latitude_e7: None, longitude_e7: None },
            seen_at: august(21),
            description: "冒黑烟".to_owned(),
            photo: Photo { reference: "photo-1".to_owned(), sha256: "0".repeat(64) },
        },
        received_at: august(22),
        progress: TipProgress::Received,
    }
}
