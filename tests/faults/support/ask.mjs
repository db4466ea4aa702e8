// Clients that never give up, and what they were told.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { apiAs } from "../../e2e/support/api.mjs";
import { people } from "../../e2e/support/people.mjs";

const run = promisify(execFile);

/** Nothing may take longer than this to be answered, whatever happens: Heroku's router gives up after it. */
export const LIMIT = 30_000;

/** A key of the administrator that does not run out while the test lasts. */
export async function adminToken(server) {
  const admin = await apiAs(server.url, people.admin);
  return (await admin.post("/me/tokens", { name: "faults", scope: "write", days: 1 })).secret;
}

/**
 * Asks once and says what came, whatever it was: `status` is 0 when the line broke before an
 * answer, and -1 when none came within the limit.
 */
export async function ask(server, method, path, { token, body, key, headers = {}, limit = LIMIT + 5_000 } = {}) {
  const started = performance.now();
  const done = (status, rest = {}) => ({ status, seconds: (performance.now() - started) / 1000, ...rest });
  const isJson = body !== undefined && !(body instanceof Uint8Array) && !(body instanceof FormData);
  try {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(isJson ? { "content-type": "application/json" } : {}),
        ...(key ? { "idempotency-key": key } : {}),
        ...headers,
      },
      body: isJson ? JSON.stringify(body) : body,
      signal: AbortSignal.timeout(limit),
    });
    const text = await answer.text();
    const type = answer.headers.get("content-type") ?? "";
    const json = /json/.test(type) && text !== "" ? JSON.parse(text) : undefined;
    return done(answer.status, {
      json,
      code: /problem/.test(type) ? json.code : undefined,
      etag: answer.headers.get("etag"),
      retryAfter: answer.headers.get("retry-after"),
    });
  } catch (error) {
    return done(error.name === "TimeoutError" ? -1 : 0, { error });
  }
}

/** Asks for a room with a name and a key of its own, and remembers what it asked for. */
export function roomAsker(server, token, prefix) {
  let count = 0;
  const asked = [];
  const post = (one) => ask(server, "POST", "/api/v1/rooms", { token, key: one.key, body: { name: one.name, building: "", notes: "" } });
  return {
    asked,
    async next() {
      const one = { name: `${prefix} ${(count += 1)}`, key: randomUUID() };
      asked.push(one);
      one.answer = await post(one);
      return one.answer;
    },
    /** The same again, with the key it had. */
    again: post,
  };
}

/** Counts answers by status and code, and keeps the slowest. */
export class Tally {
  counts = new Map();
  slowest = 0;
  total = 0;

  add(answer) {
    const name = answer.code ? `${answer.status} ${answer.code}` : String(answer.status);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.slowest = Math.max(this.slowest, answer.seconds);
    this.total += 1;
    return answer;
  }

  /** Those that are none of these, by name. */
  others(...expected) {
    return [...this.counts.keys()].filter((name) => !expected.includes(name));
  }

  toString() {
    return `${this.total} (${[...this.counts].sort().map(([name, count]) => `${count} × ${name}`).join(", ")}), slowest ${this.slowest.toFixed(1)} s`;
  }
}

/** One line for the table in the README. */
export function figures(fault, values) {
  console.log(`figures | ${fault} | ${Object.entries(values).map(([name, value]) => `${name}: ${value}`).join("; ")}`);
}

/** Every rule of the domain, asked by `gestfg check`; fails with what it says. */
export async function checkRules(server) {
  try {
    await run(process.env.GESTFG, ["check"], { env: { ...process.env, DATABASE_URL: server.databaseUrl } });
  } catch (error) {
    throw new Error(`gestfg check:\n${error.stdout}\n${error.stderr}`);
  }
}

/** Documents against their bytes, every byte read. */
export async function checkDocuments(server, env = {}) {
  const given = { ...process.env, ...env, DATABASE_URL: server.databaseUrl, JWT_SECRET: "0".repeat(64) };
  try {
    return (await run(process.env.GESTFG, ["check-documents", "--thorough"], { env: given })).stdout;
  } catch (error) {
    throw new Error(`gestfg check-documents:\n${error.stdout}\n${error.stderr}`);
  }
}

/** What the server should never say. */
export const wrong = (server) => server.log().split("\n").filter((line) => /panicked|code=internal|"code":"internal"/.test(line));
