//! The feed of changes: its numbers have no gaps and stand in the order of the commits.

use std::sync::{Mutex, mpsc};

use imfleet::{
    domain::{change::Changed, id::Id},
    platform::{
        db::{Db, Tx},
        feed::{self, FeedEntry},
        journal::Actor,
        problem::{Kind, Problem},
    },
};

use crate::harness::{Engine, World};

const WRITERS: u32 = 4;
const EACH: u32 = 12;

/// The changes after a number.
fn after(world: &World, sequence: i64) -> Vec<FeedEntry> {
    let look = world.state().db.read(move |conn| Ok(feed::after(conn, sequence, 1_000)?));
    world.wait_for(look).unwrap()
}

fn head(world: &World) -> i64 {
    world.wait_for(world.state().db.read(|conn| Ok(feed::head(conn)?))).unwrap()
}

/// Publishes one change of a new subject.
fn publish(tx: &mut Tx<'_>) {
    let subject: Id<()> = tx.mint();
    tx.publish(subject, Changed::Listing);
}

/// Waits, inside a change, for a word from outside.
type Word = Mutex<mpsc::Receiver<()>>;

fn written(db: &Db, change: impl Fn(&mut Tx<'_>) -> Result<(), Problem> + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(db.write("test", Actor::service(), change)).unwrap();
}

on_both_engines! {
    fn a_polling_reader_meets_every_number_once_and_in_order(world: &World) {
        let start = head(world);
        let expected = start + i64::from(WRITERS * EACH);
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                let db = world.state().db.clone();
                scope.spawn(move || {
                    for _ in 0..EACH {
                        written(&db, |tx| {
                            publish(tx);
                            Ok(())
                        });
                    }
                });
            }
            let mut seen = start;
            while seen < expected {
                for entry in after(world, seen) {
                    assert_eq!(entry.sequence, seen + 1, "a number was skipped or came late");
                    seen = entry.sequence;
                }
            }
        });
        assert_eq!((head(world), after(world, expected).len()), (expected, 0));
        assert_eq!(world.state().db.published(), expected);
    }

    fn a_change_that_is_taken_back_draws_no_number(world: &World) {
        let start = head(world);
        let refused = world.write(|tx| {
            publish(tx);
            Err::<(), _>(Problem::new(Kind::WrongState))
        });
        assert_eq!(refused.unwrap_err().kind(), Kind::WrongState);
        world
            .write(|tx| {
                let step = tx.attempt(|tx| {
                    publish(tx);
                    Err::<(), Problem>(Problem::new(Kind::WrongState))
                });
                assert!(step.is_err());
                publish(tx);
                Ok(())
            })
            .unwrap();
        let numbers: Vec<_> = after(world, start).iter().map(|entry| entry.sequence).collect();
        assert_eq!(numbers, [start + 1], "neither the change nor the step that was taken back has a number");
    }

    fn a_batch_draws_as_many_numbers_as_it_changes_subjects(world: &World) {
        let start = head(world);
        world
            .write(|tx| {
                (0..25).for_each(|_| publish(tx));
                let twice: Id<()> = tx.mint();
                tx.publish(twice, Changed::Listing);
                tx.publish(twice, Changed::Listing);
                tx.publish(twice, Changed::Vehicle);
                Ok(())
            })
            .unwrap();
        let entries = after(world, start);
        let numbers: Vec<_> = entries.iter().map(|entry| entry.sequence).collect();
        assert_eq!(numbers, (start + 1..=start + 27).collect::<Vec<_>>());
        assert!(entries.iter().all(|entry| entry.recorded_at == world.clock.now()));
        assert_eq!(head(world), start + 27);
    }
}

#[test]
fn who_begins_first_and_commits_last_gets_the_later_number() {
    let world = &World::start(Engine::Postgres);
    let start = head(world);
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    let gate: Word = Mutex::new(may_go_on);
    std::thread::scope(|scope| {
        let db = world.state().db.clone();
        scope.spawn(move || {
            written(&db, move |tx| {
                let subject = Id::<()>::from(uuid::Uuid::from_u128(1));
                tx.publish(subject, Changed::Listing);
                begun.send(()).unwrap();
                gate.lock().unwrap().recv().unwrap();
                Ok(())
            });
        });
        has_begun.recv().unwrap();
        written(&world.state().db, |tx| {
            tx.publish(Id::<()>::from(uuid::Uuid::from_u128(2)), Changed::Listing);
            Ok(())
        });
        let first: Vec<_> = after(world, start).iter().map(|entry| (entry.sequence, entry.subject_id)).collect();
        assert_eq!(
            first,
            [(start + 1, uuid::Uuid::from_u128(2).into())],
            "the fast one is seen while the slow waits"
        );
        go_on.send(()).unwrap();
    });
    let then: Vec<_> = after(world, start + 1).iter().map(|entry| (entry.sequence, entry.subject_id)).collect();
    assert_eq!(then, [(start + 2, uuid::Uuid::from_u128(1).into())], "who stands at the first meets the slow one");
}
