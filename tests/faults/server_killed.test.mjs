// The server is killed at random moments while it imports, publishes, allocates and closes: what was answered is
// there, what was not is there whole or not at all, the same request again ends it, and every rule of the domain holds.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../e2e/support/api.mjs";
import { query, startServer } from "../e2e/support/server.mjs";
import { adminToken, ask, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { dice, seed } from "./support/dice.mjs";
import { waiting } from "./support/faculty.mjs";
import { studentsSheet } from "./support/sheets.mjs";

const QUICK = process.env.FAULTS_QUICK === "1";
const KILLS = Number(process.env.FAULTS_KILLS ?? (QUICK ? 8 : 200));
/** Students in each import. */
const ROWS = 60;
/** Who writes something small meanwhile. */
const WRITERS = 2;

/** What can be interrupted. Each `prepare` answers how to ask, how to see whether it is done, and what is told of it. */
const works = {
  async "import of students"(server, token, n) {
    const form = new FormData();
    form.set("kind", "students");
    form.set("file", new Blob([studentsSheet(`n${n}`, ROWS, 61_000_000 + n * 1000)]), "alumnado.csv");
    const preview = await ask(server, "POST", "/api/v1/imports", { token, body: form });
    assert.equal(preview.status, 201, JSON.stringify(preview.json));
    const id = preview.json.id;
    return {
      request: ["POST", `/api/v1/imports/${id}/commit`, { token, body: { mode: "all" } }],
      isDone: `SELECT state = 'committed' FROM imports WHERE id = ${id}`,
      done: `SELECT count(*) FROM users WHERE email LIKE 'n${n}.%@correo.ugr.es'`,
      told: `SELECT count(*) FROM outgoing_mails WHERE recipient LIKE 'n${n}.%@correo.ugr.es'`,
      audited: `action = 'import.commit' AND entity_id = ${id}`,
    };
  },
  async "opening of a call"(server, token, n, { calls }) {
    const id = calls[n];
    const { etag } = await ask(server, "GET", `/api/v1/calls/${id}`, { token });
    return {
      request: ["POST", `/api/v1/calls/${id}/open`, { token, headers: { "if-match": etag } }],
      isDone: `SELECT opened_at IS NOT NULL FROM calls WHERE id = ${id}`,
      done: `SELECT count(*) FROM calls WHERE id = ${id} AND opened_at IS NOT NULL`,
      told: "SELECT count(*) FROM notifications WHERE kind = 'call_opened'",
      audited: `action = 'call.open' AND entity_id = ${id}`,
      onceOnly: true,
    };
  },
  async "publication of an allocation"(server, token, _, { run }) {
    const { etag } = await ask(server, "GET", `/api/v1/allocation-runs/${run}`, { token });
    return {
      request: ["POST", `/api/v1/allocation-runs/${run}/publish`, { token, headers: { "if-match": etag }, body: { override_reason: "Ensayo" } }],
      isDone: `SELECT state = 'published' FROM allocation_runs WHERE id = ${run}`,
      done: `SELECT count(*) FROM allocation_grants WHERE run_id = ${run}`,
      told: "SELECT count(*) FROM notifications WHERE kind IN ('allocation_result', 'assigned')",
      audited: `action = 'allocation_run.publish' AND entity_id = ${run}`,
    };
  },
  async "publication of committees and timetable"(server, token, _, { plan }) {
    const { etag } = await ask(server, "GET", `/api/v1/committee-plans/${plan}`, { token });
    return {
      request: ["POST", `/api/v1/committee-plans/${plan}/publish`, { token, headers: { "if-match": etag }, body: { override_reason: "Ensayo" } }],
      isDone: `SELECT state = 'published' FROM committee_plans WHERE id = ${plan}`,
      done: `SELECT count(*) FROM defences d JOIN committees c ON c.id = d.committee_id JOIN committee_plans p ON p.call_id = c.call_id WHERE p.id = ${plan}`,
      told: "SELECT count(*) FROM notifications WHERE kind IN ('committee_seat', 'defence_scheduled')",
      audited: `action = 'committee_plan.publish' AND entity_id = ${plan}`,
    };
  },
  async "publication of marks"(server, token, _, { marks }) {
    return {
      request: ["POST", "/api/v1/minutes", { token, key: randomUUID(), body: { call_id: marks } }],
      isDone: `SELECT count(*) > 0 FROM minutes WHERE call_id = ${marks}`,
      done: `SELECT count(*) FROM minutes_entries e JOIN minutes m ON m.id = e.minutes_id WHERE m.call_id = ${marks}`,
      told: "SELECT count(*) FROM notifications WHERE kind = 'marks_published'",
      audited: `action = 'minutes.publish' AND entity_id IN (SELECT id FROM minutes WHERE call_id = ${marks})`,
    };
  },
  async "closing of minutes"(server, token, _, { marks }) {
    const id = await server.query(`SELECT id FROM minutes WHERE call_id = ${marks}`);
    const { etag } = await ask(server, "GET", `/api/v1/minutes/${id}`, { token });
    return {
      request: ["POST", `/api/v1/minutes/${id}/close`, { token, headers: { "if-match": etag }, body: { override_reason: "Ensayo" } }],
      isDone: `SELECT state = 'closed' FROM minutes WHERE id = ${id}`,
      done: `SELECT count(*) FROM minutes WHERE id = ${id} AND state = 'closed' AND digest IS NOT NULL AND number IS NOT NULL`,
      told: "SELECT count(*) FROM notifications WHERE kind = 'minutes_closed'",
      audited: `action = 'minutes.close' AND entity_id = ${id}`,
      onceOnly: true,
    };
  },
};

/** One faculty after the other is taken through these. */
const YEAR = [
  "import of students",
  "opening of a call",
  "publication of an allocation",
  "import of students",
  "publication of committees and timetable",
  "opening of a call",
  "publication of marks",
  "closing of minutes",
];

const sure = async (server, sql) => (await server.query(sql)) === "t";

/** The dead server's connections are gone, and with them whatever was still being committed. */
const quiet = (server) => until("the dead server's connections to end", async () =>
  (await query(`SELECT count(*) FROM pg_stat_activity WHERE datname = '${server.database}'`)) === "0");

test(`kill -9 at ${KILLS} random moments (FAULTS_SEED=${seed})`, async () => {
  const chance = dice();
  const first = await startServer();
  const prepared = `${first.database}_prepared`;
  let things;
  try {
    things = await waiting(first, 2);
    await first.kill();
    await quiet(first);
    await query(`CREATE DATABASE ${prepared} TEMPLATE ${first.database}`);
  } finally {
    await first.stop();
  }
  const started = performance.now();
  /** How long each work of the year takes, and how much it does and tells, when nobody disturbs it. */
  const undisturbed = new Map();
  const seen = new Map();
  let kills = 0;
  let series = 0;
  let smallAnswered = 0;
  let smallUnknown = 0;
  let slowestStart = 0;
  try {
    for (let faculty = 0; kills < KILLS; faculty += 1) {
      const server = await startServer({ from: prepared });
      try {
        const token = await adminToken(server);
        const turns = new Map();
        for (const name of YEAR) {
          // The first faculty shows how it goes when nobody dies.
          const isKilled = faculty > 0;
          if (isKilled && kills === KILLS) break;
          const turn = turns.get(name) ?? 0;
          turns.set(name, turn + 1);
          const which = `${name} ${turn}`;
          const work = await works[name](server, token, turn, things);
          const told = Number(await server.query(work.told));
          const room = `Sala ${(series += 1)}`;
          const small = roomAsker(server, token, room);
          let isOver = false;
          const writers = Array.from({ length: WRITERS }, async () => {
            while (!isOver) if ((await small.next()).status !== 201) return;
          });
          const asked = ask(server, ...work.request);
          if (isKilled) {
            await sleep(chance() * 1.5 * undisturbed.get(which).milliseconds);
            await server.kill();
            kills += 1;
          }
          const answer = await asked;
          isOver = true;
          await Promise.all(writers);
          if (isKilled) {
            await quiet(server);
            const wasDone = await sure(server, work.isDone);
            const has = Number(await server.query(work.done));
            const expected = undisturbed.get(which);
            assert.ok([0, 200, 201].includes(answer.status), `${name}: ${answer.status} ${answer.code}`);
            if (answer.status !== 0) assert.ok(wasDone, `${name} was answered ${answer.status} and is lost`);
            assert.equal(has, wasDone ? expected.done : 0, `${name} is there whole or not at all`);
            const outcome = answer.status !== 0 ? "answered" : wasDone ? "done, not answered" : "not done";
            const outcomes = seen.get(name) ?? { "not done": 0, "done, not answered": 0, answered: 0 };
            outcomes[outcome] += 1;
            seen.set(name, outcomes);
            await checkRules(server);

            const restarting = performance.now();
            await server.restart();
            slowestStart = Math.max(slowestStart, performance.now() - restarting);
            const again = await ask(server, ...work.request);
            // Where the version says what was seen, whoever comes again learns that it is done.
            const isTold = work.onceOnly && wasDone && ["stale_version", "invalid_state"].includes(again.code);
            assert.ok(isTold || [200, 201].includes(again.status), `${name} again: ${again.status} ${JSON.stringify(again.json)}`);
            if (name.startsWith("import")) assert.equal(again.json.already_committed, wasDone);
            for (const one of small.asked) {
              if (one.answer.status === 201) smallAnswered += 1;
              else {
                assert.equal(one.answer.status, 0);
                smallUnknown += 1;
                assert.equal((await small.again(one)).status, 201);
              }
            }
          } else {
            assert.ok([200, 201].includes(answer.status), `${name}: ${answer.status} ${JSON.stringify(answer.json)}`);
          }
          assert.ok(await sure(server, work.isDone), `${name} is done in the end`);
          const after = { done: Number(await server.query(work.done)), told: Number(await server.query(work.told)) - told };
          assert.equal(await server.query(`SELECT count(*) FROM audit_log WHERE ${work.audited}`), "1", `${name} is in the audit log once`);
          const names = await server.query(`SELECT count(*) FROM rooms WHERE name LIKE '${room} %'`);
          assert.equal(Number(names), small.asked.length, "each small thing is there once");
          if (isKilled) {
            assert.deepEqual(after, { done: undisturbed.get(which).done, told: undisturbed.get(which).told }, `${name}: done and told once`);
          } else {
            undisturbed.set(which, { ...after, milliseconds: answer.seconds * 1000 });
            assert.ok(after.done > 0 && after.told > 0, `${name} does and tells something: ${JSON.stringify(after)}`);
          }
        }
        await checkRules(server);
        assert.deepEqual(wrong(server), []);
      } finally {
        await server.stop();
      }
    }
  } finally {
    await query(`DROP DATABASE IF EXISTS ${prepared}`);
  }
  for (const [name, outcomes] of seen) {
    const { milliseconds, done, told } = undisturbed.get(`${name} 0`);
    figures(`kill -9: ${name}`, { "takes, ms": Math.round(milliseconds), writes: done, tells: told, ...outcomes });
  }
  figures("kill -9: all", {
    kills,
    seed,
    "lost of what was answered": 0,
    "rules broken": 0,
    "small writes answered": smallAnswered,
    "small writes unknown, repeated": smallUnknown,
    "slowest start, ms": Math.round(slowestStart),
    "took, s": Math.round((performance.now() - started) / 1000),
  });
});
