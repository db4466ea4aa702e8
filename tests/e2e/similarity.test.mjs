// A student hands in what is half of it in an earlier report; the committee waits, the tutor looks and signs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
import { PHONE, checkAccessibility, checkNoSidewaysScroll, launch, logIn, openWindow, screenshot, visit } from "./support/browser.mjs";
import { handIn, pdf, words } from "./support/pdf.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

let server;
let browser;
let duty;
let own;
let student;
let tutor;

before(async () => {
  server = await startServer();
  browser = await launch();
  const admin = await apiAs(server.url, people.admin);
  const president = await apiAs(server.url, people.professor);
  const duties = (await president.get("/me/marking-duties")).items.filter(
    (found) => found.presides && found.state === null && found.defence_state === "planned",
  );
  const request = (defence) =>
    server.query(`SELECT r.id || ' ' || r.assignment_id FROM defences f JOIN evaluation_requests r ON r.id = f.evaluation_request_id WHERE f.id = ${defence}`);
  duty = duties[0];
  const [id, assignment] = (await request(duty.defence_id)).split(" ");
  own = { request: id, assignment };
  const others = await Promise.all(duties.slice(1).map((found) => request(found.defence_id)));
  const earlier = others.find((found) => found.split(" ")[1] !== assignment).split(" ")[0];
  await server.query(
    `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
     SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
     ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
  );
  await handIn(server, admin, earlier, pdf(words(1, 600)));
  const email = (who) => server.query(`SELECT email FROM users WHERE id = ${who}`);
  const teacher = await server.query(`SELECT p.tutor_id FROM assignments a JOIN projects p ON p.id = a.project_id WHERE a.id = ${assignment}`);
  student = { login: await email(duty.student.id), password: people.student.password };
  tutor = { login: await email(teacher), password: people.student.password };
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a copied half is found, keeps the committee waiting, and is answered for", async (context) => {
  const pupil = await openWindow(browser, server.url, { viewport: PHONE });
  const teacher = await openWindow(browser, server.url);
  const committee = await openWindow(browser, server.url);
  const [page, desk, table] = [pupil.page, teacher.page, committee.page];
  const came = () => table.getByRole("button", { name: "Se ha presentado", exact: true });
  let document;

  await context.test("the student hands in, and reads how much it is but not whose", async () => {
    await logIn(page, student);
    await visit(page, `/assignments/${own.assignment}`);
    const report = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Memoria" }) });
    const buffer = pdf(`${words(2, 150)} ${words(1, 600).split(" ").slice(100, 400).join(" ")} ${words(3, 150)}`);
    await report.locator('input[type="file"]').setInputFiles({ name: "memoria.pdf", mimeType: "application/pdf", buffer });
    // The page hears of it by itself.
    await report.getByText("Similitud 50,0 % · Por justificar").waitFor();
    await screenshot(page, "similarity-handed-in-phone");
    await report.getByRole("link", { name: "Ver el resultado: memoria.pdf" }).click();
    await page.waitForURL("**/documents/*/similarity");
    document = new URL(page.url()).pathname;
    await page.getByText("Tu tutor o tutora lo revisará").waitFor();
    assert.equal(await page.getByText("En el anterior").count(), 0, "nobody else's text");
    await checkAccessibility(page, "one's own similarity");
    await checkNoSidewaysScroll(page, "one's own similarity");
    await screenshot(page, "similarity-student-phone");
    pupil.check();
  });

  await context.test("the committee cannot go on", async () => {
    await logIn(table, people.professor);
    await visit(table, `/defences/${duty.defence_id}/marks`);
    await came().click();
    await table.getByText("Un documento coincide demasiado con trabajos anteriores.").first().waitFor();
    committee.check();
  });

  await context.test("the tutor is told, sees the passages side by side, and signs", async () => {
    await logIn(desk, tutor);
    await visit(desk, "/inbox");
    await desk.getByText(/Coincidencias que justificar/).first().click();
    await desk.waitForURL(`**${document}`);
    await desk.getByText("Pasaje de 300 palabras").waitFor();
    const copied = words(1, 600).split(" ").slice(100, 110).join(" ");
    assert.equal(await desk.getByText(copied).count(), 2, "here and there");
    await checkAccessibility(desk, "passages side by side");
    await screenshot(desk, "similarity-tutor");
    await desk.getByLabel(/Por qué se puede defender/).fill("Corto");
    await desk.getByRole("button", { name: "Firmar la justificación" }).click();
    await desk.getByText("Es demasiado corto.").waitFor();
    await desk.getByLabel(/Por qué se puede defender/).fill("Es la segunda parte de aquel trabajo, y lo cita entero.");
    await desk.getByRole("button", { name: "Firmar la justificación" }).click();
    await desk.getByText("Similitud 50,0 % · Justificada").waitFor();
    await desk.getByText(/^Firmado por/).waitFor();
    await screenshot(desk, "similarity-signed");
    teacher.check();
  });

  await context.test("and the committee goes on", async () => {
    await visit(table, document);
    await table.getByText("Es la segunda parte de aquel trabajo, y lo cita entero.").waitFor();
    assert.equal(await table.getByRole("button", { name: /^Firmar/ }).count(), 0, "the committee signs nothing");
    await visit(table, `/defences/${duty.defence_id}/marks`);
    await came().click();
    const state = () => server.query(`SELECT state FROM defences WHERE id = ${duty.defence_id}`);
    await until("the defence is held", async () => (await state()) === "held");
    // The student hears of the signature too.
    await page.getByText("Similitud 50,0 % · Justificada").waitFor();
    committee.check();
  });
});
