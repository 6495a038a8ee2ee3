//! Carries messages to addresses that others named: over TLS, never to a place inside our networks that the operator
//! has not opened, never after a redirection, and never longer than a message may take.

use std::{
    collections::HashSet,
    error::Error,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use ipnet::IpNet;
use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::problem::Problem;

/// How long a receiver may take for one message.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Messages under way at once; each target has one at a time.
const AT_ONCE: usize = 16;

/// The messenger of this process.
pub struct Courier {
    /// Names this process where only one may work.
    pub process: Uuid,
    http: Client,
    networks: Networks,
    busy: Mutex<HashSet<Uuid>>,
    /// Messages that may still set out.
    pub slots: Arc<Semaphore>,
}

/// The networks inside which the operator allows receivers.
#[derive(Debug, Clone, Default)]
struct Networks(Arc<RwLock<Vec<IpNet>>>);

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// No address of the web.
    #[error("not an absolute https address without a user name")]
    Address,
    /// Plain HTTP to another machine.
    #[error("plain http is for loopback alone")]
    Plain,
    /// Inside a network that is not open.
    #[error("inside a network that is not open to webhooks")]
    Network,
}

impl Courier {
    /// A messenger that reaches public addresses only.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, Problem> {
        let networks = Networks::default();
        let http = Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(TIMEOUT)
            .redirect(Policy::none())
            .no_proxy()
            .user_agent(concat!("imfleet/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(networks.clone()))
            .build()
            .map_err(|error| Problem::internal(&error))?;
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Self { process: Uuid::from_u128(rand::random()), http, networks, busy: Mutex::default(), slots })
    }

    /// Opens networks of one's own to receivers.
    pub fn open_networks(&self, networks: Vec<IpNet>) {
        *self.networks.0.write().unwrap_or_else(PoisonError::into_inner) = networks;
    }

    /// Whether messages may go to an address; a name is looked up only when one sets out.
    ///
    /// # Errors
    /// Why they may not.
    pub fn may_reach(&self, address: &str) -> Result<Url, Unreachable> {
        let url = Url::parse(address).map_err(|_| Unreachable::Address)?;
        let host = url.host_str().map(|host| host.trim_matches(['[', ']'])).ok_or(Unreachable::Address)?;
        let literal = host.parse::<IpAddr>().ok();
        let loopback = host == "localhost" || literal.is_some_and(|ip| ip.is_loopback());
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(Unreachable::Plain),
            _ => return Err(Unreachable::Address),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unreachable::Address);
        }
        if literal.is_some_and(|ip| !self.networks.allow(ip)) { Err(Unreachable::Network) } else { Ok(url) }
    }

    /// Posts a message and tells the status.
    ///
    /// # Errors
    /// What kept it from being answered, in a few words.
    pub async fn post(&self, address: &str, headers: [(&str, String); 3], body: String) -> Result<u16, String> {
        let url = self.may_reach(address).map_err(|refusal| refusal.to_string())?;
        let mut request = self.http.post(url).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answered = request.body(body).send().await;
        answered.map(|answer| answer.status().as_u16()).map_err(|error| fault(&error))
    }

    /// Takes a target for one message at a time; `false` while another is under way.
    pub fn take(&self, target: Uuid) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(target)
    }

    /// The targets to which messages are under way.
    #[must_use]
    pub fn busy(&self) -> Vec<Uuid> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Gives a target back.
    pub fn give_back(&self, target: Uuid) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&target);
    }
}

/// A fault in words that do not tell what lies behind our walls.
fn fault(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(inner) = cause {
        if let Some(refusal) = inner.downcast_ref::<Unreachable>() {
            return refusal.to_string();
        }
        cause = inner.source();
    }
    if error.is_connect() { "no connection".to_owned() } else { "the answer broke off".to_owned() }
}

impl Networks {
    fn allow(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        let open = self.0.read().unwrap_or_else(PoisonError::into_inner);
        !is_never(ip) && (is_public(ip) || open.iter().any(|network| network.contains(&ip)))
    }
}

impl Resolve for Networks {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| networks.allow(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Unreachable::Network.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

/// What no operator can open: link-local addresses (where clouds keep their secrets) and those that are nobody's.
fn is_never(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local() || ip.is_unspecified() || ip.is_broadcast() || ip.is_multicast(),
        IpAddr::V6(ip) => ip.is_unicast_link_local() || ip.is_unspecified() || ip.is_multicast(),
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            let shared = first == 100 && (64..128).contains(&second);
            let special = first == 0 || first >= 240 || (first == 198 && (18..20).contains(&second));
            !(ip.is_private() || ip.is_loopback() || ip.is_documentation() || shared || special)
        }
        // Global unicast; transition forms that hide an address of the older family stay closed.
        IpAddr::V6(ip) => (ip.segments()[0] & 0xe000) == 0x2000 && ip.segments()[0] != 0x2002,
    }
}
