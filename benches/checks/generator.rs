//! The generator: connections that are polled without pause, closed loop for rates and open loop for latencies.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

/// Requests for a server, sent over so many connections.
pub struct Load {
    pub address: SocketAddr,
    pub requests: Vec<Vec<u8>>,
    pub connections: usize,
}

/// How fast a server answered.
pub struct Run {
    pub rate: f64,
    pub answered: usize,
}

/// How long answers took from the instants at which their requests were due, sorted.
pub struct Latencies {
    sorted: Vec<Duration>,
    span: Duration,
}

struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    due: Option<Instant>,
}

impl Load {
    /// Keeps every connection busy for a span.
    pub fn as_fast_as_possible(&self, span: Duration) -> Run {
        let began = Instant::now();
        let taken = self.drive(span, |_| Some(Instant::now()));
        Run { rate: taken.len() as f64 / began.elapsed().as_secs_f64(), answered: taken.len() }
    }

    /// Sends at a fixed rate, whatever the answers take.
    pub fn at_rate(&self, rate: f64, span: Duration) -> Latencies {
        let began = Instant::now();
        let due = |sent: usize| {
            let due = began + Duration::from_secs_f64(sent as f64 / rate);
            (due <= Instant::now()).then_some(due)
        };
        let mut sorted = self.drive(span, due);
        sorted.sort_unstable();
        Latencies { sorted, span }
    }

    /// Sends what is due, and waits at the end for every answer.
    fn drive(&self, span: Duration, due: impl Fn(usize) -> Option<Instant>) -> Vec<Duration> {
        let mut connections: Vec<_> = (0..self.connections).map(|_| Connection::open(self.address)).collect();
        let (began, mut sent, mut taken) = (Instant::now(), 0, Vec::new());
        let offset = rand::random::<u32>() as usize;
        loop {
            let sending = began.elapsed() < span;
            for connection in &mut connections {
                if let Some(latency) = connection.answer() {
                    taken.push(latency);
                }
                if sending
                    && connection.due.is_none()
                    && let Some(due) = due(sent)
                {
                    connection.send(&self.requests[(offset + sent) % self.requests.len()], due);
                    sent += 1;
                }
            }
            if !sending && taken.len() == sent {
                return taken;
            }
        }
    }
}

impl Connection {
    fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_nonblocking(true).unwrap();
        Self { stream, received: Vec::with_capacity(1 << 20), due: None }
    }

    fn send(&mut self, request: &[u8], due: Instant) {
        let mut rest = request;
        while !rest.is_empty() {
            match self.stream.write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error}"),
            }
        }
        self.due = Some(due);
    }

    /// The latency of an answer that is there to its end.
    fn answer(&mut self) -> Option<Duration> {
        let due = self.due?;
        let mut buffer = [0; 16_384];
        match self.stream.read(&mut buffer) {
            Ok(0) => panic!("the server has hung up"),
            Ok(read) => self.received.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
            Err(error) => panic!("{error}"),
        }
        let head = self.received.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(&self.received[..head]).unwrap();
        assert!(text.starts_with("HTTP/1.1 200"), "{}", String::from_utf8_lossy(&self.received));
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        if self.received.len() < head + length.parse::<usize>().unwrap() {
            return None;
        }
        self.received.clear();
        self.due = None;
        Some(due.elapsed())
    }
}

impl Latencies {
    /// How many answers there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.len() as f64 / self.span.as_secs_f64()
    }

    /// So many percent took no longer.
    pub fn percentile(&self, percent: usize) -> Duration {
        self.sorted[(self.len() * percent / 100).min(self.len() - 1)]
    }
}

/// The middle of some figures.
pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<_> = figures.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
