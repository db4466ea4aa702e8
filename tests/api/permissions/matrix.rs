//! The table itself.

/// The columns, in order.
pub const ACTORS: [&str; 9] =
    ["visitor", "student", "other student", "professor", "tutor", "co-tutor", "head", "coordinator", "admin"];

/// One operation and the status each actor gets.
pub struct Row {
    pub operation: &'static str,
    pub statuses: [u16; 9],
}

const fn row(operation: &'static str, statuses: [u16; 9]) -> Row {
    Row { operation, statuses }
}

const OPEN: [u16; 9] = [200; 9];
const SIGNED_IN: [u16; 9] = [401, 200, 200, 200, 200, 200, 200, 200, 200];
const ADMIN_READS: [u16; 9] = [401, 403, 403, 403, 403, 403, 403, 403, 200];
const ADMIN_CREATES: [u16; 9] = [401, 403, 403, 403, 403, 403, 403, 403, 201];
const ADMIN_EDITS: [u16; 9] = [401, 403, 403, 403, 403, 403, 403, 403, 412];
const KEEPERS_EDIT: [u16; 9] = [401, 403, 403, 403, 403, 403, 403, 412, 412];
const KEEPERS_READ: [u16; 9] = [401, 403, 403, 403, 403, 403, 403, 200, 200];

/// Of a project that is not published.
const KEEPERS_AND_TUTOR_EDIT: [u16; 9] = [401, 404, 404, 404, 412, 403, 412, 412, 412];

/// Of a submitted project: nobody decides on their own.
const OTHERS_DECIDE: [u16; 9] = [401, 404, 404, 404, 403, 403, 412, 412, 412];
const DRAFT_CALL_READS: [u16; 9] = [401, 404, 404, 404, 404, 404, 404, 200, 200];
const DRAFT_CALL_EDITS: [u16; 9] = [401, 404, 404, 404, 404, 404, 404, 412, 412];
const STOPPED_RUN: [u16; 9] = [401, 404, 404, 404, 404, 404, 404, 409, 409];
const OWN_IMPORT_READS: [u16; 9] = [401, 404, 404, 404, 200, 404, 404, 404, 200];
const OWN_IMPORT_DECIDED: [u16; 9] = [401, 404, 404, 404, 409, 404, 404, 404, 409];

/// Students and projects here: the *student* has the published, assigned
/// project of the *tutor* and *co-tutor*; the *head* leads the tutor's
/// department; the *coordinator* has its degree; *professor* and *other
/// student* have nothing to do with it.
#[rustfmt::skip]
pub const MATRIX: &[Row] = &[
    //                                              visi  stud  othe  prof  tuto  cotu  head  coor  admi
    row("POST /session", [401; 9]), // of somebody unknown
    row("POST /session/refresh", [401; 9]), // without its cookie
    row("GET /session", SIGNED_IN),
    row("DELETE /session",                         [401,  204,  204,  204,  204,  204,  204,  204,  204]),
    row("POST /password-resets", [202; 9]),
    row("POST /password-resets/redeem", [422; 9]), // of an unknown link
    row("GET /configuration", OPEN),
    row("GET /me", SIGNED_IN),
    row("PATCH /me",                               [401,  412,  412,  412,  412,  412,  412,  412,  412]),
    row("PUT /me/password",                        [401,  422,  422,  422,  422,  422,  422,  422,  422]), // by a wrong one
    row("POST /me/export",                         [401,  422,  422,  422,  422,  422,  422,  422,  422]), // by a wrong password
    row("GET /me/tokens", SIGNED_IN),
    row("POST /me/tokens",                         [401,  201,  201,  201,  201,  201,  201,  201,  201]),
    row("DELETE /me/tokens/{id}",                  [401,  404,  404,  404,  404,  404,  404,  404,  404]), // of nobody
    row("GET /me/notification-preferences", SIGNED_IN),
    row("PATCH /me/notification-preferences", SIGNED_IN),
    // Notifications: there are none.
    row("GET /notifications", SIGNED_IN),
    row("GET /notifications/unread", SIGNED_IN),
    row("POST /notifications/read",                [401,  204,  204,  204,  204,  204,  204,  204,  204]),
    row("POST /notifications/{id}/read",           [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("GET /unsubscribe/{token}", [303; 9]),
    row("POST /unsubscribe/{token}", [422; 9]), // by a link we never wrote
    // Accounts: that of the student.
    row("GET /users", KEEPERS_READ),
    row("GET /users/export", KEEPERS_READ),
    row("POST /users",                             [401,  403,  403,  403,  403,  403,  403,  201,  201]),
    row("GET /users/{id}", KEEPERS_READ),
    row("PATCH /users/{id}", KEEPERS_EDIT),
    row("DELETE /users/{id}", KEEPERS_EDIT),
    row("POST /users/{id}/deactivate", KEEPERS_EDIT),
    row("POST /users/{id}/reactivate", KEEPERS_EDIT),
    row("POST /users/{id}/invite",                 [401,  403,  403,  403,  403,  403,  403,  204,  204]),
    row("GET /users/{id}/anonymisation", ADMIN_READS),
    row("POST /users/{id}/anonymise", ADMIN_EDITS),
    row("GET /students", KEEPERS_READ),
    row("POST /registration", [202; 9]),
    row("GET /identity-claims", KEEPERS_READ),
    row("GET /identity-claims/export", KEEPERS_READ),
    row("POST /identity-claims/{id}/confirm",      [401,  403,  403,  403,  403,  403,  403,  404,  404]), // of nobody
    row("POST /identity-claims/{id}/reject",       [401,  403,  403,  403,  403,  403,  403,  404,  404]),
    row("GET /outbox", ADMIN_READS),
    row("GET /outbox/export", ADMIN_READS),
    row("GET /outbox/{id}",                        [401,  403,  403,  403,  403,  403,  403,  403,  404]), // none
    row("GET /professors", OPEN),
    row("GET /areas", OPEN),
    row("GET /areas/export", OPEN),
    row("POST /areas", ADMIN_CREATES),
    row("GET /areas/{id}", OPEN),
    row("PATCH /areas/{id}", ADMIN_EDITS),
    row("DELETE /areas/{id}", ADMIN_EDITS),
    row("GET /departments", OPEN),
    row("GET /departments/export", OPEN),
    row("POST /departments", ADMIN_CREATES),
    row("GET /departments/{id}", OPEN),
    row("PATCH /departments/{id}", ADMIN_EDITS),
    row("DELETE /departments/{id}", ADMIN_EDITS),
    row("GET /degrees", OPEN),
    row("GET /degrees/export", OPEN),
    row("POST /degrees", ADMIN_CREATES),
    row("GET /degrees/{id}", OPEN),
    row("PATCH /degrees/{id}",                     [401,  403,  403,  403,  403,  403,  403,  412,  412]),
    row("DELETE /degrees/{id}", ADMIN_EDITS),
    row("GET /sittings", OPEN),
    row("GET /sittings/export", OPEN),
    row("POST /sittings", ADMIN_CREATES),
    row("GET /sittings/{id}", OPEN),
    row("PATCH /sittings/{id}", ADMIN_EDITS),
    row("DELETE /sittings/{id}", ADMIN_EDITS),
    row("GET /audit-log", KEEPERS_READ),
    row("GET /audit-log/export", KEEPERS_READ),
    row("GET /updates", SIGNED_IN),
    row("GET /calendar", OPEN),
    row("GET /calendar.ics", OPEN),
    row("GET /calendar/{token}.ics", [404; 9]), // of nobody
    row("GET /me/calendar-feed", SIGNED_IN),
    row("POST /me/calendar-feed",                  [401,  201,  201,  201,  201,  201,  201,  201,  201]),
    row("DELETE /me/calendar-feed",                [401,  204,  204,  204,  204,  204,  204,  204,  204]),
    row("GET /me/duties", SIGNED_IN),
    row("GET /me/progress", SIGNED_IN),
    // Events: one for the people of the degree; the head writes for the department.
    row("GET /events", OPEN),
    row("GET /events/export", OPEN),
    row("POST /events",                            [401,  403,  403,  403,  403,  403,  201,  201,  201]),
    row("GET /events/{id}",                        [404,  200,  404,  404,  200,  200,  404,  200,  200]),
    row("PATCH /events/{id}",                      [401,  403,  404,  404,  403,  403,  404,  412,  412]),
    row("DELETE /events/{id}",                     [401,  403,  404,  404,  403,  403,  404,  412,  412]),
    row("POST /markdown", SIGNED_IN),
    // Projects: a draft, unless the verb asks for another state.
    row("GET /projects", OPEN),
    row("GET /projects/export", OPEN),
    row("POST /projects",                          [401,  403,  403,  403,  201,  403,  201,  201,  201]),
    row("GET /projects/{id}",                      [404,  404,  404,  404,  200,  200,  200,  200,  200]),
    row("PATCH /projects/{id}",                    [401,  404,  404,  404,  412,  412,  412,  412,  412]),
    row("DELETE /projects/{id}", KEEPERS_AND_TUTOR_EDIT),
    row("POST /projects/{id}/submit", KEEPERS_AND_TUTOR_EDIT),
    row("POST /projects/{id}/validate", OTHERS_DECIDE),
    row("POST /projects/{id}/reject", OTHERS_DECIDE),
    row("POST /projects/{id}/reopen", KEEPERS_AND_TUTOR_EDIT),
    row("POST /projects/{id}/publish", KEEPERS_AND_TUTOR_EDIT),
    row("POST /projects/{id}/unpublish",           [401,  403,  403,  403,  412,  403,  412,  412,  412]),
    row("POST /projects/{id}/withdraw", KEEPERS_AND_TUTOR_EDIT),
    row("POST /projects/{id}/duplicate",           [401,  403,  403,  403,  201,  403,  201,  201,  201]),
    row("GET /projects/{id}/similar", OPEN),
    row("GET /assignments", SIGNED_IN),
    row("GET /assignments/export", SIGNED_IN),
    row("POST /assignments",                       [401,  403,  403,  403,  201,  403,  201,  201,  201]),
    row("GET /assignments/{id}",                   [401,  200,  404,  404,  200,  200,  200,  200,  200]),
    row("POST /assignments/{id}/cancel",           [401,  403,  404,  404,  412,  403,  412,  412,  412]),
    // Planning: the draft call of the degree, a plan and a run that waits of the open one.
    row("GET /calls/{id}/planning-jobs", DRAFT_CALL_READS),
    row("POST /calls/{id}/planning-jobs",          [401,  404,  404,  404,  404,  404,  404,  409,  409]), // it is a draft
    row("GET /planning-jobs/{id}", DRAFT_CALL_READS),
    row("POST /planning-jobs/{id}/cancel", DRAFT_CALL_READS),
    row("GET /calls/{id}/committee-plans", DRAFT_CALL_READS),
    row("GET /committee-plans/{id}", DRAFT_CALL_READS),
    row("PATCH /committee-plans/{id}", DRAFT_CALL_EDITS),
    row("DELETE /committee-plans/{id}", DRAFT_CALL_EDITS),
    row("POST /committee-plans/{id}/swap-seats", DRAFT_CALL_EDITS),
    row("POST /committee-plans/{id}/move-project", DRAFT_CALL_EDITS),
    row("POST /committee-plans/{id}/move-defence", DRAFT_CALL_EDITS),
    row("POST /committee-plans/{id}/pin", DRAFT_CALL_EDITS),
    row("POST /committee-plans/{id}/restore",      [401,  404,  404,  404,  404,  404,  404,  201,  201]),
    row("GET /committee-plans/{id}/comparison", DRAFT_CALL_READS),
    row("GET /committee-plans/{id}/export", DRAFT_CALL_READS),
    row("GET /committee-plans/{id}/publish-preview", DRAFT_CALL_READS),
    row("POST /committee-plans/{id}/publish", DRAFT_CALL_EDITS),
    // Published: a committee and a defence of the open call.
    row("GET /committees", OPEN),
    row("POST /committees/{id}/call-in",           [401,  403,  403,  412,  403,  403,  403,  412,  412]), // the professor presides it
    row("GET /defences", OPEN),
    row("GET /defences.ics", OPEN),
    row("GET /committees/export", OPEN),
    row("GET /defences/export", OPEN),
    row("GET /defences/{id}", OPEN),
    row("PATCH /defences/{id}", KEEPERS_EDIT),
    // Marks: of that defence; the *professor* presides over its committee.
    row("GET /rubrics", SIGNED_IN),
    row("GET /rubrics/{id}", SIGNED_IN),
    row("PUT /degrees/{id}/rubrics/{role}", KEEPERS_EDIT),
    row("GET /degrees/{id}/grading-settings/{academic_year}", SIGNED_IN),
    row("PUT /degrees/{id}/grading-settings/{academic_year}", KEEPERS_EDIT),
    row("GET /calls/{id}/grading", DRAFT_CALL_READS),
    row("GET /me/marking-duties", SIGNED_IN),
    row("GET /me/marks", SIGNED_IN),
    row("GET /defences/{id}/tutor-report",         [401,  404,  404,  404,  200,  200,  404,  200,  200]),
    row("PATCH /defences/{id}/tutor-report",       [401,  404,  404,  404,  412,  403,  404,  403,  412]),
    row("POST /defences/{id}/tutor-report/hand-in", [401, 404,  404,  404,  412,  403,  404,  403,  412]),
    row("POST /defences/{id}/tutor-report/take-back", [401, 404, 404, 404,  412,  403,  404,  403,  412]),
    row("GET /defences/{id}/marks",                [401,  404,  404,  200,  200,  200,  404,  200,  200]),
    row("PUT /defences/{id}/agreed-mark",          [401,  404,  404,  412,  403,  403,  404,  412,  412]),
    row("GET /defences/{id}/marks/{professor_id}", [401,  404,  404,  200,  404,  404,  404,  200,  200]),
    row("PATCH /defences/{id}/marks/{professor_id}", [401, 404, 404,  412,  404,  404,  404,  412,  412]),
    row("POST /defences/{id}/marks/{professor_id}/hand-in", [401, 404, 404, 412, 404, 404, 404, 412, 412]),
    row("POST /defences/{id}/marks/{professor_id}/take-back", [401, 404, 404, 412, 404, 404, 404, 412, 412]),
    // Minutes: there are none, and marks are missing.
    row("GET /minutes", SIGNED_IN),
    row("POST /minutes",                           [401,  403,  403,  409,  403,  403,  403,  409,  409]),
    row("GET /minutes/{id}",                       [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("GET /minutes/{id}/pdf",                   [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("GET /minutes/{id}/export",                [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("GET /minutes/verification/{code}", [404; 9]),
    row("POST /minutes/{id}/close",                [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("POST /minutes/{id}/reopen",               [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    row("POST /defences/{id}/mark-claims",         [401,  409,  404,  404,  404,  404,  404,  404,  404]),
    row("GET /mark-claims", SIGNED_IN),
    row("GET /mark-claims/export", SIGNED_IN),
    row("POST /mark-claims/{id}/answer",           [401,  404,  404,  404,  404,  404,  404,  404,  404]),
    // Documents: a report of the request, and more time asked for it; the call has no dates for handing in.
    row("GET /evaluation-requests/{id}/documents", [401,  200,  404,  200,  200,  200,  403,  200,  200]),
    row("POST /evaluation-requests/{id}/documents", [401,  409,  404,  403,  403,  403,  403,  409,  409]),
    row("GET /defences/{id}/documents",            [401,  200,  404,  200,  200,  200,  403,  200,  200]),
    row("GET /documents/{id}",                     [401,  200,  404,  200,  200,  200,  403,  200,  200]),
    row("GET /documents/{id}/content",             [401,  200,  404,  200,  200,  200,  403,  200,  200]),
    row("GET /documents/{id}/similarity",          [401,  200,  404,  200,  200,  200,  403,  200,  200]), // flagged
    row("POST /documents/{id}/similarity/justifications", [401,  403,  404,  403,  201,  201,  403,  201,  201]),
    row("GET /degrees/{id}/similarity-settings/{academic_year}", SIGNED_IN),
    row("PUT /degrees/{id}/similarity-settings/{academic_year}", KEEPERS_EDIT),
    row("GET /similarity-reports/{id}/content", [404; 9]), // by a link we never wrote
    row("POST /similarity-reports/{id}/answer", [404; 9]), // there is no service
    row("POST /evaluation-requests/{id}/document-extensions", [401,  409,  404,  403,  409,  403,  403,  403,  403]),
    row("POST /document-extensions/{id}/grant",    [401,  403,  404,  404,  403,  403,  403,  412,  412]),
    row("POST /document-extensions/{id}/refuse",   [401,  403,  404,  404,  403,  403,  403,  412,  412]),
    row("GET /retention-settings", ADMIN_READS),
    row("PUT /retention-settings", ADMIN_EDITS),
    row("GET /retention-settings/due", ADMIN_READS),
    row("GET /storage", ADMIN_READS),
    row("GET /system", ADMIN_READS),
    row("GET /statistics", OPEN),
    row("GET /statistics/export", OPEN),
    row("POST /statistics/gather",                 [401,  403,  403,  403,  403,  403,  204,  204,  204]),
    // Rooms: one of the faculty.
    row("GET /rooms", OPEN),
    row("GET /rooms/export", OPEN),
    row("POST /rooms",                             [401,  403,  403,  403,  403,  403,  403,  201,  201]),
    row("GET /rooms/{id}", OPEN),
    row("PATCH /rooms/{id}", KEEPERS_EDIT),
    row("DELETE /rooms/{id}", KEEPERS_EDIT),
    row("GET /rooms/{id}/closures", KEEPERS_READ),
    row("GET /rooms/{id}/closures/export", KEEPERS_READ),
    row("POST /rooms/{id}/closures",               [401,  403,  403,  403,  403,  403,  403,  201,  201]),
    row("POST /rooms/{id}/open",                   [401,  403,  403,  403,  403,  403,  403,  409,  409]), // it is open
    row("DELETE /rooms/{id}/closures/{closure_id}", [401, 403,  403,  403,  403,  403,  403,  404,  404]), // none
    // Committees: those of the degree; professors speak for themselves.
    row("GET /degrees/{id}/committee-settings/{academic_year}", SIGNED_IN),
    row("PUT /degrees/{id}/committee-settings/{academic_year}", KEEPERS_EDIT),
    row("GET /unavailability",                     [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("GET /unavailability/export",              [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("PUT /unavailability",                     [401,  403,  403,  200,  200,  200,  200,  200,  422]), // the admin teaches nothing
    row("POST /unavailability/calendar-file",      [401,  403,  403,  200,  200,  200,  200,  200,  422]),
    row("DELETE /unavailability/calendar-file",    [401,  403,  403,  204,  204,  204,  204,  204,  422]),
    row("DELETE /unavailability/{id}",             [401,  404,  404,  404,  404,  404,  404,  404,  404]), // none
    // Polls: one of the open call, whose projects the tutor and co-tutor have.
    row("GET /availability-polls", SIGNED_IN),
    row("POST /availability-polls",                [401,  403,  403,  403,  403,  403,  403,  409,  409]), // asked already
    row("GET /availability-polls/{id}",            [401,  404,  404,  404,  200,  200,  404,  200,  200]),
    row("PATCH /availability-polls/{id}",          [401,  404,  404,  404,  403,  403,  404,  412,  412]),
    row("DELETE /availability-polls/{id}",         [401,  404,  404,  404,  403,  403,  404,  412,  412]),
    row("GET /availability-polls/{id}/answers",    [401,  404,  404,  404,  403,  403,  404,  200,  200]),
    row("GET /availability-polls/{id}/answers/export", [401, 404, 404,  404,  403,  403,  404,  200,  200]),
    row("POST /availability-polls/{id}/remind",    [401,  404,  404,  404,  403,  403,  404,  200,  409]), // reminded just now
    row("POST /availability-polls/{id}/answer",    [401,  404,  404,  404,  200,  200,  404,  403,  403]),
    row("GET /conflicts-of-interest",              [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("GET /conflicts-of-interest/export",       [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("POST /conflicts-of-interest",             [401,  403,  403,  201,  201,  201,  201,  201,  422]),
    row("DELETE /conflicts-of-interest/{id}",      [401,  404,  404,  404,  404,  404,  404,  404,  404]), // none
    // Participation: that of the tutor.
    row("GET /participation",                      [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("GET /participation/export",               [401,  403,  403,  200,  200,  200,  200,  200,  200]),
    row("GET /participation/{professor_id}",       [401,  403,  403,  403,  200,  403,  403,  200,  200]),
    row("PATCH /participation/{professor_id}", KEEPERS_EDIT),
    // Calls: a draft of the degree.
    row("GET /calls", OPEN),
    row("GET /calls/export", OPEN),
    row("POST /calls",                             [401,  403,  403,  403,  403,  403,  403,  201,  201]),
    row("GET /calls/{id}",                         [404,  404,  404,  404,  404,  404,  404,  200,  200]),
    row("PATCH /calls/{id}", DRAFT_CALL_EDITS),
    row("DELETE /calls/{id}", DRAFT_CALL_EDITS),
    row("POST /calls/{id}/open", DRAFT_CALL_EDITS),
    row("POST /calls/{id}/copy",                   [401,  404,  404,  404,  404,  404,  404,  201,  201]),
    // The assignment of the student, which is entered in the open call already.
    row("GET /evaluation-requests", SIGNED_IN),
    row("POST /evaluation-requests",               [401,  409,  422,  422,  409,  403,  403,  409,  409]),
    row("POST /evaluation-request-batches",         [401,  403,  403,  403,  403,  403,  403,  200,  200]),
    row("GET /evaluation-requests/export", KEEPERS_READ),
    row("GET /evaluation-requests/{id}",           [401,  200,  404,  404,  200,  200,  200,  200,  200]),
    row("POST /evaluation-requests/{id}/withdraw", [401,  412,  404,  404,  412,  403,  403,  412,  412]),
    // Allocation: an open round of the open call, in which the student applies.
    row("GET /calls/{id}/allocation-rounds", DRAFT_CALL_READS),
    row("POST /calls/{id}/allocation-rounds",      [401,  404,  404,  404,  404,  404,  404,  422,  422]), // no phase
    row("GET /allocation-rounds/{id}", SIGNED_IN),
    row("PATCH /allocation-rounds/{id}", KEEPERS_EDIT),
    row("POST /allocation-rounds/{id}/cancel", KEEPERS_EDIT),
    row("GET /allocation-rounds/{id}/projects", SIGNED_IN),
    row("GET /allocation-rounds/{id}/projects/export", SIGNED_IN),
    row("GET /applications", SIGNED_IN),
    row("GET /applications/export", KEEPERS_READ),
    row("POST /applications",                      [401,  409,  422,  403,  403,  403,  403,  422,  422]), // has a project; studies something else; for whom?
    row("GET /applications/{id}",                  [401,  200,  404,  404,  404,  404,  404,  200,  200]),
    row("PATCH /applications/{id}",                [401,  412,  404,  404,  404,  404,  404,  412,  412]),
    row("POST /applications/{id}/withdraw",        [401,  412,  404,  404,  404,  404,  404,  412,  412]),
    row("POST /applications/{id}/confirm",         [401,  200,  404,  404,  404,  404,  404,  403,  403]), // the author has
    row("POST /applications/{id}/decline",         [401,  409,  404,  404,  404,  404,  404,  403,  403]),
    row("POST /allocation-rounds/{id}/application-files", KEEPERS_READ),
    row("GET /projects/{id}/applicants",           [401,  403,  403,  403,  200,  200,  403,  200,  200]),
    row("PUT /projects/{id}/applicants",           [401,  403,  403,  403,  412,  412,  403,  412,  412]),
    row("GET /allocation-rounds/{id}/pins", KEEPERS_READ),
    row("PUT /allocation-rounds/{id}/pins/{application_id}", KEEPERS_READ),
    row("DELETE /allocation-rounds/{id}/pins/{application_id}", [401, 403, 403, 403, 403, 403, 403, 204,  404]), // once
    row("GET /allocation-rounds/{id}/answer",      [401,  409,  404,  404,  404,  404,  404,  404,  404]), // not published
    row("GET /allocation-rounds/{id}/runs", KEEPERS_READ),
    row("POST /allocation-rounds/{id}/runs",       [401,  403,  403,  403,  403,  403,  403,  409,  409]), // nobody is left to apply
    // A run that was stopped.
    row("GET /allocation-runs/{id}", DRAFT_CALL_READS),
    row("PATCH /allocation-runs/{id}", DRAFT_CALL_EDITS),
    row("DELETE /allocation-runs/{id}", DRAFT_CALL_EDITS),
    row("GET /allocation-runs/{id}/comparison", STOPPED_RUN),
    row("GET /allocation-runs/{id}/export", STOPPED_RUN),
    row("GET /allocation-runs/{id}/publish-preview", STOPPED_RUN),
    row("POST /allocation-runs/{id}/publish", DRAFT_CALL_EDITS),
    row("GET /students/{id}/record",               [401,  200,  403,  403,  403,  403,  403,  200,  200]),
    row("PUT /students/{id}/record",               [401,  403,  403,  403,  403,  403,  403,  200,  200]),
    // Messages of that assignment: only for those who take part.
    row("GET /messages/threads", SIGNED_IN),
    row("GET /assignments/{id}/messages",          [401,  200,  404,  404,  200,  200,  404,  404,  404]),
    row("POST /assignments/{id}/messages",         [401,  201,  404,  404,  201,  201,  404,  404,  404]),
    row("POST /assignments/{id}/messages/read",    [401,  204,  404,  404,  204,  204,  404,  404,  404]),
    // Imports: one of the tutor's, undone already, so that nothing changes it.
    row("GET /imports", SIGNED_IN),
    row("GET /imports/export", SIGNED_IN),
    row("POST /imports",                           [401,  403,  403,  201,  201,  201,  201,  201,  201]),
    row("GET /imports/templates/{kind}", SIGNED_IN),
    row("GET /imports/{id}", OWN_IMPORT_READS),
    row("GET /imports/{id}/rows", OWN_IMPORT_READS),
    row("GET /imports/{id}/report", OWN_IMPORT_READS),
    row("DELETE /imports/{id}", OWN_IMPORT_DECIDED),
    row("POST /imports/{id}/preview", OWN_IMPORT_DECIDED),
    row("POST /imports/{id}/commit", OWN_IMPORT_DECIDED),
    row("POST /imports/{id}/undo", OWN_IMPORT_DECIDED),
];
