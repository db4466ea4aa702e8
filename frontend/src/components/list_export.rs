//! A list as a file, whole and as filtered on the page.

use super::alert::ProblemAlert;
use super::export_button::export_button;
use crate::download::{media_type, save_file};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use serde::Serialize;
use yew::prelude::*;

/// Properties of [`ListExport`].
#[derive(Properties, PartialEq)]
pub struct ListExportProps {
    /// Where the server has the list.
    pub path: AttrValue,
    /// Its filters, as [`export_query`] writes them.
    #[prop_or_default]
    pub query: AttrValue,
    /// What the list is called; the file is too.
    pub name: AttrValue,
}

/// The filters of a list without the page one is on, as the server's query.
pub fn export_query(filters: &impl Serialize) -> AttrValue {
    let text = serde_urlencoded::to_string(filters).unwrap_or_default();
    let kept = text.split('&').filter(|pair| {
        !pair.is_empty()
            && !pair.ends_with('=')
            && !pair.starts_with("cursor=")
            && !pair.starts_with("limit=")
    });
    kept.collect::<Vec<_>>().join("&").into()
}

/// Two buttons: as CSV and as an Excel workbook.
#[component]
pub fn ListExport(props: &ListExportProps) -> Html {
    let t = use_texts();
    let export = {
        let (path, query, name) = (props.path.clone(), props.query.clone(), props.name.clone());
        use_action(move |client, format: &'static str| {
            let address =
                format!("{path}/export?{query}{}format={format}", if query.is_empty() { "" } else { "&" });
            let file = format!("{}.{format}", name.to_lowercase().replace(' ', "-"));
            async move {
                let bytes = client.get(&address).download().await?;
                save_file(&file, media_type(format), &bytes);
                Ok(())
            }
        })
    };
    html! {
        <>
            { export_button(&export, "csv", t.list_csv()) }
            { export_button(&export, "xlsx", t.list_xlsx()) }
            if let Some(error) = &export.error {
                <ProblemAlert error={error.clone()} />
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::export_query;

    #[test]
    fn a_file_has_the_filters_and_no_page() {
        let filters = [("q", "año"), ("state", ""), ("cursor", "abc"), ("limit", "50"), ("degree_id", "7")];
        assert_eq!(export_query(&filters).as_str(), "q=a%C3%B1o&degree_id=7");
        assert_eq!(export_query(&[("cursor", "abc")]).as_str(), "");
    }
}
