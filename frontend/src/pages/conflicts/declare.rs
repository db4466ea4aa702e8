//! Declaring a conflict of interest.

use crate::api::availability::declare_conflict;
use crate::components::{
    Choice, EditorDialog, Found, Lookup, LookupSelect, SelectField, TextAreaField, use_toasts,
};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::conflicts_of_interest::DeclareConflict;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{ProjectId, UserId};
use gestfg_types::session::Permission;
use yew::prelude::*;

/// Properties of [`DeclareDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct DeclareDialogProps {
    /// For somebody else, who is asked for.
    pub(super) on_behalf: bool,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was declared.
    pub(super) ondeclared: Callback<()>,
}

/// With what a conflict can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Project,
    Student,
    Professor,
}

impl Kind {
    const fn pointer(self) -> &'static str {
        match self {
            Self::Project => "/project_id",
            Self::Student => "/student_id",
            Self::Professor => "/other_professor_id",
        }
    }

    const fn lookup(self) -> Lookup {
        match self {
            Self::Project => Lookup::Projects,
            Self::Student => Lookup::Students,
            Self::Professor => Lookup::Professors(None),
        }
    }

    fn named(name: &str) -> Self {
        [Self::Student, Self::Professor].into_iter().find(|kind| kind.pointer() == name).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    on_behalf: bool,
    professor: Option<Found>,
    kind: Kind,
    target: Option<Found>,
    reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new()
        .when(values.on_behalf && values.professor.is_none(), "/professor_id", FieldCode::Required)
        .when(values.target.is_none(), values.kind.pointer(), FieldCode::Required)
        .optional_text("/reason", &values.reason, 500)
        .done()
}

fn declaration(values: &Values) -> DeclareConflict {
    let id = values.target.as_ref().map(|found| found.id);
    let of = |kind: Kind| id.filter(|_| kind == values.kind);
    DeclareConflict {
        professor_id: values.professor.as_ref().map(|found| UserId(found.id)),
        project_id: of(Kind::Project).map(ProjectId),
        student_id: of(Kind::Student).map(UserId),
        other_professor_id: of(Kind::Professor).map(UserId),
        reason: values.reason.trim().to_owned(),
    }
}

/// Asks with whom or what, and why.
#[component]
pub(super) fn DeclareDialog(props: &DeclareDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let on_behalf = props.on_behalf;
    let form = use_form("conflict", move || Values { on_behalf, ..Values::default() }, check);
    // Only those who keep students can look them up.
    let students = session.may(Permission::ManageStudents) || session.may(Permission::ManagePeople);
    let onsubmit = {
        let ondeclared = props.ondeclared.clone();
        form.on_submit(move |values: Values| {
            let (client, toasts, ondeclared) = (session.client.clone(), toasts.clone(), ondeclared.clone());
            async move {
                declare_conflict(&client, &declaration(&values)).await?;
                toasts.done(t.conflict_declared());
                ondeclared.emit(());
                Ok(())
            }
        })
    };
    let kind = form.values().kind;
    let (label, help) = match kind {
        Kind::Project => (t.conflict_project(), t.conflict_project_help()),
        Kind::Student => (t.conflict_student(), t.conflict_student_help()),
        Kind::Professor => (t.conflict_other(), t.conflict_other_help()),
    };
    let mut choices = vec![Choice::new(Kind::Professor.pointer(), t.conflict_other())];
    if students {
        choices.insert(0, Choice::new(Kind::Student.pointer(), t.conflict_student()));
    }
    let known = ["/professor_id", "/project_id", "/student_id", "/other_professor_id", "/reason"];
    html! {
        <EditorDialog
            title={t.conflict_declare()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&known)}
            onclose={props.onclose.clone()}
            confirm={t.conflict_declare()}
        >
            if on_behalf {
                <LookupSelect
                    field={form.field("/professor_id", |v| v.professor.clone(), |v, chosen| v.professor = chosen)}
                    label={t.conflict_professor()}
                    lookup={Lookup::Professors(None)}
                    required=true
                />
            }
            <SelectField
                field={form.field(
                    "/kind",
                    |v| if v.kind == Kind::Project { String::new() } else { v.kind.pointer().to_owned() },
                    |v, name: String| {
                        v.kind = Kind::named(&name);
                        v.target = None;
                    },
                )}
                label={t.conflict_with()}
                none={t.conflict_project()}
                {choices}
            />
            <LookupSelect
                key={kind.pointer()}
                field={form.field(kind.pointer(), |v| v.target.clone(), |v, chosen| v.target = chosen)}
                {label}
                {help}
                lookup={kind.lookup()}
                required=true
            />
            <TextAreaField
                field={form.field("/reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                label={t.reason()}
                help={t.conflict_reason_help()}
                max={500}
                rows={3}
            />
        </EditorDialog>
    }
}
