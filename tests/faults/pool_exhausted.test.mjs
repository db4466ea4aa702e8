// Every connection of the pool waits for a lock that somebody holds: those who wait are told in time, what needs no
// database goes on, and afterwards everything is as if nothing had been.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../e2e/support/server.mjs";
import { Tally, adminToken, ask, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { openSession } from "./support/session.mjs";

const QUICK = process.env.FAULTS_QUICK === "1";
const POOL = 4;
const WRITERS = 24;
/** Four seconds for a turn, and eight for a lock. */
const PATIENCE = 4 + 8;

/** What needs no database; the interface only where it has been built. */
const FREE = ["/health/live", "/api/docs/", "/api/v1/openapi.json"];
if (existsSync(`${process.env.ASSETS_DIR}/index.html`)) FREE.push("/");

let server;
let token;

before(async () => {
  server = await startServer({ env: { DATABASE_POOL_SIZE: String(POOL) } });
  token = await adminToken(server);
});

after(() => server?.stop());

test("a pool that is exhausted by locks", async () => {
  const holder = openSession(server.databaseUrl);
  const writes = roomAsker(server, token, "Sala tras el candado");
  const writers = new Tally();
  const others = new Tally();
  const free = new Tally();
  let isOver = false;
  try {
    await holder.say("BEGIN; LOCK TABLE rooms IN ACCESS EXCLUSIVE MODE;");
    const untouched = (async () => {
      while (!isOver) {
        for (const path of FREE) free.add(await ask(server, "GET", path));
        await sleep(20);
      }
    })();
    const reading = (async () => {
      while (!isOver) others.add(await ask(server, "GET", "/api/v1/projects?limit=5"));
    })();
    const rounds = QUICK ? 1 : 3;
    for (let round = 0; round < rounds; round += 1) {
      const answers = await Promise.all(Array.from({ length: WRITERS }, () => writes.next()));
      for (const answer of answers) {
        writers.add(answer);
        assert.ok(Number(answer.retryAfter) > 0, "it says when to come again");
      }
    }
    assert.deepEqual(writers.others("503 unavailable"), [], `${writers}`);
    assert.ok(writers.slowest < PATIENCE + 1.5, `${writers}`);
    // While it lasts, who needs a connection waits in line and is told as soon.
    const ready = await ask(server, "GET", "/health/ready");
    assert.ok([200, 503].includes(ready.status));

    await holder.say("COMMIT;");
    isOver = true;
    await Promise.all([untouched, reading]);
    assert.deepEqual(others.others("200", "503 unavailable"), [], `${others}`);
    assert.ok(others.slowest < PATIENCE, `${others}`);
    assert.deepEqual(free.others("200"), [], `${free}`);
    assert.ok(free.slowest < 1.5, `what needs no database goes on: ${free}`);

    const started = performance.now();
    const again = await Promise.all(writes.asked.map((one) => writes.again(one)));
    const back = performance.now() - started;
    assert.ok(again.every(({ status }) => status === 201));
    const count = await server.query("SELECT count(*) || '|' || count(DISTINCT name) FROM rooms WHERE name LIKE 'Sala tras el candado %'");
    assert.equal(count, `${writes.asked.length}|${writes.asked.length}`);
    assert.equal((await ask(server, "GET", "/health/ready")).status, 200);
    await checkRules(server);
    assert.deepEqual(wrong(server), []);
    figures("Pool exhausted by a lock", {
      "connections, clients that write": `${POOL}, ${WRITERS}`,
      writes: writers,
      "public reads meanwhile": others,
      "health, pages and documents without the database meanwhile": free,
      "all of them written afterwards, s": (back / 1000).toFixed(1),
    });
  } finally {
    isOver = true;
    holder.close();
  }
});
