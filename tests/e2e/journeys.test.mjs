// The ways people take through the system, from the office's spreadsheet to a student with a project.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { offer } from "../bench/xlsx.mjs";
import { apiAs, lastMailLink } from "./support/api.mjs";
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

/** Somebody's window for the length of one journey, and a look at what went wrong in it. */
async function as(person, journey, options) {
  const window = await openWindow(browser, server.url, options);
  if (person) await logIn(window.page, person);
  await journey(window.page);
  window.check();
  await window.close();
}

const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialogButton = (page, name) => page.getByRole("dialog").getByRole("button", { name, exact: true });

/** Chooses a password on the page of a one-time link, and logs in with it. */
async function choosePassword(page, link, login) {
  const password = "olivo-Ladera-41";
  await visit(page, link.slice(server.url.length));
  await page.locator('input[autocomplete="new-password"]').nth(0).fill(password);
  await page.locator('input[autocomplete="new-password"]').nth(1).fill(password);
  await button(page, "Guardar la contraseña").click();
  await page.getByText("La contraseña se ha guardado. Ya puedes iniciar sesión.").first().waitFor();
  await logIn(page, { login, password });
}

test("from the office's sheet to a student with a project", async () => {
  const degree = (await admin.get("/degrees?q=GII")).items.find(({ code }) => code === "GII");
  const sheet = { name: "oferta 2026.xlsx", mimeType: "application/octet-stream", buffer: offer(3, people.professor.login, "Cartografía de senderos") };
  const title = "Cartografía de senderos: propuesta número 2";
  const newcomer = "brisa.encina+tfg@correo.ugr.es";

  // The secretary imports the sheet: nothing changes before it is confirmed.
  await as(people.admin, async (page) => {
    await visit(page, "/imports/new");
    await page.getByLabel("Qué contiene").selectOption("projects");
    await page.getByLabel(/^Titulación/).selectOption(String(degree.id));
    await page.locator('input[type="file"]').setInputFiles(sheet);
    await button(page, "Subir y comprobar").click();
    await page.waitForURL(/\/imports\/\d+/);
    await settled(page);
    await page.getByRole("button", { name: /^(Ver|Comprobar) las filas$/ }).click();
    await page.getByText(title).waitFor();
    assert.equal((await admin.get(`/projects?state=submitted&q=${encodeURIComponent("senderos")}`)).total, 0);
    await button(page, "Importar todas las filas").click();
    await dialogButton(page, "Importar").click();
    await page.getByText("Importación terminada").first().waitFor();
  });
  const found = await admin.get(`/projects?state=submitted&q=${encodeURIComponent("senderos")}`);
  assert.equal(found.total, 3);
  const project = found.items.find((item) => item.title === title);

  // The coordinator finds it in the queue and accepts it.
  await as(people.coordinator, async (page) => {
    await visit(page, `/validation?q=${encodeURIComponent("senderos")}`);
    await page.getByRole("link", { name: title }).first().click();
    await page.waitForURL(`**/projects/${project.id}`);
    await settled(page);
    await button(page, "Validar").click();
    await dialogButton(page, "Validar").click();
    await page.getByText("Validado", { exact: true }).first().waitFor();
  });

  // Its professor publishes it and gives it to somebody the system does not know yet.
  await as(people.professor, async (page) => {
    await visit(page, `/projects/${project.id}`);
    await button(page, "Publicar").click();
    await dialogButton(page, "Publicar").click();
    await button(page, "Asignar").click();
    const field = page.getByLabel("Estudiante 1: correo o DNI/NIE");
    await field.fill("no es nadie");
    await dialogButton(page, "Asignar").click();
    await page.getByRole("dialog").locator('[aria-invalid="true"]').waitFor();
    await field.fill(newcomer);
    await dialogButton(page, "Asignar").click();
    await page.getByText("Asignado", { exact: true }).first().waitFor();
  });

  // The student sets a password by the link of the mail and sees the project, on a phone.
  const link = await lastMailLink(admin, newcomer);
  await as(null, async (page) => {
    await choosePassword(page, link, newcomer);
    await visit(page, "/assignments");
    await page.getByText(title).first().waitFor();
  }, { viewport: PHONE });

  // The link has done its work.
  await as(null, async (page) => {
    await visit(page, link.slice(server.url.length));
    await page.locator('input[autocomplete="new-password"]').nth(0).fill("otra-Clave-larga-7");
    await page.locator('input[autocomplete="new-password"]').nth(1).fill("otra-Clave-larga-7");
    await button(page, "Guardar la contraseña").click();
    await page.getByText(/enlace/i).first().waitFor();
    assert.match(new URL(page.url()).pathname, /set-password/);
  });
});

test("a student registers, chooses a password and finds a project", async () => {
  const email = "noa.quejigo@correo.ugr.es";
  await as(null, async (page) => {
    await visit(page, "/register");
    await page.getByLabel("Correo electrónico").fill(email);
    await page.getByLabel("Nombre", { exact: false }).first().fill("Noa");
    await page.getByLabel("Apellidos").fill("Quejigo Laguna");
    await button(page, "Crear la cuenta").click();
    await page.getByText("Revisa tu correo").first().waitFor();
  });
  const link = await lastMailLink(admin, email);
  await as(null, async (page) => {
    await choosePassword(page, link, email);
    await visit(page, "/projects");
    await page.getByRole("searchbox").first().fill("olivar riego");
    await page.waitForURL(/q=olivar/);
    await page.getByRole("link", { name: /riego inteligente en olivares/i }).first().click();
    await page.waitForURL(/\/projects\/\d+$/);
    await page.getByRole("heading", { level: 1, name: /riego inteligente en olivares/i }).waitFor();
    assert.equal(await button(page, "Asignar").count(), 0, "a student assigns nothing");
  });
});

test("a visitor searches with a typing error and shares what they see", async () => {
  await as(null, async (page) => {
    await visit(page, "/");
    await page.getByRole("searchbox").first().fill("incendis forestales");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/projects\?.*q=/);
    await settled(page);
    const link = page.getByRole("link", { name: /incendios forestales/i }).first();
    await link.waitFor();
    const shared = page.url();
    await page.reload();
    await settled(page);
    assert.equal(page.url(), shared, "the search is in the address");
    await link.waitFor();
    await link.click();
    await page.getByRole("heading", { name: "Proyectos parecidos" }).waitFor();
    await page.goBack();
    await page.waitForURL(shared);
  });
});
