//! The fields of an account, for making and for changing one.

use crate::api::master::{active_degrees, active_departments};
use crate::components::{CheckField, Choice, FieldFrame, SelectField, TextField};
use crate::hooks::{Field, FieldProblem, FormHandle, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::validation::{Check, EMAIL_MAX, FIRST_NAME_MAX, LAST_NAME_MAX};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, DepartmentId};
use gestfg_types::session::{DegreeRef, DepartmentRef, Language};
use gestfg_types::users::{CreateUser, UpdateUser, User};
use yew::prelude::*;

/// The values of the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Values {
    pub(super) email: String,
    pub(super) dni: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) language: String,
    pub(super) is_admin: bool,
    pub(super) is_professor: bool,
    pub(super) department: String,
    pub(super) is_student: bool,
    pub(super) degrees: Vec<DegreeId>,
}

/// Pointers the form has fields for.
pub(super) const POINTERS: [&str; 8] = [
    "/email",
    "/dni",
    "/first_name",
    "/last_name",
    "/language",
    "/is_admin",
    "/department_id",
    "/degree_ids",
];

impl Values {
    pub(super) fn of(user: &User) -> Self {
        let roles = &user.roles;
        Self {
            email: user.email.clone().unwrap_or_default(),
            dni: user.dni.clone().unwrap_or_default(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            language: user.language.as_str().to_owned(),
            is_admin: roles.admin,
            is_professor: roles.professor.is_some(),
            department: roles.professor.as_ref().map(|found| found.id.to_string()).unwrap_or_default(),
            is_student: roles.student.is_some(),
            degrees: roles.student.iter().flatten().map(|degree| degree.id).collect(),
        }
    }

    fn language(&self) -> Language {
        if self.language == "en" { Language::En } else { Language::Es }
    }

    fn department_id(&self) -> Option<DepartmentId> {
        self.department.parse().ok().filter(|_| self.is_professor)
    }

    fn degree_ids(&self) -> Option<Vec<DegreeId>> {
        self.is_student.then(|| self.degrees.clone())
    }

    pub(super) fn create(&self) -> CreateUser {
        CreateUser {
            email: filled(&self.email),
            dni: filled(&self.dni),
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            language: self.language(),
            is_admin: self.is_admin,
            department_id: self.department_id(),
            degree_ids: self.degree_ids(),
        }
    }

    /// What is to become otherwise; the rest is left alone.
    pub(super) fn changes(&self, user: &User) -> UpdateUser {
        let before = Self::of(user);
        let differs = |now: &str, before: &str| (now.trim() != before).then(|| filled(now));
        let text = |now: &str, before: &str| (now.trim() != before).then(|| now.trim().to_owned());
        UpdateUser {
            email: differs(&self.email, &before.email),
            dni: differs(&self.dni, &before.dni),
            first_name: text(&self.first_name, &before.first_name),
            last_name: text(&self.last_name, &before.last_name),
            language: (self.language != before.language).then(|| self.language()),
            is_admin: (self.is_admin != before.is_admin).then_some(self.is_admin),
            department_id: (self.department_id() != before.department_id()).then(|| self.department_id()),
            degree_ids: (self.degree_ids() != before.degree_ids()).then(|| self.degree_ids()),
        }
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The rules of the server.
pub(super) fn check(values: &Values) -> Vec<FieldProblem> {
    let neither = values.email.trim().is_empty() && values.dni.trim().is_empty();
    let mut check = Check::new()
        .when(neither, "/email", FieldCode::Required)
        .optional_text("/email", &values.email, EMAIL_MAX)
        .optional_dni("/dni", &values.dni)
        .text("/first_name", &values.first_name, FIRST_NAME_MAX)
        .text("/last_name", &values.last_name, LAST_NAME_MAX)
        .when(values.is_professor && values.department.is_empty(), "/department_id", FieldCode::Required);
    if !values.email.trim().is_empty() {
        check = check.email("/email", &values.email);
    }
    check.done()
}

#[derive(Properties, PartialEq)]
pub(super) struct PersonFieldsProps {
    pub(super) form: FormHandleProp,
    /// Whether all roles are the caller's to give, or only studies.
    pub(super) all_roles: bool,
    /// What they have that may no longer be offered.
    #[prop_or_default]
    pub(super) department: Option<DepartmentRef>,
    #[prop_or_default]
    pub(super) degrees: Vec<DegreeRef>,
    #[prop_or_default]
    pub(super) readonly: bool,
}

/// A form as a property; it is another one whenever it has changed.
#[derive(Clone)]
pub(super) struct FormHandleProp(pub(super) FormHandle<Values>);

impl PartialEq for FormHandleProp {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

/// All fields of an account.
#[component]
pub(super) fn PersonFields(props: &PersonFieldsProps) -> Html {
    let t = use_texts();
    let form = &props.form.0;
    let readonly = props.readonly;
    let departments = use_remote((), |client, ()| async move { active_departments(&client).await });
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let mut department_choices: Vec<Choice> = departments.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|found| Choice::new(found.id, format!("{} · {}", found.code, found.name)))
            .collect()
    });
    if let Some(own) = &props.department {
        let choice = Choice::new(own.id, format!("{} · {}", own.code, own.name));
        if !department_choices.contains(&choice) {
            department_choices.push(choice);
        }
    }
    let mut offered: Vec<DegreeRef> = degrees.ready().map_or_else(Vec::new, |page| {
        let named = |found: &gestfg_types::master::Degree| DegreeRef {
            id: found.id,
            code: found.code.clone(),
            name: found.name.clone(),
        };
        page.items.iter().map(named).collect()
    });
    for own in &props.degrees {
        if !offered.iter().any(|degree| degree.id == own.id) {
            offered.push(own.clone());
        }
    }
    html! {
        <>
            <div class="gestfg-form-row">
                <TextField
                    field={fixed(readonly, form.field("/first_name", |v| v.first_name.clone(), |v, name| v.first_name = name))}
                    label={t.first_name()}
                    required=true
                    max={FIRST_NAME_MAX}
                />
                <TextField
                    field={fixed(readonly, form.field("/last_name", |v| v.last_name.clone(), |v, name| v.last_name = name))}
                    label={t.last_name()}
                    required=true
                    max={LAST_NAME_MAX}
                />
            </div>
            <div class="gestfg-form-row">
                <TextField
                    field={fixed(readonly, form.field("/email", |v| v.email.clone(), |v, email| v.email = email))}
                    label={t.email()}
                    help={t.email_or_dni_help()}
                    kind="email"
                    max={EMAIL_MAX}
                />
                <TextField
                    field={fixed(readonly, form.field("/dni", |v| v.dni.clone(), |v, dni| v.dni = dni))}
                    label={t.dni()}
                />
                <SelectField
                    field={fixed(readonly, form.field("/language", |v| v.language.clone(), |v, language| v.language = language))}
                    label={t.mail_language()}
                    choices={[Language::Es, Language::En].map(|language| Choice::new(language.as_str(), t.language_name(language))).to_vec()}
                />
            </div>
            <fieldset class="gestfg-fieldset">
                <legend>{ t.person_roles() }</legend>
                if props.all_roles {
                    <CheckField
                        field={fixed(readonly, form.field("/is_admin", |v| v.is_admin, |v, on| v.is_admin = on))}
                        label={t.make_admin()}
                        help={t.make_admin_help()}
                    />
                    <CheckField
                        field={fixed(readonly, form.field("/is_professor", |v| v.is_professor, |v, on| v.is_professor = on))}
                        label={t.make_professor()}
                        help={t.make_professor_help()}
                    />
                    if form.values().is_professor {
                        <SelectField
                            field={fixed(readonly, form.field("/department_id", |v| v.department.clone(), |v, id| v.department = id))}
                            label={t.department()}
                            none={t.choose_department()}
                            choices={department_choices}
                            required=true
                        />
                    }
                    <CheckField
                        field={fixed(readonly, form.field("/is_student", |v| v.is_student, |v, on| v.is_student = on))}
                        label={t.make_student()}
                        help={t.make_student_help()}
                    />
                }
                if form.values().is_student {
                    { degree_boxes(t, &fixed(readonly, form.field("/degree_ids", |v| v.degrees.clone(), |v, ids| v.degrees = ids)), &offered) }
                }
                if props.all_roles {
                    <p class="gestfg-subtle">{ t.duties_elsewhere() }</p>
                }
            </fieldset>
        </>
    }
}

fn fixed<V: PartialEq + 'static>(readonly: bool, mut field: Field<V>) -> Field<V> {
    field.disabled |= readonly;
    field
}

/// One box per degree.
fn degree_boxes(t: Texts, field: &Field<Vec<DegreeId>>, offered: &[DegreeRef]) -> Html {
    let boxed = |degree: &DegreeRef| {
        let id = degree.id;
        let onchange = {
            let (chosen, onchange) = (field.value.clone(), field.onchange.clone());
            Callback::from(move |on: bool| {
                let mut next: Vec<DegreeId> = chosen.iter().copied().filter(|known| *known != id).collect();
                if on {
                    next.push(id);
                }
                next.sort_unstable();
                onchange.emit(next);
            })
        };
        let field = Field {
            id: format!("{}-{id}", field.id).into(),
            value: field.value.contains(&id),
            error: None,
            onchange,
            onleave: Callback::noop(),
            disabled: field.disabled,
        };
        html! { <CheckField key={id.0} {field} label={format!("{} · {}", degree.code, degree.name)} /> }
    };
    html! {
        <FieldFrame id={field.id.clone()} label={t.enrolled_in()} error={field.error}>
            <div id={field.id.clone()} class="gestfg-boxes" role="group" aria-label={t.enrolled_in()}>
                { for offered.iter().map(boxed) }
            </div>
        </FieldFrame>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_needs_an_address_or_a_dni_and_a_professor_a_department() {
        let mut values = Values {
            first_name: "Ana".into(),
            last_name: "Ejemplo".into(),
            is_professor: true,
            ..Values::default()
        };
        let found =
            |values: &Values| check(values).into_iter().map(|found| found.pointer).collect::<Vec<_>>();
        assert_eq!(found(&values), ["/email", "/department_id"]);
        values.dni = "12345678Z".into();
        values.department = "3".into();
        assert!(found(&values).is_empty());
        assert_eq!(values.create().department_id, Some(DepartmentId(3)));
        values.is_professor = false;
        assert_eq!(values.create().department_id, None);
        assert_eq!(values.create().degree_ids, None);
    }
}
