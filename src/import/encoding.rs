//! In which encoding a file is, told by all of its bytes, and a reader that gives UTF-8 whatever it was.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8};
use sha2::{Digest, Sha256};

use crate::{
    domain::words::words,
    platform::{
        hex::hex,
        problem::{Kind, Problem},
    },
};

words! {
    /// How the characters of a file are written.
    pub enum Encoding {
        /// UTF-8, with or without its mark.
        Utf8 = "utf_8" / "UTF-8",
        /// GB18030, and so GBK and GB2312.
        Gb18030 = "gb18030" / "GB18030",
    }
}

const BLOCK: usize = 64 << 10;
const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// What one pass over a file tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// The encoding that all of its bytes fit.
    pub encoding: Encoding,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// How many lines it has: as many rows as it may have at most.
    pub lines: u64,
}

/// Reads a file once: its hash, and the encoding that all of its bytes fit. Valid UTF-8 is UTF-8; what is not is
/// GB18030, unless it is neither.
///
/// # Errors
/// The file cannot be read, or is neither UTF-8 nor GB18030 (422).
pub fn inspect(mut file: impl Read) -> Result<Inspected, Problem> {
    let (mut hash, mut bytes, mut lines, mut marked) = (Sha256::new(), 0_u64, 0_u64, None);
    let (mut utf8, mut gb18030) = (Probe::new(UTF_8), Probe::new(GB18030));
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block).map_err(|error| Problem::internal(&error))?;
        let (fresh, last) = (&block[..read], read == 0);
        marked.get_or_insert_with(|| fresh.starts_with(&MARK));
        hash.update(fresh);
        lines += count(fresh.split(|byte| *byte == b'\n').count() - 1);
        utf8.take(fresh, last);
        gb18030.take(fresh, last);
        bytes += count(read);
        if last {
            break;
        }
    }
    let encoding = match (utf8.malformed_at, gb18030.malformed_at) {
        (None, _) => Encoding::Utf8,
        (Some(_), None) if marked != Some(true) => Encoding::Gb18030,
        (Some(at), _) => return Err(neither(at)),
    };
    Ok(Inspected { encoding, sha256: digits(hash), bytes, lines })
}

/// The hash and the size of a file that is no text.
pub fn hash_of(mut file: impl Read) -> Result<(String, u64), Problem> {
    let (mut hash, mut bytes, mut block) = (Sha256::new(), 0_u64, vec![0; BLOCK]);
    loop {
        let read = file.read(&mut block).map_err(|error| Problem::internal(&error))?;
        if read == 0 {
            return Ok((digits(hash), bytes));
        }
        hash.update(&block[..read]);
        bytes += count(read);
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn digits(hash: Sha256) -> String {
    hex(&hash.finalize())
}

fn neither(at: u64) -> Problem {
    Problem::new(Kind::Invalid).because(
        format!("the file is neither UTF-8 nor GB18030; the first byte that is no UTF-8 is byte {at}"),
        format!("文件既不是 UTF-8 也不是 GB18030 编码；第 {at} 字节起不符合 UTF-8"),
    )
}

/// Tries one encoding on a stream of bytes.
struct Probe {
    decoder: Decoder,
    out: Vec<u8>,
    seen: u64,
    malformed_at: Option<u64>,
}

impl Probe {
    fn new(encoding: &'static encoding_rs::Encoding) -> Self {
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            out: vec![0; BLOCK],
            seen: 0,
            malformed_at: None,
        }
    }

    fn take(&mut self, mut bytes: &[u8], last: bool) {
        while self.malformed_at.is_none() {
            let (result, read, _) = self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.out, last);
            self.seen += count(read);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => bytes = &bytes[read..],
                DecoderResult::Malformed(..) => self.malformed_at = Some(self.seen),
            }
        }
    }
}

/// Gives UTF-8 without its mark, whatever the file was in.
pub struct Decoded<R> {
    file: R,
    decoder: Decoder,
    block: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Begins to read a file of an encoding.
    pub fn new(file: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Gb18030 => GB18030.new_decoder_without_bom_handling(),
        };
        Self { file, decoder, block: vec![0; BLOCK], out: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.file.read(&mut self.block)?;
        self.ended = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(BLOCK * 4);
        self.out.resize(room, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.block[..read], &mut self.out, self.ended);
        self.out.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, wanted: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() && !self.ended {
            self.refill()?;
        }
        let rest = &self.out[self.given..];
        let taken = rest.len().min(wanted.len());
        wanted[..taken].copy_from_slice(&rest[..taken]);
        self.given += taken;
        Ok(taken)
    }
}
