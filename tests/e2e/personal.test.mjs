// Personal data: a student takes their copy; an admin looks at what would go, and forgets somebody.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { apiAs } from "./support/api.mjs";
import { DESKTOP, PHONE, checkAccessibility, checkNoSidewaysScroll, launch, logIn, openWindow, screenshot, settled, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const run = promisify(execFile);

test("a student downloads everything that is kept about them", async () => {
  const server = await startServer();
  const browser = await launch();
  const folder = await mkdtemp(join(tmpdir(), "gestfg-copy-"));
  try {
    const pupil = await openWindow(browser, server.url, { viewport: PHONE });
    await logIn(pupil.page, people.student);
    await visit(pupil.page, "/profile");
    const card = pupil.page.locator("form", { has: pupil.page.getByRole("button", { name: "Descargar mis datos" }) });
    await card.getByRole("button", { name: "Descargar mis datos" }).click();
    await card.getByText("Falta", { exact: false }).or(card.getByText("obligatori", { exact: false })).first().waitFor();
    await card.locator('input[autocomplete="current-password"]').fill("no es esta");
    await card.getByRole("button", { name: "Descargar mis datos" }).click();
    await card.getByText("No es tu contraseña actual.").waitFor();
    await card.locator('input[autocomplete="current-password"]').fill(people.student.password);
    const [download] = await Promise.all([
      pupil.page.waitForEvent("download"),
      card.getByRole("button", { name: "Descargar mis datos" }).click(),
    ]);
    const file = join(folder, "copia.zip");
    await download.saveAs(file);
    await run("python3", ["-m", "zipfile", "-e", file, folder]);
    const data = JSON.parse(await readFile(join(folder, "datos.json"), "utf8"));
    assert.deepEqual([data.format, data.version], ["gestfg-personal-data", 1]);
    assert.equal(data.sections.account[0].email, people.student.login);
    assert.equal(data.sections.assignments[0].role, "student");
    await pupil.page.getByText("La copia de tus datos se ha descargado.").waitFor();
    await checkAccessibility(pupil.page);
    await checkNoSidewaysScroll(pupil.page);
    await screenshot(pupil.page, "personal-copy-phone-es");
    pupil.check();
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test("an admin sees what would go before times are set, and forgets a person", async () => {
  const server = await startServer();
  const browser = await launch();
  try {
    const admin = await apiAs(server.url, people.admin);
    const busy = (await admin.get(`/users?q=${encodeURIComponent(people.student.login)}`)).items[0];
    const free = await admin.post("/users", { email: "quien.se.va@correo.ugr.es", first_name: "Quien", last_name: "Se Va" });
    await server.query("UPDATE outgoing_mails SET created_at = now() - interval '1 year', sent_at = now() - interval '1 year'");
    for (const [theme, viewport, name] of [["light", DESKTOP, "desktop"], ["dark", PHONE, "phone"]]) {
      const office = await openWindow(browser, server.url, { theme, viewport });
      const { page } = office;
      await logIn(page, people.admin);
      await visit(page, "/admin/retention");
      if (name === "desktop") {
        await page.getByLabel("Correos enviados").fill("6");
        await page.getByRole("button", { name: "Ver qué se borraría" }).nth(3).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("No se ha borrado nada todavía.", { exact: false }).waitFor();
        await checkAccessibility(page);
        await screenshot(page, `personal-preview-${name}-es`);
        await dialog.getByRole("button", { name: "Cerrar" }).last().click();
        assert.notEqual(await server.query("SELECT count(*) FROM outgoing_mails"), "0");
        await page.getByRole("button", { name: "Guardar" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
        await page.getByText("Los plazos se han guardado.").waitFor();
      }
      await settled(page);
      assert.equal(await page.getByLabel("Correos enviados").inputValue(), "6");
      await checkAccessibility(page);
      await checkNoSidewaysScroll(page);
      await screenshot(page, `personal-retention-${name}-es`);

      await visit(page, `/admin/people/${busy.id}`);
      await page.getByRole("button", { name: "Anonimizar" }).click();
      await page.getByText("Todavía no se puede anonimizar").waitFor();
      await checkAccessibility(page);
      await screenshot(page, `personal-blocked-${name}-es`);
      office.check();
      await office.close();
    }
    const office = await openWindow(browser, server.url);
    const { page } = office;
    await logIn(page, people.admin);
    await visit(page, `/admin/people/${free.id}`);
    await page.getByRole("button", { name: "Anonimizar" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Se borra para siempre").waitFor();
    await checkAccessibility(page);
    await screenshot(page, "personal-forget-desktop-es");
    await dialog.getByRole("textbox").fill("Lo ha pedido por escrito");
    await dialog.getByRole("button", { name: "Anonimizar" }).click();
    await page.getByText("La persona se ha anonimizado.").waitFor();
    const gone = await admin.get(`/users/${free.id}`);
    assert.deepEqual([gone.first_name, gone.email, gone.is_active], ["Anónimo", null, false]);
    assert.equal(await server.query("SELECT count(*) FROM audit_log a WHERE to_jsonb(a)::text LIKE '%quien.se.va%'"), "0");
    office.check();
  } finally {
    await browser.close();
    await server.stop();
  }
});
