// Projects asked for, put in order, allocated and answered: students, a tutor and a coordinator, by keyboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
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
let applicant;
let coordinator;
let round;

before(async () => {
  server = await startServer();
  browser = await launch();
  applicant = await apiAs(server.url, people.applicant);
  coordinator = await apiAs(server.url, people.coordinator);
  for (const call of (await coordinator.get("/calls?limit=100&state=open")).items) {
    const { items } = await coordinator.get(`/calls/${call.id}/allocation-rounds`);
    round ??= items.find((found) => found.state === "open");
  }
  assert.ok(round, "the demonstration has an open round");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const mine = async () =>
  (await applicant.get(`/applications?mine=true&state=live&round_id=${round.id}`)).items.find((found) =>
    found.members.some((member) => member.email === people.applicant.login && member.confirmed_at !== null),
  );
const titles = (page) => page.locator(".gestfg-ranks .gestfg-rank__body strong").allTextContents();
const saved = (page) => page.getByRole("status").filter({ hasText: /^Guardado$/ }).first().waitFor();

test("a student puts projects in order by keyboard, and nothing is lost", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.applicant);

    await context.test("the front page and a project lead there", async () => {
      await page.getByRole("link", { name: /Elige y ordena los proyectos/ }).first().waitFor();
      const offered = (await applicant.get(`/allocation-rounds/${round.id}/projects?limit=5`)).items;
      await visit(page, `/projects/${offered[2].project_id}`);
      await page.getByRole("link", { name: "Pedir este proyecto" }).click();
      await page.getByRole("button", { name: `Bajar «${offered[2].title}»` }).waitFor();
      await saved(page);
      assert.deepEqual((await mine()).preferences.map((wish) => wish.project_id), [offered[2].project_id]);
      window.check();
    });

    await context.test("projects are added and moved by keyboard", async () => {
      await settled(page);
      const add = page.getByRole("button", { name: /^Añadir «/ });
      for (let n = 0; n < 2; n += 1) {
        await add.first().focus();
        await page.keyboard.press("Enter");
      }
      await saved(page);
      const before = await titles(page);
      assert.equal(before.length, 3);
      await page.getByRole("button", { name: `Subir «${before[2]}»` }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      assert.deepEqual(await titles(page), [before[2], before[0], before[1]]);
      await page.getByRole("status").filter({ hasText: "está ahora en el puesto 1 de 3" }).waitFor();
      // At the top the other arrow takes the focus.
      assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Bajar/);
      await page.getByRole("button", { name: `«${before[1]}» me gusta igual que el anterior` }).press("Enter");
      await saved(page);
      await until("it is on the server", async () => {
        const wishes = (await mine()).preferences;
        return wishes.map((wish) => wish.rank).join() === "1,2,2" && wishes[0].title === before[2];
      });
      await settled(page);
      await checkAccessibility(page, "my applications");
      await screenshot(page, "applications-journey-desktop-light-es");
      window.check();
    });

    await context.test("the mouse drags", async () => {
      const before = await titles(page);
      const rows = page.locator(".gestfg-rank");
      await rows.nth(0).dragTo(rows.nth(2));
      await page.waitForFunction(
        ([name]) => document.querySelectorAll(".gestfg-ranks .gestfg-rank__body strong")[2]?.textContent === name,
        [before[0]],
      );
      await saved(page);
      window.check();
    });

    await context.test("what is written without a connection is saved when it is back", async () => {
      await page.route("**/api/v1/applications/**", (route) => route.abort());
      await page.getByLabel("Por qué te interesan").fill("Trabajé en algo parecido en prácticas.");
      await page.getByText("Sin guardar").waitFor();
      await page.getByText("No hay conexión con el servidor", { exact: false }).waitFor();
      await screenshot(page, "applications-offline-desktop-light-es");
      await page.unroute("**/api/v1/applications/**");
      await page.getByRole("button", { name: "Reintentar" }).click();
      await saved(page);
      assert.equal((await mine()).statement, "Trabajé en algo parecido en prácticas.");
      window.check();
    });

    await context.test("it is taken back, and the team joined", async () => {
      await page.getByRole("button", { name: "Retirar la solicitud" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Retirar la solicitud" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await settled(page);
      assert.equal(await mine(), undefined);
      await page.getByRole("button", { name: "Formar parte del equipo" }).click();
      await page.getByText("Confirmado").first().waitFor();
      await settled(page);
      const found = await mine();
      assert.equal(found.members.length, 2);
      const first = (await titles(page))[0];
      await page.getByRole("button", { name: `Bajar «${first}»` }).press("Enter");
      await saved(page);
      await until("the team's list is changed", async () => (await mine()).preferences[1].title === first);
      await screenshot(page, "applications-team-desktop-light-es");
      window.check();
    });
  } finally {
    await window.close();
  }
});

test("a phone shows it whole", async () => {
  const window = await openWindow(browser, server.url, { viewport: PHONE, theme: "dark", language: "en" });
  try {
    await logIn(window.page, people.applicant);
    await window.page.evaluate(() => localStorage.setItem("gestfg.language", JSON.stringify("en")));
    await visit(window.page, "/my/applications");
    await checkNoSidewaysScroll(window.page, "my applications");
    await checkAccessibility(window.page, "my applications");
    await screenshot(window.page, "applications-journey-phone-dark-en");
    window.check();
  } finally {
    await window.close();
  }
});

test("a tutor puts those who apply in order", async () => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.professor);
    await visit(page, "/my/applicants");
    const add = page.getByRole("button", { name: /^Añadir a / }).first();
    const name = /^Añadir a (.*) a mi orden$/.exec(await add.getAttribute("aria-label"))[1];
    await add.press("Enter");
    await page.getByRole("button", { name: `Quitar «${name}»` }).first().waitFor();
    await saved(page);
    await settled(page);
    await checkAccessibility(page, "applicants");
    await screenshot(page, "applicants-journey-desktop-light-es");
    window.check();
  } finally {
    await window.close();
  }
});

test("a coordinator compares two methods, publishes one, and the student reads the answer", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.coordinator);

    await context.test("two methods run over the same data", async () => {
      await visit(page, `/admin/rounds/${round.id}`);
      await page.getByRole("button", { name: "Adjudicaciones" }).click();
      await page.getByRole("button", { name: "Adjudicar" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("El máximo, con menos últimas opciones").check();
      await dialog.getByRole("button", { name: "Adjudicar" }).click();
      await dialog.waitFor({ state: "detached" });
      await until("both are worked out", async () => {
        const { items } = await coordinator.get(`/allocation-rounds/${round.id}/runs`);
        return items.length === 2 && items.every((run) => run.state === "draft");
      });
      const { items } = await coordinator.get(`/allocation-rounds/${round.id}/runs`);
      assert.equal(items[0].input_hash, items[1].input_hash);
      await page.getByRole("img", { name: /^Gráfico: Qué opción obtiene/ }).waitFor();
      await settled(page);
      await checkAccessibility(page, "runs");
      await screenshot(page, "runs-desktop-light-es");
      await page.getByRole("button", { name: /^Comparar/ }).first().click();
      await page.getByText(/Cambia para \d+ solicitudes/).waitFor();
      await screenshot(page, "runs-compare-desktop-light-es");
      await page.keyboard.press("Escape");
      window.check();
    });

    await context.test("an exported file is verified in the browser", async () => {
      await page.getByRole("link", { name: /Estable, lo mejor para estudiantes/ }).first().click();
      await page.getByText("Comprobada en este navegador", { exact: false }).waitFor();
      await settled(page);
      await page.getByLabel("Solicitud", { exact: true }).selectOption({ index: 3 });
      await checkAccessibility(page, "run");
      await screenshot(page, "run-desktop-light-es");
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "JSON verificable" }).click();
      const file = await (await coming).path();
      await visit(page, `/admin/rounds/${round.id}?tab=runs`);
      await page.locator("#verify-file").setInputFiles({ name: "adjudicacion.json", mimeType: "application/json", buffer: await readFile(file) });
      await page.getByText("adjudicacion.json es correcto").waitFor();
      const spoilt = JSON.parse(await readFile(file, "utf8"));
      spoilt.instance.seed += 1;
      await page.locator("#verify-file").setInputFiles({ name: "otra.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(spoilt)) });
      await page.getByText(/otra\.json (incumple reglas|no se puede verificar)/).waitFor();
      window.check();
    });

    await context.test("one is published before the close, with a reason", async () => {
      await page.getByRole("link", { name: /Estable, lo mejor para estudiantes/ }).first().click();
      await page.getByRole("button", { name: "Publicar" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(/Se asignan \d+ proyectos/).waitFor();
      await dialog.getByLabel("Motivo para hacerlo fuera de plazo").fill("Ensayo de la adjudicación");
      await screenshot(page, "run-publish-desktop-light-es");
      await dialog.getByRole("button", { name: "Publicar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Publicada").first().waitFor();
      window.check();
    });

    await context.test("another round may be opened", async () => {
      await visit(page, `/admin/calls/${round.call.id}/rounds`);
      await page.getByRole("button", { name: "Nueva ronda" }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: "Guardar" }).waitFor();
      await screenshot(page, "round-new-desktop-light-es");
      await page.keyboard.press("Escape");
      window.check();
    });
  } finally {
    await window.close();
  }
  const student = await openWindow(browser, server.url);
  try {
    await logIn(student.page, people.applicant);
    await visit(student.page, "/my/applications");
    await student.page.getByRole("link", { name: "Ver el resultado" }).first().click();
    await student.page.getByRole("heading", { name: "Resultado de mi solicitud" }).waitFor();
    await student.page.getByRole("heading", { name: "Lo que pedías, una por una" }).waitFor();
    await settled(student.page);
    await checkAccessibility(student.page, "answer");
    await screenshot(student.page, "answer-desktop-light-es");
    student.check();
  } finally {
    await student.close();
  }
});
