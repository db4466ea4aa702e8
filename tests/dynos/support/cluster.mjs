// A PostgreSQL cluster of a test's own, for what cannot be done to one that others use: certificates,
// passwords, a follower, an end.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../e2e/support/server.mjs";

const run = promisify(execFile);
const { PROGRAMS, PSQL } = process.env;
const isRoot = process.getuid() === 0;

/** As the owner of clusters: PostgreSQL refuses to be root. */
async function asOwner(program, args, env = {}) {
  const [command, ...before] = isRoot ? ["runuser", "-u", "postgres", "--", join(PROGRAMS, program)] : [join(PROGRAMS, program)];
  return run(command, [...before, ...args], { cwd: "/", env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
}

async function give(path) {
  if (isRoot) await run("chown", ["-R", "postgres", path]);
}

/**
 * Starts one. `password` makes it ask for passwords (scram-sha-256), else everybody is let in;
 * `of` makes it a follower of another.
 */
export async function startCluster({ password, of, settings = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "gestfg-cluster-"));
  const data = join(folder, "data");
  await give(folder);
  const port = await freePort();
  const env = password ? { PGPASSWORD: password } : {};
  if (of) {
    await asOwner("pg_basebackup", ["-h", "127.0.0.1", "-p", String(of.port), "-U", "postgres", "-D", data, "-R", "-X", "stream", "-c", "fast"], env);
  } else {
    const auth = ["-A", password ? "scram-sha-256" : "trust"];
    if (password) {
      await writeFile(join(folder, "password"), password, { mode: 0o600 });
      await give(folder);
      auth.push(`--pwfile=${join(folder, "password")}`);
    }
    await asOwner("initdb", ["-D", data, "-U", "postgres", ...auth, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
  }
  const options = { listen_addresses: "127.0.0.1", unix_socket_directories: "", fsync: "off", max_connections: "60", shared_buffers: "32MB", ...settings };
  const words = Object.entries(options).map(([name, value]) => `-c ${name}='${value}'`).join(" ");
  const url = (database, user = "postgres", secret = password) =>
    `postgres://${user}${secret ? `:${secret}` : ""}@127.0.0.1:${port}/${database}`;
  const cluster = {
    port,
    data,
    url,
    start: () => asOwner("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-w", "-o", `-p ${port} ${words}`, "start"]),
    stop: (mode = "fast") => asOwner("pg_ctl", ["-D", data, "-m", mode, "-w", "stop"]),
    async query(sql, database = "postgres") {
      const { stdout } = await run(PSQL, [url(database), "-XqtAw", "-v", "ON_ERROR_STOP=1", "-c", sql]);
      return stdout.trim();
    },
    /** A file of the cluster's own, readable by nobody else. */
    async file(name, text) {
      const path = join(folder, name);
      await writeFile(path, text);
      await chmod(path, 0o600);
      await give(path);
      return path;
    },
    async destroy() {
      await cluster.stop("immediate").catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
  await cluster.start();
  return cluster;
}

/** A session that stays open: what is written to it is done in order. */
export function openSession(url) {
  const child = spawn(PSQL, [url, "-XqtAw", "-v", "ON_ERROR_STOP=1"], { stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk.toString()));
  return {
    /** Sends statements and waits until they are done. */
    async say(sql) {
      const mark = `done ${Math.random()}`;
      child.stdin.write(`${sql};\n\\echo ${mark}\n`);
      while (!said.includes(mark)) await once(child.stdout, "data");
    },
    async close() {
      const gone = once(child, "exit");
      child.stdin.end();
      await gone;
    },
  };
}
