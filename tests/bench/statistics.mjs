// Statistics over ten years of a faculty: how long the endpoint takes for visitors and for administrators, also
// while the figures are gathered anew, and how long that takes.
// GESTFG=path DATABASE_URL=… PROGRAMS=dir-of-psql node tests/bench/statistics.mjs
//
// PROJECTS (50000) over ten years, ten degrees and ten departments: nine in ten given to a student, eight defended,
// all minutes closed. The database is made anew and thrown away.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const { DATABASE_URL, PROGRAMS, GESTFG } = process.env;
const projects = Number(process.env.PROJECTS ?? 50_000);
const rounds = Number(process.env.ROUNDS ?? 40);
const port = 8192;
const base = `http://127.0.0.1:${port}/api/v1`;
const work = mkdtempSync(join(tmpdir(), "gestfg-bench-"));
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_bench_statistics";
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
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_bench_statistics WITH (FORCE)");
  psql(DATABASE_URL, "CREATE DATABASE gestfg_bench_statistics");
  execFileSync(GESTFG, ["migrate"], { env: environment, stdio: "ignore" });
  execFileSync(GESTFG, ["seed", "--demo"], { env: environment, stdio: "ignore" });
  psql(
    database.href,
    `INSERT INTO areas (name) SELECT 'Área medida ' || n FROM generate_series(1, 5) n;
     INSERT INTO departments (code, name, area_id) SELECT 'MD' || n, 'Departamento medido ' || n,
       (SELECT id FROM areas WHERE name = 'Área medida ' || 1 + n % 5) FROM generate_series(1, 10) n;
     INSERT INTO degrees (code, name, level) SELECT 'MT' || n, 'Titulación medida ' || n, 'bachelor' FROM generate_series(1, 10) n;
     INSERT INTO calls (degree_id, academic_year, sitting_id, opened_at)
       SELECT d.id, y, (SELECT min(id) FROM sittings), now() FROM degrees d, generate_series(2017, 2026) y WHERE d.code LIKE 'MT%';
     INSERT INTO users (email, first_name, last_name, email_verified_at)
       SELECT 'medprof' || n || '@ugr.es', 'Profe' || n, 'Muestra', now() FROM generate_series(1, 500) n;
     INSERT INTO professors (user_id, department_id)
       SELECT id, (SELECT d.id FROM departments d WHERE d.code = 'MD' || 1 + u.id % 10) FROM users u WHERE email LIKE 'medprof%'
         AND NOT EXISTS (SELECT 1 FROM professors p WHERE p.user_id = u.id);
     INSERT INTO users (email, first_name, last_name, email_verified_at)
       SELECT 'medest' || n || '@correo.ugr.es', 'Estudiante' || n, 'Muestra', now() FROM generate_series(1, ${projects}) n;
     INSERT INTO students (user_id) SELECT id FROM users u WHERE email LIKE 'medest%'
       AND NOT EXISTS (SELECT 1 FROM students s WHERE s.user_id = u.id);
     CREATE TABLE bench_numbers AS
       SELECT n, d.id AS degree_id, 2017 + n % 10 AS year, t.id AS tutor_id, s.id AS student_id,
              (d.code || n) AS title
       FROM generate_series(1, ${projects}) n
       JOIN (SELECT id, code, row_number() OVER (ORDER BY id) - 1 AS at FROM degrees WHERE code LIKE 'MT%') d ON d.at = n / 10 % 10
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM users WHERE email LIKE 'medprof%') t ON t.at = n / 7 % 500
       JOIN (SELECT id, row_number() OVER (ORDER BY id) AS at FROM users WHERE email LIKE 'medest%') s ON s.at = n;
     CREATE INDEX ON bench_numbers (title);
     INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, tutor_id, state, submitted_at, validated_at, published_at)
       SELECT degree_id, 'bachelor', year, 'Trabajo medido ' || title, 1, 'Descripción', tutor_id, 'published', now(), now(), now() FROM bench_numbers;
     ANALYZE projects;
     INSERT INTO assignments (project_id, level, capacity, assigned_by, created_at)
       SELECT p.id, p.level, p.student_count, p.tutor_id, now() - (60 + b.n % 200) * interval '1 day'
       FROM bench_numbers b JOIN projects p ON p.title = 'Trabajo medido ' || b.title WHERE b.n % 10 < 9;
     INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
       SELECT a.id, b.student_id, 1, a.level, a.capacity FROM bench_numbers b
       JOIN projects p ON p.title = 'Trabajo medido ' || b.title JOIN assignments a ON a.project_id = p.id;
     INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
       SELECT c.id, p.degree_id, p.id, a.id FROM bench_numbers b JOIN projects p ON p.title = 'Trabajo medido ' || b.title
       JOIN assignments a ON a.project_id = p.id JOIN calls c ON c.degree_id = p.degree_id AND c.academic_year = p.academic_year
       WHERE b.n % 10 < 8;
     INSERT INTO committees (call_id, number) SELECT c.id, k FROM calls c JOIN degrees d ON d.id = c.degree_id AND d.code LIKE 'MT%', generate_series(1, 20) k;
     INSERT INTO rooms (name) SELECT 'Sala medida ' || n FROM generate_series(1, 50) n;
     ANALYZE;
     INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at, state)
       SELECT r.id, s.student_id, k.id, o.id, t.at, t.at + interval '20 minutes', 'held'
       FROM (SELECT r.*, row_number() OVER (ORDER BY r.id) AS n FROM evaluation_requests r JOIN degrees d ON d.id = r.degree_id AND d.code LIKE 'MT%') r
       JOIN assignment_students s ON s.assignment_id = r.assignment_id JOIN committees k ON k.call_id = r.call_id AND k.number = 1 + r.n % 20
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM rooms WHERE name LIKE 'Sala medida%') o ON o.at = r.n % 50,
       LATERAL (SELECT now() - interval '400 days' + r.n / 50 * interval '30 minutes' AS at) t;
     INSERT INTO minutes (call_id, degree_id, academic_year, edition, rules, published_at, claims_until)
       SELECT c.id, c.degree_id, c.academic_year, 1, '{}', now(), now() FROM calls c JOIN degrees d ON d.id = c.degree_id AND d.code LIKE 'MT%';
     INSERT INTO minutes_entries (minutes_id, position, defence_id, student_id, mark, band)
       SELECT m.id, row_number() OVER (PARTITION BY m.id ORDER BY f.id), f.id, f.student_id, k.mark,
              CASE WHEN k.mark < 5 THEN 'fail' WHEN k.mark < 7 THEN 'pass' WHEN k.mark < 9 THEN 'good' ELSE 'excellent' END
       FROM defences f JOIN evaluation_requests r ON r.id = f.evaluation_request_id JOIN minutes m ON m.call_id = r.call_id
       JOIN degrees d ON d.id = r.degree_id AND d.code LIKE 'MT%',
       LATERAL (SELECT (4 + f.id % 61 / 10.0)::numeric(3, 1) AS mark) k;
     UPDATE minutes SET state = 'closed', number = 1, closed_at = now(), content = 'x', digest = 'x', code = 'm' || id WHERE degree_id IN (SELECT id FROM degrees WHERE code LIKE 'MT%');
     DROP TABLE bench_numbers;
     ANALYZE`,
  );
}

async function start() {
  const child = spawn(GESTFG, ["server"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) return child;
    if (performance.now() > until) throw new Error("the server does not start");
    await pause(20);
  }
}

const questions = {
  "by year": "?group_by=year",
  "by degree": "?group_by=degree",
  "by department, three years": "?group_by=department&from=2024&to=2026",
};

async function ask(question, token) {
  const began = performance.now();
  const answer = await fetch(`${base}/statistics${question}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${question}: ${answer.status} ${text}`);
  return { ms: performance.now() - began, found: JSON.parse(text) };
}

const show = (times) => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${times.length}`;
};

async function gather(token) {
  const began = performance.now();
  const answer = await fetch(`${base}/statistics/gather`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 204) throw new Error(`gathering: ${answer.status} ${await answer.text()}`);
  return performance.now() - began;
}

fill();
const server = await start();
try {
  const opened = await fetch(`${base}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "admin.demo@ugr.es", password: "demo-gestfg-2026" }),
  });
  const { access_token: token } = await opened.json();
  const first = await gather(token);
  const { found } = await ask("?group_by=year", token);
  console.log(`${found.total.offered} projects, ${found.total.passed} passed; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  console.log("| what | measured | wanted |\n|---|---|---|");
  for (const [name, question] of Object.entries(questions)) {
    for (const [who, as] of [["visitor", null], ["administrator", token]]) {
      const times = [];
      for (let n = 0; n < rounds; n++) times.push((await ask(question, as)).ms);
      console.log(`| statistics ${name}, ${who} | ${show(times)} | < 100 ms |`);
    }
  }
  let gathering = true;
  const gathered = gather(token).finally(() => (gathering = false));
  const meanwhile = [];
  while (gathering) meanwhile.push((await ask("?group_by=year", null)).ms);
  console.log(`| the same for visitors while they are gathered anew | ${show(meanwhile)} | < 100 ms |`);
  console.log(`| gathering, first and again | ${(first / 1000).toFixed(1)} s, ${((await gathered) / 1000).toFixed(1)} s | no reader waits |`);
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_bench_statistics WITH (FORCE)");
  rmSync(work, { recursive: true, force: true });
}
