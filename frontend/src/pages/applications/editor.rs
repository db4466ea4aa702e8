//! Writing what one asks for in a round; it is saved as it is written.

use super::add::AddProjects;
use super::draft::{Draft, Kept, KnownProject, save, seen};
use super::end::EndButtons;
use super::saving::SavingNote;
use super::team::Team;
use crate::api::applications::find_application;
use crate::api::projects::find_project;
use crate::components::{Card, Icon, IconName, RankItem, RankList, RouteLink, TextAreaField};
use crate::hooks::{Field, Saving, Seen, use_action, use_autosave};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::applications::{Application, PreferenceStanding, STATEMENT_MAX};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use gestfg_types::projects::ProjectState;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    /// In which round.
    pub(super) round: AllocationRound,
    /// What was saved so far.
    pub(super) application: Option<Application>,
    /// A project to be put into the list at once.
    pub(super) add: Option<ProjectId>,
    /// It is on the server for the first time, or its team is another.
    pub(super) onchange: Callback<()>,
    /// It was taken back or left: begin anew.
    pub(super) onend: Callback<()>,
}

/// The list, the statement and the team of an application.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let navigator = use_navigator();
    let me = session.me().map_or(UserId(0), |me| me.id);
    let (round, application) = (&props.round, &props.application);
    let round_id = round.id;
    let base = use_memo((), |()| {
        let saved = application.as_ref().map(Draft::of).unwrap_or_default();
        let known = application.as_ref().map(seen).unwrap_or_default();
        let kept = Kept::find(me, round_id, known);
        (saved, known, kept)
    });
    let added = use_state_eq(|| base.2.as_ref().map_or_else(Vec::new, |kept| kept.known.clone()));
    let autosave = {
        let (base, onchange) = (Rc::clone(&base), props.onchange.clone());
        use_autosave(
            move || {
                let (saved, known, kept) = &*base;
                let draft = kept.as_ref().map_or_else(|| saved.clone(), |kept| kept.draft.clone());
                (draft, saved.clone(), *known)
            },
            move |client, drafts, known| {
                let onchange = onchange.clone();
                async move {
                    let made = save(client, round_id, drafts, known).await?;
                    if known.id.is_none() {
                        onchange.emit(());
                    }
                    Ok(made)
                }
            },
        )
    };
    {
        let meet = autosave.meet.clone();
        use_effect_with(application.clone(), move |application| {
            if let Some(application) = application {
                meet.emit((Draft::of(application), seen(application)));
            }
        });
    }
    {
        let unsaved = autosave.saving != Saving::Saved;
        let (draft, known, projects) = (autosave.draft.clone(), autosave.seen, (*added).clone());
        use_effect_with((draft, known, unsaved, projects), move |(draft, known, unsaved, projects)| {
            if *unsaved {
                Kept::keep(me, round_id, *known, draft, projects);
            } else {
                Kept::forget(me, round_id);
            }
        });
    }
    let draft = &autosave.draft;
    let known: Vec<KnownProject> = {
        let listed = application.iter().flat_map(|application| &application.preferences);
        let mut known: Vec<KnownProject> = listed.map(KnownProject::from).collect();
        known.extend(added.iter().cloned());
        known
    };
    let onadd = {
        let (added, edit, draft) = (added.clone(), autosave.edit.clone(), draft.clone());
        Callback::from(move |project: KnownProject| {
            let mut all = (*added).clone();
            let ranking = draft.ranking.with(project.id);
            all.push(project);
            added.set(all);
            edit.emit(Draft { ranking, ..draft.clone() });
        })
    };
    let most = usize::try_from(round.max_preferences).unwrap_or_default();
    let full = draft.ranking.len() >= most;
    {
        // Somebody came from the page of a project to ask for it.
        let (onadd, client, degree) = (onadd.clone(), session.client.clone(), round.call.degree.id);
        let (wanted, ranking) = (props.add.filter(|_| !full), draft.ranking.clone());
        use_effect_with((), move |()| {
            let Some(id) = wanted.filter(|id| ranking.place(id.0).is_none()) else { return };
            spawn_local(async move {
                let Ok(project) = find_project(&client, id).await else { return };
                let found = &project.summary;
                if found.degree.id == degree && found.state == ProjectState::Published && !found.is_assigned {
                    onadd.emit(KnownProject {
                        id: id.0,
                        title: found.title.clone(),
                        tutor: found.tutor.as_ref().map(|tutor| tutor.name.clone()).unwrap_or_default(),
                        places: found.student_count,
                        standing: PreferenceStanding::Available,
                    });
                }
                if let Some(navigator) = navigator {
                    navigator.replace(&Route::Applications);
                }
            });
        });
    }
    let conflict = {
        let (adopt, insist) = (autosave.adopt.clone(), autosave.insist.clone());
        let id = autosave.seen.id.map(ApplicationId);
        use_action(move |client, mine: bool| {
            let (adopt, insist) = (adopt.clone(), insist.clone());
            async move {
                let Some(id) = id else { return Ok(()) };
                let theirs = find_application(&client, id).await?;
                if mine {
                    insist.emit(seen(&theirs));
                } else {
                    adopt.emit((Draft::of(&theirs), seen(&theirs)));
                }
                Ok(())
            }
        })
    };
    let statement = {
        let (edit, draft) = (autosave.edit.clone(), draft.clone());
        Field {
            id: AttrValue::from(format!("statement-{round_id}")),
            value: draft.statement.clone(),
            error: (draft.statement.chars().count() > STATEMENT_MAX).then_some(FieldCode::TooLong),
            onchange: Callback::from(move |statement: String| {
                edit.emit(Draft { statement, ..draft.clone() });
            }),
            onleave: Callback::noop(),
            disabled: false,
        }
    };
    let onrank = {
        let (edit, draft) = (autosave.edit.clone(), draft.clone());
        Callback::from(move |ranking| edit.emit(Draft { ranking, ..draft.clone() }))
    };
    let team = application.as_ref().map_or(1, |found| i16::try_from(found.members.len()).unwrap_or(1));
    let onteam = {
        let (meet, onchange) = (autosave.meet.clone(), props.onchange.clone());
        Callback::from(move |(changed, seen): (Application, Seen)| {
            meet.emit((Draft::of(&changed), seen));
            onchange.emit(());
        })
    };
    html! {
        <div class="gestfg-stack">
            <SavingNote
                saving={autosave.saving.clone()}
                onretry={autosave.retry.clone()}
                stale_title={t.application_stale_title()}
                stale_body={t.application_stale_body()}
                ontheirs={conflict.run.reform(|()| false)}
                onmine={conflict.run.reform(|()| true)}
            />
            <div class="gestfg-columns">
                <section class="gestfg-stack" aria-labelledby={format!("choices-{round_id}")}>
                    <h3 id={format!("choices-{round_id}")} class="gestfg-subheading">
                        { t.application_choices() }
                        <span class="gestfg-subtle gestfg-small">
                            { format!(" · {}", t.application_used(draft.ranking.len(), round.max_preferences)) }
                        </span>
                    </h3>
                    if draft.ranking.is_empty() {
                        <p>{ t.application_choices_empty() }</p>
                    } else {
                        <p class="gestfg-subtle">
                            { t.application_order_help() }
                            if round.ties_allowed {
                                { format!(" {}", t.application_ties_help()) }
                            }
                        </p>
                    }
                    <RankList
                        id={AttrValue::from(format!("ranks-{round_id}"))}
                        label={t.application_choices()}
                        items={known.iter().map(|project| project_item(project, t)).collect::<Vec<_>>()}
                        ranking={draft.ranking.clone()}
                        ties={round.ties_allowed}
                        onchange={onrank}
                    />
                    <TextAreaField
                        field={statement}
                        label={t.application_statement()}
                        help={t.application_statement_help()}
                        rows={5}
                        max={STATEMENT_MAX}
                    />
                    if round.team_max > 1 {
                        if let Some(application) = application {
                            <Team
                                application={application.clone()}
                                version={autosave.seen.version}
                                most={round.team_max}
                                closed=false
                                onchange={onteam}
                            />
                        } else {
                            <p class="gestfg-subtle">
                                { format!("{} {}", t.application_team_most(round.team_max), t.application_team_first()) }
                            </p>
                        }
                    }
                    if let Some(application) = application {
                        <EndButtons
                            application={application.clone()}
                            version={autosave.seen.version}
                            onend={props.onend.clone()}
                        />
                    }
                </section>
                <Card>
                    <AddProjects
                        round={round_id}
                        chosen={draft.ranking.ranked().map(|(id, _)| id).collect::<Vec<_>>()}
                        {team}
                        {full}
                        {onadd}
                    />
                </Card>
            </div>
        </div>
    }
}

/// A project in the list.
pub(crate) fn project_item(project: &KnownProject, t: Texts) -> RankItem {
    RankItem {
        id: project.id,
        label: project.title.clone().into(),
        body: html! {
            <>
                <RouteLink to={Route::Project { id: ProjectId(project.id) }}>
                    <strong>{ &project.title }</strong>
                </RouteLink>
                <p class="gestfg-subtle gestfg-small">
                    { format!("{} · {}", project.tutor, t.application_places(project.places)) }
                </p>
                if project.standing != PreferenceStanding::Available {
                    <p class="gestfg-fault">
                        <Icon name={IconName::Warning} />
                        { t.preference_standing(project.standing) }
                    </p>
                }
            </>
        },
    }
}
