// Around committees: professors say when they can come, coordinators ask and decide, everybody reads the timetable.
import assert from "node:assert/strict";
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

const HOUR = 3_600_000;
const phase = (call) => call.phases.find((found) => found.phase === "defence");
const typed = (moment) => new Date(moment).toISOString().slice(0, 16);

let server;
let browser;
let coordinator;
let professor;
let call;

before(async () => {
  server = await startServer();
  browser = await launch();
  coordinator = await apiAs(server.url, people.coordinator);
  professor = await apiAs(server.url, people.professor);
  const calls = (await coordinator.get("/calls?limit=100&state=open")).items;
  const mine = (await professor.get("/projects?mine=true&limit=100")).items;
  const fits = (found) =>
    found.allowed_actions.includes("manage_requests") &&
    phase(found) !== undefined &&
    Date.parse(phase(found).ends_at) > Date.now() + 72 * HOUR &&
    mine.some((project) => project.degree.id === found.degree.id && project.academic_year === found.academic_year);
  call = calls.filter(fits).sort((one, other) => other.request_count - one.request_count)[0];
  assert.ok(call, "an open call whose professors can be asked");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A file with one busy time on the first working day of the defences. */
function calendar() {
  const day = new Date(Math.max(Date.parse(phase(call).starts_at), Date.now()) + 24 * HOUR);
  while ([0, 6].includes(day.getUTCDay())) day.setTime(day.getTime() + 24 * HOUR);
  const stamp = day.toISOString().slice(0, 10).replaceAll("-", "");
  const event = ["BEGIN:VEVENT", "UID:una-clase", "SUMMARY:Clase de prueba", `DTSTART:${stamp}T150000Z`, `DTEND:${stamp}T170000Z`, "END:VEVENT"];
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...event, "END:VCALENDAR", ""].join("\r\n");
}

test("a poll is asked, answered by keyboard and seen", async (context) => {
  const office = await openWindow(browser, server.url);
  const window = await openWindow(browser, server.url);
  try {
    await logIn(office.page, people.coordinator);
    await logIn(window.page, people.professor);

    await context.test("the coordinator asks", async () => {
      const { page } = office;
      await visit(page, `/admin/calls/${call.id}/availability`);
      await checkAccessibility(page, "no poll yet");
      await page.getByRole("button", { name: "Preguntar" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Responder hasta").fill(typed(Date.now() + 48 * HOUR));
      await dialog.getByLabel("Mensaje").fill("Necesitamos saberlo antes del viernes.");
      await checkAccessibility(page, "asking");
      await dialog.getByRole("button", { name: "Preguntar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText(/^0 de \d+ han respondido$/).waitFor();
      await settled(page);
      await checkAccessibility(page, "poll");
      await screenshot(page, "poll-desktop-light-es");
      office.check();
    });

    await context.test("its letter leads to one's availability", async () => {
      const { items } = await professor.get("/notifications?limit=20");
      const told = items.find((item) => item.kind === "availability_poll");
      assert.equal(told?.path, `/availability?call_id=${call.id}`);
    });

    await context.test("the professor marks hours by keyboard", async () => {
      const { page } = window;
      await visit(page, `/availability?call_id=${call.id}`);
      await checkAccessibility(page, "availability");
      const grid = page.getByRole("grid", { name: "Horas de la semana" });
      await grid.locator('[tabindex="0"]').focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Space");
      await page.getByRole("status").filter({ hasText: "Guardado." }).waitFor();
      await settled(page);
      const marked = grid.getByRole("gridcell", { name: /: No$/ });
      assert.ok((await marked.count()) >= 6, "three half hours of two days");
      // The same again takes it back; another answer is one key.
      await page.keyboard.press("2");
      await grid.getByRole("gridcell", { name: /: Si hace falta$/ }).first().waitFor();
      await settled(page);
      await checkAccessibility(page, "marked hours");
      await screenshot(page, "availability-desktop-light-es");
      await checkNoSidewaysScroll(page, "availability");
      window.check();
    });

    await context.test("and by mouse, over several hours at once", async () => {
      const { page } = window;
      const slot = (day, row) => page.locator(`[data-slot="${day}-${row}"]`);
      await slot(3, 14).hover();
      await page.mouse.down();
      await slot(4, 17).hover();
      await page.mouse.up();
      await page.getByRole("status").filter({ hasText: "Guardado." }).waitFor();
      await settled(page);
      assert.match(await slot(4, 16).getAttribute("aria-label"), /: No$/);
      await slot(4, 16).click();
      await page.waitForFunction(() => /: Sí$/.test(document.querySelector('[data-slot="4-16"]').getAttribute("aria-label")));
      assert.match(await slot(4, 15).getAttribute("aria-label"), /: No$/);
      await settled(page);
      window.check();
    });

    await context.test("a calendar is read, and forgotten", async () => {
      const { page } = window;
      const file = { name: "agenda.ics", mimeType: "text/calendar", buffer: Buffer.from(calendar()) };
      await page.locator("#calendar-file").setInputFiles(file);
      const preview = page.getByRole("dialog", { name: "Qué quedaría ocupado" });
      await preview.getByText(/\d\d:00–\d\d:00/).waitFor();
      await checkAccessibility(page, "calendar looked at");
      await screenshot(page, "availability-preview-desktop-light-es");
      await preview.getByRole("button", { name: "Cancelar" }).click();
      await preview.waitFor({ state: "detached" });
      await page.getByText("No hay ningún calendario subido.").waitFor();
      await page.locator("#calendar-file").setInputFiles(file);
      await preview.getByRole("button", { name: "Guardar estas horas" }).click();
      await page.getByText("Calendario leído").waitFor();
      await page.getByText(/1 entradas: \d+ periodos ocupados/).waitFor();
      await settled(page);
      await checkAccessibility(page, "calendar read");
      await screenshot(page, "availability-file-desktop-light-es");
      assert.ok(!(await page.content()).includes("Clase de prueba"));
      const wrong = { name: "agenda.ics", mimeType: "text/calendar", buffer: Buffer.from("<html>") };
      await page.locator("#calendar-file").setInputFiles(wrong);
      await page.locator(".pf-v6-c-alert.pf-m-danger").waitFor();
      await page.getByRole("button", { name: "Quitar el calendario" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Quitar el calendario" }).click();
      await page.getByText("No hay ningún calendario subido.").waitFor();
      window.check();
    });

    await context.test("a professor declares a conflict", async () => {
      const { page } = window;
      await page.getByRole("button", { name: "Declarar un conflicto" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Con", { exact: true }).selectOption({ label: "Otro profesor o profesora" });
      await dialog.getByRole("combobox", { name: "Otro profesor o profesora" }).fill("a");
      await dialog.locator('[role="listbox"] [role="option"]:not([aria-disabled])').first().waitFor();
      await page.keyboard.press("Enter");
      await dialog.getByLabel("Motivo").fill("Son familia");
      await checkAccessibility(page, "conflict");
      await dialog.getByRole("button", { name: "Declarar un conflicto" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("cell", { name: "Son familia" }).waitFor();
      window.check();
    });

    await context.test("the answer is given by keyboard and the coordinator sees it live", async () => {
      await window.page.getByRole("button", { name: "Ya está todo dicho" }).focus();
      await window.page.keyboard.press("Enter");
      await window.page.getByText(/^Respondiste el/).waitFor();
      const { page } = office;
      await page.getByText(/^1 de \d+ han respondido$/).waitFor();
      await settled(page);
      await page.getByLabel("Quiénes").selectOption({ label: "Han respondido" });
      await settled(page);
      await page.getByRole("button", { name: /^Ver y marcar la disponibilidad/ }).first().click();
      await page.getByRole("grid", { name: "Horas de la semana" }).waitFor();
      await settled(page);
      assert.ok((await page.getByRole("gridcell", { name: /: (No|Si hace falta)$/ }).count()) > 0);
      await checkAccessibility(page, "one professor");
      await screenshot(page, "poll-professor-desktop-light-es");
      office.check();
    });

    await context.test("somebody's answer is noted on behalf, and the others are reminded once", async () => {
      const { page } = office;
      await page.getByRole("button", { name: "Volver a la lista" }).click();
      await page.getByRole("button", { name: /^Dar por respondida/ }).first().click();
      await page.getByText(/^2 de \d+ han respondido$/).waitFor();
      await page.getByRole("button", { name: "Recordar" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Recordar" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByText("Último recordatorio").waitFor();
      await settled(page);
      office.check();
    });

    await context.test("it fits a phone, in the dark and in English", async () => {
      const phone = await openWindow(browser, server.url, { viewport: PHONE, theme: "dark", language: "en" });
      await logIn(phone.page, people.professor);
      await phone.page.evaluate(() => localStorage.setItem("gestfg.language", JSON.stringify("en")));
      await visit(phone.page, `/availability?call_id=${call.id}`);
      const slot = phone.page.locator('[data-slot="0-20"]');
      await slot.tap();
      await phone.page.waitForFunction(() => /: No$/.test(document.querySelector('[data-slot="0-20"]').getAttribute("aria-label")));
      await settled(phone.page);
      await checkNoSidewaysScroll(phone.page, "availability");
      await checkAccessibility(phone.page, "availability");
      await screenshot(phone.page, "availability-phone-dark-en");
      phone.check();
      await phone.close();
    });
  } finally {
    await office.close();
    await window.close();
  }
});

test("a coordinator decides how committees are made", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await logIn(page, people.coordinator);

    await context.test("the rules of the degree", async () => {
      await visit(page, `/admin/degrees/${call.degree.id}/committees`);
      await checkAccessibility(page, "settings");
      await screenshot(page, "settings-desktop-light-es");
      await page.getByLabel("Defensas por comisión").fill("0");
      await page.getByRole("button", { name: "Guardar" }).click();
      assert.equal(await page.getByLabel("Defensas por comisión").getAttribute("aria-invalid"), "true");
      await page.getByLabel("Defensas por comisión").fill("6");
      const order = page.getByRole("list", { name: "Qué importa en el horario" });
      const second = await order.locator("label").nth(1).textContent();
      await page.getByRole("button", { name: `Subir «${second}»` }).focus();
      await page.keyboard.press("Enter");
      assert.equal(await order.locator("label").nth(0).textContent(), second);
      const third = await order.locator("label").nth(2).textContent();
      await order.locator("li").nth(2).dragTo(order.locator("li").nth(0));
      assert.equal(await order.locator("label").nth(0).textContent(), third);
      await page.getByRole("button", { name: "Guardar" }).click();
      await page.getByText("Reglas guardadas.").waitFor();
      const path = `/degrees/${call.degree.id}/committee-settings/${call.academic_year}`;
      const { rules } = await coordinator.get(path);
      assert.equal(rules.target_size, 6);
      assert.equal(rules.objectives.length, 8);
      window.check();
    });

    await context.test("who may preside, and service from before", async () => {
      await visit(page, "/admin/participation");
      await checkAccessibility(page, "participation");
      await page.getByRole("button", { name: /^Editar la participación/ }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Puede presidir").uncheck();
      await dialog.getByLabel(/^\d{4}\/\d{2}$/).nth(1).fill("7");
      await checkAccessibility(page, "participation of one");
      await screenshot(page, "participation-edit-desktop-light-es");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("No preside").first().waitFor();
      window.check();
    });

    await context.test("a room is closed and opened again", async () => {
      const room = (await coordinator.get("/rooms?limit=2")).items[1];
      await visit(page, `/admin/rooms/${room.id}`);
      await page.getByRole("button", { name: "Cerrar el aula" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Desde").fill(typed(Date.now() + 24 * HOUR));
      await dialog.getByLabel("Hasta").fill(typed(Date.now() + 30 * HOUR));
      await dialog.getByLabel("Motivo").fill("Pintura");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("cell", { name: "Pintura" }).waitFor();
      await checkAccessibility(page, "closures");
      await page.getByRole("button", { name: /^Quitar el cierre/ }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Reabrir el aula" }).click();
      await page.getByText("No hay cierres previstos").waitFor();
      window.check();
    });
  } finally {
    await window.close();
  }
});

/** Has the planner make committees and a timetable, and publishes them. */
async function publish() {
  const override_reason = "Ensayo de las comisiones";
  const run = async (body) => {
    const job = await coordinator.post(`/calls/${call.id}/planning-jobs`, { seed: 1, time_limit_seconds: 10, override_reason, ...body });
    let now = job;
    await until("the run ends", async () => {
      now = await coordinator.get(`/planning-jobs/${job.id}`);
      return !["queued", "running"].includes(now.state);
    });
    assert.equal(now.state, "done", JSON.stringify(now.problem));
    return now.result_plan_id;
  };
  const committees = await run({ kind: "committees" });
  const timed = await run({ kind: "timetable", plan_id: committees });
  const { version } = (await coordinator.get(`/committee-plans/${timed}`)).summary;
  await coordinator.post(`/committee-plans/${timed}/publish`, { override_reason }, { "if-match": `"${version}"` });
}

test("what is published is read by everybody", async (context) => {
  const window = await openWindow(browser, server.url);
  const { page } = window;
  try {
    await context.test("nothing yet", async () => {
      await visit(page, `/defences?call_id=${call.id}`);
      await page.getByText("Todavía no hay ningún horario publicado").waitFor();
      await checkAccessibility(page, "no timetable");
      window.check();
    });

    await publish();

    await context.test("a visitor finds it from the front page", async () => {
      await visit(page, "/");
      await page.getByRole("heading", { name: "Tribunales publicados" }).waitFor();
      await page.locator(`a[href="/defences?call_id=${call.id}"]`).click();
      await page.getByRole("table").first().waitFor();
      await settled(page);
      await checkAccessibility(page, "timetable");
      await checkNoSidewaysScroll(page, "timetable");
      await screenshot(page, "timetable-desktop-light-es");
      const students = await page.locator('td[data-label="Estudiante"]').allTextContents();
      assert.ok(students.length > 0);
      for (const student of students) assert.match(student, /^(\p{Lu}\. ?)+$/u, "initials only");
      assert.equal(await page.getByRole("button", { name: /^Estado y observaciones/ }).count(), 0);
      window.check();
    });

    await context.test("by room and committee, in the address", async () => {
      await page.getByRole("button", { name: "Aula", exact: true }).click();
      await page.waitForURL(/view=room/);
      await settled(page);
      await page.getByRole("button", { name: "Comisión", exact: true }).click();
      await page.waitForURL(/view=committee/);
      await page.getByLabel("Comisión", { exact: true }).selectOption({ label: "Comisión 1" });
      await page.waitForURL(/committee_id=\d+/);
      await page.reload();
      await settled(page);
      assert.deepEqual(await page.locator("h2.gestfg-timetable__title").count(), 1);
      await page.getByRole("list", { name: "Miembros" }).waitFor();
      await checkAccessibility(page, "one committee");
      await screenshot(page, "timetable-committee-desktop-light-es");
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
      assert.match(download.suggestedFilename(), /\.csv$/);
      const feed = await page.request.get(await page.getByRole("link", { name: "Calendario (ICS)" }).getAttribute("href"));
      assert.match(await feed.text(), /BEGIN:VEVENT/);
      window.check();
    });

    await context.test("it fits a phone and prints", async () => {
      const phone = await openWindow(browser, server.url, { viewport: PHONE, theme: "dark", language: "en" });
      for (const view of ["day", "committee"]) {
        await visit(phone.page, `/defences?call_id=${call.id}&view=${view}`);
        await checkNoSidewaysScroll(phone.page, view);
        await checkAccessibility(phone.page, view);
        await screenshot(phone.page, `timetable-${view}-phone-dark-en`);
      }
      phone.check();
      await phone.close();
      await page.emulateMedia({ media: "print" });
      await screenshot(page, "timetable-print");
      assert.ok(await page.getByRole("link", { name: "CSV" }).isHidden());
      await page.emulateMedia({ media: "screen" });
    });

    await context.test("a substitute is called in, and a defence gets its state", async () => {
      await logIn(page, people.coordinator);
      await visit(page, `/defences?call_id=${call.id}&view=committee`);
      for (const name of ["PDF", "Comisiones en PDF"]) {
        const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
        assert.match(file.suggestedFilename(), /\.pdf$/);
      }
      const own = await page.getByRole("link", { name: "Calendario de esta comisión" }).first().getAttribute("href");
      assert.match(await (await page.request.get(own)).text(), /BEGIN:VEVENT/);
      await page.getByRole("button", { name: "Llamar a un suplente" }).first().click();
      const dialog = page.getByRole("dialog");
      // A substitute who said no is refused, with the rule in words.
      const [first] = (await coordinator.get(`/committees?call_id=${call.id}`)).items;
      const times = (await coordinator.get(`/defences?call_id=${call.id}&committee_id=${first.id}`)).items;
      const away = {
        professor_id: first.seats.find((seat) => seat.seat === "substitute_1").professor.id,
        starts_at: times.map((defence) => defence.starts_at).sort()[0],
        ends_at: times.map((defence) => defence.ends_at).sort().at(-1),
      };
      await coordinator.put("/unavailability", { ...away, answer: "no" });
      await dialog.getByLabel("En lugar de").selectOption({ index: 2 });
      await dialog.getByLabel("Motivo").fill("Está enferma");
      await dialog.getByRole("button", { name: "Llamar a un suplente" }).click();
      await dialog.getByText(/^Ha dicho que no puede/).waitFor();
      await checkAccessibility(page, "cannot step in");
      await screenshot(page, "call-in-refused-desktop-light-es");
      await coordinator.put("/unavailability", { ...away, answer: "yes" });
      await dialog.getByLabel("En lugar de").selectOption({ index: 2 });
      await dialog.getByLabel("Motivo").fill("Está enferma");
      await checkAccessibility(page, "calling in");
      await screenshot(page, "call-in-desktop-light-es");
      await dialog.getByRole("button", { name: "Llamar a un suplente" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText(/^actúa como/).first().waitFor();
      await page.getByText("Está enferma").first().waitFor();
      await page.getByRole("button", { name: /^Estado y observaciones/ }).first().click();
      await dialog.getByLabel("Estado").selectOption({ label: "No presentado" });
      await dialog.getByLabel("Observaciones").fill("Avisó por correo");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      // Before the days of the defences it takes a reason.
      await dialog.getByLabel("Motivo para hacerlo fuera de plazo").fill("Lo ha dicho con tiempo");
      await dialog.getByRole("button", { name: "Guardar" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Avisó por correo").first().waitFor();
      await settled(page);
      await screenshot(page, "timetable-coordinator-desktop-light-es");
      window.check();
    });
  } finally {
    await window.close();
  }
});
