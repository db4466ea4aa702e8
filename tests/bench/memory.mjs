// How much memory one server takes when everything comes at once. Run through scripts/bench memory.
//
// The variables are a dyno's (pool of 6). For SECONDS_EACH (default 60) at the same time: wrk with 64
// connections on the catalogue and 16 on searches, 8 clients that log in again and again (argon2), 4
// that hand in 8 documents of 25 MB and 8 reports of 40,000 words each, 200 open streams of updates,
// previews and commits of 5,000-row spreadsheets one after the other, and a CSV of all projects.
// Reported: VmHWM (the highest ever) and VmRSS of the server, the most that the processes which read
// reports took, and every status that was answered.
import { execFileSync, spawn } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pdf, words } from "../e2e/support/pdf.mjs";
import { makeTokens, openStreams } from "./streams.mjs";
import { offer } from "./xlsx.mjs";

const { DATABASE_URL, PROGRAMS, GESTFG } = process.env;
const seconds = Number(process.env.SECONDS_EACH ?? 60);
const port = 8192;
const base = `http://127.0.0.1:${port}`;
const work = mkdtempSync(join(tmpdir(), "gestfg-memory-"));
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_memory";
const psql = (url, ...statements) =>
  execFileSync(join(PROGRAMS, "psql"), [url, "-qAtX", "-v", "ON_ERROR_STOP=1", ...statements.flatMap((text) => ["-c", text])], { encoding: "utf8" }).trim();
const env = {
  ...process.env,
  DATABASE_URL: database.href,
  DATABASE_POOL_SIZE: "6",
  PORT: String(port),
  PUBLIC_URL: base,
  JWT_SECRET: "the bench's secret, of no use elsewhere",
  MAIL_DIR: join(work, "mail"),
  LOGIN_LIMIT_ACCOUNT: "0",
  LOGIN_LIMIT_ADDRESS: "0",
  LOG: "warn",
  // As in the Procfile.
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
};

psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_memory WITH (FORCE)", "CREATE DATABASE gestfg_memory");
execFileSync(GESTFG, ["migrate"], { env });
execFileSync(GESTFG, ["seed", "--demo", "--projects", "5000", "--students", "1900", "--professors", "100"], { env });
psql(database.href, `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
  SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
  ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`);
const requests = psql(database.href, "SELECT r.id FROM evaluation_requests r JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NOT NULL ORDER BY r.id LIMIT 4").split("\n");

const server = spawn(GESTFG, ["server"], { env, stdio: ["ignore", "ignore", "inherit"] });
const memory = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;
/** What the processes that read reports take: a dyno's memory is that of all. */
let readers = 0;
const watch = setInterval(() => {
  let now = 0;
  try {
    for (const child of readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, "utf8").trim().split(" ").filter(Boolean)) {
      now += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, "utf8"))?.[1] ?? 0) / 1024;
    }
  } catch {
    // Gone in between.
  }
  readers = Math.max(readers, now);
}, 20);
const statuses = new Map();
const ask = async (what, path, options) => {
  const answer = await fetch(`${base}/api/v1${path}`, options);
  const text = await answer.text();
  const key = `${what} ${answer.status}`;
  statuses.set(key, (statuses.get(key) ?? 0) + 1);
  return { status: answer.status, text };
};
const json = { "content-type": "application/json" };
const logIn = (login) => ({ method: "POST", headers: json, body: JSON.stringify({ login, password: "demo-gestfg-2026" }) });

try {
  for (;;) {
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const idle = memory("VmRSS");
  const { access_token: token } = JSON.parse((await ask("log-in", "/session", logIn("admin.demo@ugr.es"))).text);
  const bearer = { authorization: `Bearer ${token}` };
  const streams = await openStreams(base, makeTokens((text) => psql(database.href, text), 200));
  const file = join(work, "memoria.pdf");
  writeFileSync(file, Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(24_999_991, 7)]));
  const tutor = psql(database.href, "SELECT email FROM users JOIN professors ON user_id = id ORDER BY id OFFSET 20 LIMIT 1");
  const degree = Number(psql(database.href, "SELECT min(id) FROM degrees"));
  const until = performance.now() + seconds * 1000;
  const again = async (work, most = Infinity) => {
    for (let n = 0; n < most && performance.now() < until; n += 1) await work(n);
  };
  const wrk = (connections, path) =>
    new Promise((resolve, reject) => {
      const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "20s", base + path], { stdio: ["ignore", "pipe", "inherit"] });
      let out = "";
      child.stdout.on("data", (chunk) => (out += chunk));
      child.on("error", reject);
      child.on("exit", () => resolve({ rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1]), wrong: /Non-2xx[^\n]*|Socket errors[^\n]*/.exec(out)?.[0] ?? "none" }));
    });
  const [catalogue, search] = await Promise.all([
    wrk(64, "/api/v1/projects?limit=25"),
    wrk(16, "/api/v1/projects?q=visualizacion%20datos&limit=25"),
    ...Array.from({ length: 8 }, () => again(() => ask("log-in", "/session", logIn("alumnado.demo@correo.ugr.es")))),
    ...requests.map((request, index) => {
      const path = `/evaluation-requests/${request}/documents?kind=report&file_name=memoria.pdf&override_reason=Ensayo`;
      const upload = (what, body, size) =>
        ask(what, path, { method: "POST", headers: { ...bearer, "content-length": String(size) }, body, duplex: "half" });
      return again(async (n) => {
        await upload("upload", createReadStream(file), 25_000_000);
        // And one that can be read, of a hundred pages' words.
        const report = pdf(words(10 * n + index, 40_000));
        await upload("report", report, report.length);
        // The disk has an end.
      }, 8);
    }),
    again(async (n) => {
      const form = new FormData();
      form.append("kind", "projects");
      form.append("options", JSON.stringify({ degree_id: degree }));
      form.append("file", new Blob([offer(5000, tutor, `Ronda ${n}`)]), "oferta.xlsx");
      const preview = await ask("preview", "/imports", { method: "POST", headers: bearer, body: form });
      if (preview.status !== 201) return;
      await ask("commit", `/imports/${JSON.parse(preview.text).id}/commit`, { method: "POST", headers: { ...bearer, ...json }, body: JSON.stringify({ mode: "all" }) });
    }),
    again(() => ask("export", "/projects/export?format=csv", { headers: bearer })),
  ]);
  streams.close();
  console.log(`${cpus().length} × ${cpus()[0].model.trim()}, everything on one machine; 5,000 projects at first; ${seconds} s of everything at once\n`);
  console.log("| what | measured |\n|---|---|");
  console.log(`| resident memory: before, after, highest | ${idle.toFixed(0)}, ${memory("VmRSS").toFixed(0)}, ${memory("VmHWM").toFixed(0)} MB (a dyno has 512) |`);
  console.log(`| the process that reads what is handed in, highest | ${readers.toFixed(0)} MB |`);
  console.log(`| catalogue and search: requests/s | ${catalogue.rate}, ${search.rate} (wrong: ${catalogue.wrong}; ${search.wrong}) |`);
  console.log(`| the rest, by status | ${[...statuses].sort().map(([what, count]) => `${what}: ${count}`).join("; ")} |`);
} finally {
  clearInterval(watch);
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_memory WITH (FORCE)");
  rmSync(work, { recursive: true, force: true });
}
