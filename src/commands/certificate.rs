//! `imfleet verify certificate`: whether the QR code on a paper was signed by the city, without a line.

use std::fs;

use crate::{
    config::CertificateConfig,
    domain::{certificate::Certificate, words::Word},
    platform::{
        auth::{Purpose, open_by},
        problem::{Kind, Problem},
    },
};

/// Verifies a certificate and prints what it states.
///
/// # Errors
/// The keys cannot be read, or the certificate is not genuine.
#[expect(clippy::print_stdout, reason = "what it states goes to standard output")]
pub fn verify_certificate(config: &CertificateConfig) -> Result<(), Problem> {
    let unreadable = |error: String| {
        Problem::new(Kind::Unreadable)
            .because(format!("the keys cannot be read: {error}"), format!("无法读取公钥：{error}"))
    };
    let text = fs::read_to_string(&config.trusted).map_err(|error| unreadable(error.to_string()))?;
    let keys = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    let states: Certificate = open_by(&keys, Purpose::Certificate, config.code.trim()).map_err(|error| {
        Problem::new(Kind::Invalid).because(format!("not genuine: {error}"), "签名无效：不是本平台签发的证明")
    })?;
    let plate =
        states.plate.as_ref().map_or_else(|| "—".to_owned(), |(plate, kind)| format!("{plate} {}", kind.zh()));
    println!("签名有效 / genuine");
    println!("号牌 / plate: {plate}");
    println!("结算清单 / settlement list: {} ({})", states.settlement_number, states.shop);
    println!("不合格报告 / failing report: {}", states.report_number);
    println!("竣工 / completed: {}", states.completed_at.local_text());
    Ok(())
}
