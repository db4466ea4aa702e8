// A server that is killed while it sends: everybody gets their mail all the same, and once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "./support/api.mjs";
import { startServer } from "./support/server.mjs";

const MAILS = 500;
const KILLED_AFTER = 200;

let sink;
let server;
const received = [];

before(async () => {
  sink = spawn(process.env.SINK_PYTHON, [new URL("support/smtp_sink.py", import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: sink.stdout });
  const [port] = await once(lines, "line");
  lines.on("line", (line) => received.push(JSON.parse(line)));
  server = await startServer({ env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "GesTFG <tfg@example.org>" } });
});

after(async () => {
  await server?.stop();
  sink?.kill();
});

/** The mails of this test: the demonstration may write some of its own. */
const ours = () => received.filter((mail) => mail.recipient.endsWith("@kill.example.org"));

/** [`until`], with what the server said when it does not come. */
const waitFor = (what, isSo) => until(what, isSo, () => `${ours().length} mails\n${server.log()}`);

test("kill -9 in the middle of 500 mails leaves each recipient with exactly one", async () => {
  await server.query(
    `INSERT INTO outgoing_mails (recipient, kind, language, subject, body)
     SELECT 'n' || n || '@kill.example.org', 'announcement', 'es', 'Prueba ' || n, 'Prueba' FROM generate_series(1, ${MAILS}) n`,
  );
  await waitFor("the first mails", () => ours().length >= KILLED_AFTER);
  await server.kill();
  // What the dead server had handed over is in the sink's pipe.
  await sleep(500);
  const before = ours().length;
  assert.ok(before >= KILLED_AFTER && before < MAILS, `${before} mails at the kill: not in the middle`);
  const inFlight = ours().at(-1);

  await server.restart();
  await waitFor("all mails", async () => {
    if (new Set(ours().map((mail) => mail.recipient)).size < MAILS) return false;
    const left = await server.query("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL AND recipient LIKE '%@kill.example.org'");
    return left === "0";
  });

  const copies = new Map();
  for (const { recipient, id, parts } of ours()) {
    copies.set(recipient, [...(copies.get(recipient) ?? []), id]);
    assert.deepEqual(parts, ["multipart/alternative", "text/plain", "text/html"]);
  }
  assert.equal(copies.size, MAILS);
  assert.equal(new Set(ours().map((mail) => mail.id)).size, MAILS, "one Message-ID for each recipient");
  const twice = [...copies].filter(([, ids]) => ids.length > 1);
  // SMTP cannot say whether the one in flight was taken: it may come again, and no other.
  assert.ok(twice.length <= 1, `sent twice: ${JSON.stringify(twice)}`);
  for (const [recipient, ids] of twice) {
    assert.equal(recipient, inFlight.recipient);
    assert.equal(ids.length, 2);
  }
});
