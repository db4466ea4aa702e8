// Starts a server, logs in as the administrator and lets schemathesis loose on it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { apiAs } from "./api.mjs";
import { people } from "./people.mjs";
import { startServer } from "./server.mjs";

const examples = process.env.FUZZ_EXAMPLES ?? "20";
const seed = process.env.FUZZ_SEED ?? "1";
const server = await startServer();
let status = 1;
try {
  const admin = await apiAs(server.url, people.admin);
  // A token of its own: log-ins expire after minutes, and fuzzing DELETE /session would end them.
  const { secret } = await admin.post("/me/tokens", { name: "schemathesis", scope: "write", days: 1 });
  const child = spawn(
    process.env.SCHEMATHESIS,
    [
      `--config-file=${new URL("schemathesis.toml", import.meta.url).pathname}`,
      "run",
      `${server.url}/api/v1/openapi.json`,
      "--checks=all",
      `--max-examples=${examples}`,
      // One after the other: the same seed then asks the same questions in the same order, and
      // Python 3.11 miscounts the depth of two syntax trees that are built at once.
      "--workers=1",
      "--continue-on-failure",
      "--suppress-health-check=all",
      "--request-timeout=20",
      `--seed=${seed}`,
      "-H",
      `Authorization: Bearer ${secret}`,
      ...process.argv.slice(2),
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  [status] = await once(child, "exit");
  const panics = server.log().split("\n").filter((line) => /panicked| ERROR /.test(line));
  if (panics.length > 0) {
    console.error(panics.slice(0, 40).join("\n"));
    status ||= 1;
  }
} finally {
  await server.stop();
}
process.exit(status ?? 1);
