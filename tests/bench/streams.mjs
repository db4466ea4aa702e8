// Many signed-in people with an open stream of updates, each with a token of their own.
import { createHash, randomBytes } from "node:crypto";
import { Agent, get } from "node:http";

/** Tokens for so many people, not for the first one, who writes the notices; put into the database as the server would keep them. */
export function makeTokens(psql, count) {
  const ids = psql(`SELECT id FROM users WHERE is_active AND id > 1 ORDER BY id LIMIT ${count}`).split("\n");
  if (ids.length < count) throw new Error(`only ${ids.length} people in the database`);
  const tokens = ids.map(() => `gtk_${randomBytes(32).toString("base64url")}`);
  const values = ids.map((id, index) => {
    const digest = createHash("sha256").update(tokens[index]).digest("hex");
    return `(${id}, 'bench', 'read', '\\x${digest}', now() + interval '1 day')`;
  });
  psql(`INSERT INTO api_tokens (user_id, name, scope, token_hash, expires_at) VALUES ${values.join(", ")}`);
  return tokens;
}

/** Opens a stream per token and waits until each has begun. */
export async function openStreams(base, tokens) {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const streams = await Promise.all(tokens.map((token) => open(base, token, agent)));
  return {
    /** Milliseconds from now until the last stream hears of a topic. */
    async heardBy(topic) {
      const began = performance.now();
      let deaf = streams.length;
      const all = Promise.all(streams.map((stream) => stream.hears(topic).then(() => (deaf -= 1))));
      const late = setTimeout(() => {
        throw new Error(`${deaf} of ${streams.length} streams have not heard of ${topic} after 30 s`);
      }, 30_000);
      await all;
      clearTimeout(late);
      return performance.now() - began;
    },
    close() {
      for (const stream of streams) stream.close();
    },
  };
}

function open(base, token, agent) {
  return new Promise((resolve, reject) => {
    const request = get(`${base}/api/v1/updates`, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      if (answer.statusCode !== 200) {
        reject(new Error(`a stream was refused with ${answer.statusCode}`));
        return;
      }
      let text = "";
      const waiting = new Map();
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        const parts = (text + chunk).split("\n\n");
        text = parts.pop();
        for (const part of parts) {
          if (part.includes("event: hello") || part.includes("event:hello")) resolve(stream);
          const data = /^data: ?(\{.*)$/m.exec(part)?.[1];
          if (data) waiting.get(JSON.parse(data).topic)?.();
        }
      });
      answer.on("error", () => {});
      const stream = {
        hears: (topic) => new Promise((heard) => waiting.set(topic, heard)),
        close: () => request.destroy(),
      };
    });
    request.on("error", reject);
  });
}
