//! Access: tokens of machines and people, and what takes them away.

mod machines;
mod people;
mod registering;
mod revoking;
mod tokens;

use diesel::{QueryDsl, RunQueryDsl};
use imfleet::{
    platform::db::Tx,
    schema::{credentials, idempotency_keys},
};

/// The hashes of secrets, and the answers that are kept for repetitions.
fn kept(tx: &mut Tx<'_>) -> (Vec<Option<String>>, Vec<String>) {
    let hashes = credentials::table.select(credentials::secret_hash).load(tx.conn()).unwrap();
    let answers = idempotency_keys::table.select(idempotency_keys::answer).load(tx.conn()).unwrap();
    (hashes, answers)
}
