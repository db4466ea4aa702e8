// A PostgreSQL cluster of one test's own, to be mistreated: killed, frozen, filled.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { appendFile, chmod, chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../e2e/support/server.mjs";

const run = promisify(execFile);
const { PROGRAMS, PSQL = "psql" } = process.env;

/** PostgreSQL refuses to run as root: then it runs as its own user. */
async function owner() {
  if (process.getuid() !== 0) return {};
  const id = async (which) => Number((await run("id", [which, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function locale() {
  const [, major] = /(\d+)/.exec((await run(join(PROGRAMS, "postgres"), ["--version"])).stdout);
  if (Number(major) >= 17) return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  return [process.platform === "darwin" ? "--locale=en_US.UTF-8" : "--locale=C.UTF-8"];
}

/**
 * Makes a cluster that is safe against a crash, and starts it.
 *
 * `within` is the folder for its data (default: one of its own), `logWithin` the one for its
 * write-ahead log, if that is to lie elsewhere; `tls`: connections are encrypted, as Heroku's are.
 */
export async function startCluster({ within, logWithin, tls = false, settings = {} } = {}) {
  if (!PROGRAMS) throw new Error("run these tests with scripts/test-faults");
  const as = await owner();
  const base = await mkdtemp(join(tmpdir(), "gestfg-cluster-"));
  await chmod(base, 0o700);
  if (as.uid !== undefined) for (const folder of [base, within, logWithin]) if (folder) await chown(folder, as.uid, as.gid);
  const data = join(within ?? base, "data");
  const log = join(base, "server.log");
  const options = { ...as, cwd: "/" };
  const made = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", ...(await locale())];
  if (logWithin) made.push(`--waldir=${join(logWithin, "wal")}`);
  await run(join(PROGRAMS, "initdb"), made, options);
  if (tls && !(await run("openssl", ["version"]).catch(() => undefined))) {
    console.log("NOT TESTED over TLS: there is no openssl to make a certificate with");
    tls = false;
  }
  if (tls) {
    const [key, cert] = [join(data, "server.key"), join(data, "server.crt")];
    const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
    await run("openssl", [...request, "-keyout", key, "-out", cert], options);
    await chmod(key, 0o600);
    settings = { ...settings, ssl: "on" };
  }
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres${tls ? "?sslmode=require" : ""}`;
  settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", timezone: "UTC", max_connections: 60, ...settings };
  await appendFile(log, "");
  if (as.uid !== undefined) await chown(log, as.uid, as.gid);
  let child;

  const answers = () => run(join(PROGRAMS, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]).then(() => true, () => false);

  /** As whatever looks after it does: again, as long as what is left of the dead one is in the way. */
  async function start() {
    const deadline = Date.now() + 60_000;
    const given = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    while (Date.now() < deadline) {
      const out = openSync(log, "a");
      child = spawn(join(PROGRAMS, "postgres"), ["-D", data, "-p", String(port), ...given], { ...options, stdio: ["ignore", out, out] });
      while (child.exitCode === null && child.signalCode === null) {
        if (await answers()) return;
        if (Date.now() > deadline) break;
        await sleep(20);
      }
    }
    throw new Error(`PostgreSQL did not start:\n${(await readFile(log, "utf8")).slice(-3000)}`);
  }

  /** All its processes. */
  async function processes() {
    const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
    const rows = stdout.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
    return [child.pid, ...rows.filter(([, parent]) => parent === child.pid).map(([pid]) => pid)];
  }

  const isGone = () => child.exitCode !== null || child.signalCode !== null;

  async function end(signal) {
    if (isGone()) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    start,
    isGone,
    settings,
    /** `SIGKILL`: as a machine that fails; `SIGQUIT`: immediate, `SIGINT`: fast shutdown. */
    end,
    /** One backend dies; the postmaster then throws out all others and recovers. */
    async killBackend() {
      const sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1";
      const { stdout } = await run(PSQL, [url, "-XqtAw", "-c", sql]);
      process.kill(Number(stdout), "SIGKILL");
    },
    /** It stands still and says nothing, connections stay open. */
    freeze: async () => { for (const pid of await processes()) process.kill(pid, "SIGSTOP"); },
    thaw: async () => { for (const pid of await processes()) process.kill(pid, "SIGCONT"); },
    query: async (sql) => (await run(PSQL, [url, "-XqtAw", "-v", "ON_ERROR_STOP=1", "-c", sql])).stdout.trim(),
    log: () => readFile(log, "utf8"),
    async stop() {
      await end("SIGQUIT");
      await rm(base, { recursive: true, force: true });
    },
  };
}
