// What a newcomer does first: scripts/run, and a look at what it serves.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launch, logIn, openWindow, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";

let browser;
let running;
let url;
const said = [];

before(async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  url = `http://localhost:${port}`;
  // As a newcomer has it: none of the variables of the tests around.
  const { DATABASE_URL, TEST_DATABASE_URL, ASSETS_DIR, ...env } = process.env;
  running = spawn("scripts/run", [], {
    cwd: new URL("../..", import.meta.url).pathname,
    env: { ...env, PORT: String(port), FRONTEND_PROFILE: "web" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [running.stdout, running.stderr]) stream.on("data", (chunk) => said.push(chunk.toString()));
  for (;;) {
    if (running.exitCode !== null) throw new Error(`scripts/run ended: ${said.join("")}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(100);
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (running?.exitCode === null) {
    running.kill("SIGTERM");
    await once(running, "exit");
  }
});

test("scripts/run serves the demonstration and says how to get in", async () => {
  assert.match(said.join(""), new RegExp(`GesTFG is at ${url}`));
  const window = await openWindow(browser, url);
  await visit(window.page, "/");
  await window.page.getByRole("heading", { name: "Últimos proyectos publicados" }).waitFor();
  for (const person of [people.professor, people.admin]) {
    assert.ok(said.join("").includes(person.login), "the log-ins are printed");
  }
  await logIn(window.page, people.professor);
  await visit(window.page, "/my/projects");
  await window.page.getByRole("link", { name: /./ }).first().waitFor();
  window.check();
  await window.close();
});
