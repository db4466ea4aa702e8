// Committees of a call, from the run of the planner to a change by hand: by keyboard and by mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs } from "./support/api.mjs";
import {
  PHONE,
  checkAccessibility,
  checkNoSidewaysScroll,
  launch,
  logIn,
  openWindow,
  screenshot,
  settled,
  visit,
} from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

let server;
let browser;
let call;

before(async () => {
  server = await startServer();
  browser = await launch();
  const coordinator = await apiAs(server.url, people.coordinator);
  const calls = (await coordinator.get("/calls?limit=100&state=open")).items;
  const kept = calls.filter((found) => found.allowed_actions.includes("manage_requests"));
  kept.sort((a, b) => b.request_count - a.request_count);
  call = kept[0].id;
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("committees are planned and changed by hand", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.coordinator);

    await context.test("a run makes a version", async () => {
      await visit(page, `/admin/calls/${call}/plans`);
      await page.getByRole("button", { name: "Calcular" }).first().click();
      const dialog = page.getByRole("dialog");
      const reason = dialog.getByLabel("Motivo para hacerlo fuera de plazo");
      if ((await reason.count()) > 0) await reason.fill("Ensayo de las comisiones");
      await dialog.getByRole("button", { name: "Calcular" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("link", { name: "Versión 1" }).first().waitFor();
      await settled(page);
      await checkAccessibility(page, "plans");
      await screenshot(page, "plans-desktop-light-es");
      window.check();
    });

    await context.test("the keyboard picks up, chooses and drops", async () => {
      await page.getByRole("link", { name: "Versión 1" }).first().click();
      await page.getByRole("heading", { name: "Comisión 1" }).waitFor();
      await settled(page);
      const reason = page.getByLabel("Motivo para hacerlo fuera de plazo");
      if ((await reason.count()) > 0) await reason.fill("Ensayo de las comisiones");
      await checkAccessibility(page, "plan");
      await screenshot(page, "plan-desktop-light-es");
      const seats = page.getByRole("list", { name: "Puestos" }).first();
      const pieces = seats.locator('[role="button"]');
      // Two members of one committee may always change places.
      const [one, other] = [await pieces.nth(1).locator("strong").textContent(), await pieces.nth(2).locator("strong").textContent()];
      await pieces.nth(1).focus();
      await page.keyboard.press("Space");
      assert.equal(await pieces.nth(1).getAttribute("aria-pressed"), "true");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("status").filter({ hasText: "Cumple todas las reglas." }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByText("Cambio guardado.").first().waitFor();
      await settled(page);
      assert.equal(await pieces.nth(1).locator("strong").textContent(), other);
      assert.equal(await pieces.nth(2).locator("strong").textContent(), one);
      window.check();
    });

    await context.test("the mouse drags", async () => {
      const pieces = page.getByRole("list", { name: "Puestos" }).first().locator('[role="button"]');
      const [one, other] = [await pieces.nth(1).locator("strong").textContent(), await pieces.nth(2).locator("strong").textContent()];
      await pieces.nth(1).dragTo(pieces.nth(2));
      await page.waitForFunction(
        ([selector, name]) => document.querySelectorAll(selector)[1]?.textContent === name,
        ['ul[aria-label="Puestos"] [role="button"] strong', other],
      );
      assert.equal(await pieces.nth(2).locator("strong").textContent(), one);
      window.check();
    });

    await context.test("what is pinned stays", async () => {
      const pieces = page.getByRole("list", { name: "Puestos" }).first().locator("li");
      const pin = pieces.nth(0).getByRole("button", { name: /^Fijar/ });
      await settled(page);
      await pin.click();
      await page.waitForFunction(() => document.querySelector('ul[aria-label="Puestos"] [aria-disabled="true"]') !== null);
      await settled(page);
      assert.equal(await pin.getAttribute("aria-pressed"), "true");
      await screenshot(page, "plan-pinned-desktop-light-es");
      window.check();
    });

    await context.test("a list says where it may go and what that would break", async () => {
      await page.getByRole("button", { name: /^Mover/ }).first().click();
      const dialog = page.getByRole("dialog");
      const options = await dialog.locator("option").count();
      assert.ok(options > 2, "it offers other places");
      // Somewhere in the list is a place that breaks a rule; the button stays shut there.
      let refused = false;
      for (let at = 0; at < options - 1 && !refused; at += 1) {
        await dialog.getByLabel("A dónde").selectOption(String(at));
        await dialog.locator("[aria-live] :is(p, li)").first().waitFor();
        refused = (await dialog.getByText("Incumpliría reglas").count()) > 0;
      }
      assert.ok(refused, "some place breaks a rule");
      assert.ok(await dialog.getByRole("button", { name: "Mover", exact: true }).isDisabled());
      await checkAccessibility(page, "move");
      await screenshot(page, "plan-move-desktop-light-es");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      window.check();
    });

    await context.test("whoever would be told is named before publishing", async () => {
      await page.getByRole("button", { name: "Publicar" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(/Se avisará a \d+ personas/).waitFor();
      await checkAccessibility(page, "publish");
      await screenshot(page, "plan-publish-desktop-light-es");
      await dialog.getByLabel("Motivo para hacerlo fuera de plazo").fill("Ensayo de las comisiones");
      await dialog.getByRole("button", { name: "Publicar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Publicada").first().waitFor();
      await settled(page);
      // What is published stays as it is.
      assert.equal(await page.getByRole("button", { name: /^Mover/ }).count(), 0);
      window.check();
    });

    await context.test("it fits a phone, in the dark and in English", async () => {
      const phone = await openWindow(browser, server.url, { viewport: PHONE, theme: "dark", language: "en" });
      await logIn(phone.page, people.coordinator);
      await phone.page.evaluate(() => localStorage.setItem("gestfg.language", JSON.stringify("en")));
      for (const path of [new URL(page.url()).pathname, `/admin/calls/${call}/plans`]) {
        await visit(phone.page, path);
        await screenshot(phone.page, `plan${path.endsWith("plans") ? "s" : ""}-phone-dark-en`);
        await checkNoSidewaysScroll(phone.page, path);
        await checkAccessibility(phone.page, path);
      }
      phone.check();
      await phone.close();
    });
  } finally {
    await window.close();
  }
});
