// Markup and scripts in every text of the demonstration data and in every address: the pages show
// them as what they are, and nothing of them runs, loads or leads anywhere.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { apiAs } from "./support/api.mjs";
import { launch, logIn, openWindow, settled } from "./support/browser.mjs";
import { people } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const PAYLOADS = [
  `"><img src=x onerror=alert(1)>`,
  `</script><script>alert(2)</script>`,
  `'"--></style></title></textarea><svg onload=alert(3)>`,
  `[x](javascript:alert(4)) <javascript:alert(4)>`,
  `<iframe srcdoc="<script>parent.alert(5)</script>"></iframe>`,
  `<details open ontoggle=alert(6)><base href=//evil.example>`,
  `<a href="jav&#x09;ascript:alert(7)" style="position:fixed;inset:0">x</a>`,
  `<link rel=stylesheet href=//evil.example/a.css><meta http-equiv=refresh content="0;url=//evil.example">`,
  `![x](//evil.example/pixel.png "onerror=alert(8)") {{7*7}} \${7*7}`,
];
/** For what is too short for the others. */
const SHORT = "<b onclick=x()>";

let server;
let browser;
let ids;

/** Adds one of the payloads to every text that takes it; closed lists and addresses refuse by their constraints. */
async function poison() {
  const quoted = PAYLOADS.map((payload) => `$p$${payload}$p$`).join(", ");
  return server.query(`
    CREATE TABLE poisoned (place text);
    DO $do$
    DECLARE place record; payload text; done boolean;
    BEGIN
      FOR place IN
        SELECT c.table_name AS named, c.column_name AS part, row_number() OVER (ORDER BY c.table_name, c.column_name) AS n
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text' AND c.is_generated = 'NEVER'
          AND c.table_name NOT IN ('poisoned', '__diesel_schema_migrations')
          AND c.column_name NOT IN ('email', 'dni', 'password_hash', 'state', 'kind', 'role', 'phase', 'source', 'answer', 'audience',
            'method', 'outcome', 'seat', 'language', 'level', 'action', 'entity', 'store', 'scope', 'template', 'media_type',
            'handed_in_by', 'mail', 'topic', 'recipient')
      LOOP
        done := false;
        FOREACH payload IN ARRAY ARRAY[(ARRAY[${quoted}])[place.n % ${PAYLOADS.length} + 1], $p$${SHORT}$p$] LOOP
          CONTINUE WHEN done;
          BEGIN
            EXECUTE format('UPDATE %I SET %I = %I || %L WHERE %I <> %L', place.named, place.part, place.part, ' ' || payload, place.part, '');
            INSERT INTO poisoned VALUES (place.named || '.' || place.part);
            done := true;
          EXCEPTION WHEN OTHERS THEN NULL;
          END;
        END LOOP;
      END LOOP;
      BEGIN
        UPDATE projects SET keywords = keywords || ARRAY[$p$${PAYLOADS[0]}$p$];
        INSERT INTO poisoned VALUES ('projects.keywords');
      EXCEPTION WHEN OTHERS THEN NULL;
      END;
    END $do$;
    SELECT string_agg(place, ' ') FROM poisoned`);
}

before(async () => {
  server = await startServer();
  browser = await launch();
  const student = await apiAs(server.url, people.student);
  const assignment = (await student.get("/assignments?mine=true&limit=1")).items[0].id;
  for (const payload of PAYLOADS) await student.post(`/assignments/${assignment}/messages`, { body: payload });
  const admin = await apiAs(server.url, people.admin);
  const form = new FormData();
  form.append("kind", "degrees");
  const rows = PAYLOADS.map((payload) => `"${payload.replaceAll('"', '""')}";"${payload.replaceAll('"', '""')}";grado`);
  form.append("file", new Blob([`codigo;nombre;nivel\n${rows.join("\n")}\n`]), `${SHORT}.csv`);
  const headers = { authorization: `Bearer ${admin.token}` };
  const given = await fetch(`${server.url}/api/v1/imports`, { method: "POST", headers, body: form });
  assert.equal(given.status, 201, await given.clone().text());
  const places = (await poison()).split(" ");
  for (const place of ["projects.title", "projects.description", "users.first_name", "events.title", "messages.body", "imports.file_name"]) {
    assert.ok(places.includes(place), `${place} took no payload; those that did: ${places.join(", ")}`);
  }
  const first = (table, which = "true") => server.query(`SELECT min(id) FROM ${table} WHERE ${which}`);
  ids = {
    "/projects": await first("projects", "state = 'published'"),
    "/my/projects": await first("projects", "state = 'draft'"),
    "/calls": await first("calls", "opened_at IS NOT NULL"),
    "/admin/calls": await first("calls", "opened_at IS NOT NULL"),
    "/my/applications": await first("allocation_rounds"),
    "/admin/rounds": await first("allocation_rounds"),
    "/admin/allocation-runs": await first("allocation_runs"),
    "/events": await first("events"),
    "/admin/events": await first("events"),
    "/defences": await first("defences"),
    "/admin/degrees": await first("degrees"),
    "/assignments": assignment,
    "/imports": (await given.json()).id,
    "/admin/people": await first("users", "NOT is_admin"),
    "/admin/rooms": await first("rooms"),
    "/admin/plans": await first("committee_plans"),
    "/documents": await first("documents"),
  };
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Every page of the interface, as the server knows them. */
async function pages() {
  const source = await readFile(new URL("../../api/src/pages.rs", import.meta.url), "utf8");
  const patterns = [...source.slice(0, source.indexOf("];")).matchAll(/^ {4}"(\/.*)",$/gm)].map(([, path]) => path);
  assert.ok(patterns.length > 60);
  return patterns.map((pattern) => pattern.replace(/^(.*?)\/\{\}/, (_, before) => `${before}/${ids[before] || 1}`));
}

/** What must not be on any page, whatever its texts say. */
function planted() {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "srcdoc") found.push(`${element.tagName} ${name}=${value}`);
      if (/^(href|src|action|formaction|data|poster)$/.test(name) && /^\s*(javascript|vbscript|data:text)/i.test(value)) {
        found.push(`${element.tagName} ${name}=${value}`);
      }
      if (/^(src|href)$/.test(name) && element.tagName !== "A" && value.includes("evil.example")) found.push(`${element.tagName} ${value}`);
    }
    if (/^(IFRAME|OBJECT|EMBED|BASE)$/.test(element.tagName)) found.push(element.tagName);
  }
  const text = document.body.innerText;
  return { found, shows: /onerror=alert|<script>|onload=alert|javascript:alert|srcdoc=|ontoggle=|evil\.example|onclick=x/.test(text) };
}

async function walk(who, paths) {
  const window = await openWindow(browser, server.url);
  const dialogs = [];
  window.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  try {
    if (who !== "visitor") await logIn(window.page, people[who]);
    let shown = 0;
    for (const path of paths) {
      await window.page.goto(path);
      await settled(window.page);
      const { found, shows } = await window.page.evaluate(planted);
      assert.deepEqual(found, [], `${path} as ${who}`);
      assert.deepEqual(dialogs, [], `${path} as ${who}`);
      assert.equal(new URL(window.page.url()).origin, new URL(server.url).origin, `${path} led elsewhere`);
      assert.doesNotThrow(() => window.check(), `${path} as ${who}`);
      shown += shows;
    }
    return shown;
  } finally {
    await window.close();
  }
}

test("no text of the data runs on any page, whoever looks", async () => {
  const all = await pages();
  const visible = (prefixes) => all.filter((path) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
  const half = Math.ceil(all.length / 2);
  const shown = await Promise.all([
    walk("admin", all.slice(0, half)),
    walk("admin", all.slice(half)),
    Promise.resolve()
      .then(() => walk("student", ["/", "/profile", ...visible(["/assignments", "/my/project", "/my/applications", "/my/marks"]), "/inbox", "/messages"]))
      .then(async (count) => count + (await walk("professor", ["/", ...visible(["/my/projects", "/my/applicants", "/my/marking", "/availability"])])))
      .then(async (count) => count + (await walk("coordinator", ["/", "/validation", ...visible(["/admin/calls", "/admin/plans"])]))),
  ]);
  const pagesThatShow = shown.reduce((sum, count) => sum + count, 0);
  assert.ok(pagesThatShow > 40, `only ${pagesThatShow} pages showed what was planted`);
});

test("no part of an address runs", async () => {
  const payloads = PAYLOADS.slice(0, 4).map(encodeURIComponent);
  const paths = payloads.flatMap((payload) => [
    `/projects?q=${payload}`,
    `/set-password?token=${payload}`,
    `/verification?code=${payload}`,
    `/unsubscribe?token=${payload}`,
    `/login?next=${payload}`,
    `/no-such-page/${payload}#${payload}`,
  ]);
  await walk("visitor", [...paths, "/login?next=//evil.example", "/login?next=javascript:alert(9)", "/login?next=https:%2f%2fevil.example"]);
  // Nor does logging in lead to where an address says.
  for (const next of ["//evil.example/x", "https://evil.example/x", "javascript:alert(9)", "/\\evil.example"]) {
    const window = await openWindow(browser, server.url);
    try {
      const { page } = window;
      await page.goto(`/login?next=${encodeURIComponent(next)}&return_to=${encodeURIComponent(next)}`);
      await settled(page);
      await page.locator('input[autocomplete="username"]').fill(people.student.login);
      await page.locator('input[autocomplete="current-password"]').fill(people.student.password);
      await page.locator('form button[type="submit"]').first().click();
      await page.waitForURL((url) => url.pathname !== "/login");
      assert.equal(new URL(page.url()).origin, new URL(server.url).origin, next);
      window.check();
    } finally {
      await window.close();
    }
  }
});
