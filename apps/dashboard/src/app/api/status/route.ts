/** The state of every part, for the page that shows it. */
import { getDeps } from "../../../deps.ts";
import { readStatus } from "../../../features/status/read-status.ts";

export async function GET(): Promise<Response> {
  const parts = await readStatus(getDeps());
  return Response.json({ parts }, { headers: { "cache-control": "no-store" } });
}
