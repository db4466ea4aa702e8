// Whether the time of a refused log-in tells which accounts exist: node tests/bench/log_in_timing.mjs
// URL known@address [rounds, default 200]. The server must run with LOGIN_LIMIT_ACCOUNT=0 and
// LOGIN_LIMIT_ADDRESS=0. A wrong password of a known account and any of an unknown one are asked by
// turns; told are the middle times and how often the known one took longer (0.5: no difference).
const [url, known, rounds = "200"] = process.argv.slice(2);
if (!known) throw new Error("usage: log_in_timing.mjs URL known@address [rounds]");

async function refused(login) {
  const started = performance.now();
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login, password: "not the password of anybody" }),
  });
  await answer.text();
  if (answer.status !== 401) throw new Error(`${login}: ${answer.status}; are the limits off?`);
  return performance.now() - started;
}

const kinds = {
  known: () => known,
  unknown: (n) => `nobody.${n}@${known.split("@")[1]}`,
  "not an address": (n) => `nobody ${n}`,
  "unknown DNI": (n) => `${String(10_000_000 + n)}A`,
};
for (let n = 0; n < 10; n++) await refused(known);
const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
for (let n = 0; n < Number(rounds); n++) {
  // Not always in the same order: what comes after what must not matter.
  for (const kind of Object.keys(kinds).sort(() => Math.random() - 0.5)) times[kind].push(await refused(kinds[kind](n)));
}
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
for (const [kind, list] of Object.entries(times)) {
  let longer = 0;
  for (const one of times.known) for (const other of list) longer += one > other ? 1 : one === other ? 0.5 : 0;
  const share = longer / (times.known.length * list.length);
  // The standard deviation of that share, were there no difference (Mann-Whitney).
  const deviation = Math.sqrt((2 * list.length + 1) / (12 * list.length ** 2));
  const sigmas = ((share - 0.5) / deviation).toFixed(1);
  console.log(`${kind.padEnd(16)} ${middle(list).toFixed(2).padStart(8)} ms   known took longer: ${share.toFixed(3)} (${sigmas} deviations)`);
}
