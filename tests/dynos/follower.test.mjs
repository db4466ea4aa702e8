// A streaming copy of the database that visitors read from, and what becomes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { apiAs, until } from "../e2e/support/api.mjs";
import { people } from "../e2e/support/people.mjs";
import { startCluster } from "./support/cluster.mjs";
import { gestfg, startDyno } from "./support/dyno.mjs";

test("visitors read from the follower while it is close, and never notice when it is not", async () => {
  const primary = await startCluster();
  let follower;
  let dyno;
  try {
    await primary.query("CREATE DATABASE app");
    const env = { DATABASE_URL: primary.url("app") };
    assert.equal((await gestfg(["migrate"], env)).code, 0);
    const seeded = await gestfg(["seed", "--demo", "--professors", "20", "--students", "40", "--projects", "30"], env);
    assert.equal(seeded.code, 0, seeded.out);
    follower = await startCluster({ of: primary });
    dyno = await startDyno({ env: { ...env, DATABASE_FOLLOWER_URL: follower.url("app"), DATABASE_FOLLOWER_LAG: "4" } });
    const { url } = dyno;
    const times = (words) => dyno.log().split(words).length - 1;
    const used = (count) => until("the follower", () => times("visitors read from the follower") === count, dyno.log);
    await used(1);
    const admin = await apiAs(url, people.admin);
    const visit = async (path) => {
      const answer = await fetch(`${url}/api/v1${path}`);
      return { status: answer.status, body: await answer.json() };
    };
    const [first, second] = (await visit("/projects?limit=2")).body.items;
    const title = async () => (await visit(`/projects/${first.id}`)).body.title;
    const rename = (text) => primary.query(`UPDATE projects SET title = '${text}' WHERE id = ${first.id}`, "app");
    const pause = () => follower.query("SELECT pg_wal_replay_pause()", "app");
    const resume = () => follower.query("SELECT pg_wal_replay_resume()", "app");

    // Behind, but not too far: visitors see what was, the signed-in what is.
    await pause();
    await rename("Título nuevo");
    assert.equal(await title(), first.title, "it was the follower that answered");
    assert.equal((await admin.get(`/projects/${first.id}`)).title, "Título nuevo", "who is signed in reads what was written");
    await until("the limit", async () => (await title()) === "Título nuevo", dyno.log);
    assert.equal(times("it is too far behind"), 1);
    await resume();
    await used(2);
    assert.equal(await title(), "Título nuevo");

    // What it has not heard of yet is asked of the primary: a link in a mail works at once.
    const published = await primary.query(`SELECT published_at FROM projects WHERE id = ${second.id}`, "app");
    await primary.query(`UPDATE projects SET state = 'validated', published_at = NULL WHERE id = ${second.id}`, "app");
    await until("the follower to know", async () => (await follower.query(`SELECT state FROM projects WHERE id = ${second.id}`, "app")) === "validated");
    assert.equal((await visit(`/projects/${second.id}`)).status, 404);
    await pause();
    await primary.query(`UPDATE projects SET state = 'published', published_at = '${published}' WHERE id = ${second.id}`, "app");
    assert.equal((await visit(`/projects/${second.id}`)).status, 200);
    await resume();

    // Gone in the middle of reading: nobody sees an error.
    const paths = ["/projects?limit=25", "/projects?q=datos", `/projects/${first.id}`, `/projects/${first.id}/similar`, "/degrees", "/departments", "/areas", "/events", "/calls"];
    const statuses = new Map();
    let isOver = false;
    const reading = Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        for (let at = n; !isOver; at += 1) {
          const { status } = await visit(paths[at % paths.length]);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    await follower.stop("immediate");
    await until("it to be missed", () => times("it is away") === 1, dyno.log);
    await follower.start();
    await used(3);
    isOver = true;
    await reading;
    assert.deepEqual([...statuses.keys()], [200]);

    // Without the primary the catalogue can still be read.
    await primary.stop("immediate");
    for (const path of paths) assert.equal((await visit(path)).status, 200, path);
    assert.equal((await fetch(`${url}/health/ready`)).status, 503);
    await primary.start();
    await until("the primary", async () => (await fetch(`${url}/health/ready`)).ok);
    assert.equal((await admin.get(`/projects/${first.id}`)).title, "Título nuevo");

    // One that has become a database of its own says no longer what this one holds.
    await follower.query("SELECT pg_promote()", "app");
    await until("it to be set aside", () => times("it follows nobody") === 1, dyno.log);
    await rename("Título último");
    assert.equal(await title(), "Título último");
  } finally {
    await dyno?.stop();
    await follower?.destroy();
    await primary.destroy();
  }
});
