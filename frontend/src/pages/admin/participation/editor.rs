//! Changing what a professor may be called for.

use crate::api::committees::{find_participation, update_participation};
use crate::components::{CheckField, EditorDialog, TextField};
use crate::format::academic_year;
use crate::hooks::{FieldProblem, use_action, use_form, use_unsaved_guard};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::participation::{BroughtService, Participation, UpdateParticipation};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Years whose service may be written down, the present one included.
const YEARS: i16 = 5;

/// Properties of [`ParticipationDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct ParticipationDialogProps {
    /// Whose.
    pub(super) participation: Participation,
    /// The present academic year.
    pub(super) present: i16,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was saved.
    pub(super) onsaved: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    may_preside: bool,
    exempt: bool,
    seniority: String,
    /// Seats brought, year by year from the latest.
    brought: Vec<(i16, String)>,
}

impl Values {
    fn of(it: &Participation, present: i16) -> Self {
        let seats = |year: i16| {
            let found = it.years.iter().find(|found| found.academic_year == year);
            found.map_or(0, |found| found.brought).to_string()
        };
        Self {
            may_preside: it.may_preside,
            exempt: it.exempt_from_committees,
            seniority: it.seniority_year.map(|year| year.to_string()).unwrap_or_default(),
            brought: (present + 1 - YEARS..=present).rev().map(|year| (year, seats(year))).collect(),
        }
    }

    /// What differs from how it was.
    fn changes(&self, it: &Participation) -> UpdateParticipation {
        let before = |year: i16| {
            let found = it.years.iter().find(|found| found.academic_year == year);
            found.map_or(0, |found| found.brought)
        };
        let year = |(academic_year, seats): &(i16, String)| {
            let seats: i16 = seats.trim().parse().unwrap_or_default();
            let differs = i64::from(seats) != before(*academic_year);
            differs.then_some(BroughtService { academic_year: *academic_year, seats })
        };
        UpdateParticipation {
            may_preside: Some(self.may_preside),
            seniority_year: Some(self.seniority.trim().parse().ok()),
            exempt_from_committees: Some(self.exempt),
            brought: self.brought.iter().filter_map(year).collect(),
        }
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let year: Option<i16> = values.seniority.trim().parse().ok();
    let given = !values.seniority.trim().is_empty();
    let mut found =
        Check::new().when(given && year.is_none(), "/seniority_year", FieldCode::NotANumber).when(
            year.is_some_and(|year| !(1950..=2200).contains(&year)),
            "/seniority_year",
            FieldCode::OutOfRange,
        );
    for (index, (_, typed)) in values.brought.iter().enumerate() {
        let seats: Option<i16> = typed.trim().parse().ok();
        let pointer = format!("/brought/{index}/seats");
        found = found
            .when(!typed.trim().is_empty() && seats.is_none(), &pointer, FieldCode::NotANumber)
            .when(seats.is_some_and(|seats| !(0..=200).contains(&seats)), &pointer, FieldCode::OutOfRange);
    }
    found.done()
}

/// Asks for it in a dialog.
#[component]
pub(super) fn ParticipationDialog(props: &ParticipationDialogProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let present = props.present;
    let known = use_mut_ref(|| props.participation.clone());
    let form = use_form("participation", || Values::of(&props.participation, present), check);
    let guard = use_unsaved_guard(form.is_dirty());
    let reload = {
        let (known, form) = (Rc::clone(&known), form.clone());
        use_action(move |client, ()| {
            let (known, form): (Rc<RefCell<Participation>>, _) = (Rc::clone(&known), form.clone());
            async move {
                let id = known.borrow().professor.id;
                let found = find_participation(&client, id).await?;
                form.reset(Values::of(&found, present));
                known.replace(found);
                Ok(())
            }
        })
    };
    let onsubmit = {
        let onsaved = props.onsaved.clone();
        form.on_submit(move |values: Values| {
            let (client, onsaved, guard) = (session.client.clone(), onsaved.clone(), guard.clone());
            let seen = known.borrow().clone();
            async move {
                update_participation(&client, &seen, &values.changes(&seen)).await?;
                guard.release();
                onsaved.emit(());
                Ok(())
            }
        })
    };
    let year = |(index, (year, _)): (usize, &(i16, String))| {
        let field = form.field(
            format!("/brought/{index}/seats"),
            |v| v.brought.get(index).map(|(_, seats)| seats.clone()).unwrap_or_default(),
            move |v, typed| {
                if let Some((_, seats)) = v.brought.get_mut(index) {
                    *seats = typed;
                }
            },
        );
        html! { <TextField key={*year} {field} label={academic_year(*year)} kind="number" /> }
    };
    html! {
        <EditorDialog
            title={format!("{} · {}", t.participation_edit_title(), props.participation.professor.name)}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending() || reload.running}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/seniority_year", "/brought"])}
            onreload={reload.run.clone()}
            onclose={props.onclose.clone()}
        >
            <CheckField
                field={form.field("/may_preside", |v| v.may_preside, |v, on| v.may_preside = on)}
                label={t.participation_may_preside()}
            />
            <CheckField
                field={form.field("/exempt_from_committees", |v| v.exempt, |v, on| v.exempt = on)}
                label={t.participation_exempt()}
                help={t.participation_exempt_help()}
            />
            <TextField
                field={form.field("/seniority_year", |v| v.seniority.clone(), |v, typed| v.seniority = typed)}
                label={t.participation_seniority()}
                help={t.participation_seniority_help()}
                kind="number"
            />
            <fieldset class="gestfg-fieldset">
                <legend class="gestfg-subheading">{ t.participation_brought() }</legend>
                <div class="gestfg-form-row gestfg-form-row--narrow">
                    { for form.values().brought.iter().enumerate().map(year) }
                </div>
            </fieldset>
        </EditorDialog>
    }
}
