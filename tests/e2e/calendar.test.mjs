// The calendar as another program reads it: PyPI's icalendar, and Python's own database of time zones.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { apiAs } from "./support/api.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const reader = new URL("support/read_calendar.py", import.meta.url).pathname;
let server;
let admin;

before(async () => {
  server = await startServer();
  admin = await apiAs(server.url, people.admin);
});

after(async () => {
  await server?.stop();
});

/** What a calendar program sees at an address. */
async function read(address) {
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^text\/calendar/);
  const text = await answer.text();
  return new Promise((resolve, reject) => {
    const child = execFile(process.env.ICALENDAR_PYTHON ?? "python3", [reader], { maxBuffer: 1 << 26 }, (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout)),
    );
    child.stdin.end(text);
  });
}

/** What the interface shows, by key. */
async function shown(client) {
  const items = [];
  const year = new Date().getFullYear();
  for (const from of [year - 1, year, year + 1, year + 2]) {
    const page = await client.get(`/calendar?from=${from}-01-01&to=${from}-12-31&language=es`);
    items.push(...page.items);
  }
  return new Map(items.map((item) => [item.key, item]));
}

/** Both agree on the entry, by the file's own rules too. */
function agree(event, entry) {
  assert.equal(event.summary, entry.title);
  assert.equal(event.location, entry.location);
  assert.equal(event.url, server.url + entry.path);
  if (entry.is_all_day) {
    const dayAfter = new Date(`${entry.last_day}T00:00:00Z`);
    dayAfter.setUTCDate(dayAfter.getUTCDate() + 1);
    assert.deepEqual([event.start.day, event.end.day], [entry.first_day, dayAfter.toISOString().slice(0, 10)], event.uid);
    return;
  }
  for (const [time, moment] of [[event.start, entry.starts_at], [event.end, entry.ends_at]]) {
    assert.equal(Date.parse(time.by_database), Date.parse(moment), event.uid);
    assert.equal(Date.parse(time.by_rules), Date.parse(moment), `${event.uid} by the file's own rules`);
  }
}

// Around both nights in which clocks change, second by second and hour by hour.
const moments = [
  ["2027-03-28T00:59:59Z", "2027-03-28T01:00:00Z"],
  ["2027-03-28T01:00:00Z", "2027-03-28T01:00:01Z"],
  ["2027-03-27T22:30:00Z", "2027-03-28T21:30:00Z"],
  ["2027-10-30T23:30:00Z", "2027-10-31T00:30:00Z"],
  ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"],
  ["2027-10-31T00:59:59Z", "2027-10-31T01:00:00Z"],
  ["2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z"],
  ["2027-06-10T10:00:00Z", "2027-12-10T10:00:00Z"],
];

test("another program reads the same times over both changes of clocks", async () => {
  const title = 'Una charla; con coma, "comillas", barra \\ y ñandúes, larga como para que no quepa en una línea 🎓';
  for (const [starts_at, ends_at] of moments) {
    await admin.post("/events", { kind: "entry", title, body: "Uno,\n\n*dos*; tres", location: "Aula 1, planta; 2", audience: "public", starts_at, ends_at });
  }
  // Whole days, one of 23 and one of 25 hours.
  for (const [starts_at, ends_at] of [["2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z"], ["2027-10-30T22:00:00Z", "2027-11-01T23:00:00Z"]]) {
    await admin.post("/events", { kind: "entry", title: "Día entero", audience: "public", starts_at, ends_at, is_all_day: true });
  }
  const calendar = await read(`${server.url}/api/v1/calendar.ics`);
  assert.deepEqual(calendar.zones, ["Europe/Madrid"]);
  const entries = await shown({ get: async (path) => (await fetch(`${server.url}/api/v1${path}`)).json() });
  const events = new Map(calendar.events.map((event) => [event.uid.split("@")[0], event]));
  const keys = [...entries.keys()].filter((key) => key.startsWith("event-"));
  assert.ok(keys.length >= moments.length + 2, keys.join());
  for (const key of keys) agree(events.get(key), entries.get(key));
  for (const event of events.values()) {
    if (event.summary === title) assert.equal(event.description, "Uno, dos; tres");
  }
  // A second reading of what has not changed is the same to the letter.
  const [one, other] = await Promise.all([1, 2].map(() => fetch(`${server.url}/api/v1/calendar.ics`).then((answer) => answer.text())));
  assert.equal(one, other);
});

test("a private calendar holds phases and duties, and dies when it is revoked", async () => {
  const student = await apiAs(server.url, people.student);
  const { url } = await student.post("/me/calendar-feed", {});
  const calendar = await read(url);
  const entries = await shown(student);
  for (const event of calendar.events) {
    const entry = entries.get(event.uid.split("@")[0]);
    // The feed reaches further than the years looked at here.
    if (entry) agree(event, entry);
  }
  const next = await student.post("/me/calendar-feed", {});
  assert.equal((await fetch(url)).status, 404);
  assert.equal((await fetch(next.url)).status, 200);
});
