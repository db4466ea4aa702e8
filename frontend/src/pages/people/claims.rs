//! Claims on students the office had on file.

use crate::api::people::{confirm_claim, list_claims, reject_claim};
use crate::components::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, IconName, ListExport, LoadingShape,
    PageHeader, PageSection, Pager, ReasonDialog, RouteLink, TableContent, draw_remote, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use gestfg_types::accounts::IdentityClaim;
use gestfg_types::pagination::Page;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ClaimsQuery {
    cursor: String,
}

impl ListQuery for ClaimsQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

#[derive(Clone, PartialEq)]
enum Asking {
    Nothing,
    Confirm(IdentityClaim),
    Reject(IdentityClaim),
}

/// The claims that wait for a decision.
#[component]
pub fn ClaimsPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let url = use_query::<ClaimsQuery>();
    let asking = use_state_eq(|| Asking::Nothing);
    let found =
        use_remote(url.query.clone(), |client, query| async move { list_claims(&client, &query).await });
    let done = {
        let (asking, reload) = (asking.setter(), found.reload.clone());
        Callback::from(move |text: &'static str| {
            asking.set(Asking::Nothing);
            toasts.done(text);
            reload.emit(());
        })
    };
    let confirm = use_action({
        let done = done.clone();
        move |client, claim: IdentityClaim| {
            let done = done.clone();
            async move {
                confirm_claim(&client, claim.id).await?;
                done.emit(t.claim_confirmed());
                Ok(())
            }
        }
    });
    let reject = use_action(move |client, (claim, reason): (IdentityClaim, String)| {
        let done = done.clone();
        async move {
            reject_claim(&client, claim.id, reason).await?;
            done.emit(t.claim_rejected());
            Ok(())
        }
    });
    let close = {
        let (asking, clear, forget) = (asking.setter(), confirm.clear.clone(), reject.clear.clone());
        Callback::from(move |()| {
            asking.set(Asking::Nothing);
            clear.emit(());
            forget.emit(());
        })
    };
    let dialog = match &*asking {
        Asking::Nothing => html! {},
        Asking::Confirm(claim) => html! {
            <ConfirmDialog
                title={t.claim_confirm_title()}
                confirm={t.claim_confirm()}
                busy={confirm.running}
                error={confirm.error.clone()}
                onconfirm={let (run, claim) = (confirm.run.clone(), claim.clone()); move |()| run.emit(claim.clone())}
                oncancel={close}
            >
                <p>{ t.claim_confirm_body(&claim.claimant.name, &claim.preloaded.name) }</p>
            </ConfirmDialog>
        },
        Asking::Reject(claim) => html! {
            <ReasonDialog
                title={t.claim_reject_title()}
                label={t.reason()}
                confirm={t.claim_reject()}
                danger=true
                busy={reject.running}
                error={reject.error.clone()}
                onconfirm={let (run, claim) = (reject.run.clone(), claim.clone()); move |reason| run.emit((claim.clone(), reason))}
                oncancel={close}
            >
                <p>{ t.claim_reject_body() }</p>
            </ReasonDialog>
        },
    };
    html! {
        <>
            <PageHeader
                title={t.route_claims()}
                lead={t.claims_lead()}
                actions={html! { <ListExport path="/identity-claims" name={t.route_claims()} /> }}
            />
            <PageSection>
                { draw_remote(&found, LoadingShape::Rows, |page: &Page<IdentityClaim>| {
                    if page.items.is_empty() {
                        return html! {
                            <EmptyState icon={IconName::Shield} title={t.claims_empty()}>{ t.claims_empty_body() }</EmptyState>
                        };
                    }
                    html! {
                        <>
                            <DataTable
                                caption={t.route_claims()}
                                content={TableContent::new(&columns(t, &dates, asking.setter()), &page.items)}
                            />
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
            </PageSection>
            { dialog }
        </>
    }
}

fn columns(t: Texts, dates: &Dates, asking: UseStateSetter<Asking>) -> Vec<Column<IdentityClaim>> {
    let dates = dates.clone();
    vec![
        Column::new(t.claim_claimant(), |claim: &IdentityClaim| {
            html! {
                <>
                    <RouteLink to={Route::Person { id: claim.claimant.id }}>{ &claim.claimant.name }</RouteLink>
                    <div class="gestfg-subtle gestfg-breakable">{ claim.claimant_email.clone().unwrap_or_default() }</div>
                </>
            }
        }),
        Column::new(t.claim_preloaded(), |claim: &IdentityClaim| {
            html! { <RouteLink to={Route::Person { id: claim.preloaded.id }}>{ &claim.preloaded.name }</RouteLink> }
        }),
        Column::new(
            t.dni(),
            |claim: &IdentityClaim| html! { claim.dni.clone().unwrap_or_else(|| "—".to_owned()) },
        ),
        Column::new(t.claim_date(), move |claim: &IdentityClaim| html! { dates.date_time(claim.created_at) }),
        Column::new(t.actions(), move |claim: &IdentityClaim| {
            let open = |next: Asking| {
                let asking = asking.clone();
                Callback::from(move |_: MouseEvent| asking.set(next.clone()))
            };
            html! {
                <div class="gestfg-row-actions">
                    <Button
                        label={t.claim_confirm()}
                        kind={ButtonKind::Secondary}
                        small=true
                        onclick={open(Asking::Confirm(claim.clone()))}
                    />
                    <Button
                        label={t.claim_reject()}
                        kind={ButtonKind::Link}
                        small=true
                        onclick={open(Asking::Reject(claim.clone()))}
                    />
                </div>
            }
        })
        .of_actions(),
    ]
}
