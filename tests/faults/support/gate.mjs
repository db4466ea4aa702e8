// Stands before another server and lets through, refuses, falls silent, stumbles or dawdles.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { freePort } from "../../e2e/support/server.mjs";

/** How long a slow server takes to say anything. */
const DAWDLING = 2_000;

/** A port of its own before `port` of this machine. */
export async function openGate(port) {
  const own = await freePort();
  const lines = new Set();
  let mode = "open";
  let listener;
  let passed = 0;

  function take(line) {
    lines.add(line);
    line.on("error", () => {});
    line.on("close", () => lines.delete(line));
    if (mode === "silent") return void line.resume();
    if (mode === "stumbling") {
      line.once("data", () => line.end("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
      return;
    }
    if (mode === "busy") return void line.end("421 too busy, come again\r\n");
    passed += 1;
    const beyond = connect(port, "127.0.0.1");
    const wait = mode === "slow" ? DAWDLING : 0;
    beyond.on("error", () => line.destroy());
    line.on("data", (bytes) => beyond.write(bytes));
    line.on("end", () => beyond.end());
    line.on("close", () => beyond.destroy());
    beyond.on("data", (bytes) => setTimeout(() => line.write(bytes), wait));
    beyond.on("end", () => setTimeout(() => line.end(), wait));
  }

  async function listen() {
    listener = createServer({ allowHalfOpen: true }, take).listen(own, "127.0.0.1");
    await once(listener, "listening");
  }

  async function shut() {
    if (!listener) return;
    const closed = once(listener, "close");
    listener.close();
    for (const line of lines) line.destroy();
    await closed;
    listener = undefined;
  }

  await listen();
  return {
    port: own,
    passed: () => passed,
    /** From now on, also for connections that are open: they break. */
    async be(next) {
      mode = next;
      await shut();
      if (next !== "closed") await listen();
    },
    close: shut,
  };
}
