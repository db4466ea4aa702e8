//! An import from its columns to its result.

use super::columns::ColumnsStep;
use super::list::ImportBadge;
use super::result::ResultStep;
use super::rows::{RowsQuery, RowsStep};
use super::steps::{Step, Steps};
use crate::api::imports::find_import;
use crate::components::{Badge, Crumb, LoadingShape, PageHeader, PageSection, draw_remote};
use crate::hooks::{use_query, use_remote};
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::ids::ImportId;
use gestfg_types::imports::{Import, ImportCommitted, ImportState};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ImportPage`].
#[derive(Properties, PartialEq)]
pub struct ImportPageProps {
    /// Which import.
    pub id: ImportId,
}

/// Where to begin when the URL does not say.
fn first_step(import: &Import) -> Step {
    match import.state {
        ImportState::Previewed => Step::Columns,
        ImportState::Committed | ImportState::Undone => Step::Result,
    }
}

/// The wizard after its first step. The step is in the URL.
#[component]
pub fn ImportPage(props: &ImportPageProps) -> Html {
    let t = use_texts();
    let url = use_query::<RowsQuery>();
    // While the columns are being changed, the only way on is to read again.
    let dirty = use_state_eq(|| false);
    let ondirty = use_callback(dirty.setter(), |now: bool, dirty| dirty.set(now));
    let committed = use_state(|| None::<ImportCommitted>);
    let found = use_remote(props.id, |client, id| async move { find_import(&client, id).await });
    let go = {
        let go = url.go.clone();
        Callback::from(move |step: Step| {
            go.emit(RowsQuery { step: step.name().to_owned(), ..RowsQuery::default() });
        })
    };
    let onread = found.replace.reform(Rc::new);
    let oncommitted = {
        let (committed, replace, go) = (committed.setter(), found.replace.clone(), go.clone());
        Callback::from(move |outcome: ImportCommitted| {
            replace.emit(Rc::new(outcome.import.clone()));
            committed.set(Some(outcome));
            go.emit(Step::Result);
        })
    };
    let onundone = {
        let (committed, replace) = (committed.setter(), found.replace.clone());
        Callback::from(move |import: Import| {
            committed.set(None);
            replace.emit(Rc::new(import));
        })
    };
    let crumbs = vec![Crumb { to: Route::Imports, label: t.route_imports().into() }];
    let import = found.latest.clone();
    let title = import
        .as_ref()
        .map_or_else(|| t.route_import().to_owned(), |import| t.import_titled(&import.file_name));
    let aside = import.as_ref().map(|import| {
        html! {
            <>
                <ImportBadge state={import.state} />
                <Badge label={t.import_kind_name(import.kind)} outline=true />
            </>
        }
    });
    html! {
        <>
            <PageHeader {title} {crumbs} aside={aside.unwrap_or_default()} />
            <PageSection>
                { draw_remote(&found, LoadingShape::Rows, |import: &Import| {
                    let current = Step::named(&url.query.step)
                        .filter(|step| *step != Step::File)
                        .unwrap_or_else(|| first_step(import));
                    let decided = import.state != ImportState::Previewed;
                    let open = match (*dirty, decided) {
                        (true, _) => Vec::new(),
                        (false, false) => vec![Step::Columns, Step::Rows],
                        (false, true) => vec![Step::Columns, Step::Rows, Step::Result],
                    };
                    let done = match (decided, current) {
                        (true, _) => Step::Result,
                        (false, Step::Rows | Step::Result) => Step::Columns,
                        (false, _) => Step::File,
                    };
                    html! {
                        <>
                            <Steps {current} {done} {open} onstep={go.clone()} />
                            { match current {
                                Step::File | Step::Columns => html! {
                                    <ColumnsStep
                                        import={import.clone()}
                                        onread={onread.clone()}
                                        onnext={go.reform(|()| Step::Rows)}
                                        ondirty={ondirty.clone()}
                                    />
                                },
                                Step::Rows => html! {
                                    <RowsStep
                                        import={import.clone()}
                                        url={url.clone()}
                                        onstep={go.clone()}
                                        oncommitted={oncommitted.clone()}
                                        onstale={found.reload.clone()}
                                    />
                                },
                                Step::Result => html! {
                                    <ResultStep
                                        import={import.clone()}
                                        committed={(*committed).clone()}
                                        onundone={onundone.clone()}
                                        onstep={go.clone()}
                                    />
                                },
                            } }
                        </>
                    }
                }) }
            </PageSection>
        </>
    }
}
