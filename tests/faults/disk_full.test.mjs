// The disk of the database is full: whoever writes is told so, whoever reads is not, nothing is half-written, and all
// is well again once there is room.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { until } from "../e2e/support/api.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { Tally, adminToken, ask, checkDocuments, checkRules, figures, roomAsker, wrong } from "./support/ask.mjs";
import { startCluster } from "./support/cluster.mjs";
import { MB, bytes, handIn, openHandingIn, tenMinutesLater } from "./support/documents.mjs";
import { studentsSheet } from "./support/sheets.mjs";

const run = promisify(execFile);
const SIZE = 220;

/** A disk of so many MB, which can be made larger. Needs root; none where that is not to be had. */
async function smallDisk(size) {
  const folder = await mkdtemp(join(tmpdir(), "gestfg-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${size}m,mode=0700`, "tmpfs", folder]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return { error };
  }
  return {
    folder,
    grow: (larger) => run("mount", ["-o", `remount,size=${larger}m`, folder]),
    free: async () => Number((await run("df", ["-Pk", folder])).stdout.trim().split(/\s+/).at(-3)),
    async remove() {
      await run("umount", ["-l", folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function previewed(server, token, content, name) {
  const form = new FormData();
  form.set("kind", "students");
  form.set("file", new Blob([content]), name);
  return ask(server, "POST", "/api/v1/imports", { token, body: form });
}

for (const [name, wholeCluster] of [["the data", false], ["the write-ahead log too", true]]) {
  test(`the disk is full: ${name}`, async (t) => {
    const disk = await smallDisk(SIZE);
    if (disk.error) return t.skip(`NOT TESTED: a small disk cannot be mounted here (${disk.error.message.split("\n")[0]})`);
    const log = await mkdtemp(join(tmpdir(), "gestfg-wal-"));
    let cluster;
    let server;
    try {
      const settings = { min_wal_size: "32MB", max_wal_size: "64MB", wal_keep_size: "0" };
      cluster = await startCluster({ within: disk.folder, logWithin: wholeCluster ? undefined : log, settings });
      process.env.TEST_DATABASE_URL = cluster.url;
      server = await startServer();
      const token = await adminToken(server);
      const requests = await openHandingIn(server);

      // Students to import, previewed while there is room.
      const sheet = studentsSheet("lleno", 200);
      const preview = await previewed(server, token, sheet, "alumnado.csv");
      assert.equal(preview.status, 201, JSON.stringify(preview.json));
      const good = [];
      const uploads = new Tally();
      let refused;
      for (let n = 0; n < 400 && !refused; n += 1) {
        const answer = uploads.add(await handIn(server, token, requests[n % requests.length], bytes(3 * MB)));
        if (answer.status === 201) good.push(answer.json);
        else refused = answer;
      }
      assert.ok(refused, "the disk was filled");
      assert.deepEqual(uploads.others("201", "503 unavailable"), [], `${uploads}`);
      assert.ok(refused.code === "unavailable" && Number(refused.retryAfter) > 0);
      // What is left is filled to the brim, and everybody tries to write.
      const writes = roomAsker(server, token, "Sala sin sitio");
      const others = new Tally();
      const reads = new Tally();
      for (let n = 0; n < 20; n += 1) {
        others.add(await handIn(server, token, requests[0], bytes(200_000)));
        others.add(await writes.next());
        reads.add(await ask(server, "GET", "/api/v1/projects?limit=10&q=datos"));
        reads.add(await ask(server, "GET", `/api/v1/evaluation-requests/${requests[0]}/documents`, { token }));
        if (good.length > 0) reads.add(await ask(server, "GET", `/api/v1/documents/${good[0].id}/content`, { token }));
      }
      const commit = others.add(await ask(server, "POST", `/api/v1/imports/${preview.json.id}/commit`, { token, body: { mode: "all" } }));
      assert.deepEqual(others.others("201", "200", "503 unavailable"), [], `${others}`);
      const says = cluster.isGone() ? "PostgreSQL stopped by itself" : "PostgreSQL went on";
      if (!wholeCluster) assert.deepEqual(reads.others("200"), [], `reading goes on: ${reads}`);
      else assert.deepEqual(reads.others("200", "503 unavailable"), [], `${reads}`);
      const left = await disk.free();

      await disk.grow(SIZE * 2);
      if (cluster.isGone()) await cluster.start();
      await until("room again", async () => (await ask(server, "GET", "/health/ready")).status === 200);
      await until("the import to be done", async () => {
        const again = await ask(server, "POST", `/api/v1/imports/${preview.json.id}/commit`, { token, body: { mode: "all" } });
        if (again.status === 200) assert.equal(again.json.already_committed, commit.status === 200, "answered once, done once");
        return again.status === 200;
      });
      for (const one of writes.asked) assert.equal((await writes.again(one)).status, 201);
      const rooms = await server.query("SELECT count(*) || '|' || count(DISTINCT name) FROM rooms WHERE name LIKE 'Sala sin sitio %'");
      assert.equal(rooms, `${writes.asked.length}|${writes.asked.length}`);
      const kept = new Set((await server.query("SELECT id FROM documents")).split("\n").map(Number));
      assert.deepEqual(good.filter(({ id }) => !kept.has(id)), [], "nothing answered 201 is lost");
      await tenMinutesLater(server);
      await until("what was begun to be cleared away", async () => (await server.query("SELECT count(*) FROM document_contents WHERE state <> 'kept'")) === "0");
      assert.equal((await handIn(server, token, requests[0], bytes(MB))).status, 201);
      await checkRules(server);
      const checked = await checkDocuments(server);
      assert.match(checked, /, 0 damaged;/);
      assert.deepEqual(wrong(server), []);
      figures(`Disk of ${SIZE} MB full: ${name}`, {
        "uploads of 3 MB": uploads,
        "then, writes of all kinds": others,
        reads,
        "kB left": left,
        "what the database did": says,
        "lost of what was answered 2xx": 0,
        check: checked.trim().split("\n").at(-1),
      });
    } finally {
      await server?.kill();
      await cluster?.stop();
      await disk.remove();
      await rm(log, { recursive: true, force: true });
    }
  });
}
