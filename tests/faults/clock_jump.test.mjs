// The clock of the server jumps, and the database's does not: nobody is locked out for good, nothing is told or
// removed before its time, and all is as before once the clock is right again.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { apiAs, until } from "../e2e/support/api.mjs";
import { people } from "../e2e/support/people.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { Tally, adminToken, ask, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { dice, seed } from "./support/dice.mjs";

const ARCH = { x64: "x86_64", arm64: "aarch64" }[process.arch];
const LIBRARY = `/usr/lib/${ARCH}-linux-gnu/faketime/libfaketimeMT.so.1`;
const skip = existsSync(LIBRARY) ? false : `NOT TESTED: ${LIBRARY} is not there (Debian: faketime)`;
const HOUR = 3600;
const DAY = 24 * HOUR;

let folder;
let server;
let token;

/** From now on it is so many seconds later than it is. */
async function jump(seconds) {
  await writeFile(join(folder, "time"), `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}`);
}

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), "gestfg-clock-"));
  await jump(0);
  server = await startServer({
    env: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: join(folder, "time"),
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    },
  });
  token = await adminToken(server);
  await until("an empty outbox", async () => (await server.query("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL")) === "0");
});

after(async () => {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  if (folder) await jump(0);
});

const logIn = (person) => ask(server, "POST", "/api/v1/session", { body: person });

/** A browser: its token, and the cookie by which it gets the next. */
async function browser(person) {
  const take = async (path, init) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, { method: "POST", ...init });
    const json = await answer.json();
    return { status: answer.status, token: json.access_token, cookie: answer.headers.get("set-cookie")?.split(";")[0] };
  };
  let state = await take("/session", { headers: { "content-type": "application/json" }, body: JSON.stringify(person) });
  assert.ok(state.cookie, `it has a cookie: ${state.status}`);
  return {
    reads: async () => (await ask(server, "GET", "/api/v1/me", { token: state.token })).status,
    async refreshes() {
      const next = await take("/session/refresh", { headers: { cookie: state.cookie } });
      if (next.token) state = next;
      return next.status;
    },
  };
}

/** Everything that is told or done by the clock. */
const told = () => server.query(`
  SELECT (SELECT count(*) FROM notifications) || ' notices, ' || (SELECT count(*) FROM phase_notices) || ' phases, '
    || (SELECT count(*) FROM round_notices) || ' rounds, ' || (SELECT count(*) FROM outgoing_mails WHERE recipient NOT LIKE '%@clock.example.org') || ' mails, '
    || (SELECT count(*) FROM sessions) || ' log-ins, ' || (SELECT count(*) FROM retention_nights) || ' nights'`);

let mails = 0;
/** A mail wakes the worker; when it has left, the worker has looked at its clock before. */
async function workerComesBy() {
  const recipient = `n${(mails += 1)}@clock.example.org`;
  await server.query(`INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('${recipient}', 'announcement', 'es', 'Prueba', 'Prueba')`);
  await until("the worker", async () => (await server.query(`SELECT count(*) FROM outgoing_mails WHERE recipient = '${recipient}' AND sent_at IS NULL`)) === "0", () => server.log().slice(-1500));
}

test("forward by three days, and back", { skip }, async () => {
  const person = await browser(people.professor);
  assert.equal(await person.reads(), 200);
  await workerComesBy();
  await workerComesBy();
  const before = await told();
  await jump(3 * DAY);
  assert.equal(await person.reads(), 401, "a quarter of an hour is over");
  assert.equal(await person.refreshes(), 200, "thirty days are not");
  assert.equal(await person.reads(), 200);
  await workerComesBy();
  await workerComesBy();
  assert.match(server.log(), /clocks of server and database disagree/);
  assert.equal(await told(), before, "nobody is told of what is not yet");
  await jump(0);
  assert.equal(await person.reads(), 200, "a key of the future is good now");
  assert.equal(await person.refreshes(), 200);
  const admin = await apiAs(server.url, people.admin);
  const event = await admin.post("/events", { kind: "announcement", title: "Tras el salto", body: "", audience: "public" });
  await until("the worker to go by the clock again", async () => {
    await workerComesBy();
    return Number(await server.query(`SELECT count(*) FROM notifications WHERE letter::text LIKE '%Tras el salto%'`)) > 0;
  });
  assert.ok(event.id);
  figures("Clock forward by 3 days", { "access token": "401, refreshed", "told before its time": 0, "removed before its time": 0, "after it was right again": "tokens good, worker goes on" });
});

test("back by two days: tokens, keys of requests and a lock-out hold, and none is for ever", { skip }, async () => {
  const person = await browser(people.student);
  const writes = roomAsker(server, token, "Sala de ayer");
  const [first] = [await writes.next()];
  assert.equal(first.status, 201);
  const wrongly = { login: people.head.login, password: "no es esta" };
  const tries = [];
  for (let n = 0; n < 6; n += 1) tries.push(await logIn(wrongly));
  assert.equal(tries.at(-1).code, "too_many_attempts");
  assert.ok(Number(tries.at(-1).retryAfter) <= 15 * 60 + 1);
  const before = await told();

  await jump(-2 * DAY);
  assert.equal(await person.reads(), 200);
  assert.equal(await person.refreshes(), 200);
  assert.equal(await person.reads(), 200);
  const again = await writes.again(writes.asked[0]);
  assert.equal(again.status, 201);
  assert.equal(again.json.id, first.json.id, "done once");
  const yesterday = await logIn(people.head);
  assert.ok([200, 201].includes(yesterday.status), "the lock of tomorrow is none today");
  for (let n = 0; n < 6; n += 1) await logIn(wrongly);
  assert.equal((await logIn(people.head)).status, 429);
  await workerComesBy();
  const [, ...rest] = before.split(", ");
  assert.deepEqual((await told()).split(", ").slice(1, 4), rest.slice(0, 3));

  // Right again, and sixteen minutes later: whatever was locked in between is open.
  await jump(0);
  const now = await logIn(people.head);
  assert.ok([200, 201, 429].includes(now.status));
  await jump(HOUR + 60);
  const later = await logIn(people.head);
  assert.ok([200, 201].includes(later.status), `open after an hour: ${later.status}`);
  await jump(0);
  assert.equal(await person.refreshes(), 200, "what was given two days ago has run out, the log-in has not");
  assert.equal(await person.reads(), 200);
  figures("Clock back by 2 days", { "access and refresh token": "good", "request repeated with its key": "done once", "lock-out": "429, at most an hour by any clock" });
});

test(`sixty jumps between a year back and a year ahead while people work (FAULTS_SEED=${seed})`, { skip }, async () => {
  const chance = dice();
  const before = await told();
  const tally = new Tally();
  const writes = roomAsker(server, token, "Sala de nunca");
  let isOver = false;
  const working = [
    (async () => { while (!isOver) tally.add(await writes.next()); })(),
    (async () => { while (!isOver) tally.add(await ask(server, "GET", "/api/v1/projects?limit=5&q=datos", { token })); })(),
    (async () => { while (!isOver) tally.add(await ask(server, "GET", "/api/v1/notifications/unread", { token })); })(),
  ];
  for (let n = 0; n < 60; n += 1) {
    await jump(Math.round((chance() * 2 - 1) * 365 * DAY));
    if (n % 10 === 0) await workerComesBy();
    tally.add(await ask(server, "GET", "/api/v1/calls?limit=5", { token }));
  }
  isOver = true;
  await Promise.all(working);
  await jump(0);
  // A key of the API runs out after its day, whatever that is; the database's clock is nobody's here.
  assert.deepEqual(tally.others("200", "201", "401 not_authenticated"), [], `${tally}`);
  const good = writes.asked.filter(({ answer }) => answer.status === 201).length;
  assert.equal(Number(await server.query("SELECT count(*) FROM rooms WHERE name LIKE 'Sala de nunca %'")), good);
  assert.equal(await told(), before, "nothing was told or removed");
  await workerComesBy();
  await checkRules(server);
  assert.deepEqual(wrong(server), []);
  figures("Clock: 60 jumps within a year either way", { seed, requests: tally, "told or removed": 0 });
});
