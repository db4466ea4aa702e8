//! The students of an application: who is in, who has not said yes yet.

use super::draft::seen;
use crate::api::applications::update_application;
use crate::components::{Badge, Button, ButtonKind, Colour, IconName, ProblemAlert, TextField, use_toasts};
use crate::hooks::{FieldProblem, Seen, use_action, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::applications::{Application, ApplicationAction, ApplicationMember, UpdateApplication};
use gestfg_types::ids::{ApplicationId, UserId};
use yew::prelude::*;

/// Properties of [`Team`].
#[derive(Properties, PartialEq)]
pub(super) struct TeamProps {
    /// Whose.
    pub(super) application: Application,
    /// The version to write over.
    pub(super) version: i32,
    /// How many students may apply together.
    pub(super) most: i16,
    /// Whether the round has closed.
    pub(super) closed: bool,
    /// The team is another now.
    pub(super) onchange: Callback<(Application, Seen)>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(email: &String) -> Vec<FieldProblem> {
    Check::new().email("/invite", email).done()
}

/// Who applies together, and inviting others.
#[component]
pub(super) fn Team(props: &TeamProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let me = session.me().map(|me| me.id);
    let application = &props.application;
    let may = application.allowed_actions.contains(&ApplicationAction::EditTeam);
    let form = use_form("invite", String::new, check);
    let id = application.id;
    let onsubmit = {
        let (version, onchange, session, again) =
            (props.version, props.onchange.clone(), session.clone(), form.clone());
        form.on_submit(move |email: String| {
            let (client, onchange, toasts, again) =
                (session.client.clone(), onchange.clone(), toasts.clone(), again.clone());
            async move {
                let invite = vec![email.trim().to_owned()];
                let changed = change(&client, id, version, invite, Vec::new()).await?;
                toasts.done(t.application_invited());
                again.reset(String::new());
                onchange.emit((changed.clone(), seen(&changed)));
                Ok(())
            }
        })
    };
    let take_out = {
        let (version, onchange) = (props.version, props.onchange.clone());
        use_action(move |client, who: UserId| {
            let onchange = onchange.clone();
            async move {
                let changed = change(&client, id, version, Vec::new(), vec![who]).await?;
                onchange.emit((changed.clone(), seen(&changed)));
                Ok(())
            }
        })
    };
    let member = |member: &ApplicationMember| {
        let who = member.person.id;
        let (label, colour, icon) = match (member.is_author, member.confirmed_at, props.closed) {
            (true, ..) => (t.application_author(), Colour::Blue, IconName::User),
            (_, Some(_), _) => (t.application_confirmed(), Colour::Green, IconName::CheckCircle),
            (_, None, false) => (t.application_unconfirmed(), Colour::Orange, IconName::Clock),
            (_, None, true) => (t.application_unconfirmed_closed(), Colour::Red, IconName::TimesCircle),
        };
        html! {
            <li key={who.0} class="gestfg-offer">
                <div class="gestfg-offer__main">
                    <strong>{ &member.person.name }</strong>
                    if me == Some(who) {
                        <span class="gestfg-subtle">{ format!(" ({})", t.application_you()) }</span>
                    }
                    { " " }
                    <Badge {label} {colour} {icon} />
                    if let Some(record) = &member.record {
                        <p class="gestfg-subtle gestfg-small">{ t.application_record(record) }</p>
                    }
                </div>
                if may && !member.is_author {
                    <Button
                        label={t.application_take_out(&member.person.name)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Times}
                        icon_only=true
                        busy={take_out.running}
                        onclick={take_out.run.reform(move |_: MouseEvent| who)}
                    />
                }
            </li>
        }
    };
    let waiting: Vec<&str> = application
        .members
        .iter()
        .filter(|member| member.confirmed_at.is_none())
        .map(|member| member.person.name.as_str())
        .collect();
    let room = application.members.len() < usize::try_from(props.most).unwrap_or(1);
    html! {
        <section class="gestfg-stack" aria-labelledby={format!("team-{id}")}>
            <h3 id={format!("team-{id}")} class="gestfg-subheading">{ t.application_team() }</h3>
            <ul class="gestfg-offers" role="list">{ for application.members.iter().map(member) }</ul>
            if !waiting.is_empty() && !props.closed {
                <p role="status">{ t.application_waiting_for(&waiting.join(", ")) }</p>
            }
            if let Some(error) = &take_out.error {
                <ProblemAlert error={error.clone()} />
            }
            if may && room {
                <form id={form.id.clone()} class="pf-v6-c-form" novalidate=true {onsubmit}>
                    if let Some(error) = form.failure().filter(|error| error.field_errors().is_empty()) {
                        <ProblemAlert error={error.clone()} />
                    }
                    <p class="gestfg-subtle">{ format!("{} {}", t.application_team_most(props.most), t.application_team_help()) }</p>
                    <TextField
                        field={form.field("/invite", String::clone, |email, value| *email = value)}
                        label={t.application_invite_email()}
                        kind="email"
                    />
                    <div class="pf-v6-c-form__actions">
                        <Button
                            label={t.application_invite()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::UserPlus}
                            submit=true
                            busy={form.is_sending()}
                        />
                    </div>
                </form>
            }
        </section>
    }
}

async fn change(
    client: &crate::api::Client,
    id: ApplicationId,
    version: i32,
    invite: Vec<String>,
    remove: Vec<UserId>,
) -> Result<Application, crate::api::ApiError> {
    let changes = UpdateApplication { invite, remove, ..UpdateApplication::default() };
    update_application(client, id, version, &changes).await
}
