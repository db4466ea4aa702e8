// Every screen as its people see it: no barrier, nothing wider than the window, nothing on the console.
// Pictures go to .local/screenshots/. SCREENS=all takes all eight looks instead of two.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
import {
  DESKTOP,
  PHONE,
  checkAccessibility,
  checkNoSidewaysScroll,
  launch,
  logIn,
  openWindow,
  screenshot,
  visit,
} from "./support/browser.mjs";
import { handIn, pdf, words } from "./support/pdf.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const looks = [];
for (const viewport of [DESKTOP, PHONE]) {
  for (const theme of ["light", "dark"]) {
    for (const language of ["es", "en"]) looks.push({ viewport, theme, language });
  }
}
// Two opposite ones show every size, theme and language once.
const chosen = process.env.SCREENS === "all" ? looks : [looks[0], looks[looks.length - 1]];

let server;
let browser;
let screens;

before(async () => {
  server = await startServer();
  browser = await launch();
  const admin = await apiAs(server.url, people.admin);
  const professor = await apiAs(server.url, people.professor);
  const published = await admin.get("/projects?state=published&limit=1");
  const mine = await professor.get("/projects?mine=true&state=draft&limit=1");
  const somebody = await admin.get("/users?role=student&limit=1");
  const project = published.items[0].id;
  const student = await apiAs(server.url, people.student);
  const assignment = (await student.get("/assignments?mine=true&limit=1")).items[0].id;
  const calls = (await admin.get("/calls?limit=10")).items;
  const call = calls.find((found) => found.opened_at !== null).id;
  const drawnUp = calls.find((found) => found.opened_at === null).id;
  const degree = calls.find((found) => found.id === call).degree.id;
  const room = (await admin.get("/rooms?limit=1")).items[0].id;
  const event = (await admin.get("/events?limit=1")).items[0].id;
  let round;
  for (const found of calls) {
    const { items } = await admin.get(`/calls/${found.id}/allocation-rounds`);
    round ??= items[0];
  }
  const run = await admin.post(`/allocation-rounds/${round.id}/runs`, { method: "stable_student_optimal" });
  await until("the allocation is worked out", async () => (await admin.get(`/allocation-runs/${run.id}`)).state === "draft");
  const coordinator = await apiAs(server.url, people.coordinator);
  const kept = (await coordinator.get("/calls?limit=100&state=open")).items;
  const busiest = kept.filter((found) => found.allowed_actions.includes("manage_requests"));
  busiest.sort((a, b) => b.request_count - a.request_count);
  const plan = await planned(coordinator, busiest[0].id);
  const duties = (await professor.get("/me/marking-duties")).items;
  const marking = duties.find((duty) => duty.presides && duty.state === null && duty.defence_state === "planned");
  const closed = (await admin.get("/minutes")).items.find((found) => found.state === "closed");
  const { code } = await admin.get(`/minutes/${closed.id}`);
  const similar = await flagged(admin);
  screens = {
    visitor: {
      front: "/",
      catalogue: "/projects",
      calls: "/calls",
      call: `/calls/${call}`,
      defences: "/defences",
      calendar: "/calendar",
      "calendar-week": "/calendar?view=week",
      "calendar-agenda": "/calendar?view=agenda",
      event: `/events/${event}`,
      unsubscribe: "/unsubscribe?token=not-a-token",
      search: "/projects?q=aprendizaje",
      "search-empty": "/projects?q=zzzzzz",
      project: `/projects/${project}`,
      "project-unknown": "/projects/999999999",
      login: "/login",
      register: "/register",
      recover: "/recover",
      "set-password": "/set-password?token=not-a-token",
      verification: `/verification?code=${code}`,
      "not-found": "/no-such-page",
    },
    student: {
      home: "/",
      profile: "/profile",
      assignments: "/assignments",
      assignment: `/assignments/${assignment}`,
      "my-project": "/my/project",
      applications: "/my/applications",
      marks: "/my/marks",
      inbox: "/inbox",
      messages: "/messages",
      statistics: "/statistics?group_by=degree",
      calendar: "/calendar",
      call: `/calls/${call}`,
      project: `/projects/${project}`,
    },
    applicant: {
      home: "/",
      applications: "/my/applications",
      answer: `/my/applications/${round.id}/answer`,
    },
    professor: {
      home: "/",
      profile: "/profile",
      projects: "/my/projects",
      "project-new": "/my/projects/new",
      applicants: "/my/applicants",
      ...(mine.items[0] && { "project-edit": `/my/projects/${mine.items[0].id}/edit` }),
      assignments: "/assignments",
      availability: "/availability",
      marking: "/my/marking",
      "defence-marks": `/defences/${marking.defence_id}/marks`,
      grading: `/calls/${marking.call.id}/grading`,
    },
    coordinator: {
      home: "/",
      validation: "/validation",
      assignments: "/assignments",
      imports: "/imports",
      inbox: "/inbox",
      calls: "/admin/calls",
      "call-editor": `/admin/calls/${call}`,
      "call-draft": `/admin/calls/${drawnUp}`,
      requests: `/admin/calls/${call}/requests`,
      plans: `/admin/calls/${call}/plans`,
      rounds: `/admin/calls/${round.call.id}/rounds`,
      round: `/admin/rounds/${round.id}`,
      "round-pins": `/admin/rounds/${round.id}?tab=pins`,
      "round-runs": `/admin/rounds/${round.id}?tab=runs`,
      "allocation-run": `/admin/allocation-runs/${run.id}`,
      poll: `/admin/calls/${call}/availability`,
      minutes: `/calls/${closed.call.id}/grading`,
      "grading-settings": `/admin/degrees/${closed.call.degree.id}/grading`,
      "committee-settings": `/admin/degrees/${degree}/committees`,
      participation: "/admin/participation",
      statistics: "/statistics?group_by=tutor",
      conflicts: "/admin/conflicts-of-interest",
      closures: `/admin/rooms/${room}`,
      plan: `/admin/plans/${plan}`,
      "plan-timetable": `/admin/plans/${plan}?view=timetable`,
      "plan-hours": `/admin/plans/${plan}?view=hours`,
      events: "/admin/events",
      "event-new": "/admin/events/new",
    },
    admin: {
      home: "/",
      imports: "/imports",
      "import-new": "/imports/new",
      people: "/admin/people",
      "person-new": "/admin/people/new",
      person: `/admin/people/${somebody.items[0].id}`,
      claims: "/admin/claims",
      areas: "/admin/areas",
      departments: "/admin/departments",
      degrees: "/admin/degrees",
      sittings: "/admin/sittings",
      rooms: "/admin/rooms",
      "audit-log": "/admin/audit-log",
      outbox: "/admin/outbox",
      storage: "/admin/storage",
      similarity: `/documents/${similar}/similarity`,
      retention: "/admin/retention",
    },
  };
});

/** A report of which half is in another. */
async function flagged(admin) {
  const requests = await server.query(
    "SELECT string_agg(id::text, ' ') FROM (SELECT min(r.id) AS id FROM evaluation_requests r WHERE r.state = 'requested' GROUP BY r.assignment_id LIMIT 2) r",
  );
  const [earlier, later] = requests.split(" ");
  await handIn(server, admin, earlier, pdf(words(1, 600)));
  const { id } = await handIn(server, admin, later, pdf(`${words(1, 300)} ${words(2, 300)}`));
  await until("the comparison", async () => (await admin.get(`/documents/${id}`)).similarity.state === "done");
  return id;
}

/** A version with committees and a timetable. */
async function planned(coordinator, call) {
  let plan;
  for (const kind of ["committees", "timetable"]) {
    const asked = { kind, plan_id: plan, override_reason: "Ensayo" };
    const job = await coordinator.post(`/calls/${call}/planning-jobs`, asked);
    const made = async () => (await coordinator.get(`/planning-jobs/${job.id}`)).result_plan_id;
    await until(`a version with ${kind}`, async () => (plan = await made()) !== null);
  }
  return plan;
}

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const look of chosen) {
  const size = look.viewport === PHONE ? "phone" : "desktop";
  for (const who of ["visitor", "student", "applicant", "professor", "coordinator", "admin"]) {
    test(`screens of a ${who}: ${size}, ${look.theme}, ${look.language}`, async (context) => {
      const window = await openWindow(browser, server.url, look);
      try {
        if (who !== "visitor") {
          await logIn(window.page, people[who]);
          // Logging in switched to the language of the account.
          await window.page.evaluate((language) => localStorage.setItem("gestfg.language", JSON.stringify(language)), look.language);
        }
        for (const [name, path] of Object.entries(screens[who])) {
          await context.test(name, async () => {
            await visit(window.page, path);
            assert.equal(await window.page.locator("html").getAttribute("lang"), look.language);
            await screenshot(window.page, `${who}-${name}-${size}-${look.theme}-${look.language}`);
            await checkNoSidewaysScroll(window.page, path);
            await checkAccessibility(window.page, path);
            window.check();
          });
        }
      } finally {
        await window.close();
      }
    });
  }
}
