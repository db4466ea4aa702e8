// A visitor: nothing but the address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, checkAccessibility, checkNoSidewaysScroll, launch, openWindow, visit } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the front page starts within the content security policy", async () => {
  for (const viewport of [DESKTOP, PHONE]) {
    const window = await openWindow(browser, server.url, { viewport });
    await visit(window.page, "/");
    assert.equal(await window.page.locator("html").getAttribute("lang"), "es");
    await checkAccessibility(window.page, "/");
    await checkNoSidewaysScroll(window.page, "/");
    window.check();
    await window.close();
  }
});

test("the theme of the system is there before the application", async () => {
  const window = await openWindow(browser, server.url, { theme: "dark", language: "en" });
  await window.page.goto("/", { waitUntil: "commit" });
  await window.page.locator("html.pf-v6-theme-dark").waitFor();
  await visit(window.page, "/");
  assert.equal(await window.page.locator("html").getAttribute("lang"), "en");
  window.check();
  await window.close();
});

test("a page that does not exist says so with a 404", async () => {
  const window = await openWindow(browser, server.url);
  const answer = await window.page.goto("/no-such-page");
  assert.equal(answer.status(), 404);
  await window.page.locator("h1").waitFor();
  window.check();
  await window.close();
});
