/** G1, no action without its record: an upstream that asks the database on arrival. */
import { Agent } from "node:http";
import { decodeId } from "@yolo/core/ids";
import { call } from "./calls.ts";
import { seeded } from "./random.ts";
import type { World } from "./world.ts";

const CALLS = 600;
const LANES = 24;

/** What broke the promise; empty when it held. */
export async function recordBeforeAction(world: World, seed: number): Promise<string[]> {
  const violations: string[] = [];
  let seen = 0;
  world.upstream.onArrival(async (request) => {
    seen += 1;
    const requestId = request.header("x-request-id") ?? "";
    const [row] = await world.sql`
      SELECT decision FROM org.intents WHERE id = ${decodeId("record", requestId)}`;
    if (row?.decision !== "allow") violations.push(`${requestId} arrived without its record`);
  });
  const random = seeded(seed);
  const agent = new Agent({ keepAlive: true });
  let left = CALLS;
  let answered = 0;
  async function lane(): Promise<void> {
    while (left > 0 && violations.length === 0) {
      left -= 1;
      const gateway = world.gateways[random.below(world.gateways.length)];
      const tenant = world.tenants[random.below(world.tenants.length)];
      if (gateway === undefined || tenant === undefined) throw new Error("the world is empty");
      const stream = random.next() < 0.5;
      const result = await call(gateway.url, { key: tenant.key, stream, agent });
      if (result.status === 200 && result.complete) answered += 1;
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  agent.destroy();
  if (violations.length === 0 && (seen !== CALLS || answered !== CALLS)) {
    throw new Error(
      `of ${CALLS} calls ${seen} arrived and ${answered} were answered: nothing was tried`,
    );
  }
  return violations;
}
