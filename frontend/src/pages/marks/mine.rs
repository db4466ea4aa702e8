//! One's own marks, and claiming against them.

use super::claims::claim_badge;
use crate::api::marks::{claim_mark, list_own_marks};
use crate::components::{
    Badge, Button, ButtonKind, Card, Colour, EditorDialog, EmptyState, IconName, LoadingShape, PageHeader,
    PageSection, RouteLink, TextAreaField, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_form, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::minutes::{MinutesState, OwnMark, OwnMarks};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// The reader's published marks, the latest first.
#[component]
pub fn MyMarksPage() -> Html {
    let t = use_texts();
    let claiming = use_state_eq(|| None::<OwnMark>);
    let found = use_remote((), |client, ()| async move { list_own_marks(&client).await });
    use_updates(&[UpdateTopic::Marks], &found.refresh);
    let page = |marks: &OwnMarks| {
        if marks.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Graduation} title={t.my_marks_empty()}>{ t.my_marks_empty_body() }</EmptyState>
            };
        }
        html! {
            <div class="gestfg-stack">
                { for marks.items.iter().map(|mark| {
                    let (claiming, own) = (claiming.setter(), mark.clone());
                    html! {
                        <MarkCard
                            key={mark.defence_id.0}
                            mark={mark.clone()}
                            onclaim={Callback::from(move |()| claiming.set(Some(own.clone())))}
                        />
                    }
                }) }
            </div>
        }
    };
    let close = {
        let claiming = claiming.setter();
        Callback::from(move |()| claiming.set(None))
    };
    let done = {
        let (close, refresh) = (close.clone(), found.refresh.clone());
        Callback::from(move |()| {
            close.emit(());
            refresh.emit(());
        })
    };
    html! {
        <>
            <PageHeader title={Route::MyMarks.title(t)} lead={t.my_marks_lead()} />
            <PageSection narrow=true>{ draw_remote(&found, LoadingShape::Cards, page) }</PageSection>
            if let Some(mark) = &*claiming {
                <ClaimDialog mark={mark.clone()} onclose={close} onclaimed={done} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MarkCardProps {
    mark: OwnMark,
    onclaim: Callback<()>,
}

#[component]
fn MarkCard(props: &MarkCardProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let mark = &props.mark;
    let shown = |text: Option<&str>| text.map_or_else(|| "—".to_owned(), |text| t.decimal(text));
    let last = mark.mark.map(|mark| mark.to_string());
    let is_closed = mark.state == MinutesState::Closed;
    html! {
        <Card title={mark.project_title.clone()}>
            <div class="gestfg-stack">
                <p class="gestfg-subtle">{ t.call_full_title(&mark.call) }</p>
                <p>
                    <strong class="gestfg-mark gestfg-mark--big">{ shown(last.as_deref()) }</strong>
                    { format!(" {} ", t.mark_band(mark.band)) }
                    if mark.has_honours {
                        <Badge label={t.grading_honours_title()} icon={IconName::Graduation} colour={Colour::Purple} />
                        { " " }
                    }
                    if is_closed {
                        <Badge label={t.my_marks_definitive()} icon={IconName::CheckCircle} colour={Colour::Green} />
                    } else {
                        <Badge label={t.my_marks_provisional()} icon={IconName::Clock} colour={Colour::Orange} />
                    }
                </p>
                if mark.mark.is_some() {
                    <dl class="gestfg-facts">
                        <dt>{ t.marks_tutor() }</dt>
                        <dd>{ shown(mark.tutor_mark.as_deref()) }</dd>
                        <dt>{ t.marks_committee() }</dt>
                        <dd>{ shown(mark.committee_mark.as_deref()) }</dd>
                    </dl>
                }
                if mark.can_claim {
                    <p>{ t.claims_until(&dates.long_deadline(mark.claims_until)) }</p>
                }
                if let Some(claim) = &mark.claim {
                    <section>
                        <h3 class="gestfg-subheading">{ t.my_marks_my_claim() }{ " " }{ claim_badge(t, claim.state) }</h3>
                        <p class="gestfg-words">{ &claim.text }</p>
                        if let Some(answer) = &claim.answer {
                            <p class="gestfg-words"><strong>{ t.my_marks_answer() }{ ": " }</strong>{ answer }</p>
                        }
                    </section>
                }
                <div class="gestfg-row-actions gestfg-row-actions--start">
                    if mark.can_claim {
                        <Button
                            label={t.my_marks_claim()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Message}
                            onclick={props.onclaim.reform(|_: MouseEvent| ())}
                        />
                    }
                    if is_closed {
                        <RouteLink to={Route::DefenceMarks { id: mark.defence_id }} class={ButtonKind::Link.class()}>
                            { t.my_marks_report() }
                        </RouteLink>
                    }
                </div>
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct ClaimDialogProps {
    mark: OwnMark,
    onclose: Callback<()>,
    onclaimed: Callback<()>,
}

#[component]
fn ClaimDialog(props: &ClaimDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("claim", String::new, |text| Check::new().text("/text", text, 5000).done());
    let onsubmit = {
        let (id, done) = (props.mark.defence_id, props.onclaimed.clone());
        form.on_submit(move |text: String| {
            let (client, toasts, done) = (session.client.clone(), toasts.clone(), done.clone());
            async move {
                claim_mark(&client, id, text).await?;
                toasts.done(t.my_marks_claimed());
                done.emit(());
                Ok(())
            }
        })
    };
    html! {
        <EditorDialog
            title={t.my_marks_claim_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/text"])}
            onclose={props.onclose.clone()}
            confirm={t.my_marks_claim()}
        >
            <p>{ t.my_marks_claim_body() }</p>
            <TextAreaField
                field={form.field("/text", String::clone, |text, typed| *text = typed)}
                label={t.my_marks_claim_text()}
                required=true
                rows={6}
                max={5000_usize}
            />
        </EditorDialog>
    }
}
