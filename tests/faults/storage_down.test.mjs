// The bucket of documents is away, silent, stumbling and slow: uploads are told and leave nothing, what needs no
// bucket does not notice, and whoever reads slowly gets every byte.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { get, request as httpRequest } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../e2e/support/api.mjs";
import { freePort, startServer } from "../e2e/support/server.mjs";
import { LIMIT, Tally, adminToken, ask, checkDocuments, checkRules, figures, wrong } from "./support/ask.mjs";
import { MB, bytes, handIn, openHandingIn, tenMinutesLater } from "./support/documents.mjs";
import { openGate } from "./support/gate.mjs";

let s3;
let gate;
let server;
let token;
let requests;
let storage;
let kept;
let documents = 1;
let bucket;

before(async () => {
  const port = await freePort();
  s3 = spawn(process.env.S3_SERVER, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  bucket = `http://127.0.0.1:${port}/faculty`;
  await until("the bucket", async () => (await fetch(bucket, { method: "PUT" }).catch(() => undefined))?.ok);
  gate = await openGate(port);
  storage = { STORAGE_URL: `s3+http://key:secret@127.0.0.1:${gate.port}/faculty/tfg` };
  server = await startServer({ env: storage });
  token = await adminToken(server);
  requests = await openHandingIn(server);
  const made = await handIn(server, token, requests[0], bytes(6 * MB));
  assert.equal(made.status, 201, JSON.stringify(made.json));
  kept = made.json;
});

after(async () => {
  await server?.stop();
  await gate?.close();
  s3?.kill();
});

const count = async (query, tag) => (await (await fetch(`${bucket}?${query}`)).text()).split(`<${tag}>`).length - 1;
const objects = async () => (await count("list-type=2", "Key")) + (await count("uploads", "UploadId"));
const contents = () => server.query("SELECT count(*) FROM document_contents");

const faults = { closed: "is away", stumbling: "answers 500", silent: "takes the connection and says nothing" };

for (const [mode, name] of Object.entries(faults)) {
  test(`the bucket ${name}`, async () => {
    const there = await objects();
    await gate.be(mode);
    const others = new Tally();
    let isOver = false;
    const working = (async () => {
      while (!isOver) {
        others.add(await ask(server, "GET", "/api/v1/projects?limit=5", { token }));
        others.add(await ask(server, "GET", `/api/v1/evaluation-requests/${requests[0]}/documents`, { token }));
        await sleep(50);
      }
    })();
    const uploads = new Tally();
    const reads = new Tally();
    const small = bytes(1000);
    const tried = await Promise.all([
      handIn(server, token, requests[1], small),
      handIn(server, token, requests[1], bytes(12 * MB)),
      ask(server, "GET", `/api/v1/documents/${kept.id}/content`, { token }),
    ]);
    uploads.add(tried[0]);
    uploads.add(tried[1]);
    reads.add(tried[2]);
    isOver = true;
    await working;
    for (const answer of tried) {
      assert.equal(`${answer.status} ${answer.code}`, "503 unavailable", String(answer.error));
      assert.ok(Number(answer.retryAfter) > 0);
      assert.ok(answer.seconds * 1000 < LIMIT, `${answer.seconds} s`);
    }
    assert.deepEqual(others.others("200"), [], `${others}`);
    assert.ok(others.slowest < 2, `who needs no bucket does not notice: ${others}`);
    assert.equal((await ask(server, "GET", `/api/v1/evaluation-requests/${requests[1]}/documents`, { token })).json.places[0].versions.length, 0);

    await gate.be("open");
    await tenMinutesLater(server);
    await until("what was begun to be cleared away", async () => Number(await contents()) === documents && (await objects()) === there);
    const again = await handIn(server, token, requests[1], small);
    assert.equal(again.status, 201, JSON.stringify(again.json));
    await checkRules(server);
    documents += 1;
    assert.match(await checkDocuments(server, storage), new RegExp(`^${documents} documents, 0 damaged; 0 objects`, "m"));
    assert.deepEqual(wrong(server), []);
    figures(`Bucket ${name}`, { uploads, downloads: reads, "left behind": "nothing", "who needs no bucket": others });
    requests.splice(1, 1);
  });
}

test("the bucket goes away in the middle of an upload", async () => {
  const there = await objects();
  const sending = httpRequest(`${server.url}/api/v1/evaluation-requests/${requests[1]}/documents?kind=report&file_name=a.pdf`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-length": String(20 * MB) },
  });
  const answered = once(sending, "response");
  sending.on("error", () => {});
  sending.write(bytes(7 * MB));
  // Whose beginning was noted, which is how it is found again: what S3 began and could not say any more is S3's alone.
  await until("its beginning", async () =>
    (await server.query("SELECT count(*) FROM document_contents WHERE state = 'receiving' AND multipart_id IS NOT NULL")) === "1");
  await gate.be("closed");
  const cut = performance.now();
  sending.end(Buffer.alloc(13 * MB - "%PDF-1.7\n".length, 7));
  const [answer] = await answered;
  const told = (performance.now() - cut) / 1000;
  answer.resume();
  assert.equal(answer.statusCode, 503);
  assert.ok(told * 1000 < LIMIT, `${told} s`);
  await gate.be("open");
  await tenMinutesLater(server);
  await until("what was begun to be cleared away", async () => Number(await contents()) === documents && (await objects()) === there,
    () => `${server.log().slice(-1500)}`);
  assert.deepEqual(wrong(server), []);
  figures("Bucket goes away in the middle of an upload of 20 MB", { answer: "503 unavailable", "after, s": told.toFixed(1), "left behind": "nothing" });
});

test("a bucket that takes two seconds for everything is slow, no more", async () => {
  await gate.be("slow");
  const others = new Tally();
  let isOver = false;
  const working = (async () => {
    while (!isOver) others.add(await ask(server, "GET", "/api/v1/projects?limit=5", { token }));
  })();
  const made = await handIn(server, token, requests[1], bytes(6 * MB));
  isOver = true;
  await working;
  assert.equal(made.status, 201, JSON.stringify(made.json));
  assert.ok(others.slowest < 2, `${others}`);
  documents += 1;
  await gate.be("open");
  figures("Bucket slow by 2 s", { "an upload of 6 MB, s": made.seconds.toFixed(1), "who needs no bucket": others });
});

test("whoever reads slowly gets every byte", async () => {
  const content = bytes(24 * MB);
  const made = await handIn(server, token, requests[2], content);
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const reading = get(`${server.url}/api/v1/documents/${made.json.id}/content`, { headers: { authorization: `Bearer ${token}` } });
  const [answer] = await once(reading, "response");
  assert.equal(answer.statusCode, 200);
  const started = performance.now();
  const hash = createHash("sha256");
  let size = 0;
  for await (const piece of answer) {
    hash.update(piece);
    size += piece.length;
    // 200 kB/s for 75 seconds, then as it comes.
    const due = (size / 200_000) * 1000;
    const elapsed = performance.now() - started;
    if (elapsed < 75_000 && due > elapsed) await sleep(Math.min(due - elapsed, 75_000 - elapsed));
  }
  assert.equal(size, content.length);
  assert.equal(hash.digest("hex"), made.json.sha256);
  figures("Slow reader of 24 MB from the bucket", { "took, s": ((performance.now() - started) / 1000).toFixed(0), bytes: "all" });
});
