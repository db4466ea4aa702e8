//! Academic records as people write them.

/// The record in its stored form, `8.75`: 0 to 10, a comma or a point, two decimals at most
/// (further zeros are nothing). None if it is no such number.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    let text = text.trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let hundredths: u32 = format!("{decimals:0<2}").parse().ok()?;
    (whole * 100 + hundredths <= 1000).then(|| format!("{whole}.{hundredths:02}"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn records_are_read_with_comma_and_point() {
        for (typed, stored) in [
            ("8,75", "8.75"),
            (" 10 ", "10.00"),
            ("0", "0.00"),
            ("7.5", "7.50"),
            ("6.500", "6.50"),
            ("09.1", "9.10"),
        ] {
            assert_eq!(parse(typed).as_deref(), Some(stored), "{typed}");
        }
        for wrong in ["", "10.01", "-1", "8.755", "8,7,5", "ocho", "1e1", "11", "NP", ".5"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
