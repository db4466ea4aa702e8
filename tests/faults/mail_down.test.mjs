// The mail server refuses, falls silent, is too busy and goes away: nobody waits for it, and every mail leaves once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { until } from "../e2e/support/api.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { Tally, adminToken, ask, figures, roomAsker, wrong } from "./support/ask.mjs";
import { openGate } from "./support/gate.mjs";

const QUICK = process.env.FAULTS_QUICK === "1";
const MAILS = 2;

let sink;
let gate;
let server;
let token;
const received = [];

before(async () => {
  sink = spawn(process.env.SINK_PYTHON, [new URL("../e2e/support/smtp_sink.py", import.meta.url).pathname], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: sink.stdout });
  const [port] = await once(lines, "line");
  lines.on("line", (line) => received.push(JSON.parse(line)));
  gate = await openGate(Number(port));
  server = await startServer({ env: { SMTP_URL: `smtp://127.0.0.1:${gate.port}`, MAIL_FROM: "GesTFG <tfg@example.org>" } });
  token = await adminToken(server);
  // What the demonstration has to say goes first.
  await until("an empty outbox", async () => (await server.query("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL")) === "0");
});

after(async () => {
  await server?.stop();
  await gate?.close();
  sink?.kill();
});

const faults = {
  closed: "is away",
  busy: "is too busy (421)",
  silent: "takes the connection and says nothing",
};

for (const [mode, name] of Object.entries(faults)) {
  const skip = QUICK && mode === "silent" ? "only in the whole run" : false;
  test(`the mail server ${name}`, { skip }, async () => {
    const domain = `${mode}.example.org`;
    const mine = (condition) => server.query(`SELECT count(*) FROM outgoing_mails WHERE recipient LIKE '%@${domain}' AND ${condition}`);
    const taken = () => received.filter(({ recipient }) => recipient.endsWith(`@${domain}`));
    await gate.be(mode);
    const started = performance.now();
    // What people do meanwhile: among others ask for a mail.
    const pages = new Tally();
    const writes = roomAsker(server, token, `Sala ${mode}`);
    const before = Number(await server.query("SELECT count(*) FROM outgoing_mails"));
    const login = `nueva.persona.${mode}@correo.ugr.es`;
    pages.add(await ask(server, "POST", "/api/v1/registration", { body: { email: login, first_name: "Nueva", last_name: "Persona" } }));
    await server.query(`INSERT INTO outgoing_mails (recipient, kind, language, subject, body)
      SELECT 'n' || n || '@${domain}', 'announcement', 'es', 'Prueba', 'Prueba' FROM generate_series(1, ${MAILS}) n`);
    await until("every mail to have been tried", async () => {
      pages.add(await ask(server, "GET", "/api/v1/projects?limit=5"));
      pages.add(await writes.next());
      return (await mine("attempts = 0")) === "0";
    });
    const tried = (performance.now() - started) / 1000;
    assert.deepEqual(pages.others("200", "201", "202"), [], `${pages}`);
    assert.ok(pages.slowest < 2, `nobody waits for mails: ${pages}`);
    assert.ok(Number(await server.query("SELECT count(*) FROM outgoing_mails")) > before + MAILS, "what they asked for is queued");
    assert.equal(await mine("sent_at IS NULL AND next_attempt_at > now() AND last_error IS NOT NULL"), String(MAILS), "put off, not given up");
    assert.equal(taken().length, 0);

    await gate.be("open");
    const back = performance.now();
    // Nobody wants to wait for the minute until they are tried again.
    await server.query("UPDATE outgoing_mails SET next_attempt_at = now() WHERE sent_at IS NULL");
    await until("all of them", async () => (await mine("sent_at IS NULL")) === "0", () => server.log().slice(-2000));
    const left = (performance.now() - back) / 1000;
    assert.equal(taken().length, MAILS, "each once");
    assert.equal(new Set(taken().map(({ id }) => id)).size, MAILS);
    assert.deepEqual(wrong(server), []);
    figures(`Mail server ${name}`, {
      "answers meanwhile": pages,
      [`${MAILS} mails tried, s`]: tried.toFixed(1),
      "sent after it was back, s": left.toFixed(1),
      copies: "one each",
    });
  });
}

test("a mail server that went away between two mails and came back is found again", async () => {
  const domain = "again.example.org";
  const taken = () => received.filter(({ recipient }) => recipient.endsWith(`@${domain}`));
  const mail = (n) => server.query(`INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('n${n}@${domain}', 'announcement', 'es', 'Prueba', 'Prueba')`);
  await mail(1);
  await until("the first", () => taken().length === 1);
  // The connection that was kept for the next mail is dead, and nobody knows.
  await gate.be("closed");
  await gate.be("open");
  await mail(2);
  await until("the second", () => taken().length === 2);
  assert.equal(await server.query(`SELECT max(attempts) FROM outgoing_mails WHERE recipient LIKE '%@${domain}'`), "1", "at the first attempt");
});
