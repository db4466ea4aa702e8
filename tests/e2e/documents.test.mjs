// Handing in: in the browser, and over a server that is killed in the middle.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { apiAs, until } from "./support/api.mjs";
import { PHONE, checkAccessibility, checkNoSidewaysScroll, launch, logIn, openWindow, screenshot, visit } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { freePort, startServer } from "./support/server.mjs";

/** Handing in is open now in every call; answers a request of the demonstration. */
async function openHandingIn(server) {
  await server.query(
    `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
     SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
     ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
  );
  return server.query(
    "SELECT min(r.id) FROM evaluation_requests r JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NOT NULL",
  );
}

const left = (server) => server.query("SELECT count(*) FROM document_contents");

/** A place for documents: the database, a folder, or a bucket of an S3-compatible server of its own. */
const stores = {
  async database() {
    return { env: {}, holds: async () => 0, stop: async () => {} };
  },
  async folder() {
    const folder = await mkdtemp(join(tmpdir(), "gestfg-documents-"));
    return {
      env: { STORAGE_URL: `file://${folder}` },
      holds: async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
      stop: () => rm(folder, { recursive: true, force: true }),
    };
  },
  async bucket() {
    const port = await freePort();
    const s3 = spawn(process.env.S3_SERVER, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    const url = `http://127.0.0.1:${port}/faculty`;
    await until("the bucket", async () => (await fetch(url, { method: "PUT" }).catch(() => undefined))?.ok);
    const count = async (query, tag) => (await (await fetch(`${url}?${query}`)).text()).split(`<${tag}>`).length - 1;
    return {
      env: { STORAGE_URL: `s3+http://key:secret@127.0.0.1:${port}/faculty/tfg` },
      holds: async () => (await count("list-type=2", "Key")) + (await count("uploads", "UploadId")),
      stop: async () => s3.kill(),
    };
  },
};

for (const [name, open] of Object.entries(stores)) {
  test(`kill -9 in the middle of an upload leaves nothing half-done (${name})`, async () => {
    const store = await open();
    const server = await startServer({ env: store.env });
    try {
      const id = await openHandingIn(server);
      const admin = await apiAs(server.url, people.admin);
      const path = `/api/v1/evaluation-requests/${id}/documents?kind=report&file_name=a.pdf`;
      const sending = httpRequest(`${server.url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${admin.token}`, "content-length": String(20 * 1024 * 1024) },
      });
      let broke = false;
      sending.on("error", () => (broke = true));
      sending.write(Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(12 * 1024 * 1024, 7)]));
      await until("the upload", async () => {
        const receiving = await server.query("SELECT count(*) FROM document_contents WHERE state = 'receiving'");
        const pieces = await server.query("SELECT count(*) FROM document_pieces");
        return receiving === "1" && (name === "database" ? Number(pieces) > 10 : (await store.holds()) > 0);
      });
      await server.kill();
      await until("the broken line", () => broke);
      await server.restart();
      const again = await apiAs(server.url, people.admin);
      const set = () => again.get(`/evaluation-requests/${id}/documents`);
      assert.deepEqual((await set()).places[0].versions, [], "nothing was handed in");
      assert.equal(await left(server), "1", "a trace by which it is found");
      // Ten minutes later the server that is up finds what the dead one left.
      await server.query("UPDATE document_contents SET seen_at = seen_at - interval '10 minutes'");
      await server.kill();
      await server.restart();
      await until("the clearing", async () => (await left(server)) === "0");
      assert.equal(await server.query("SELECT count(*) FROM document_pieces"), "0");
      assert.equal(await store.holds(), 0, "nothing is left in the store");

      // And the next one goes through, and comes back as it was.
      const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(11 * 1024 * 1024)]);
      const next = await apiAs(server.url, people.admin);
      const headers = { authorization: `Bearer ${next.token}` };
      const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, body: bytes });
      const made = await answer.json();
      assert.equal(answer.status, 201, JSON.stringify(made));
      assert.equal(made.sha256, createHash("sha256").update(bytes).digest("hex"));
      const content = await fetch(`${server.url}/api/v1/documents/${made.id}/content`, { headers });
      assert.ok(bytes.equals(Buffer.from(await content.arrayBuffer())));
      assert.equal(await store.holds(), name === "database" ? 0 : 1);
    } finally {
      await server.stop();
      await store.stop();
    }
  });
}

test("a student hands in on a phone, replaces it, is late, and gets more time", async () => {
  const server = await startServer();
  const browser = await launch();
  try {
    const student = await apiAs(server.url, people.student);
    const own = (await student.get("/assignments?mine=true&state=active")).items[0];
    const now = new Date().toISOString();
    const takesRequests = ({ phase, starts_at, ends_at }) => phase === "evaluation_request" && starts_at <= now && now < ends_at;
    const { items: calls } = await student.get(`/calls?degree_id=${own.degree.id}&limit=50`);
    const call = calls.find(({ opened_at, phases }) => opened_at && phases.some(takesRequests));
    await student.post("/evaluation-requests", { call_id: call.id, assignment_id: own.id });
    await openHandingIn(server);
    const [pupil, office] = await Promise.all([
      openWindow(browser, server.url, { viewport: PHONE }),
      openWindow(browser, server.url),
    ]);
    await logIn(pupil.page, people.student);
    await logIn(office.page, people.coordinator);
    const { page } = pupil;
    const report = () => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Memoria" }) });
    const file = (name, text) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(text) });
    const choose = (chosen) => report().locator('input[type="file"]').setInputFiles(chosen);
    const sha256 = (text) => createHash("sha256").update(text).digest("hex");

    await visit(page, `/assignments/${own.id}`);
    await page.getByText("Faltan documentos obligatorios").waitFor();
    await choose(file("memoria.pdf", "esto no es un PDF"));
    await page.getByText("Por su contenido, el archivo no es de un tipo admitido.").waitFor();
    await choose(file("memoria.pdf", "%PDF-1.7 primera"));
    await page.getByText("Hemos recibido «Memoria», versión 1.").first().waitFor();
    await report().getByText(sha256("%PDF-1.7 primera")).waitFor();
    await page.getByText("Está todo lo obligatorio").waitFor();
    await choose(file("memoria final.pdf", "%PDF-1.7 segunda"));
    await report().getByText(sha256("%PDF-1.7 segunda")).waitFor();
    await report().getByText("Versiones anteriores (1)").click();
    await report().getByText(sha256("%PDF-1.7 primera")).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      report().getByRole("button", { name: "Descargar Memoria, versión 2" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "memoria final.pdf");
    await checkAccessibility(page, "documents on a phone");
    await checkNoSidewaysScroll(page, "documents on a phone");
    await screenshot(page, "documents-phone");

    await server.query("UPDATE call_phases SET ends_at = now() - interval '1 minute' WHERE phase = 'material_submission'");
    await visit(page, `/assignments/${own.id}`);
    await report().getByText(/El plazo terminó el/).waitFor();
    assert.equal(await report().locator('input[type="file"]').count(), 0, "it is locked");
    await page.getByRole("button", { name: "Pedir más plazo" }).click();
    const asking = page.getByRole("dialog");
    await asking.getByLabel(/^Motivo/).fill("Se me averió el ordenador");
    await checkAccessibility(page, "asking for more time");
    await asking.getByRole("button", { name: "Pedir más plazo" }).click();
    await page.getByText("La petición de más plazo se ha enviado.").first().waitFor();

    await visit(office.page, `/assignments/${own.id}`);
    await office.page.getByText("Se me averió el ordenador").waitFor();
    await screenshot(office.page, "documents-coordinator");
    await office.page.getByRole("button", { name: "Conceder" }).click();
    await office.page.getByRole("dialog").getByRole("button", { name: "Conceder" }).click();
    await office.page.getByText("Se ha concedido más plazo.").first().waitFor();

    // The student's page hears of it by itself.
    await page.getByText(/Concedido hasta el/).waitFor();
    await choose(file("memoria corregida.pdf", "%PDF-1.7 tercera"));
    await page.getByText("Hemos recibido «Memoria», versión 3.").first().waitFor();
    pupil.check();
    office.check();
  } finally {
    await browser.close();
    await server.stop();
  }
});
