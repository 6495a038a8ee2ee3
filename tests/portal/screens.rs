//! Pictures of the pages for `docs/screens`, made only when `IMFLEET_SCREENS` names a folder.

use std::{fs, path::PathBuf};

use crate::browser::{Browser, Device};

/// The largest picture that is kept, bytes.
const LARGEST: usize = 150_000;

/// Keeps a picture of the page at hand, when pictures are asked for.
#[track_caller]
pub fn keep(browser: &Browser, device: Device, name: &str) {
    let Some(folder) = folder() else { return };
    let picture = browser.picture();
    assert!(picture.len() <= LARGEST, "{name} has {} bytes", picture.len());
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}-{}.png", device.name())), picture).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "where pictures go is no setting of the service")]
fn folder() -> Option<PathBuf> {
    let named = std::env::var("IMFLEET_SCREENS").ok()?;
    Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(named))
}
