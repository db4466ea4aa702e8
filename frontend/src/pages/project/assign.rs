//! Giving a project to students.

use super::actions::ProjectHandle;
use crate::api::assignments::create_assignment;
use crate::components::{Button, ButtonKind, Dialog, FormFrame, IconName, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::{Check, dni_problem, is_email};
use gestfg_types::errors::FieldCode;
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

/// Properties of [`AssignDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct AssignDialogProps {
    /// The project.
    pub project: ProjectHandle,
    /// Leave it.
    pub onclose: Callback<()>,
    /// It was assigned.
    pub onassigned: Callback<()>,
}

/// Empty lines are passed over, so that the pointer of what the server finds
/// wrong is counted among the filled ones.
fn filled(students: &[String]) -> Vec<String> {
    students.iter().map(|student| student.trim().to_owned()).filter(|student| !student.is_empty()).collect()
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    students: Vec<String>,
    override_reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let students = &values.students;
    let mut problems =
        Check::new().optional_text("/override_reason", &values.override_reason, REASON_MAX).done();
    if filled(students).is_empty() {
        problems.push(FieldProblem::new("/students/0", FieldCode::Required));
    }
    for (index, student) in students.iter().enumerate() {
        let text = student.trim();
        let pointer = format!("/students/{index}");
        let said_before = students[..index].iter().any(|other| other.trim().eq_ignore_ascii_case(text));
        if text.is_empty() {
            continue;
        } else if said_before {
            problems.push(FieldProblem::new(pointer, FieldCode::Duplicate));
        } else if text.contains('@') {
            if !is_email(text) {
                problems.push(FieldProblem::new(pointer, FieldCode::InvalidEmail));
            }
        } else if let Some(code) = dni_problem(text) {
            problems.push(FieldProblem::new(pointer, code));
        }
    }
    problems
}

/// Asks for each student by e-mail or DNI, as many as the project takes.
#[component]
pub(super) fn AssignDialog(props: &AssignDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("assign", || Values { students: vec![String::new()], ..Values::default() }, check);
    let most = usize::try_from(props.project.student_count).unwrap_or(1).clamp(1, 3);

    let onsubmit = {
        let (project, onassigned) = (props.project.clone(), props.onassigned.clone());
        let reset = form.clone();
        form.on_submit(move |values: Values| {
            let (project, onassigned) = (project.clone(), onassigned.clone());
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let students = filled(&values.students);
            reset.edit({
                let students = students.clone();
                move |values| values.students = students
            });
            async move {
                create_assignment(&client, project.id, students, given(&values.override_reason)).await?;
                toasts.done(t.project_assigned(&project.title));
                onassigned.emit(());
                Ok(())
            }
        })
    };
    let add = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.edit(|values| values.students.push(String::new())))
    };
    let remove = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            form.edit(|values| {
                values.students.pop();
            });
        })
    };
    let count = form.values().students.len();
    let footer = html! {
        <>
            <Button label={t.assign()} submit=true form={form.id.clone()} busy={form.is_sending()} />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    html! {
        <Dialog title={t.assign_title()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/students/", "/override_reason"])}
            >
                <div>
                    <p><strong>{ &props.project.title }</strong></p>
                    <p>{ t.assign_body() }{ " " }{ t.takes_at_most(props.project.student_count) }</p>
                </div>
                { for (0..count).map(|index| {
                    let field = form.field(
                        format!("/students/{index}"),
                        |values| values.students.get(index).cloned().unwrap_or_default(),
                        move |values, value| if let Some(student) = values.students.get_mut(index) { *student = value },
                    );
                    html! {
                        <TextField
                            key={index}
                            {field}
                            label={t.student_number(index + 1)}
                            required={index == 0}
                            autocomplete="off"
                            autofocus={index + 1 == count}
                        />
                    }
                }) }
                if most > 1 {
                    <div class="gestfg-row-actions">
                        if count < most {
                            <Button
                                label={t.add_student()}
                                kind={ButtonKind::Link}
                                icon={IconName::Plus}
                                onclick={add}
                            />
                        }
                        if count > 1 {
                            <Button
                                label={t.remove_student()}
                                kind={ButtonKind::Link}
                                icon={IconName::Times}
                                onclick={remove}
                            />
                        }
                    </div>
                }
                <OverrideField
                    field={form.field("/override_reason", |values| values.override_reason.clone(), |values, reason| values.override_reason = reason)}
                    failure={form.failure().cloned()}
                />
            </FormFrame>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_student_is_checked_on_their_own_line() {
        let students =
            ["ana@correo.ugr.es", "", "12345678A", "ANA@correo.ugr.es", "x@y"].map(str::to_owned).to_vec();
        let problems = check(&Values { students, ..Values::default() });
        let found: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
        assert_eq!(
            found,
            [
                ("/students/2", FieldCode::WrongDniLetter),
                ("/students/3", FieldCode::Duplicate),
                ("/students/4", FieldCode::InvalidEmail),
            ]
        );
    }
}
