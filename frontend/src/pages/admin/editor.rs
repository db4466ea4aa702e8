//! What the dialogs that edit master data share: they know the item as it was
//! loaded, save on top of that version, and load it again when somebody else
//! was faster.

use crate::api::master::{MasterItem, find_item};
use crate::api::{ApiError, Client};
use crate::hooks::{FieldProblem, FormHandle, use_action, use_form, use_unsaved_guard};
use crate::session::use_session;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use yew::prelude::*;

/// The item as the server last told it; none while it is being made.
pub(super) type Known<T> = Rc<RefCell<Option<T>>>;

/// What is edited, and who is to hear of it.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct EditorProps<T: MasterItem> {
    /// The item; none to make one.
    pub(super) item: Option<T>,
    /// It was saved.
    pub(super) onsaved: Callback<T>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
}

/// The form of such a dialog.
pub(super) struct MasterEditor<V: Clone + PartialEq + 'static> {
    /// What is typed.
    pub(super) form: FormHandle<V>,
    /// What Enter and the button do.
    pub(super) onsubmit: Callback<SubmitEvent>,
    /// Discard what was typed and load what the server has; only of an item
    /// there is.
    pub(super) onreload: Option<Callback<()>>,
    /// Whether it is saving or loading.
    pub(super) is_busy: bool,
}

/// The form named `name` over an item: `values` as it is typed, `check` what
/// is wrong with that, `save` how it is made or changed.
#[hook]
pub(super) fn use_master_editor<T, V, S, Fut>(
    name: &'static str,
    props: &EditorProps<T>,
    values: fn(Option<&T>) -> V,
    check: fn(&V) -> Vec<FieldProblem>,
    save: S,
) -> MasterEditor<V>
where
    T: MasterItem,
    V: Clone + PartialEq + 'static,
    S: Fn(Client, Known<T>, V) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let session = use_session();
    let known = use_mut_ref(|| props.item.clone());
    let form = use_form(name, || values(props.item.as_ref()), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let reload = use_action({
        let (known, form) = (known.clone(), form.clone());
        move |client, ()| {
            let (known, form) = (known.clone(), form.clone());
            async move {
                let id = known.borrow().as_ref().map_or(0, MasterItem::id);
                let item: T = find_item(&client, id).await?;
                form.reset(values(Some(&item)));
                known.replace(Some(item));
                Ok(())
            }
        }
    });
    let onsubmit = form.on_submit({
        let onsaved = props.onsaved.clone();
        move |typed: V| {
            let (onsaved, guard) = (onsaved.clone(), guard.clone());
            let saving = save(session.client.clone(), known.clone(), typed);
            async move {
                let saved = saving.await?;
                guard.release();
                onsaved.emit(saved);
                Ok(())
            }
        }
    });
    MasterEditor {
        onreload: props.item.is_some().then(|| reload.run.clone()),
        is_busy: form.is_sending() || reload.running,
        form,
        onsubmit,
    }
}
