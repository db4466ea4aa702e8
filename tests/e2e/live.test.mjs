// What others do shows without a reload, and takes nothing away from whoever is at work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
import { launch, logIn, openWindow, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
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

/** Submits a new project of the degree that the coordinator of the demo data looks after. */
async function submitProject(title) {
  const professor = await apiAs(server.url, people.professor);
  const degree = (await professor.get("/degrees?q=GII")).items.find(({ code }) => code === "GII");
  const draft = await professor.post("/projects", { degree_id: degree.id, title, kind: "T1", student_count: 1, description: "Texto." });
  await professor.post(`/projects/${draft.id}/submit`, undefined, { "if-match": `"${draft.version}"` });
}

test("an announcement shows on an open front page", async () => {
  const window = await openWindow(browser, server.url);
  await logIn(window.page, people.student);
  await visit(window.page, "/");
  const admin = await apiAs(server.url, people.admin);
  const title = "La secretaría cierra el viernes";
  const event = await admin.post("/events", { kind: "announcement", title, body: "Todo el **día**.", audience: "public" });
  await window.page.getByRole("link", { name: title }).waitFor({ timeout: 5_000 });

  await admin.patch(`/events/${event.id}`, { title: `${title} por la tarde` }, { "if-match": `"${event.version}"` });
  await window.page.getByRole("link", { name: `${title} por la tarde` }).waitFor({ timeout: 5_000 });
  window.check();
  await window.close();
});

test("a project that arrives is counted and listed, and leaves the decision being written alone", async () => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  await logIn(page, people.coordinator);
  await visit(page, "/validation");
  await page.getByRole("button", { name: "Devolver" }).first().click();
  const reason = page.getByRole("dialog").getByLabel(/^Motivo/);
  await reason.fill("Falta concretar los objetivos");
  const decided = await page.getByRole("dialog").innerText();

  const title = "Llega mientras se decide";
  await submitProject(title);
  const coordinator = await apiAs(server.url, people.coordinator);
  const arrived = async () => (await coordinator.get("/notifications")).items.some((item) => item.body.includes(title));
  await until("the notice of it", arrived);
  // While a dialog is open, nothing behind it moves.
  assert.equal(await reason.inputValue(), "Falta concretar los objetivos");
  assert.equal(await page.getByRole("dialog").innerText(), decided);

  await page.keyboard.press("Escape");
  await page.getByText(title).first().waitFor({ timeout: 10_000 });
  // Others may arrive meanwhile (a deadline comes near): it is held against what the inbox holds now.
  await until("the bell to count it", async () => {
    const { notifications } = await coordinator.get("/notifications/unread");
    return (await page.locator("a.gestfg-bell").getAttribute("aria-label")) === `Notificaciones: ${notifications} sin leer`;
  });
  window.check();
  await window.close();
});

test("what came while the tab was cut off is shown when it is back", async () => {
  const window = await openWindow(browser, server.url);
  const { page, context } = window;
  await logIn(page, people.student);
  await visit(page, "/");
  await context.setOffline(true);
  const admin = await apiAs(server.url, people.admin);
  await admin.post("/events", { kind: "announcement", title: "Escrito sin conexión", body: "", audience: "public" });
  await context.setOffline(false);
  await page.getByRole("link", { name: "Escrito sin conexión" }).waitFor({ timeout: 15_000 });
  await window.close();
});
