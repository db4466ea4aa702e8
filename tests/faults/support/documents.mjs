// Handing in, for tests that take the ground away under it.
import { randomBytes } from "node:crypto";
import { ask } from "./ask.mjs";

export const MB = 1024 * 1024;

/** Handing in is open now in every call; answers requests of the demonstration. */
export async function openHandingIn(server) {
  await server.query(
    `INSERT INTO call_phases (call_id, phase, starts_at, ends_at)
     SELECT id, 'material_submission', now() - interval '1 day', now() + interval '1 day' FROM calls
     ON CONFLICT (call_id, phase) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
  );
  const found = await server.query(
    "SELECT r.id FROM evaluation_requests r JOIN calls c ON c.id = r.call_id WHERE r.state = 'requested' AND c.opened_at IS NOT NULL ORDER BY r.id",
  );
  return found.split("\n").map(Number);
}

/** So many bytes that begin like a PDF and cannot be compressed. */
export const bytes = (size) => Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(size)]);

export const handIn = (server, token, request, content, rest = {}) =>
  ask(server, "POST", `/api/v1/evaluation-requests/${request}/documents?kind=report&file_name=memoria.pdf`, { token, body: content, ...rest });

/** Whatever fell silent is cleared away by the server that starts ten minutes later. */
export async function tenMinutesLater(server) {
  await server.query("UPDATE document_contents SET seen_at = seen_at - interval '10 minutes' WHERE state IN ('receiving', 'dropped')");
  await server.kill();
  await server.restart();
}
