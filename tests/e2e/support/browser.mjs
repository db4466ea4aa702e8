// Chromium with an eye on everything a person would not notice: console, policy, other hosts.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const SHOTS = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../../../.local/screenshots");

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** What each page has asked for and not been answered yet. */
const pending = new WeakMap();

/** One browser for a test file. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
}

/**
 * A window of its own, as another person on another machine.
 * `check()` fails on anything wrong seen so far; call it at the end of each test.
 */
export async function openWindow(browser, url, { viewport = DESKTOP, theme = "light", language = "es" } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    colorScheme: theme,
    locale: language === "es" ? "es-ES" : "en-GB",
    reducedMotion: "reduce",
    isMobile: viewport.width < 600,
    hasTouch: viewport.width < 600,
    deviceScaleFactor: 1,
  });
  await context.addInitScript((chosen) => {
    if (localStorage.getItem("gestfg.language") === null) {
      localStorage.setItem("gestfg.language", JSON.stringify(chosen));
    }
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`Content-Security-Policy: ${event.violatedDirective} refuses ${event.blockedURI || "inline"}`);
    });
  }, language);

  const wrong = [];
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports every 4xx as an error; refusals are part of the contract and tested as such.
    const refusal = message.text().startsWith("Failed to load resource") && message.location().url.includes("/api/");
    // A path that does not exist answers 404 with the page that says so.
    const notFound = message.text().includes("404") && message.location().url === page.url();
    if (message.type() === "error" && !refusal && !notFound) wrong.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) wrong.push(`${response.status()} from ${response.url()}`);
  });
  const asked = new Set();
  pending.set(page, asked);
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => asked.delete(request));
  page.on("request", (request) => {
    const target = request.url();
    // The stream of updates has no end.
    if (!new URL(target).pathname.endsWith("/updates")) asked.add(request);
    if (!target.startsWith(url) && !/^(data|blob|about):/.test(target)) wrong.push(`request to another host: ${target}`);
  });

  return {
    page,
    context,
    check() {
      assert.deepEqual(wrong.splice(0), [], "the browser had something to complain about");
    },
    close: () => context.close(),
  };
}

/** Goes to a path and waits until the application has drawn it and fetched its data. */
export async function visit(page, path) {
  await page.goto(path);
  await settled(page);
}

/** Waits until no skeleton and no spinner is left. */
export async function settled(page) {
  await page.locator("#loading").waitFor({ state: "detached" });
  await page.locator("h1").first().waitFor();
  await answered(page);
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [role="progressbar"], .pf-v6-c-skeleton'));
}

/** Waits until nothing has been asked for during a little while. */
async function answered(page) {
  const asked = pending.get(page) ?? new Set();
  const deadline = Date.now() + 20_000;
  for (let quiet = 0; quiet < 5; ) {
    if (Date.now() > deadline) {
      throw new Error(`still waiting for ${[...asked].map((request) => request.url()).join(", ")}`);
    }
    await sleep(60);
    quiet = asked.size === 0 ? quiet + 1 : 0;
  }
}

/** Logs in through the form. */
export async function logIn(page, person) {
  await visit(page, "/login");
  await page.locator('input[autocomplete="username"]').fill(person.login);
  await page.locator('input[autocomplete="current-password"]').fill(person.password);
  await page.locator('form button[type="submit"]').first().click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await settled(page);
}

/** Writes `.local/screenshots/<name>.png`, the whole page: the part that scrolls is made as tall as it is. */
export async function screenshot(page, name) {
  await mkdir(SHOTS, { recursive: true });
  const { width, height } = page.viewportSize();
  const hidden = await page.evaluate(() =>
    Math.max(0, ...Array.from(document.querySelectorAll("body, body *"), (part) =>
      /auto|scroll/.test(getComputedStyle(part).overflowY) ? part.scrollHeight - part.clientHeight : 0)),
  );
  await page.setViewportSize({ width, height: Math.min(height + hidden, 6000) });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: "disabled" });
  await page.setViewportSize({ width, height });
}

let axe;

/** Fails on barriers of WCAG 2.2 A and AA in what is on the screen. */
export async function checkAccessibility(page, where) {
  axe ??= await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  // Colours half-way between two states are nobody's.
  await page.evaluate(() => {
    const ends = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ends.map(({ finished }) => finished));
  });
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.slice(0, 5).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
  }));
  assert.deepEqual(found, [], `barriers on ${where}`);
}

/** On a narrow window nothing may stick out to the right. */
export async function checkNoSidewaysScroll(page, where) {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `${where} is ${scroll - client} px wider than the window`);
}
