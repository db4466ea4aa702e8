#!/usr/bin/env node
// Stands in for the CLIs `heroku` and `git` (it does what the name it is called by says): writes
// down every call, answers as the real ones do, and keeps what was made in a file.
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const name = basename(process.argv[1]);
const args = process.argv.slice(2);
const { STUB_STATE, STUB_CALLS, REAL_GIT } = process.env;

if (name === "git" && args[0] !== "push") {
  process.exit(spawnSync(REAL_GIT, args, { stdio: "inherit" }).status);
}
appendFileSync(STUB_CALLS, `${JSON.stringify([name, ...args])}\n`);
const state = JSON.parse(readFileSync(STUB_STATE, "utf8"));
if (state.fails === `${name} ${args[0]}`) {
  console.error(`${name}: something went wrong`);
  process.exit(1);
}
const say = (text) => process.stdout.write(`${text}\n`);
const refuse = (text) => {
  console.error(` ›   Error: ${text}`);
  process.exit(1);
};

if (name === "heroku") {
  const rest = args.slice(1).filter((word, at, all) => word !== "--app" && all[at - 1] !== "--app");
  if (!state.account) refuse("not logged in");
  if (!["auth:whoami", "apps:create"].includes(args[0]) && !state.app) refuse("Couldn't find that app.");
  switch (args[0]) {
    case "auth:whoami":
      say(state.account);
      break;
    case "apps:create":
      if (state.app) refuse("Name is already taken");
      state.app = args[1];
      break;
    case "apps:info":
      say(rest.includes("--shell") ? `name=${state.app}\nweb_url=https://${state.app}-0123456789ab.herokuapp.com/` : `=== ${state.app}`);
      break;
    case "buildpacks":
      say(state.buildpacks.length > 0 ? state.buildpacks.map((url, at) => `${at + 1}. ${url}`).join("\n") : `${state.app} has no Buildpacks.`);
      break;
    case "buildpacks:clear":
      state.buildpacks = [];
      break;
    case "buildpacks:add":
      state.buildpacks.push(rest[0]);
      break;
    case "addons":
      say(state.addons.join("\n") || `No add-ons for app ${state.app}.`);
      break;
    case "addons:create":
      state.addons.push(rest[0]);
      break;
    case "config:get":
      say(state.config[rest[0]] ?? "");
      break;
    case "config:set": {
      const [, key, value] = rest[0].match(/^([^=]+)=(.*)$/s);
      state.config[key] = value;
      say(`${key}: ${value}`);
      break;
    }
    case "pg:wait":
      if (state.addons.length === 0) refuse("no database");
      break;
    case "ps:scale":
    case "run":
    case "open":
      break;
    default:
      refuse(`${args[0]} is not a heroku command.`);
  }
}
writeFileSync(STUB_STATE, JSON.stringify(state));
