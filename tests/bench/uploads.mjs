// What the server's memory does while a document of 100 MB comes in and goes out.
// Usage: DATABASE_URL=… GESTFG=… [STORAGE_URL=…] node tests/bench/uploads.mjs
//
// The database is thrown away and made anew with the demonstration's data. VmRSS is read every 5 ms;
// the figure is the highest while the bytes move, less what it was before.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";

const { DATABASE_URL, GESTFG, PSQL = "psql" } = process.env;
const port = Number(process.env.PORT ?? 8191);
const megabytes = Number(process.env.MEGABYTES ?? 100);
const base = `http://127.0.0.1:${port}`;
const database = new URL(DATABASE_URL);
database.pathname = "/gestfg_uploads";
const psql = (url, text) => execFileSync(PSQL, [url, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text], { encoding: "utf8" }).trim();

psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_uploads WITH (FORCE)");
psql(DATABASE_URL, "CREATE DATABASE gestfg_uploads");
const env = {
  ...process.env,
  DATABASE_URL: database.href,
  PORT: String(port),
  PUBLIC_URL: base,
  JWT_SECRET: "the bench's secret, of no use elsewhere",
  DOCUMENT_LIMIT_MB: String(megabytes + 1),
  MAIL_DIR: "/tmp/gestfg-uploads-mail",
  LOG: "warn",
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
};
execFileSync(GESTFG, ["migrate"], { env });
execFileSync(GESTFG, ["seed", "--demo"], { env });
// Handing in is open in every call that takes anything, so that some request of the demonstration serves.
psql(database.href, `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
  SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
  ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`);
const request = psql(database.href, "SELECT min(r.id) FROM evaluation_requests r JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NOT NULL");

const server = spawn(GESTFG, ["server"], { env, stdio: ["ignore", "ignore", "inherit"] });
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;

/** The highest memory while `work` goes on, less what it was before, in MB; and how long it took. */
async function watched(work) {
  const before = resident();
  let highest = before;
  const watch = setInterval(() => (highest = Math.max(highest, resident())), 5);
  const began = performance.now();
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  highest = Math.max(highest, resident());
  return { before, rise: highest - before, seconds: (performance.now() - began) / 1000 };
}

function* bytes() {
  yield Buffer.from("%PDF-1.7\n".padEnd(65536, "x"));
  const piece = Buffer.alloc(65536);
  for (let n = 1; n < megabytes * 16; n += 1) {
    piece.fill(n % 251);
    yield Buffer.from(piece);
  }
}

try {
  for (;;) {
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const opened = await fetch(`${base}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "admin.demo@ugr.es", password: "demo-gestfg-2026" }),
  });
  const { access_token: token } = await opened.json();
  const headers = { authorization: `Bearer ${token}` };
  const sent = createHash("sha256");
  for (const piece of bytes()) sent.update(piece);
  const expected = sent.digest("hex");
  const upload = async () => {
    const answer = await fetch(`${base}/api/v1/evaluation-requests/${request}/documents?kind=report&file_name=memoria.pdf`, {
      method: "POST",
      headers,
      body: Readable.from(bytes()),
      duplex: "half",
    });
    const made = await answer.json();
    if (answer.status !== 201 || made.sha256 !== expected) throw new Error(`${answer.status} ${JSON.stringify(made)}`);
    return made.id;
  };
  let id;
  for (const round of [1, 2, 3]) {
    const { before, rise, seconds } = await watched(async () => (id = await upload()));
    console.log(`| upload of ${megabytes} MB, round ${round} | ${rise.toFixed(1)} MB over ${before.toFixed(0)} MB, ${seconds.toFixed(1)} s | ≤ 16 MB |`);
  }
  const { before, rise, seconds } = await watched(async () => {
    const answer = await fetch(`${base}/api/v1/documents/${id}/content`, { headers });
    const received = createHash("sha256");
    for await (const piece of answer.body) received.update(piece);
    if (received.digest("hex") !== expected) throw new Error("what came back is not what was sent");
  });
  console.log(`| download of it | ${rise.toFixed(1)} MB over ${before.toFixed(0)} MB, ${seconds.toFixed(1)} s | ≤ 16 MB |`);
} finally {
  server.kill();
  await new Promise((resolve) => server.once("exit", resolve));
  console.log(execFileSync(GESTFG, ["check-documents", "--thorough"], { env, encoding: "utf8" }).trim());
  psql(DATABASE_URL, "DROP DATABASE IF EXISTS gestfg_uploads WITH (FORCE)");
}
