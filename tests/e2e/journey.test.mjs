// The whole way of a project, by the people who walk it: from the office's sheet to a student.
// Each test goes on where the one before stopped, in windows of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs, lastMailLink } from "./support/api.mjs";
import { launch, logIn, openWindow, settled, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const title = "Riego automático de huertos urbanos con sensores reciclados";
const newcomer = { login: "estrella.prueba@correo.ugr.es", password: "una-frase-larga-27" };

let server;
let browser;
let degree;

before(async () => {
  server = await startServer();
  browser = await launch();
  const coordinator = await apiAs(server.url, people.coordinator);
  degree = (await coordinator.get("/session")).roles.coordinates[0];
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A test in a window of somebody's own, which has to have been without complaint at the end. */
function walk(name, person, steps) {
  test(name, async () => {
    const window = await openWindow(browser, server.url);
    try {
      if (person) await logIn(window.page, person);
      await steps(window.page);
      window.check();
    } finally {
      await window.close();
    }
  });
}

const button = (within, name) => within.getByRole("button", { name, exact: true });

/** Presses a button of the page and confirms what it asks. */
async function act(page, name) {
  await button(page, name).first().click();
  await button(page.getByRole("dialog"), name).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await settled(page);
}

walk("the office imports its sheet after looking at every row", people.admin, async (page) => {
  const sheet = [
    "Oferta de trabajos;;;;;;",
    ";;;;;;",
    "NUM.;TUTOR;COTUTOR;TIPO;TÍTULO;Nº ALUMNOS;DESCRIPCIÓN",
    `1;${people.professor.login};;;${title};1;Medir la humedad y regar lo justo, con piezas de aparatos viejos.`,
    "2;nadie.conocido@ugr.es;;;Un proyecto sin tutor conocido;1;No se puede importar.",
  ].join("\r\n");
  await visit(page, "/imports/new");
  await page.getByLabel("Qué contiene").selectOption("projects");
  await page.getByLabel("Titulación por defecto").selectOption(String(degree.id));
  await page
    .locator("#import-file")
    .setInputFiles({ name: "oferta.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${sheet}`) });
  await button(page, "Subir y comprobar").click();
  await page.waitForURL(/\/imports\/\d+/);
  await button(page, "Ver las filas").click();
  await page.getByText(title).first().waitFor();
  await page.getByText("1 fila con errores").first().waitFor();
  await button(page, "Importar solo las válidas").click();
  await button(page.getByRole("dialog"), "Importar").click();
  await page.getByText("Importación terminada").first().waitFor();
});

walk("its professor finds it, handed in already", people.professor, async (page) => {
  await visit(page, "/my/projects");
  await page.getByRole("searchbox").first().fill("huertos urbanos");
  await page.waitForURL(/q=/);
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await settled(page);
  await page.getByText("Enviado", { exact: true }).first().waitFor();
});

walk("the coordinator validates it from the queue", people.coordinator, async (page) => {
  await visit(page, "/validation");
  await page.getByRole("searchbox").first().fill("huertos urbanos");
  await page.waitForURL(/q=/);
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await settled(page);
  await act(page, "Validar");
  await button(page, "Validar").waitFor({ state: "detached" });
});

walk("the professor publishes it", people.professor, async (page) => {
  const professor = await apiAs(server.url, people.professor);
  const { items } = await professor.get(`/projects?mine=true&q=${encodeURIComponent("huertos urbanos")}`);
  const found = items.find((project) => project.title === title);
  assert.ok(found, "the project is among the professor's own");
  await visit(page, `/projects/${found.id}`);
  await act(page, "Publicar");
  await button(page, "Quitar del catálogo").waitFor();
});

walk("a visitor finds it without accents and with a typo", null, async (page) => {
  await visit(page, "/projects");
  const search = page.getByRole("searchbox").first();
  for (const words of ["riego automatico huertos", "huertos urbnos reciclados"]) {
    await search.fill(words);
    await page.waitForURL((url) => url.searchParams.get("q") === words);
    await page.getByRole("link", { name: title }).first().waitFor();
  }
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByText("piezas de aparatos viejos").first().waitFor();
});

walk("a student registers, sets a password by the link in the mail, and finds the project", null, async (page) => {
  await visit(page, "/register");
  await page.getByLabel("Correo electrónico").fill(newcomer.login);
  await page.getByLabel("Nombre", { exact: false }).first().fill("Estrella");
  await page.getByLabel("Apellidos").fill("Prueba Inventada");
  await button(page, "Crear la cuenta").click();
  await page.getByText("Revisa tu correo").waitFor();

  const admin = await apiAs(server.url, people.admin);
  await page.goto(await lastMailLink(admin, newcomer.login));
  await settled(page);
  const fields = page.locator('input[autocomplete="new-password"]');
  await fields.nth(0).fill(newcomer.password);
  await fields.nth(1).fill(newcomer.password);
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL(/\/login$/);

  await logIn(page, newcomer);
  await visit(page, "/projects?q=huertos+urbanos");
  await page.getByRole("link", { name: title }).first().waitFor();
});

walk("the professor assigns it to the student", people.professor, async (page) => {
  const professor = await apiAs(server.url, people.professor);
  const { items } = await professor.get(`/projects?mine=true&q=${encodeURIComponent("huertos urbanos")}`);
  await visit(page, `/projects/${items.find((project) => project.title === title).id}`);
  await button(page, "Asignar").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").first().fill(newcomer.login);
  await button(dialog, "Asignar").click();
  await dialog.waitFor({ state: "detached" });
  await settled(page);
  await button(page, "Asignar").waitFor({ state: "detached" });
});

walk("the student sees the assignment", newcomer, async (page) => {
  await visit(page, "/assignments");
  await page.getByText(title).first().waitFor();
});
