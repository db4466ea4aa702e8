// scripts/deploy_to_heroku.sh against a CLI that only writes down what it is asked.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;
const realGit = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
const stub = new URL("support/heroku_stub.mjs", import.meta.url).pathname;
const folders = [];
let bin;
let state;
let calls;

function remember(changes) {
  const nothing = { account: "secretaria@example.org", app: null, buildpacks: [], addons: [], config: {} };
  writeFileSync(state, JSON.stringify({ ...nothing, ...changes }));
}

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "gestfg-deploy-"));
  folders.push(folder);
  bin = folder;
  state = join(folder, "state.json");
  calls = join(folder, "calls.jsonl");
  symlinkSync(stub, join(folder, "heroku"));
  symlinkSync(stub, join(folder, "git"));
  remember({});
});

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function deploy(...args) {
  writeFileSync(calls, "");
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, STUB_STATE: state, STUB_CALLS: calls, REAL_GIT: realGit };
  const done = spawnSync("scripts/deploy_to_heroku.sh", args, { cwd: root, env, encoding: "utf8" });
  return { status: done.status, said: done.stdout + done.stderr, asked: asked() };
}

const asked = () => readFileSync(calls, "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line).join(" "));
const kept = () => JSON.parse(readFileSync(state, "utf8"));
const reads = /^heroku (auth:whoami|apps:info|buildpacks --app|addons --app|config:get)/;
const changes = (list) => list.filter((call) => !reads.test(call));

test("a new app is made, set up, pushed, scaled and opened, in this order", () => {
  const { status, said, asked } = deploy("tfg-prueba");
  assert.equal(status, 0, said);
  const secret = kept().config.JWT_SECRET;
  assert.match(secret, /^[0-9a-f]{64}$/);
  assert.deepEqual(changes(asked), [
    "heroku apps:create tfg-prueba --region eu --stack heroku-24 --no-remote",
    "heroku buildpacks:clear --app tfg-prueba",
    "heroku buildpacks:add --app tfg-prueba https://github.com/emk/heroku-buildpack-rust",
    "heroku buildpacks:add --app tfg-prueba heroku/nodejs",
    "heroku addons:create heroku-postgresql:essential-0 --app tfg-prueba",
    "heroku pg:wait --app tfg-prueba",
    `heroku config:set --app tfg-prueba JWT_SECRET=${secret}`,
    "heroku config:set --app tfg-prueba DATABASE_POOL_SIZE=6",
    "heroku config:set --app tfg-prueba TRUST_PROXY=true",
    "heroku config:set --app tfg-prueba PUBLIC_URL=https://tfg-prueba-0123456789ab.herokuapp.com",
    "git push https://git.heroku.com/tfg-prueba.git HEAD:refs/heads/main",
    "heroku ps:scale web=1 --app tfg-prueba",
    "heroku open --app tfg-prueba",
  ]);
  assert.ok(!said.includes(secret), "the secret is not printed");
  const declared = JSON.parse(readFileSync(join(root, "app.json"), "utf8"));
  assert.deepEqual(kept().buildpacks, declared.buildpacks.map(({ url }) => url), "as the button does it");
  assert.deepEqual(kept().addons, declared.addons.map(({ plan }) => plan));
});

test("the second time only what is new goes up, and what was set stays", () => {
  deploy("tfg-prueba", "--no-open");
  const before = kept();
  before.config.PUBLIC_URL = "https://tfg.example.org";
  remember(before);
  const { status, said, asked } = deploy("tfg-prueba", "--no-open");
  assert.equal(status, 0, said);
  assert.deepEqual(changes(asked), [
    "heroku pg:wait --app tfg-prueba",
    "git push https://git.heroku.com/tfg-prueba.git HEAD:refs/heads/main",
    "heroku ps:scale web=1 --app tfg-prueba",
  ]);
  assert.deepEqual(kept(), before);
});

test("an admin and a demonstration are made by the release", () => {
  const { status, said, asked } = deploy("tfg-prueba", "--demo", "--admin", "decanato@ugr.es", "--no-open", "--team", "facultad");
  assert.equal(status, 0, said);
  assert.ok(asked.includes("heroku apps:create tfg-prueba --region eu --stack heroku-24 --no-remote --team facultad"));
  assert.equal(kept().config.DEMO, "true");
  assert.deepEqual(asked.slice(-2), [
    "heroku run --exit-code --no-tty --app tfg-prueba -- ./target/release/gestfg seed --demo",
    "heroku run --exit-code --no-tty --app tfg-prueba -- ./target/release/gestfg create-admin --email decanato@ugr.es --first-name decanato --last-name GesTFG",
  ]);
});

for (const [what, before] of [["where there is nothing", {}], ["where there is an app", { app: "tfg-prueba", addons: ["heroku-postgresql:essential-0"] }]]) {
  test(`a dry run changes nothing ${what}, and says what it would do`, () => {
    remember(before);
    const was = kept();
    const { status, said, asked } = deploy("tfg-prueba", "--dry-run", "--admin", "decanato@ugr.es");
    assert.equal(status, 0, said);
    assert.deepEqual(changes(asked), []);
    assert.deepEqual(kept(), was);
    assert.match(said, /would run: git push https:\/\/git\.heroku\.com\/tfg-prueba\.git/);
    assert.match(said, /would run: heroku run .* create-admin --email decanato@ugr\.es/);
    assert.match(said, /would set: JWT_SECRET\n/);
    assert.match(said, /would set: PUBLIC_URL\n/);
    assert.equal(/would run: heroku apps:create/.test(said), !before.app);
  });
}

test("who is not logged in is told so, and nothing is asked for", () => {
  remember({ account: null });
  const { status, said, asked } = deploy("tfg-prueba");
  assert.equal(status, 1);
  assert.match(said, /not logged in to Heroku: run heroku login/);
  assert.deepEqual(changes(asked), []);
});

for (const step of ["heroku addons:create", "heroku pg:wait", "git push"]) {
  test(`it stops where ${step} fails, and goes on from there the next time`, () => {
    remember({ fails: step });
    const first = deploy("tfg-prueba", "--no-open");
    assert.notEqual(first.status, 0);
    assert.ok(first.asked.at(-1).startsWith(step), "nothing is done after it");
    remember({ ...kept(), fails: null });
    const second = deploy("tfg-prueba", "--no-open");
    assert.equal(second.status, 0, second.said);
    assert.ok(!second.asked.some((call) => call.startsWith("heroku apps:create")));
    assert.equal(second.asked.at(-1), "heroku ps:scale web=1 --app tfg-prueba");
  });
}

for (const args of [[], ["Not A Name"], ["tfg-prueba", "another"], ["tfg-prueba", "--region"], ["--unknown", "tfg-prueba"]]) {
  test(`refused before anything is asked: ${JSON.stringify(args)}`, () => {
    const { status, asked } = deploy(...args);
    assert.notEqual(status, 0);
    assert.deepEqual(asked, []);
  });
}
