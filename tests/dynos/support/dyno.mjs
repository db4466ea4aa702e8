// One process as a platform runs it: a port, the variables, its output, signals.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { freePort } from "../../e2e/support/server.mjs";

export const { GESTFG } = process.env;
export const SECRET = "the secret of these tests, of no use elsewhere";
const run = promisify(execFile);

/** What a process is given: nothing of this one but where programs are. */
export function variables(env) {
  const { PATH, HOME, ASSETS_DIR = "target/web" } = process.env;
  return { PATH, HOME, ASSETS_DIR, JWT_SECRET: SECRET, MAIL_DIR: "/tmp/gestfg-dynos-mail", RUST_BACKTRACE: "0", ...env };
}

/** Runs `gestfg` to its end: `{ code, out }`. */
export async function gestfg(args, env, input) {
  const running = run(GESTFG, args, { env: variables(env) });
  if (input !== undefined) running.child.stdin.end(input);
  try {
    const { stdout, stderr } = await running;
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    return { code: error.code, out: `${error.stdout}${error.stderr}` };
  }
}

/** Starts `gestfg server`; ready when this returns, unless `wait` says otherwise. */
export async function startDyno({ env, wait = "/health/ready" }) {
  const port = env.PORT ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(GESTFG, ["server"], {
    env: variables({ BIND: "127.0.0.1", PORT: String(port), PUBLIC_URL: url, MIMALLOC_ARENA_EAGER_COMMIT: "0", ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out = { stdout: [], stderr: [] };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (chunk) => out[name].push(chunk.toString()));
  const gone = once(child, "exit");
  const dyno = {
    port,
    url,
    pid: child.pid,
    /** Milliseconds from the start of the process to its first good answer. */
    tookMs: undefined,
    stdout: () => out.stdout.join(""),
    log: () => out.stdout.join("") + out.stderr.join(""),
    isUp: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => child.kill(name),
    /** `[code, signal]`, once it has ended. */
    gone,
    async stop() {
      if (!dyno.isUp()) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
      await gone;
      clearTimeout(late);
    },
  };
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (!dyno.isUp()) throw new Error(`the server ended: ${dyno.log()}`);
    const answer = await fetch(url + wait).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) break;
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`not within 60 s: ${dyno.log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  dyno.tookMs = performance.now() - began;
  return dyno;
}

/** Highest (`VmHWM`) or present (`VmRSS`) memory of a process, in MB. */
export function memory(status, field) {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) / 1024;
}
