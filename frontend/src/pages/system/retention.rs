//! How long things are kept, and what that would remove.

use crate::api::ApiError;
use crate::api::personal::{find_retention, list_retention_due, write_retention};
use crate::components::{
    Button, ButtonKind, Card, Column, ConfirmDialog, DataTable, Dialog, EmptyState, FormActions, FormFrame,
    IconName, LoadingShape, PageHeader, PageSection, StaleNotice, TableContent, TextField, draw_remote,
    use_toasts,
};
use crate::format::{number, use_dates};
use crate::hooks::{FieldProblem, use_action, use_form, use_remote, use_unsaved_guard};
use crate::i18n::{Texts, use_texts};
use crate::validation::Check;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::Page;
use gestfg_types::retention::{
    RETENTION_MONTHS_MAX, RetentionItem, RetentionKind, RetentionNight, RetentionRule, RetentionSettings,
    WriteRetention,
};
use std::rc::Rc;
use yew::prelude::*;

/// How many of what would go are shown.
const SHOWN: &str = "50";

/// The page for admins.
#[component]
pub fn RetentionPage() -> Html {
    let t = use_texts();
    let found = use_remote((), |client, ()| async move { find_retention(&client).await });
    let replace = found.replace.clone();
    html! {
        <>
            <PageHeader title={t.route_retention()} lead={t.retention_lead()} />
            <PageSection>
                { draw_remote(&found, LoadingShape::Text, |settings: &RetentionSettings| html! {
                    <div class="gestfg-stack">
                        <RulesCard
                            key={settings.version}
                            settings={Rc::new(settings.clone())}
                            onsaved={replace.reform(Rc::new)}
                            onreload={found.reload.clone()}
                        />
                        <NightCard night={settings.last_night.clone()} />
                    </div>
                }) }
            </PageSection>
        </>
    }
}

/// The months as they are typed, in the order of the kinds.
type Draft = Vec<String>;

fn months(typed: &str) -> Option<u16> {
    typed.trim().parse().ok().filter(|months| (1..=RETENTION_MONTHS_MAX).contains(months))
}

fn pointer(n: usize) -> String {
    format!("/rules/{n}/months")
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(draft: &Draft) -> Vec<FieldProblem> {
    draft
        .iter()
        .enumerate()
        .fold(Check::new(), |found, (n, typed)| {
            let is_wrong = !typed.trim().is_empty() && months(typed).is_none();
            found.when(is_wrong, &pointer(n), FieldCode::OutOfRange)
        })
        .done()
}

fn rules(draft: &Draft) -> WriteRetention {
    let rule =
        |(kind, typed): (&RetentionKind, &String)| RetentionRule { kind: *kind, months: months(typed) };
    WriteRetention { rules: RetentionKind::ALL.iter().zip(draft).map(rule).collect() }
}

#[derive(Properties, PartialEq)]
struct RulesCardProps {
    settings: Rc<RetentionSettings>,
    onsaved: Callback<RetentionSettings>,
    onreload: Callback<()>,
}

/// A field for each kind, what it would remove beside it, and a question before it is saved.
#[component]
fn RulesCard(props: &RulesCardProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let asking = use_state_eq(|| None::<Draft>);
    let previewed = use_state_eq(|| None::<(RetentionKind, u16)>);
    let settings = Rc::clone(&props.settings);
    let form = use_form(
        "retention",
        || -> Draft {
            let show =
                |rule: &RetentionRule| rule.months.map(|months| months.to_string()).unwrap_or_default();
            settings.rules.iter().map(show).collect()
        },
        check,
    );
    let guard = use_unsaved_guard(form.is_dirty());
    let save = use_action({
        let (onsaved, version) = (props.onsaved.clone(), settings.version);
        let asking = asking.setter();
        move |client, draft: Draft| {
            let (onsaved, toasts, guard, asking) =
                (onsaved.clone(), toasts.clone(), guard.clone(), asking.clone());
            async move {
                let saved = write_retention(&client, version, &rules(&draft)).await?;
                guard.release();
                asking.set(None);
                toasts.done(t.retention_saved());
                onsaved.emit(saved);
                Ok(())
            }
        }
    });
    let onsubmit = form.on_submit({
        let asking = asking.setter();
        move |draft: Draft| {
            asking.set(Some(draft));
            std::future::ready(Ok(()))
        }
    });
    let close = {
        let (asking, clear) = (asking.setter(), save.clear.clone());
        Callback::from(move |()| {
            asking.set(None);
            clear.emit(());
        })
    };
    let close_preview = {
        let previewed = previewed.setter();
        Callback::from(move |()| previewed.set(None))
    };
    let stale = save.error.as_ref().and_then(ApiError::code) == Some(ErrorCode::StaleVersion);
    let row = |(n, kind): (usize, &RetentionKind)| {
        let kind = *kind;
        let typed = months(form.values().get(n).map_or("", String::as_str));
        let field = form.field(
            pointer(n),
            move |draft: &Draft| draft.get(n).cloned().unwrap_or_default(),
            move |draft, value| {
                if let Some(months) = draft.get_mut(n) {
                    *months = value;
                }
            },
        );
        let onclick = {
            let previewed = previewed.setter();
            Callback::from(move |_: MouseEvent| previewed.set(typed.map(|months| (kind, months))))
        };
        html! {
            <div class="gestfg-stack" key={kind.as_str()}>
                <TextField
                    {field}
                    label={t.retention_kind(kind)}
                    help={t.retention_kind_help(kind)}
                    kind="number"
                    says={t.retention_months_wrong()}
                />
                <div>
                    <Button
                        label={t.retention_preview()}
                        kind={ButtonKind::InlineLink}
                        icon={IconName::Eye}
                        disabled={typed.is_none()}
                        {onclick}
                    />
                </div>
            </div>
        }
    };
    html! {
        <Card>
            <div class="gestfg-stack">
                if stale {
                    <StaleNotice onreload={props.onreload.clone()} />
                }
                <p class="gestfg-subtle">{ t.retention_all_off() }</p>
                <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
                    { for RetentionKind::ALL.iter().enumerate().map(row) }
                    <FormActions label={t.save()} sending={save.running} disabled={!form.is_dirty()} />
                </FormFrame>
            </div>
            if let Some(draft) = (*asking).clone() {
                <ConfirmDialog
                    title={t.retention_confirm_title()}
                    confirm={t.save()}
                    danger=true
                    busy={save.running}
                    error={save.error.clone().filter(|_| !stale)}
                    onconfirm={save.run.reform(move |()| draft.clone())}
                    oncancel={close}
                >
                    <p>{ t.retention_confirm_body() }</p>
                </ConfirmDialog>
            }
            if let Some((kind, months)) = *previewed {
                <PreviewDialog {kind} {months} onclose={close_preview} />
            }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct PreviewDialogProps {
    kind: RetentionKind,
    months: u16,
    onclose: Callback<()>,
}

/// What a rule would remove, the oldest first.
#[component]
fn PreviewDialog(props: &PreviewDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let months = props.months.to_string();
    let found =
        use_remote((props.kind, props.months), |client, (kind, months): (RetentionKind, u16)| async move {
            let filters = [("kind", kind.as_str()), ("months", &months.to_string()), ("limit", SHOWN)];
            list_retention_due(&client, &filters).await
        });
    let footer = html! {
        <Button label={t.close()} kind={ButtonKind::Secondary} onclick={props.onclose.reform(|_| ())} />
    };
    let title = t.retention_preview_of(t.retention_kind(props.kind), &months);
    html! {
        <Dialog {title} {footer} wide=true onclose={props.onclose.clone()}>
            { draw_remote(&found, LoadingShape::Text, |page: &Page<RetentionItem>| {
                if page.items.is_empty() {
                    return html! { <EmptyState title={t.retention_nothing()}>{ t.retention_nothing_body() }</EmptyState> };
                }
                let dates = dates.clone();
                let columns = vec![
                    Column::new(t.retention_item(), |item: &RetentionItem| html! { <span class="gestfg-breakable">{ &item.name }</span> }),
                    Column::new(t.retention_since(), move |item: &RetentionItem| html! { dates.date_time(item.since) }),
                ];
                html! {
                    <div class="gestfg-stack">
                        <p><strong>{ t.retention_would_go(&number(t, page.total)) }</strong></p>
                        // Whoever has no mouse scrolls from here.
                        <div tabindex="0" role="group" aria-label={t.retention_preview()}>
                            <DataTable caption={t.retention_preview()} content={TableContent::new(&columns, &page.items)} />
                        </div>
                    </div>
                }
            }) }
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct NightCardProps {
    night: Option<RetentionNight>,
}

/// What the latest night removed.
#[component]
fn NightCard(props: &NightCardProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    html! {
        <Card title={t.retention_last_night()}>
            if let Some(night) = &props.night {
                <p>{ night.ended_at.map_or_else(|| format!("{} ({})", night.day, t.retention_unfinished()), |at| dates.date_time(at)) }</p>
                { counts(t, night) }
            } else {
                <p class="gestfg-subtle">{ t.retention_never() }</p>
            }
        </Card>
    }
}

fn counts(t: Texts, night: &RetentionNight) -> Html {
    if night.removed.is_empty() {
        return html! { <p class="gestfg-subtle">{ t.retention_nothing() }</p> };
    }
    html! {
        <ul class="pf-v6-c-list">
            { for night.removed.iter().map(|one| html! { <li>{ t.trace_count(t.retention_kind(one.kind), one.count) }</li> }) }
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_typed_or_left_empty() {
        let mut draft: Draft = vec![String::new(); RetentionKind::ALL.len()];
        draft[1] = " 60 ".to_owned();
        assert!(check(&draft).is_empty());
        let written = rules(&draft).rules;
        assert_eq!((written[0].months, written[1].months), (None, Some(60)));
        draft[0] = "0".to_owned();
        draft[2] = "dos".to_owned();
        let pointers: Vec<_> = check(&draft).into_iter().map(|found| found.pointer).collect();
        assert_eq!(pointers, ["/rules/0/months", "/rules/2/months"]);
    }
}
