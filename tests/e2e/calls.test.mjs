// A call from its draft to the student who comes too late.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs } from "./support/api.mjs";
import { PHONE, launch, logIn, openWindow, settled, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

let server;
let browser;
let admin;

before(async () => {
  server = await startServer();
  browser = await launch();
  admin = await apiAs(server.url, people.admin);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialogButton = (page, name) => page.getByRole("dialog").getByRole("button", { name, exact: true });

/** What a clock in Madrid shows so many days from now, as a date-time field takes it. */
function clock(days, time) {
  const day = new Date(Date.now() + days * 86_400_000);
  return `${day.toLocaleDateString("sv-SE", { timeZone: "Europe/Madrid" })}T${time}`;
}

test("a coordinator opens a call, a student enters, and who is late hears why", async () => {
  const degree = (await admin.get("/degrees?q=GII")).items.find(({ code }) => code === "GII");
  const sitting = await admin.post("/sittings", { code: "ESP", name: "Especial de finalización" });
  const [office, pupil, teacher] = await Promise.all([
    openWindow(browser, server.url),
    openWindow(browser, server.url, { viewport: PHONE }),
    openWindow(browser, server.url),
  ]);
  await logIn(office.page, people.coordinator);
  await logIn(pupil.page, people.student);
  const student = await apiAs(server.url, people.student);
  const own = (await student.get("/assignments?mine=true&state=active")).items.find((item) => item.degree.id === degree.id);
  const tutor = (await admin.get(`/users/${own.tutor.id}`)).email;
  await logIn(teacher.page, { login: tutor, password: people.student.password });

  // Drawn up: nobody else sees it, and odd dates are pointed out while they are typed.
  const { page } = office;
  await visit(page, "/admin/calls");
  await button(page, "Nueva convocatoria").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Titulación/).selectOption(String(degree.id));
  await dialog.getByLabel(/^Tipo/).selectOption(String(sitting.id));
  await dialogButton(page, "Crear el borrador").click();
  await page.waitForURL(/\/admin\/calls\/\d+$/);
  await settled(page);
  const call = Number(page.url().split("/").pop());
  const phase = (name) => page.getByRole("group", { name, exact: true });
  await phase("Solicitud de evaluación").getByLabel(/^Desde/).fill(clock(-1, "00:00"));
  await phase("Solicitud de evaluación").getByLabel(/^Hasta/).fill(clock(2, "23:59"));
  await phase("Defensa").getByLabel(/^Desde/).fill(clock(1, "09:00"));
  await phase("Defensa").getByLabel(/^Hasta/).fill(clock(9, "20:00"));
  await page.getByText("«Defensa» empieza antes de que termine «Solicitud de evaluación».").first().waitFor();
  await button(page, "Guardar").click();
  await page.getByText(/guardad/i).first().waitFor();
  assert.equal((await student.get("/calls?limit=200")).items.some(({ id }) => id === call), false);

  // Opened: the student has it in the inbox at once, without asking.
  await visit(pupil.page, "/inbox");
  await button(page, "Abrir la convocatoria").first().click();
  await dialogButton(page, "Abrir la convocatoria").click();
  await page.getByText("La convocatoria está abierta y se ha avisado a los interesados.").first().waitFor();
  await pupil.page.getByText(/Convocatoria abierta: GII · .*finalización/).first().waitFor();

  // Entered by the student on a phone; the tutor's badge counts it while they look at something else.
  await visit(teacher.page, "/projects");
  await visit(pupil.page, `/calls/${call}`);
  await pupil.page.getByRole("button", { name: /^Presentar/ }).first().click();
  await pupil.page.getByRole("dialog").getByLabel(/^Convocatoria/).selectOption(String(call));
  await dialogButton(pupil.page, "Presentar").click();
  await pupil.page.getByText("El proyecto se ha presentado.").first().waitFor();
  const requests = await admin.get(`/evaluation-requests?call_id=${call}&state=requested`);
  assert.deepEqual(requests.items.map((item) => item.assignment_id), [own.id]);
  await teacher.page.getByRole("link", { name: /avisos? sin leer|sin leer/i }).first().waitFor();
  await visit(teacher.page, "/inbox");
  await teacher.page.getByText(`Presentado a convocatoria: ${own.project_title}`).first().waitFor();

  // Taken back in time, and about to be entered again when the phase ends.
  await visit(pupil.page, `/calls/${call}`);
  await pupil.page.getByRole("button", { name: /^Retirar/ }).first().click();
  await dialogButton(pupil.page, "Retirar").click();
  await pupil.page.getByText("El proyecto se ha retirado de la convocatoria.").first().waitFor();
  await pupil.page.getByRole("button", { name: /^Presentar/ }).first().click();
  await pupil.page.getByRole("dialog").getByLabel(/^Convocatoria/).selectOption(String(call));
  await server.query(`UPDATE call_phases SET ends_at = now() - interval '1 second' WHERE call_id = ${call} AND phase = 'evaluation_request'`);
  await dialogButton(pupil.page, "Presentar").click();
  await pupil.page.getByRole("dialog").getByText(/El plazo «Solicitud de evaluación» se cerró el \d+ /).first().waitFor();
  assert.equal((await admin.get(`/evaluation-requests?call_id=${call}&state=requested`)).total, 0);

  // The coordinator may, and writes down why.
  await visit(page, `/admin/calls/${call}/requests`);
  await page.getByRole("tab", { name: /^Sin presentar/ }).or(page.getByRole("button", { name: /^Sin presentar/ })).first().click();
  await page.getByLabel(`Elegir «${own.project_title}»`).check();
  await page.getByRole("button", { name: "Presentar 1 proyecto" }).click();
  const bulk = page.getByRole("dialog");
  await dialogButton(page, "Presentar 1 proyecto").click();
  await bulk.getByText(/El plazo «Solicitud de evaluación» se cerró el/).first().waitFor();
  await bulk.getByLabel(/^Motivo/).fill("El correo de confirmación no llegó a tiempo");
  await dialogButton(page, "Presentar 1 proyecto").click();
  await page.getByText("Se han presentado 1 de 1.").first().waitFor();
  const log = await admin.get("/audit-log?action=evaluation_request.create&limit=1");
  assert.equal(log.items[0].reason, "El correo de confirmación no llegó a tiempo");
  for (const window of [office, pupil, teacher]) {
    window.check();
    await window.close();
  }
});
