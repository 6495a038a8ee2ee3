//! What all pages share: who reads and in which language, head, menu and foot, forms and their faults, problems as pages.

mod field;
mod form;
mod format;
mod reader;
mod show;
mod visitor;

use actix_web::{HttpResponse, http::StatusCode, http::header};
use askama::Template;

pub use self::{
    field::Field,
    form::Form,
    reader::{DOOR, Reader, SESSION},
    show::{page_response, show},
    visitor::Visitor,
};
use super::{assets, pages::Page};
use crate::{
    domain::{
        role::Role,
        time::{Day, Instant},
        words::Word,
    },
    platform::{
        auth::Secret,
        problem::{Language, Problem, Text},
    },
};

/// What stands around a page; in templates `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What the request tells.
    pub reader: Reader,
    /// The title, in the language of the page.
    pub title: String,
    /// What went wrong with the form that was sent.
    pub problem: Option<ShownProblem>,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The path of the page, as the menu lists it.
    here: &'static str,
    once: String,
}

/// Who is signed in, as the head shows it.
#[derive(Debug, Clone)]
pub struct Who {
    /// The person's name.
    pub name: String,
    /// The role of the organisation.
    pub role: Role,
}

/// A problem in the language of the page.
#[derive(Debug, Clone)]
pub struct ShownProblem {
    /// Its title.
    pub title: String,
    /// What is wrong here.
    pub detail: Option<String>,
    /// The faults by the names of the fields.
    pub faults: Vec<(String, String)>,
    /// When to try again.
    pub retry_after_s: Option<u64>,
    /// Names the request in the logs.
    pub trace_id: Option<String>,
}

impl Frame {
    /// The frame of a page for whoever reads.
    pub fn new(reader: Reader, title: impl Into<String>) -> Self {
        let once = Secret::random().reveal().to_owned();
        Self { reader, title: title.into(), problem: None, who: None, here: "", once }
    }

    /// Marks where in the menu the page stands.
    #[must_use]
    pub const fn of_page(mut self, page: &'static Page) -> Self {
        self.here = page.path;
        self
    }

    /// Shows who is signed in, and the menu of the role.
    #[must_use]
    pub fn for_visitor(mut self, visitor: &Visitor) -> Self {
        self.who = Some(Who { name: visitor.session.name.clone(), role: visitor.caller().role });
        self
    }

    /// Another title than the page's own, in both languages.
    #[must_use]
    pub fn titled(mut self, zh: &str, en: &str) -> Self {
        self.title = self.say(zh, en).to_owned();
        self
    }

    /// Shows what went wrong: above the page, and beside the fields.
    #[must_use]
    pub fn with_problem(mut self, problem: &Problem) -> Self {
        let language = self.reader.language;
        let fault = |fault: &crate::platform::problem::Fault| {
            (fault.pointer.trim_start_matches('/').to_owned(), language.text(&fault.detail).to_owned())
        };
        self.problem = Some(ShownProblem {
            title: language.pick(problem.kind().title_en(), problem.kind().title_zh()).to_owned(),
            detail: problem.detail().map(|detail| language.text(detail).to_owned()),
            faults: problem.errors().iter().map(fault).collect(),
            retry_after_s: problem.retry_after_s(),
            trace_id: self.reader.visit.trace_id.clone(),
        });
        self
    }

    /// One of two texts, by the language of the page.
    #[must_use]
    pub const fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.reader.language.pick(en, zh)
    }

    /// A text that comes in both languages.
    #[must_use]
    pub fn text<'a>(&self, text: &'a Text) -> &'a str {
        self.reader.language.text(text)
    }

    /// Whether the page is in Chinese.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.reader.language == Language::Chinese
    }

    /// A word of a vocabulary as people read it.
    pub fn word(&self, word: impl Word) -> String {
        if self.is_chinese() { word.zh().to_owned() } else { word.word().replace('_', " ") }
    }

    /// An instant, as people there write it.
    #[must_use]
    pub fn at(&self, at: &Instant) -> String {
        format::instant(self.reader.language, *at)
    }

    /// A legal day.
    #[must_use]
    pub fn day(&self, day: &Day) -> String {
        format::day(self.reader.language, *day)
    }

    /// A whole number with its thousands apart.
    #[must_use]
    pub fn number(&self, number: &i64) -> String {
        format::number(*number)
    }

    /// The token that every form carries.
    #[must_use]
    pub fn token(&self) -> String {
        self.reader.token()
    }

    /// The hidden fields of every form that is posted: write `{{ frame.hidden()|safe }}` in it.
    #[must_use]
    pub fn hidden(&self) -> String {
        let (token, once) = (self.token(), &self.once);
        format!(
            "<input type=\"hidden\" name=\"token\" value=\"{token}\"><input type=\"hidden\" name=\"once\" value=\"{once}\">"
        )
    }

    /// A field of a form with its label, hint and fault: write `{{ frame.field("plate", …)|safe }}`.
    pub fn field(&self, name: &str, label: impl AsRef<str>) -> Field {
        let faults = self.problem.iter().flat_map(|problem| &problem.faults);
        let fault = faults.filter(|(field, _)| field == name).map(|(_, text)| text.clone()).next();
        Field::new(name, label.as_ref(), fault, self.say("（选填）", " (optional)"))
    }

    /// The menu of the role: path, label, whether the page stands there.
    #[must_use]
    pub fn menu(&self) -> Vec<(&'static str, String, bool)> {
        let Some(who) = &self.who else { return Vec::new() };
        let own = super::pages::ALL.iter().filter(|page| page.in_menu && page.roles.contains(&who.role));
        own.map(|page| (page.path, page.title(self.reader.language), page.path == self.here)).collect()
    }

    /// The address of the asset with this ending.
    #[must_use]
    pub fn asset(&self, ending: &str) -> String {
        assets::address(ending)
    }

    /// The page, written.
    ///
    /// # Errors
    /// The template fails.
    pub fn answer(page: &impl Template) -> Result<HttpResponse, Problem> {
        Self::answer_with(StatusCode::OK, page)
    }

    /// The page with another status, such as the 422 of a form that is shown again.
    ///
    /// # Errors
    /// The template fails.
    pub fn answer_with(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Problem> {
        let text = page.render().map_err(|error| Problem::internal(&error))?;
        Ok(page_response(status, text))
    }
}

/// Sends the browser on after a change, so that a reload does not send the form again.
pub fn see_other(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_ref())).finish()
}

/// The status of a problem, for a page that shows it beside its form.
#[must_use]
pub fn status_of(problem: &Problem) -> StatusCode {
    actix_web::ResponseError::status_code(problem)
}
