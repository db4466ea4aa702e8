// Several servers on one database behind nginx, which picks one at random for each request.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoDatabase, freePort } from "../../e2e/support/server.mjs";
import { startDyno } from "./dyno.mjs";

const LOGGED = `{"status":$status,"upstream":"$upstream_status","method":"$request_method","uri":"$uri","id":"$sent_http_x_request_id"}`;

/** What nginx has to know; the manner of a router: what reached nobody, or can be asked twice, goes to another server. */
function configuration(folder, port, dynos) {
  const servers = dynos.map((dyno) => `server 127.0.0.1:${dyno.port} max_fails=0;`).join(" ");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  return `${process.getuid() === 0 ? "user root;" : ""}
worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  log_format facts '${LOGGED}'; access_log ${folder}/access.log facts; ${temporary}
  upstream dynos { random; ${servers} keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 30m;
    location / {
      proxy_pass http://dynos;
      proxy_http_version 1.1;
      proxy_next_upstream error timeout;
      proxy_read_timeout 55s;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
  }
}
`;
}

export async function startFleet(count, env = {}) {
  const database = await demoDatabase();
  const folder = await mkdtemp(join(tmpdir(), "gestfg-fleet-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shared = {
    DATABASE_URL: database.url,
    // As the README says for so many servers; with two on the smallest plan, 6 each.
    DATABASE_POOL_SIZE: "6",
    PUBLIC_URL: url,
    TRUST_PROXY: "true",
    MAIL_DIR: join(folder, "mail"),
    ...env,
  };
  const dynos = await Promise.all(Array.from({ length: count }, () => startDyno({ env: shared })));
  const ended = [];
  await writeFile(join(folder, "nginx.conf"), configuration(folder, port, dynos));
  const nginx = spawn("nginx", ["-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], { stdio: ["ignore", "ignore", "inherit"] });
  for (;;) {
    if (nginx.exitCode !== null) throw new Error(readFileSync(join(folder, "error.log"), "utf8"));
    const answer = await fetch(`${url}/health/live`).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    url,
    database,
    dynos,
    /** Kills one as a machine that fails does, and starts another in its place. */
    async replace(index) {
      const dead = dynos[index];
      dead.signal("SIGKILL");
      await dead.gone;
      ended.push(dead);
      dynos[index] = await startDyno({ env: { ...shared, PORT: String(dead.port) } });
    },
    /** What nginx answered, a fact for each request. */
    facts: () => readFileSync(join(folder, "access.log"), "utf8").trim().split("\n").map((line) => JSON.parse(line)),
    log: () => [...ended, ...dynos].map((dyno) => dyno.log()).join(""),
    async stop() {
      await Promise.all(dynos.map((dyno) => dyno.stop()));
      const gone = once(nginx, "exit");
      nginx.kill("SIGTERM");
      await gone;
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
