//! A field of a form: label, control, hint and fault, tied together for people who cannot see them.

use askama::Template;

/// A field; in templates made by `frame.field(name, label)`.
#[derive(Debug, Clone, Template)]
#[template(path = "frame/field.html")]
pub struct Field {
    name: String,
    label: String,
    fault: Option<String>,
    optional: &'static str,
    value: String,
    kind: String,
    hint: String,
    longest: u32,
    required: bool,
    lines: u32,
    choices: Vec<(String, String)>,
}

impl Field {
    /// A required field of one line.
    #[must_use]
    pub fn new(name: &str, label: &str, fault: Option<String>, optional: &str) -> Self {
        let optional = if optional.starts_with('（') { "（选填）" } else { " (optional)" };
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            fault,
            optional,
            value: String::new(),
            kind: "text".to_owned(),
            hint: String::new(),
            longest: 200,
            required: true,
            lines: 0,
            choices: Vec::new(),
        }
    }

    /// What it holds already.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        value.as_ref().clone_into(&mut self.value);
        self
    }

    /// What helps to fill it in.
    #[must_use]
    pub fn hint(mut self, hint: impl AsRef<str>) -> Self {
        hint.as_ref().clone_into(&mut self.hint);
        self
    }

    /// Another kind of control: `date`, `datetime-local`, `number`, `password`, `search`.
    #[must_use]
    pub fn kind(mut self, kind: impl AsRef<str>) -> Self {
        kind.as_ref().clone_into(&mut self.kind);
        self
    }

    /// May stay empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Several lines.
    #[must_use]
    pub const fn long(mut self) -> Self {
        self.lines = 4;
        self.longest = 2_000;
        self
    }

    /// One of these values, each with its label.
    #[must_use]
    pub fn choices(mut self, choices: impl AsRef<[(String, String)]>) -> Self {
        self.choices = choices.as_ref().to_vec();
        self
    }
}
