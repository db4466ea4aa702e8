// Two and four servers on one database behind nginx: everything they share they share through it.
// FLEET_LONG=1: both, and kills for a minute each. Otherwise four at peace, and two with some seconds of kills.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { offer } from "../bench/xlsx.mjs";
import { apiAs, until } from "../e2e/support/api.mjs";
import { people } from "../e2e/support/people.mjs";
import { gestfg } from "./support/dyno.mjs";
import { startFleet } from "./support/fleet.mjs";
import { readUpdates } from "./support/reader.mjs";

const isLong = process.env.FLEET_LONG === "1";

/** A mail server that takes everything; `received` holds who got what. */
async function startSink() {
  const child = spawn(process.env.SINK_PYTHON, [new URL("../e2e/support/smtp_sink.py", import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = await once(lines, "line");
  const received = [];
  lines.on("line", (line) => received.push(JSON.parse(line)));
  return { env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "GesTFG <tfg@example.org>" }, received, stop: () => child.kill() };
}

const queueMails = (fleet, name, count) =>
  fleet.database.query(
    `INSERT INTO outgoing_mails (recipient, kind, language, subject, body)
     SELECT '${name}' || n || '@fleet.example.org', 'announcement', 'es', 'Prueba ' || n, 'Prueba' FROM generate_series(1, ${count}) n`,
  );
const mailsLeft = (fleet) =>
  fleet.database.query("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL AND recipient LIKE '%@fleet.example.org'");

const FIRST_SUBJECT = 1_000_000_000;
const publish = (fleet, user, subject) =>
  fleet.database.query(`INSERT INTO updates (topic, subject_id, user_ids) VALUES ('inbox', ${FIRST_SUBJECT + subject}, ARRAY[${user}::bigint])`);

/** Every update of the test, once and in order. */
function assertHeard(reader, count) {
  const heard = reader.heard.filter((subject) => subject >= FIRST_SUBJECT).map((subject) => subject - FIRST_SUBJECT);
  assert.deepEqual(heard, Array.from({ length: count }, (_, n) => n), "each update once, in order");
}

async function checkData(fleet) {
  const checked = await gestfg(["check"], { DATABASE_URL: fleet.database.url });
  assert.equal(checked.code, 0, checked.out);
  return checked.out.trim().split("\n").at(-1);
}

for (const count of isLong ? [2, 4] : [4]) {
  test(`${count} servers answer as one`, async (t) => {
    const sink = await startSink();
    const fleet = await startFleet(count, { ...sink.env, LOGIN_LIMIT_ACCOUNT: "5", LOGIN_LIMIT_ADDRESS: "30" });
    const ask = (base, path, { token, cookie, body, method = body === undefined ? "GET" : "POST", headers = {} } = {}) =>
      fetch(`${base}/api/v1${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    const each = (path, options) => Promise.all(fleet.dynos.map(async (dyno) => (await ask(dyno.url, path, options)).status));
    const same = (status) => Array(count).fill(status);
    try {
      await t.test("sessions: rotation of refresh tokens, reuse, and the end of a log-in are known to all at once", async () => {
        const opened = await ask(fleet.url, "/session", { body: people.coordinator });
        let { access_token: token } = await opened.json();
        let cookie = opened.headers.get("set-cookie").split(";")[0];
        const first = cookie;
        const sprayed = await Promise.all(Array.from({ length: 40 }, async () => (await ask(fleet.url, "/session", { token })).status));
        assert.deepEqual(new Set(sprayed), new Set([200]));
        for (let n = 0; n < 12; n += 1) {
          const renewed = await ask(fleet.url, "/session/refresh", { cookie, method: "POST" });
          assert.equal(renewed.status, 200);
          cookie = renewed.headers.get("set-cookie").split(";")[0];
          ({ access_token: token } = await renewed.json());
        }
        assert.deepEqual(await each("/session", { token }), same(200));
        // A minute later the first cookie comes again: somebody has stolen it.
        await fleet.database.query("UPDATE refresh_tokens SET used_at = used_at - interval '1 minute' WHERE used_at IS NOT NULL");
        const reused = await ask(fleet.url, "/session/refresh", { cookie: first, method: "POST" });
        assert.equal((await reused.json()).code, "session_ended");
        assert.deepEqual(await each("/session", { token }), same(401));
        assert.deepEqual(await each("/session/refresh", { cookie, method: "POST" }), same(401));

        const { access_token: second } = await (await ask(fleet.dynos[0].url, "/session", { body: people.coordinator })).json();
        assert.deepEqual(await each("/session", { token: second }), same(200));
        assert.equal((await ask(fleet.dynos.at(-1).url, "/session", { token: second, method: "DELETE" })).status, 204);
        assert.deepEqual(await each("/session", { token: second }), same(401));
      });

      await t.test("one Idempotency-Key at all of them at once makes one thing", async () => {
        const professor = await apiAs(fleet.url, people.professor);
        const degree = (await professor.get("/degrees?q=GII")).items.find(({ code }) => code === "GII");
        const body = { degree_id: degree.id, title: "Una sola vez", kind: "T1", student_count: 1, description: "Texto." };
        const key = randomUUID();
        const made = await Promise.all(
          Array.from({ length: 24 }, async (_, n) => {
            const answer = await ask(fleet.dynos[n % count].url, "/projects", { token: professor.token, body, headers: { "idempotency-key": key } });
            return { status: answer.status, text: await answer.text() };
          }),
        );
        assert.deepEqual(new Set(made.map(({ status }) => status)), new Set([201]));
        assert.equal(new Set(made.map(({ text }) => text)).size, 1, "all are answered the same");
        assert.equal(await fleet.database.query("SELECT count(*) FROM projects WHERE title = 'Una sola vez'"), "1");
        const other = await ask(fleet.url, "/projects", { token: professor.token, body: { ...body, title: "Otra" }, headers: { "idempotency-key": key } });
        assert.equal((await other.json()).code, "idempotency_conflict");
      });

      await t.test("an import committed at all of them at once is committed once", async () => {
        const admin = await apiAs(fleet.url, people.admin);
        const tutor = await fleet.database.query("SELECT email FROM users JOIN professors ON user_id = id ORDER BY id OFFSET 20 LIMIT 1");
        const form = new FormData();
        form.append("kind", "projects");
        form.append("options", JSON.stringify({ degree_id: Number(await fleet.database.query("SELECT min(id) FROM degrees")) }));
        form.append("file", new Blob([offer(200, tutor, "Flota")]), "oferta.xlsx");
        const preview = await fetch(`${fleet.url}/api/v1/imports`, { method: "POST", headers: { authorization: `Bearer ${admin.token}` }, body: form });
        const { id } = await preview.json();
        assert.equal(preview.status, 201);
        const commits = await Promise.all(
          Array.from({ length: 8 }, async (_, n) => {
            const answer = await ask(fleet.dynos[n % count].url, `/imports/${id}/commit`, { token: admin.token, body: { mode: "all" } });
            return { status: answer.status, before: (await answer.json()).already_committed };
          }),
        );
        assert.deepEqual(new Set(commits.map(({ status }) => status)), new Set([200]), JSON.stringify(commits));
        assert.equal(commits.filter(({ before }) => !before).length, 1, "one of them did it");
        assert.equal(await fleet.database.query("SELECT count(*) FROM projects WHERE title LIKE 'Flota:%'"), "200");
      });

      await t.test("a stream that comes back to another server misses and repeats nothing", async () => {
        const admin = await apiAs(fleet.url, people.admin);
        const { id } = await admin.get("/me");
        const reader = readUpdates(fleet.url, admin.token, { cutAfter: 4 });
        await until("the first stream", () => reader.connections > 0);
        const updates = 60;
        for (let n = 0; n < updates; n += 1) await publish(fleet, id, n);
        await until("the last update", () => reader.heard.includes(FIRST_SUBJECT + updates - 1));
        reader.close();
        assertHeard(reader, updates);
        assert.ok(reader.connections >= updates / 4, `${reader.connections} connections`);
        assert.deepEqual([reader.refusals, reader.resets], [[], 0]);
      });

      await t.test("background work is done once, whoever does it", async () => {
        const admin = await apiAs(fleet.url, people.admin);
        const event = await admin.post("/events", { kind: "announcement", title: "Para todas", body: "Texto.", audience: "public" });
        await queueMails(fleet, "n", 150);
        await until("the mails", async () => (await mailsLeft(fleet)) === "0", fleet.log);
        const told = () =>
          fleet.database.query(`SELECT count(*), count(DISTINCT user_id) FROM notifications WHERE letter::text LIKE '%Para todas%'`);
        await until("the announcement", async () => !(await told()).startsWith("0|"));
        // Every worker looks again and again; another round of each would show here.
        await queueMails(fleet, "m", 1);
        await until("another round", async () => (await mailsLeft(fleet)) === "0");
        const [all, persons] = (await told()).split("|");
        assert.equal(all, persons, `announcement ${event.id} told once to each`);
        await until("the mails in the sink", () => sink.received.filter(({ recipient }) => recipient.endsWith("@fleet.example.org")).length >= 151);
        const ours = sink.received.map(({ recipient }) => recipient).filter((recipient) => recipient.endsWith("@fleet.example.org"));
        assert.equal(ours.length, new Set(ours).size, "no mail twice");
      });

      await t.test("failed log-ins are counted over all of them, by the address the router saw", async () => {
        // Not over the edge of a window.
        await until("a window with time left", () => Date.now() % 900_000 < 890_000);
        await fleet.database.query("DELETE FROM throttle_counters");
        const tries = async (many) => {
          const answers = await Promise.all(
            many.map(async ([login, address]) => {
              const headers = { "x-forwarded-for": address };
              return (await ask(fleet.url, "/session", { body: { login, password: "no es esta" }, headers })).status;
            }),
          );
          return { guessed: answers.filter((status) => status === 401).length, refused: answers.filter((status) => status === 429).length };
        };
        const spoofed = (n) => `203.0.113.${n + 1}`;
        assert.deepEqual(await tries(Array.from({ length: 20 }, (_, n) => [people.head.login, spoofed(n)])), { guessed: 5, refused: 15 });
        const others = Array.from({ length: 40 }, (_, n) => [`nadie${n}@ugr.es`, spoofed(n)]);
        assert.deepEqual(await tries(others), { guessed: 25, refused: 15 }, "30 from one address, whatever it says it is");
      });
      assert.ok(!fleet.log().includes("panicked"), fleet.log());
    } finally {
      await fleet.stop();
      sink.stop();
    }
  });
}

for (const [count, seconds, between] of isLong ? [[2, 60, 5], [4, 60, 5]] : [[2, 9, 3]]) {
  test(`${count} servers, one killed every ${between} s for ${seconds} s under load: no lost write, no error but reconnections`, async (t) => {
    const sink = await startSink();
    const fleet = await startFleet(count, { ...sink.env, LOGIN_LIMIT_ADDRESS: "0" });
    /** Questions that were cut off, by what nginx or the network said. */
    const cut = new Map();
    const wrong = [];
    let asked = 0;
    let isOver = false;

    /** One try: the answer, or nothing when the connection to a dying server was lost. */
    async function attempt(method, path, { token, cookie, body, headers = {} } = {}) {
      asked += 1;
      const note = (what) => cut.set(what, (cut.get(what) ?? 0) + 1);
      try {
        const answer = await fetch(`${fleet.url}/api/v1${path}`, {
          method,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(cookie ? { cookie } : {}),
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        const isOurs = answer.headers.has("x-request-id");
        if (answer.status >= 500 && !isOurs) {
          note(`${answer.status} by nginx to ${method}`);
          return undefined;
        }
        if (answer.status >= 500) wrong.push(`${method} ${path}: ${answer.status} ${text}`);
        return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
      } catch (error) {
        note(`${error.cause?.code ?? error.message} to ${method}`);
        return undefined;
      }
    }

    /** Again until it is answered: only for what may be asked twice. */
    async function insist(method, path, options) {
      for (let n = 0; n < 20; n += 1) {
        const answer = await attempt(method, path, options);
        if (answer) return answer;
        await sleep(50);
      }
      throw new Error(`${method} ${path}: no answer in 20 tries`);
    }

    try {
      const professor = await apiAs(fleet.url, people.professor);
      const admin = await apiAs(fleet.url, people.admin);
      const { id: adminId } = await admin.get("/me");
      const degree = (await professor.get("/degrees?q=GII")).items.find(({ code }) => code === "GII");
      const before = Number(await fleet.database.query("SELECT count(*) FROM projects"));
      const written = new Map();
      let updates = 0;
      let mails = 0;
      let logIns = 0;

      const writer = async (name) => {
        for (let n = 0; !isOver; n += 1) {
          const title = `Proyecto ${name}-${n}`;
          const body = { degree_id: degree.id, title, kind: "T1", student_count: 1, description: "Texto." };
          const made = await insist("POST", "/projects", { token: professor.token, body, headers: { "idempotency-key": randomUUID() } });
          if (made.status !== 201) {
            wrong.push(`create: ${made.status} ${JSON.stringify(made.body)}`);
            continue;
          }
          written.set(made.body.id, title);
          // A change has no key: who does not know whether it was made looks first.
          const wanted = `${title} bis`;
          let { version } = made.body;
          for (;;) {
            const headers = { "if-match": `"${version}"` };
            const changed = await attempt("PATCH", `/projects/${made.body.id}`, { token: professor.token, body: { title: wanted }, headers });
            if (changed?.status === 200) break;
            if (changed) wrong.push(`change: ${changed.status} ${JSON.stringify(changed.body)}`);
            const { body: found } = await insist("GET", `/projects/${made.body.id}`, { token: professor.token });
            if (found.title === wanted) break;
            ({ version } = found);
          }
          written.set(made.body.id, wanted);
        }
      };
      const reader = async () => {
        for (let n = 0; !isOver; n += 1) {
          const answer = await attempt("GET", n % 2 === 0 ? "/projects?limit=25" : "/projects?q=proyecto");
          if (answer && answer.status !== 200) wrong.push(`read: ${answer.status}`);
        }
      };
      const visitor = async () => {
        while (!isOver) {
          const opened = await insist("POST", "/session", { body: people.student });
          if (opened.status !== 200) wrong.push(`log in: ${opened.status} ${JSON.stringify(opened.body)}`);
          let cookie = opened.headers.get("set-cookie").split(";")[0];
          for (let n = 0; n < 3; n += 1) {
            // A refresh whose answer was lost may be repeated for some seconds.
            const renewed = await insist("POST", "/session/refresh", { cookie });
            if (renewed.status !== 200) wrong.push(`refresh: ${renewed.status} ${JSON.stringify(renewed.body)}`);
            else cookie = renewed.headers.get("set-cookie").split(";")[0];
          }
          logIns += 1;
        }
      };
      const outside = async () => {
        while (!isOver) {
          await publish(fleet, adminId, updates);
          updates += 1;
          await queueMails(fleet, `k${updates}-`, 3);
          mails += 3;
          await sleep(60);
        }
      };
      const streams = [readUpdates(fleet.url, admin.token), readUpdates(fleet.url, admin.token)];
      await until("the streams", () => streams.every(({ connections }) => connections > 0));
      const load = [outside(), visitor(), ...["a", "b", "c", "d"].map(writer), reader(), reader()];
      const began = performance.now();
      const kills = seconds / between;
      for (let n = 1; n <= kills; n += 1) {
        await sleep(Math.max(0, began + n * between * 1000 - performance.now()));
        await fleet.replace(n % count);
      }
      isOver = true;
      await Promise.all(load);
      await until("the last update", () => streams.every(({ heard }) => heard.includes(FIRST_SUBJECT + updates - 1)), fleet.log);
      for (const stream of streams) {
        stream.close();
        assertHeard(stream, updates);
        assert.equal(stream.resets, 0);
      }
      await until("the mails", async () => (await mailsLeft(fleet)) === "0", fleet.log);
      await until("the mails in the sink", () => new Set(sink.received.map(({ recipient }) => recipient)).size >= mails);

      const rows = await fleet.database.query("SELECT id || ' ' || title FROM projects WHERE title LIKE 'Proyecto %-%' ORDER BY id");
      const stored = new Map(rows.split("\n").map((row) => [Number(row.slice(0, row.indexOf(" "))), row.slice(row.indexOf(" ") + 1)]));
      assert.deepEqual([...stored], [...written].sort(([a], [b]) => a - b), "what was answered is there, once, as it was answered");
      assert.equal(Number(await fleet.database.query("SELECT count(*) FROM projects")), before + written.size);
      assert.deepEqual(wrong, [], "no error of the servers");
      const sent = sink.received.map(({ recipient }) => recipient).filter((recipient) => recipient.endsWith("@fleet.example.org"));
      const twice = sent.length - new Set(sent).size;
      assert.ok(twice <= kills, `${twice} mails twice after ${kills} kills`);
      const facts = fleet.facts();
      const fromServers = facts.filter(({ status, id }) => status >= 500 && id !== "-");
      assert.deepEqual(fromServers, []);
      const passedOn = facts.filter(({ upstream, status }) => upstream.includes(",") && status < 500).length;
      assert.ok(!fleet.log().includes("panicked"), fleet.log());
      const said = [...cut].map(([what, times]) => `${times} × ${what}`).join(", ") || "none";
      t.diagnostic(
        `${kills} kills, ${asked} questions, ${written.size} projects made and changed, ${logIns} log-ins with 3 refreshes each, ` +
          `${updates} updates to each stream over ${streams.map(({ connections }) => connections).join(" and ")} connections, ${mails} mails (${twice} twice)`,
      );
      t.diagnostic(`cut off by a kill and asked again: ${said}; passed on to another server by nginx: ${passedOn}; errors of the servers: 0`);
      t.diagnostic(await checkData(fleet));
    } finally {
      isOver = true;
      await fleet.stop();
      sink.stop();
    }
  });
}
