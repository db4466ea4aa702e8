// Registration night: students come within some minutes, load the interface, log in, search, open
// projects, apply, change their minds, and some hand a document in; then they log out.
// Run through scripts/bench: GESTFG=… DATABASE_URL=… PROGRAMS=… ASSETS_DIR=…
// node tests/bench/night.mjs [--students 1000] [--minutes 10] [--times 1] [--documents 0.3]
//
// Each student has connections, a network address (a hall of twenty shares one) and a pace of their
// own, and a stream of updates open while they are logged in. Latency is from the first byte sent to
// the last received, as the student has it. Errors are every answer of 400 and above and every
// connection that breaks; afterwards the database is asked whether all that was answered is there.
import { execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { pdf, words } from "../e2e/support/pdf.mjs";

const { DATABASE_URL, PROGRAMS, GESTFG, ASSETS_DIR } = process.env;
const { values: wanted } = parseArgs({
  options: {
    students: { type: "string", default: "1000" },
    minutes: { type: "string", default: "10" },
    times: { type: "string", default: "1" },
    documents: { type: "string", default: "0.3" },
  },
});
const students = Number(wanted.students) * Number(wanted.times);
const minutes = Number(wanted.minutes);
const handingIn = Math.round(students * Number(wanted.documents));
const span = minutes * 60_000;
const password = "demo-gestfg-2026";
const port = 8192;
const work = mkdtempSync(join(tmpdir(), "gestfg-night-"));
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_night";
const psql = (url, text) =>
  execFileSync(join(PROGRAMS, "psql"), [url, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text], { encoding: "utf8" }).trim();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const environment = {
  ...process.env,
  DATABASE_URL: database.href,
  // As app.json sets it on Heroku.
  DATABASE_POOL_SIZE: process.env.DATABASE_POOL_SIZE ?? "10",
  TRUST_PROXY: "true",
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  JWT_SECRET: "the bench's secret, of no use elsewhere",
  MAIL_DIR: join(work, "mail"),
  LOG: "warn",
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
};

/** Two degrees: in one everybody applies in an open round, in the other some have a project to hand in. */
function fill() {
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_night WITH (FORCE)");
  psql(DATABASE_URL, "CREATE DATABASE gestfg_night");
  execFileSync(GESTFG, ["migrate"], { env: environment, stdio: "ignore" });
  execFileSync(GESTFG, ["seed", "--demo", "--projects", "1000"], { env: environment, stdio: "ignore" });
  const offered = Math.max(50, Math.round(students * 0.4));
  psql(
    database.href,
    `INSERT INTO degrees (code, name, level) VALUES ('NOG', 'Grado nocturno', 'bachelor'), ('NOM', 'Máster nocturno', 'master');
     INSERT INTO calls (degree_id, academic_year, sitting_id, opened_at)
       SELECT d.id, (SELECT max(academic_year) FROM calls WHERE opened_at IS NOT NULL), (SELECT min(id) FROM sittings), now() FROM degrees d WHERE code IN ('NOG', 'NOM');
     INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
       SELECT c.id, p.phase, now() - interval '1 day', now() + interval '1 day' FROM calls c JOIN degrees d ON d.id = c.degree_id
       JOIN (VALUES ('NOG', 'project_assignment'), ('NOM', 'material_submission')) p (code, phase) ON p.code = d.code;
     INSERT INTO allocation_rounds (call_id, degree_id, number, opens_at, closes_at, tutors_close_at)
       SELECT c.id, c.degree_id, 1, now() - interval '1 hour', now() + interval '1 day', now() + interval '2 days'
       FROM calls c JOIN degrees d ON d.id = c.degree_id AND d.code = 'NOG';
     INSERT INTO users (email, first_name, last_name, email_verified_at, password_hash)
       SELECT 'noche' || n || '@correo.ugr.es', 'Estudiante' || n, 'Muestra', now(), h.password_hash
       FROM generate_series(1, ${students}) n, (SELECT password_hash FROM users WHERE email = 'alumnado.demo@correo.ugr.es') h;
     INSERT INTO students (user_id, record) SELECT id, round((5 + (id * 7919 % 480) / 100.0)::numeric, 2) FROM users WHERE email LIKE 'noche%';
     INSERT INTO student_degrees (student_id, degree_id) SELECT u.id, d.id FROM users u, degrees d
       WHERE u.email LIKE 'noche%' AND d.code IN ('NOG', 'NOM');
     CREATE TEMP TABLE pattern AS SELECT *, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS total FROM projects WHERE state = 'published';
     CREATE TEMP TABLE teacher AS SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS n, count(*) OVER () AS total FROM professors;
     INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, keywords, tutor_id, state, submitted_at, validated_at, published_at)
       SELECT d.id, d.level, c.academic_year, left(p.title, 230) || ' (' || s.n || ')', 1, p.description, p.keywords, t.user_id, 'published', now(), now(), now()
       FROM degrees d JOIN calls c ON c.degree_id = d.id JOIN (VALUES ('NOG', ${offered}), ('NOM', ${handingIn})) o (code, many) ON o.code = d.code
       CROSS JOIN LATERAL generate_series(1, o.many) s (n) JOIN pattern p ON p.n = s.n % p.total JOIN teacher t ON t.n = s.n % t.total;
     INSERT INTO assignments (project_id, level, capacity, assigned_by)
       SELECT p.id, p.level, p.student_count, p.tutor_id FROM projects p JOIN degrees d ON d.id = p.degree_id WHERE d.code = 'NOM';
     INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
       SELECT a.id, s.id, 1, a.level, a.capacity FROM
         (SELECT a.*, row_number() OVER (ORDER BY a.id) AS n FROM assignments a JOIN projects p ON p.id = a.project_id JOIN degrees d ON d.id = p.degree_id WHERE d.code = 'NOM') a
         JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM users WHERE email LIKE 'noche%') s ON s.n = a.n;
     INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
       SELECT c.id, p.degree_id, p.id, a.id FROM assignments a JOIN projects p ON p.id = a.project_id
       JOIN degrees d ON d.id = p.degree_id JOIN calls c ON c.degree_id = d.id WHERE d.code = 'NOM';
     ANALYZE`,
  );
  const list = (sql) => psql(database.href, sql).split("\n").filter(Boolean);
  return {
    round: Number(psql(database.href, "SELECT r.id FROM allocation_rounds r JOIN degrees d ON d.id = r.degree_id WHERE d.code = 'NOG'")),
    degree: Number(psql(database.href, "SELECT id FROM degrees WHERE code = 'NOG'")),
    requests: new Map(
      list(`SELECT u.email, r.id FROM evaluation_requests r JOIN assignment_students s ON s.assignment_id = r.assignment_id
            JOIN users u ON u.id = s.student_id WHERE u.email LIKE 'noche%'`).map((row) => row.split("|")),
    ),
  };
}

/** What a browser fetches the first time, compressed. */
function interfaceFiles() {
  const files = [];
  const walk = (folder, path) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const here = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(join(folder, entry.name), here);
      else if (!/\.(br|gz)$|^\.|^member|^office|italic|mono|^index/.test(entry.name)) files.push(here);
    }
  };
  walk(ASSETS_DIR, "");
  return files;
}

// In the order in which a student does them.
const actions = [
  "load the interface (each file)",
  "public configuration",
  "log in",
  "front page",
  "search the catalogue",
  "projects of the round",
  "open a project",
  "apply",
  "change the order",
  "documents asked for",
  "hand in (0.3–2 MB)",
  "log out",
];
const taken = new Map(actions.map((action) => [action, []]));
const errors = new Map();
let streams = 0;
let mostStreams = 0;

/** One student's browser. */
class Browser {
  constructor(number) {
    this.number = number;
    this.login = `noche${number}@correo.ugr.es`;
    const hall = Math.floor(number / 20);
    this.address = `10.${(hall >> 16) & 255}.${(hall >> 8) & 255}.${hall & 255}`;
    this.agent = new Agent({ keepAlive: true, maxSockets: 6 });
  }

  /** Sends it and reads all of the answer. */
  send(method, path, { body, headers = {} } = {}) {
    return new Promise((resolve, reject) => {
      const json = body !== undefined && !Buffer.isBuffer(body);
      const bytes = json ? Buffer.from(JSON.stringify(body)) : body;
      const sent = httpRequest(
        {
          host: "127.0.0.1",
          port,
          method,
          path,
          agent: this.agent,
          headers: {
            "x-forwarded-for": this.address,
            "x-forwarded-proto": "https",
            "accept-encoding": "br",
            ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
            ...(this.cookie ? { cookie: this.cookie } : {}),
            ...(bytes ? { "content-length": bytes.length, "content-type": json ? "application/json" : "application/octet-stream" } : {}),
            ...headers,
          },
        },
        (answer) => {
          const pieces = [];
          answer.on("data", (piece) => pieces.push(piece));
          answer.on("error", reject);
          answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(pieces) }));
        },
      );
      sent.on("error", reject);
      sent.end(bytes);
    });
  }

  /** The same, with its time written down; answers undefined where it failed. */
  async ask(action, method, path, options) {
    const began = performance.now();
    let failure;
    let answer;
    try {
      answer = await this.send(method, path, options);
      if (answer.status >= 400) failure = `${answer.status} ${answer.bytes.toString().slice(0, 120)}`;
    } catch (error) {
      failure = error.code ?? error.message;
    }
    taken.get(action).push(performance.now() - began);
    if (failure) {
      const key = `${action}: ${failure}`;
      errors.set(key, (errors.get(key) ?? 0) + 1);
      return undefined;
    }
    return answer;
  }

  async json(action, method, path, options = {}) {
    const answer = await this.ask(action, method, `/api/v1${path}`, options);
    if (!answer) return undefined;
    const text = answer.headers["content-encoding"] === "br" ? brotliDecompressSync(answer.bytes) : answer.bytes;
    return { ...(text.length > 0 && JSON.parse(text)), headers: answer.headers };
  }

  listen() {
    const sent = httpRequest({ host: "127.0.0.1", port, path: "/api/v1/updates", agent: false, headers: { authorization: `Bearer ${this.token}`, "x-forwarded-for": this.address } }, (answer) => {
      if (answer.statusCode !== 200) errors.set(`stream: ${answer.statusCode}`, (errors.get(`stream: ${answer.statusCode}`) ?? 0) + 1);
      streams += 1;
      mostStreams = Math.max(mostStreams, streams);
      answer.resume();
      answer.once("close", () => (streams -= 1));
    });
    sent.on("error", () => {});
    sent.end();
    this.stream = sent;
  }

  close() {
    this.stream?.destroy();
    this.agent.destroy();
  }
}

const searches = ["visualizacion de datos", "aprendizaje automatico", "seguridad", "simulacion", "redes", "web accesible", "algoritmos geneticos", "energía solar"];
const any = (list) => list[Math.floor(Math.random() * list.length)];

/** What one student does from coming to going. */
async function evening(number, world, files) {
  const browser = new Browser(number);
  const think = () => pause(((0.5 + Math.random()) * span * 0.2) / 14);
  try {
    await Promise.all(files.map((path) => browser.ask("load the interface (each file)", "GET", path)));
    await browser.json("public configuration", "GET", "/configuration");
    await think();
    const opened = await browser.json("log in", "POST", "/session", { body: { login: browser.login, password } });
    if (!opened) return;
    browser.token = opened.access_token;
    browser.cookie = opened.headers["set-cookie"]?.[0].split(";")[0];
    browser.listen();
    await Promise.all(["/me/duties", "/me/progress", "/notifications/unread"].map((path) => browser.json("front page", "GET", path)));
    for (let n = 0; n < 2; n += 1) {
      await think();
      await browser.json("search the catalogue", "GET", `/projects?q=${encodeURIComponent(any(searches))}&limit=25`);
    }
    await think();
    const offered = (await browser.json("projects of the round", "GET", `/allocation-rounds/${world.round}/projects?limit=100`))?.items ?? [];
    const chosen = [...new Set(Array.from({ length: 20 }, () => any(offered)?.project_id))].filter(Boolean).slice(0, 5);
    for (const id of chosen.slice(0, 3)) {
      await think();
      await browser.json("open a project", "GET", `/projects/${id}`);
    }
    await think();
    const wishes = (ids) => ids.map((project_id, at) => ({ project_id, rank: at + 1 }));
    const made = await browser.json("apply", "POST", "/applications", {
      headers: { "idempotency-key": randomBytes(16).toString("hex") },
      body: { round_id: world.round, statement: "Me interesa el tema.", preferences: wishes(chosen.slice(0, 3)) },
    });
    await think();
    if (made) {
      await browser.json("change the order", "PATCH", `/applications/${made.id}`, { headers: { "if-match": made.headers.etag }, body: { preferences: wishes([...chosen].reverse()) } });
    }
    const request = world.requests.get(browser.login);
    if (request) {
      await think();
      await browser.json("documents asked for", "GET", `/evaluation-requests/${request}/documents`);
      await think();
      const size = Math.round(300_000 * (2_000_000 / 300_000) ** Math.random());
      const report = pdf(words(number, 5000), randomBytes(size));
      const kept = await browser.json("hand in (0.3–2 MB)", "POST", `/evaluation-requests/${request}/documents?kind=report&file_name=memoria.pdf`, { body: report });
      if (kept && kept.sha256 !== createHash("sha256").update(report).digest("hex")) errors.set("hand in: another SHA-256", 1);
    }
    await think();
    await browser.json("log out", "DELETE", "/session");
  } finally {
    browser.close();
  }
}

/** The highest of what is seen while it runs: memory of the server and its readers, connections of Postgres. */
function watch(pid) {
  const most = { together: 0, connections: 0, sockets: 0 };
  const resident = (id) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  };
  const children = () => readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean);
    } catch {
      return [];
    }
  });
  const timer = setInterval(() => {
    most.together = Math.max(most.together, resident(pid) + children().reduce((sum, id) => sum + resident(id), 0));
    most.sockets = Math.max(most.sockets, readdirSync(`/proc/${pid}/fd`).length);
  }, 200);
  const counter = spawn(join(PROGRAMS, "psql"), [DATABASE_URL, "-qAtX"], { stdio: ["pipe", "pipe", "inherit"] });
  counter.stdin.write("SELECT count(*) FROM pg_stat_activity WHERE datname = 'gestfg_night' \\watch 0.5\n");
  counter.stdout.on("data", (text) => {
    for (const line of text.toString().split("\n")) if (/^\d+$/.test(line)) most.connections = Math.max(most.connections, Number(line));
  });
  return {
    most,
    stop() {
      clearInterval(timer);
      counter.kill();
    },
  };
}

const processorSeconds = (pid) => {
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(user) + Number(system)) / 100;
};

console.error(`preparing ${students} students`);
const world = fill();
const files = ["/", ...interfaceFiles()];
const server = spawn(GESTFG, ["server"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
let failed = false;
try {
  while (!(await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined))?.ok) await pause(20);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const { most, stop } = watch(server.pid);
  console.error(`they come within ${minutes} min`);
  const began = performance.now();
  const all = Array.from({ length: students }, async (_, n) => {
    // The last ones still have time to do everything.
    await pause(Math.random() * span * 0.8);
    await evening(n + 1, world, files);
  });
  await Promise.all(all);
  const took = (performance.now() - began) / 1000;
  const seconds = processorSeconds(server.pid);
  const highest = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;
  stop();

  const count = (sql) => Number(psql(database.href, sql));
  const applied = count(`SELECT count(*) FROM applications WHERE round_id = ${world.round} AND state = 'live'`);
  const wished = count(`SELECT count(*) FROM application_preferences p JOIN applications a ON a.id = p.application_id WHERE a.round_id = ${world.round}`);
  const kept = count("SELECT count(*) FROM documents d JOIN evaluation_requests r ON r.id = d.evaluation_request_id JOIN degrees g ON g.id = r.degree_id WHERE g.code = 'NOM'");
  const megabytes = count("SELECT coalesce(sum(size), 0) FROM document_contents WHERE state = 'kept'") / 1e6;
  let check;
  try {
    check = execFileSync(GESTFG, ["check"], { env: environment, encoding: "utf8" }).trim().split("\n").at(-1);
  } catch (error) {
    check = `FAILED: ${error.stdout}`;
    failed = true;
  }

  const rank = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  const ms = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  const everything = [...taken.values()].reduce((sum, list) => sum + list.length, 0);
  const wrong = [...errors.values()].reduce((sum, many) => sum + many, 0);
  const version = execFileSync(join(PROGRAMS, "postgres"), ["--version"], { encoding: "utf8" }).trim();
  console.log(`\n${cpus().length} × ${cpus()[0].model.trim()}, ${version}, students, server and database on one machine, load ${loadavg()[0].toFixed(1)} at the end; pool of ${environment.DATABASE_POOL_SIZE}.`);
  console.log(`${students} students within ${minutes} min (${took.toFixed(0)} s till the last had gone): ${everything} requests, ${(everything / took).toFixed(0)} a second, ${wrong} errors.\n`);
  console.log("| action | requests | median | 95 % | 99 % | slowest |\n|---|---|---|---|---|---|");
  for (const [action, list] of taken) {
    if (list.length === 0) continue;
    list.sort((a, b) => a - b);
    console.log(`| ${action} | ${list.length} | ${[0.5, 0.95, 0.99].map((share) => `${ms(rank(list, share))} ms`).join(" | ")} | ${ms(list.at(-1))} ms |`);
  }
  console.log("\n| what | measured |\n|---|---|");
  console.log(`| errors (wanted: 0) | ${wrong} |`);
  for (const [what, many] of errors) console.log(`| … ${what.replaceAll("|", "/")} | ${many} |`);
  console.log(`| applications, wishes, documents kept, of those wanted | ${applied} of ${students}, ${wished} of ${students * 5}, ${kept} of ${handingIn} (${megabytes.toFixed(0)} MB) |`);
  console.log(`| \`gestfg check\` afterwards | ${check} |`);
  console.log(`| memory of the server, highest (with the processes that read documents) | ${highest.toFixed(0)} MB (${most.together.toFixed(0)} MB) |`);
  console.log(`| processors the server had | ${(seconds / took).toFixed(2)} of ${cpus().length} |`);
  console.log(`| connections to Postgres, most | ${most.connections} |`);
  console.log(`| streams open at once, most; open files of the server | ${mostStreams}; ${most.sockets} |`);
  console.log(`| lateness of the students' own program, 99 % | ${(lag.percentile(99) / 1e6).toFixed(0)} ms |`);
  failed ||= wrong > 0 || applied !== students || wished !== students * 5 || kept !== handingIn;
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_night WITH (FORCE)");
  rmSync(work, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
