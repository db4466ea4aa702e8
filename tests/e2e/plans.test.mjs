// Committees and timetable of a call, from the runs of the planner to changes by hand: by keyboard and by mouse.
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

    await context.test("arrows lead a project to one of another committee, to change places with it", async () => {
      const project = page.getByRole("list", { name: "Proyectos" }).first().locator('[role="button"]').first();
      await project.focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowRight");
      await page.getByRole("status").filter({ hasText: "Comisión 2" }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("status").filter({ hasText: /Intercambiar con «.+» \(Comisión 2\)/ }).waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await project.getAttribute("aria-pressed"), "false");
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

const cells = 'table[role="grid"] td';
const grid = (page) => page.getByRole("grid");
const card = (page, name) => grid(page).locator("td").filter({ hasText: name });

/** Gives the reason where one is due, in a dialog or on the page. */
async function giveReason(place) {
  const reason = place.getByLabel("Motivo para hacerlo fuera de plazo").first();
  if ((await reason.count()) > 0) await reason.fill("Ensayo del horario");
}

/** Has something worked out from the version on the screen, and waits for the version it makes. */
async function rerun(page, button, confirm, fill = async () => {}) {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  await fill(dialog);
  await giveReason(dialog);
  await dialog.getByRole("button", { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("link", { name: /^Seguir con la versión/ }).waitFor({ timeout: 60_000 });
  await settled(page);
}

/** Takes the defence that has the focus and looks for a place of which the checker says this. */
async function seek(page, sentence, keys) {
  await page.keyboard.press("Enter");
  for (const key of keys) {
    await page.keyboard.press(key);
    const said = await page.getByRole("group", { name: "Defensa elegida" }).getByRole("status").textContent();
    if (sentence.test(said)) return said;
  }
  assert.fail(`no place of which it is said ${sentence}`);
}

test("the timetable is planned and changed by hand", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.coordinator);
    await visit(page, `/admin/calls/${call}/plans`);
    await page.getByRole("link", { name: "Versión 1" }).first().click();
    await page.getByRole("heading", { name: "Comisión 1" }).waitFor();
    await settled(page);

    await context.test("a run from a version shows what differs before it is gone on with", async () => {
      await rerun(page, "Calcular el horario", "Calcular");
      await page.getByRole("heading", { name: /Defensas a otra hora o en otra sala/ }).waitFor();
      assert.equal(await page.getByText(/defence-\d/).count(), 0, "people are named, not the planner's ids");
      await checkAccessibility(page, "outcome");
      await screenshot(page, "plan-outcome-desktop-light-es");
      await page.getByRole("link", { name: /^Seguir con la versión/ }).click();
      await page.getByRole("heading", { name: "Versión 2" }).waitFor();
      await page.getByRole("button", { name: "Horario de defensas" }).click();
      await grid(page).waitFor();
      await settled(page);
      await giveReason(page);
      await checkAccessibility(page, "timetable");
      await screenshot(page, "timetable-desktop-light-es");
      window.check();
    });

    await context.test("what is proved of it stands beside each measure, and it is downloaded as a draft", async () => {
      await page.getByText("Medidas", { exact: true }).click();
      await page.getByText(/demostrado/).first().waitFor();
      await page.getByText("Descargar", { exact: true }).click();
      await checkAccessibility(page, "measures and downloads");
      await screenshot(page, "plan-measures-desktop-light-es");
      for (const name of ["Comisiones, PDF", "Horario, PDF", "Horario, XLSX"]) {
        const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
        assert.match(file.suggestedFilename(), /^(committees|timetable)-2\.(pdf|xlsx)$/);
      }
      window.check();
    });

    await context.test("the keyboard picks a defence up, chooses and drops", async () => {
      const first = page.locator(`${cells}[tabindex="0"]`);
      const [name, before] = [await first.locator("strong").textContent(), await first.getAttribute("id")];
      await first.focus();
      await seek(page, /Cumple todas las reglas/, ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight"]);
      await screenshot(page, "timetable-held-desktop-light-es");
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        ([selector, name, id]) => {
          const found = [...document.querySelectorAll(selector)].find((cell) => cell.querySelector("strong")?.textContent === name);
          return found !== undefined && found.id !== id;
        },
        [cells, name, before],
      );
      await settled(page);
      window.check();
    });

    await context.test("what breaks a rule is named and refused", async () => {
      const first = page.locator(`${cells}[tabindex="0"]`);
      await first.focus();
      const here = await first.getAttribute("id");
      const said = await seek(page, /va seguida|van seguidas|sala|hora|Alguien/, ["PageDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"]);
      assert.doesNotMatch(said, /Cumple todas las reglas/);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".gestfg-board__piece--held").count(), 0);
      await page.keyboard.press("PageUp");
      assert.equal((await page.evaluate(() => document.activeElement.id)).split("-")[1], here.split("-")[1], "the day before");
      window.check();
    });

    await context.test("the mouse drags a defence to where it fits", async () => {
      const source = grid(page).locator("td:has(.gestfg-slot)").first();
      const name = await source.locator("strong").textContent();
      const before = await source.getAttribute("id");
      // In hand, the cells into which it fits are marked.
      await source.click();
      await page.locator(".gestfg-timegrid__fits").first().waitFor();
      const fits = await page.locator(".gestfg-timegrid__fits").first().getAttribute("id");
      await page.keyboard.press("Escape");
      await page.locator(`#${before} .gestfg-slot`).dragTo(page.locator(`#${fits}`));
      await page.locator(`#${fits} strong`).filter({ hasText: name }).waitFor();
      await settled(page);
      window.check();
    });

    await context.test("what is pinned stays", async () => {
      const chosen = grid(page).locator("td:has(.gestfg-slot)").first();
      const name = await chosen.locator("strong").textContent();
      await chosen.click();
      await page.keyboard.press("Escape");
      const pin = page.getByRole("group", { name: "Defensa elegida" }).getByRole("button", { name: "Fijar" });
      await pin.click();
      await card(page, name).locator(".gestfg-slot__pin").waitFor();
      await settled(page);
      assert.equal(await card(page, name).locator(".gestfg-slot").getAttribute("draggable"), "false");
      assert.equal(await pin.getAttribute("aria-pressed"), "true");
      await screenshot(page, "timetable-pinned-desktop-light-es");
      await pin.click();
      await card(page, name).locator(".gestfg-slot__pin").waitFor({ state: "detached" });
      await settled(page);
      window.check();
    });

    await context.test("a list takes a defence out, and says what that does", async () => {
      const chosen = grid(page).locator("td:has(.gestfg-slot)").last();
      const name = await chosen.locator("strong").textContent();
      await chosen.click();
      await page.keyboard.press("Escape");
      await page.getByRole("group", { name: "Defensa elegida" }).getByRole("button", { name: "Mover a…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Hora").selectOption("");
      await dialog.getByText("Se puede, aunque no conviene").waitFor();
      await checkAccessibility(page, "place");
      await screenshot(page, "timetable-move-desktop-light-es");
      await dialog.getByRole("button", { name: "Mover", exact: true }).click();
      await page.getByRole("heading", { name: /no tienen? sitio/ }).waitFor();
      await settled(page);
      await screenshot(page, "timetable-unplaced-desktop-light-es");
      await checkAccessibility(page, "unplaced");
      window.check();
    });

    await context.test("the map of common hours can be read", async () => {
      await page.getByRole("button", { name: "Dónde falta sitio" }).click();
      await page.getByRole("region", { name: /Horas en común/ }).waitFor();
      assert.ok((await page.locator(".gestfg-heat td").count()) > 5);
      await checkAccessibility(page, "shortage");
      await screenshot(page, "shortage-desktop-light-es");
      window.check();
    });

    await context.test("what has no place says why, and a repair is looked at before it is accepted", async () => {
      // Whoever presides the first committee cannot come at all.
      const coordinator = await apiAs(server.url, people.coordinator);
      const plan = await coordinator.get(`/committee-plans/${new URL(page.url()).pathname.split("/").at(-1)}`);
      const slots = plan.names.days.flatMap((day) => day.slots).sort();
      await coordinator.put("/unavailability", {
        professor_id: Number(plan.committees_solution.committees[0].seats[0].split("-")[1]),
        starts_at: slots[0],
        ends_at: new Date(Date.parse(slots.at(-1)) + 86_400_000).toISOString(),
        answer: "no",
      });
      await rerun(page, "Recalcular el horario", "Calcular");
      await page.getByRole("link", { name: /^Seguir con la versión/ }).click();
      await page.getByRole("heading", { name: "Versión 3" }).waitFor();
      await page.getByRole("button", { name: "Horario de defensas" }).click();
      await page.getByRole("heading", { name: /defensas no tienen sitio/ }).waitFor();
      await settled(page);
      await page.getByText(/hora libre|horas libres seguidas|horas posibles/).first().waitFor();
      const help = page.getByText(/^Qué ayudaría/).first();
      await help.click();
      await giveReason(page);
      await checkAccessibility(page, "reasons");
      await screenshot(page, "timetable-reasons-desktop-light-es");
      await page.getByRole("button", { name: /^Ver qué cambiaría/ }).first().click();
      const dialog = page.getByRole("dialog");
      await checkAccessibility(page, "repair");
      await screenshot(page, "timetable-repair-desktop-light-es");
      await dialog.getByRole("button", { name: /^Está de acuerdo/ }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("link", { name: "Seguir con la versión 4" }).waitFor({ timeout: 60_000 });
      await settled(page);
      await screenshot(page, "timetable-repaired-desktop-light-es");
      await page.getByRole("button", { name: "Descartar la versión 4" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Eliminar" }).click();
      await page.getByRole("link", { name: "Seguir con la versión 4" }).waitFor({ state: "detached" });
      window.check();
    });

    await context.test("somebody falls ill: the repair shows its difference", async () => {
      await rerun(page, "Algo ha cambiado…", "Reparar", async (dialog) => {
        await dialog.getByLabel("Persona").selectOption({ index: 1 });
        await checkAccessibility(page, "changed");
        await screenshot(page, "plan-changed-desktop-light-es");
      });
      await screenshot(page, "plan-repaired-desktop-light-es");
      window.check();
    });

    await context.test("a closed room is opened from the repair that needs it", async () => {
      const repaired = page.getByRole("link", { name: /^Seguir con la versión/ }).first();
      const [number] = /\d+/.exec(await repaired.textContent());
      await repaired.click();
      await page.getByRole("heading", { name: `Versión ${number}` }).waitFor();
      await settled(page);
      const coordinator = await apiAs(server.url, people.coordinator);
      const plan = await coordinator.get(`/committee-plans/${new URL(page.url()).pathname.split("/").at(-1)}`);
      const slots = plan.names.days.flatMap((day) => day.slots).sort();
      const always = { starts_at: slots[0], ends_at: new Date(Date.parse(slots.at(-1)) + 86_400_000).toISOString() };
      for (const { id } of plan.names.rooms) await coordinator.post(`/rooms/${id}/closures`, { ...always, reason: "Obras" });
      await rerun(page, "Recalcular el horario", "Calcular");
      await page.getByRole("link", { name: /^Seguir con la versión/ }).click();
      await page.getByRole("button", { name: "Horario de defensas" }).click();
      await page.getByRole("heading", { name: /defensas no tienen sitio/ }).waitFor();
      await giveReason(page);
      await page.getByText(/^Qué ayudaría/).first().click();
      const repair = page.locator(".gestfg-timegrid__repairs > li").filter({ hasText: "Hay que abrir" }).filter({ hasNotText: "pedírselo" });
      await repair.getByRole("button", { name: /^Ver qué cambiaría/ }).first().click();
      const dialog = page.getByRole("dialog");
      await checkAccessibility(page, "repair that opens a room");
      await screenshot(page, "timetable-repair-room-desktop-light-es");
      await dialog.getByRole("button", { name: "Abrir la sala y recalcular" }).click();
      await dialog.waitFor({ state: "detached" });
      const closures = await Promise.all(plan.names.rooms.map(({ id }) => coordinator.get(`/rooms/${id}/closures?from=${always.starts_at}`)));
      const hours = ({ starts_at, ends_at }) => Date.parse(ends_at) - Date.parse(starts_at);
      const shut = closures.flatMap(({ items }) => items.map(hours)).reduce((sum, time) => sum + time, 0);
      assert.ok(shut < plan.names.rooms.length * hours(always), "open for the time of the repair");
      await page.getByRole("link", { name: /^Seguir con la versión/ }).waitFor({ timeout: 60_000 });
      for (const { id } of plan.names.rooms) await coordinator.post(`/rooms/${id}/open`, always);
      window.check();
    });

    await context.test("on paper only what is read is left", async () => {
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator(".gestfg-printed").isVisible());
      assert.equal(await page.getByRole("button").count(), 0, "nothing to press");
      await screenshot(page, "plan-print");
      await page.emulateMedia({ media: "screen" });
      window.check();
    });

    await context.test("on a phone it is a list by day, in the dark and in English", async () => {
      const phone = await openWindow(browser, server.url, { viewport: PHONE, theme: "dark", language: "en" });
      await logIn(phone.page, people.coordinator);
      await phone.page.evaluate(() => localStorage.setItem("gestfg.language", JSON.stringify("en")));
      const path = new URL(page.url()).pathname;
      for (const view of ["timetable", "hours"]) {
        await visit(phone.page, `${path}?view=${view}`);
        await checkNoSidewaysScroll(phone.page, view);
        await checkAccessibility(phone.page, view);
        await screenshot(phone.page, `${view}-phone-dark-en`);
      }
      assert.equal(await grid(phone.page).count(), 0);
      phone.check();
      await phone.close();
    });
  } finally {
    await window.close();
  }
});
