//! The pages: each a folder of its own with its code and its template, in one list.

mod home;
mod police;
mod shop;
mod sign_in;
mod verify;

use actix_web::web::ServiceConfig;

use crate::{
    domain::{
        role::Role::{self, EcologyBureau, EnterpriseGate, MarketRegulator, TrafficPolice, TransportBureau},
        words::Word,
    },
    platform::problem::Language,
};

/// A page: where it is, whose it is, and how the menu calls it.
#[derive(Debug)]
pub struct Page {
    /// Its path, below which its forms may post.
    pub path: &'static str,
    /// The roles that may open it.
    pub roles: &'static [Role],
    /// Its title in Chinese.
    pub zh: &'static str,
    /// Its title in English.
    pub en: &'static str,
    /// Whether the menu lists it; a page with an id in its path is reached from another.
    pub in_menu: bool,
}

impl Page {
    /// The title in a language.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        language.pick(self.en, self.zh).to_owned()
    }
}

const CHECKERS: &[Role] = &[TrafficPolice, EcologyBureau, TransportBureau, MarketRegulator, EnterpriseGate];

/// Every page of somebody who is signed in, in the order of the menu.
pub const ALL: &[&Page] = &[&home::PAGE, &police::PAGE, &shop::PAGE];

/// The routes of the pages.
pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(sign_in::routes)
        .configure(home::routes)
        .configure(police::routes)
        .configure(shop::routes)
        .configure(verify::routes);
}

/// Every role, for the pages that are everybody's.
const EVERYBODY: &[Role] = Role::ALL;
