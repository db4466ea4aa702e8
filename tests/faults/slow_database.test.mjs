// Statements that take too long and locks that are not let go, for requests and for the workers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "../e2e/support/api.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { LIMIT, adminToken, ask, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { openSession } from "./support/session.mjs";

let server;
let token;

before(async () => {
  server = await startServer();
  token = await adminToken(server);
});

after(() => server?.stop());

test("a statement that takes too long is ended, and nothing of it stays", async () => {
  await server.query(`
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(120); RETURN new; END';
    CREATE TRIGGER dawdle BEFORE INSERT ON rooms FOR EACH ROW EXECUTE FUNCTION dawdle()`);
  const writes = roomAsker(server, token, "Sala lenta");
  const answer = await writes.next();
  await server.query("DROP TRIGGER dawdle ON rooms");
  assert.equal(`${answer.status} ${answer.code}`, "503 unavailable");
  assert.equal(answer.retryAfter, "5");
  assert.ok(answer.seconds >= 19 && answer.seconds * 1000 < LIMIT, `${answer.seconds} s`);
  assert.equal(await server.query("SELECT count(*) FROM rooms WHERE name LIKE 'Sala lenta %'"), "0");
  assert.equal((await writes.again(writes.asked[0])).status, 201);
  assert.deepEqual(wrong(server), []);
  figures("Slow statement (120 s)", { answer: "503 unavailable, Retry-After 5", "after, s": answer.seconds.toFixed(1), "left behind": 0, "the same again": 201 });
});

test("a lock that is not let go: the request is told, the worker goes on with the rest and comes back to it", async () => {
  const holder = openSession(server.databaseUrl);
  try {
    // One row of the outbox is held for good, then the table, longer than the worker is willing to wait.
    const mail = (name) => server.query(`INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('${name}@lock.example.org', 'announcement', 'es', 'Prueba', 'Prueba')`);
    const waiting = () => server.query("SELECT string_agg(recipient, ',' ORDER BY id) FROM outgoing_mails WHERE sent_at IS NULL AND recipient LIKE '%@lock.example.org'");
    await holder.say("BEGIN;");
    await holder.say("INSERT INTO outgoing_mails (recipient, kind, language, subject, body) VALUES ('held@lock.example.org', 'announcement', 'es', 'Prueba', 'Prueba'); COMMIT; BEGIN; SELECT id FROM outgoing_mails WHERE recipient = 'held@lock.example.org' FOR UPDATE;");
    await mail("free");
    await until("the one that is free", async () => !((await waiting()) ?? "").includes("free"));

    await holder.say("ROLLBACK; BEGIN; LOCK TABLE rooms, outgoing_mails IN ACCESS EXCLUSIVE MODE;");
    const started = performance.now();
    const answer = await ask(server, "POST", "/api/v1/rooms", { token, body: { name: "Sala tras el candado", building: "", notes: "" } });
    assert.equal(`${answer.status} ${answer.code}`, "503 unavailable");
    assert.ok(answer.seconds >= 7 && answer.seconds < 11, `${answer.seconds} s`);
    // The worker gives up after 30 s, connects anew, and does not take the server with it.
    await until("the worker to give up", () => /background worker (waits|failed)|job of the background worker failed/.test(server.log()));
    const gaveUp = (performance.now() - started) / 1000;
    await holder.say("COMMIT;");
    const freed = performance.now();
    await mail("after");
    await until("all of them", async () => (await waiting()) === "");
    await checkRules(server);
    assert.deepEqual(wrong(server), []);
    figures("Lock not let go", {
      request: `503 unavailable after ${answer.seconds.toFixed(1)} s`,
      "worker gives up, s": gaveUp.toFixed(0),
      "outbox empty after it is let go, s": ((performance.now() - freed) / 1000).toFixed(1),
    });
  } finally {
    holder.close();
  }
});
