// How long the checker takes in the browser: 150 defences of 30 committees in 10 rooms, every step of the
// keyboard and every cell under the mouse judged. The answer of the server is replaced by a made-up version.
//
// Run it like a browser test, on the bundle people get (scripts/build-frontend --profile web), with the
// variables that scripts/e2e sets:  node tests/bench/timetable.mjs
import { apiAs, until } from "../e2e/support/api.mjs";
import { launch, logIn, openWindow, settled } from "../e2e/support/browser.mjs";
import { people } from "../e2e/support/people.mjs";
import { startServer } from "../e2e/support/server.mjs";

const COMMITTEES = 30;
const EACH = 5;
const ROOMS = 10;
const DAYS = 5;
const SLOTS = 16;
const STEPS = 300;

const count = (n, make) => Array.from({ length: n }, (_, at) => make(at));
const dayName = (at) => `2027-06-${String(14 + at).padStart(2, "0")}`;

/** A version of that size: each committee has a session of five in a room, two sessions a day. */
function madeUp(template) {
  const projects = count(COMMITTEES * EACH, (at) => ({ id: 1000 + at, committee: Math.floor(at / EACH) }));
  const professors = count(COMMITTEES * 5, (at) => 5000 + at);
  const seats = count(COMMITTEES, (at) => professors.slice(at * 5, at * 5 + 5).map((id) => `person-${id}`));
  const days = count(DAYS, (at) => ({
    id: dayName(at),
    slots: SLOTS,
    closed: [[7, 9]],
  }));
  // A third of the people cannot come on one morning, or only if needed.
  const person = (id) => {
    if (id % 3 !== 0) return { id: `person-${id}` };
    const morning = (id % 2 === 0 ? "n" : "?").repeat(2) + "y".repeat(SLOTS - 2);
    return { id: `person-${id}`, availability: { days: { [dayName(id % DAYS)]: morning } } };
  };
  const session = (committee) => ({
    day: dayName(committee % DAYS),
    slot: committee % 2 === 0 ? 2 : 9,
    room: `room-${Math.floor(committee / DAYS) + 1}`,
  });
  const student = (id) => ({ id: 90000 + id, name: `Estudiante ${id}` });
  return {
    ...template,
    committees_instance: {
      settings: { full_seats: 3, substitutes: 2, spread_areas: false },
      professors: professors.map((id) => ({ id: `person-${id}`, area: "area-1" })),
      projects: projects.map(({ id }) => ({ id: `project-${id}`, tutors: ["person-4000"] })),
    },
    committees_solution: {
      status: "feasible",
      committees: seats.map((all, at) => ({
        seats: all,
        projects: projects.filter(({ committee }) => committee === at).map(({ id }) => `project-${id}`),
      })),
    },
    timetable_instance: {
      days,
      rooms: count(ROOMS, (at) => ({ id: `room-${at + 1}` })),
      people: professors.map(person),
      committees: seats.map((all, at) => ({ id: `committee-${at + 1}`, seats: all.slice(0, 3), substitutes: [] })),
      defences: projects.map(({ id, committee }) => ({
        id: `defence-${id}-${90000 + id}`,
        committee: `committee-${committee + 1}`,
      })),
    },
    timetable_solution: {
      status: "feasible",
      scheduled: projects.length,
      total: projects.length,
      bound: projects.length,
      placements: projects.map(({ id, committee }, at) => {
        const place = session(committee);
        return {
          defence: `defence-${id}-${90000 + id}`,
          day: place.day,
          slot: place.slot + (at % EACH),
          room: place.room,
          panel: seats[committee].slice(0, 3),
        };
      }),
    },
    report: { valid: true, violations: [], warnings: [], measures: [] },
    unplaced: [],
    names: {
      people: professors.map((id) => ({ id, name: `Persona ${id}`, department: "LSI", area_id: 1 })),
      areas: [{ id: 1, name: "LSI" }],
      projects: projects.map(({ id }) => ({
        request_id: id,
        title: `Proyecto ${id}`,
        tutors: [{ id: 4000, name: "Tutora Inventada" }],
        students: [student(id)],
      })),
      rooms: count(ROOMS, (at) => ({ id: at + 1, name: `Aula ${at + 1}` })),
      days: days.map(({ id }) => ({
        day: id,
        slots: count(SLOTS, (slot) => new Date(Date.parse(`${id}T07:00:00Z`) + slot * 1_800_000).toISOString()),
      })),
      slot_minutes: 30,
    },
  };
}

const quantile = (all, part) => all[Math.min(all.length - 1, Math.floor(all.length * part))];

const server = await startServer();
const browser = await launch();
try {
  const coordinator = await apiAs(server.url, people.coordinator);
  const calls = (await coordinator.get("/calls?limit=100&state=open")).items;
  calls.sort((a, b) => b.request_count - a.request_count);
  const call = calls.find((found) => found.allowed_actions.includes("manage_requests")).id;
  const job = await coordinator.post(`/calls/${call}/planning-jobs`, { kind: "committees", override_reason: "Medida" });
  let plan;
  await until("a version", async () => (plan = (await coordinator.get(`/planning-jobs/${job.id}`)).result_plan_id) !== null);
  const template = await coordinator.get(`/committee-plans/${plan}`);

  const { page } = await openWindow(browser, server.url);
  await logIn(page, people.coordinator);
  await page.route(`**/api/v1/committee-plans/${plan}`, (route) => route.fulfill({ json: madeUp(template) }));
  await page.goto(`/admin/plans/${plan}?view=timetable`);
  await page.getByRole("grid").waitFor();
  await settled(page);
  await page.locator('table[role="grid"] td[tabindex="0"]').focus();
  await page.keyboard.press("Enter");
  const frames = [];
  for (let step = 0; step < STEPS; step += 1) {
    const keys = ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"];
    const key = step % 40 === 39 ? "PageDown" : keys[step % keys.length];
    const began = performance.now();
    await page.keyboard.press(key);
    frames.push(performance.now() - began);
  }
  const took = await page.evaluate(() => performance.getEntriesByName("plan.check").map((entry) => entry.duration));
  took.sort((a, b) => a - b);
  frames.sort((a, b) => a - b);
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(`| what | measured | wanted |\n|---|---|---|`);
  console.log(
    `| check of ${COMMITTEES * EACH} defences in the browser: median / p95 / highest of ${took.length} | ` +
      `${ms(quantile(took, 0.5))} / ${ms(quantile(took, 0.95))} / ${ms(took.at(-1))} | < 16 ms |`,
  );
  console.log(`| a key pressed until it is drawn and answered (driver included): median / p95 | ${ms(quantile(frames, 0.5))} / ${ms(quantile(frames, 0.95))} | — |`);
} finally {
  await browser.close();
  await server.stop();
}
