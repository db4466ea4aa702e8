// A team that finds itself, two devices that disagree, and a coordinator from the spreadsheet to everybody's answer.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
import {
  DESKTOP,
  PHONE,
  SHOTS,
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
let coordinator;
let round;
/** Students of the degree who have no project and have not applied. */
let free;

before(async () => {
  server = await startServer();
  browser = await launch();
  coordinator = await apiAs(server.url, people.coordinator);
  for (const call of (await coordinator.get("/calls?limit=100&state=open")).items) {
    const { items } = await coordinator.get(`/calls/${call.id}/allocation-rounds`);
    round ??= items.find((found) => found.state === "open");
  }
  assert.ok(round, "the demonstration has an open round");
  const found = await server.query(`
    SELECT u.email || '|' || u.first_name || ' ' || u.last_name FROM users u JOIN student_degrees d ON d.student_id = u.id
    JOIN allocation_rounds r ON r.id = ${round.id} AND r.degree_id = d.degree_id
    WHERE u.password_hash IS NOT NULL AND u.email IS NOT NULL AND u.email <> '${people.applicant.login}'
      AND NOT EXISTS (SELECT 1 FROM assignment_students s WHERE s.student_id = u.id AND s.is_active)
      AND NOT EXISTS (SELECT 1 FROM application_members m WHERE m.student_id = u.id AND m.round_id = r.id)
    ORDER BY u.id LIMIT 8`);
  free = found.split("\n").map((line) => {
    const [login, name] = line.split("|");
    return { login, name, password: people.student.password };
  });
  assert.ok(free.length >= 6, `students to play with: ${found}`);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const saved = (page) => page.getByRole("status").filter({ hasText: /^Guardado$/ }).first().waitFor();
const titles = (page) => page.locator(".gestfg-ranks .gestfg-rank__body strong").allTextContents();
const add = (page) => page.getByRole("button", { name: /^Añadir «/ }).first();

/** A dialog as it stands in the window; a page whole. */
async function shoot(page, name) {
  if ((await page.getByRole("dialog").count()) === 0) return screenshot(page, name);
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: "disabled" });
}

/** The same on a large screen by day and on a phone by night. */
async function look(page, name) {
  await settled(page);
  await checkAccessibility(page, name);
  await shoot(page, `${name}-desktop-light-es`);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(PHONE);
  // The menu of a large screen would lie over it.
  const menu = page.getByRole("button", { name: "Ocultar el menú" });
  if (await menu.isVisible() && (await page.getByRole("dialog").count()) === 0) await menu.click();
  await checkNoSidewaysScroll(page, name);
  await shoot(page, `${name}-phone-dark-es`);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESKTOP);
  const show = page.getByRole("button", { name: "Mostrar el menú" });
  if (await show.isVisible() && (await page.getByRole("dialog").count()) === 0) await show.click();
}

async function as(person, act) {
  const window = await openWindow(browser, server.url);
  try {
    await logIn(window.page, person);
    await act(window.page, window);
    window.check();
  } finally {
    await window.close();
  }
}

test("a student invites two, one joins and one declines", async () => {
  const [author, friend, stranger] = free;
  await as(author, async (page) => {
    await visit(page, "/my/applications");
    await add(page).press("Enter");
    await saved(page);
    await settled(page);
    const invite = page.getByLabel("Correo de quien quieres invitar");
    await invite.fill("no es un correo");
    await page.getByRole("button", { name: "Invitar" }).click();
    await page.getByText("No es una dirección de correo", { exact: false }).waitFor();
    await invite.fill(friend.login);
    await page.getByRole("button", { name: "Invitar" }).click();
    await page.getByText(friend.name).first().waitFor();
    await settled(page);
    await look(page, "team-invited");
  });
  await as(friend, async (page) => {
    await visit(page, "/my/applications");
    await page.getByRole("button", { name: "Formar parte del equipo" }).waitFor();
    await settled(page);
    await look(page, "team-invitation");
    await page.getByRole("button", { name: "Formar parte del equipo" }).click();
    await page.getByText("Confirmado").first().waitFor();
  });
  await as(author, async (page) => {
    await visit(page, "/my/applications");
    await page.getByText("Confirmado").first().waitFor();
    await page.getByRole("button", { name: new RegExp(`${friend.name}`) }).first().click();
    await page.getByText("Confirmado").first().waitFor({ state: "detached" });
    await settled(page);
    const invite = page.getByLabel("Correo de quien quieres invitar");
    await invite.fill(stranger.login);
    await page.getByRole("button", { name: "Invitar" }).click();
    await page.getByText(stranger.name).first().waitFor();
  });
  await as(stranger, async (page) => {
    await visit(page, "/my/applications");
    await page.getByRole("button", { name: "Rechazar" }).click();
    await page.getByRole("button", { name: "Rechazar" }).waitFor({ state: "detached" });
    await settled(page);
    assert.equal(await page.getByText(author.name).count(), 0);
  });
});

test("two devices that disagree are asked whose list is kept", async () => {
  const author = free[0];
  const other = await openWindow(browser, server.url);
  try {
    await logIn(other.page, author);
    await visit(other.page, "/my/applications");
    await as(author, async (page) => {
      await visit(page, "/my/applications");
      for (const keep of [/^Ver .* y descartar/, /^Guardar .* en su lugar/]) {
        const drops = keep.test("Ver lo guardado y descartar lo mío");
        // The other device hears of nothing while it is off the net.
        await other.context.setOffline(true);
        await add(other.page).press("Enter");
        const there = await titles(other.page);
        await add(page).press("Enter");
        await saved(page);
        const here = await titles(page);
        await other.context.setOffline(false);
        const choice = other.page.getByRole("button", { name: keep });
        const retry = other.page.getByRole("button", { name: "Reintentar" });
        await choice.or(retry).first().waitFor();
        if (await retry.isVisible()) await retry.click();
        await choice.waitFor();
        await settled(other.page);
        if (drops) await look(other.page, "application-stale");
        await choice.click();
        await saved(other.page);
        await settled(other.page);
        assert.deepEqual(await titles(other.page), drops ? here : there);
        await until("both show the same", async () => (await titles(page)).join() === (await titles(other.page)).join());
      }
    });
    other.check();
  } finally {
    await other.close();
  }
});

test("a tutor ticks whom they prefer", async () => {
  await until("the round has another kind of desk", async () => {
    const { version } = await coordinator.get(`/allocation-rounds/${round.id}`);
    const headers = { "if-match": `"${version}"` };
    await coordinator.patch(`/allocation-rounds/${round.id}`, { tutor_view: "shortlist" }, headers);
    return true;
  });
  await as(people.professor, async (page) => {
    await visit(page, "/my/applicants");
    const tick = page.getByLabel(/^Preferir a /).first();
    const was = await tick.isChecked();
    await tick.setChecked(!was);
    await saved(page);
    await settled(page);
    await look(page, "applicants-shortlist");
    await visit(page, "/my/applicants");
    assert.equal(await page.getByLabel(/^Preferir a /).first().isChecked(), !was);
  });
});

test("a coordinator loads a spreadsheet, allocates, explains, publishes and exports", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  const dialog = page.getByRole("dialog");
  const [, , , fourth, fifth, sixth] = free;
  const offered = (await coordinator.get(`/allocation-rounds/${round.id}/projects?limit=6`)).items;
  const gone = dialog.waitFor.bind(dialog, { state: "detached" });
  try {
    await logIn(page, people.coordinator);
    await visit(page, `/admin/calls/${round.call.id}/rounds`);
    await settled(page);
    await look(page, "rounds");

    await context.test("a spreadsheet is shown before it is taken", async () => {
      await visit(page, `/admin/rounds/${round.id}`);
      await page.getByRole("button", { name: "Cargar hoja de cálculo" }).click();
      const rows = [
        "Correo;Expediente;Opción 1;Opción 2",
        `${fourth.login};8,75;${offered[0].title};${offered[1].title}`,
        `${fifth.login};11;${offered[0].title};`,
        `nadie.de.aqui@correo.ugr.es;7;${offered[0].title};`,
        `${sixth.login};6,5;Un título que no existe;`,
      ];
      const buffer = Buffer.from(rows.join("\n"));
      await dialog.locator("input[type=file]").setInputFiles({ name: "elecciones.csv", mimeType: "text/csv", buffer });
      await dialog.getByRole("button", { name: /^Aceptar sin las 3 filas/ }).waitFor();
      await settled(page);
      await look(page, "choices-preview");
      await dialog.getByRole("button", { name: /^Aceptar sin las 3 filas/ }).click();
      await gone();
      await page.getByRole("cell", { name: fourth.name }).first().waitFor();
      window.check();
    });

    await context.test("an application is entered on behalf", async () => {
      await page.getByRole("button", { name: "Introducir solicitud" }).click();
      await dialog.getByRole("button", { name: "Introducir solicitud" }).click();
      await dialog.getByText("Obligatorio", { exact: false }).first().waitFor();
      await look(page, "behalf-faults");
      await dialog.getByLabel("Correo o DNI/NIE").fill("nadie.de.aqui@correo.ugr.es");
      await add(page).click();
      await dialog.getByRole("button", { name: "Introducir solicitud" }).click();
      await settled(page);
      await look(page, "behalf-unknown");
      await dialog.getByLabel("Correo o DNI/NIE").fill(sixth.login);
      await dialog.getByRole("button", { name: "Introducir solicitud" }).click();
      await gone();
      await page.getByRole("cell", { name: sixth.name }).first().waitFor();
      await settled(page);
      await look(page, "round-applications");
      window.check();
    });

    await context.test("a record is corrected", async () => {
      await page.getByRole("button", { name: `Cambiar el expediente de ${sixth.name}` }).click();
      await dialog.getByLabel("Expediente").fill("12");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await look(page, "record-fault");
      await dialog.getByLabel("Expediente").fill("9,35");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await gone();
      await page.getByText("9.35").first().waitFor();
      window.check();
    });

    await context.test("an agreement made before is noted", async () => {
      await page.getByRole("button", { name: `Anotar un acuerdo previo de ${fourth.name}` }).click();
      await dialog.getByRole("combobox").selectOption({ index: 2 });
      await dialog.getByLabel("Motivo").fill("Lo acordaron antes del verano");
      await look(page, "pin");
      await dialog.getByRole("button", { name: "Anotar" }).click();
      await gone();
      await page.getByRole("button", { name: "Acuerdos previos" }).click();
      await page.getByText("Lo acordaron antes del verano").waitFor();
      await settled(page);
      await look(page, "pins");
      window.check();
    });

    await context.test("the dates of the round are changed", async () => {
      await page.getByRole("button", { name: "Editar ronda" }).click();
      const most = dialog.getByLabel(/^Proyectos por solicitud/);
      await most.fill("99");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await settled(page);
      await look(page, "round-edit");
      await most.fill("6");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await gone();
      window.check();
    });

    await context.test("three methods run side by side, one gets a name", async () => {
      await page.getByRole("button", { name: "Adjudicaciones" }).click();
      await page.getByRole("button", { name: "Adjudicar" }).first().click();
      await dialog.getByLabel("El máximo, con menos últimas opciones").check();
      await dialog.getByLabel("Por turno de expediente").check();
      await look(page, "allocate");
      await dialog.getByRole("button", { name: "Adjudicar" }).click();
      await gone();
      await until("they are worked out", async () => {
        const { items } = await coordinator.get(`/allocation-rounds/${round.id}/runs`);
        return items.length === 3 && items.every((run) => run.state === "draft");
      });
      await page.getByRole("img", { name: /^Gráfico: Cuántos tutores/ }).waitFor();
      await page.getByRole("button", { name: /^Cambiar el nombre/ }).first().click();
      await dialog.getByLabel("Nombre").fill("La que llevamos a la comisión");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await gone();
      await page.getByRole("link", { name: /La que llevamos a la comisión/ }).waitFor();
      await settled(page);
      await look(page, "runs-named");
      await page.getByRole("button", { name: /^Comparar/ }).first().click();
      await dialog.getByText(/Cambia para \d+ solicitudes/).waitFor();
      await dialog.locator("summary", { hasText: "Carga de cada tutor" }).click();
      await look(page, "runs-loads");
      await page.keyboard.press("Escape");
      window.check();
    });

    await context.test("the agreement is kept, and why not is told", async () => {
      await page.getByRole("link", { name: /La que llevamos a la comisión/ }).click();
      await page.getByText("Comprobada en este navegador", { exact: false }).waitFor();
      await page.getByLabel("Solicitud", { exact: true }).selectOption({ index: 3 });
      await settled(page);
      await look(page, "run-explained");
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "CSV", exact: true }).click();
      const lines = (await readFile(await (await coming).path(), "utf8")).split("\r\n");
      const given = lines.find((line) => line.includes(fourth.name));
      assert.ok(given, lines[0]);
      window.check();
    });

    await context.test("it is published, and the applications are exported", async () => {
      await page.getByRole("button", { name: "Publicar" }).click();
      await dialog.getByText(/Se asignan \d+ proyectos/).waitFor();
      await dialog.getByLabel("Motivo para hacerlo fuera de plazo").fill("Ensayo de la adjudicación");
      await dialog.getByRole("button", { name: "Publicar" }).click();
      await gone();
      await page.getByText("Publicada").first().waitFor();
      await visit(page, `/admin/rounds/${round.id}?q=${encodeURIComponent(fourth.name)}`);
      for (const format of ["XLSX", "CSV"]) {
        const coming = page.waitForEvent("download");
        await page.getByRole("button", { name: `Exportar ${format}` }).click();
        const download = await coming;
        assert.match(download.suggestedFilename(), new RegExp(`\\.${format.toLowerCase()}$`));
        const bytes = await readFile(await download.path());
        if (format === "CSV") assert.equal(bytes.toString("utf8").trim().split(/\r?\n/).length, 2, "as filtered");
        else assert.equal(bytes.subarray(0, 2).toString(), "PK");
      }
      window.check();
    });

    await context.test("another round is opened over what is left, and called off", async () => {
      await visit(page, `/admin/calls/${round.call.id}/rounds`);
      await page.getByRole("button", { name: "Nueva ronda" }).first().click();
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await gone();
      await page.getByRole("button", { name: "Anular ronda" }).click();
      await look(page, "round-cancel");
      await dialog.getByRole("textbox").fill("Se abrió por error");
      await dialog.getByRole("button", { name: "Anular ronda" }).click();
      await gone();
      await page.getByText("Anulada").first().waitFor();
      window.check();
    });
  } finally {
    await window.close();
  }
});

test("everybody reads their answer", async () => {
  const [{ project: offered }] = (await coordinator.get(`/allocation-rounds/${round.id}/pins`)).items;
  await as(free[3], async (page) => {
    await visit(page, `/my/applications/${round.id}/answer`);
    await page.getByRole("heading", { name: "Resultado de mi solicitud" }).waitFor();
    await page.getByText(offered.title).first().waitFor();
    await settled(page);
    await look(page, "answer-agreed");
  });
  await as(free[0], async (page) => {
    await visit(page, `/my/applications/${round.id}/answer`);
    await page.getByRole("heading", { name: "Resultado de mi solicitud" }).waitFor();
    await settled(page);
    await look(page, "answer-of-team-author");
  });
});
