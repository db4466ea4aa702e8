// What a platform asks of one process: start, stop, connections, certificates, passwords, log.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get, request as httpRequest } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { apiAs, until } from "../e2e/support/api.mjs";
import { people } from "../e2e/support/people.mjs";
import { demoDatabase } from "../e2e/support/server.mjs";
import { openSession, startCluster } from "./support/cluster.mjs";
import { SECRET, gestfg, startDyno } from "./support/dyno.mjs";

const run = promisify(execFile);

/** Handing in is open now in every call; answers a request of the demonstration. */
async function openHandingIn(database) {
  await database.query(
    `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
     SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
     ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
  );
  return database.query(
    "SELECT min(r.id) FROM evaluation_requests r JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NOT NULL",
  );
}

/** Opens a stream of updates; `ended` resolves when the server ends it. */
function openStream(url, token) {
  return new Promise((resolve, reject) => {
    const asking = get(`${url}/api/v1/updates`, { agent: false, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      const ended = new Promise((end) => answer.once("close", end));
      answer.once("data", () => resolve({ status: answer.statusCode, ended, close: () => asking.destroy() }));
      answer.on("error", () => {});
    });
    asking.on("error", reject);
  });
}

/** Whether a new connection is refused. */
function isRefused(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", (error) => resolve(error.code === "ECONNREFUSED"));
  });
}

test("a server listens and answers at once", async (t) => {
  const database = await demoDatabase();
  const dyno = await startDyno({ env: { DATABASE_URL: database.url } });
  try {
    t.diagnostic(`start to first 200: ${dyno.tookMs.toFixed(0)} ms (wanted: under 2,000)`);
    assert.ok(dyno.tookMs < 60_000);
  } finally {
    await dyno.stop();
    await database.drop();
  }
});

test("SIGTERM: what is under way is finished, streams end, nobody new is let in, status 0 within 25 s", async (t) => {
  const database = await demoDatabase();
  // A mail server that takes the call and says nothing, so that the worker hangs on it.
  const calls = [];
  const silent = createServer((socket) => calls.push(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const dyno = await startDyno({
    env: { DATABASE_URL: database.url, SMTP_URL: `smtp://127.0.0.1:${silent.address().port}`, MAIL_FROM: "GesTFG <tfg@example.org>" },
  });
  const holder = openSession(database.url);
  try {
    const request = await openHandingIn(database);
    const admin = await apiAs(dyno.url, people.admin);
    const stream = await openStream(dyno.url, admin.token);
    await holder.say("BEGIN; LOCK TABLE areas IN ACCESS EXCLUSIVE MODE");
    const slow = fetch(`${dyno.url}/api/v1/areas`);
    await until("a request that waits", async () => (await database.query("SELECT count(*) FROM pg_locks WHERE NOT granted")) !== "0");

    const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(2 * 1024 * 1024, 7)]);
    const sending = httpRequest(`${dyno.url}/api/v1/evaluation-requests/${request}/documents?kind=report&file_name=a.pdf&override_reason=Ensayo`, {
      method: "POST",
      agent: false,
      headers: { authorization: `Bearer ${admin.token}`, "content-length": String(bytes.length) },
    });
    const uploaded = once(sending, "response");
    sending.write(bytes.subarray(0, 1024 * 1024));
    await until("the upload", async () => (await database.query("SELECT count(*) FROM document_contents WHERE state = 'receiving'")) === "1");
    await until("the worker's call", () => calls.length > 0, dyno.log);

    const told = performance.now();
    dyno.signal("SIGTERM");
    await stream.ended;
    await until("new connections to be refused", () => isRefused(dyno.port));
    assert.ok(dyno.isUp(), "it waits for what is under way");
    await holder.say("COMMIT");
    const answer = await slow;
    assert.equal(answer.status, 200);
    assert.ok((await answer.json()).items.length > 0, "a whole answer");
    sending.end(bytes.subarray(1024 * 1024));
    const [handedIn] = await uploaded;
    handedIn.resume();
    assert.equal(handedIn.statusCode, 201);
    assert.deepEqual(await dyno.gone, [0, null]);
    const took = performance.now() - told;
    t.diagnostic(`SIGTERM to the end, with a worker that hangs on a mail: ${(took / 1000).toFixed(1)} s (limit: 25)`);
    assert.ok(took < 25_000);
    assert.equal(await database.query("SELECT count(*) FROM document_contents WHERE state = 'receiving'"), "0");
    assert.equal(await database.query(`SELECT count(*) FROM pg_stat_activity WHERE datname = '${database.name}' AND pid <> pg_backend_pid()`), "1", "only the test's own session is left");
  } finally {
    await holder.close();
    for (const call of calls) call.destroy();
    silent.close();
    await dyno.stop();
    await database.drop();
  }
});

test("four releases that migrate an empty database at once apply each migration once", async () => {
  const cluster = await startCluster();
  try {
    await cluster.query("CREATE DATABASE app");
    const releases = await Promise.all(Array.from({ length: 4 }, () => gestfg(["migrate"], { DATABASE_URL: cluster.url("app") })));
    assert.deepEqual(releases.map(({ code }) => code), [0, 0, 0, 0], JSON.stringify(releases));
    const applied = releases.map(({ out }) => Number(/(\d+) migrations applied/.exec(out)[1]));
    const noted = Number(await cluster.query("SELECT count(DISTINCT version) FROM __diesel_schema_migrations", "app"));
    assert.equal(applied.filter((count) => count > 0).length, 1, `one of them does it: ${applied}`);
    assert.equal(Math.max(...applied), noted);
  } finally {
    await cluster.destroy();
  }
});

test("a release over a running server never takes more than the plan's 20 connections", async (t) => {
  const database = await demoDatabase();
  const role = `${database.name}_role`;
  // As on the smallest plan: the twenty-first is turned away.
  await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'app' CONNECTION LIMIT 20 IN ROLE ${new URL(database.url).username}`);
  const url = new URL(database.url);
  [url.username, url.password] = [role, "app"];
  // DYNO chooses the defaults of the platform; this cluster has no certificate.
  const env = { DATABASE_URL: url.href, DYNO: "web.1", PGSSLMODE: "disable", LOGIN_LIMIT_ADDRESS: "0" };
  const dynos = [];
  const session = openSession(database.url);
  try {
    await session.say(`CREATE TEMP TABLE seen (count integer)`);
    dynos.push(await startDyno({ env }));
    const statuses = new Map();
    const streams = [];
    const ends = performance.now() + 4000;
    let isOver = false;
    const load = async (dyno, clients) => {
      const ask = async (path, options) => {
        const answer = await fetch(`${dyno.url}${path}`, options);
        await answer.text();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      };
      const paths = ["/api/v1/projects?limit=25", "/api/v1/projects?q=datos", "/api/v1/areas", "/api/v1/degrees", "/health/ready"];
      const body = JSON.stringify({ login: people.student.login, password: people.student.password });
      const logIn = { method: "POST", headers: { "content-type": "application/json" }, body };
      streams.push(await openStream(dyno.url, (await apiAs(dyno.url, people.admin)).token));
      await Promise.all(
        Array.from({ length: clients }, async (_, client) => {
          for (let n = client; performance.now() < ends; n += 1) {
            if (client === 0) await ask("/api/v1/session", logIn);
            else await ask(paths[n % paths.length]);
          }
        }),
      );
    };
    const counting = (async () => {
      while (!isOver) await session.say(`INSERT INTO seen SELECT count(*) FROM pg_stat_activity WHERE usename = '${role}'`);
    })();
    const old = load(dynos[0], 30);
    // The platform starts the new one, with the release phase before it, while the old one still answers.
    const migrated = await gestfg(["migrate"], env);
    assert.equal(migrated.code, 0, migrated.out);
    dynos.push(await startDyno({ env }));
    const fresh = load(dynos[1], 30);
    const again = await gestfg(["migrate"], env);
    assert.equal(again.code, 0, again.out);
    await Promise.all([old, fresh]);
    isOver = true;
    await counting;
    for (const stream of streams) stream.close();
    await session.say("CREATE TABLE most AS SELECT max(count) AS most FROM seen");
    const most = Number(await database.query("SELECT most FROM most"));
    const asked = [...statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
    t.diagnostic(`two servers and a release under 60 clients: at most ${most} connections; answers ${asked}`);
    assert.ok(most <= 20, `${most} connections`);
    assert.ok(most >= 14, `both were busy: ${most} connections`);
    assert.deepEqual([...statuses.keys()], [200]);
  } finally {
    await Promise.all(dynos.map((dyno) => dyno.stop()));
    await session.close();
    await database.drop();
    await run(process.env.PSQL, [process.env.TEST_DATABASE_URL, "-qc", `DROP ROLE IF EXISTS ${role}`]);
  }
});

test("on a dyno the database is spoken to over TLS or not at all", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gestfg-tls-"));
  const certificate = async (name) => {
    const [key, crt] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", crt]);
    return { key, crt };
  };
  const [own, other] = [await certificate("own"), await certificate("other")];
  const cluster = await startCluster();
  try {
    await cluster.file("data/server.key", await readFile(own.key));
    await cluster.file("data/server.crt", await readFile(own.crt));
    await cluster.query("ALTER SYSTEM SET ssl = on");
    await cluster.query("SELECT pg_reload_conf()");
    await cluster.query("CREATE DATABASE app");
    const encrypted = cluster.url("app");
    const dyno = { DYNO: "web.1" };
    const migrate = (env) => gestfg(["migrate"], env);
    const byName = (parameters) => `${encrypted.replace("127.0.0.1", "localhost")}?${parameters}`;

    const first = await migrate({ DATABASE_URL: encrypted, ...dyno });
    assert.equal(first.code, 0, `a certificate nobody vouches for is taken: ${first.out}`);
    const server = await startDyno({ env: { DATABASE_URL: encrypted, ...dyno } });
    try {
      const { url } = server;
      await (await fetch(`${url}/api/v1/areas`)).text();
      const seen = await cluster.query("SELECT bool_and(ssl), count(*) > 1 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = 'app'");
      assert.equal(seen, "t|t", "requests, worker and planner all speak TLS");
    } finally {
      await server.stop();
    }
    const verified = await migrate({ DATABASE_URL: byName(`sslmode=verify-full&sslrootcert=${own.crt}`), ...dyno });
    assert.equal(verified.code, 0, verified.out);
    const stranger = await migrate({ DATABASE_URL: byName(`sslmode=verify-full&sslrootcert=${other.crt}`), ...dyno });
    assert.notEqual(stranger.code, 0);
    assert.match(stranger.out, /certificate verify failed/);
    const misnamed = await migrate({ DATABASE_URL: `${encrypted}?sslmode=verify-full&sslrootcert=${own.crt}`, ...dyno });
    assert.notEqual(misnamed.code, 0, "by its number it is not the one of the certificate");

    await cluster.query("ALTER SYSTEM SET ssl = off");
    await cluster.query("SELECT pg_reload_conf()");
    await until("the end of TLS", async () => (await cluster.query("SHOW ssl")) === "off");
    const clear = await migrate({ DATABASE_URL: encrypted, ...dyno });
    assert.notEqual(clear.code, 0);
    assert.match(clear.out, /does not support SSL/);
    const elsewhere = await migrate({ DATABASE_URL: encrypted });
    assert.equal(elsewhere.code, 0, "not on a dyno it is the operator's choice");
  } finally {
    await cluster.destroy();
    await rm(folder, { recursive: true, force: true });
  }
});

test("a new password of the database: nothing is lost, the failure is told, a restart heals", async () => {
  const cluster = await startCluster({ password: "of the superuser" });
  let dyno;
  try {
    await cluster.query("CREATE ROLE app LOGIN PASSWORD 'the first password'");
    await cluster.query("CREATE DATABASE app OWNER app");
    const address = (secret) => cluster.url("app", "app", encodeURIComponent(secret));
    const env = { DATABASE_URL: address("the first password") };
    assert.equal((await gestfg(["migrate"], env)).code, 0);
    const office = { login: "secretaria@ugr.es", password: "cuatro palabras sin orden" };
    const made = await gestfg(["create-admin", "--email", office.login, "--first-name", "Olga", "--last-name", "Muestra", "--password-stdin"], env, `${office.password}\n`);
    assert.equal(made.code, 0, made.out);
    dyno = await startDyno({ env });
    const admin = await apiAs(dyno.url, office);
    const kept = [];
    const write = async () => {
      const name = `Área ${kept.length + 1}`;
      const answer = await fetch(`${dyno.url}/api/v1/areas`, {
        method: "POST",
        headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
        body: JSON.stringify({ name }),
      });
      const body = await answer.json();
      if (answer.status === 201) kept.push(name);
      return { status: answer.status, code: body.code, retryAfter: answer.headers.get("retry-after") };
    };
    for (let n = 0; n < 5; n += 1) assert.equal((await write()).status, 201);

    await cluster.query("ALTER ROLE app PASSWORD 'the second password'");
    for (let n = 0; n < 5; n += 1) assert.equal((await write()).status, 201, "connections that are open go on");
    await cluster.query(
      `INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('n1@example.org', 'announcement', 'es', 'Prueba', 'Prueba')`,
      "app",
    );
    const sent = () => cluster.query("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NOT NULL AND recipient LIKE '%@example.org'", "app");
    await until("the first mail", async () => (await sent()) === "1");
    await cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
    assert.deepEqual(await write(), { status: 503, code: "unavailable", retryAfter: "5" });
    const ready = await fetch(`${dyno.url}/health/ready`);
    assert.deepEqual([ready.status, (await ready.json()).code], [503, "unavailable"]);
    assert.equal((await fetch(`${dyno.url}/health/live`)).status, 200, "it is up, and says what is wrong");
    await cluster.query(
      `INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('n2@example.org', 'announcement', 'es', 'Prueba', 'Prueba')`,
      "app",
    );
    // What the platform does with the new address: another process.
    dyno.signal("SIGTERM");
    assert.deepEqual(await dyno.gone, [0, null]);
    const said = dyno.log();
    dyno = await startDyno({ env: { DATABASE_URL: address("the second password"), PORT: String(dyno.port) } });
    assert.equal((await write()).status, 201, "the log-in lives on");
    await until("the mail of the meantime", async () => (await sent()) === "2", dyno.log);
    const stored = await cluster.query("SELECT string_agg(name, ',' ORDER BY id) FROM areas WHERE name LIKE 'Área %'", "app");
    assert.deepEqual(stored.split(","), kept);
    assert.ok(!/first password|first%20password|second/.test(said), "passwords stay out of the log");
  } finally {
    await dyno?.stop();
    await cluster.destroy();
  }
});

test("the log is one JSON object a line, by request, and tells no secret", async () => {
  const database = await demoDatabase();
  const smtp = "of the mail server";
  const dyno = await startDyno({
    env: {
      DATABASE_URL: database.url,
      DYNO: "web.1",
      PGSSLMODE: "disable",
      LOG: "info,gestfg=trace",
      SMTP_URL: `smtp://user:${encodeURIComponent(smtp)}@127.0.0.1:9`,
      STORAGE_URL: "s3+http://key-of-the-bucket:secret-of-the-bucket@127.0.0.1:9/bucket",
    },
  });
  try {
    const { url } = dyno;
    const ids = new Set();
    const ask = async (method, path, body, headers = {}) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
      });
      ids.add(answer.headers.get("x-request-id"));
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const secrets = { database: new URL(database.url).password, smtp, bucket: "secret-of-the-bucket", "signing key": SECRET, password: people.admin.password };
    secrets.typo = "una contraseña equivocada";
    await ask("POST", "/api/v1/session", { login: people.admin.login, password: secrets.typo });
    const opened = await ask("POST", "/api/v1/session", people.admin);
    secrets.access = JSON.parse(opened.text).access_token;
    const cookie = opened.headers.get("set-cookie").split(";")[0];
    secrets.refresh = cookie.split("=")[1];
    const renewed = await ask("POST", "/api/v1/session/refresh", undefined, { cookie });
    secrets["second refresh"] = renewed.headers.get("set-cookie").split(";")[0].split("=")[1];
    secrets["second access"] = JSON.parse(renewed.text).access_token;
    const bearer = { authorization: `Bearer ${secrets.access}` };
    secrets.token = JSON.parse((await ask("POST", "/api/v1/me/tokens", { name: "guion", scope: "read", days: 1 }, bearer)).text).secret;
    assert.equal((await ask("GET", "/api/v1/me", undefined, { authorization: `Bearer ${secrets.token}` })).status, 200);
    const feed = JSON.parse((await ask("POST", "/api/v1/me/calendar-feed", undefined, bearer)).text).url;
    secrets.calendar = /calendar\/([^/]+)\.ics/.exec(feed)[1];
    assert.equal((await ask("GET", new URL(feed).pathname)).status, 200);
    await ask("POST", "/api/v1/password-resets", { login: people.student.login });
    // Admins see it masked, and the mail server is away: it stands in the row that waits.
    const letter = await database.query(`SELECT body FROM outgoing_mails WHERE recipient = '${people.student.login}' ORDER BY id DESC LIMIT 1`);
    const link = /https?:\/\/\S+\/set-password\?token=[^\s)>"]+/.exec(letter)[0];
    secrets.link = new URL(link).searchParams.get("token");
    await ask("GET", `/set-password?token=${secrets.link}`);
    await ask("GET", `/api/v1/projects?token=${secrets.link}&q=x`);
    secrets["new password"] = "la casa del monte azul";
    const redeemed = await ask("POST", "/api/v1/password-resets/redeem", { token: secrets.link, password: secrets["new password"] });
    assert.equal(redeemed.status, 204, redeemed.text);
    // What cannot be read is not quoted either.
    secrets.broken = "contraseña en un cuerpo roto";
    await ask("POST", "/api/v1/session", `{"login": "x", "password": "${secrets.broken}`);
    await ask("POST", "/api/v1/session", { login: "x", password: "y", [secrets.broken]: 1 });
    await dyno.stop();

    const lines = dyno.stdout().trim().split("\n").map((line) => JSON.parse(line));
    for (const { timestamp, level, fields } of lines) {
      assert.ok(!Number.isNaN(Date.parse(timestamp)) && /^(ERROR|WARN|INFO|DEBUG|TRACE)$/.test(level) && fields, "each line is an event");
    }
    const answered = lines.filter(({ fields }) => fields.message === "answered").map(({ span }) => span.id);
    for (const id of ids) assert.equal(answered.filter((one) => one === id).length, 1, `one line for ${id}`);
    for (const [name, secret] of Object.entries(secrets).filter(([, secret]) => secret)) {
      for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        assert.ok(!dyno.log().includes(written), `${name} is in the log`);
      }
    }
  } finally {
    await dyno.stop();
    await database.drop();
  }
});
