//! From values to places on the picture, in whole numbers.

/// A scale from values to places.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    low: i64,
    high: i64,
    from: i64,
    to: i64,
}

impl Scale {
    /// The scale on which `low` lies at `from` and `high` at `to`.
    pub const fn new((low, high): (i64, i64), (from, to): (i64, i64)) -> Self {
        Self { low, high: if high > low { high } else { low + 1 }, from, to }
    }

    /// The place of a value.
    pub const fn at(self, value: i64) -> i64 {
        self.from + (value - self.low) * (self.to - self.from) / (self.high - self.low)
    }
}

/// Round values that cover a range: 1, 2 or 5 of a power of ten apart, at most so many.
pub fn ticks(low: i64, high: i64, most: i64) -> Vec<i64> {
    let span = (high - low).max(1);
    let mut step = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        if span / step < most {
            break;
        }
        step = match factor {
            5 => step / 2 * 5,
            _ => step * 2,
        };
    }
    let first = low.div_euclid(step) * step;
    let mut found = vec![first];
    while found.last().is_some_and(|last| *last < high) {
        found.push(first + step * i64::try_from(found.len()).unwrap_or(i64::MAX / step));
    }
    found
}

#[test]
fn ticks_are_round_and_cover_the_range() {
    assert_eq!(ticks(0, 100, 5), [0, 50, 100]);
    assert_eq!(ticks(0, 1_000, 6), [0, 200, 400, 600, 800, 1_000]);
    assert_eq!(ticks(843, 912, 5), [840, 860, 880, 900, 920]);
    assert_eq!(ticks(0, 0, 5), [0]);
    assert_eq!(ticks(5, 5, 5), [5]);
}

#[test]
fn a_value_lies_between_the_ends() {
    let scale = Scale::new((0, 200), (300, 100));
    assert_eq!([0, 50, 200].map(|value| scale.at(value)), [300, 250, 100]);
    assert_eq!(Scale::new((7, 7), (0, 10)).at(7), 0);
}
