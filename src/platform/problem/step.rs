//! A step that the state of a procedure does not allow, as a problem.

use std::fmt::Display;

use super::{Kind, Problem};
use crate::domain::{course::InvalidStep, words::Word};

impl<Name: Word + Display> From<InvalidStep<Name>> for Problem {
    fn from(error: InvalidStep<Name>) -> Self {
        let zh = format!("当前状态为“{}”，不允许此操作", error.0.zh());
        Self::new(Kind::WrongState).because(error.to_string(), zh)
    }
}
