//! What each client asks: its allowance spent, and what is odd about it; in memory, and from time to time to the database.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

use crate::domain::{
    check::{
        allowance::{Allowance, Left, Spent, UsedUp},
        watch::{Odd, Oddity, Watch},
    },
    time::{Day, Instant},
    vehicle::plate::Plate,
};

/// The accounts of all clients.
#[derive(Debug, Default)]
pub struct Accounts(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    accounts: HashMap<Uuid, Account>,
    noticed: Vec<Noticed>,
}

#[derive(Debug, Default)]
struct Account {
    spent: Spent,
    watch: Watch,
    /// What was spent on that day and is not in the database yet.
    unsaved: Option<(Day, u64)>,
    /// What the database had of it at the last look.
    saved: Option<(Day, u64)>,
}

/// Something odd about the asking of a client.
#[derive(Debug, Clone)]
pub struct Noticed {
    /// The client.
    pub client: Uuid,
    /// Its organisation.
    pub organisation: Uuid,
    /// What.
    pub oddity: Oddity,
}

impl Accounts {
    /// Takes so many checks from a client's allowance.
    ///
    /// # Errors
    /// It is used up.
    pub fn take(&self, client: Uuid, allowance: Allowance, count: u64, at: Instant) -> Result<Left, UsedUp> {
        let mut book = self.lock();
        let account = book.accounts.entry(client).or_default();
        let left = account.spent.take(allowance, count, at)?;
        let today = at.local_day();
        let before = account.unsaved.filter(|(day, _)| *day == today).map_or(0, |(_, unsaved)| unsaved);
        account.unsaved = Some((today, before + count));
        Ok(left)
    }

    /// Sees the plates that a client asks for.
    pub fn see<'a>(
        &self,
        (client, organisation): (Uuid, Uuid),
        plates: impl Iterator<Item = &'a Plate>,
        odd: Odd,
        at: Instant,
    ) {
        let mut book = self.lock();
        let Book { accounts, noticed } = &mut *book;
        let watch = &mut accounts.entry(client).or_default().watch;
        for plate in plates {
            let found = watch.see(plate, odd, at);
            noticed.extend(found.into_iter().map(|oddity| Noticed { client, organisation, oddity }));
        }
    }

    /// What was noticed since the last time.
    pub fn take_noticed(&self) -> Vec<Noticed> {
        std::mem::take(&mut self.lock().noticed)
    }

    /// What was spent since the last time, by client and day.
    pub fn take_unsaved(&self) -> Vec<(Uuid, Day, u64)> {
        let mut book = self.lock();
        let unsaved = book.accounts.iter_mut().filter_map(|(client, account)| {
            let (day, count) = account.unsaved.take()?;
            let known = account.saved.filter(|(saved_on, _)| *saved_on == day).map_or(0, |(_, known)| known);
            account.saved = Some((day, known + count));
            Some((*client, day, count))
        });
        unsaved.collect()
    }

    /// Takes over what the database has of a day: the checks of other processes, and of this one before it began.
    pub fn reconcile(&self, day: Day, totals: &[(Uuid, u64)]) {
        let mut book = self.lock();
        for (client, total) in totals {
            let account = book.accounts.entry(*client).or_default();
            let known = account.saved.filter(|(saved_on, _)| *saved_on == day).map_or(0, |(_, known)| known);
            account.spent.add(total.saturating_sub(known), day);
            account.saved = Some((day, *total.max(&known)));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
