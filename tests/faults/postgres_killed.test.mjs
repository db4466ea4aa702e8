// PostgreSQL dies, is thrown out, or stands still under load, and comes back: everybody is told to come again, what
// was answered is there, and nobody has to touch the server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../e2e/support/api.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { LIMIT, Tally, adminToken, ask, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { startCluster } from "./support/cluster.mjs";
import { listen } from "./support/stream.mjs";

const QUICK = process.env.FAULTS_QUICK === "1";
const READERS = 6;
const WRITERS = 4;
/** How long the load goes before, and how long PostgreSQL is away. */
const BEFORE = QUICK ? 700 : 2_000;
const AWAY = QUICK ? 1_500 : 4_000;

let cluster;
let server;
let token;

before(async () => {
  cluster = await startCluster({ tls: true });
  process.env.TEST_DATABASE_URL = cluster.url;
  server = await startServer();
  // A database that was cloned a moment ago by way of the write-ahead log would take its sequences back with it
  // in a crash, up to 32 numbers (PostgreSQL 15); one that has lived until a checkpoint does not.
  await cluster.query("CHECKPOINT");
  token = await adminToken(server);
});

after(async () => {
  await server?.kill();
  await cluster?.stop();
});

/** Reads and writes until told to stop; a client that is refused comes again after a little while. */
function load(name) {
  const tally = new Tally();
  const writes = roomAsker(server, token, name);
  const answers = [];
  let isOver = false;
  const clients = [];
  const go = async (once) => {
    while (!isOver) {
      const answer = tally.add(await once());
      answers.push({ at: performance.now(), status: answer.status });
      if (answer.status >= 500) await sleep(50);
    }
  };
  const reads = ["/api/v1/projects?limit=10&q=datos", "/api/v1/projects?limit=20", "/api/v1/session", "/api/v1/events?limit=5"];
  for (let n = 0; n < READERS; n += 1) clients.push(go(() => ask(server, "GET", reads[n % reads.length], { token })));
  for (let n = 0; n < WRITERS; n += 1) clients.push(go(() => writes.next()));
  return {
    tally,
    writes,
    answers,
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

const faults = {
  "kill -9 of the postmaster": { strike: () => cluster.end("SIGKILL"), mend: () => cluster.start() },
  "immediate shutdown": { strike: () => cluster.end("SIGQUIT"), mend: () => cluster.start(), long: true },
  "kill -9 of one backend": { strike: () => cluster.killBackend(), mend: async () => {}, long: true },
  "everything stands still": { strike: () => cluster.freeze(), mend: () => cluster.thaw(), away: 28_000, long: true },
};

for (const [name, { strike, mend, away = AWAY, long = false }] of Object.entries(faults)) {
  test(`PostgreSQL under load: ${name}`, { skip: QUICK && long ? "only in the whole run" : false }, async () => {
    const stream = await listen(server, token);
    const run = load(`Sala ${name}`);
    try {
      await sleep(BEFORE);
      await strike();
      const struck = performance.now();
      await sleep(away);
      const live = await ask(server, "GET", "/health/live");
      assert.equal(live.status, 200, "the process itself is well");
      await mend();
      const mended = performance.now();
      // Back when a hundred answers in a row were good ones.
      await until("good answers again", () => {
        const since = run.answers.filter(({ at }) => at > mended);
        return since.length >= 100 && since.slice(-100).every(({ status }) => status < 300);
      }, () => `${run.tally}\n${server.log().slice(-2000)}`);
      await run.stop();
      const bad = run.answers.filter(({ status }) => status >= 300);
      const lastBad = Math.max(mended, ...bad.map(({ at }) => at));
      const firstGood = run.answers.find(({ at, status }) => at > mended && status < 300).at;

      assert.deepEqual(run.tally.others("200", "201", "503 unavailable"), [], `${run.tally}`);
      assert.ok(run.tally.slowest * 1000 < LIMIT, `${run.tally}`);
      const { asked } = run.writes;
      const kept = new Map((await server.query("SELECT name || '|' || count(*) FROM rooms GROUP BY name")).split("\n").map((line) => line.split("|")));
      const unknown = asked.filter(({ answer }) => answer.status !== 201);
      for (const one of asked) {
        const copies = Number(kept.get(one.name) ?? 0);
        if (one.answer.status === 201) assert.equal(copies, 1, `${one.name} was answered 201`);
        else assert.ok(copies <= 1, `${one.name} is there ${copies} times`);
      }
      const doneAllTheSame = unknown.filter(({ name: room }) => kept.has(room)).length;
      // The same request with its key ends it, whichever it was, and once.
      for (const one of unknown) assert.equal((await run.writes.again(one)).status, 201, one.name);
      const twice = await server.query("SELECT count(*) FROM (SELECT name FROM rooms GROUP BY name HAVING count(*) > 1) AS twice");
      assert.equal(twice, "0");
      const audited = await server.query(`SELECT count(*) FROM audit_log WHERE action = 'room.create' AND entity_id IN (SELECT id FROM rooms WHERE name LIKE 'Sala ${name} %')`);
      assert.equal(Number(audited), asked.length, "each is in the audit log once");

      // Those who listen, and the workers, have come back by themselves.
      const title = `Aviso tras: ${name}`;
      const event = await ask(server, "POST", "/api/v1/events", { token, body: { kind: "announcement", title, body: "", audience: "public" } });
      assert.equal(event.status, 201);
      await until("the stream to tell of it", () => stream.has("events", event.json.id), () => stream.text());
      await server.query("INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('nadie@example.org', 'announcement', 'es', 'Prueba', 'Prueba')");
      await until("the worker to send", async () =>
        (await server.query("SELECT count(*) FROM outgoing_mails WHERE recipient = 'nadie@example.org' AND sent_at IS NULL")) === "0");
      await checkRules(server);
      assert.deepEqual(wrong(server), []);
      figures(`PostgreSQL: ${name}`, {
        requests: run.tally,
        "away, s": ((mended - struck) / 1000).toFixed(1),
        "first good answer after it was back, ms": Math.round(firstGood - mended),
        "last refusal after it was back, ms": Math.round(lastBad - mended),
        "writes answered 201": asked.length - unknown.length,
        lost: 0,
        "refused or unknown": unknown.length,
        "of these done all the same": doneAllTheSame,
        "stream broke": stream.breaks(),
      });
    } finally {
      await run.stop();
      stream.close();
      await cluster.thaw().catch(() => {});
      if (cluster.isGone()) await cluster.start();
    }
  });
}
