//! Keeps a number of requests in flight for a while, and tells rate, p50 and p99.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

/// How long each figure is measured.
pub const SPAN: Duration = Duration::from_secs(3);

/// How fast something went.
pub struct Figure {
    /// Results a second.
    pub rate: f64,
    latencies: Vec<Duration>,
}

impl Figure {
    /// Of work that took so long in all; each latency stands for `results` results.
    pub fn of(mut latencies: Vec<Duration>, results: usize, span: Duration) -> Self {
        latencies.sort_unstable();
        Self { rate: (latencies.len() * results) as f64 / span.as_secs_f64(), latencies }
    }

    /// Prints it.
    pub fn show(self, name: &str) -> Self {
        let (p50, p99) = (self.percentile(50), self.percentile(99));
        println!("{name:<58} {:>7.0}/s   p50 {p50:>7.2} ms   p99 {p99:>7.2} ms", self.rate);
        self
    }

    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1_000.0)
    }
}

/// Prints how two figures stand to each other, and what was aimed at.
pub fn ratio(name: &str, ours: &Figure, other: &Figure, target: f64) {
    let ratio = ours.rate / other.rate;
    let word = if ratio >= target { "reached" } else { "MISSED" };
    println!("{name:<58} {ratio:>7.2}     target {target:.1}: {word}");
}

/// Works the jobs off, so many at a time, until the span is over or none is left. Runs in an actix system.
pub async fn in_flight<T: 'static>(
    at_a_time: usize,
    jobs: Vec<T>,
    results: usize,
    work: impl AsyncFn(T) + Clone + 'static,
) -> Figure {
    let jobs = Rc::new(RefCell::new(jobs));
    let began = Instant::now();
    let hands = (0..at_a_time).map(|_| {
        let (jobs, work) = (Rc::clone(&jobs), work.clone());
        actix_web::rt::spawn(async move {
            let mut latencies = Vec::new();
            while began.elapsed() < SPAN {
                let Some(job) = jobs.borrow_mut().pop() else { break };
                let started = Instant::now();
                work(job).await;
                latencies.push(started.elapsed());
            }
            latencies
        })
    });
    let hands: Vec<_> = hands.collect();
    let mut latencies = Vec::new();
    for hand in hands {
        latencies.extend(hand.await.unwrap());
    }
    Figure::of(latencies, results, began.elapsed())
}
