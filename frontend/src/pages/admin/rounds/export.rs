//! Applications as a file for a spreadsheet.

use super::applications::names;
use crate::api::applications::list_applications;
use crate::api::{ApiError, Client};
use crate::download::save_file;
use crate::i18n::Texts;
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::applications::Application;

/// A cell of comma-separated values. What a spreadsheet would take for a
/// formula is text here.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn row(cells: &[String]) -> String {
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
}

fn line(application: &Application, most: usize) -> String {
    let first = application.members.first();
    let mut cells = vec![
        application.id.to_string(),
        names(&application.members),
        first.and_then(|member| member.email.clone()).unwrap_or_default(),
        application
            .members
            .iter()
            .map(|member| member.record.clone().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(" / "),
    ];
    for rank in 1..=most {
        let here = application.preferences.iter().filter(|wish| usize::try_from(wish.rank) == Ok(rank));
        cells.push(here.map(|wish| wish.title.as_str()).collect::<Vec<_>>().join(" | "));
    }
    cells.push(application.statement.clone());
    row(&cells)
}

/// Reads every application of a round and gives them as a file.
pub(super) async fn export_applications(
    client: &Client,
    round: &AllocationRound,
    t: Texts,
) -> Result<(), ApiError> {
    let most = usize::try_from(round.max_preferences).unwrap_or_default();
    let mut headers: Vec<String> =
        [t.round_number_of_application(), t.students(), t.email(), t.round_record()]
            .map(str::to_owned)
            .to_vec();
    headers.extend((1..=most).map(|rank| t.round_choice(rank)));
    headers.push(t.application_statement().to_owned());
    // Spreadsheets take a file for UTF-8 by its mark.
    let mut text = format!("\u{feff}{}", row(&headers));
    let (id, mut cursor) = (round.id.to_string(), String::new());
    loop {
        let filters =
            [("round_id", id.as_str()), ("state", "live"), ("limit", "200"), ("cursor", cursor.as_str())];
        let page = list_applications(client, &filters).await?;
        page.items.iter().for_each(|application| text.push_str(&line(application, most)));
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    let name = format!(
        "{}-{}-{}-{}.csv",
        round.call.degree.code, round.call.academic_year, round.call.sitting.code, round.number
    );
    save_file(&name, "text/csv", text.as_bytes());
    Ok(())
}
