//! The log of the journal: a hash tree (RFC 6962, section 2.1; RFC 9162, section 2.1) over its rows in the order of their
//! commits, so that whoever holds an old checkpoint can tell that nothing was changed, removed or put elsewhere since.
//!
//! A leaf holds ids, an instant and the salted hash of the row's content. Erasing the content with its salt leaves the
//! leaf, and every proof, as they were.

mod audit;
mod checkpoint;
mod edge;
mod export;
mod hash;
mod leaf;
mod path;
mod proof;
mod tree;

pub use self::{
    audit::{Audit, Fault, FaultKind},
    checkpoint::{Checkpoint, Mark},
    edge::{Edge, TILE, Tile},
    export::{EntryLine, FORMAT, Line, TrustedKey},
    hash::{Hash, leaf_hash, node_hash},
    leaf::{Content, EntryState, Leaf, Salt},
    path::{Nodes, consistency_path, inclusion_path, node_in_tile, peaks, root, tile_of},
    proof::{is_consistent, is_included},
    tree::Tree,
};

/// The name of the only log there is.
pub const LOG: &str = "journal";
