//! Whether a path proves what it is said to prove (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

use super::{Hash, node_hash};

/// Whether a leaf stands at this place among the `size` leaves of a root.
#[must_use]
pub fn is_included(leaf_hash: &Hash, leaf: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if leaf >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (leaf, size - 1, *leaf_hash);
    for step in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(step, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether a tree of `size` leaves begins with the `old` leaves of an older root.
#[must_use]
pub fn is_consistent((old, old_root): (u64, &Hash), (size, root): (u64, &Hash), path: &[Hash]) -> bool {
    if old >= size {
        return old == size && old_root == root && path.is_empty();
    }
    if old == 0 {
        return path.is_empty() && *old_root == Hash::of(&[]);
    }
    // The root of a complete subtree leaves its own hash out of the path.
    let (mut known, mut rest) = (*old_root, path);
    if !old.is_power_of_two() {
        let Some((first, others)) = path.split_first() else { return false };
        (known, rest) = (*first, others);
    }
    let (mut place, mut last) = (old - 1, size - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut hash) = (known, known);
    for step in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old_hash = node_hash(step, &old_hash);
            hash = node_hash(step, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && hash == *root
}
