/** How long a person waits for the first token of a paced stream, and whether the pace survives. */
import { setTimeout as delay } from "node:timers/promises";
import { PACED_EVENTS } from "../bodies/replies.ts";
import { type Client, connectClient } from "../load/client.ts";
import { percentilesOf, Tally } from "../load/tally.ts";
import type { RequestTemplate } from "../request.ts";
import type { FirstToken } from "../results.ts";
import type { Target } from "../targets/target.ts";

export interface FirstTokenJob {
  readonly target: Target;
  readonly request: RequestTemplate;
  /** New streams begin for this long; each lasts a second. */
  readonly seconds: number;
  readonly run: number;
}

/** About sixteen streams are live at any moment. */
const EVERY_MS = 63;
const LIVE_MAX = 64;
const TOKEN = "content_block_delta";
const EVENT = "\n\n";

interface Times {
  readonly first: number[];
  readonly gaps: number[];
}

export async function measureFirstToken(job: FirstTokenJob): Promise<FirstToken> {
  await using client = connectClient({
    url: job.target.url,
    connections: LIVE_MAX,
    run: job.run,
  });
  const tally = new Tally(200);
  const times: Times = { first: [], gaps: [] };
  const streams: Promise<void>[] = [];
  const until = performance.now() + job.seconds * 1_000;
  for (let lane = 0; performance.now() < until; lane += 1) {
    streams.push(
      readStream({ client, request: job.request, lane, times, tally }).catch((error) =>
        tally.error(String(error)),
      ),
    );
    await delay(EVERY_MS);
  }
  await Promise.all(streams);
  await job.target.settled();
  return {
    streams: streams.length,
    ...percentilesOf(times.first),
    gapP50Ms: percentilesOf(times.gaps).p50Ms,
    errors: tally.errors,
  };
}

async function readStream(options: {
  readonly client: Client;
  readonly request: RequestTemplate;
  readonly lane: number;
  readonly times: Times;
  readonly tally: Tally;
}): Promise<void> {
  const { client, request, lane, times, tally } = options;
  const sentAt = performance.now();
  let text = "";
  let lastAt: number | null = null;
  const answer = await client.send(request, {
    lane,
    call: 0,
    onChunk(chunk) {
      const now = performance.now();
      const hadToken = text.includes(TOKEN);
      text += chunk.toString("latin1");
      if (!hadToken && text.includes(TOKEN)) times.first.push(now - sentAt);
      if (lastAt !== null) times.gaps.push(now - lastAt);
      lastAt = now;
    },
  });
  tally.answer(answer);
  const events = text.split(EVENT).length - 1;
  if (events !== PACED_EVENTS)
    tally.error(`a stream of ${events} events instead of ${PACED_EVENTS}`);
}
