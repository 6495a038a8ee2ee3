//! The Chinese font: the first that the machine has.

use std::{fs, sync::OnceLock};

use krilla::text::Font;

use crate::platform::problem::{Kind, Problem};

/// Where fonts with all Chinese characters lie, and which face of the file is the one of the mainland.
const PLACES: &[(&str, u32)] = &[
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansSC-Regular.otf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/wqy-microhei/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    ("/Library/Fonts/Arial Unicode.ttf", 0),
];

/// When a font may have been installed.
const RETRY_AFTER_S: u64 = 60;

static FOUND: OnceLock<Font> = OnceLock::new();

/// The font, read once.
///
/// # Errors
/// There is none (503).
pub fn font() -> Result<Font, Problem> {
    if let Some(font) = FOUND.get() {
        return Ok(font.clone());
    }
    let font = read(PLACES).ok_or_else(missing)?;
    Ok(FOUND.get_or_init(|| font).clone())
}

fn read(places: &[(&str, u32)]) -> Option<Font> {
    places.iter().find_map(|(path, face)| Font::new(fs::read(path).ok()?.into(), *face))
}

fn missing() -> Problem {
    Problem::new(Kind::Unavailable)
        .because(
            "this machine has no Chinese font to print with; install fonts-noto-cjk or fonts-wqy-microhei",
            "服务器未安装中文字体，无法打印；请安装 fonts-noto-cjk 或 fonts-wqy-microhei",
        )
        .retry_after(RETRY_AFTER_S)
}

#[test]
fn a_machine_without_a_font_says_which_package_has_one() {
    assert!(read(&[("/nowhere/font.ttc", 0)]).is_none());
    assert!(missing().detail().is_some_and(|detail| detail.zh.contains("fonts-noto-cjk")));
}
