// Reads a stream of updates as a browser does: over cuts, from the last place it saw.
import { get } from "node:http";

/**
 * Goes on until closed. `cutAfter` events it hangs up by itself and comes again, wherever that leads.
 * `heard` holds the subjects in the order they came; `cuts` counts the ends it did not ask for.
 */
export function readUpdates(url, token, { cutAfter = Infinity } = {}) {
  const reader = { heard: [], connections: 0, cuts: 0, refusals: [], resets: 0, close };
  let lastId;
  let asking;
  let isClosed = false;

  function close() {
    isClosed = true;
    asking?.destroy();
  }

  const again = (isOwn) => {
    if (isClosed) return;
    if (!isOwn) reader.cuts += 1;
    setTimeout(open, 20);
  };

  function open() {
    if (isClosed) return;
    const headers = { authorization: `Bearer ${token}`, ...(lastId === undefined ? {} : { "last-event-id": lastId }) };
    let isOwn = false;
    let isOver = false;
    const over = () => {
      if (!isOver) again(isOwn);
      isOver = true;
    };
    asking = get(`${url}/api/v1/updates`, { agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) reader.refusals.push(answer.statusCode);
      reader.connections += 1;
      let text = "";
      let count = 0;
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        const parts = (text + chunk).split("\n\n");
        text = parts.pop();
        for (const part of parts) {
          if (isOwn) return;
          const field = (name) => new RegExp(`^${name}: ?(.*)$`, "m").exec(part)?.[1];
          if (field("id") !== undefined) lastId = field("id");
          if (field("event") === "reset") reader.resets += 1;
          if (field("event") !== "change") continue;
          reader.heard.push(JSON.parse(field("data")).subject_id);
          count += 1;
          if (count >= cutAfter) {
            isOwn = true;
            answer.destroy();
          }
        }
      });
      answer.on("error", () => {});
      answer.on("close", over);
    });
    asking.on("error", over);
  }

  open();
  return reader;
}
