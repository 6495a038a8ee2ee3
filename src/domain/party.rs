//! The nouns of those who take part; their data lives in the directory.

/// A station, shop, bureau, …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organisation {}

/// A station's test line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {}

/// A person in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {}

/// A machine client of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {}

/// A client's secret or public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {}
