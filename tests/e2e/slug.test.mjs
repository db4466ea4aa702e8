// What Heroku reads (app.json, Procfile, package.json) names only what is there, and what it runs
// does what it should. The slug itself is built by scripts/test-deploy, which takes long.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, beforeEach, test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;
const read = (path) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("app.json"));
const procfile = Object.fromEntries(read("Procfile").trim().split("\n").map((line) => /^(\w+): *(.+)$/.exec(line).slice(1)));
const runs = (path) => accessSync(join(root, path), constants.X_OK);
const folders = [];
let work;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "gestfg-slug-"));
  folders.push(work);
});

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Every variable that the server asks for. */
function known() {
  const names = [...read("api/src/config.rs").matchAll(/\bget(?:\(|, )"([A-Z_]+)"/g)].map(([, name]) => name);
  assert.ok(names.length > 20, "config.rs is read as it is written");
  return new Set([...names, "LOG", "ADMIN_EMAIL"]);
}

function sound(env) {
  for (const [name, variable] of Object.entries(env)) {
    assert.ok(known().has(name), `nobody asks for ${name}`);
    for (const [key, value] of Object.entries(variable)) {
      const kinds = { description: "string", value: "string", required: "boolean", generator: "string" };
      assert.equal(typeof value, kinds[key], `${name}.${key}`);
    }
    assert.ok(variable.generator === undefined || variable.generator === "secret", name);
  }
}

test("app.json declares variables that exist, each explained, and its secrets are made up by the platform", () => {
  sound(manifest.env);
  for (const [name, { description }] of Object.entries(manifest.env)) assert.ok(description?.length > 10, `${name} is not explained`);
  assert.deepEqual(manifest.env.JWT_SECRET.generator, "secret");
  assert.equal(manifest.env.ADMIN_EMAIL.required, true, "the button asks who the first admin is");
  for (const name of ["DATABASE_URL", "PORT"]) assert.ok(!(name in manifest.env), `${name} is the platform's`);
});

test("app.json has the add-on, the formation, the stack and where to go next", () => {
  assert.equal(manifest.stack, "heroku-24");
  assert.match(manifest.addons[0].plan, /^heroku-postgresql:/);
  assert.match(manifest.success_url, /^\//);
  for (const [process, { quantity, size }] of Object.entries(manifest.formation)) {
    assert.ok(process in procfile, `the Procfile has no ${process}`);
    assert.ok(quantity >= 1 && ["eco", "basic", "standard-1x", "standard-2x"].includes(size));
  }
});

test("review apps are small, have a secret and data of their own, and ask for nothing", () => {
  const { addons, formation, env } = manifest.environments.review;
  sound(env);
  assert.match(addons[0].plan, /^heroku-postgresql:essential-0$/);
  assert.deepEqual(formation, { web: { quantity: 1, size: "basic" } });
  assert.equal(env.JWT_SECRET.generator, "secret");
  assert.equal(env.DEMO.value, "true");
  const asked = Object.entries({ ...manifest.env, ...env }).filter(([, { required, value, generator }]) => required !== false && !value && !generator);
  assert.deepEqual(asked, []);
});

test("the buildpacks come in the order in which they need each other, and know this app", () => {
  assert.deepEqual(manifest.buildpacks.map(({ url }) => url), ["https://github.com/emk/heroku-buildpack-rust", "heroku/nodejs"]);
  // What they look for.
  for (const file of ["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json"]) read(file);
  // Either would make them do something else.
  for (const file of ["RustConfig", "rust-toolchain", "yarn.lock", "pnpm-lock.yaml", ".heroku"]) assert.throws(() => read(file), { code: "ENOENT" });
  assert.match(read("rust-toolchain.toml"), /^targets = .*"wasm32-unknown-unknown"/m);
  const { scripts, dependencies } = JSON.parse(read("package.json"));
  assert.ok("@patternfly/patternfly" in dependencies, "the interface is built before devDependencies would be there");
  for (const step of ["heroku-postbuild", "heroku-cleanup"]) runs(scripts[step].split(" ")[0]);
  runs(manifest.scripts.postdeploy);
});

test("the Procfile runs what the server can do, and its web listens where it is told", () => {
  assert.deepEqual(Object.keys(procfile).sort(), ["release", "web"]);
  for (const command of Object.values(procfile)) {
    const [, subcommand] = /(?:^|\s)\.\/target\/release\/gestfg (\S+)$/.exec(command);
    execFileSync(process.env.GESTFG, [subcommand, "--help"]);
  }
  assert.ok(known().has("PORT"));
  assert.ok(!/PORT/.test(procfile.web), "PORT comes from the environment");
});

/** Runs scripts/postdeploy beside a program that only says how it was called. */
function postdeploy(env) {
  mkdirSync(join(work, "target/release"), { recursive: true });
  writeFileSync(join(work, "target/release/gestfg"), '#!/bin/sh\necho "gestfg $*"\n', { mode: 0o755 });
  return execFileSync(join(root, manifest.scripts.postdeploy), { cwd: work, env: { PATH: process.env.PATH, ...env }, encoding: "utf8" });
}

for (const [what, env, expected] of [
  ["makes the admin who was named", { ADMIN_EMAIL: "decanato@ugr.es", DEMO: "false" }, /^gestfg create-admin --email decanato@ugr\.es --first-name decanato --last-name GesTFG\n$/],
  ["invents a faculty, of which it says the log-ins", { DEMO: "true" }, /^gestfg seed --demo\n$/],
  ["does both", { DEMO: "true", ADMIN_EMAIL: "decanato@ugr.es" }, /^gestfg seed --demo\ngestfg create-admin --email decanato@ugr\.es /],
  ["says how to make an admin where nobody is to be one", {}, /^Nobody can log in yet.*\n *heroku run .* create-admin --email /],
]) {
  test(`after the first deployment it ${what}`, () => {
    assert.match(postdeploy(env), expected);
  });
}

/** A build folder as the buildpacks leave it. */
function built() {
  const build = join(work, "build");
  for (const path of [
    "Procfile", "app.json", "package.json", "package-lock.json", "Cargo.toml", ".gitignore", ".github/workflows/ci.yml", "api/src/main.rs", "node_modules/.bin/tool",
    "target/release/gestfg", "target/release/build-frontend", "target/web/index.html", "target/web/.built-from",
    ".heroku/node/bin/node", ".heroku/node/include/node.h", ".heroku/node/lib/node_modules/npm/index.js", ".profile.d/nodejs.sh",
  ]) {
    mkdirSync(dirname(join(build, path)), { recursive: true });
    writeFileSync(join(build, path), "");
  }
  cpSync(join(root, "scripts"), join(build, "scripts"), { recursive: true });
  mkdirSync(join(work, "cache/multirust"), { recursive: true });
  mkdirSync(join(work, "cache/cargo/bin"), { recursive: true });
  writeFileSync(join(work, "cache/cargo/bin/rustup"), `#!/bin/sh\necho "$*" >>"${work}/rustup"\n`, { mode: 0o755 });
  return build;
}

const slim = (build, env) => spawnSync("scripts/slim-slug", { cwd: build, env: { PATH: `${work}/cache/cargo/bin:${process.env.PATH}`, ...env }, encoding: "utf8" });
const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1)).sort();

test("the slug keeps what a dyno runs and what the buildpack still reads", () => {
  const build = built();
  const { status, stderr } = slim(build, { STACK: "heroku-24", CARGO_HOME: join(work, "cache/cargo") });
  assert.equal(status, 0, stderr);
  assert.deepEqual(files(build), [
    ".heroku/node/bin/node", ".heroku/node/lib/node_modules/npm/index.js", ".profile.d/nodejs.sh", "Procfile", "app.json", "package.json", "scripts/postdeploy",
    "target/release/gestfg", "target/web/.built-from", "target/web/index.html",
  ]);
  assert.match(readFileSync(join(work, "rustup"), "utf8"), /component remove --toolchain stable rust-docs/);
});

for (const [what, env, prepare] of [
  ["a checkout", { STACK: "heroku-24" }, (build) => writeFileSync(join(build, ".git"), "")],
  ["a folder outside of a build", {}, () => {}],
  ["a folder without the buildpack's Rust", { STACK: "heroku-24" }, () => rmSync(join(work, "cache/multirust"), { recursive: true })],
]) {
  test(`nothing is removed from ${what}`, () => {
    const build = built();
    prepare(build);
    const before = files(build);
    const { status, stderr } = slim(build, { CARGO_HOME: join(work, "cache/cargo"), ...env });
    assert.equal(status, 1);
    assert.match(stderr, /for Heroku's build folder/);
    assert.deepEqual(files(build), before);
  });
}
