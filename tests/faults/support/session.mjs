// A session of psql that stays open, to hold locks in the way of others.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const { PSQL = "psql" } = process.env;

export function openSession(url) {
  const child = spawn(PSQL, [url, "-XqtAw", "-v", "ON_ERROR_STOP=1"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  createInterface({ input: child.stdout }).on("line", (line) => waiting.get(line)?.());
  let count = 0;
  return {
    /** Done when the database has done it. */
    say(sql) {
      const mark = `said ${(count += 1)}`;
      return new Promise((resolve, reject) => {
        waiting.set(mark, resolve);
        child.once("exit", () => reject(new Error(`psql ended: ${sql}`)));
        child.stdin.write(`${sql}\n\\echo ${mark}\n`);
      });
    },
    close: () => child.kill(),
  };
}
