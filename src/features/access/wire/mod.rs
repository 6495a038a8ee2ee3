//! JSON and forms of access, in and out.

mod clients;
mod organisations;
mod people;
mod tokens;

pub use clients::{ClientIn, ClientOut, CredentialIn, CredentialKind, CredentialOut, IssuedOut};
pub use organisations::{LineIn, LineOut, OrganisationIn, OrganisationOut, OrganisationQuery};
pub use people::{PersonIn, PersonOut, Session, SignInIn, SignOutIn};
pub use tokens::{Grant, Proof, TokenIn, TokenOut, Visit, invalid_client, refused};

use validator::ValidationError;

pub use crate::platform::told::ReasonIn;

/// A code of the trade: letters, digits, dash and underscore; leading zeros count.
fn check_code(text: &str) -> Result<(), ValidationError> {
    let fits = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits { Ok(()) } else { Err(fault("code", "letters, digits, - and _ only | 仅限字母、数字、- 和 _")) }
}

/// A unified social credit code (GB 32100-2015): eighteen digits and capitals without I, O, S, V and Z.
fn check_credit_code(text: &str) -> Result<(), ValidationError> {
    let is_mark = |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"IOSVZ".contains(&byte));
    let fits = text.len() == 18 && text.bytes().all(is_mark);
    if fits {
        Ok(())
    } else {
        Err(fault("credit_code", "18 marks of GB 32100 | 须为 GB 32100 规定的 18 位代码"))
    }
}

fn fault(code: &'static str, message: &'static str) -> ValidationError {
    ValidationError::new(code).with_message(message.into())
}
