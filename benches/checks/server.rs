//! The servers, each in a process of its own on the second core.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

use imfleet::platform::db::DatabaseUrl;

use super::city::Folder;

/// The core of the servers; the generator stays on core 0.
const CORE: &str = "1";

/// A server that runs until this is dropped.
pub struct Server {
    pub address: SocketAddr,
    process: Child,
}

impl Server {
    /// The real binary.
    pub fn service(database: &DatabaseUrl, folder: &Folder) -> Self {
        let DatabaseUrl::Sqlite(path) = database else { panic!("a file") };
        // A port that was free a moment ago: with the log at `warn` the service does not tell its own.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let process = Command::new("taskset")
            .args(["-c", CORE, env!("CARGO_BIN_EXE_imfleet"), "--log", "warn", "serve", "--workers", "1"])
            .args(["--bind", &address.to_string(), "--database-url", &format!("sqlite:{}", path.display())])
            .arg("--check-log")
            .arg(folder.0.join("checks"))
            .arg("--keys")
            .arg(folder.0.join("keys"))
            .spawn()
            .unwrap();
        Self { address, process }
    }

    /// This program, serving a constant.
    pub fn constant() -> Self {
        let mut process = Command::new("taskset")
            .args(["-c", CORE])
            .arg(std::env::current_exe().unwrap())
            .arg("constant")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { address: line.trim().parse().unwrap(), process }
    }

    /// Asks until the service says that it is ready.
    pub fn wait_until_ready(&self) {
        while !self.is_ready() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(self.address) else { return false };
        let mut answer = String::new();
        stream.write_all(b"GET /health/ready HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n").unwrap();
        stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
