//! Every place one can be, and who is shown the way there.

use crate::i18n::Texts;
use crate::program::Program;
use crate::session::Session;
use gestfg_types::ids::{
    AllocationRoundId, AllocationRunId, AssignmentId, CallId, CommitteePlanId, DefenceId, DegreeId,
    DocumentId, EventId, ImportId, ProjectId, RoomId, UserId,
};
use gestfg_types::session::Permission;
use yew_router::prelude::*;

/// The places of the application.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub enum Route {
    /// The front page.
    #[at("/")]
    Front,
    /// The catalogue.
    #[at("/projects")]
    Catalogue,
    /// A project.
    #[at("/projects/:id")]
    Project {
        /// Which.
        id: ProjectId,
    },
    /// The calls and their dates.
    #[at("/calls")]
    Calls,
    /// A call.
    #[at("/calls/:id")]
    Call {
        /// Which.
        id: CallId,
    },
    /// The published timetables of defences.
    #[at("/defences")]
    Defences,
    /// What was handed in for a defence.
    #[at("/defences/:id/documents")]
    DefenceDocuments {
        /// Which.
        id: DefenceId,
    },
    /// What a document has in common with earlier ones.
    #[at("/documents/:id/similarity")]
    Similarity {
        /// Which.
        id: DocumentId,
    },
    /// Logging in.
    #[at("/login")]
    LogIn,
    /// Asking for an account.
    #[at("/register")]
    Register,
    /// Asking for a new password.
    #[at("/recover")]
    Recover,
    /// Setting a password by a one-time link.
    #[at("/set-password")]
    SetPassword,
    /// One's own account.
    #[at("/profile")]
    Profile,
    /// One's own projects.
    #[at("/my/projects")]
    MyProjects,
    /// How far one's own project has come.
    #[at("/my/project")]
    MyProject,
    /// Asking for projects.
    #[at("/my/applications")]
    Applications,
    /// What became of one's application.
    #[at("/my/applications/:id/answer")]
    Answer {
        /// In which round.
        id: AllocationRoundId,
    },
    /// Who asks for one's own projects.
    #[at("/my/applicants")]
    Applicants,
    /// What one has to mark.
    #[at("/my/marking")]
    Marking,
    /// One's own marks.
    #[at("/my/marks")]
    MyMarks,
    /// The marks of a defence.
    #[at("/defences/:id/marks")]
    DefenceMarks {
        /// Of which defence.
        id: DefenceId,
    },
    /// The marks and minutes of a call.
    #[at("/calls/:id/grading")]
    CallGrading {
        /// Of which call.
        id: CallId,
    },
    /// Checking minutes by their code.
    #[at("/verification")]
    Verification,
    /// When one can sit in committees.
    #[at("/availability")]
    Availability,
    /// Writing a project.
    #[at("/my/projects/new")]
    NewProject,
    /// Rewriting a project.
    #[at("/my/projects/:id/edit")]
    EditProject {
        /// Which.
        id: ProjectId,
    },
    /// Projects that wait for a decision.
    #[at("/validation")]
    Validation,
    /// Projects given to students.
    #[at("/assignments")]
    Assignments,
    /// A project given to students.
    #[at("/assignments/:id")]
    Assignment {
        /// Which.
        id: AssignmentId,
    },
    /// Imported spreadsheets.
    #[at("/imports")]
    Imports,
    /// Importing a spreadsheet.
    #[at("/imports/new")]
    NewImport,
    /// An imported spreadsheet.
    #[at("/imports/:id")]
    Import {
        /// Which.
        id: ImportId,
    },
    /// Accounts.
    #[at("/admin/people")]
    People,
    /// A new account.
    #[at("/admin/people/new")]
    NewPerson,
    /// An account.
    #[at("/admin/people/:id")]
    Person {
        /// Whose.
        id: UserId,
    },
    /// Claims on pre-loaded students.
    #[at("/admin/claims")]
    Claims,
    /// Areas.
    #[at("/admin/areas")]
    Areas,
    /// Departments.
    #[at("/admin/departments")]
    Departments,
    /// Degrees.
    #[at("/admin/degrees")]
    Degrees,
    /// Sittings.
    #[at("/admin/sittings")]
    Sittings,
    /// Rooms.
    #[at("/admin/rooms")]
    Rooms,
    /// When a room cannot be used.
    #[at("/admin/rooms/:id")]
    RoomClosures {
        /// Which room.
        id: RoomId,
    },
    /// How the committees of a degree are made.
    #[at("/admin/degrees/:id/committees")]
    CommitteeSettings {
        /// Of which degree.
        id: DegreeId,
    },
    /// How a degree is marked.
    #[at("/admin/degrees/:id/grading")]
    GradingSettings {
        /// Which degree.
        id: DegreeId,
    },
    /// Who has served in committees, and who may be called.
    #[at("/admin/participation")]
    Participation,
    /// Declared conflicts of interest.
    #[at("/admin/conflicts-of-interest")]
    Conflicts,
    /// Calls and their dates, for those who keep them.
    #[at("/admin/calls")]
    AdminCalls,
    /// The dates of a call.
    #[at("/admin/calls/:id")]
    CallEditor {
        /// Which.
        id: CallId,
    },
    /// What is entered in a call.
    #[at("/admin/calls/:id/requests")]
    CallRequests {
        /// Which.
        id: CallId,
    },
    /// Runs of the planner for a call, and the versions they made.
    #[at("/admin/calls/:id/plans")]
    CallPlans {
        /// Of which call.
        id: CallId,
    },
    /// Rounds of applications of a call.
    #[at("/admin/calls/:id/rounds")]
    CallRounds {
        /// Of which call.
        id: CallId,
    },
    /// A round with its applications and allocations.
    #[at("/admin/rounds/:id")]
    AllocationRound {
        /// Which.
        id: AllocationRoundId,
    },
    /// An allocation of a round.
    #[at("/admin/allocation-runs/:id")]
    AllocationRun {
        /// Which.
        id: AllocationRunId,
    },
    /// When the professors of a call can come.
    #[at("/admin/calls/:id/availability")]
    CallAvailability {
        /// Of which call.
        id: CallId,
    },
    /// A version of committees and timetable.
    #[at("/admin/plans/:id")]
    CommitteePlan {
        /// Which.
        id: CommitteePlanId,
    },
    /// Who wrote what.
    #[at("/admin/audit-log")]
    AuditLog,
    /// Mails written by the server.
    #[at("/admin/outbox")]
    Outbox,
    /// What takes room.
    #[at("/admin/storage")]
    Storage,
    /// How long things are kept.
    #[at("/admin/retention")]
    Retention,
    /// The calendar.
    #[at("/calendar")]
    Calendar,
    /// An announcement or an entry of the calendar.
    #[at("/events/:id")]
    Event {
        /// Which.
        id: EventId,
    },
    /// Announcements and entries one keeps.
    #[at("/admin/events")]
    Events,
    /// Writing an announcement or entry.
    #[at("/admin/events/new")]
    NewEvent,
    /// Rewriting an announcement or entry.
    #[at("/admin/events/:id")]
    EditEvent {
        /// Which.
        id: EventId,
    },
    /// What one was told.
    #[at("/inbox")]
    Inbox,
    /// Threads one takes part in.
    #[at("/messages")]
    Messages,
    /// How far projects come.
    #[at("/statistics")]
    Statistics,
    /// The end of one kind of mail.
    #[at("/unsubscribe")]
    Unsubscribe,
    /// Anywhere else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

/// Who may go to a place. The server decides in earnest; this only keeps
/// people from doors that are shut to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    Everyone,
    /// Whoever has logged in.
    SignedIn,
    /// Whoever studies.
    Students,
    /// Whoever teaches.
    Professors,
    /// Whoever has any of these permissions.
    AnyOf(&'static [Permission]),
}

impl Audience {
    /// Whether this session belongs to it.
    #[must_use]
    pub fn includes(self, session: &Session) -> bool {
        match self {
            Self::Everyone => true,
            Self::SignedIn => session.me().is_some(),
            Self::Students => session.me().is_some_and(|me| me.roles.student.is_some()),
            Self::Professors => session.me().is_some_and(|me| me.roles.professor.is_some()),
            Self::AnyOf(permissions) => permissions.iter().any(|permission| session.may(*permission)),
        }
    }
}

impl Route {
    /// Who may go there.
    #[must_use]
    pub const fn audience(&self) -> Audience {
        match self {
            Self::Front
            | Self::Catalogue
            | Self::Project { .. }
            | Self::Calls
            | Self::Call { .. }
            | Self::Defences
            | Self::LogIn
            | Self::Register
            | Self::Recover
            | Self::SetPassword
            | Self::Calendar
            | Self::Event { .. }
            | Self::Unsubscribe
            | Self::Verification
            | Self::NotFound => Audience::Everyone,
            Self::Profile
            | Self::Inbox
            | Self::Messages
            | Self::Statistics
            | Self::DefenceDocuments { .. }
            | Self::Similarity { .. }
            | Self::Assignments
            | Self::Assignment { .. }
            | Self::DefenceMarks { .. }
            | Self::CallGrading { .. }
            | Self::EditProject { .. } => Audience::SignedIn,
            Self::MyMarks | Self::MyProject | Self::Applications | Self::Answer { .. } => Audience::Students,
            Self::MyProjects | Self::Applicants | Self::NewProject => {
                Audience::AnyOf(&[Permission::CreateProjects])
            }
            Self::Availability | Self::Marking => Audience::Professors,
            Self::Validation => Audience::AnyOf(&[Permission::ValidateProjects]),
            Self::Imports | Self::NewImport | Self::Import { .. } => Audience::AnyOf(&[
                Permission::ImportProjects,
                Permission::ImportMasterData,
                Permission::ImportStudents,
            ]),
            Self::People | Self::Person { .. } | Self::Claims => {
                Audience::AnyOf(&[Permission::ManagePeople, Permission::ManageStudents])
            }
            Self::Events | Self::NewEvent | Self::EditEvent { .. } => {
                Audience::AnyOf(&[Permission::ManageEvents])
            }
            Self::NewPerson => Audience::AnyOf(&[Permission::ManagePeople]),
            Self::Areas | Self::Departments | Self::Sittings => {
                Audience::AnyOf(&[Permission::ManageMasterData])
            }
            Self::Rooms
            | Self::RoomClosures { .. }
            | Self::CommitteeSettings { .. }
            | Self::GradingSettings { .. }
            | Self::Participation
            | Self::Conflicts
            | Self::CallAvailability { .. } => Audience::AnyOf(&[Permission::PlanCommittees]),
            Self::Degrees => Audience::AnyOf(&[Permission::ManageMasterData, Permission::ManageStudents]),
            Self::AdminCalls
            | Self::CallEditor { .. }
            | Self::CallRequests { .. }
            | Self::CallPlans { .. }
            | Self::CallRounds { .. }
            | Self::AllocationRound { .. }
            | Self::AllocationRun { .. }
            | Self::CommitteePlan { .. } => Audience::AnyOf(&[Permission::ManageCalls]),
            Self::AuditLog => Audience::AnyOf(&[Permission::ReadAuditLog]),
            Self::Outbox | Self::Storage | Self::Retention => Audience::AnyOf(&[Permission::ReadOutbox]),
        }
    }

    /// What the place is called, in the tab and in the menu. Visitors are not
    /// burdened with the names of places they are never shown.
    #[must_use]
    pub const fn title(&self, t: Texts) -> &'static str {
        match self {
            Self::Front => t.route_front(),
            Self::Catalogue => t.route_catalogue(),
            Self::Project { .. } => t.route_project(),
            Self::Calls => t.route_calls(),
            Self::Call { .. } => t.route_call(),
            Self::Defences => t.route_defences(),
            Self::LogIn => t.log_in(),
            Self::Register => t.route_register(),
            Self::Recover => t.route_recover(),
            Self::SetPassword => t.route_set_password(),
            Self::Calendar => t.route_calendar(),
            Self::Event { .. } => t.route_event(),
            Self::Unsubscribe => t.route_unsubscribe(),
            Self::NotFound => t.route_not_found(),
            _ if Program::HAS_SESSIONS => self.title_for_members(t),
            _ => "",
        }
    }

    const fn title_for_members(&self, t: Texts) -> &'static str {
        match self {
            Self::Profile => t.route_profile(),
            Self::MyProjects => t.route_my_projects(),
            Self::MyProject => t.route_my_project(),
            Self::Applications => t.route_applications(),
            Self::Answer { .. } => t.route_answer(),
            Self::CallRounds { .. } => t.route_call_rounds(),
            Self::AllocationRound { .. } => t.route_round(),
            Self::AllocationRun { .. } => t.route_run(),
            Self::Applicants => t.route_applicants(),
            Self::Availability => t.route_availability(),
            Self::Marking => t.route_marking(),
            Self::MyMarks => t.route_my_marks(),
            Self::DefenceMarks { .. } => t.route_defence_marks(),
            Self::CallGrading { .. } => t.route_call_grading(),
            Self::Verification => t.route_verification(),
            Self::GradingSettings { .. } => t.route_grading_settings(),
            Self::NewProject => t.route_new_project(),
            Self::EditProject { .. } => t.route_edit_project(),
            Self::Validation => t.route_validation(),
            Self::Assignments => t.route_assignments(),
            Self::Assignment { .. } => t.route_assignment(),
            Self::Imports => t.route_imports(),
            Self::NewImport => t.route_new_import(),
            Self::Import { .. } => t.route_import(),
            Self::People => t.route_people(),
            Self::NewPerson => t.route_new_person(),
            Self::Person { .. } => t.route_person(),
            Self::Claims => t.route_claims(),
            Self::Areas => t.route_areas(),
            Self::Departments => t.route_departments(),
            Self::Degrees => t.route_degrees(),
            Self::Sittings => t.route_sittings(),
            Self::Rooms => t.route_rooms(),
            Self::RoomClosures { .. } => t.route_room(),
            Self::CommitteeSettings { .. } => t.route_committee_settings(),
            Self::Participation => t.route_participation(),
            Self::Conflicts => t.route_conflicts(),
            Self::CallAvailability { .. } => t.route_call_availability(),
            Self::AdminCalls => t.route_admin_calls(),
            Self::CallEditor { .. } => t.route_call_editor(),
            Self::CallRequests { .. } => t.route_call_requests(),
            Self::CallPlans { .. } => t.route_plans(),
            Self::CommitteePlan { .. } => t.plan_version(),
            Self::AuditLog => t.route_audit_log(),
            Self::Outbox => t.route_outbox(),
            Self::Storage => t.route_storage(),
            Self::Retention => t.route_retention(),
            Self::Events => t.route_events(),
            Self::NewEvent => t.event_new(),
            Self::EditEvent { .. } => t.route_edit_event(),
            Self::Inbox => t.route_inbox(),
            Self::Messages => t.route_messages(),
            Self::Statistics => t.route_statistics(),
            Self::DefenceDocuments { .. } => t.route_defence_documents(),
            Self::Similarity { .. } => t.route_similarity(),
            _ => "",
        }
    }

    /// The entry of the menu that stands for this place.
    #[must_use]
    pub const fn menu_entry(&self) -> Self {
        match self {
            Self::Project { .. } => Self::Catalogue,
            Self::Calls | Self::Call { .. } | Self::CallGrading { .. } => Self::Calls,
            Self::Defences | Self::DefenceDocuments { .. } => Self::Defences,
            Self::MyProject => Self::MyProject,
            Self::Applications | Self::Answer { .. } => Self::Applications,
            Self::Applicants => Self::Applicants,
            Self::Availability => Self::Availability,
            Self::Marking | Self::DefenceMarks { .. } => Self::Marking,
            Self::MyMarks => Self::MyMarks,
            Self::Verification => Self::Verification,
            Self::Assignments | Self::Assignment { .. } | Self::Similarity { .. } => Self::Assignments,
            Self::AdminCalls
            | Self::CallEditor { .. }
            | Self::CallRequests { .. }
            | Self::CallPlans { .. }
            | Self::CallRounds { .. }
            | Self::AllocationRound { .. }
            | Self::AllocationRun { .. }
            | Self::CallAvailability { .. }
            | Self::CommitteePlan { .. } => Self::AdminCalls,
            Self::NewProject | Self::EditProject { .. } => Self::MyProjects,
            Self::NewImport | Self::Import { .. } => Self::Imports,
            Self::NewPerson | Self::Person { .. } => Self::People,
            Self::Front => Self::Front,
            Self::Catalogue => Self::Catalogue,
            Self::LogIn | Self::Register | Self::Recover | Self::SetPassword => Self::LogIn,
            Self::Profile => Self::Profile,
            Self::MyProjects => Self::MyProjects,
            Self::Validation => Self::Validation,
            Self::Imports => Self::Imports,
            Self::People => Self::People,
            Self::Claims => Self::Claims,
            Self::Areas => Self::Areas,
            Self::Departments => Self::Departments,
            Self::Degrees | Self::CommitteeSettings { .. } | Self::GradingSettings { .. } => Self::Degrees,
            Self::Sittings => Self::Sittings,
            Self::Rooms | Self::RoomClosures { .. } => Self::Rooms,
            Self::Participation => Self::Participation,
            Self::Conflicts => Self::Conflicts,
            Self::AuditLog => Self::AuditLog,
            Self::Outbox => Self::Outbox,
            Self::Storage => Self::Storage,
            Self::Retention => Self::Retention,
            Self::Calendar | Self::Event { .. } => Self::Calendar,
            Self::Events | Self::NewEvent | Self::EditEvent { .. } => Self::Events,
            Self::Inbox => Self::Inbox,
            Self::Messages => Self::Messages,
            Self::Statistics => Self::Statistics,
            Self::Unsubscribe => Self::Unsubscribe,
            Self::NotFound => Self::NotFound,
        }
    }
}

impl Route {
    /// The smallest program that has the page. The browser chooses by the
    /// address before any of this runs, so the places of the office, and no
    /// others, begin with `/imports` or `/admin`; `/verification` is public and
    /// still not among what every visitor loads.
    #[must_use]
    pub const fn program(&self) -> Program {
        match self {
            Self::Front
            | Self::Catalogue
            | Self::Project { .. }
            | Self::Calls
            | Self::Call { .. }
            | Self::Defences
            | Self::Calendar
            | Self::Event { .. }
            | Self::LogIn
            | Self::Register
            | Self::Recover
            | Self::SetPassword
            | Self::Unsubscribe
            | Self::NotFound => Program::Visitor,
            Self::Profile
            | Self::Availability
            | Self::Marking
            | Self::MyMarks
            | Self::DefenceMarks { .. }
            | Self::CallGrading { .. }
            | Self::Verification
            | Self::MyProject
            | Self::Applications
            | Self::Answer { .. }
            | Self::Applicants
            | Self::MyProjects
            | Self::NewProject
            | Self::EditProject { .. }
            | Self::Validation
            | Self::Assignments
            | Self::Assignment { .. }
            | Self::Inbox
            | Self::Messages
            | Self::Statistics
            | Self::Similarity { .. }
            | Self::DefenceDocuments { .. } => Program::Member,
            Self::Imports
            | Self::NewImport
            | Self::Import { .. }
            | Self::People
            | Self::NewPerson
            | Self::Person { .. }
            | Self::Claims
            | Self::Areas
            | Self::Departments
            | Self::Degrees
            | Self::Sittings
            | Self::Rooms
            | Self::RoomClosures { .. }
            | Self::CommitteeSettings { .. }
            | Self::GradingSettings { .. }
            | Self::Participation
            | Self::Conflicts
            | Self::AdminCalls
            | Self::CallEditor { .. }
            | Self::CallRequests { .. }
            | Self::CallPlans { .. }
            | Self::CallRounds { .. }
            | Self::AllocationRound { .. }
            | Self::AllocationRun { .. }
            | Self::CallAvailability { .. }
            | Self::CommitteePlan { .. }
            | Self::AuditLog
            | Self::Events
            | Self::NewEvent
            | Self::EditEvent { .. }
            | Self::Outbox
            | Self::Storage
            | Self::Retention => Program::Office,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_tells_which_program_has_the_page() {
        for path in Route::routes() {
            let route = Route::recognize(&path.replace(":id", "7")).unwrap_or(Route::NotFound);
            let office = path.starts_with("/imports") || path.starts_with("/admin/");
            assert_eq!(route.program() == Program::Office, office, "{path}");
            // Whoever is not signed in is only ever shown what their program has, but for
            // checking minutes: rare, and asked for by its address.
            let public = route.audience() == Audience::Everyone && route != Route::Verification;
            assert_eq!(route.program() == Program::Visitor, public, "{path}");
        }
    }
}
