// A page that follows the updates, and comes again when its stream breaks.
import { setTimeout as sleep } from "node:timers/promises";

export async function listen(server, token) {
  const ending = new AbortController();
  let text = "";
  let last;
  let breaks = -1;
  let begun;
  const hasBegun = new Promise((resolve) => (begun = resolve));

  async function once() {
    const headers = { authorization: `Bearer ${token}`, ...(last ? { "last-event-id": last } : {}) };
    const answer = await fetch(`${server.url}/api/v1/updates`, { headers, signal: ending.signal });
    if (!answer.ok) return answer.body?.cancel();
    for await (const bytes of answer.body) {
      text += Buffer.from(bytes).toString("utf8");
      last = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? last;
      begun();
    }
  }

  (async () => {
    while (!ending.signal.aborted) {
      breaks += 1;
      await once().catch(() => {});
      if (!ending.signal.aborted) await sleep(200);
    }
  })();
  await hasBegun;
  return {
    /** Whether it was told that this thing has changed. */
    has: (topic, id) => text.includes(`"topic":"${topic}","subject_id":${id}`),
    text: () => text,
    breaks: () => breaks,
    close: () => ending.abort(),
  };
}
