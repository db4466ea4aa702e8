//! Filters, order and page in the URL: what is there survives a reload and
//! can be sent to a colleague.

use crate::route::Route;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yew::prelude::*;
use yew_router::prelude::*;

/// The query of the present URL.
#[derive(Clone, PartialEq)]
pub struct QueryHandle<Q: PartialEq + Clone + 'static> {
    /// What it says.
    pub query: Q,
    /// Go to the same page with another query.
    pub go: Callback<Q>,
    /// The same without a new entry in the history, for what changes as one
    /// types.
    pub adjust: Callback<Q>,
}

/// Reads and writes the query of the URL; what is empty or unknown is left
/// out.
#[hook]
pub fn use_query<Q>() -> QueryHandle<Q>
where
    Q: Serialize + DeserializeOwned + Default + Clone + PartialEq + 'static,
{
    let location = use_location();
    let navigator = use_navigator();
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let text =
        location.map(|location| location.query_str().trim_start_matches('?').to_owned()).unwrap_or_default();
    let query: Q = serde_urlencoded::from_str(&text).unwrap_or_default();

    let write = move |replace: bool| {
        let (navigator, route) = (navigator.clone(), route.clone());
        Callback::from(move |query: Q| {
            let Some(navigator) = &navigator else { return };
            let pairs = filled_pairs(&query);
            let outcome = if replace {
                navigator.replace_with_query(&route, pairs)
            } else {
                navigator.push_with_query(&route, pairs)
            };
            if outcome.is_err() {
                log::warn!("the query could not be written into the URL");
            }
        })
    };
    QueryHandle { query, go: write(false), adjust: write(true) }
}

fn filled_pairs<Q: Serialize>(query: &Q) -> Vec<(String, String)> {
    let text = serde_urlencoded::to_string(query).unwrap_or_default();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&text).unwrap_or_default();
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
