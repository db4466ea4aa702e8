// The demonstration, brought to where everything waits to be published, allocated or closed.
import assert from "node:assert/strict";
import { apiAs, until } from "../../e2e/support/api.mjs";
import { people } from "../../e2e/support/people.mjs";

/** The call of the demonstration with the most teams that its coordinator plans. */
async function planned(admin) {
  const { items } = await admin.get("/calls?limit=100&state=open");
  return items.sort((one, other) => other.request_count - one.request_count)[0].id;
}

/** Has something planned, and answers the plan. */
async function plan(admin, call, body) {
  const job = await admin.post(`/calls/${call}/planning-jobs`, { time_limit_seconds: 5, override_reason: "Ensayo", ...body });
  let found;
  await until(`the ${body.kind}`, async () => {
    found = await admin.get(`/planning-jobs/${job.id}`);
    return !["queued", "running"].includes(found.state);
  });
  assert.equal(found.state, "done", JSON.stringify(found));
  return found.result_plan_id;
}

/** An allocation of the open round, worked out; the round has closed. */
export async function allocation(server, admin) {
  const round = Number(await server.query("SELECT id FROM allocation_rounds WHERE state = 'live' ORDER BY id LIMIT 1"));
  const run = await admin.post(`/allocation-rounds/${round}/runs`, { method: "serial_dictatorship" });
  await until("the allocation", async () => (await admin.get(`/allocation-runs/${run.id}`)).state === "draft");
  await server.query(`UPDATE allocation_rounds SET closes_at = now() - interval '2 minutes', tutors_close_at = now() - interval '1 minute' WHERE id = ${round}`);
  return run.id;
}

/** Committees and a timetable, worked out. */
async function timetable(admin) {
  const call = await planned(admin);
  const committees = await plan(admin, call, { kind: "committees" });
  return plan(admin, call, { kind: "timetable", plan_id: committees });
}

/** A call of which nothing is missing to publish its marks. */
async function marks(server) {
  const president = await apiAs(server.url, people.professor);
  const { id } = await president.get("/session");
  const duties = (await president.get("/me/marking-duties")).items.filter(
    (duty) => duty.presides && duty.state === null && duty.defence_state === "planned",
  );
  for (const duty of duties) {
    const path = `/defences/${duty.defence_id}/marks/${id}`;
    const grades = ["7.5", "8.0", "6.5", "9.0"].map((mark, at) => ({ criterion: at + 1, mark }));
    const written = await president.patch(path, { marks: grades }, { "if-match": '"0"' });
    await president.post(`${path}/hand-in`, {}, { "if-match": `"${written.version}"` });
  }
  return duties[0].call.id;
}

/** So many drafts of calls, of years to come. */
async function drafts(admin, count) {
  const degree = (await admin.get("/degrees?q=GII")).items.find(({ code }) => code === "GII").id;
  const sitting = (await admin.get("/sittings")).items[0].id;
  const ids = [];
  for (let n = 0; n < count; n += 1) {
    const year = 2100 + n;
    const phases = [{ phase: "project_assignment", starts_at: `${year}-10-01T00:00:00Z`, ends_at: `${year}-12-01T00:00:00Z` }];
    ids.push((await admin.post("/calls", { degree_id: degree, academic_year: year, sitting_id: sitting, phases })).id);
  }
  return ids;
}

/** Everything that waits, by its id. */
export async function waiting(server, calls) {
  const admin = await apiAs(server.url, people.admin);
  return {
    run: await allocation(server, admin),
    plan: await timetable(admin),
    marks: await marks(server),
    calls: await drafts(admin, calls),
  };
}
