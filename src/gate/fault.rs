//! Why a gate does not take a copy, and what else can go wrong at it.

use crate::{domain::words::words, platform::auth::SignatureError};

words! {
    /// Why a copy is refused; the gate goes on with the one it has.
    pub enum Refusal {
        /// Older than the copy that is here: somebody plays an old list.
        Rollback = "rollback" / "版本回退：收到的名单早于本地名单",
        /// Its time is over: somebody holds the list at an old state.
        Freeze = "freeze" / "版本冻结：名单签名已过有效期",
        /// Issued in the future: one of the clocks is wrong.
        Clock = "clock" / "时钟不符：签发时间晚于本机时间",
        /// Signed by a key that the trusted one does not introduce.
        StrangeKey = "strange_key" / "签名密钥未经信任",
        /// The signature is false.
        Signature = "signature" / "签名无效",
        /// The list is not the one that was signed.
        Root = "root" / "名单内容与签名不符",
        /// Its head tells of a journal that does not continue the one that was told before: the city's journal was changed.
        Journal = "journal" / "日志检查点与先前不一致",
        /// Neither a copy nor a delta in a form that is known.
        Malformed = "malformed" / "文件格式有误",
    }
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A copy is refused.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The city's service cannot be reached, or does not answer as it should.
    #[error("line: {0}")]
    Line(String),
    /// The folder cannot be read or written.
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<SignatureError> for Refusal {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::StrangeKey => Self::StrangeKey,
            SignatureError::Wrong => Self::Signature,
        }
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        Self::Line(error.without_url().to_string())
    }
}
