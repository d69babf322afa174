/** `POST /v1/messages`: follows the plan of the call, and stops at once when the client has gone. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, composeAnswer } from "./answer.ts";
import { type StreamEvent, toEvents, toMessage } from "./answer-events.ts";
import { ApiError, errorBody } from "./api-error.ts";
import { checkHistory, type LastTurn, readLastTurn } from "./conversation.ts";
import type { Exchange } from "./exchange.ts";
import { readJson } from "./json-body.ts";
import { type MessagesRequest, parseMessagesRequest } from "./messages-request.ts";
import type { Interruption, Plan } from "./plan.ts";
import { readPlan } from "./read-plan.ts";
import { smallestValue } from "./smallest-value.ts";

export async function answerMessages(exchange: Exchange): Promise<void> {
  const request = parseMessagesRequest(await readJson(exchange.request));
  checkHistory(request);
  const lastTurn = readLastTurn(request);
  const plan = planFor(request, lastTurn);
  await pause(plan.delayMs, exchange.signal);
  refuseIfPlanned(plan, request.model);
  const answer = composeAnswer(request, plan, lastTurn);
  if (request.stream === true) await sendEvents(exchange, answer, plan);
  else await sendMessage(exchange, answer, plan.interruption);
}

/** A call that asks for JSON gets JSON: the lines of its text, often a quoted prompt, are then no magic input. */
function planFor({ model, output_config }: MessagesRequest, { texts }: LastTurn): Plan {
  const format = output_config?.format;
  if (format?.type !== "json_schema") return readPlan(model, texts);
  return { ...readPlan(model, []), deltas: [JSON.stringify(smallestValue(format.schema))] };
}

/** Rejects at once when the client goes during the pause. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal });
}

function refuseIfPlanned({ refusal }: Plan, model: string): void {
  if (refusal === undefined) return;
  const { status, retryAfterSeconds } = refusal;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  throw new ApiError(status, `The test model was asked to answer ${status} (${model}).`, headers);
}

async function sendMessage(
  exchange: Exchange,
  answer: Answer,
  interruption: Interruption | undefined,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(toMessage(answer)));
  const half = bytes.subarray(0, bytes.length >> 1);
  if (interruption?.kind === "cut") {
    exchange.startBody("application/json", bytes.length);
    await exchange.write(half);
    return exchange.cut();
  }
  const sent = interruption?.kind === "garbled" ? half : bytes;
  exchange.startBody("application/json", sent.length);
  await exchange.write(sent);
  exchange.end();
}

async function sendEvents(exchange: Exchange, answer: Answer, plan: Plan): Promise<void> {
  const { interruption, paceMs } = plan;
  exchange.startBody("text/event-stream; charset=utf-8");
  let sent = 0;
  for (const event of toEvents(answer)) {
    const last = event.type === "message_delta";
    if (interruption !== undefined && (last || sent >= interruption.afterEvents)) {
      return interrupt(exchange, interruption.kind);
    }
    if (event.type === "content_block_delta") await pause(paceMs, exchange.signal);
    await exchange.write(encodeEvent(event));
    sent += 1;
  }
  exchange.end();
}

function encodeEvent(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** An event cut in the middle of its JSON, then bytes that are not UTF-8. */
const GARBAGE = Buffer.concat([
  Buffer.from('event: content_block_delta\ndata: {"type":"content_block_de\n\n'),
  Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x0a]),
]);

async function interrupt(exchange: Exchange, kind: Interruption["kind"]): Promise<void> {
  if (kind === "cut") return exchange.cut();
  if (kind === "garbled") await exchange.write(GARBAGE);
  else {
    const error = new ApiError(529, "Overloaded, as the test model was asked to be.");
    const body = errorBody(error, exchange.requestId);
    await exchange.write(`event: error\ndata: ${JSON.stringify(body)}\n\n`);
  }
  exchange.end();
}
