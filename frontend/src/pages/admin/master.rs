//! The list the kinds of master data share.

use crate::api::ApiError;
use crate::api::master::{MasterItem, delete_item, list_items, set_active};
use crate::components::{
    Badge, Button, ButtonKind, Choice, Colour, Column, ConfirmDialog, DataTable, EmptyState, FilterBar,
    IconName, ListExport, LoadingShape, PageHeader, PageSection, Pager, SearchBox, SelectField, TableContent,
    draw_remote, export_query, use_toasts,
};
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gestfg_types::master::MasterAction;
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct MasterQuery {
    q: String,
    is_active: String,
    narrow: String,
    cursor: String,
}

impl ListQuery for MasterQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

/// Draws the dialog that edits an item, or makes one; what it is given to
/// call when it has been saved, and when it is left.
pub(super) type Editor<T> = Rc<dyn Fn(Option<T>, Callback<T>, Callback<()>) -> Html>;

/// A filter only one kind has.
#[derive(Clone, PartialEq)]
pub(super) struct Narrowing {
    /// The name the server gives it.
    pub(super) name: &'static str,
    /// Its label.
    pub(super) label: &'static str,
    /// What there is to choose from.
    pub(super) choices: Vec<Choice>,
}

/// The words of one kind.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) search: &'static str,
    pub(super) new: &'static str,
    pub(super) empty: &'static str,
    pub(super) empty_body: &'static str,
    pub(super) icon: IconName,
}

#[derive(Properties)]
pub(super) struct MasterListProps<T: MasterItem> {
    pub(super) words: Words,
    pub(super) columns: Vec<Column<T>>,
    #[prop_or_default]
    pub(super) narrowing: Option<Narrowing>,
    pub(super) editor: Editor<T>,
}

impl<T: MasterItem> PartialEq for MasterListProps<T> {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
            && self.narrowing == other.narrowing
            && Rc::ptr_eq(&self.editor, &other.editor)
    }
}

/// What stands before the list.
#[derive(Clone, PartialEq)]
enum Over<T> {
    Nothing,
    Editing(Option<T>),
    Deactivating(T),
    Deleting(T),
}

/// A list with its filters, its dialogs and all that is done to an item.
#[component]
pub(super) fn MasterList<T: MasterItem>(props: &MasterListProps<T>) -> Html {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let url = use_query::<MasterQuery>();
    let over = use_state_eq(|| Over::<T>::Nothing);
    let narrowing = props.narrowing.as_ref().map(|narrowing| narrowing.name);
    let mut filters = vec![
        ("q", url.query.q.clone()),
        ("is_active", url.query.is_active.clone()),
        ("cursor", url.query.cursor.clone()),
    ];
    filters.extend(narrowing.map(|name| (name, url.query.narrow.clone())));
    let whole = export_query(&filters);
    let found =
        use_remote(filters, |client, filters| async move { list_items::<T>(&client, &filters).await });

    let done = {
        let (over, reload, toasts) = (over.setter(), found.reload.clone(), toasts.clone());
        Callback::from(move |text: &'static str| {
            over.set(Over::Nothing);
            toasts.done(text);
            reload.emit(());
        })
    };
    let activation = use_action({
        let done = done.clone();
        move |client, (item, wanted): (T, bool)| {
            let done = done.clone();
            async move {
                set_active(&client, &item, wanted).await?;
                done.emit(if wanted { t.activated() } else { t.deactivated() });
                Ok(())
            }
        }
    });
    let deletion = use_action({
        let done = done.clone();
        move |client, item: T| {
            let done = done.clone();
            async move {
                delete_item(&client, &item).await?;
                done.emit(t.deleted());
                Ok(())
            }
        }
    });
    let close = {
        let (over, clear, forget) = (over.setter(), activation.clear.clone(), deletion.clear.clone());
        let failed = activation.error.is_some() || deletion.error.is_some();
        let reload = found.reload.clone();
        Callback::from(move |()| {
            over.set(Over::Nothing);
            // What was refused may not be any more as it is shown.
            if failed {
                reload.emit(());
            }
            clear.emit(());
            forget.emit(());
        })
    };
    let open = |next: Over<T>| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let may_create = session.may(T::MADE_BY);
    let create = may_create.then(|| {
        html! { <Button label={props.words.new} icon={IconName::Plus} onclick={open(Over::Editing(None))} /> }
    });
    let mut columns = props.columns.clone();
    columns
        .push(Column::new(t.offered(), move |item: &T| html! { <Standing is_active={item.is_active()} /> }));
    columns.push(actions_column(t, over.setter(), activation.run.clone()));

    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Editing(item) => {
            let created = item.is_none();
            let saved = done.reform(move |_: T| if created { t.created() } else { t.saved() });
            (props.editor)(item.clone(), saved, close.clone())
        }
        Over::Deactivating(item) => html! {
            <ConfirmDialog
                title={t.deactivate_title(&item.title())}
                confirm={t.deactivate()}
                busy={activation.running}
                error={activation.error.clone()}
                onconfirm={let (run, item) = (activation.run.clone(), item.clone()); move |()| run.emit((item.clone(), false))}
                oncancel={close.clone()}
            >
                <p>{ t.deactivate_body() }</p>
            </ConfirmDialog>
        },
        Over::Deleting(item) => {
            let in_use = deletion.error.as_ref().and_then(ApiError::code) == Some(ErrorCode::InUse);
            html! {
                <ConfirmDialog
                    title={t.delete_master_title(&item.title())}
                    confirm={t.delete()}
                    danger=true
                    busy={deletion.running}
                    error={deletion.error.clone()}
                    onconfirm={let (run, item) = (deletion.run.clone(), item.clone()); move |()| run.emit(item.clone())}
                    oncancel={close.clone()}
                >
                    if in_use && item.is_active() {
                        <p class="gestfg-gap-after">{ t.in_use_hint() }</p>
                        <Button
                            label={t.deactivate_instead()}
                            kind={ButtonKind::Secondary}
                            busy={activation.running}
                            onclick={let (run, item) = (activation.run.clone(), item.clone()); move |_: MouseEvent| run.emit((item.clone(), false))}
                        />
                    } else {
                        <p>{ t.delete_master_body() }</p>
                    }
                </ConfirmDialog>
            }
        }
    };
    html! {
        <>
            <PageHeader
                title={props.words.title}
                lead={props.words.lead}
                actions={html! {
                    <>
                        { create.clone().unwrap_or_default() }
                        <ListExport path={T::PATH} query={whole} name={props.words.title} />
                    </>
                }}
            />
            <PageSection>
                <FilterBar active={url.is_filtered()} onclear={url.onclear()}>
                    <div class="gestfg-filters__search">
                        <SearchBox
                            label={props.words.search}
                            value={url.query.q.clone()}
                            onsearch={url.typed(|query, words| query.q = words)}
                        />
                    </div>
                    <SelectField
                        label={t.offered()}
                        none={t.any()}
                        choices={vec![Choice::new("true", t.only_active()), Choice::new("false", t.only_inactive())]}
                        field={url.filter("filter-active", &url.query.is_active, |query, value| query.is_active = value)}
                    />
                    if let Some(narrowing) = &props.narrowing {
                        <SelectField
                            label={narrowing.label}
                            none={t.any()}
                            choices={narrowing.choices.clone()}
                            field={url.filter("filter-narrow", &url.query.narrow, |query, value| query.narrow = value)}
                        />
                    }
                </FilterBar>
                if matches!(*over, Over::Nothing) && activation.error.is_some() {
                    <ActivationFailed error={activation.error.clone()} />
                }
                <div class="gestfg-list">
                    { draw_remote(&found, LoadingShape::Rows, |page: &Page<T>| {
                        if page.items.is_empty() && url.is_filtered() {
                            return html! { <EmptyState title={t.nothing_matches()}>{ t.nothing_matches_body() }</EmptyState> };
                        }
                        if page.items.is_empty() {
                            return html! {
                                <EmptyState
                                    icon={props.words.icon}
                                    title={props.words.empty}
                                    actions={create.clone().unwrap_or_default()}
                                >
                                    { props.words.empty_body }
                                </EmptyState>
                            };
                        }
                        html! {
                            <>
                                <DataTable caption={props.words.title} content={TableContent::new(&columns, &page.items)} />
                                <Pager
                                    total={page.total}
                                    shown={page.items.len()}
                                    cursor={url.query.cursor.clone()}
                                    next={page.next_cursor.clone()}
                                    onpage={url.onpage()}
                                />
                            </>
                        }
                    }) }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ActivationFailedProps {
    error: Option<ApiError>,
}

#[component]
fn ActivationFailed(props: &ActivationFailedProps) -> Html {
    let shown = props.error.clone();
    html! {
        if let Some(error) = shown {
            <div class="gestfg-list"><crate::components::ProblemAlert {error} /></div>
        }
    }
}

#[derive(Properties, PartialEq)]
struct StandingProps {
    is_active: bool,
}

#[component]
fn Standing(props: &StandingProps) -> Html {
    let t = use_texts();
    if props.is_active {
        html! { <Badge label={t.active()} icon={IconName::Check} colour={Colour::Green} /> }
    } else {
        html! { <Badge label={t.inactive()} icon={IconName::Archive} /> }
    }
}

fn actions_column<T: MasterItem>(
    t: Texts,
    over: UseStateSetter<Over<T>>,
    activate: Callback<(T, bool)>,
) -> Column<T> {
    Column::new(t.actions(), move |item: &T| {
        let title = item.title();
        let may_edit = item.allowed_actions().contains(&MasterAction::Edit);
        let may_delete = item.allowed_actions().contains(&MasterAction::Delete);
        let open = |next: Over<T>| {
            let over = over.clone();
            Callback::from(move |_: MouseEvent| over.set(next.clone()))
        };
        let (label, icon, toggle) = if item.is_active() {
            (t.deactivate_named(&title), IconName::Archive, open(Over::Deactivating(item.clone())))
        } else {
            let (activate, item) = (activate.clone(), item.clone());
            let toggle = Callback::from(move |_: MouseEvent| activate.emit((item.clone(), true)));
            (t.activate_named(&title), IconName::Undo, toggle)
        };
        html! {
            <div class="gestfg-row-actions">
                if may_edit {
                    <Button
                        label={t.edit_named(&title)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Edit}
                        icon_only=true
                        onclick={open(Over::Editing(Some(item.clone())))}
                    />
                }
                // Whoever may remove may also deactivate; a coordinator may
                // only change the rules.
                if may_delete {
                    <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true onclick={toggle} />
                    <Button
                        label={t.delete_named(&title)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Trash}
                        icon_only=true
                        onclick={open(Over::Deleting(item.clone()))}
                    />
                }
            </div>
        }
    })
    .of_actions()
}
