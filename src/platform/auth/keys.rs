//! Signing keys: one ring of Ed25519 keys for each purpose, in files that only the service may read.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    str::FromStr,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{
    SigningKey, VerifyingKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use jsonwebtoken::{
    DecodingKey, EncodingKey,
    jwk::{
        AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, OctetKeyPairParameters,
        OctetKeyPairType, PublicKeyUse,
    },
};

use super::succession;
use crate::{domain::time::Instant, platform::problem::Problem};

/// What a key signs. A token signed for one purpose is refused by every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Access tokens of `/v1`.
    Access,
    /// Tokens of the JT/T 1132 adapter.
    Jtt1132,
    /// Heads of the copies that gates keep; each key is introduced by the one before it.
    Snapshot,
    /// Messages to webhooks.
    Webhook,
    /// Checkpoints of the journal; each key is introduced by the one before it.
    Journal,
    /// Certificates of repairs.
    Certificate,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 6] =
        [Self::Access, Self::Jtt1132, Self::Snapshot, Self::Webhook, Self::Journal, Self::Certificate];

    /// The `typ` in the header of its tokens.
    #[must_use]
    pub const fn typ(self) -> &'static str {
        match self {
            Self::Access => "at+jwt",
            Self::Jtt1132 => "imfleet-jtt1132+jwt",
            Self::Snapshot => "imfleet-snapshot+jwt",
            Self::Webhook => "imfleet-webhook",
            Self::Journal => "imfleet-journal+jwt",
            Self::Certificate => "imfleet-certificate+jwt",
        }
    }

    /// Whether each of its keys is introduced by the one before it.
    const fn is_introduced(self) -> bool {
        matches!(self, Self::Snapshot | Self::Journal)
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Jtt1132 => "jtt1132",
            Self::Snapshot => "snapshot",
            Self::Webhook => "webhook",
            Self::Journal => "journal",
            Self::Certificate => "certificate",
        }
    }
}

impl FromStr for Purpose {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|purpose| purpose.folder() == text);
        known.ok_or_else(|| format!("one of: {}", Self::ALL.map(Self::folder).join(", ")))
    }
}

/// A key by its id; the newest signs, all verify.
pub(super) struct Key {
    pub(super) id: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    pub(super) secret: SigningKey,
    pub(super) public: VerifyingKey,
}

/// The keys of every purpose.
pub struct KeyRing {
    rings: BTreeMap<Purpose, Vec<Key>>,
    /// The documents by which keys introduce their successors, the oldest first.
    pub(super) successions: BTreeMap<Purpose, Vec<String>>,
}

impl KeyRing {
    /// Reads the keys below a folder, and makes the first of each purpose when there is none.
    ///
    /// # Errors
    /// The folder cannot be used, or a key file can be read by others.
    pub fn open(folder: &Path, now: Instant) -> Result<Self, Problem> {
        let (mut rings, mut successions) = (BTreeMap::new(), BTreeMap::new());
        for purpose in Purpose::ALL {
            let folder = folder.join(purpose.folder());
            fs::create_dir_all(&folder).map_err(|error| Problem::internal(&error))?;
            if key_files(&folder)?.is_empty() {
                make_key(&folder, now)?;
            }
            let keys = key_files(&folder)?.iter().map(|path| read_key(path)).collect::<Result<_, _>>()?;
            rings.insert(purpose, keys);
            if purpose.is_introduced() {
                successions.insert(purpose, succession::read(&folder)?);
            }
        }
        Ok(Self { rings, successions })
    }

    /// Adds a new key that signs from the next start on; the older ones go on verifying until their files go. A
    /// key of snapshots or of the journal is introduced by the one before it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn rotate(folder: &Path, purpose: Purpose, now: Instant) -> Result<(), Problem> {
        let folder = folder.join(purpose.folder());
        fs::create_dir_all(&folder).map_err(|error| Problem::internal(&error))?;
        let before = key_files(&folder)?.last().map(|path| read_key(path)).transpose()?;
        let made = make_key(&folder, now)?;
        match before {
            Some(before) if purpose.is_introduced() => {
                succession::introduce(&folder, &before, &read_key(&made)?, now)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn ring(&self, purpose: Purpose) -> &[Key] {
        self.rings.get(&purpose).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn signing(&self, purpose: Purpose) -> Option<&Key> {
        self.ring(purpose).last()
    }

    pub(super) fn verifying(&self, purpose: Purpose, id: &str) -> Option<&Key> {
        self.ring(purpose).iter().find(|key| key.id == id)
    }

    /// The public keys of the access tokens, for whoever verifies them elsewhere.
    #[must_use]
    pub fn jwks(&self) -> JwkSet {
        self.public_keys(Purpose::Access)
    }

    /// The public keys of a purpose, the oldest first.
    #[must_use]
    pub fn public_keys(&self, purpose: Purpose) -> JwkSet {
        JwkSet { keys: self.ring(purpose).iter().map(Key::jwk).collect() }
    }
}

impl Key {
    /// The public key: the member `x` of its JWK.
    pub(super) fn x(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public.as_bytes())
    }

    fn jwk(&self) -> Jwk {
        let common = CommonParameters {
            public_key_use: Some(PublicKeyUse::Signature),
            key_algorithm: Some(KeyAlgorithm::EdDSA),
            key_id: Some(self.id.clone()),
            ..CommonParameters::default()
        };
        let algorithm = AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
            key_type: OctetKeyPairType::OctetKeyPair,
            curve: EllipticCurve::Ed25519,
            x: self.x(),
        });
        Jwk { common, algorithm }
    }
}

/// The key files of a ring, the oldest first: their names begin with the day they were made.
fn key_files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).map_err(|error| Problem::internal(&error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pem"));
    paths.sort();
    Ok(paths)
}

fn read_key(path: &Path) -> Result<Key, Problem> {
    let mode = fs::metadata(path).map_err(|error| Problem::internal(&error))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Problem::internal(&format!("{} can be read by others; chmod 600 it", path.display())));
    }
    let pem = fs::read_to_string(path).map_err(|error| Problem::internal(&error))?;
    let signing = SigningKey::from_pkcs8_pem(&pem).map_err(|error| Problem::internal(&error))?;
    let pkcs8 = signing.to_pkcs8_der().map_err(|error| Problem::internal(&error))?;
    let encoding = EncodingKey::from_ed_der(pkcs8.as_bytes());
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let public = signing.verifying_key();
    Ok(Key { id, encoding, decoding: DecodingKey::from_ed_der(public.as_bytes()), secret: signing, public })
}

fn make_key(folder: &Path, now: Instant) -> Result<PathBuf, Problem> {
    let key = SigningKey::from_bytes(&rand::random());
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| Problem::internal(&error))?;
    let path = folder.join(format!("{}-{:08x}.pem", now.local_digits(), rand::random::<u32>()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let written = options.open(&path).and_then(|mut file| file.write_all(pem.as_bytes()));
    written.map(|()| path).map_err(|error| Problem::internal(&error))
}
