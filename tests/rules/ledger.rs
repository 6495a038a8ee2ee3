//! The journal's log: roots and paths by the vectors of RFC 6962, tiles, leaves, and what an audit finds.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use imfleet::domain::{
    id::Id,
    ledger::{
        Audit, Checkpoint, Content, Edge, EntryLine, EntryState, FORMAT, FaultKind, Hash, LOG, Leaf, Line, Mark,
        Nodes, Salt, Tile, Tree, consistency_path, inclusion_path, is_consistent, is_included, leaf_hash, node_hash,
        node_in_tile, peaks, root, tile_of,
    },
    time::Instant,
};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::golden::rows;

/// The leaves of the vectors that RFC 6962's implementations share.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

/// Tiles in memory that count how many of them are read.
#[derive(Default)]
struct Stored {
    tiles: BTreeMap<(u32, u64), Vec<Hash>>,
    read: BTreeMap<(u32, u64), u64>,
}

impl Stored {
    fn put(&mut self, tiles: Vec<Tile>) {
        self.tiles.extend(tiles.into_iter().map(|tile| ((tile.level, tile.number), tile.hashes)));
    }

    /// The edge as it would be read again after a restart.
    fn edge(&self, size: u64) -> Edge {
        let read = |(level, number)| Tile { level, number, hashes: self.tiles[&(level, number)].clone() };
        Edge::new(size, Edge::places(size).into_iter().map(read).collect()).unwrap()
    }
}

impl Nodes for Stored {
    type Error = String;

    fn node(&mut self, height: u32, place: u64) -> Result<Hash, String> {
        let (level, number, offset, count) = tile_of(height, place);
        *self.read.entry((level, number)).or_default() += 1;
        let hashes = self.tiles.get(&(level, number)).ok_or("no tile")?;
        node_in_tile(hashes, offset, count).ok_or_else(|| format!("no node {height}/{place}"))
    }
}

/// A log of the leaves of the vectors.
fn small(size: usize) -> Stored {
    let mut stored = Stored::default();
    stored.put(Edge::default().append(LEAVES[..size].iter().map(|leaf| leaf_hash(leaf))));
    stored
}

fn numbered(place: u64) -> Hash {
    leaf_hash(&place.to_be_bytes())
}

#[test]
fn roots_are_those_of_rfc_6962() {
    #[derive(Deserialize)]
    struct Row {
        leaves: usize,
        root: String,
    }
    let table = rows::<Row>("ledger_roots.csv");
    assert_eq!(table.len(), 9);
    for Row { leaves, root: expected } in table {
        let mut tree = Tree::default();
        LEAVES[..leaves].iter().for_each(|leaf| tree.add(leaf));
        assert_eq!(tree.root().to_string(), expected, "{leaves} leaves");
        let from_tiles = root(&mut small(leaves), u64::try_from(leaves).unwrap()).unwrap();
        assert_eq!(from_tiles.to_string(), expected, "{leaves} leaves, from tiles");
    }
}

#[test]
fn paths_are_those_of_rfc_6962_and_prove() {
    #[derive(Deserialize)]
    struct Row {
        proof: String,
        place: u64,
        leaves: u64,
        path: String,
    }
    for row in rows::<Row>("ledger_paths.csv") {
        let mut stored = small(usize::try_from(row.leaves).unwrap());
        let expected: Vec<_> = row.path.split_whitespace().map(|hash| Hash::parse(hash).unwrap()).collect();
        let whole = root(&mut stored, row.leaves).unwrap();
        if row.proof == "inclusion" {
            let leaf = leaf_hash(LEAVES[usize::try_from(row.place).unwrap()]);
            assert_eq!(inclusion_path(&mut stored, row.place, row.leaves).unwrap(), expected);
            assert!(is_included(&leaf, row.place, row.leaves, &expected, &whole));
        } else {
            let older = root(&mut stored, row.place).unwrap();
            assert_eq!(consistency_path(&mut stored, row.place, row.leaves).unwrap(), expected);
            assert!(is_consistent((row.place, &older), (row.leaves, &whole), &expected));
        }
    }
}

#[test]
fn every_proof_of_a_log_that_grows_over_its_tiles_holds_and_a_false_one_does_not() {
    let (mut stored, mut tree, mut roots) = (Stored::default(), Tree::default(), vec![Hash::of(&[])]);
    let mut size = 0;
    // Batches of odd sizes, with a restart between any two.
    for batch in [1, 2, 253, 1, 255, 300, 7].into_iter().cycle().take(40) {
        let tiles = stored.edge(size).append((size..size + batch).map(numbered));
        stored.put(tiles);
        for place in size..size + batch {
            tree.push(numbered(place));
            roots.push(tree.root());
        }
        size += batch;
        assert_eq!(root(&mut stored, size).unwrap(), tree.root(), "at {size}");
    }
    let at = |size: u64| roots[usize::try_from(size).unwrap()];
    for older in (1..size).step_by(37).chain([255, 256, 257, 511, 512, 1024]) {
        let path = consistency_path(&mut stored, older, size).unwrap();
        assert!(is_consistent((older, &at(older)), (size, &at(size)), &path), "{older} to {size}");
        assert!(!is_consistent((older, &at(older - 1)), (size, &at(size)), &path), "another past at {older}");
        assert!(!is_consistent((older, &at(older)), (size, &at(older)), &path), "another present at {older}");
        let grown = Tree::of_peaks(older, &peaks(&mut stored, older).unwrap()).unwrap();
        assert_eq!(grown.root(), at(older));
    }
    for leaf in (0..size).step_by(41) {
        let path = inclusion_path(&mut stored, leaf, size).unwrap();
        assert!(is_included(&numbered(leaf), leaf, size, &path, &at(size)));
        assert!(!is_included(&numbered(leaf + 1), leaf, size, &path, &at(size)), "another leaf");
        assert!(!is_included(&numbered(leaf), leaf ^ 1, size, &path, &at(size)), "another place");
        assert!(!is_included(&numbered(leaf), leaf, size, &path[1..], &at(size)), "a shorter path");
    }
}

#[test]
fn a_proof_among_ten_million_leaves_reads_a_few_tiles() {
    /// Every node is the hash of its height and place: what is read counts, not what it says.
    struct Counting {
        tiles: BTreeSet<(u32, u64)>,
        nodes: Cell<u64>,
    }
    impl Nodes for Counting {
        type Error = ();
        fn node(&mut self, height: u32, place: u64) -> Result<Hash, ()> {
            let (level, number, _, _) = tile_of(height, place);
            self.tiles.insert((level, number));
            self.nodes.set(self.nodes.get() + 1);
            Ok(node_hash(&leaf_hash(&height.to_be_bytes()), &leaf_hash(&place.to_be_bytes())))
        }
    }
    let size = 10_000_019;
    for leaf in [0, 1, 255, 256, 4_999_999, 9_999_999, 10_000_018] {
        let mut counting = Counting { tiles: BTreeSet::new(), nodes: Cell::new(0) };
        inclusion_path(&mut counting, leaf, size).unwrap();
        consistency_path(&mut counting, leaf + 1, size).unwrap();
        assert!(counting.tiles.len() <= 8, "{} tiles", counting.tiles.len());
        assert!(counting.nodes.get() <= 80, "{} nodes", counting.nodes.get());
    }
}

#[test]
fn an_edge_that_lacks_a_hash_is_refused() {
    let mut stored = small(5);
    let tile = |stored: &Stored| Tile { level: 0, number: 0, hashes: stored.tiles[&(0, 0)].clone() };
    assert!(Edge::new(5, vec![tile(&stored)]).is_some());
    assert!(Edge::new(5, vec![]).is_none());
    stored.tiles.get_mut(&(0, 0)).unwrap().pop();
    assert!(Edge::new(5, vec![tile(&stored)]).is_none());
}

fn salt() -> Salt {
    Salt(Hash(std::array::from_fn(|place| u8::try_from(place).unwrap())))
}

fn content() -> Content {
    Content(json!({
        "role": "ecology_bureau",
        "operation": "register_vehicle",
        "event": { "vehicle": Uuid::from_u128(7), "event": "vehicle_registered" },
        "actor_id": null,
    }))
}

#[test]
fn a_leaf_has_one_form_for_ever() {
    let text = "{\"actor_id\":null,\"event\":{\"event\":\"vehicle_registered\",\
                \"vehicle\":\"00000000-0000-0000-0000-000000000007\"},\"operation\":\"register_vehicle\",\
                \"role\":\"ecology_bureau\"}";
    assert_eq!(content().canonical(), text);
    let leaf = Leaf {
        entry: Id::from(Uuid::from_u128(1)),
        subject: Id::from(Uuid::from_u128(7)),
        recorded_at: Instant::from_micros(1_795_000_000_000_000),
        content_hash: content().hash(&salt()),
    };
    assert_eq!(leaf.content_hash.to_string(), "8d28660a213e4ae7d95105a6b60fe0baa5110eed935d9630b3fc0ec8e96e6b57");
    assert_eq!(leaf.hash().to_string(), "dda012f84472d3c98187db630f76975c68f94a2559623a457251ba214c40ec84");
    let another = Content(json!({ "operation": "another" }));
    for (salt, content, state) in [
        (Some(salt()), Some(content()), EntryState::Sealed),
        (Some(salt()), Some(another), EntryState::Changed),
        (Some(salt()), None, EntryState::Missing),
        (None, None, EntryState::Erased),
        (None, Some(content()), EntryState::Changed),
    ] {
        assert_eq!(leaf.state(salt.as_ref(), content.as_ref()), state);
    }
}

#[test]
fn a_checkpoint_is_due_when_the_log_grew_and_before_the_last_is_old() {
    let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
    for (size, last, now, due) in [
        (3, None, 0, true),
        (3, Some((3, 10)), 11, false),
        (3, Some((3, 10)), 14, false),
        (3, Some((3, 10)), 15, true),
        (4, Some((3, 10)), 10, false),
        (4, Some((3, 10)), 11, true),
        (3, Some((3, 10)), 9, true),
    ] {
        let last = last.map(|(size, issued)| (size, at(issued)));
        assert_eq!(Mark::is_due(size, last, at(now)), due, "{size} {last:?} {now}");
    }
}

/// An export of ten entries with checkpoints at 4, 7 and 10; a document is the checkpoint as JSON.
fn export() -> Vec<Line> {
    let (mut tree, mut lines) = (Tree::default(), Vec::new());
    lines.push(Line::Export {
        format: FORMAT.to_owned(),
        log: LOG.to_owned(),
        from: 0,
        to: 10,
        peaks: vec![],
        keys: vec![],
        successions: vec![],
    });
    for place in 0..10_u64 {
        let entry = EntryLine {
            leaf: place,
            entry_id: Id::from(Uuid::from_u128(u128::from(place) + 1)),
            subject_id: Id::from(Uuid::from_u128(7)),
            recorded_at: Instant::from_micros(1_795_000_000_000_000),
            content_hash: content().hash(&salt()),
            salt: Some(salt()),
            content: Some(content()),
        };
        tree.push(entry.leaf().hash());
        lines.push(Line::Entry(entry));
        if [4, 7].contains(&tree.leaves()) {
            lines.push(Line::Checkpoint { document: signed(&tree) });
        }
    }
    lines.push(Line::End { consistency: vec![], document: signed(&tree) });
    lines
}

fn signed(tree: &Tree) -> String {
    serde_json::to_string(&checkpoint(tree)).unwrap()
}

fn checkpoint(tree: &Tree) -> Checkpoint {
    Checkpoint { log: LOG.to_owned(), size: tree.leaves(), root: tree.root(), issued: Instant::from_micros(0) }
}

fn audit(lines: Vec<Line>, older: Option<Checkpoint>) -> (Vec<FaultKind>, String) {
    let mut audit = Audit::new(older);
    for line in lines {
        audit.take(line, &|document| serde_json::from_str(document).map_err(|error| error.to_string()));
    }
    audit.finish();
    let words: Vec<_> = audit.faults.iter().map(ToString::to_string).collect();
    (audit.faults.iter().map(|fault| fault.kind).collect(), words.join("\n"))
}

fn entry(line: &mut Line) -> &mut EntryLine {
    let Line::Entry(entry) = line else { panic!("no entry") };
    entry
}

/// What is done to an export.
type Doing<'a> = &'a dyn Fn(&mut Vec<Line>);

#[test]
fn an_audit_finds_what_was_done_and_says_so() {
    let another = |lines: &mut Vec<Line>| entry(&mut lines[3]).content = Some(Content(json!({})));
    let rehashed = |lines: &mut Vec<Line>| {
        let changed = Content(json!({}));
        entry(&mut lines[3]).content_hash = changed.hash(&salt());
        entry(&mut lines[3]).content = Some(changed);
    };
    let removed = |lines: &mut Vec<Line>| drop(lines.remove(3));
    let renumbered = |lines: &mut Vec<Line>| {
        lines.remove(3);
        lines.iter_mut().skip(3).for_each(|line| {
            if let Line::Entry(entry) = line {
                entry.leaf -= 1;
            }
        });
    };
    let swapped = |lines: &mut Vec<Line>| lines.swap(2, 3);
    let cut = |lines: &mut Vec<Line>| lines.truncate(8);
    let gone = |lines: &mut Vec<Line>| entry(&mut lines[3]).content = None;
    let erased = |lines: &mut Vec<Line>| {
        entry(&mut lines[3]).content = None;
        entry(&mut lines[3]).salt = None;
    };
    let unsigned = |lines: &mut Vec<Line>| lines[5] = Line::Checkpoint { document: "nonsense".to_owned() };
    let untouched = |_: &mut Vec<Line>| {};
    let cases: [(Doing<'_>, &[FaultKind], &str); 10] = [
        (&untouched, &[], ""),
        (&erased, &[], ""),
        (&another, &[FaultKind::Changed], "line 4: changed (条目内容被改动): entry 2"),
        (&rehashed, &[FaultKind::Root], "the checkpoint of 4 entries does not hold: an entry from 0 on"),
        (&removed, &[FaultKind::Missing], "entry 2 is missing"),
        (&renumbered, &[FaultKind::Root, FaultKind::Missing], "entries 9 to 9 are missing"),
        (&swapped, &[FaultKind::Order], "entry 1 stands after entry 2"),
        (&cut, &[FaultKind::Cut], "the file ends before its last line"),
        (&gone, &[FaultKind::Missing], "entry 2 (00000000-0000-0000-0000-000000000003): its content is gone"),
        (&unsigned, &[FaultKind::Signature], "line 6: signature (检查点签名不可信)"),
    ];
    for (number, (doing, kinds, words)) in cases.into_iter().enumerate() {
        let mut lines = export();
        doing(&mut lines);
        let (found, told) = audit(lines, None);
        assert_eq!(found, kinds, "case {number}: {told}");
        assert!(told.contains(words), "case {number}: {told}");
    }
}

#[test]
fn an_export_must_continue_the_checkpoint_that_was_kept() {
    let mut past = Tree::default();
    for line in export() {
        let Line::Entry(entry) = line else { continue };
        past.push(entry.leaf().hash());
        assert_eq!(audit(export(), Some(checkpoint(&past))).0, vec![], "at {}", past.leaves());
        let mut other = checkpoint(&past);
        other.root = Hash::of(b"another past");
        assert_eq!(audit(export(), Some(other)).0, vec![FaultKind::Fork], "at {}", past.leaves());
    }
    past.push(numbered(11));
    assert_eq!(audit(export(), Some(checkpoint(&past))).0, vec![FaultKind::Fork], "the log was cut");
}
