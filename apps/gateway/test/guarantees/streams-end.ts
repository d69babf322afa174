/** G8's other half: live streams end, well-formed, soon after what allowed them is taken back. */
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import { type CallResult, call } from "./calls.ts";
import type { World } from "./world.ts";

/** A stream that would go on for minutes. */
const ENDLESS = anthropicReply({
  deltas: Array.from({ length: 6_000 }, () => "word "),
  paceMs: 20,
});

/** Milliseconds from taking the key back until the last of its streams has ended, on every gateway. */
export async function timeToEndStreams(
  world: World,
): Promise<{ ms: number; results: CallResult[] }> {
  world.upstream.respondWith(ENDLESS);
  const [tenant] = world.tenants;
  if (tenant === undefined) throw new Error("the world is empty");
  const { key, keyId } = await tenant.newKey();
  const arrived = world.upstream.requests.length;
  const streams = world.gateways.flatMap(({ url }) => [
    call(url, { key, stream: true }),
    call(url, { key, stream: true }),
  ]);
  await world.upstream.arrival(arrived + streams.length);
  await tenant.revokeKey(keyId);
  const takenBackAt = performance.now();
  const results = await Promise.all(streams);
  return { ms: performance.now() - takenBackAt, results };
}
