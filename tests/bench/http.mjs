// The server under load, beside what its database does alone. Run through scripts/bench.
//
// Throughput: wrk against the server, pgbench with the very statements the server sent
// (read from Postgres' log, parameters filled in), same number of connections, one after
// the other in this run. Latency: hey at half of the top rate. Memory: VmRSS and VmHWM.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { makeTokens, openStreams } from "./streams.mjs";
import { offer } from "./xlsx.mjs";

const { DATABASE_URL, PROGRAMS, GESTFG, ASSETS_DIR } = process.env;
const seconds = Number(process.env.SECONDS_EACH ?? 10);
const connections = 8;
const port = 8190;
const base = `http://127.0.0.1:${port}`;
const work = mkdtempSync(join(tmpdir(), "gestfg-bench-"));
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_bench";
const rows = [];
const report = (what, figure, wanted) => {
  rows.push(`| ${what} | ${figure} | ${wanted} |`);
  console.error(`${what}: ${figure} (wanted: ${wanted})`);
};

const psql = (url, ...statements) =>
  execFileSync(join(PROGRAMS, "psql"), [url, "-qAtX", "-v", "ON_ERROR_STOP=1", ...statements.flatMap((text) => ["-c", text])], { encoding: "utf8" }).trim();

const environment = {
  ...process.env,
  DATABASE_URL: database.href,
  DATABASE_POOL_SIZE: String(connections),
  PORT: String(port),
  PUBLIC_URL: base,
  JWT_SECRET: "the bench's secret, of no use elsewhere",
  MAIL_DIR: join(work, "mail"),
  LOG: "warn",
  // As in the Procfile.
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
};

async function start() {
  const began = performance.now();
  const child = spawn(GESTFG, ["server"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  for (;;) {
    try {
      const answer = await fetch(`${base}/health/ready`);
      await answer.text();
      if (answer.ok) return { child, took: performance.now() - began };
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const memory = (pid, field) => Number(/\d+/.exec(readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((line) => line.startsWith(field)))[0]) / 1024;

/** The statements the server sends for one request, parameters filled in. */
async function statementsOf(path) {
  const mark = `bench ${Math.random()}`;
  psql(database.href, `SELECT '${mark}'`);
  await (await fetch(base + path)).text();
  psql(database.href, `SELECT '${mark} end'`);
  const log = readFileSync(join(psql(DATABASE_URL, "SHOW data_directory"), "..", "server.log"), "utf8").split(`'${mark}'`).at(-1).split(`'${mark} end'`)[0];
  const found = [];
  const entry = /execute [^:]+: ([\s\S]*?)\n(?=\d{4}-)(?:[^\n]*DETAIL: +[Pp]arameters: ([^\n]*))?/g;
  for (const [, text, parameters] of log.matchAll(entry)) {
    if (/^\s*(SELECT 1|SET|BEGIN|COMMIT)\b/i.test(text) && text.length < 40) continue;
    const values = new Map([...(parameters ?? "").matchAll(/\$(\d+) = ('(?:[^']|'')*'|NULL)/g)].map(([, n, value]) => [n, value]));
    found.push(text.replace(/\$(\d+)/g, (whole, n) => values.get(n) ?? whole).replace(/\s+/g, " ").trim());
  }
  if (found.length === 0) throw new Error(`no statement seen for ${path}`);
  return found;
}

function pgbench(statements) {
  const file = join(work, "script.sql");
  // A colon would be a variable of pgbench's.
  writeFileSync(file, statements.map((text) => `${text.replace(/:(?=\w)/g, ": ")};`).join("\n"));
  const out = execFileSync(join(PROGRAMS, "pgbench"), ["-n", "-M", "prepared", "-c", String(connections), "-j", "2", "-T", String(seconds), "-f", file, database.href], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return Number(/tps = ([\d.]+)/.exec(out)[1]);
}

function wrk(path) {
  const out = execFileSync("wrk", ["-t2", `-c${connections}`, `-d${seconds}s`, base + path], { encoding: "utf8" });
  if (/Non-2xx/.test(out)) throw new Error(out);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
}

function p99(path, rate) {
  const each = Math.max(1, Math.round(rate / connections));
  const out = execFileSync("hey", ["-z", `${seconds}s`, "-c", String(connections), "-q", String(each), base + path], { encoding: "utf8", maxBuffer: 1 << 26 });
  return Number(/99% in ([\d.]+) secs/.exec(out)[1]) * 1000;
}

async function importing(token) {
  const headers = { authorization: `Bearer ${token}` };
  const tutor = psql(database.href, "SELECT email FROM users JOIN professors ON user_id = id ORDER BY id OFFSET 20 LIMIT 1");
  const degree = psql(database.href, "SELECT min(id) FROM degrees");
  const times = { preview: [], commit: [] };
  for (let round = 0; round < 3; round += 1) {
    const form = new FormData();
    form.append("kind", "projects");
    form.append("options", JSON.stringify({ degree_id: Number(degree) }));
    form.append("file", new Blob([offer(5000, tutor, `Ronda ${round}`)]), "oferta.xlsx");
    let began = performance.now();
    let answer = await fetch(`${base}/api/v1/imports`, { method: "POST", headers, body: form });
    let body = await answer.json();
    times.preview.push(performance.now() - began);
    if (answer.status !== 201 || body.summary.create !== 5000) throw new Error(JSON.stringify(body).slice(0, 600));
    began = performance.now();
    answer = await fetch(`${base}/api/v1/imports/${body.id}/commit`, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify({ mode: "all" }) });
    body = await answer.json();
    times.commit.push(performance.now() - began);
    if (answer.status !== 200) throw new Error(JSON.stringify(body).slice(0, 600));
  }
  const median = (list) => list.sort((a, b) => a - b)[1];
  return { preview: median(times.preview), commit: median(times.commit) };
}

/** 400 open streams: what they weigh, what they take from others, how soon all are told. */
async function streaming(admin) {
  const path = pages["catalogue page"];
  const before = wrk(path);
  const streams = await openStreams(base, makeTokens((text) => psql(database.href, text), 400));
  const during = wrk(path);
  report("400 open streams: resident memory under load (highest)", `${memory(server.child.pid, "VmRSS").toFixed(0)} MB (${memory(server.child.pid, "VmHWM").toFixed(0)} MB)`, "< 150 MB");
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const heard = streams.heardBy("inbox");
    const answer = await fetch(`${base}/api/v1/events`, {
      method: "POST",
      headers: { ...admin, "content-type": "application/json" },
      body: JSON.stringify({ kind: "announcement", title: `Aviso ${round}`, body: "Para todas las personas.", audience: "public" }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    times.push(await heard);
  }
  report("400 open streams: a notice to all 2,000 has reached them all after (slowest of 3)", `${Math.max(...times).toFixed(0)} ms`, "< 2,000 ms");
  streams.close();
  const after = wrk(path);
  const idle = (before + after) / 2;
  report("400 open streams: requests/s of the catalogue page beside without (mean of before and after)", `${during.toFixed(0)} / ${idle.toFixed(0)} = ${(during / idle).toFixed(2)}`, "> 0.9");
}

function firstLoad() {
  let total = 0;
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      // The other programs and two faces of the font come later, where they are used.
      else if (!/\.(br|gz)$|^\.|^member|^office|italic|mono/.test(entry.name)) {
        let size = statSync(path).size;
        try {
          size = Math.min(size, statSync(`${path}.br`).size);
        } catch {
          // Fonts are compressed already.
        }
        total += size;
      }
    }
  };
  walk(ASSETS_DIR);
  return total / 1000;
}

psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_bench WITH (FORCE)", "CREATE DATABASE gestfg_bench");
execFileSync(GESTFG, ["migrate"], { env: environment });
execFileSync(GESTFG, ["seed", "--demo", "--projects", "5000", "--students", "1900", "--professors", "100"], { env: environment });
psql(DATABASE_URL, "ALTER DATABASE gestfg_bench SET log_min_duration_statement = 0");

const pages = { "catalogue page": "/api/v1/projects?limit=25", search: "/api/v1/projects?q=visualizacion%20datos&limit=25" };
let server = await start();
try {
  const statements = {};
  for (const [name, path] of Object.entries(pages)) statements[name] = await statementsOf(path);
  server.child.kill("SIGTERM");
  await new Promise((resolve) => server.child.once("exit", resolve));
  psql(DATABASE_URL, "ALTER DATABASE gestfg_bench RESET log_min_duration_statement");
  server = await start();
  report("start to first 200", `${server.took.toFixed(0)} ms`, "—");
  for (const [name, path] of Object.entries(pages)) {
    wrk(path);
    const database = pgbench(statements[name]);
    const rate = wrk(path);
    report(`${name}: requests/s beside pgbench tps (${connections} connections)`, `${rate.toFixed(0)} / ${database.toFixed(0)} = ${(rate / database).toFixed(2)}`, "≥ 0.5");
    report(`${name}: p99 at half of that rate`, `${p99(path, rate / 2).toFixed(1)} ms`, "< 25 ms");
  }
  report("resident memory after that load (highest)", `${memory(server.child.pid, "VmRSS").toFixed(0)} MB (${memory(server.child.pid, "VmHWM").toFixed(0)} MB)`, "< 100 MB");
  const login = await fetch(`${base}/api/v1/session`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ login: "admin.demo@ugr.es", password: "demo-gestfg-2026" }) });
  const { access_token: token } = await login.json();
  await streaming({ authorization: `Bearer ${token}` });
  const { preview, commit } = await importing(token);
  report("preview of a 5,000-row XLSX (median of 3)", `${preview.toFixed(0)} ms`, "< 1,000 ms");
  report("commit of it (median of 3)", `${commit.toFixed(0)} ms`, "< 3,000 ms");
  report("resident memory after the imports (highest)", `${memory(server.child.pid, "VmRSS").toFixed(0)} MB (${memory(server.child.pid, "VmHWM").toFixed(0)} MB)`, "—");
  report("first load of the interface, brotli, fonts included", `${firstLoad().toFixed(0)} kB`, "≤ 450 kB");
} finally {
  server.child.kill("SIGTERM");
  rmSync(work, { recursive: true, force: true });
}

const version = execFileSync(join(PROGRAMS, "postgres"), ["--version"], { encoding: "utf8" }).trim();
console.log(`\n${cpus().length} × ${cpus()[0].model.trim()}, ${version}, everything on one machine; 5,000 projects, 2,000 people.\n`);
console.log("| what | measured | wanted |\n|---|---|---|");
console.log(rows.join("\n"));
