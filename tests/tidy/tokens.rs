//! Rust source as words, signs and texts, with their lines and without the comments.

/// What stands at a place of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A name, a keyword or a number.
    Word(String),
    /// A sign; `::` is one.
    Sign(&'static str),
    /// What a text literal holds, as it is written there.
    Text(String),
}

/// A word, sign or text and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Counted from 1.
    pub line: usize,
    /// What stands there.
    pub kind: Kind,
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign(SIGNS.iter().find(|known| **known == sign).unwrap_or(&OTHER))
    }
}

/// The signs that rules ask for.
const SIGNS: [&str; 9] = ["::", "{", "}", "(", ")", ",", ";", "*", "$"];

/// Any other sign.
const OTHER: &str = "?";

/// Splits a source.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kind) = next(rest, first);
        let (taken, after) = rest.split_at(length);
        found.extend(kind.map(|kind| Token { line, kind }));
        line += taken.matches('\n').count();
        rest = after;
    }
    found
}

/// The length of what comes next, and what it is; nothing for blanks, comments and characters.
fn next(rest: &str, first: char) -> (usize, Option<Kind>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), None);
    }
    if let Some((length, text)) = text(rest) {
        return (length, Some(Kind::Text(text)));
    }
    if first == '\'' {
        return (character(rest), None);
    }
    if is_of_word(first) {
        let length = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
        return (length, Some(Kind::Word(rest[..length].to_owned())));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return (sign.len(), Some(Kind::Sign(sign)));
    }
    (first.len_utf8(), (!first.is_whitespace()).then_some(Kind::Sign(OTHER)))
}

/// Whether a letter may stand in a name.
pub fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// A text literal at the very beginning, plain, raw, of bytes or C: its whole length and its content.
fn text(rest: &str) -> Option<(usize, String)> {
    let raw = ["r", "br", "cr"].iter().find_map(|prefix| {
        let marks = rest.strip_prefix(prefix)?;
        let hashes = &marks[..marks.find(|sign| sign != '#')?];
        marks[hashes.len()..].strip_prefix('"').map(|content| (content, format!("\"{hashes}")))
    });
    if let Some((content, end)) = raw {
        let length = content.find(&end).unwrap_or(content.len());
        let before = rest.len() - content.len();
        return Some(((before + length + end.len()).min(rest.len()), content[..length].to_owned()));
    }
    let content = ["\"", "b\"", "c\""].iter().find_map(|prefix| rest.strip_prefix(prefix))?;
    let mut escaped = false;
    let end = content.find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    let length = end.unwrap_or(content.len());
    Some(((rest.len() - content.len() + length + 1).min(rest.len()), content[..length].to_owned()))
}

/// A character literal, or the mark of a lifetime.
fn character(rest: &str) -> usize {
    let inner = &rest[1..];
    let content = match inner.strip_prefix('\\') {
        Some(escape) => 1 + escape.chars().next().map_or(0, char::len_utf8),
        None => inner.chars().next().map_or(0, char::len_utf8),
    };
    inner[content..].find('\'').filter(|gap| *gap == 0 || inner.starts_with("\\u")).map_or(1, |gap| content + gap + 2)
}

#[test]
fn comments_and_characters_are_left_out_and_texts_are_kept_apart() {
    let source = r##"
        use a::b; // c "d"
        /* e /* f */ g */ fn h<'i>(j: &'i str) -> char { '"' }
        const K: &str = "l \" // m"; const N: &str = r#"o "p" "#; let q = ('\'', '\\', '\u{4e2d}', '中');
        r
    "##;
    let words: Vec<_> = tokens(source).iter().filter_map(Token::word).map(str::to_owned).collect();
    assert_eq!(words.join(" "), "use a b fn h i j i str char const K str const N str let q r");
    let texts: Vec<_> = tokens(source).into_iter().filter(|token| matches!(token.kind, Kind::Text(_))).collect();
    let text = |text: &str| Token { line: 4, kind: Kind::Text(text.to_owned()) };
    assert_eq!(texts, [text(r#"l \" // m"#), text(r#"o "p" "#)]);
    assert_eq!(tokens(source).last().map(|token| token.line), Some(5));
}

#[test]
fn an_unfinished_source_is_read_to_its_end() {
    for source in ["\"", "/*", "'", "'\\", "r#\"", "b\"a", "//", "r#", "/* *", "'中"] {
        assert!(tokens(source).len() <= 2, "{source}");
    }
}
