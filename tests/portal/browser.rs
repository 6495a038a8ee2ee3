//! A headless chromium of a test's own, on a phone or on a desk.

use std::{
    fs,
    future::Future,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// What the browser runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// 390 × 844, touched by fingers.
    Phone,
    /// 1280 × 800, beneath a bar of 143.
    Desk,
}

impl Device {
    /// Its name in the names of pictures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }
}

/// A browser that ends with its test.
pub struct Browser {
    client: Client,
    runtime: Runtime,
    driver: Child,
    port: u16,
    profile: PathBuf,
}

const PATIENCE: Duration = Duration::from_mins(1);

impl Browser {
    /// Starts one.
    pub fn start(device: Device) -> Self {
        let profile =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("browser_{:016x}", rand::random::<u64>()));
        fs::create_dir_all(&profile).unwrap();
        let (driver, port) = start_driver();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let wanted = capabilities(device, &profile);
        let client = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{port}")).await
        });
        Self { client: client.expect("chromium starts"), runtime, driver, port, profile }
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Opens an address.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.wait(self.client.goto(url)).unwrap();
    }

    /// The first element, waited for.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element {
        let found = self.wait(self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)));
        found.unwrap_or_else(|error| panic!("{css}: {error}\n{}", self.text()))
    }

    /// How many there are.
    pub fn count(&self, css: &str) -> usize {
        self.wait(self.client.find_all(Locator::Css(css))).unwrap().len()
    }

    /// The text of an element.
    #[track_caller]
    pub fn text_of(&self, css: &str) -> String {
        let element = self.find(css);
        self.wait(element.text()).unwrap()
    }

    /// The text of the page.
    pub fn text(&self) -> String {
        self.run("return document.body ? document.body.innerText : ''", vec![])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Clicks.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.wait(element.click()).unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Writes into a field.
    #[track_caller]
    pub fn write(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.wait(element.send_keys(text)).unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Runs a script in the page.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute(script, arguments)).unwrap()
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute_async(script, arguments)).unwrap()
    }

    /// Waits until a script is true.
    #[track_caller]
    pub fn until(&self, what: &str, script: &str) {
        let begun = std::time::Instant::now();
        while self.run(&format!("return Boolean({script})"), vec![]) != true {
            assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The page as a picture (PNG).
    pub fn picture(&self) -> Vec<u8> {
        self.wait(self.client.screenshot()).unwrap()
    }

    /// Goes off line, or on line again.
    pub fn network(&self, on_line: bool, latency_ms: u64) {
        let conditions = json!({
            "network_conditions": {
                "offline": !on_line, "latency": latency_ms, "download_throughput": 50_000, "upload_throughput": 20_000
            }
        });
        let session = self.wait(self.client.session_id()).unwrap().unwrap();
        let address = format!("http://127.0.0.1:{}/session/{session}/chromium/network_conditions", self.port);
        reqwest::blocking::Client::new().post(address).json(&conditions).send().unwrap().error_for_status().unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.runtime.block_on(self.client.clone().close()));
        drop(self.driver.kill());
        drop(self.driver.wait());
        drop(fs::remove_dir_all(&self.profile));
    }
}

/// Starts a driver on a port that it picks itself.
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is missing: apt-get install chromium chromium-driver, or run scripts/check.sh");
    let mut told = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port = |line: String| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok();
    let port = told.find_map(port);
    (driver, port.expect("chromedriver tells its port"))
}

fn capabilities(device: Device, profile: &std::path::Path) -> serde_json::Map<String, Value> {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--no-first-run".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--lang=zh-CN".to_owned(),
        "--force-device-scale-factor=1".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    if is_root() {
        arguments.push("--no-sandbox".to_owned());
    }
    let mut options = json!({ "args": arguments });
    match device {
        Device::Phone => {
            options["mobileEmulation"] = json!({
                "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 1.0, "touch": true }
            });
        }
        Device::Desk => options["args"].as_array_mut().unwrap().push("--window-size=1280,943".into()),
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": options }).as_object().cloned().unwrap()
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|facts| facts.uid() == 0)
}
