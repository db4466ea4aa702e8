// A GesTFG of its own for each test file: fresh database, demo data, free port.
import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { stat, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";

const run = promisify(execFile);
const { GESTFG, PSQL = "psql", ASSETS_DIR = "target/web" } = process.env;

/** The URL of another database on the test cluster, which a test may have made for itself. */
function databaseUrl(name) {
  const url = new URL(process.env.TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  return url.href;
}

/** One question to one database of the test cluster, through psql. */
export async function query(sql, database = "postgres") {
  const { stdout } = await run(PSQL, [databaseUrl(database), "-XqtAw", "-v", "ON_ERROR_STOP=1", "-c", sql]);
  return stdout.trim();
}

/** A migrated and seeded database to clone, made once for each build of the program. */
async function template() {
  const { size, mtimeMs } = await stat(GESTFG);
  const name = `e2e_template_${createHash("sha256").update(`${size} ${mtimeMs}`).digest("hex").slice(0, 12)}`;
  const exists = await query(`SELECT 1 FROM pg_database WHERE datname = '${name}'`);
  if (exists !== "1") {
    // Test files may start together: each makes one of its own, and the first to be done gives it the name.
    const making = `${name}_${process.pid}`;
    await query(`DROP DATABASE IF EXISTS ${making}`);
    await query(`CREATE DATABASE ${making}`);
    const env = { ...process.env, DATABASE_URL: databaseUrl(making), JWT_SECRET: randomBytes(32).toString("hex"), DEMO: "true" };
    await run(GESTFG, ["migrate"], { env });
    await run(GESTFG, ["seed", "--demo"], { env });
    await query(`ALTER DATABASE ${making} RENAME TO ${name}`).catch(() => query(`DROP DATABASE ${making}`));
    await query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true`);
  }
  return name;
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A database of its own with the demonstration's data, for tests that start their own servers. */
export async function demoDatabase() {
  if (!GESTFG || !process.env.TEST_DATABASE_URL) throw new Error("run these tests with their script");
  const name = `e2e_${process.pid}_${randomBytes(4).toString("hex")}`;
  await query(`CREATE DATABASE ${name} TEMPLATE ${await template()}`);
  return {
    name,
    url: databaseUrl(name),
    query: (sql) => query(sql, name),
    drop: () => query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * Starts a server; `await using` or `stop()` ends it and drops its database.
 * Variables in `env` are added to its environment; `from` names another template than the demonstration.
 */
export async function startServer({ env = {}, from } = {}) {
  if (!GESTFG || !process.env.TEST_DATABASE_URL) throw new Error("run these tests with scripts/e2e");
  const database = `e2e_${process.pid}_${randomBytes(4).toString("hex")}`;
  await query(`CREATE DATABASE ${database} TEMPLATE ${from ?? (await template())}`);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const mailDir = await mkdtemp(join(tmpdir(), "gestfg-mail-"));
  const log = [];
  const variables = {
    ...process.env,
    DATABASE_URL: databaseUrl(database),
    BIND: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: url,
    JWT_SECRET: randomBytes(32).toString("hex"),
    ASSETS_DIR,
    MAIL_DIR: mailDir,
    DEMO: "true",
    ...env,
  };
  let child;

  async function start() {
    child = spawn(GESTFG, ["server"], { env: variables, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.push(chunk.toString()));
    await isReady(url, child);
  }

  async function end(signal) {
    // Another may have been started by the time this one is given up on.
    const ending = child;
    if (ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, "exit");
    ending.kill(signal);
    await Promise.race([gone, sleep(10_000, undefined, { ref: false }).then(() => ending.kill("SIGKILL"))]);
  }

  async function stop() {
    await end("SIGTERM");
    await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await rm(mailDir, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log.join("")}`);
  }
  return {
    url,
    database,
    databaseUrl: databaseUrl(database),
    pid: () => child.pid,
    stop,
    /** Ends it as a machine that fails does. */
    kill: () => end("SIGKILL"),
    /** Starts it again over the same database. */
    restart: start,
    log: () => log.join(""),
    query: (sql) => query(sql, database),
    [Symbol.asyncDispose]: stop,
  };
}

async function isReady(url, child) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server stopped with status ${child.exitCode}`);
    try {
      const answer = await fetch(`${url}/health/ready`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  throw new Error("the server was not ready within 30 s");
}
