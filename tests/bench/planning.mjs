// A run of the planner over 2,000 defences on a server that people read meanwhile.
// GESTFG=path DATABASE_URL=… PROGRAMS=dir-of-psql node tests/bench/planning.mjs
//
// Catalogue at a steady pace, idle and during a run, one after the other and twice, so that other
// work on the machine weighs on both; memory of the server; time from asking a run to stop until it
// says that it has.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const { DATABASE_URL, PROGRAMS, GESTFG } = process.env;
const defences = Number(process.env.DEFENCES ?? 2000);
const professors = Math.round(defences * 1.3);
const seconds = Number(process.env.SECONDS_EACH ?? 20);
const perSecond = Number(process.env.PACE ?? 40);
const port = 8191;
const base = `http://127.0.0.1:${port}/api/v1`;
const work = mkdtempSync(join(tmpdir(), "gestfg-bench-"));
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_bench_planning";
const psql = (url, text) =>
  execFileSync(join(PROGRAMS, "psql"), [url, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text], { encoding: "utf8" }).trim();
const environment = {
  ...process.env,
  DATABASE_URL: database.href,
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  JWT_SECRET: "the bench's secret, of no use elsewhere",
  MAIL_DIR: join(work, "mail"),
  LOG: "warn",
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
};
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function fill() {
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_bench_planning WITH (FORCE)");
  psql(DATABASE_URL, "CREATE DATABASE gestfg_bench_planning");
  execFileSync(GESTFG, ["migrate"], { env: environment, stdio: "inherit" });
  execFileSync(GESTFG, ["seed", "--demo"], { env: environment, stdio: "ignore" });
  psql(
    database.href,
    `INSERT INTO degrees (code, name, level) VALUES ('PLN', 'Titulación planificada', 'bachelor');
     INSERT INTO calls (degree_id, academic_year, sitting_id, opened_at)
       SELECT d.id, 2026, (SELECT min(id) FROM sittings), now() FROM degrees d WHERE code = 'PLN';
     INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
       SELECT c.id, p.phase, p.starts_at, p.ends_at FROM calls c JOIN degrees d ON d.id = c.degree_id AND d.code = 'PLN',
       (VALUES ('committee_formation', now() - interval '1 day', now() + interval '9 days'),
               ('defence', now() + interval '10 days', now() + interval '40 days')) p (phase, starts_at, ends_at);
     INSERT INTO users (email, first_name, last_name, email_verified_at)
       SELECT 'plnprof' || n || '@ugr.es', 'Profe' || n, 'Muestra', now() FROM generate_series(1, ${professors}) n;
     INSERT INTO professors (user_id, department_id, seniority_year)
       SELECT u.id, (SELECT id FROM departments ORDER BY id OFFSET u.id % (SELECT count(*) FROM departments) LIMIT 1), 2000 + u.id % 20
       FROM users u WHERE u.email LIKE 'plnprof%@ugr.es' AND NOT EXISTS (SELECT 1 FROM professors p WHERE p.user_id = u.id);
     INSERT INTO users (email, first_name, last_name, email_verified_at)
       SELECT 'plnest' || n || '@correo.ugr.es', 'Estudiante' || n, 'Muestra', now() FROM generate_series(1, ${defences}) n;
     INSERT INTO students (user_id) SELECT id FROM users u WHERE email LIKE 'plnest%@correo.ugr.es'
       AND NOT EXISTS (SELECT 1 FROM students s WHERE s.user_id = u.id);
     INSERT INTO student_degrees (student_id, degree_id) SELECT u.id, d.id FROM users u, degrees d
       WHERE u.email LIKE 'plnest%@correo.ugr.es' AND d.code = 'PLN';
     INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, keywords, tutor_id, state, submitted_at, validated_at, published_at)
       SELECT d.id, d.level, 2026, 'Proyecto planificado ' || n, 1, 'Descripción', ARRAY['tema ' || n % 60], t.id, 'published', now(), now(), now()
       FROM degrees d, generate_series(1, ${defences}) n JOIN LATERAL (SELECT id FROM users WHERE email = 'plnprof' || n || '@ugr.es') t ON true
       WHERE d.code = 'PLN';
     INSERT INTO assignments (project_id, level, capacity, assigned_by)
       SELECT p.id, p.level, p.student_count, p.tutor_id FROM projects p JOIN degrees d ON d.id = p.degree_id WHERE d.code = 'PLN';
     INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
       SELECT a.id, s.id, 1, a.level, a.capacity FROM
         (SELECT a.*, row_number() OVER (ORDER BY a.id) AS n FROM assignments a JOIN projects p ON p.id = a.project_id
          JOIN degrees d ON d.id = p.degree_id WHERE d.code = 'PLN') a
         JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM users WHERE email LIKE 'plnest%@correo.ugr.es') s ON s.n = a.n;
     INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
       SELECT c.id, p.degree_id, p.id, a.id FROM assignments a JOIN projects p ON p.id = a.project_id
       JOIN degrees d ON d.id = p.degree_id JOIN calls c ON c.degree_id = d.id WHERE d.code = 'PLN';
     INSERT INTO rooms (name) SELECT 'Sala ' || n FROM generate_series(1, 20) n;
     ANALYZE`,
  );
  return Number(psql(database.href, "SELECT c.id FROM calls c JOIN degrees d ON d.id = c.degree_id WHERE d.code = 'PLN'"));
}

async function start() {
  const child = spawn(GESTFG, ["server"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  for (let tries = 0; tries < 2000; tries++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`);
      await answer.text();
      if (answer.ok) return child;
    } catch {
      // Not listening yet.
    }
    await pause(10);
  }
  throw new Error("the server does not start");
}

async function api(token, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

/** Pages of the catalogue at a steady pace until `done` says so: their times in milliseconds. */
async function read(done) {
  const times = [];
  const pending = [];
  const began = performance.now();
  for (let n = 0; !done(performance.now() - began); n++) {
    const due = began + (n * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    const asked = performance.now();
    pending.push(fetch(`${base}/projects?limit=20`).then((answer) => answer.arrayBuffer()).then(() => times.push(performance.now() - asked)));
  }
  await Promise.all(pending);
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { requests: times.length, p50: at(0.5), p99: at(0.99) };
}

const memory = (pid, field) =>
  Number(/\d+/.exec(readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((line) => line.startsWith(field)))[0]) / 1024;
const show = ({ requests, p50, p99 }) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${requests}`;

async function planned(token, call, body, during) {
  const job = await api(token, "POST", `/calls/${call}/planning-jobs`, body);
  let ended;
  const watching = (async () => {
    do {
      await pause(250);
      ended = await api(token, "GET", `/planning-jobs/${job.id}`);
    } while (ended.state === "queued" || ended.state === "running");
  })();
  const read = during && (await during(() => ended && ended.state !== "queued" && ended.state !== "running"));
  await watching;
  return { job: ended, read, took: (new Date(ended.ended_at) - new Date(ended.started_at)) / 1000 };
}

const call = fill();
const server = await start();
try {
  const { access_token: token } = await api(null, "POST", "/session", { login: "admin.demo@ugr.es", password: "demo-gestfg-2026" });
  const resting = memory(server.pid, "VmRSS");
  console.log(`${defences} defences, ${professors} professors, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  let base_plan = null;
  for (const kind of ["committees", "timetable"]) {
    for (let round = 1; round <= 2; round++) {
      const idle = await read((ms) => ms > seconds * 1000);
      const limit = kind === "committees" ? 60 : 120;
      const run = await planned(token, call, { kind, plan_id: base_plan, seed: round, time_limit_seconds: limit, override_reason: "Medida" }, read);
      if (run.job.state !== "done") throw new Error(JSON.stringify(run.job.problem));
      console.log(`${kind}, round ${round}: run ${run.took.toFixed(1)} s | idle ${show(idle)} | during ${show(run.read)} | p99 × ${(run.read.p99 / idle.p99).toFixed(2)} | load ${loadavg()[0].toFixed(1)}`);
      if (kind === "committees" && round === 2) base_plan = run.job.result_plan_id;
    }
    console.log(`memory: ${resting.toFixed(0)} MB at rest, ${memory(server.pid, "VmHWM").toFixed(0)} MB at most so far`);
  }
  const waits = [];
  for (let n = 0; n < 5; n++) {
    const job = await api(token, "POST", `/calls/${call}/planning-jobs`, { kind: "timetable", plan_id: base_plan, time_limit_seconds: 120, override_reason: "Medida" });
    let now;
    do {
      await pause(50);
      now = await api(token, "GET", `/planning-jobs/${job.id}`);
    } while (now.state === "queued");
    await pause(1500 + 700 * n);
    const asked = performance.now();
    await api(token, "POST", `/planning-jobs/${job.id}/cancel`, {});
    do {
      now = await api(token, "GET", `/planning-jobs/${job.id}`);
    } while (now.state === "running");
    if (now.state === "cancelled") waits.push(performance.now() - asked);
  }
  waits.sort((a, b) => a - b);
  console.log(`from asking to stop until stopped: ${waits.map((ms) => ms.toFixed(0)).join(", ")} ms`);
} finally {
  server.kill("SIGTERM");
  rmSync(work, { recursive: true, force: true });
}
