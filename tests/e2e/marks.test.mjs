// From the marks of a committee to the closed minutes: a president on a phone, a student, a coordinator, anybody.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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
let president;
let admin;
let call;
let waiting;

before(async () => {
  server = await startServer();
  browser = await launch();
  president = await apiAs(server.url, people.professor);
  admin = await apiAs(server.url, people.admin);
  waiting = (await president.get("/me/marking-duties")).items.filter(
    (duty) => duty.presides && duty.state === null && duty.defence_state === "planned",
  );
  assert.ok(waiting.length > 1, "the demonstration has defences to mark");
  call = waiting[0].call.id;
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const sheet = async (duty) => {
  const { id } = await president.get("/session");
  return president.get(`/defences/${duty.defence_id}/marks/${id}`);
};
const saved = (page) => page.getByRole("status").filter({ hasText: /^Guardado$/ }).first().waitFor();
const marks = (page) => page.getByLabel("Nota (0 a 10)");

test("a president marks on a phone, criterion by criterion, and nothing typed is lost", async (context) => {
  const window = await openWindow(browser, server.url, { viewport: PHONE });
  const { page } = window;
  const [first] = waiting;
  try {
    await logIn(page, people.professor);

    await context.test("what waits is listed and leads to the sheet", async () => {
      await visit(page, "/my/marking");
      await checkNoSidewaysScroll(page, "what to mark");
      await page.getByRole("link", { name: `Calificar: ${first.student.name}, Comisión de evaluación` }).click();
      await page.waitForURL(`**/defences/${first.defence_id}/marks`);
      await settled(page);
      assert.equal(await marks(page).count(), 4);
    });

    await context.test("marks are saved as they are typed, or chosen by what they mean", async () => {
      await marks(page).nth(0).fill("7,5");
      await saved(page);
      assert.equal((await sheet(first)).marks[0].mark, "7.5");
      await page.getByRole("button", { name: /^Desde 9,0/ }).nth(1).click();
      await page.getByRole("button", { name: "Contenido técnico: −0,5" }).click();
      await saved(page);
      assert.equal((await sheet(first)).marks[1].mark, "8.5");
      window.check();
    });

    await context.test("without a connection they stay, through a reload too, and go when it is back", async () => {
      await window.context.setOffline(true);
      await marks(page).nth(2).fill("6");
      await page.getByText("No hay conexión con el servidor").waitFor();
      await window.context.setOffline(false);
      await saved(page);
      assert.equal((await sheet(first)).marks[2].mark, "6.0");
      await page.route("**/api/v1/defences/*/marks/*", (route) =>
        route.request().method() === "PATCH" ? route.abort() : route.continue(),
      );
      await marks(page).nth(3).fill("8");
      await page.getByText("No hay conexión con el servidor").waitFor();
      await page.unroute("**/api/v1/defences/*/marks/*");
      page.once("dialog", (dialog) => dialog.accept());
      await page.reload();
      await settled(page);
      await saved(page);
      assert.equal(await marks(page).nth(3).inputValue(), "8");
      assert.equal((await sheet(first)).marks[3].mark, "8.0");
    });

    await context.test("what is no mark is said, and cannot be handed in", async () => {
      await marks(page).nth(0).fill("75");
      await page.getByText("De 0 a 10, con un decimal como mucho.").waitFor();
      assert.ok(await page.getByRole("button", { name: "Entregar y firmar" }).isDisabled());
      await marks(page).nth(0).fill("7,5");
      await saved(page);
      await checkAccessibility(page, "a sheet of marks");
      await checkNoSidewaysScroll(page, "a sheet of marks");
      await screenshot(page, "marks-sheet-phone");
    });

    await context.test("handed in, they count and can be taken back", async () => {
      // 30 % of 7.5, 35 % of 8.5, 20 % of 6 and 15 % of 8.
      await page.getByText("7,625").first().waitFor();
      await page.getByRole("button", { name: "Entregar y firmar" }).click();
      await page.getByRole("button", { name: "Retirar para cambiar" }).waitFor();
      assert.equal((await sheet(first)).state, "handed_in");
      await screenshot(page, "marks-handed-in-phone");
      window.check();
    });
  } finally {
    await window.close();
  }
});

test("the president publishes, a student claims and is answered, the minutes are closed and checked", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  const [, ...rest] = waiting;
  const claimant = waiting[0];
  const student = await admin.get(`/users/${claimant.student.id}`);
  const them = { login: student.email, password: people.student.password };
  try {
    await logIn(page, people.professor);

    await context.test("what is missing is named", async () => {
      await visit(page, `/calls/${call}/grading`);
      await page.getByRole("link", { name: new RegExp(`no ha entregado sus notas de ${rest[0].student.name}`) }).waitFor();
      await checkAccessibility(page, "marks of a call");
      await screenshot(page, "marks-call-missing");
      for (const duty of rest) {
        const path = `/defences/${duty.defence_id}/marks/${(await president.get("/session")).id}`;
        const grades = ["9.5", "9.0", "9.5", "10"].map((mark, at) => ({ criterion: at + 1, mark }));
        const written = await president.patch(path, { marks: grades }, { "if-match": '"0"' });
        await president.post(`${path}/hand-in`, {}, { "if-match": `"${written.version}"` });
      }
    });

    await context.test("nothing missing, they are published", async () => {
      await page.getByText("No falta nada: se pueden publicar.").waitFor();
      await page.getByRole("button", { name: "Publicar las notas provisionales" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Publicar las notas provisionales" }).click();
      await page.getByText("Se puede reclamar hasta").waitFor();
      await settled(page);
      await checkAccessibility(page, "provisional marks");
      await screenshot(page, "marks-call-provisional");
      window.check();
    });

    await context.test("the student reads the mark and claims", async () => {
      const other = await openWindow(browser, server.url, { viewport: PHONE });
      try {
        await logIn(other.page, them);
        await visit(other.page, "/my/marks");
        await other.page.getByText("Provisional", { exact: true }).waitFor();
        await other.page.getByRole("button", { name: "Reclamar" }).click();
        await other.page.getByLabel("Qué reclamas y por qué").fill("No se ha tenido en cuenta el anexo II.");
        await other.page.getByRole("dialog").getByRole("button", { name: "Reclamar" }).click();
        await other.page.getByText("Pendiente de respuesta").waitFor();
        await checkAccessibility(other.page, "one's own marks");
        await checkNoSidewaysScroll(other.page, "one's own marks");
        await screenshot(other.page, "marks-mine-phone");
        other.check();
      } finally {
        await other.close();
      }
    });

    await context.test("the claim comes by itself, and is answered", async () => {
      await page.getByText("No se ha tenido en cuenta el anexo II.").waitFor();
      await page.getByRole("button", { name: "Responder" }).click();
      await page.getByLabel("Respuesta").fill("El anexo se tuvo en cuenta en el contenido técnico.");
      await page.getByRole("dialog").getByRole("button", { name: "Responder" }).click();
      await page.getByText("Desestimada").waitFor();
    });

    await context.test("after the window the president decides honours and closes", async () => {
      await server.query("UPDATE minutes SET claims_until = now() WHERE state = 'provisional'");
      await page.reload();
      await settled(page);
      await page.getByRole("button", { name: "Cerrar el acta" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Matrículas de honor").waitFor();
      await checkAccessibility(page, "closing minutes");
      await screenshot(page, "marks-closing");
      await dialog.getByRole("button", { name: "Cerrar el acta" }).click();
      await page.getByText("Acta n.º 1").first().waitFor();
      await settled(page);
      await screenshot(page, "marks-call-closed");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /Acta en PDF/ }).first().click(),
      ]);
      const file = await readFile(await download.path());
      assert.equal(file.subarray(0, 5).toString(), "%PDF-");
      window.check();
    });

    await context.test("the student reads the definitive mark and the tutor's report", async () => {
      const other = await openWindow(browser, server.url);
      try {
        await logIn(other.page, them);
        await visit(other.page, "/my/marks");
        await other.page.getByText("Definitiva").waitFor();
        await other.page.getByText("El anexo se tuvo en cuenta").waitFor();
        await other.page.getByRole("link", { name: "Informe del tutor" }).click();
        await other.page.getByText("Ha trabajado con constancia").waitFor();
        assert.equal(await other.page.getByText("Notas de la comisión").count(), 0, "sheets stay within the committee");
        await checkAccessibility(other.page, "the report for a student");
        await screenshot(other.page, "marks-report-student");
        other.check();
      } finally {
        await other.close();
      }
    });

    await context.test("anybody has the code checked", async () => {
      const { items } = await admin.get(`/minutes?call_id=${call}`);
      const { code } = await admin.get(`/minutes/${items[0].id}`);
      const visitor = await openWindow(browser, server.url, { viewport: PHONE });
      try {
        await visit(visitor.page, "/verification");
        await visitor.page.getByLabel("Código de verificación").fill("NADA-1234");
        await visitor.page.getByRole("button", { name: "Comprobar" }).click();
        await visitor.page.getByText("Ningún acta tiene ese código.").waitFor();
        await visitor.page.getByLabel("Código de verificación").fill(code.toLowerCase());
        await visitor.page.getByRole("button", { name: "Comprobar" }).click();
        await visitor.page.getByText("Acta auténtica y en vigor").waitFor();
        await checkAccessibility(visitor.page, "checking minutes");
        await checkNoSidewaysScroll(visitor.page, "checking minutes");
        await screenshot(visitor.page, "marks-verification-phone");
        visitor.check();
      } finally {
        await visitor.close();
      }
    });
  } finally {
    await window.close();
  }
});

test("a coordinator opens minutes again with a reason, and writes rubrics", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.coordinator);

    await context.test("opened again, the edition stays and the code says so", async () => {
      await visit(page, `/calls/${call}/grading`);
      await page.getByRole("button", { name: "Reabrir" }).click();
      await page.getByRole("dialog").getByLabel("Motivo").fill("Error en una nota");
      await page.getByRole("dialog").getByRole("button", { name: "Reabrir" }).click();
      await page.getByText("No falta nada: se pueden publicar.").waitFor();
      await page.getByText("Reabierta", { exact: true }).waitFor();
      window.check();
    });

    await context.test("a rubric needs weights that add to 100, and gets a new version", async () => {
      const degree = waiting[0].call.degree.id;
      await visit(page, `/admin/degrees/${degree}/grading`);
      const weights = page.locator("#rubric-tutor").getByLabel(/^Peso/);
      await weights.nth(0).fill("20");
      await page.getByText("Los pesos suman 90 de 100.").first().waitFor();
      await weights.nth(1).fill("40");
      await page.locator("#rubric-tutor").getByRole("button", { name: "Guardar como versión nueva" }).click();
      await page.getByText("Versión 3").waitFor();
      const { items } = await admin.get(`/rubrics?degree_id=${degree}`);
      const current = items.find((rubric) => rubric.is_current && rubric.role === "tutor");
      assert.deepEqual(current.criteria.map((criterion) => criterion.weight), [20, 40, 25, 15]);
      assert.equal(current.criteria[0].levels.length, 4);
      await checkAccessibility(page, "rubrics");
      await screenshot(page, "marks-rubrics");
      window.check();
    });
  } finally {
    await window.close();
  }
});
